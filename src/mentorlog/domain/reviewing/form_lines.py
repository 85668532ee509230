"""The lines of headers and keys in a form, found without parsing the TOML. Pure."""

from __future__ import annotations

from mentorlog.errors import MentorlogError, WrongAnswer
from mentorlog.toml_lines import line_of


class FormLines:
    """The lines of the headers `[[verdicts]]` and keys of a form, which may begin below the first line."""

    def __init__(self, text: str = "", first_line: int = 1) -> None:
        self._text = text.encode("utf-8", "surrogateescape")
        self._first_line = first_line

    def line(self, table: str, number: int) -> int | None:
        """Return the line of the header of an entry; for an inline list, that of its key."""
        return line_of(self._text, f"{table}.{number}", self._first_line)

    def entry_error(self, table: str, number: int, error: MentorlogError) -> WrongAnswer:
        """Return the error of an entry with its line."""
        line = self.line(table, number)
        where = f"[[{table}]] number {number}" + (f", line {line}" if line else "")
        return WrongAnswer(f"{where}: {error.sentence}", error.hint, line=line or 0)

    def key_error(self, key: str, error: MentorlogError) -> WrongAnswer:
        """Return the error of a top-level key with its line."""
        line = line_of(self._text, key, self._first_line)
        return WrongAnswer(f"Line {line}: {error.sentence}" if line else error.sentence, error.hint, line=line or 0)
