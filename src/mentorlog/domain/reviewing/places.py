"""Where the entries of a form stand: the line of each header and key, found without reading the TOML. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from mentorlog.errors import BadValue, MentorlogError, WrongAnswer
from mentorlog.toml_lines import line_of


class Places:
    """The lines of a form's headers `[[verdicts]]` and of its keys; the text may begin below the first line."""

    def __init__(self, text: str = "", first_line: int = 1) -> None:
        self._text = text.encode("utf-8", "surrogateescape")
        self._first_line = first_line

    def line(self, table: str, number: int) -> int | None:
        """Return the line of the header of an entry; where the list is written in one piece, that of its key."""
        return line_of(self._text, f"{table}.{number}", self._first_line)

    def wrong(self, table: str, number: int, error: MentorlogError) -> WrongAnswer:
        """Return the failure of an entry with the place where it stands."""
        line = self.line(table, number)
        where = f"[[{table}]] number {number}" + (f", line {line}" if line else "")
        return WrongAnswer(f"{where}: {error.sentence}", error.hint)

    def wrong_key(self, key: str, error: MentorlogError) -> WrongAnswer:
        """Return the failure of a key of the whole with its line."""
        line = line_of(self._text, key, self._first_line)
        return WrongAnswer(f"Line {line}: {error.sentence}" if line else error.sentence, error.hint)

    def wrong_field(self, error: BadValue) -> WrongAnswer:
        """Return the failure of a field such as `verdicts.2.due` with its place."""
        table, _, rest = error.field.partition(".")
        number, _, _ = rest.partition(".")
        if not number.isdecimal():
            return self.wrong_key(table, error)
        return self.wrong(table, int(number), _within(error, f"{table}.{number}", _AS_WRITTEN.get(table, {})))


_AS_WRITTEN = {"add_goals": {"mentors": "with"}}


def _within(error: BadValue, entry: str, written: Mapping[str, str]) -> MentorlogError:
    """Return the failure as it is said of an entry, its keys as people write them."""
    key, dot, below = error.place.removeprefix(entry).removeprefix(".").partition(".")
    place = f"{written.get(key, key)}{dot}{below}"
    if error.inner:
        return MentorlogError(f"{place}: {error.inner}" if place else error.inner, error.hint)
    return MentorlogError(
        f"{place or 'The entry'} {error.predicate}" if error.predicate else error.sentence, error.hint
    )
