"""What comes back from a host: assessment sheets and workbooks, read again; filled agreements, compared (floor 6)."""
