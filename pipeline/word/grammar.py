"""What Word's elements may hold, and in which order their properties stand (floor 2). A table, no code.

Of ISO/IEC 29500-1, WordprocessingML (CT_Body, CT_P, CT_R, CT_Tbl, CT_Row, CT_Tc, CT_PPr, CT_RPr, CT_TcPr, CT_TblPr,
CT_SectPr), as the validator of Microsoft's Open XML SDK reads it. What other vocabularies add is not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.word.names import W


def _names(text: str) -> frozenset[str]:
    return frozenset(W + name for name in text.split())


RANGES = _names(
    "bookmarkStart bookmarkEnd proofErr permStart permEnd commentRangeStart commentRangeEnd moveFromRangeStart "
    "moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd "
    "customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd "
    "customXmlMoveToRangeStart customXmlMoveToRangeEnd ins del moveFrom moveTo"
)
"""Marks of ranges, which may stand almost everywhere."""

_BLOCKS = _names("p tbl sdt customXml altChunk") | RANGES
_INLINE = _names("r hyperlink sdt fldSimple smartTag customXml dir bdo subDoc") | RANGES

HOLDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_names("hdr ftr footnote endnote comment txbxContent"), _BLOCKS),
    W + "body": _BLOCKS | _names("sectPr"),
    W + "tc": _BLOCKS | _names("tcPr"),
    W + "tbl": _names("tblPr tblGrid tr sdt customXml") | RANGES,
    W + "tr": _names("tblPrEx trPr tc sdt customXml") | RANGES,
    W + "p": _INLINE | _names("pPr"),
    W + "hyperlink": _INLINE,
    W + "fldSimple": _INLINE | _names("fldData"),
    W + "t": frozenset(),
    W + "instrText": frozenset(),
    W + "r": _names(
        "rPr t delText instrText delInstrText br cr tab noBreakHyphen softHyphen sym object pict fldChar ruby "
        "footnoteReference endnoteReference commentReference footnoteRef endnoteRef annotationRef separator "
        "continuationSeparator drawing ptab pgNum lastRenderedPageBreak dayShort dayLong monthShort monthLong "
        "yearShort yearLong contentPart"
    ),
}
"""The elements of Word's that may stand straight in each of these."""

TEXTLESS = frozenset(HOLDS) - _names("t instrText")
"""The elements that hold no text of their own."""


def _ranks(text: str) -> Mapping[str, int]:
    return {W + name: rank for rank, names in enumerate(text.split()) for name in names.split("|")}


ORDERS: Mapping[str, Mapping[str, int]] = {
    W + "pPr": _ranks(
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    W + "rPr": _ranks(
        "ins|del|moveFrom|moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
        "vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
    ),
    W + "tcPr": _ranks(
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
        "hideMark headers cellIns|cellDel|cellMerge tcPrChange"
    ),
    W + "tblPr": _ranks(
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    W + "sectPr": _ranks(
        "headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
    ),
}
"""The order of what stands in properties."""

NUMBERS: Mapping[str, int] = {
    **dict.fromkeys((W + "sz", W + "szCs", W + "ilvl", W + "outlineLvl", W + "numId"), 0), W + "gridSpan": 1,
}  # fmt: skip
"""Properties whose value is a whole number, and the smallest there may be."""

REFERENCES: Mapping[str, str] = {
    W + "pStyle": "style", W + "rStyle": "style", W + "tblStyle": "style", W + "footnoteReference": "footnote",
    W + "endnoteReference": "endnote", W + "commentReference": "comment", W + "commentRangeStart": "comment",
}  # fmt: skip
"""What refers to something that is told elsewhere: a style, a note, a comment."""

ROOTS: Mapping[str, str] = {
    "document.main+xml": "document", "header+xml": "hdr", "footer+xml": "ftr", "footnotes+xml": "footnotes",
    "endnotes+xml": "endnotes", "comments+xml": "comments",
}  # fmt: skip
"""The outermost element of each part that holds text, by the end of its content type."""
