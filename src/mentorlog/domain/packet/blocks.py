"""What a section of a packet is made of; the formats lay it out, and decide nothing."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.values import Value


class Blank(Value):
    """A place where a form expects an answer that the journal does not have, and the command that fills it."""

    what: str
    command: str
    record: str | None = None
    """The id of the record that lacks it."""
    shown: str = ""
    """What stands in its place; by default, a line to write on."""


class Rule(Value):
    """A line to write on by hand."""


RULE = Rule()

Line = Sequence[str | Blank | Rule]
"""A text in one line, in parts that blanks separate."""


class Table(Value):
    """A table, whose first column says what each row is about."""

    head: Sequence[str]
    rows: Sequence[Sequence[Line]]


class Item(Value):
    """A point of a list: its head, the user's words below or beside it, and an answer to them."""

    head: Line
    text: str
    label: str = ""
    """What the answer is called; empty if there is none."""
    answer: str | Blank = ""


class Points(Value):
    """A list of points."""

    items: Sequence[Item]


class Prose(Value):
    """The user's words, in any number of paragraphs, with a label."""

    label: str
    text: str


class Facts(Value):
    """Answers in one paragraph, each with its label."""

    pairs: Sequence[tuple[str, Line]]


class Steps(Value):
    """Things that are to be done."""

    items: Sequence[Line]


class Title(Value):
    """The title of what follows within a section."""

    text: Line


class Paragraph(Value):
    """A sentence of ours, or a line to sign."""

    line: Line


Block = Table | Points | Prose | Facts | Steps | Title | Paragraph


class Section(Value):
    """One section of a packet."""

    name: str
    title: str
    blocks: Sequence[Block]

    def blanks(self) -> list[Blank]:
        """Return its blanks, from the top down."""
        return [part for block in self.blocks for line in _lines(block) for part in line if isinstance(part, Blank)]


def _lines(block: Block) -> Sequence[Line]:
    match block:
        case Table():
            return [cell for row in block.rows for cell in row]
        case Points():
            return [[*item.head, item.answer] for item in block.items]
        case Facts():
            return [line for _, line in block.pairs]
        case Steps():
            return block.items
        case Title():
            return [block.text]
        case Paragraph():
            return [block.line]
    return []


class Packet(Value):
    """A packet: its title, who it is about, for whom, as of when, and its sections."""

    form: str
    """What kind of packet it is."""
    period: str
    about: Line
    sections: Sequence[Section]
    missing: Sequence[str]
    """The names of the sections that were asked for by name and have no content."""
    remark: str
    """A sentence where nothing is recorded in the period; else empty."""
    start: str
    end: str
    as_of: str
    blanks: Sequence[tuple[str, Blank]]
    """Every blank with the name of its section; the heading has the name `heading`."""
