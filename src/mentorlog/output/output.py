"""Print messages, lists, screens, documents, notes and errors, all made safe here.

`say`, `note` and `error` make whole sentences safe, `listing` each cell; screens do it themselves before they add
styles, and `page` lets no other control sequence through.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from mentorlog.errors import Reason
from mentorlog.output import text as texts
from mentorlog.output.page import USUAL, Page
from mentorlog.output.text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from mentorlog.domain.reports import Problem
    from mentorlog.errors import MentorlogError
    from mentorlog.models.views import View
    from mentorlog.output.page import Prefixes
    from mentorlog.output.table import Column

_NARROWEST, _NAMED, _BAR = 20, 3, 20


class Output:
    """Where results, notes and errors go: results on stdout, everything else on stderr."""

    def __init__(
        self,
        *,
        json: bool = False,
        plain: bool = False,
        environ: Mapping[str, str],
        complete: Callable[[Any], Any] = lambda data: data,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
    ) -> None:
        self.json = json
        self.plain = plain
        self._environ = environ
        self._complete = complete
        self._stdout = stdout or sys.stdout
        self._stderr = stderr or sys.stderr
        self._noted_reading = False
        self.prefixes: Prefixes | None = None
        """Returns the length of the shortest unique prefix of each id; App sets it when it opens the journal."""

    @property
    def results(self) -> Page:
        """The page that results are laid out for."""
        return self._page(self._stdout)

    def _page(self, stream: TextIO) -> Page:
        colour, terminal = self._coloured(stream), is_terminal(stream)
        width, height = self._width(stream), self._size(stream)[1] or None
        return Page(width, height=height, colour=colour, terminal=terminal, prefixes=self.prefixes)

    @staticmethod
    def _size(stream: TextIO) -> tuple[int, int]:
        """The columns and lines of the terminal; 0 if there is none, or it does not know."""
        try:
            size = os.get_terminal_size(stream.fileno()) if is_terminal(stream) else None
        except (OSError, ValueError):
            size = None
        return (size.columns, size.lines) if size else (0, 0)

    def _width(self, stream: TextIO) -> int:
        """The width of the terminal, else $COLUMNS, else 80; never less than 20."""
        columns = self._size(stream)[0]
        if columns <= 0:
            text = self._environ.get("COLUMNS", "")
            columns = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
        return max(_NARROWEST, columns or USUAL)

    def _wrap(self, line: str, stream: TextIO) -> str:
        """Return a safe line, wrapped between words on a terminal; a path stays whole.

        What follows a label and two blanks or more is wrapped within its column.
        """
        columns = self._width(stream) if is_terminal(stream) else None
        if columns is None or texts.width(line) <= columns:
            return line
        start = line[: _label(line)]
        if not 0 < len(start) <= columns // 2:
            start = line[: len(line) - len(line.lstrip(" "))]
        indent = " " * len(start)
        lines, now = [], start
        for word in line[len(start) :].split(" "):
            if now not in (start, indent) and texts.width(now) + 1 + texts.width(word) > columns:
                lines.append(now)
                now = indent
            now += f" {word}" if now not in (start, indent) else word
        return "\n".join([*lines, now])

    def say(self, sentence: str | Sequence[str], data: Any = None, problems: Sequence[Problem] = ()) -> None:
        """Print what happened, as one or more lines; with --json print the data instead."""
        lines = [sentence] if isinstance(sentence, str) else sentence
        self._result(lambda: [self._wrap(safe(line), self._stdout) for line in lines], data, problems)

    def listing(
        self,
        rows: Sequence[View],
        columns: Sequence[Column],
        empty: str = "No records match.",
        problems: Sequence[Problem] = (),
    ) -> None:
        """Print records as aligned columns, or `empty` if there are none; with --json as a list."""

        def lines() -> list[str]:
            from mentorlog.output.table import layout

            if not rows:  # no advice to add what may be there and cannot be read
                return [safe(f"{empty.partition('. ')[0].removesuffix('.')}." if problems else empty)]
            page, shown = self.results, rows
            if shared := {problem.copy_of for problem in problems} - {None}:
                shown = [{**row, "id": f"{row['id']}*"} if row["id"] in shared else row for row in rows]
            return layout(shown, columns, width=page.limit, colour=page.colour, prefixes=page.prefixes(rows))

        self._result(lines, rows, problems)

    def page(self, build: Callable[[Page], Sequence[str]], data: Any, problems: Sequence[Problem] = ()) -> None:
        """Print a screen, whose texts were made safe before they were styled; with --json its data."""

        def lines() -> list[str]:
            page = self.results
            check = _but_styles if page.colour else safe
            return [check(line) for line in build(page)]

        self._result(lines, data, problems)

    def raw(self, text: str) -> None:
        """Print a document byte for byte, in UTF-8; only on a terminal is it made safe."""
        binary, terminal = getattr(self._stdout, "buffer", None), is_terminal(self._stdout)
        if terminal or binary is None:
            self._write(self._stdout, texts.safe_block(text) if terminal else text)
        else:
            self._stdout.flush()
            binary.write(text.encode("utf-8", "backslashreplace"))
            binary.flush()

    def note(self, *sentences: str) -> None:
        """Print remarks beside the result on stderr, each on its own line."""
        for sentence in sentences:
            self._write(self._stderr, self._wrap(safe(sentence), self._stderr) + "\n")

    def progress(self, done: int, total: int, doing: str = "Reading") -> None:
        """Show the progress of reading or saving many files on a terminal; the line is cleared at the end."""
        if not is_terminal(self._stderr):
            return
        if not self._coloured(self._stderr):  # a terminal that cannot redraw its line
            if not self._noted_reading:
                self.note(f"{doing} {total:,} files …")
            self._noted_reading = True
            return
        start = f"{doing} {total:,} files ["
        length = max(0, min(_BAR, self._width(self._stderr) - len(f"{start}] 99%") - 1))
        line = f"{start}{'#' * (done * length // total):<{length}}] {done * 100 // total}%"
        self._write(self._stderr, f"\r\x1b[K{line if done < total else ''}")

    @contextmanager
    def waiting(self, sentence: str) -> Iterator[None]:
        """Show on a terminal what is waited for; the line is cleared at the end."""
        if not self._coloured(self._stderr):
            yield
            return
        self._write(self._stderr, f"{texts.fit(safe(sentence), self._width(self._stderr) - 2)} ")
        try:
            yield
        finally:
            self._write(self._stderr, "\r\x1b[K")

    def error(self, error: MentorlogError) -> None:
        """Print what went wrong and what to do, on stderr; errors with one hint in common have it at their end."""
        page = self._page(self._stderr)
        every = (error, *error.also)
        for one, following in zip(every, (*every[1:], None), strict=True):
            hint = None if following and following.hint == one.hint else one.hint
            for label, text, ink in (("error:", one.sentence, "red"), ("hint:", hint, "cyan")):
                if text:
                    line = self._wrap(f"{label} {safe(text)}", self._stderr)
                    self._write(self._stderr, f"{page.style(label, 'bold', ink)}{line[len(label) :]}\n")

    @property
    def questions(self) -> tuple[TextIO, Page]:
        """The stream that questions go to, and the page they are laid out for."""
        return self._stderr, self._page(self._stderr)

    def _result(self, lines: Callable[[], list[str]], data: Any, problems: Sequence[Problem]) -> None:
        if self.json:
            from mentorlog.output.json_document import ascii_only, envelope

            self._write(self._stdout, envelope(self._complete(data), problems), ascii_only)
        else:
            self._write(self._stdout, "\n".join([*lines(), ""]))
        if problems:
            self.note(_count_problems(problems))

    def _coloured(self, stream: TextIO) -> bool:
        known = self._environ.get("TERM", "") != "dumb" and not self._environ.get("NO_COLOR")
        return known and not self.plain and is_terminal(stream)

    @staticmethod
    def _write(stream: TextIO | None, text: str, fallback: Callable[[str], str] | None = None) -> None:
        # A stream that cannot encode a character (cp1252) gets its escape instead of failing.
        if stream is None:
            return
        try:
            stream.write(text)
        except UnicodeEncodeError:
            code = getattr(stream, "encoding", None) or "ascii"
            stream.write(fallback(text) if fallback else text.encode(code, "backslashreplace").decode(code))
        stream.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream exists, is open, and is a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def _label(line: str) -> int:
    """Return how long the label at the start of an ASCII line is, with the blanks around it; 0 without one."""
    begins = len(line) - len(line.lstrip(" "))
    ends = line.find("  ", begins)
    if ends < 0 or not line[:ends].isascii():
        return 0
    return len(line) - len(line[ends:].lstrip(" "))


def _count_problems(problems: Sequence[Problem]) -> str:
    from mentorlog.models.views import counted, first_of

    # Records are in folders; those of mentorlog's own files begin with a period.
    every = [problem.path for problem in problems]
    kinds = {"record" if "/" in path and path[0] != "." else "file" if "." in path else "folder" for path in every}
    what = kinds.pop() if len(kinds) == 1 else "file"
    repair = "needs repair" if len(every) == 1 else "need repair"
    wrong = repair if any(one.reason == Reason.SHARED_ID for one in problems) else "cannot be read"
    return f"{counted(len(every), what)} {wrong} (run: mentorlog doctor): {first_of(every, _NAMED)}"


def _but_styles(line: str) -> str:
    """Return the line made safe, except for its styles: ESC [ numbers m."""
    if line.isprintable() and line.isascii():
        return line
    first, *rest = line.split("\x1b[")
    parts = [safe(first)]
    for part in rest:
        numbers, end, after = part.partition("m")
        whole = bool(end) and numbers.isascii() and numbers.replace(";", "").isdigit()
        parts.append(f"\x1b[{numbers}m{safe(after)}" if whole else safe(f"\x1b[{part}"))
    return "".join(parts)
