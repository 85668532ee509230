"""The action items in notes, such as `- [ ] @me Draft abstract due:fri`, found as Markdown reads the text.

An item begins with a box, at the beginning of a list item or of a line of a paragraph, and ends at the next box or
bullet, else where its paragraph ends. The boxes of other programs are read too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import takewhile

from mentorlog import ids
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from markdown_it.token import Token

ID = rf"\\?\((?P<id>t[{ids.ALPHABET}]{{4}})\\?\)"
"""The mark of an item that became a task: `(t4m2x)`."""

BLANK = "\\s\u00ad\u200b-\u200d\u2060\ufeff"  # the others have no width
MADE = rf"{ID}[{BLANK}.,;:!*_~\\\ufe0f✅✓✔]*(?:→\s*\w+\s*)?$"
"""A mark at the end of a line; a tick, punctuation or the status that `show` prints may follow it."""

# Boxes as signs: those of Unicode, and of the Wingdings font as pasted from Word.
_OPEN, _DONE, _TICKS = "☐□▢◻◽⬜❏❐❑❒🗆🔲\uf06f\uf0a8", "☑☒✅🗹🗷⊠🔳\uf0fe", "✓✔🗸\uf0fc"
_MARKS = f"xX×✗✘√{_DONE}{_TICKS}"
_SIGNS = f"{_OPEN}{_DONE}{_TICKS}"
_RISKY = rf"[@＠［{_SIGNS}]|\[[^\w\]]{{0,3}}[xX_]?[^\w\]]{{0,3}}\]"
"""A text without any of these has neither a box nor a name."""

_BULLETS = "•◦▪▫‣⁃∙·●○■–—−➢➤►§\uf0b7\uf0a7"  # none of Markdown's, but of word processors and e-mail programs
_NUMBER = r"\(?(?:[0-9]{1,9}|[A-Za-z])\\?[.)]"
BULLET = rf"\\?(?:[-*+‐‑{_BULLETS}]|o(?=[ \t])|{_NUMBER})"
_BRACKETS = rf"\\?[\[［][{BLANK}_]*(?P<mark>[xX]|[^\w\s\[\]^@.…'\"“”\\])?\ufe0f?[{BLANK}_]*\\?[\]］](?![(\[])"
_BOX = rf"(?:{_BRACKETS}|(?P<sign>[{_SIGNS}])\ufe0f?)[{BLANK}]*"
START = rf"[{BLANK}]*(?:{BULLET}[{BLANK}]*)*{_BOX}(?P<text>.*)"
OTHER = rf"[{BLANK}]*(?:(?:[{_BULLETS}]|o(?=\t)|{_NUMBER})(?:[{BLANK}]|$)|[-*+]$|[|>])"
"""The beginning of a line that Markdown joins to the one before, but that was meant as its own item, row or quote."""

TICK = r"(?:[xX✓✔☑☒✅]|\\?\[[xX✓✔]\\?\])"
RECORD = rf"[{''.join(ids.LETTERS.values())}][{ids.ALPHABET}]{{4}}(?![\w-])"
_SETTLES = rf"(?i)[{BLANK}]*(?:{TICK}[{BLANK}]+{RECORD}|{RECORD}[{BLANK}]*:)"
"""The beginning of a line that settles a record, as `id_lines` reads it."""

_NAME = r"(?<![\w@＠.+/-])[@＠](?P<name>\w[\w'’-]*)(?![@＠]|\.\w)"
_NEEDS_PARSER = (
    r"(?m)[`~<>|\t]| {4}|\]:|^ *(?:=+|(?:[-*_+] *)+|[0-9]+[.)]) *$|(?:[-*+]|[0-9][.)]) +#"
    # code, HTML, quotes, tables, definitions; underlines, rules and empty items; headings in items
)
_BEGINNING = r" *(?:[-*+]|[0-9]{1,9}[.)]) +[^ ]"


class Item(Value):
    """A box and the text behind it; `place` says where it is, if no item may be there.

    For an item that became a task, `last` is the line that ends in its `id`.
    """

    first: int
    last: int
    mark: str
    text: str
    id: str = ""
    place: str = ""
    is_tick: bool = False
    """Whether it begins with a tick that is in no box, which many use as a bullet."""

    @property
    def done(self) -> bool | None:
        """Whether the box is ticked; None for a mark of unknown meaning."""
        return False if self.mark in f" {_OPEN}" else True if self.mark in _MARKS else None

    @property
    def names_owner(self) -> bool:
        """Whether a name with @ follows the box, whatever is around it."""
        return re.match(r"[^\w\s]*[@＠]", self.text) is not None


class Found(Value):
    """What looks like an action item in notes: boxes, and the names (line, name) outside of them."""

    items: tuple[Item, ...] = ()
    names: tuple[tuple[int, str], ...] = ()


def find(text: str) -> Found:
    """Return everything in a text that begins with a box or names somebody, in order."""
    if not re.search(_RISKY, text):
        return Found()
    items, names = list[Item](), list[tuple[int, str]]()
    for block in blocks(text):
        boxes, others = _read(block)
        items += boxes
        if not (block.is_code or block.place == _QUOTE):
            names += _names(block, others)
    return Found(tuple(items), tuple(names))


def annotated(notes: str, states: Mapping[str, str]) -> str:
    """Return notes with the status of each task after its action item: `… (t4m2x) → done`."""
    lines = notes.split("\n")
    for item in find(notes).items:
        if not item.place and (state := states.get(item.id)):
            lines[item.last] = f"{lines[item.last].rstrip()} → {state}"
    return "\n".join(lines)


def with_ids_of(notes: str, marked: str) -> str:
    """Return notes whose action items have the ids of the same items in other notes, each id once."""
    ids_of: dict[str, list[str]] = {}
    lines = marked.split("\n")
    for item in find(marked).items if "(" in marked else ():
        if item.id and lines[item.last].endswith(mark := f" ({item.id})"):
            lines[item.last] = lines[item.last].removesuffix(mark)
            ids_of.setdefault("\n".join(lines[item.first : item.last + 1]), []).append(mark)
    if not ids_of:
        return notes
    lines = notes.split("\n")
    for item in find(notes).items:
        if not item.id and (left := ids_of.get("\n".join(lines[item.first : item.last + 1]))):
            lines[item.last] += left.pop(0)
    return "\n".join(lines)


def for_readers(notes: str, named: Collection[str]) -> str:
    """Return notes without the ids of tasks, and without the action items of tasks that may not be named."""
    return _without(notes, lambda id: id not in named, f"[{BLANK}]*{ID}(?=[^()]*$)")


def without_items(notes: str, hidden: Collection[str]) -> str:
    """Return notes without the action items of some tasks."""
    return _without(notes, lambda id: id in hidden)


def _without(notes: str, is_hidden: Callable[[str], bool], mark: str = "$") -> str:
    """Return notes without the action items of hidden tasks, and the others without a mark in their last line."""
    lines: list[str | None] = [*notes.split("\n")]
    for item in find(notes).items:
        if item.id and is_hidden(item.id):
            lines[item.first : item.last + 1] = [None] * (item.last + 1 - item.first)
        elif item.id:
            lines[item.last] = re.sub(mark, "", lines[item.last] or "")
    return "\n".join(line for line in lines if line is not None)


# The blocks of Markdown in which a box may be.

_QUOTE, _HEADING, _TABLE = "in a quote", "in a heading", "in a table"


class Block(Value):
    """Some lines of a text and the number of the first; `place` is empty where an item may be."""

    first: int
    lines: Sequence[str]
    place: str
    is_code: bool = False


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text in which a box may be, in order."""
    text = text.replace("\r", " ")
    return _blocks(text) if re.search(_NEEDS_PARSER, text) else _simple_blocks(text)


