"""Word forms that are hostile, damaged or strange: each is right, or refused in a clear sentence with its place."""

from __future__ import annotations

import io
import os
import re
import resource
import signal
import socket
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from lxml import etree

from pipeline.form import Form, open_form
from pipeline.word.soundness import paper_flaws
from tests.forms import (
    MAIN,
    OFFICE,
    W,
    a_form,
    p,
    part_of,
    parts_of,
    shelved,
    t,
    table,
    tc,
    text_of,
    title_of,
    with_part,
)
from tests.hostile import EVERY
from tests.trust.board import Row
from tests.trust.drill import DRAWING, PNG

MEMORY = 1 << 30
SECONDS = 10
REFUSED_WITHIN = 5
ENVIRONMENT = "ECVET_TRUST_CANARY"
CANARY = "canary-7f3a91"
ANN: dict[str, Any] = {
    "learner": {"name": "Ann & <b>", "email": None, "more": {}}, "units": [{"title": "Soup"}, {"title": "Fish"}],
    "cohort": {"title": "Bakers"}, "host": {"name": "Café"}, "agreement": {"points": 2}, "results": [],
}  # fmt: skip
Verdict = tuple[str, str]
"""right, clear or wrong, and why."""


# -- one case in a process of its own ------------------------------------------------------------------------------------


