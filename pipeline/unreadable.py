"""What a single cell can be told: a kind of problem for each way a value cannot be read (floor 2).

`cells` words the sentence and the advice for the value at hand; these docstrings are what `ecvet explain` tells.
"""

from __future__ import annotations

from pipeline.problem import Fault, Place, Problem, fault
from pipeline.raw import Unreadable


@fault("S106")
def no_value(sentence: str, advice: str) -> tuple[str, str]:
    """A cell shows an error, or a formula that was never calculated, instead of a value.

    A formula is read by the value that Excel or LibreOffice stored when it last calculated it.

    Advice: Open the workbook, correct the formula or type the value itself, and save.
    Basis: data (contract, section 2)
    """
    return sentence, advice


@fault("S201")
def no_date(sentence: str, advice: str) -> tuple[str, str]:
    """A date cannot be read.

    Real dates of the spreadsheet are read, ISO dates (2006-03-12), dates with dots (12.03.2006, day first), and dates
    with the month in words in the languages of the programme's countries (12 March 2006). A plain number is no date,
    even where Excel would show it as one.

    Advice: Write a date such as 2006-03-12 or 12.03.2006.
    Basis: data (contract, section 2)
    """
    return sentence, advice


@fault("S202")
def no_number(sentence: str, advice: str) -> tuple[str, str]:
    """A number cannot be read, or can mean two numbers.

    Advice: Write a number such as 4 or 2.5.
    Basis: data (contract, section 2)
    """
    return sentence, advice


@fault("S203")
def date_with_two_readings(sentence: str, advice: str) -> tuple[str, str]:
    """A date can be read in two ways: the day may be the month, or the year has only two digits.

    A few months are others in another language too: “listopad” is November in Polish and October in Croatian.

    Nothing is guessed. If all dates of the workbook are meant alike, field Date order of sheet Cohort settles them at
    once (“day first” or “month first”); years always need four digits.

    Advice: Write the date as 2027-04-03, or fill field Date order of sheet Cohort.
    Basis: data (contract, section 2)
    """
    return sentence, advice


@fault("S204")
def no_plain_text(sentence: str, advice: str) -> tuple[str, str]:
    """A text holds what no paper can show, is far too long, or was turned into a date by Excel.

    Advice: Type the text again; format the cell as text first if it looks like a date.
    Basis: data (contract, section 2)
    """
    return sentence, advice


@fault("S205")
def digits_lost(sentence: str, advice: str) -> tuple[str, str]:
    """A long number has lost its last digits, because Excel keeps only fifteen.

    Advice: Format the cell as text and type the number again.
    Basis: data (contract, section 2)
    """
    return sentence, advice


@fault("S206")
def none_of_the_choices(sentence: str, advice: str) -> tuple[str, str]:
    """A cell holds something other than the entries its column takes.

    Advice: Choose one of the entries that the header's note lists.
    Basis: data (contract, section 2)
    """
    return sentence, advice


@fault("S207")
def no_such_country_or_language(sentence: str, advice: str) -> tuple[str, str]:
    """A country or a language is not known by the name written here.

    Names in ten languages, own names and codes (FI, fi) are understood.

    Advice: Write a name such as Finland, or its code FI; a language as “English (en)”.
    Basis: data (contract, section 2)
    """
    return sentence, advice


@fault("S210")
def blank_cell(name: str) -> str:
    """A cell that every row needs is blank.

    Advice: Fill the cell.
    Basis: form (official forms; contract, section 2)
    """
    return f"“{name}” is blank."


@fault("S140")
def names_not_apart(sentence: str, advice: str) -> tuple[str, str]:
    """One cell holds the whole name of a learner, and nobody can know which part of it is the family name.

    Two words are read in the order that the header says (“Imię i nazwisko”, “Nachname, Vorname”); with a comma between
    them the family name comes first.

    Advice: Write family name and given names into two columns, or with a comma: Ruiz Gil, Ana María.
    Basis: data (contract, section 2)
    """
    return sentence, advice


_UNREADABLE: dict[str, Fault[[str, str]]] = {
    kind.meaning.code: kind
    for kind in (no_value, no_date, no_number, date_with_two_readings, no_plain_text, digits_lost,
                 none_of_the_choices, no_such_country_or_language, names_not_apart)
}  # fmt: skip


def told(wrong: Unreadable, place: Place) -> Problem:
    """Turn an unreadable value into the problem at its cell."""
    return _UNREADABLE[wrong.code](place, wrong.sentence, wrong.advice)
