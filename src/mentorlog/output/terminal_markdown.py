"""Rich's part of the output: Markdown on a terminal, and prompts. Slow to import: do it where it is used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import StringIO
from typing import Any, TextIO

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, HorizontalRule, Markdown, TableElement
from rich.padding import Padding
from rich.prompt import Confirm, Prompt
from rich.table import Table
from rich.text import Text, TextType
from rich.theme import Theme

from mentorlog.input.line import typed
from mentorlog.output.text import safe, safe_block, width, wrap

LONGEST = 100_000
"""Longer prose is shown as it was typed: nobody reads it on a screen, and laying it out takes seconds."""

_WRAPPED_AT = 60
_COLUMN = 15
_ANSWER = 2
_TAIL = re.compile(r"(?: |\x1b\[[0-9;]*m)+$")

_THEME = Theme(
    {
        "markdown.h1": "bold underline",
        "markdown.h2": "bold",
        "markdown.h3": "bold",
        "markdown.h4": "bold dim",
        "markdown.h5": "dim",
        "markdown.h6": "dim",
        "markdown.code": "cyan",
        "markdown.code_block": "cyan",
        "markdown.block_quote": "dim",
        "markdown.item.bullet": "cyan",
        "markdown.item.number": "cyan",
        "markdown.link": "underline",
        "markdown.link_url": "dim",
        "markdown.table.header": "bold",
        "markdown.table.border": "dim",
        "prompt.choices": "cyan",
        "prompt.default": "dim",
    }
)


class _LeftHeading(Heading):
    """A heading on the left, whatever its level."""

    LEVEL_ALIGN = dict.fromkeys(Heading.LEVEL_ALIGN, "left")


class _PlainCode(CodeBlock):
    """Code as it was typed, set in by four spaces; no colours by language (its lexers are slow to load)."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the code; its long lines are folded."""
        code = Text(str(self.text).rstrip("\n"), style="markdown.code_block", overflow="fold")
        yield Padding(code, (0, 0, 0, 4 if options.max_width > 8 else 0))


