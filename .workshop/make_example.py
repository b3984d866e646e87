"""Pour the example cohort into `input/Example cohort.xlsx`: python .workshop/make_example.py."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from example_cohort import SHEETS  # noqa: E402 - found by the path above

from pipeline.starter import empty_workbook  # noqa: E402 - found by the path above

TARGET = HERE.parent / "input" / "Example cohort.xlsx"


def main(target: Path = TARGET) -> None:
    """Write beside and then replace: the old example stays whole until the new one is there."""
    fresh = target.with_name(f".{target.name}.new")
    fresh.unlink(missing_ok=True)
    empty_workbook(fresh, rows=SHEETS)
    fresh.replace(target)
    print(f"{target} written, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
