"""What is told of papers that lie in output/: old ones, signed ones, and those that could not be written (floor 4)."""

from __future__ import annotations

import datetime as dt

from pipeline.problem import Severity, fault
from pipeline.sentences import day

_EDITED = "It holds changes made by hand."
_KEEP = "Keep it, or delete it so that nobody prints it."


@fault("T401", Severity.WARNING)
def old_paper_left(old: str, new: str, *, edited: bool) -> tuple[str, str]:
    """A paper has a new name (a name was corrected, say), and the old one still lies there.

    Nothing is deleted by itself. Where the old paper was edited in Word, the message says so.

    Advice: Keep it, or delete it so that nobody prints it.
    Basis: data (contract, section 4)
    """
    sentence = f"“{old}” was made earlier for what is now “{new}”."
    return (f"{sentence} {_EDITED}", f"Copy them over into the paper of now. {_KEEP}") if edited else (sentence, _KEEP)


@fault("T402", Severity.WARNING)
def paper_without_row(file: str, *, edited: bool) -> tuple[str, str]:
    """A paper lies in the folder whose row is no longer in the workbook, or gets no papers any more.

    Nothing is deleted by itself. Where the paper was edited in Word, the message says so.

    Advice: Keep it, or delete it so that nobody prints it.
    Basis: data (contract, section 4)
    """
    sentence = f"“{file}” was made earlier and no longer belongs to the cohort."
    if edited:
        return f"{sentence} {_EDITED}", f"Copy them over if another paper needs them. {_KEEP}"
    return sentence, _KEEP


_WHY = {
    "open": ("could not be replaced; another program seems to have it open.", "Close it and run again."),
    "link": ("was not written, because a link lies in its place.", "Delete the link and run again."),
    "folder": ("was not written, because a folder of this name lies in its place.", "Rename the folder and run again."),
    "long": ("has a place with too long a name for Windows.",
             "Move the working folder nearer to the drive (C:\\Papers), or shorten the Cohort ID, and run again."),
    "letters": ("has letters that names of files cannot hold with the settings of this computer.",
                "Set its language to one with UTF-8 (such as LC_ALL=C.UTF-8), and run again."),
    "many": ("has as many newer ones beside it as there may be, and all of them were edited.",
             "Delete those that are not needed, and run again."),
    "stopped": ("could not be written: a part of the program was stopped by the computer.", "Run again."),
    "full": ("could not be written: the disk is full.", "Make room on the disk and run again."),
    "disk": ("could not be written.", "Look whether its folder may be written to, and run again."),
}  # fmt: skip


@fault("T403")
def paper_not_written(file: str, why: str) -> tuple[str, str]:
    """A paper, or the report, could not be written to the disk.

    Most often it is open in Word, which keeps others from changing it. The other papers were made.

    Advice: Close the paper in Word, look whether the disk is full, and run again.
    Basis: data (contract, section 4)
    """
    sentence, advice = _WHY[why]
    return f"“{file}” {sentence}", advice


@fault("T404", Severity.NOTICE)
def no_memory_of_papers(file: str) -> str:
    """The program's own notes on what it made earlier are damaged.

    Papers that are as the workbook says are known again. Every other one is taken for edited by hand: it is left as it
    is, and the new one is put beside it.

    Advice: Look at the papers with “(new)” in their name, and delete the older ones.
    Basis: data (contract, section 4)
    """
    return f"“{file}” is damaged, so papers made earlier cannot be told from papers you edited."


@fault("T411", Severity.WARNING)
def edited_copy(file: str, new: str) -> tuple[str, str]:
    """A marked workbook, or the overview, was worked in where it was laid, in the folder output.

    It stays as it is. A marked workbook counts only in the folder input: put there, it is taken in place of the
    workbook it was made of.

    Advice: Put a corrected workbook into the folder input, and run again.
    Basis: data (contract, section 4)
    """
    sentence = f"“{file}” was changed by hand; it stays as it is, and the new one is “{new}”."
    return sentence, "If it holds your newest corrections, put it into the folder input and run again; else delete it."


@fault("T430", Severity.WARNING)
def edited_credential(file: str, new: str) -> tuple[str, str]:
    """A learner's credential was changed by hand, or by another program, where it was laid in the folder output.

    It stays as it is, and the new one is laid beside it. A credential that was sealed is a file of its own: keep it
    elsewhere, under another name.

    Advice: Keep the one that holds; delete the other, and export again.
    Basis: data (contract, section 4)
    """
    sentence = f"“{file}” was changed since it was written; it stays as it is, and the new one is “{new}”."
    return sentence, "Keep the one that holds; delete the other, and export again."