def _simple_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text of paragraphs, lists and headings alone, as `_blocks` does without the parser."""
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""]):
        heading = re.match(r" *#{1,6}(?: (?P<words>.*)|$)", line)
        if lines and (heading or not line.strip(" ") or re.match(_BEGINNING, line)):
            yield Block(number - len(lines), lines, "")
            lines = []
        if heading:
            yield Block(number, [_words_of_heading(heading["words"] or "")], _HEADING)
        elif line.strip(" "):
            lines.append(line)


def _blocks(text: str) -> Iterator[Block]:
    """Yield paragraphs, headings and cells, and code unless it is marked as such and closed."""
    from markdown_it import MarkdownIt  # slow to load, and most notes are simple

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").disable("inline")
    quotes, place, lines = 0, "", text.split("\n")
    for token in parser.parse(text):
        match token.type:
            case "blockquote_open" | "blockquote_close":
                quotes += token.nesting
            case "paragraph_open":
                place = ""
            case "heading_open":
                place = _HEADING if token.markup.startswith("#") else ""
            case "th_open" | "td_open":
                place = _TABLE
        if token.map and token.type == "inline":
            whole = {_HEADING: [_words_of_heading(token.content)], _TABLE: [token.content]}
            shown = whole.get(place) or lines[slice(*token.map)]  # the parser strips the content of a paragraph
            yield Block(
                token.map[0], [line.lstrip(" \t>" if quotes else " \t") for line in shown], _QUOTE if quotes else place
            )
        elif token.map and not quotes and (hidden := _hidden_in(token, lines)):
            yield Block(token.map[0], lines[slice(*token.map)], hidden, True)


def _words_of_heading(line: str) -> str:
    return line.rstrip(" \t\u00a0#")


def _hidden_in(token: Token, lines: Sequence[str]) -> str:
    """Return in what a token hides its lines, if that may be a mistake."""
    start, end = token.map or (0, 0)
    content = token.content.lstrip().lower()
    if token.type == "code_block":
        return "indented as code"
    if token.type == "fence":
        last = lines[end - 1].strip(" \t>")
        closed = end - start > 1 and len(last) >= len(token.markup) and not last.strip(token.markup[0])
        return "" if closed else "in a code block that is not closed"
    if token.type != "html_block" or content.startswith(("<pre", "<script", "<style", "<textarea")):
        return ""
    if content.startswith("<!--"):
        return "" if "-->" in content else "in a comment that is not closed"
    return "in HTML"


# The lines of a block.


def _read(block: Block) -> tuple[list[Item], dict[int, str]]:
    """Return the items of a block, and its other lines by their number."""
    begun: list[tuple[int, re.Match[str], list[str]]] = []
    others: dict[int, str] = {}
    in_item = False
    for number, line in enumerate(block.lines, block.first):
        start = re.match(START, line)
        if start and (start["text"].startswith(("@", "＠")) or not block.is_code):
            begun.append((number, start, [line]))
            in_item = not block.is_code
        elif in_item and not re.match(OTHER, line):
            begun[-1][2].append(line)
        else:
            others[number] = line
            in_item = False
    return [_item(first, start, lines, block.place) for first, start, lines in begun], others


def _item(first: int, start: re.Match[str], lines: Sequence[str], place: str) -> Item:
    mark = start["sign"] or start["mark"] or " "
    is_tick = start["sign"] is not None and start["sign"] in _TICKS
    for number, line in enumerate(lines, first):
        if made := re.search(MADE, line):
            return Item(first, number, mark, _joined(start, lines[1:]), made["id"], place, is_tick)
    others = list(takewhile(lambda line: not re.match(_SETTLES, line), lines[1:]))
    return Item(first, first + len(others), mark, _joined(start, others), "", place, is_tick)


def _joined(start: re.Match[str], others: Sequence[str]) -> str:
    """Return the words of an item in one line."""
    return " ".join(part for line in (start["text"], *others) if (part := line.strip().removesuffix("\\").rstrip()))


def _names(block: Block, lines: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the names in some lines of a block, outside of code and comments."""
    if not any("@" in line or "＠" in line for line in lines.values()):
        return
    shown = _without_code("\n".join(block.lines)).split("\n")
    for number in lines:
        for name in re.finditer(_NAME, shown[number - block.first]):
            yield number, name["name"]


def _without_code(text: str) -> str:
    """Return a paragraph with its code spans and comments blanked."""
    following: dict[int, int] = {}
    spans: list[tuple[int, int]] = []
    for run in reversed(list(re.finditer("`+", text))):  # the next run of the same length ends a span
        size = run.end() - run.start()
        if size in following:
            spans.append((run.start(), following[size]))
        following[size] = run.end()
    hidden, at = list[tuple[int, int]](), 0
    for start, end in reversed(spans):
        if start >= at:
            hidden.append((start, end))
            at = end
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (at := text.find("-->", start) + 3) > 2:
        hidden.append((start, at))
    signs = list(text)
    for start, end in hidden:
        signs[start:end] = ["\n" if sign == "\n" else " " for sign in text[start:end]]
    return "".join(signs)
