"""A packet as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    Steps,
    Table,
    Title,
)
from mentorlog.export.markdown_prose import inline, prose
from mentorlog.export.markdown_text import bullet, line

_TO_WRITE_ON = "________"


def text(packet: Packet) -> str:
    """Return the document."""
    blocks = [f"# {line(f'{packet.form}, {packet.period}')}", _line(packet.about)]
    if packet.remark:
        blocks.append(line(packet.remark))
    for section in packet.sections:
        blocks += [f"## {line(section.title)}", *(text for block in section.blocks for text in _block(block))]
    return "\n\n".join(blocks) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield "\n".join(_table(block.head, block.rows))
        case Points():
            yield "\n".join(_item(one) for one in block.items)
        case Prose():
            yield from _prose(block.label, block.text)
        case Facts():
            yield " · ".join(f"{line(label)}: {_line(parts)}" for label, parts in block.pairs)
        case Steps():
            yield "\n".join(bullet(f"[ ] {_line(parts)}") for parts in block.items)
        case Title():
            yield f"### {_line(block.text)}"
        case Paragraph():
            yield _line(block.line)


def _item(one: Item) -> str:
    """Return a point of a list; an answer is a block of its own within it."""
    head, short = _line(one.head), inline(one.text)
    below = [] if short is not None else ["", prose(one.text)]
    if isinstance(one.answer, Blank):
        below += ["", f"{line(one.label)}: {_part(one.answer)}"]
    elif one.label:
        below += [block for text in _prose(one.label, one.answer) for block in ("", text)]
    return bullet(f"{head}: {short}" if short is not None else f"{head}:", *below)


def _prose(label: str, text: str) -> Iterator[str]:
    """Yield prose after its label: in one line, or as blocks of its own."""
    short = inline(text)
    if short is not None:
        yield f"{line(label)}: {short}" if label else short
        return
    if label:
        yield f"{line(label)}:"
    yield prose(text)


def _table(head: Sequence[str], rows: Iterable[Sequence[Line]]) -> Iterator[str]:
    yield _row(map(line, head))
    yield "|" + "---|" * len(head)
    yield from (_row(map(_line, cells)) for cells in rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(parts: Line) -> str:
    """Return the parts of a line with blanks between them; those stand alone, so that they are no markup."""
    return " ".join(_part(part) for part in parts)


def _part(part: str | Blank | Rule) -> str:
    if isinstance(part, str):
        return line(part)
    return line(part.shown) if isinstance(part, Blank) and part.shown else _TO_WRITE_ON
