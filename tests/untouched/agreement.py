"""The ECVET Learning Agreement, field by field."""

from __future__ import annotations

from tests.untouched.shapes import (
    Blank,
    Block,
    Box,
    Described,
    Grid,
    Kind,
    Said,
    Section,
    Signature,
    enclosures,
    long_text,
    organisation,
    signs,
    who,
)

AGREEMENT = Described(
    name="agreement",
    sections=(
        Section(
            key="participants",
            parts=(
                Block(key="home", blanks=organisation("home"), beside_next=True),
                Block(key="host", blanks=organisation("host", mentor=True)),
                Block(
                    key="learner",
                    blanks=(
                        Blank(key="person_name", words="learner.name"),
                        Blank(key="address", words="learner.address"),
                        Blank(key="telephone_fax", words="learner.telephone"),
                        Blank(key="email", words="learner.email"),
                        Blank(key="birth", words="learner.date_of_birth", kind=Kind.DATE),
                        Blank(
                            key="sex",
                            kind=Kind.BOXES,
                            boxes=(Box(key="male", words="learner.sex=M"), Box(key="female", words="learner.sex=F")),
                            in_a_row=True,
                        ),
                    ),
                ),
                Block(
                    key="guardian",
                    blanks=(
                        Blank(key="person_name", words="learner.guardian"),
                        Blank(key="address", words="learner.guardian_address"),
                        Blank(key="telephone", words="learner.guardian_telephone"),
                        Blank(key="email", words="learner.guardian_email"),
                    ),
                ),
                Block(key="intermediary", blanks=organisation("intermediary"), title_before=True),
            ),
        ),
        Section(
            key="duration",
            parts=(
                Block(
                    blanks=(
                        Blank(key="start", words="agreement.start", kind=Kind.DATE),
                        Blank(key="end", words="agreement.end", kind=Kind.DATE),
                        Blank(key="weeks", words="agreement.weeks", kind=Kind.WEEKS),
                    )
                ),
            ),
        ),
        Section(
            key="qualification",
            parts=(
                Block(
                    blanks=(
                        Blank(key="title", words="qualification.title"),
                        Blank(key="eqf", words="qualification.eqf_level"),
                        Blank(key="nqf", words="qualification.nqf_level"),
                        Blank(key="progress", words="agreement.progress", kind=Kind.AMPLE),
                        enclosures(
                            "agreement.enclosures_progress",
                            "supplement",
                            "cv",
                            "mobility",
                            "language_passport",
                            "skills_passport",
                            "acquired",
                        ),
                    )
                ),
            ),
        ),
        Section(
            key="outcomes",
            parts=(
                long_text("units", "units.title"),
                Block(
                    blanks=(
                        Blank(key="points", words="agreement.points"),
                        Blank(key="outcomes", words="outcomes", kind=Kind.AMPLE),
                        Blank(key="activities", words="agreement.activities or units.activities", kind=Kind.AMPLE),
                        enclosures("agreement.enclosures_programme", "units_in_focus", "activities", "plan"),
                    )
                ),
            ),
        ),
        Section(
            key="assessment",
            parts=(
                Block(key="assessor", blanks=who("agreement.assessor", "agreement.assessor_role")),
                Block(
                    key="assessed",
                    blanks=(
                        Blank(key="assessment_date", words="agreement.assessment_date", kind=Kind.DATE),
                        Blank(key="method", words="agreement.assessment_method"),
                    ),
                ),
                long_text("assessment_recording", "agreement.assessment_recording"),
            ),
        ),
        Section(
            key="validation",
            parts=(
                Block(key="validator", blanks=who("agreement.validator", "agreement.validator_role")),
                long_text("validation_method", "agreement.validation_method"),
                Block(
                    key="recorded",
                    blanks=(
                        Blank(key="validation_date", words="agreement.validation_date", kind=Kind.DATE),
                        Blank(key="method", words="agreement.validation_recording"),
                    ),
                ),
                Block(key="recogniser", blanks=who("agreement.recogniser", "agreement.recogniser_role")),
                long_text("recognition_method", "agreement.recognition_method"),
            ),
        ),
        Section(
            key="signatures",
            parts=(
                Grid(
                    columns=(
                        signs("home", "home", "home.name, home.country_name", place="cohort.place, cohort.date"),
                        signs("host", "host", "host.name, host.country_name"),
                        Signature(key="learner", name="learner.name"),
                    )
                ),
                Said(key="if_applicable"),
                Grid(
                    columns=(
                        signs("intermediary", "intermediary"),
                        Signature(key="guardian", name="learner.guardian"),
                    )
                ),
            ),
        ),
        Section(key="information", parts=(long_text("information", "agreement.additional_information"),)),
        Section(key="annexes", parts=(long_text("annexes", "agreement.annexes"),)),
    ),
)
