"""The command `ecvet` as `python -m pipeline`, for computers that do not find it by its own name (floor 9)."""

from __future__ import annotations

from pipeline.cli import main

if __name__ == "__main__":
    main()
