"""The lines of a form: where each header and key stands, found without parsing the TOML. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mentorlog.errors import BadValue, MentorlogError, WrongAnswer

_HEADER = re.compile(r"\s*\[\[\s*(['\"]?)([A-Za-z_]+)\1\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*(?:(['\"]?)([A-Za-z_]+)\1\s*\])?")
_KEY = re.compile(r"\s*(['\"]?)([A-Za-z0-9_-]+)\1\s*[.=]")
_FENCE = re.compile(r'"""|\'\'\'')


class FormLines:
    """The lines of a form's headers `[[verdicts]]` and of its first keys; the text may begin below the first line."""

    def __init__(self, text: str = "", first_line: int = 1) -> None:
        self._headers: dict[str, list[int]] = {}
        self._keys: dict[str, int] = {}
        inside_table = False
        for number, line in _outside_strings(text, first_line):
            header = _HEADER.match(line)
            table = _TABLE.match(line)
            inside_table = inside_table or bool(table)
            key = table or (None if inside_table else _KEY.match(line))
            if header:
                self._headers.setdefault(header[2], []).append(number)
            elif key and key[2]:
                self._keys.setdefault(key[2], number)

    def line(self, table: str, number: int) -> int | None:
        """Return the line of the header of an entry; where the list is written in one piece, that of its key."""
        lines = self._headers.get(table, [])
        return lines[number - 1] if number <= len(lines) else self._keys.get(table)

    def entry_error(self, table: str, number: int, error: MentorlogError) -> WrongAnswer:
        """Return the error of an entry with the line where it stands."""
        line = self.line(table, number)
        where = f"[[{table}]] number {number}" + (f", line {line}" if line else "")
        return WrongAnswer(f"{where}: {error.sentence}", error.hint)

    def key_error(self, key: str, error: MentorlogError) -> WrongAnswer:
        """Return the error of a key of the whole with its line."""
        line = self._keys.get(key) or next(iter(self._headers.get(key, ())), None)
        return WrongAnswer(f"Line {line}: {error.sentence}" if line else error.sentence, error.hint)

    def field_error(self, error: BadValue) -> WrongAnswer:
        """Return the error of a field such as `verdicts.2.due` with its line."""
        table, number, key = (*error.field.split(".", 2), "", "")[:3]
        if not number.isdecimal():
            return self.key_error(table, error)
        if table == "add_goals" and key.partition(".")[0] == "mentors":
            key = "with" + key.removeprefix("mentors")  # as people write it
        sentence = f"{key or 'The entry'} {error.predicate}"
        if error.inner:
            part = key.removesuffix(error.inner.field).removesuffix(".")
            sentence = f"{part}: {error.inner.sentence}" if part else error.inner.sentence
        return self.entry_error(table, int(number), MentorlogError(sentence, error.hint))


def _outside_strings(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Yield the lines that do not begin within a string of several lines."""
    fence = ""
    for number, line in enumerate(text.split("\n"), first_line):
        if not fence:
            yield number, line
        fence = _fence_after(line, fence)


def _fence_after(line: str, fence: str) -> str:
    """Return the quotes that are open at the end of a line, given those that are open at its beginning."""
    at = 0
    while at < len(line):
        if fence:
            end = _end_of(line, at, fence)
            if end < 0:
                return fence
            at, fence = end, ""
        elif line[at] == "#":
            return ""
        elif found := _FENCE.match(line, at):
            fence, at = found[0], at + 3
        elif line[at] in "\"'":
            at = _after_string(line, at)
        else:
            at += 1
    return fence


def _end_of(line: str, at: int, fence: str) -> int:
    """Return where a string of several lines has ended, -1 where it goes on."""
    while at < len(line):
        if fence == '"""' and line[at] == "\\":
            at += 2
        elif line.startswith(fence, at):
            while line.startswith(fence[0], at):  # up to two more quotes belong to the text
                at += 1
            return at
        else:
            at += 1
    return -1


def _after_string(line: str, at: int) -> int:
    quote = line[at]
    at += 1
    while at < len(line) and line[at] != quote:
        at += 2 if quote == '"' and line[at] == "\\" else 1
    return at + 1
