"""Pour the example cohort into its workbooks, before and after the stay: python .workshop/make_example.py [FOLDER].

Default folder: the one around .workshop. The workbook of before lies in `input`, where a plain run finds it; that of
after lies in the kit of the package, for `ecvet init --after`.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from example_after import AFTER  # noqa: E402 - found by the path above
from example_cohort import SHEETS  # noqa: E402 - found by the path above

from pipeline.starter import empty_workbook  # noqa: E402 - found by the path above

NAME = "Example cohort.xlsx"
WORKBOOKS = {f"input/{NAME}": SHEETS, f"pipeline/kit/after/{NAME}": AFTER}


def main(folder: Path = HERE.parent) -> None:
    """Write beside and then replace: the old example stays whole until the new one is there."""
    for place, sheets in WORKBOOKS.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.new")
        fresh.unlink(missing_ok=True)
        empty_workbook(fresh, rows=sheets)
        fresh.replace(target)
        print(f"{target} written, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
