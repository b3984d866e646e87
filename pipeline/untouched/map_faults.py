"""What can be wrong with a form map (floor 4)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.problem import Severity, fault, quoted


@fault("T240")
def unreadable_map(why: str) -> str:
    """The form map beside a form cannot be read, so nobody knows what belongs into the form's blanks.

    It is a text file that ends in .map.toml. A quotation mark or a comma that got lost is enough.

    Advice: Correct it in an editor, and run again.
    Basis: data (contract, section 3)
    """
    return f"The form map cannot be used: {why}"


@fault("T241")
def other_version(told: str) -> str:
    """A form is a different version from the one its map was made for, so its blanks may be others now.

    A map is obeyed only for the form it was made for. Saving a form again changes nothing; a changed text does.

    Advice: Run `ecvet template adopt` for the form: it keeps what still fits. Then look through the map.
    Basis: data (contract, section 3)
    """
    return f"The form is a different version from the one its map was made for{told}."


@fault("T242")
def unknown_in_map(label: str, word: str, meant: str | None) -> tuple[str, str]:
    """A form map says that something goes into a blank which is no word.

    Advice: Correct the word in the map; `ecvet fields` lists all of them.
    Basis: data (contract, section 3)
    """
    advice = f"Did you mean “{meant}”?" if meant else "Correct it in the map; `ecvet fields` lists all words."
    return f"For the blank “{label}” the form map says “{word}”, which is not a word.", advice


@fault("T243")
def no_such_place(label: str, place: str) -> str:
    """A form map names a place where the form has no blank.

    Advice: Delete the line from the map, or run: ecvet template adopt FORM
    Basis: data (contract, section 3)
    """
    return f"The form map names a blank “{label}” at {place}, where the form has none."


@fault("T244", Severity.WARNING)
def left_as_it_is(number: int, labels: Sequence[str]) -> tuple[str, str]:
    """Blanks of an untouched form stay as they are in every paper, because its map does not say what goes into them.

    Advice: Look through the map and write a word for each; “by hand” says that a blank is meant for the pen.
    Basis: form (contract, section 3)
    """
    what = "A blank of the form stays as it is" if number == 1 else f"{number} blanks of the form stay as they are"
    more = f" and {number - len(labels)} more" if number > len(labels) else ""
    advice = "Write a word for each into the form map, or “by hand” where a pen fills it."
    return f"{what}, because the form map does not say what goes in: {quoted(labels)}{more}.", advice


@fault("T245")
def unfit_for_blank(label: str, word: str, why: str) -> str:
    """A form map says something of a blank that does not fit its kind, such as a name for a tick box.

    Advice: Correct it in the map; its first lines say how each kind is written.
    Basis: data (contract, section 3)
    """
    return f"For the blank “{label}” the form map says “{word}”: {why}."


@fault("T246")
def place_twice(label: str, place: str) -> str:
    """A form map names a place twice, so nobody knows what goes in.

    Advice: Delete one of the two lines from the map, or correct its place.
    Basis: data (contract, section 3)
    """
    return f"The form map names the place of the blank “{label}” ({place}) twice."


@fault("T247", Severity.WARNING)
def lines_deleted(number: int) -> str:
    """Lines of a form map were deleted, so blanks of the form stay as they are and nobody says so.

    A blank that a pen fills keeps its line, with word = "by hand".

    Advice: Run `ecvet template adopt` for the form: it brings the lines back and keeps the others.
    Basis: data (contract, section 3)
    """
    what = "A line was deleted" if number == 1 else f"{number} lines were deleted"
    return f"{what} from the form map, so blanks of the form stay as they are."


@fault("T248")
def blocks_out_of_order(list_: str) -> str:
    """The blocks of a form map that repeat are not numbered 1, 2, 3 …, so items would be lost or come twice.

    Advice: Correct item in the last lines of the map, or run `ecvet template adopt` for the form.
    Basis: data (contract, section 3)
    """
    return f"The blocks for {list_} in the form map are not numbered one after the other."


@fault("T249")
def map_of_another_name(name: str) -> str:
    """Beside a form without a map lies one that seems to be its own, under another name.

    A form's map has the form's name and ends in .map.toml. Editors like to add .txt.

    Advice: Give the map the name of the form, with .map.toml at its end.
    Basis: data (contract, section 3)
    """
    return f"The form has no map, but “{name}” seems to be its map."
