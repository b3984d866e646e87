"""What is promised of trust, tried and counted: python -m tests.trust [--quick] [--only NAME]."""
