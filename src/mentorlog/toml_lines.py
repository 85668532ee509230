"""Where things stand in a TOML text, found without parsing it: it may be one that cannot be parsed."""

from __future__ import annotations

import re

# Compiled at the first use: most files need neither.
_TEXTS = r'#[^\n]*+|"""(?s:\\.|[^\\])*?"""(?!")|\'\'\'(?s:.*?)\'\'\'(?!\')|"(?:\\.|[^"\n\\])*+"|\'[^\'\n]*+\''
_BARE_WORD = r"""(["'])[\w-]*\1"""


def outside_texts(text: str) -> str:
    """Return a TOML text, blank in comments and quotes, but for quoted words: they may be keys."""
    return re.sub(_TEXTS, lambda match: _blanked(match[0]), text)


def _blanked(text: str) -> str:
    if text[0] == "#":
        return "#" + " " * (len(text) - 1)
    return text if re.fullmatch(_BARE_WORD, text) else text[0] + re.sub(r"[^\n]", " ", text[1:-1]) + text[-1]


def comments_removed(path: str) -> str:
    """Return what to say of a file that was written again without its comments."""
    return f"Comments in {path} were removed; mentorlog edit --toml keeps them."


def has_comments(data: bytes) -> bool:
    """Return whether a rewrite of the file would lose comments."""
    return b"#" in data and "#" in outside_texts(data.decode("latin-1"))


def comments(data: bytes) -> list[str]:
    """Return the comments of a TOML text."""
    text = data.decode("latin-1")
    starts = [match.start() for match in re.finditer("#", outside_texts(text))] if b"#" in data else []
    return [text[start:].partition("\n")[0].strip() for start in starts]


def without_tables(text: str, name: str) -> str:
    """Return a TOML text without the tables of a list, `[[name]]`, and those within them."""
    kept, is_in = list[str](), False
    of_list = re.compile(rf"""[ \t]*+\[++[ \t]*+["']?{re.escape(name)}["']?[ \t]*+[.\]]""")
    for line, shown in zip(text.split("\n"), outside_texts(text).split("\n"), strict=True):
        if re.match(r"[ \t]*+\[++[^\]=]*\]", shown):
            is_in = of_list.match(shown) is not None
        kept += [] if is_in else [line]
    return "\n".join(kept).rstrip("\n") + "\n"


def line_of(data: bytes, field: str, first: int = 1) -> int | None:
    """Return the line of a field such as `progress.2.percent`; the text begins at `first`."""
    text = outside_texts(data.decode("latin-1"))  # where a byte stands, not what it means
    at, line = 0, None
    steps = field.encode("utf-8", "surrogateescape").decode("latin-1").split(".")
    for name, after in zip(steps, [*steps[1:], ""], strict=True):
        if not name or name.isdigit():
            continue
        place = _place(text, name, at, int(after) if after.isdigit() and len(after) < 6 else 1)
        if place is None:
            break
        line = text.count("\n", 0, place) + first
        at = text.find("\n", place) + 1 or len(text)
    return line


def _place(text: str, name: str, at: int, number: int) -> int | None:
    """Return where a key of the table that begins at `at` is written, or the table of that name and number."""
    key = rf"""["']?{re.escape(name)}["']?"""
    table = re.compile(rf"^[ \t]*+\[++[^\]\n]*?(?<![\w-]){key}[ \t]*+\]", re.MULTILINE)
    end = re.compile(r"^[ \t]*+\[", re.MULTILINE).search(text, at)
    plain = re.compile(rf"^[ \t]*+{key}[ \t]*+[.=]", re.MULTILINE).search(text, at, end.start() if end else len(text))
    if plain:
        return plain.start()
    tables = [match.start() for match in table.finditer(text, at)]
    return tables[number - 1] if number <= len(tables) else None


def with_value(text: str, key: str, value: str | None) -> str:
    """Return a TOML text with a key before its first table set to a TOML value, or without it if that is None.

    Every other line stays as it is, and the comment behind a value. A value over several lines is not found whole:
    compare what the new text says with what it should say.
    """
    lines, shown = text.split("\n"), outside_texts(text).split("\n")
    end = next((number for number, line in enumerate(shown) if re.match(r"[ \t]*\[", line)), len(lines))
    of_key = re.compile(rf"""([ \t]*["']?{re.escape(key)}["']?[ \t]*=)[^#\r]*""")
    for number, line in enumerate(shown[:end]):
        if match := of_key.match(line):
            comment = lines[number][match.end() :].rstrip("\r")
            after = "\r" if lines[number].endswith("\r") else ""
            if value is not None:
                start = lines[number][: match.end(1)]
                lines[number] = f"{start} {value}{'  ' if comment else ''}{comment}{after}"
            else:
                lines[number : number + 1] = [comment + after] if comment else []
            return "\n".join(lines)
    if value is not None:
        after = "\r" if "\r\n" in text else ""
        last = end if end < len(lines) else end - (not lines[-1])
        lines[last:last] = [f"{key} = {value}{after}"]
        if last == len(lines) - 1:
            lines.append("")
    return "\n".join(lines)
