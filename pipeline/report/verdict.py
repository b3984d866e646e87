"""How it went (floor 7): in a word for the eye, in a sentence, and in a few figures. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.jobs import Outcome, Status
from pipeline.report.duties import MISSING, Entry, amount
from pipeline.report.facts import Page
from pipeline.report.papers import Blank
from pipeline.sentences import counted, listed


def verdict(page: Page, entries: Sequence[Entry]) -> tuple[str, str]:
    """Say how it went, in a word for the eye (good, mixed, stop) and in a sentence."""
    numbers = Counter(outcome.status for outcome in page.outcomes)
    total, missing = numbers.total(), sum(numbers[status] for status in MISSING)
    faults = [entry for entry in entries if entry.problem.holds]
    to_correct = amount(entry for entry in faults if entry.is_waited_for or not total)
    remedy = f": correct {to_correct}" if to_correct else ""
    if page.cohort is None:
        return "stop", "The workbook could not be read, so no paper was made."
    if not total:
        return ("stop", f"No paper was made{remedy}.") if remedy else ("good", "There is no paper to make yet.")
    # A form that cannot be read, or a signed paper whose data changed, is in none of the numbers.
    others = amount(entry for entry in faults if not entry.is_waited_for)
    mood, besides = ("mixed", f" Something else waits: correct {others}.") if others else ("good", "")
    if total == numbers[Status.UNCHANGED]:
        every = f"all {total:,} papers are" if total > 1 else "the paper is"
        return mood, f"Nothing has changed: {every} as before.{besides}"
    if total == numbers[Status.WRITTEN]:
        kinds = _kinds(page.outcomes)
        every = "" if kinds.startswith("1 ") else "All "
        return mood, f"{every}{kinds} {page.became(Status.WRITTEN, total)}.{besides}"
    said = {
        status: f"{numbers[status]:,} {page.became(status, numbers[status])}" for status in Status if numbers[status]
    }
    first = next(iter(said))
    said[first] = f"{counted(numbers[first], 'paper')} {page.became(first, numbers[first])}"
    sentences = [listed([words for status, words in said.items() if status not in MISSING])]
    if Status.HELD in said:
        none = f"No paper {'can be' if page.dry_run else 'was'} made"
        sentences.append((none if missing == total else said[Status.HELD]) + remedy)
    sentences.append(said.get(Status.FAILED, ""))
    if missing:
        mood = "mixed" if missing < total else "stop"
    return mood, ". ".join(filter(None, sentences)) + f".{besides}"


def _kinds(outcomes: Sequence[Outcome]) -> str:
    """Count papers by what they are: 13 agreements, 1 memorandum and 15 other papers."""
    numbers = Counter(outcome.job.form for outcome in outcomes)
    agreements, memoranda = numbers.pop("Learning Agreement", 0), numbers.pop("Memorandum of Understanding", 0)
    said = [counted(agreements, "agreement")] if agreements else []
    said += [counted(memoranda, "memorandum", "memoranda")] if memoranda else []
    said += [counted(numbers.total(), "other paper" if said else "paper")] if numbers.total() else []
    return listed(said)


def figures(page: Page, entries: Sequence[Entry], blanks: Sequence[Blank]) -> Iterator[tuple[str, str, str]]:
    """Give the key figures: the number, what it counts, and what belongs to it."""
    missing = sum(outcome.status in MISSING for outcome in page.outcomes)
    if total := len(page.outcomes):
        yield f"{total - missing:,}", "papers to make" if page.dry_run else "papers in place", f"of {total:,}"
    if to_correct := amount(entry for entry in entries if entry.problem.holds):
        number, _, noun = to_correct.partition(" ")
        yield number, f"{noun} to correct", f"{counted(missing, 'paper')} waiting" if missing else ""
    if page.cohort and (stays := page.cohort.travelling):
        hosts = dict.fromkeys(learner.agreement.host for learner in stays if learner.agreement.host)
        countries = dict.fromkeys(host.country for host in hosts if host.country)
        people, far = counted(len({stay.person for stay in stays}), "learner"), counted(len(hosts), "host")
        yield people.partition(" ")[0], people.partition(" ")[2], counted(len(stays), "stay")
        yield far.partition(" ")[0], far.partition(" ")[2], f"in {counted(len(countries), 'country', 'countries')}"
    if blanks:
        yield f"{len(blanks):,}", "for the pen", f"{'blank' if len(blanks) == 1 else 'blanks'} to complete by hand"
