"""The doors to Word forms: their words, their problems, and an official form as it is (floor 9)."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.doors.leaving import ALL_MADE, NOT_ALL, print_object
from pipeline.problem import CannotContinue

WORDS = "Words for forms.docx"
"""The Word file of ready-made blanks, where nobody calls it otherwise."""


@click.command()
@click.option("--docx", metavar="[FILE]", is_flag=False, flag_value=WORDS, type=click.Path(path_type=Path),
              help=f"Write a Word file of ready-made blanks to copy into forms [{WORDS}].")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the words for other programs.")
def fields(docx: Path | None, as_json: bool) -> int:
    """List every word a form may use, with its meaning and column."""
    if docx and as_json:
        raise click.UsageError("Either --docx or --json: a Word file to copy from, or the words for other programs.")
    if docx:
        from pipeline.starter.samples import write_samples

        target = docx if docx.suffix.lower() == ".docx" else docx.with_name(f"{docx.name}.docx")
        write_samples(target)
        click.echo(f"{target} is ready: open it in Word, and copy its blanks into your forms.")
        return ALL_MADE
    from pipeline.manual import fields_as_object, fields_as_text

    if as_json:
        print_object(fields_as_object())
    else:
        click.echo(fields_as_text())
    return ALL_MADE


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """Tell the whole story of a problem's CODE, or list all codes."""
    from pipeline.manual import all_codes, story

    click.echo(story(code) if code else all_codes())
    return ALL_MADE


@click.group()
def template() -> None:
    """Check Word forms, see one filled with the example, adopt an official form as it is."""


@template.command("check")
@click.argument("forms", nargs=-1, metavar="[FORM…]")
@click.option("--mark", is_flag=True, help="Write a copy of each form beside it, with its faults as remarks of Word's.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
def check_forms(forms: tuple[str, ...], mark: bool, as_json: bool) -> int:
    """Tell all faults of forms, and what they ask for.

    FORM is a Word form, or a folder of forms; without one, all forms in templates are checked.
    """
    from dataclasses import replace

    from pipeline.inspection import as_object, as_text, find_forms, inspect, summary

    found = [each for path in find_forms(forms) for each in inspect(path)]
    if mark:
        from pipeline.remarks import mark as marked

        found = [replace(each, marked=marked(each.path, each.form.problems)) for each in found]
    if as_json:
        print_object(as_object(found))
    else:
        click.echo("\n\n".join([*map(as_text, found), *([summary(found)] if len(found) > 1 else [])]))
    return ALL_MADE if all(each.usable for each in found) else NOT_ALL


@template.command("preview")
@click.argument("form")
@click.option("--into", metavar="FOLDER", type=click.Path(path_type=Path), help="Where the preview goes; else here.")
def preview_form(form: str, into: Path | None) -> int:
    """Fill a form with the example cohort, whose people are invented.

    With LibreOffice on the computer, the paper is shown as PDF and as pictures too. A form with faults has no preview.
    """
    from pipeline.inspection import faults_as_text, find_form, inspect, preview_as_text

    (found,) = inspect(find_form(form))
    if not found.usable:
        click.echo(faults_as_text(found))
        return NOT_ALL
    from pipeline.preview import preview

    made = preview(found.form, into or Path())
    click.echo(preview_as_text(found, made))
    return NOT_ALL if made.problems else ALL_MADE


@template.command("adopt")
@click.argument("form")
@click.option("--from", "shared", metavar="MAP", type=click.Path(path_type=Path),
              help="Take over another college's map of the same form.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
def adopt_form(form: str, shared: Path | None, as_json: bool) -> int:
    """Make an official form usable as it is: write beside it what goes into which blank.

    The form itself is not changed. Look through the page that is made, correct the map where it is wrong, then run. Run
    again after a new version of the form: what you wrote is kept.
    """
    from pipeline.adoption import adopt, as_object, as_text
    from pipeline.inspection import find_form

    if shared and not shared.is_file():
        raise CannotContinue(f"There is no form map “{shared}”. Name a file that ends in .map.toml.")
    adopted = adopt(find_form(form), shared)
    if as_json:
        print_object(as_object(adopted))
    else:
        click.echo(as_text(adopted))
    return ALL_MADE
