"""The ECVET Memorandum of Understanding, field by field."""

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
)


def _partner(item: int) -> Block:
    return Block(
        key="organisation",
        item=item,
        spare=item > 2,
        beside_next=item % 2 == 1,
        blanks=(
            Blank(key="country", words="partner.country_name"),
            Blank(key="organisation_name", words="partner.name"),
            Blank(key="address", words="partner.address"),
            Blank(key="telephone_fax", words="partner.telephone"),
            Blank(key="email", words="partner.email"),
            Blank(key="website", words="partner.website"),
            Blank(key="contact_person", words="partner.contact_person"),
            Blank(key="contact_position", words="partner.contact_position"),
            Blank(key="contact_telephone", words="partner.contact_telephone"),
            Blank(key="contact_email", words="partner.contact_email"),
        ),
    )


def _qualification(item: int) -> Block:
    return Block(
        key="qualification",
        item=item,
        spare=item > 1,
        blanks=(
            Blank(key="country", words="qualification.country_name"),
            Blank(key="qualification_title", words="qualification.title"),
            Blank(key="eqf", words="qualification.eqf_level"),
            Blank(key="nqf", words="qualification.nqf_level"),
            Blank(key="qualification_units", words="qualification.units.title", kind=Kind.AMPLE),
            enclosures("qualification.enclosures", "supplement", "qualification_outcomes", "units_described"),
        ),
    )


def _partner_signs(item: int) -> Signature:
    return Signature(
        key="organisation", head="partner.name, partner.country_name", asks=True, name="partner.signatory",
        role="partner.signatory_role", place="partner.signed_on", item=item,
    )  # fmt: skip


_NO = Box(key="no", words="not mou.other_objectives")
_YES = Box(key="yes", words="mou.other_objectives", after="mou.other_objectives")

MEMORANDUM = Described(
    name="memorandum",
    sections=(
        Section(parts=(Block(blanks=(Blank(key="file_code", words="mou.file_code"),)),)),
        Section(
            key="objectives",
            parts=(
                Said(key="objectives_text"),
                Block(blanks=(Blank(key="other_objectives", kind=Kind.BOXES, boxes=(_NO, _YES)),)),
            ),
        ),
        Section(key="organisations", parts=(*(_partner(item) for item in range(1, 7)), Said(key="more_tables"))),
        Section(key="others", parts=(long_text("other_organisations", "mou.covered.name, mou.other_organisations"),)),
        Section(key="qualifications", parts=tuple(_qualification(item) for item in range(1, 4))),
        Section(key="procedures", parts=(Said(key="procedures_text"),)),
        Section(
            key="validity",
            parts=(Block(blanks=(Blank(key="valid_until", words="mou.valid_until", kind=Kind.DATE),)),),
        ),
        Section(
            key="review",
            parts=(
                Block(
                    blanks=(
                        Blank(key="review_date", words="mou.review_date", kind=Kind.DATE),
                        Blank(key="reviewed_by", words="mou.reviewed_by"),
                    )
                ),
            ),
        ),
        Section(
            key="signatures",
            parts=(
                Grid(columns=(_partner_signs(1), _partner_signs(2))),
                Grid(columns=(_partner_signs(3), _partner_signs(4))),
            ),
        ),
        Section(key="information", parts=(long_text("information", "mou.additional_information"),)),
        Section(key="annexes", parts=(long_text("annexes", "mou.annexes"),)),
    ),
)
