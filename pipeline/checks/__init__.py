"""The rules of ECVET, of the programme and of good order, each a small function with its own code (floor 3)."""