def alone(work: Callable[[], str], *, memory: int = MEMORY, seconds: int = SECONDS) -> str:
    """Do work in a child that may take so much memory and time, and no connection; gives what it says, or how it died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
        try:
            said = work()
        except BaseException as fault:
            said = f"wrong: {type(fault).__name__}"
        os.write(writing, said.encode("utf-8", "replace")[:60_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        said = stream.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return "wrong: took longer than 10 s" if number == signal.SIGALRM else f"wrong: died of signal {number}"
    return said or "wrong: said nothing"


def no_connection(*_: object, **__: object) -> NoReturn:
    raise AssertionError("a connection was tried")


def judged(path: Path, secrets: Sequence[str] = ()) -> Verdict:
    """Open a form, print it where it can be, and judge what comes out."""
    socket.socket.connect = no_connection  # type: ignore[method-assign]  # in the place of the real one
    socket.create_connection = no_connection
    form = open_form(path)
    told = unclear(form)
    if told:
        return "wrong", told
    if not form.usable:
        return "clear", ""
    for context in (ANN, {}):
        printed = form.print(context, "en")
        if printed.problems:
            return "wrong", f"opened without a word, and then: {printed.problems[0].message}"
        told = leaking(printed.data, secrets) or newly_broken(path, printed.data)
        if told:
            return "wrong", told
    return "right", ""


def unclear(form: Form) -> str:
    """Say what of the problems of a form is no clear sentence with file and place."""
    for problem in form.problems:
        if not (problem.message and problem.advice and problem.place.file):
            return f"no sentence, advice or file: {problem}"
        if re.search(r"Traceback|Error:|\bNone\b|0x[0-9a-f]{6}|<[A-Za-z]+ object", problem.message):
            return f"no plain sentence: {problem.message}"
        if len(problem.message) > 400 or (problem.holds and problem.code not in ("T101", "T102", "T217") and not problem.place.spot):
            return f"no place, or too long: {problem.code} {problem.message[:80]}"
    return ""


def leaking(paper: bytes, secrets: Sequence[str]) -> str:
    """Say whether something stands in a paper that no form can know."""
    for name, content in parts_of(paper).items():
        if any(secret.encode() in content for secret in (CANARY, *secrets)):
            return f"the secret stands in {name}"
    return ""


def newly_broken(path: Path, paper: bytes) -> str:
    """Say what is wrong in a paper that is not wrong in its form."""
    own = paper_flaws(path.read_bytes())
    new = [flaw for flaw in paper_flaws(paper) if flaw not in own]
    return f"the paper is broken: {new[0].part}: {new[0].what}" if new else ""


# -- hostile templates ---------------------------------------------------------------------------------------------------


def reaching(file: Path, wish: Path) -> list[str]:
    """Templates that want this file, the environment, or to write one."""
    way = "cycler.__init__.__globals__.os"
    return [
        f"{{{{ {way}.environ['{ENVIRONMENT}'] }}}}", f"{{{{ {way}.popen('cat {file}').read() }}}}",
        f"{{{{ {way}.popen('touch {wish}').read() }}}}", f"{{{{ lipsum.__globals__['os'].environ['{ENVIRONMENT}'] }}}}",
        f"{{% include '{file}' %}}", f"{{% extends '{file}' %}}", f"{{% import '{file}' as x %}}{{{{ x }}}}",
        f"{{{{ joiner.__init__.__globals__.__builtins__.open('{file}').read() }}}}",
        f"{{{{ learner.name.__class__.__mro__[1].__subclasses__()[40]('{file}').read() }}}}",
        "{{ namespace.__init__.__globals__.__builtins__.__import__('socket').create_connection(('127.0.0.1', 9)) }}",
        f"{{{{ self.__init__.__globals__.__builtins__.open('{wish}', 'w').write('x') }}}}",
        "{% for a in units %}{% for b in units %}{% for c in units %}{{ learner.name }}{% endfor %}{% endfor %}{% endfor %}",
        "{{ ('x' * 99999999) | upper }}", "{{ learner.name | center(99999999999) }}", "{{ '%99999999999d' | format(1) }}",
    ]  # fmt: skip


def _boxed(text: str) -> str:
    return f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>'


def _charted(text: str) -> bytes:
    chart = f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:v>{_escaped(text)}</c:v></c:chartSpace>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    return a_form(p("x {{ learner.name }}"), more={"word/charts/chart1.xml": (kind, chart)})


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def field_of(code: str) -> str:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f'<w:p>{char.format("begin")}<w:r><w:instrText xml:space="preserve"> {_escaped(code)} </w:instrText></w:r>{char.format("separate")}{t("old")}{char.format("end")}</w:p>'


def _named(text: str) -> str:
    """The expression of a template, as the name of a blank."""
    return re.sub(r"^\{[{%]-?|-?[%}]\}$", "", text).strip()


def control_of(text: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="{_escaped(_named(text))}"/><w:tag w:val="{_escaped(_named(text))}"/><w:text/></w:sdtPr><w:sdtContent>{p("old")}</w:sdtContent></w:sdt>'


def bookmark_of(text: str) -> str:
    return f'<w:p><w:bookmarkStart w:id="3" w:name="{_escaped(_named(text))}"/>{t("old")}<w:bookmarkEnd w:id="3"/></w:p>'


PLACES: dict[str, Callable[[str], bytes]] = {
    "text": lambda text: a_form(p(text)), "page header": lambda text: a_form(p("x"), header=p(text)),
    "footnote": lambda text: a_form(p("x"), footnotes=p(text)), "Title": lambda text: a_form(p("x"), title=text),
    "text box": lambda text: a_form(_boxed(text)), "comment": lambda text: a_form(p("x"), comments=p(text)),
    "chart": _charted, "field": lambda text: a_form(field_of(text)), "merge field": lambda text: a_form(field_of(f'MERGEFIELD "{_named(text)}"')),
    "content control": lambda text: a_form(control_of(text)), "text of a control": lambda text: a_form(control_of("x").replace("old", _escaped(text))),
    "bookmark": lambda text: a_form(bookmark_of(text)), "endnote": lambda text: a_form(p("x"), endnotes=p(text)),
}  # fmt: skip
TYPED = frozenset(PLACES) - {"merge field", "content control", "bookmark"}
"""The places where a tag stands as it is typed, and so must be refused."""


def hostile(quick: bool) -> Iterator[Row]:
    """Try every hostile template in every place, each in a child with little memory and time."""
    with tempfile.TemporaryDirectory() as folder:
        secret, wish = Path(folder, "secret.txt"), Path(folder, "written.txt")
        secret.write_text(CANARY)
        os.environ[ENVIRONMENT] = CANARY
        try:
            counts, wrong = {"refused": 0, "harmless": 0}, []
            templates = [*reaching(secret, wish), *EVERY]
            for number, template in enumerate(templates):
                places = [list(PLACES)[number % len(PLACES)], "text"] if quick else list(PLACES)
                for place in places:
                    said = alone(partial(_tried, template, place, folder))
                    if said in counts:
                        counts[said] += 1
                    else:
                        wrong.append(f"{template[:60]} in the {place}: {said}")
            if wish.exists():
                wrong.append("a template wrote a file")
        finally:
            del os.environ[ENVIRONMENT]
    tried = sum(counts.values()) + len(wrong)
    yield Row(
        what=f"hostile templates ({len(templates)} in {len(PLACES)} places of a form, {tried} tried, each with 1 GiB and 10 s)",
        target="0 escapes, 0 hangs, 0 tracebacks", found=f"{counts['refused']:,} refused, {counts['harmless']:,} harmless, {len(wrong)} wrong", wrong=tuple(wrong),
    )  # fmt: skip


def _tried(template: str, place: str, folder: str) -> str:
    path = Path(folder, "Form.docx")
    path.write_bytes(PLACES[place](template))
    verdict, why = judged(path, secrets=("uid=", "root:"))
    if verdict == "right" and place in TYPED:
        return "wrong: it was not refused"
    return {"clear": "refused", "right": "harmless"}.get(verdict, f"wrong: {why}")


# -- cases -----------------------------------------------------------------------------------------------------------------

Case = Callable[[], Verdict]


def refused(data: bytes, *words: str, name: str = "Form.docx", within: float = REFUSED_WITHIN) -> Case:
    """A form that must be refused in a clear sentence with one of these words in it."""

    def case() -> Verdict:
        path = shelved(data, name)
        begun = time.perf_counter()
        form = open_form(path)
        took = time.perf_counter() - begun
        told = unclear(form)
        if told or form.usable:
            return "wrong", told or "it was taken without a word"
        said = " ".join(f"{problem.message} {problem.place.spot}" for problem in form.problems)
        if not any(word in said for word in words):
            return "wrong", f"it says: {said}"
        return ("clear", "") if took < within else ("wrong", f"it took {took:.1f} s")

    return case


def filled(data: bytes, expected: Callable[[bytes], bool], context: dict[str, Any] | None = None, told: str = "") -> Case:
    """A form that must be filled right; `told` is a code that must be told without holding it."""

    def case() -> Verdict:
        path = shelved(data)
        form = open_form(path)
        if unclear(form) or not form.usable:
            return "wrong", unclear(form) or f"refused: {form.problems[0].message}"
        if told and told not in [problem.code for problem in form.problems]:
            return "wrong", f"{told} is not told"
        printed = form.print(ANN if context is None else context, "en")
        broken = newly_broken(path, printed.data) if printed.data else "no paper"
        return ("right", "") if not broken and expected(printed.data) else ("wrong", broken or "it does not say what it should")

    return case


def says(*wanted: str, part: str = "word/document.xml") -> Callable[[bytes], bool]:
    """The paper says all of this."""
    return lambda data: all(each in text_of(data, part) for each in wanted)


def without(*unwanted: str) -> Callable[[bytes], bool]:
    """Nothing of this stands in any part or name of the paper."""
    return lambda data: not any(each.encode() in name.encode() + content for each in unwanted for name, content in parts_of(data).items())


def rebound(data: bytes, change: Callable[[list[tuple[str, bytes]]], list[tuple[str, bytes]]]) -> bytes:
    """A form with other members."""
    from tests.trust.drill import bound

    return bound(change(list(parts_of(data).items())))


GOOD = a_form(p("Dear {{ learner.name }},"), header=p("{{ cohort.title }}"), title="Form")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _spoiled_checksum() -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        info = package.getinfo("word/document.xml")
    at = info.header_offset + 30 + len(info.filename) + 20
    return GOOD[:at] + bytes([GOOD[at] ^ 0x5A]) + GOOD[at + 1 :]


def _bomb(size: int, name: str = "word/media/image1.png") -> bytes:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package, package.open(name, "w", force_zip64=True) as part:
        for _ in range(size // 1_000_000):
            part.write(bytes(1_000_000))
    return stream.getvalue()


def _related(kind: str, target: str, body: str = "", **more: Any) -> bytes:
    return a_form(body or p("{{ learner.name }}"), related={"word/document.xml": [("reach", f"{OFFICE}/{kind}", target)]}, **more)


def packages() -> Iterator[tuple[str, Case]]:
    """Forms that are damaged, no forms, or packed in strange ways."""
    yield "a zip bomb: 100 MB of a picture", refused(_bomb(100_000_000), "too large")
    yield "paragraphs without end: 25 MB of them", refused(with_part(GOOD, "word/document.xml", f'<w:document xmlns:w="{W[1:-1]}"><w:body>'.encode() + b"<w:p/>" * 4_200_000 + b"</w:body></w:document>"), "too large")
    yield "a part that is there twice", refused(rebound(GOOD, lambda parts: [*parts, parts[-1]]), "twice")
    yield "a document type declaration", refused(with_part(GOOD, "word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>' + part_of(GOOD, "word/document.xml")), "document type declaration")
    yield "an entity of a file", refused(with_part(GOOD, "docProps/core.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'), "document type declaration")
    yield "no main part", refused(rebound(GOOD, lambda parts: [each for each in parts if each[0] != "word/document.xml"]), "missing", "no text")
    yield "no list of parts", refused(rebound(GOOD, lambda parts: [each for each in parts if each[0] != "[Content_Types].xml"]), "no Word file")
    yield "a header that is missing", refused(rebound(GOOD, lambda parts: [each for each in parts if each[0] != "word/header1.xml"]), "header1.xml of the file is missing")
    yield "a wrong checksum", refused(_spoiled_checksum(), "damaged")
    yield "cut off in the middle", refused(GOOD[: len(GOOD) // 2], "damaged", "not copied")
    yield "0 bytes", refused(b"", "empty")
    yield "an old .doc renamed, or a password", refused(OLE, "password")
    yield "a web page renamed", refused(b"<html>", "no Word file")
    yield "an .rtf renamed", refused(b"{\\rtf1}", "no Word file")
    yield "a workbook renamed", refused(_a_workbook(), "workbook")
    yield "a text of LibreOffice renamed", refused(rebound(GOOD, lambda _: [("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]), "no Word file")
    yield "Strict Open XML", refused(with_part(GOOD, "word/document.xml", b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'), "Strict")
    yield "a folder called x.docx", _folder_as_form
    yield "a link to another file", _link_as_form
    yield "2,500 parts", refused(rebound(GOOD, lambda parts: [*parts, *((f"word/x{number}.xml", b"<x/>") for number in range(2_500))]), "parts")
    yield "a part with a name that leads out", refused(rebound(GOOD, lambda parts: [*parts, ("../../evil.xml", b"<x/>")]), "leads out")
    yield "a paper of this program as a form", _paper_as_form
    yield "a paper of a form without properties, as a form", _bare_paper_as_form
    yield "a .dotx", filled(a_form(p("{{ learner.name }}"), kind=f"{MAIN}.template.main+xml"), says("Ann & <b>"))
    yield "a .docm with macros", filled(_with_macros(), without("vbaProject", "macroEnabled"), told="T219")
    yield "LibreOffice's kind of properties", filled(_libreoffice(), lambda data: len([name for name in parts_of(data) if "core" in name]) == 1)


def _a_workbook() -> bytes:
    from openpyxl import Workbook

    stream = io.BytesIO()
    Workbook().save(stream)
    return stream.getvalue()


def _folder_as_form() -> Verdict:
    folder = shelved(GOOD).parent / "x.docx"
    folder.mkdir()
    (folder / "word").mkdir()
    (folder / "word" / "document.xml").symlink_to("/etc/hostname")
    form = open_form(folder)
    return ("clear", "") if not form.usable and not unclear(form) else ("wrong", unclear(form) or "taken")


def _link_as_form() -> Verdict:
    link = shelved(GOOD).parent / "link.docx"
    link.symlink_to("/etc/hostname")
    form = open_form(link)
    return ("clear", "") if not form.usable and not unclear(form) else ("wrong", unclear(form) or "taken")


def _paper_as_form() -> Verdict:
    paper = open_form(shelved(GOOD)).print({**ANN, "learner": {"name": "{{ 7 * 7 }} {{ cohort.title }}"}}, "en").data
    return refused(paper, "paper that was made")()


def _bare_paper_as_form() -> Verdict:
    bare = open_form(shelved(a_form(p("{{ learner.name }}"))))
    return refused(bare.print({**ANN, "learner": {"name": "{{ cohort.title }}"}}, "en").data, "paper that was made")()


def _with_macros() -> bytes:
    return a_form(
        p("{{ learner.name }}"), kind="application/vnd.ms-word.document.macroEnabled.main+xml",
        more={"word/vbaProject.bin": ("application/vnd.ms-office.vbaProject", b"macro")},
        related={"word/document.xml": [("vba", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")]},
    )  # fmt: skip


def _libreoffice() -> bytes:
    kind = "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
    return with_part(GOOD, "_rels/.rels", re.sub(rb'Type="[^"]*metadata/core-properties"', f'Type="{kind}"'.encode(), part_of(GOOD, "_rels/.rels")))


def brought() -> Iterator[tuple[str, Case]]:
    """Forms that would fetch, start or put in something."""
    picture = DRAWING.format(1).replace("r:embed", "r:link").replace('"logo"/><pic', '"x"/><pic').replace('r:link="logo"', 'r:link="reach"')
    yield "a picture on a web site", refused(_related("image", "https://example.org/a.png", p("{{ learner.name }}") + picture), "outside of the file")
    yield "a picture on the author's disk", refused(_related("image", "file:///C:/a.png", p("{{ learner.name }}") + picture), "outside of the file")
    yield "altChunk", refused(_related("aFChunk", "part.htm", p("{{ learner.name }}") + '<w:altChunk r:id="reach"/>', more={"word/part.htm": ("text/html", "<html/>")}), "another document")
    yield "an OLE object", refused(_related("oleObject", "ole.bin", more={"word/ole.bin": ("application/vnd.openxmlformats-officedocument.oleObject", OLE)}), "object of another program")
    yield "an OLE object that is a workbook", refused(_related("package", "embeddings/a.xlsx", more={"word/embeddings/a.xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK")}), "object of another program")
    yield "a linked OLE object", refused(_related("oleObject", "file:///C:/a.xls"), "object of another program")
    yield "a part document", refused(_related("subDocument", "file:///C:/b.docx"), "part document")
    yield "a frame of another page", refused(_related("frame", "https://example.org/"), "outside of the file")
    for code in ('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"', "DDE excel x", 'INCLUDETEXT "C:\\\\a.docx"', 'INCLUDEPICTURE "https://example.org/a.png"', "LINK Excel.Sheet.8 a.xls", "IMPORT a.png", "RD b.docx"):
        kind = code.split()[0]
        yield f"the field {kind}", refused(a_form(p("{{ learner.name }}") + field_of(code)), kind)
        yield f"the field {kind} in a page header", refused(a_form(p("{{ learner.name }}"), header=field_of(code)), kind)
    yield "the field DDE in pieces", refused(a_form(p("{{ learner.name }}") + field_of("DDEAUTO x").replace(" DDEAUTO", " DDE</w:instrText></w:r><w:r><w:instrText>AUTO")), "DDEAUTO")
    yield "the field INCLUDEPICTURE as one element", refused(a_form(p("{{ learner.name }}") + '<w:p><w:fldSimple w:instr=" includepicture x "/></w:p>'), "INCLUDEPICTURE")
    hidden = field_of("§ c:\\\\x").replace(" §", "</w:instrText></w:r>" + field_of("QUOTE 68 68 69").removeprefix("<w:p>").removesuffix("</w:p>") + '<w:r><w:instrText xml:space="preserve">')
    yield "a field whose kind is hidden by another", refused(a_form(p("{{ learner.name }}") + hidden), "hidden")
    link = f'<w:p><w:hyperlink r:id="reach">{t("site")}</w:hyperlink></w:p>'
    yield "a link to click on stays", filled(_related("hyperlink", "https://example.org/", p("{{ learner.name }}") + link), says("site"))
    settings = {"word/settings.xml": (f"{MAIN}.settings+xml", f'<w:settings xmlns:w="{W[1:-1]}" xmlns:r="{OFFICE}"><w:attachedTemplate r:id="a"/><w:mailMerge><w:dataSource r:id="m"/></w:mailMerge></w:settings>')}
    joined = {"word/document.xml": [("set", f"{OFFICE}/settings", "settings.xml")], "word/settings.xml": [("a", f"{OFFICE}/attachedTemplate", "file:///C:/Users/jane/x.dotx"), ("m", f"{OFFICE}/mailMergeSource", "file:///C:/people.xlsx")]}
    yield "the attached template and the data of a mail merge are left out", filled(a_form(p("{{ learner.name }}"), more=settings, related=joined), without("x.dotx", "people.xlsx", "attachedTemplate", "mailMerge"))
    people = "<cp:lastModifiedBy>Jane Doe</cp:lastModifiedBy><dc:creator>Jane Doe</dc:creator><dcterms:created>2013-05-05T05:05:05Z</dcterms:created>"
    yield "the form's author is not in the papers", filled(a_form(p("{{ learner.name }}"), core=people, app="<Company>Acme</Company>"), without("Jane", "2013", "Acme"))


def tags() -> Iterator[tuple[str, Case]]:
    """Tags as Word and people write them."""
    yield "a tag in several runs", filled(a_form(p("{¦{ lear¦ner.na¦me }¦}")), says("Ann & <b>"))
    yield "smart quotes and hard spaces in a tag", filled(a_form(p("{% if\u00a0learner.name == “Ann & <b>” %}yes{% endif %}")), says("yes"))
    mark = '<w:p><w:r><w:t>{{ learner</w:t></w:r><w:bookmarkStart w:id="4" w:name="m"/><w:r><w:t>.name }}</w:t></w:r><w:bookmarkEnd w:id="4"/></w:p>'
    yield "a tag with a bookmark in it", lambda: judged(shelved(a_form(mark)))
    yield "if in one cell, endif in another", refused(a_form(table(["{% if learner.name %}a", "b", "c{% endif %}"])), "closes in")
    yield "an if alone in a cell, nothing left of it", filled(a_form(table([tc("{%p if learner.email %}", "x", "{%p endif %}"), "b"]) + p("{{ learner.name }}")), says("b"))
    yield "rows for nothing", filled(a_form(table(["{%tr for result in results %}"], ["{{ result.grade }}"], ["{%tr endfor %}"]) + p("{{ learner.name }}")), lambda data: b"<w:tbl>" not in part_of(data, "word/document.xml"))
    yield "cells for nothing", filled(a_form(table(["{%tc for result in results %}", "{{ result.grade }}", "{%tc endfor %}"], ["kept"]) + p("{{ learner.name }}")), says("kept"))
    yield "a word that is none", refused(a_form(p("{{ learner.surnme }}")), "is not a word")
    yield "a record that is none", refused(a_form(p("{{ student.home.name }}")), "is not a word")
    for wrong in ("{{ learner.name", "{%5}", "{% 5 %}", "{{learner name}}", "{% if learner.name %}x", "x{% endif %}", "{% for u in units %}x", "}} {{"):
        yield f"the tag {wrong}", refused(a_form(p(wrong) + p("{{ learner.name }}")), *"{%}")
    yield "32,000 beginnings of tags", refused(a_form(p("{% " * 32_000)), "tags", "{%", within=10)
    yield "32,000 tags", refused(a_form("".join(p("{{ learner.name }}") for _ in range(32_000))), "tags", within=10)
    yield "a tag in a comment", filled(a_form(p("x"), comments=p("{{ learner.name }}")), says("Ann & <b>", part="word/comments.xml"))
    yield "a tag in an endnote", filled(a_form(p("x"), endnotes=p("{{ learner.name }}")), says("Ann & <b>", part="word/endnotes.xml"))
    yield "a tag in a chart", refused(_charted("{{ learner.name }}"), "cannot be filled", "stands where")
    box = '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>'
    yield "a tag in a text box and its older twin", filled(a_form(box.format(p("{{ learner.name }}"))), lambda data: part_of(data, "word/document.xml").count(b"Ann &amp; &lt;b&gt;") == 2)
    deleted = '<w:p><w:del w:id="1" w:author="J"><w:r><w:delText>{{ learner.name }}</w:delText></w:r></w:del><w:ins w:id="2" w:author="J"><w:r><w:t>{{ cohort.title }}</w:t></w:r></w:ins></w:p>'
    yield "a tag in a deleted text", filled(a_form(deleted), lambda data: "Ann" not in text_of(data) and "Bakers" in text_of(data) and without("w:author", "delText")(data), told="T216")
    twice = DRAWING.format(7)
    more: dict[str, Any] = {"more": {"word/media/logo.png": ("", PNG)}, "defaults": {"png": "image/png"}, "related": {"word/document.xml": [("logo", f"{OFFICE}/image", "media/logo.png")]}}
    yield "drawings that repeat", filled(a_form(p("{%p for unit in units %}") + twice + p("{%p endfor %}") + p("{{ learner.name }}"), **more), lambda data: not paper_flaws(data))


VALUES: dict[str, str] = {
    "an ampersand": "AT&T, Smith & Sons, 1 < 2", "angle brackets": "IBAN <GB29> ok", "XML": "</w:t></w:r></w:p><w:p><w:r><w:t>new", "a tag": "{{ 7*7 }} {% endif %}",
    "docxtpl's own braces": "{_{ x }_}", "an entity": "&amp; &#0; &lt;", "the end of CDATA": "a ]]> b <![CDATA[", "right to left": "שלום مرحبا", "emoji and marks": "👩‍🍳 e\u0301 🇪🇺",
    "a field": "INCLUDEPICTURE https://example.org", "5,000 letters": "Ω" * 5_000, "an escape of Excel that was decoded": "x_000B_",
}  # fmt: skip


def values() -> Iterator[tuple[str, Case]]:
    """Values that have broken papers of one program or another, in all parts."""
    form = a_form(p("[{{ learner.name }}]") + table(["{{ learner.name }}"]), header=p("{{ learner.name }}"), footnotes=p("{{ learner.name }}"), title="{{ learner.name }}")
    for name, value in VALUES.items():
        yield f"the value {name}", filled(form, partial(_in_all_parts, re.sub(r"\s+", " ", value)), {**ANN, "learner": {"name": value}})
    yield "the value nothing", filled(a_form(p("[{{ learner.name }}]")), says("[]"), {"learner": {"name": None}})
    yield "the value 447700900123.0", filled(a_form(p("[{{ learner.telephone }}]")), says("[447"), {"learner": {"telephone": "447700900123"}})
    yield "line breaks and tabs", filled(a_form(p("[{{ learner.name }}]")), says("[a⏎b→c]"), {"learner": {"name": "a\nb\tc"}})
    for bad in ("\x00", "\x0c", "\ud800", "\ufffe"):
        yield f"the character {bad!a}", filled(form, lambda data: all(etree.fromstring(content) is not None for name, content in parts_of(data).items() if name.endswith(".xml")), {**ANN, "learner": {"name": f"a{bad}b"}})


def _in_all_parts(value: str, data: bytes) -> bool:
    texts = (re.sub(r"\s+", " ", text_of(data, f"word/{part}.xml")) for part in ("document", "header1", "footnotes"))
    return all(value in text for text in texts) and value == title_of(data)


AREAS: dict[str, Callable[[], Iterator[tuple[str, Case]]]] = {
    "packages of forms": packages, "what forms bring along": brought, "tags of forms": tags, "values in papers": values,
}  # fmt: skip


def verdicts(cases: Iterator[tuple[str, Case]]) -> Iterator[tuple[str, Verdict]]:
    """Judge cases; an exception is wrong."""
    for name, case in cases:
        try:
            yield name, case()
        except Exception as fault:
            yield name, ("wrong", f"{type(fault).__name__}: {fault}"[:200])


def rows(quick: bool) -> Iterator[Row]:
    """Give a row an area, and one for the hostile templates."""
    for area, cases in AREAS.items():
        found = list(verdicts(cases()))
        counts = {sort: sum(verdict[0] == sort for _, verdict in found) for sort in ("right", "clear", "wrong")}
        yield Row(
            what=f"{area}: {len(found)} cases", target="all right or clear", found=", ".join(f"{count} {sort}" for sort, count in counts.items()),
            wrong=tuple(f"{name}: {why}" for name, (sort, why) in found if sort == "wrong"),
        )  # fmt: skip
    yield from hostile(quick)



