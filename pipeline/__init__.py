"""ecvet-pipeline: a cohort's spreadsheet in, a signable set of ECVET papers out."""

__version__ = "0.1.0"