class _Table(TableElement):
    """A table without empty lines around it; where its words do not fit beside each other, row by row."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table, or its rows with the heading before each cell; no text is cut."""
        for part in super().__rich_console__(console, options):
            if isinstance(part, Table):
                whole = part.__rich_measure__(console, options.update(width=LONGEST)).maximum
                if whole > options.max_width < len(part.columns) * _COLUMN:
                    yield from self._row_by_row()
                    continue
                part.show_edge = False
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
    """Three dashes: a rule that does not depend on the width."""

    new_line = True

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the dashes."""
        yield Text("---", style="markdown.hr")


class _Prose(Markdown):
    """Markdown of a record: HTML and pictures are text, links show their address and are no hyperlinks."""

    elements = {
        **Markdown.elements,
        "heading_open": _LeftHeading,
        "fence": _PlainCode,
        "code_block": _PlainCode,
        "hr": _Rule,
        "table_open": _Table,
    }

    def __init__(self, text: str) -> None:
        super().__init__("", hyperlinks=False)
        parser = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"]).disable("image")
        self.markup = text
        self.parsed = parser.parse(text)
        _neutralise(self.parsed)


def _neutralise(tokens: Sequence[Token]) -> None:
    """Make safe what the parser has made: `&#27;` is an ESC only now. Short lines keep their ends."""
    line = 0
    for token in tokens:
        if token.type in ("fence", "code_block"):
            token.content = safe_block(token.content)
        elif token.content:
            token.content = safe(token.content)
        if token.info == "auto":
            token.type, token.content = "text", ""  # <https://…> is its own address, said once
        elif "href" in token.attrs:
            token.attrs["href"] = safe(str(token.attrs["href"]))
        if token.type == "softbreak":
            # A line that ends early was ended by a person; a long one was wrapped by an editor, and flows.
            token.type = "softbreak" if line >= _WRAPPED_AT else "hardbreak"
            line = 0
        elif token.type == "hardbreak":
            line = 0
        elif token.type in ("text", "code_inline"):
            line += width(token.content)
        if token.children:
            _neutralise(token.children)


def markdown(text: str, width: int, colour: bool) -> str:
    """Return the prose laid out as Markdown in so many cells; no control sequence is in it but styles."""
    clean = safe_block(text)
    if len(clean) <= LONGEST:
        try:
            return _render(clean, width, colour)
        except (
            ArithmeticError,
            AssertionError,
            AttributeError,
            LookupError,
            RuntimeError,
            TypeError,
            ValueError,
        ):
            # A document on which rich stumbles is still the user's: it is shown as it was typed.
            pass
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
    lines = [_without_padding(line) for line in written.getvalue().split("\n")]
    return "\n".join(lines).strip("\n") + "\n"


def _without_padding(line: str) -> str:
    """Return the line without the spaces that rich fills it up with, styled or not."""
    text = _TAIL.sub("", line)
    return text + "\x1b[0m" if "\x1b" in text and text != line else text


def _console(stream: TextIO | None, colour: bool, columns: int | None) -> Console:
    return Console(
        file=stream,
        width=columns or LONGEST,
        stderr=stream is None,
        force_terminal=colour,
        no_color=not colour,
        theme=_THEME,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=True,
    )


def _between_words(asked: Text, console: Console) -> Text:
    """Return a question that is broken between words, where it and an answer have no room in one line."""
    room = console.width - _ANSWER
    if asked.cell_len <= room:
        return asked
    asked.rstrip()
    return Text("\n").join(asked.wrap(console, room)).append(" ")


class _Typed:
    """What the prompts share: the answer can be edited while it is typed."""

    @classmethod
    def get_input(cls, console: Console, prompt: TextType, password: bool, stream: TextIO | None = None) -> str:
        """Ask, and return the line."""
        with console.capture() as asked:
            console.print(prompt, end="")
        return typed(asked.get(), console.file)


class _Ask(_Typed, Prompt):
    """A prompt whose refusals are plain sentences."""

    illegal_choice_message = "Please answer with one of the words in brackets."

    def make_prompt(self, default: Any) -> Text:
        """Return the question; one that ends with its mark, or a remark in brackets, has no colon behind it."""
        asked = super().make_prompt(default)
        if asked.plain.endswith(("?: ", "): ")) and not self.choices and not (default and self.show_default):
            asked.right_crop(2)
            asked.append(" ")
        return _between_words(asked, self.console)

    def render_default(self, default: object) -> Text:
        """Return what an empty answer means, in brackets."""
        return Text(f"({safe(str(default))})", "prompt.default")

    def process_response(self, value: str) -> str:
        """Return the choice that is meant: the word, or a beginning that no other word has."""
        word = value.strip().lower()
        meant = [choice for choice in self.choices or () if choice.lower().startswith(word)]
        return super().process_response(meant[0] if word and len(meant) == 1 else value)


class _AskYesNo(_Typed, Confirm):
    """A yes or no whose refusal is a plain sentence."""

    validate_error_message = "Please answer y or n."

    def make_prompt(self, default: Any) -> Text:
        """Return the question."""
        return _between_words(super().make_prompt(default), self.console)

    def process_response(self, value: str) -> bool:
        """Return the answer; yes and no may be written out."""
        word = value.strip().lower()
        return super().process_response({"yes": "y", "no": "n"}.get(word, word))


def prompt(
    question: str,
    default: str | None = None,
    choices: Sequence[str] | None = None,
    *,
    stream: TextIO | None = None,
    colour: bool = False,
    columns: int | None = None,
) -> str:
    """Ask for a line on stderr (or another stream); an empty answer is the default, or "".

    Among choices a beginning is enough, in any case of letters, and only a choice is returned. A question that is
    wider than so many columns is broken between words.
    KeyboardInterrupt and EOFError go to the caller.
    """
    words = {safe(choice): choice for choice in choices or ()}
    answer = _Ask.ask(
        Text(safe(question)),
        console=_console(stream, colour, columns),
        choices=list(words) or None,
        case_sensitive=False,
        default=... if words and default is None else default or "",
        show_default=bool(default),
    )
    return words.get(str(answer), str(answer))


def confirm(
    question: str,
    default: bool = False,
    *,
    stream: TextIO | None = None,
    colour: bool = False,
    columns: int | None = None,
) -> bool:
    """Ask for yes or no on stderr (or another stream). KeyboardInterrupt and EOFError go to the caller."""
    return bool(_AskYesNo.ask(Text(safe(question)), console=_console(stream, colour, columns), default=default))
