"""A packet as a page, in the frame of the report."""

from __future__ import annotations

from collections.abc import Iterator

from mentorlog.domain.packet.blocks import (
    Blank,
    Block,
    Facts,
    Item,
    Line,
    Packet,
    Paragraph,
    Points,
    Prose,
    Rule,
    Section,
    Steps,
    Table,
    Title,
)
from mentorlog.export.html.markup import Html, element, joined
from mentorlog.export.html.page import page, section, table
from mentorlog.export.html.prose import prose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.export.html.markup import Child

_KEPT = ("aims", "strengths", "numbers", "time", "asks", "discussed")
"""The sections that are short enough to stay on one sheet."""


def text(packet: Packet) -> str:
    """Return the document."""
    lines = [packet.period, _line(packet.about), packet.remark or None]
    body = [_section(one) for one in packet.sections]
    return page(packet.form, packet.form, lines, body, title=f"{packet.form}, {packet.period}")


def _section(one: Section) -> Html:
    parts = (part for block in one.blocks for part in _block(block, one.title))
    return section(one.title, *parts, keep=one.name in _KEPT)


def _block(block: Block, caption: str) -> Iterator[Child]:
    match block:
        case Table():
            columns = [("cell", head) for head in block.head]
            rows = [[_line(cell) for cell in row] for row in block.rows]
            yield table(caption, columns, rows, kind="rows", labelled=True)
        case Points():
            yield element("ul", *map(_item, block.items), class_="dated said")
        case Prose():
            yield _labelled(block.label, prose(block.text))
        case Facts():
            yield from (_labelled(label, element("p", _line(parts))) for label, parts in block.pairs)
        case Steps():
            yield element("ul", *(element("li", "☐ ", _line(parts)) for parts in block.items), class_="steps")
        case Title():
            yield element("h3", _line(block.text))
        case Paragraph():
            yield element("p", _line(block.line), class_="sign")


def _item(one: Item) -> Html:
    answer = _line([one.answer]) if isinstance(one.answer, Blank) else prose(one.answer) if one.answer else None
    reply = _labelled(one.label, answer) if one.label and answer is not None else None
    return element("li", element("span", _line(one.head), class_="day"), element("div", prose(one.text), reply))


def _labelled(label: str, words: Html) -> Html:
    if not label:
        return element("div", words, class_="prose")
    return element("div", element("span", label, class_="label"), element("div", words), class_="labelled answers")


def _line(parts: Line) -> Html:
    """Return the parts of a line; a blank is a line to write on."""
    spaced: list[Child] = []
    for part in parts:
        spaced += [" " if spaced else None, _part(part)]
    return joined(spaced)


def _part(part: str | Blank | Rule) -> Child:
    if isinstance(part, str):
        return part
    if isinstance(part, Blank) and part.shown:
        return part.shown
    return element("span", element("span", "to fill in", class_="hidden"), class_="blank")
