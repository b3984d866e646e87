"""What can be wrong with a document that came back from a host (floor 6)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.problem import Severity, fault
from pipeline.raw import readable
from pipeline.sentences import counted


@fault("R501", Severity.WARNING)
def unreadable_document(sentence: str, advice: str) -> tuple[str, str]:
    """A document that came back cannot be opened.

    It may be protected by a password, damaged, only half copied, or something else than its name says.

    Advice: Open it in Word or Excel and save it again as .docx or .xlsx, without a password.
    Basis: data (contract, section 2)
    """
    return sentence, advice


@fault("R502", Severity.WARNING)
def no_document_of_ours() -> tuple[str, str]:
    """A document was named for collecting that is no assessment sheet or workbook, and no agreement of this program.

    A sheet is known by the names of its blanks or by its properties; both stay when Word or LibreOffice saves it. They
    are lost where somebody copied its text into a new document.

    Advice: Take the file that was sent to the host, as it came back.
    Basis: data (contract, section 4)
    """
    return ("This is no assessment sheet, no assessment workbook and no agreement of this program.",
            "Take the file as it came back from the host, and not a copy of its text.")  # fmt: skip


@fault("R503", Severity.WARNING)
def of_no_cohort(cohort: str) -> tuple[str, str]:
    """A document that came back belongs to a cohort whose workbook is not there.

    Advice: Put the workbook of that cohort into the folder input, and run again.
    Basis: data (contract, section 4)
    """
    if not cohort:
        return "The document does not say of which cohort it is.", "Take the file as it came back from the host."
    return (f"The document is of the cohort “{readable(cohort)}”, whose workbook is not in the folder input.",
            "Put that workbook there and run again, or take the document out.")  # fmt: skip


@fault("R504", Severity.WARNING)
def unknown_learner(learner: str, meant: str | None) -> tuple[str, str]:
    """A document that came back names a learner who is not in the cohort, so its marks belong to nobody.

    Advice: Look whose document it is, and correct the Learner ID in it or in the workbook.
    Basis: data (domain check C37)
    """
    if not learner:
        return "The document does not say which learner it is about.", "Write her Learner ID into its head."
    advice = f"Did you mean “{readable(meant)}”?" if meant else "Look whose document it is."
    return f"No learner of the cohort has the ID or the name “{readable(learner)}”.", advice


@fault("R518", Severity.WARNING)
def which_stay(learner: str, mobility: str) -> tuple[str, str]:
    """A learner goes more than once, and a document that came back does not say which of her stays it is about.

    Advice: Write the number of the stay (1, 2 …) where the document says so, or type its marks into sheet Results.
    Basis: data (contract, section 2)
    """
    if mobility:
        return f"{readable(learner)} has no stay “{readable(mobility)}”.", "Correct the number of the stay."
    return (f"{readable(learner)} goes more than once, and the document does not say which stay it is about.",
            "Type its marks into sheet Results, with the number of the stay in column Mobility.")  # fmt: skip


@fault("R505", Severity.WARNING)
def unknown_unit(unit: str, meant: str | None) -> tuple[str, str]:
    """A document that came back names a unit that is not in the cohort, so what was marked there was left out.

    Advice: Write the ID of the unit as it stands on sheet Units.
    Basis: data (domain check C37)
    """
    advice = f"Did you mean “{readable(meant)}”?" if meant else "Write its ID as it stands on sheet Units."
    return f"“{readable(unit)}” is no unit of the cohort.", advice


@fault("R506", Severity.WARNING)
def unit_not_agreed(unit: str, learner: str) -> str:
    """A host assessed a unit that was not agreed for the learner. The marks are kept.

    What was not agreed can be assessed, but nobody promised to recognise it.

    Advice: If it was agreed, add the unit to column Units of her row; else delete the rows in Results.
    Basis: form (Learning Agreement, section 4: the agreed units)
    """
    return f"Unit “{readable(unit)}” was assessed, and is not agreed for {readable(learner)}."


@fault("R507", Severity.WARNING)
def changed_outcome(outcome: str, unit: str, meant: str | None) -> tuple[str, str]:
    """The learning outcome of a row is none of the unit's, so nobody knows what the mark is about.

    Somebody changed its text in the document, or on sheet Units after the document was sent.

    Advice: Type the mark into sheet Results, at the outcome that was meant.
    Basis: form (Learning Agreement, section 4: what is assessed is what was agreed)
    """
    advice = f"The nearest is “{readable(meant)}”. If that is meant, type the mark into sheet Results." if meant else ""
    return f"“{readable(outcome)}” is no learning outcome of unit “{readable(unit)}”.", advice


@fault("R508", Severity.WARNING)
def several_marks(outcome: str) -> str:
    """More than one box of a row is marked, so nobody knows which of them counts. No result was taken over.

    Advice: Ask the host which is meant, and type it into sheet Results, or mark the document anew.
    Basis: data (nothing is guessed)
    """
    return f"More than one box is marked for “{readable(outcome)}”."


@fault("R509", Severity.WARNING)
def unclear_mark(said: str, outcome: str) -> str:
    """Something stands in a box that is neither a mark nor nothing. No result was taken over from the row.

    Advice: Ask the host what is meant, and type it into sheet Results, or mark the document anew.
    Basis: data (nothing is guessed)
    """
    return f"“{readable(said)}” stands in a box for “{readable(outcome)}”, and is no plain cross."


@fault("R510", Severity.WARNING)
def no_result(said: str) -> tuple[str, str]:
    """A result in an assessment workbook is none of the words that it may be. No result was taken over from the row.

    Advice: Choose one from the list of the cell: achieved, partly, not achieved, not assessed.
    Basis: data (contract, sheet Results)
    """
    return f"“{readable(said)}” is no result.", "Choose one from the list of the cell."


@fault("R511", Severity.NOTICE)
def nobody_assessed(unit: str) -> str:
    """Outcomes of a unit were assessed, and the document does not say by whom.

    Advice: Ask the host, and write the name into column Assessed by.
    Basis: form (Europass Mobility and Learning Agreement, section 5: the person who assesses)
    """
    return f"Unit “{readable(unit)}” was assessed, and the document does not say by whom."


@fault("R512", Severity.WARNING)
def documents_contradict(what: str, one: str, other: str, place: str, more: int) -> str:
    """Two documents that came back say different things about one and the same. Neither was taken over.

    Told is the first row of a document in which a column differs, and how many more there are.

    Advice: Ask the host which one counts, and take the other one out of the folder input.
    Basis: data (nothing is guessed)
    """
    others = f", and {counted(more, 'more row')}" if more else ""
    return f"{what}: here it says “{readable(one)}”, and “{readable(other)}” in {place}{others}."


@fault("R523", Severity.WARNING)
def says_otherwise_now(what: str, one: str, other: str, place: str, more: int) -> str:
    """A document that came back says something else than an earlier one, which is not there any more. The later counts.

    Told is the first row of a document in which a column differs, and how many more there are.

    Advice: Nothing, if it is a correction; else ask the host which of the two counts.
    Basis: data (what a host corrected counts)
    """
    others = f", and {counted(more, 'more row')}" if more else ""
    return f"{what}: “{readable(one)}” counts now instead of “{readable(other)}”, which stood in {place}{others}."


@fault("R524", Severity.WARNING)
def marks_gone(learner: str, rows: int, units: Sequence[str]) -> str:
    """A document came back again, and some of what it said before is not marked in it any more. It was taken out.

    Advice: Nothing, if the host withdrew it; else ask the host.
    Basis: data (nothing goes without a word)
    """
    what = f"{counted(rows, 'result')} of “{readable(learner)}” ({_units(units)})"
    return f"It does not mark {what} any more, and what it said before was taken out."


@fault("R525", Severity.WARNING)
def marks_left(learner: str, rows: int, units: Sequence[str], place: str) -> tuple[str, str]:
    """A document marks only some of what stands in the collected results from an earlier one. The rest stays.

    It may be a correction in which marks were withdrawn, or one assessor wrote of one thing and another of the rest.

    Advice: If they were withdrawn, delete their rows in the collected results.
    Basis: data (nothing that may count is taken away, nor kept without a word)
    """
    what = f"{counted(rows, 'result')} of “{readable(learner)}” ({_units(units)})"
    return (f"It does not mark {what} that the collected results hold from {place}; they stay.",
            "If they were withdrawn, delete their rows in the collected results.")  # fmt: skip


def _units(units: Sequence[str]) -> str:
    return ", ".join(map(readable, dict.fromkeys(units)))


@fault("R513", Severity.WARNING)
def result_contradicted(what: str, typed: str, document: str, says: str) -> str:
    """Sheet Results says something else than the document that came back. What you typed counts.

    Advice: If the document is right, correct the cell, or make it empty: then the document counts.
    Basis: data (nothing that was typed is overwritten)
    """
    return f"{what}: here stands “{readable(typed)}”, and “{readable(says)}” in {document}."


@fault("R514", Severity.WARNING)
def grade_without_a_mark(unit: str) -> str:
    """A grade stands in a document for a unit whose row “the unit as a whole” is not marked. The grade is kept.

    Whether a unit as a whole was achieved is never worked out from its outcomes, nor from a grade.

    Advice: Ask the host, and fill column Result.
    Basis: data (nothing is guessed)
    """
    return f"Unit “{readable(unit)}” has a grade, and the unit as a whole is not marked."


@fault("R515", Severity.WARNING)
def named_twice(said: str, shown: str) -> str:
    """A document that came back names two learners, or two cohorts. Nothing was taken over of what it says there.

    A host used the sheet of one learner for another, or sorted a column of its workbook without the others. Where the
    names of a sheet's blanks were lost when another program saved it, its properties say whose it is.

    Advice: Ask the host whose it is, and correct the number or the name in it.
    Basis: data (nothing is guessed)
    """
    there = f"but its text says “{readable(shown)}”" if shown else "but its text does not say so any more"
    return f"It was made for “{readable(said)}”, {there}."


@fault("R516", Severity.WARNING)
def agreement_changed(number: int, first: Sequence[str]) -> str:
    """A paper that came back says something else than the one that was made. Nothing is changed by it.

    It is compared paragraph by paragraph, and cell by cell, with the paper that lies in the folder output; the report
    lists every difference, and the cell where the value that we wrote comes from.

    Advice: The report lists them. Write into the workbook what is agreed, and run again.
    Basis: form (Learning Agreement, section 7: a change is agreed by all who sign)
    """
    more = f", and {number - len(first)} more" if number > len(first) else ""
    where = "; ".join(first)
    return f"What came back differs from the paper that was made in {counted(number, 'place')}: {where}{more}."


@fault("R517", Severity.WARNING)
def agreement_not_compared(sentence: str, advice: str) -> tuple[str, str]:
    """An agreement that came back cannot be compared with the one that was sent.

    Advice: Put the agreement as it was made back into the folder output, and run again.
    Basis: data (contract, section 4)
    """
    return sentence, advice


@fault("R520", Severity.WARNING)
def which_column(about: str) -> str:
    """A table of a sheet has boxes or outcomes, and nobody can tell which of its columns are the three to mark.

    They are known by their controls, by the heads “not yet”, “with help” and “alone” in any language of the sheet, or
    by the boxes in them. Nothing was taken over from the table.

    Advice: Look into the sheet, and type what is marked there into sheet Results.
    Basis: data (nothing is guessed)
    """
    return f"Under “{readable(about)}”, nobody can tell which columns of the table are the three to mark."


@fault("R521", Severity.NOTICE)
def nothing_marked() -> str:
    """A sheet or a workbook came back, and no mark was read in it.

    Perhaps it is the one that was sent and nobody filled it, or it was filled by pen and only the empty file came back.

    Advice: Open it. If something is marked there, type it into sheet Results; if not, ask the host for the filled one.
    Basis: data (nothing is passed over silently)
    """
    return "The document holds no mark that was read."


@fault("R522", Severity.NOTICE)
def kind_not_read(sentence: str, advice: str) -> tuple[str, str]:
    """A file lies in the folder input that a host may have sent, of a kind from which no marks are read.

    A sheet that LibreOffice or an old Word saved in its own kind can be saved as a Word document. From a PDF or a
    picture nothing is read: neither crosses nor what was written by pen.

    Advice: Save a text as a Word document (.docx). What a PDF or a picture says, type into sheet Results.
    Basis: data (nothing is passed over silently)
    """
    return sentence, advice
