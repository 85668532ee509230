"""Markdown on a terminal, laid out by Rich; slow to import, so import it only where it is used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import StringIO

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.box import Box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, HorizontalRule, Markdown, TableElement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from mentorlog.output.text import safe, safe_block, width, wrap

_LONGEST = 100_000  # longer prose is shown as typed: laying it out takes seconds
_WRAPPED_AT = 60
_COLUMN = 15
_TAIL = re.compile(r"(?: |\x1b\[[0-9;]*m)+$")

_STYLES = {
    "bold underline": "h1",
    "bold": "h2 h3 table.header",
    "bold dim": "h4",
    "dim": "h5 h6 block_quote link_url table.border",
    "cyan": "code code_block item.bullet item.number",
    "underline": "link",
}
_THEME = Theme({f"markdown.{name}": style for style, names in _STYLES.items() for name in names.split()})


_DASHES = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


class _LeftHeading(Heading):
    """A left-aligned heading, at any level."""

    LEVEL_ALIGN = dict.fromkeys(Heading.LEVEL_ALIGN, "left")


class _PlainCode(CodeBlock):
    """Code as typed, indented by four spaces; syntax highlighting is slow to load."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = Text(str(self.text).rstrip("\n"), style="markdown.code_block", overflow="fold")
        yield Padding(code, (0, 0, 0, 4 if options.max_width > 8 else 0))


class _Table(TableElement):
    """A table without a frame; laid out row by row if its columns would be too narrow."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for part in super().__rich_console__(console, options):
            if isinstance(part, Table):
                whole = part.__rich_measure__(console, options.update(width=_LONGEST)).maximum
                if whole > options.max_width < len(part.columns) * _COLUMN:
                    yield from self._row_by_row()
                    continue
                part.show_edge, part.box = False, _DASHES
                for column in part.columns:
                    column.overflow = "fold"
            yield part

    def _row_by_row(self) -> RenderResult:
        titles = [cell.content for cell in self.header.row.cells] if self.header and self.header.row else []
        for place, row in enumerate(self.body.rows if self.body else []):
            if place:
                yield Text()
            for title, cell in zip(titles, row.cells, strict=False):
                label = Text(f"{title.plain}: " if title.plain else "", style="dim")
                if cell.content.plain:
                    yield Text.assemble(label, cell.content)


class _Rule(HorizontalRule):
    """A rule of three dashes, at any width."""

    new_line = True

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text("---", style="markdown.hr")


class _Prose(Markdown):
    """Markdown of a record: HTML and images are shown as text, links with their address."""

    elements = {**Markdown.elements, "heading_open": _LeftHeading, "hr": _Rule, "table_open": _Table}
    elements |= dict.fromkeys(("fence", "code_block"), _PlainCode)

    def __init__(self, text: str) -> None:
        super().__init__("", hyperlinks=False)
        parser = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"]).disable("image")
        self.markup = text
        self.parsed = parser.parse(text)
        _neutralise(self.parsed)


def _neutralise(tokens: Sequence[Token]) -> None:
    """Make the parsed text safe, as `&#27;` becomes ESC only in parsing; short lines keep their ends."""
    line = 0
    for token in tokens:
        if token.type in ("fence", "code_block"):
            token.content = safe_block(token.content)
        elif token.content:
            token.content = safe(token.content)
        if token.info == "auto":
            token.type, token.content = "text", ""  # <https://…> is its own address: show it once
        elif "href" in token.attrs:
            token.attrs["href"] = safe(str(token.attrs["href"]))
        if token.type == "softbreak":
            # A short line was ended on purpose; a long one was wrapped by an editor and is joined.
            token.type = "softbreak" if line >= _WRAPPED_AT else "hardbreak"
            line = 0
        elif token.type == "hardbreak":
            line = 0
        elif token.type in ("text", "code_inline"):
            line += width(token.content)
        if token.children:
            _neutralise(token.children)


def markdown(text: str, width: int, colour: bool) -> str:
    """Return prose laid out as Markdown to a width; its only control sequences are styles."""
    clean = safe_block(text)
    if len(clean) <= _LONGEST:
        try:
            return _render(clean, width, colour)
        except (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):
            pass  # rich fails on some documents: show them as typed
    return "\n".join(wrap(clean, width)) + "\n"


def _render(text: str, width: int, colour: bool) -> str:
    written = StringIO()
    console = Console(
        file=written,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        theme=_THEME,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    console.print(_Prose(text))
    lines = []
    for line in written.getvalue().split("\n"):
        text = _TAIL.sub("", line)  # rich pads a line with spaces, styled or not
        lines.append(text + "\x1b[0m" if "\x1b" in text and text != line else text)
    return "\n".join(lines).strip("\n") + "\n"
