"""The Erasmus+ learning agreement of 2021, field by field."""

from __future__ import annotations

from tests.untouched.shapes import (
    Blank,
    Block,
    Described,
    Grid,
    Kind,
    Said,
    Section,
    Signature,
)


def _party(role: str, key: str, *, mentor: bool = False) -> Block:
    tutor = (Blank(key="hosting_mentor", words="agreement.mentor"),) if mentor else ()
    return Block(
        key=key,
        title_before=True,
        beside_next=not mentor,
        blanks=(
            Blank(key="legal_name", words=f"{role}.name"),
            Blank(key="oid", words=f"{role}.oid"),
            Blank(key="address", words=f"{role}.address"),
            Blank(key="responsible", words=f"{role}.contact_person"),
            Blank(key="position", words=f"{role}.contact_position"),
            Blank(key="email", words=f"{role}.contact_email"),
            Blank(key="phone", words=f"{role}.contact_telephone"),
            *tutor,
        ),
    )


def _free(section: str, words: str) -> Section:
    """A section that is one long text: its heading is the label, and its prompt says what to write."""
    return Section(key=section, parts=(Block(key=section, blanks=(Blank(key="", words=words, kind=Kind.LONG),)),))


ERASMUS = Described(
    name="erasmus",
    title_blank=Blank(key="activity", words="cohort.activity"),
    lines=(
        Blank(key="mobility_id", words="agreement.mobility_id"),
        Blank(key="project_code", words="cohort.project_code"),
    ),
    sections=(
        Section(parts=(Said(key="remove_page"), Said(key="what"), Said(key="what_text"))),
        Section(
            key="mobility",
            parts=(
                Block(
                    blanks=(
                        Blank(key="field", words="cohort.field"),
                        Blank(key="activity", words="cohort.activity"),
                        Blank(key="mode", words="cohort.mode"),
                        Blank(key="first_day", words="agreement.start", kind=Kind.DATE),
                        Blank(key="last_day", words="agreement.end", kind=Kind.DATE),
                    )
                ),
            ),
        ),
        Section(
            key="parties",
            parts=(
                Block(
                    key="participant",
                    title_before=True,
                    blanks=(
                        Blank(key="full_name", words="learner.name"),
                        Blank(key="address", words="learner.address"),
                        Blank(key="email", words="learner.email"),
                        Blank(key="phone", words="learner.telephone"),
                        Blank(key="studies", words="qualification.title, qualification.eqf_level"),
                    ),
                ),
                _party("home", "sending"),
                _party("host", "hosting", mentor=True),
            ),
        ),
        Section(
            key="outcomes",
            parts=tuple(
                Block(
                    key="learning_outcome",
                    item=item,
                    title_before=True,
                    blanks=(Blank(key="", words="outcomes", kind=Kind.LONG),),
                )
                for item in range(1, 4)
            ),
        ),
        _free("programme", "agreement.activities or units.activities"),
        _free("monitoring", "agreement.mentor"),
        _free("evaluation", "agreement.assessment_method"),
        _free("recognition", "agreement.recognition_method"),
        Section(
            key="signatures",
            parts=(
                Grid(
                    in_one_cell=True,
                    columns=(
                        Signature(key="participant", name="learner.name"),
                        Signature(key="sending", name="home.agreement_signatory", place="cohort.place, cohort.date"),
                        Signature(key="hosting", name="host.agreement_signatory"),
                    ),
                ),
            ),
        ),
    ),
)