@fault("T405")
def signed_paper_changed(what: str, signed: str, now: str, file: str, kind: str) -> tuple[str, str]:
    """The data of a paper were changed after it was signed.

    The paper stays as it was signed. What holds for a Learning Agreement changes by an amendment, which all sign again:
    fill Amendment with its number (1 for the first) and Reason for change, and the amendment is made.

    Advice: If the change was agreed, fill Amendment and Reason for change; else put the old value back.
    Basis: form (Learning Agreement, section 7: it is amended by agreement of those who signed it)
    """
    was = f"“{signed}”" if signed else "blank"
    sentence = f"{what} was {was} when “{file}” was signed, and is {f'“{now}”' if now else 'blank'} now."
    return sentence, _IF_SIGNED[kind]


@fault("T412", Severity.WARNING)
def signed_after_editing(what: str, made: str, now: str, file: str) -> tuple[str, str]:
    """A paper was edited in Word before it was signed, and the workbook says something else than when it was made.

    What the signed paper says is not known: perhaps just what the workbook says now.

    Advice: Look whether the signed paper says so too; if not, make an amendment or put the old value back.
    Basis: data (contract, section 4)
    """
    sentence = f"“{file}” was edited before it was signed. {what} was “{made}” when it was made, and is “{now}” now."
    return sentence, "Look whether the signed paper says so too; if not, make an amendment or put the old value back."


_IF_SIGNED = {
    "agreement": "If this was agreed, fill Amendment and Reason for change; else put the old value back.",
    "amendment": "If this was agreed, write the next number into Amendment; else put the old value back.",
    "paper": "Put the old value back; or take the signed PDF away, run again, and have the new paper signed.",
}


@fault("T406")
def nothing_to_amend(file: str) -> str:
    """Amendment is filled, but nothing is different from what was signed, so there is nothing to amend.

    Advice: Change what was agreed to be changed, or empty Amendment.
    Basis: data (contract, section 2)
    """
    return f"Nothing is different from what “{file}” said when it was signed."


@fault("T407", Severity.WARNING)
def taken_as_signed(file: str) -> tuple[str, str]:
    """Amendment is filled, but the agreement is not marked as signed: it was taken as signed, and left as it is.

    Only what is signed is amended. An agreement counts as signed where column Signed holds a date, or where its scan
    lies beside it as “… signed.pdf”.

    Advice: Fill Signed with the date of the last signature; or empty Amendment to have the agreement made anew.
    Basis: data (contract, section 2)
    """
    return (
        f"Amendment is filled, so “{file}” was taken as signed and left as it is.",
        "Fill Signed with the date of the last signature; or empty Amendment to have the agreement made anew.",
    )


@fault("T408")
def signed_text_unknown(file: str) -> str:
    """It is not known what an agreement said when it was signed, because it was not made here.

    What an amendment changes is found by comparing with what the program noted when it made the agreement.

    Advice: Write this amendment by hand, and empty Amendment.
    Basis: data (contract, section 4)
    """
    return f"It is not known what “{file}” said when it was signed."


@fault("T413")
def signed_paper_gone(on: dt.date, file: str) -> tuple[str, str]:
    """An agreement is signed, and its paper is not in the folder output: it was taken away, or made elsewhere.

    It is not made anew, because what the workbook says now may not be what was signed.

    Advice: Put the paper back, or lay its scan there as “… signed.pdf”; or empty Signed to have it made anew.
    Basis: data (contract, section 4)
    """
    scan = file.removesuffix(".docx").rpartition("/")[2]
    return (
        f"The agreement was signed on “{day(on)}”, and “{file}” is not here.",
        f"Put it back, or lay its scan there as “{scan} signed.pdf”; or empty Signed to have it made anew.",
    )


@fault("T410")
def no_reason() -> str:
    """An amendment says why the agreement is changed, and no reason is given.

    Advice: Fill Reason for change with a sentence that all who sign can read.
    Basis: form (Learning Agreement: changes are agreed and given a reason)
    """
    return "The agreement is amended, and no reason is given."


@fault("T409")
def no_form_for_amendments(form: str) -> str:
    """A set of forms has no form to amend an agreement with, and neither has the official set.

    Advice: Copy “Learning Agreement - amendment.docx” from templates/official into the set.
    Basis: data (contract, section 4)
    """
    return f"There is no form for an amendment of “{form}”."
