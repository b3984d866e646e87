"""The untouched official form: understood by its labels, filled by a map that a person looked through (floor 4)."""
