"""Text from records made safe to show: the sanitiser, widths in cells, wrapping, ANSI styles.

A text passes through `safe` or `safe_block` before it is measured, cut, wrapped and styled; twice does no harm.
"""

from __future__ import annotations

from functools import cache

_MARKS = 8  # the most combining marks shown in a row; more would cover the lines around
_FIRST_MARK = "\u0300"

# Beyond C0, DEL and C1: what reorders, hides, joins or separates, what has no glyph of its own, and what is not
# a character. Listed here instead of asked of unicodedata, so that every Python shows the same.
_DANGEROUS = (
    "00AD 034F "  # soft hyphen, combining grapheme joiner
    "0600-0605 061C 06DD 070F 0890-0891 08E2 "  # marks of Arabic and Syriac
    "115F-1160 17B4-17B5 180B-180F 3164 FFA0 "  # Hangul fillers and other letters that show nothing
    "200B-200F 2028-202E 2060-206F "  # zero width, line separators, bidi marks, overrides and isolates
    "D800-F8FF FDD0-FDEF FEFF FFF0-FFFB "  # surrogates, private use, noncharacters, byte order mark
    "110BD 110CD 13430-1343F 1BCA0-1BCA3 1D173-1D17A "  # marks of other scripts and of music
    "E0000-10FFFF"  # tags, variants (see _VARIANT), unassigned, private use
)

# A variation selector is legitimate after an ideograph, as in many Japanese names; elsewhere it hides something.
_FIRST_VARIANT = "\U000e0100"
_VARIANT = "(?<![\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"

_SHORT = {9: " ", 10: "\\n", 13: "\\r"}
_COLOURS = ("red", "green", "yellow", "blue", "magenta", "cyan")
_CODES = {"bold": 1, "dim": 2, "underline": 4} | {name: code for code, name in enumerate(_COLOURS, 31)}


def dangerous(code: int) -> bool:
    """Return whether a code point must never reach a terminal or a pipe unescaped."""
    if code < 0xAD:
        return code < 0x20 or 0x7F <= code < 0xA0
    return any(low <= code <= high for low, high in _ranges()) or code & 0xFFFE == 0xFFFE


@cache
def _ranges() -> list[tuple[int, int]]:
    pairs = (part.partition("-") for part in _DANGEROUS.split())
    return [(int(low, 16), int(high or low, 16)) for low, _, high in pairs]


class _Escapes(dict[int, int | str]):
    """A table for str.translate, filled on demand; variation selectors are left to `_few_variants`."""

    def __missing__(self, code: int) -> int | str:
        self[code] = shown = self.shown(code) if dangerous(code) and not 0xE0100 <= code <= 0xE01EF else code
        return shown

    @staticmethod
    def shown(code: int) -> str:
        """Return the visible escape of a code point, in the notation of Python."""
        if code < 0x100:
            return _SHORT.get(code) or f"\\x{code:02x}"
        return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_LINE = _Escapes()
_BLOCK = _Escapes({9: "    ", 10: 10})


def safe(text: str) -> str:
    """Return the text as one safe line: a tab becomes a space, other controls visible escapes."""
    if text.isprintable() and (text.isascii() or max(text) < _FIRST_MARK):
        return text
    return _few_marks(_few_variants(text.translate(_LINE)))


def safe_block(text: str) -> str:
    """Return safe prose: line ends are kept, a tab becomes four spaces, the rest as in `safe`."""
    return _few_marks(_few_variants(text.replace("\r\n", "\n").translate(_BLOCK)))


def _few_variants(text: str) -> str:
    if text.isascii() or max(text) < _FIRST_VARIANT:
        return text
    import re

    return re.sub(_VARIANT, lambda match: _Escapes.shown(ord(match[0])), text)


def _few_marks(text: str) -> str:
    # A run of nine marks covers an index that is 8 modulo 9: every ninth character is enough.
    if text.isascii() or all(char < _FIRST_MARK for char in text[_MARKS :: _MARKS + 1]):
        return text
    import unicodedata

    def is_mark(char: str) -> bool:
        return char >= _FIRST_MARK and unicodedata.category(char) in ("Mn", "Me")

    if not any(map(is_mark, text[_MARKS :: _MARKS + 1])):
        return text
    shown: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if is_mark(char) else 0
        if run <= _MARKS:
            shown.append(char)
        elif run == _MARKS + 1:
            shown.append("…")
    return "".join(shown)


def spaced(word: str) -> str:
    """Return a field name or value for people: `in_person` is `in person`."""
    return word.replace("_", " ")


def width(text: str) -> int:
    """Return the width of a safe text in terminal cells."""
    if text.isascii() or max(text) < _FIRST_MARK:
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, columns: int) -> int:
    """Return how many characters fit into some cells; marks stay with their letter."""
    low, high = 0, max(0, min(len(text), (_MARKS + 2) * columns))
    if text.isascii():
        return max(0, min(columns, len(text)))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle]) <= columns else (low, middle - 1)
    return low


def fit(text: str, columns: int) -> str:
    """Return the text, cut with … if it is wider than some cells."""
    if width(text) <= columns:
        return text
    return text[: cut(text, columns - 1)].rstrip(" ") + "…" if columns > 0 else ""


def pad(text: str, columns: int, align: str = "left") -> str:
    """Return the text padded to some cells; `align` is left or right."""
    spaces = " " * (columns - width(text))
    return spaces + text if align == "right" else text + spaces


def wrap(text: str, columns: int | None, indent: str = "", first: str | None = None) -> list[str]:
    """Return the text as indented lines of at most `columns` cells, or of any length.

    `first`, such as a bullet, replaces the indent of the very first line. Line ends and indentation of the text
    are kept, and words that are too long are broken.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        start = first if first is not None and not lines else indent
        if columns is None or width(start) + width(line) <= columns:
            lines.append((start + line).rstrip(" "))
        else:
            lines += _folded(line, columns, start, indent)
    return lines


def few_lines(text: str, columns: int | None, most: int = 2) -> list[str]:
    """Return one line wrapped to at most `most` lines; the last is cut with … if needed."""
    lines = wrap(text, columns)
    if columns is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], fit(" ".join(line.strip() for line in lines[most - 1 :]), columns)]


def _folded(line: str, columns: int, start: str, indent: str) -> list[str]:
    words = line.lstrip(" ").split(" ")
    own = line[: len(line) - len(line.lstrip(" "))]
    bullet = words[0] in ("-", "*", "+", "•") or (words[0][:-1].isdecimal() and words[0][-1] in ".)")
    hang = own + " " * (len(words[0]) + 1) if bullet else own
    if width(indent) + len(hang) > min(columns // 2, columns - 2):  # a wide character needs two cells
        own = hang = ""
    following = indent + hang
    lines: list[str] = []
    now, begun = start + own, False
    for word in words:
        if begun and width(now) + 1 + width(word) > columns:
            lines.append(now.rstrip(" "))
            now, begun = following, False
        while not begun:
            much = cut(word, max(1, columns - width(now))) or 1  # the rest may be long
            if much >= len(word):
                break
            lines.append(now + word[:much])
            now, word = following, word[much:]
        if begun:
            now += " " + word
        elif word:
            now, begun = now + word, True
    return [*lines, now.rstrip(" ")] if begun or not lines else lines


def style(text: str, *names: str) -> str:
    """Return the text in ANSI styles such as "bold red": bold dim underline and the colours."""
    if not names or not text:
        return text
    return f"{_started(names)}{text}\x1b[0m"


@cache
def _started(names: tuple[str, ...]) -> str:
    return f"\x1b[{';'.join(str(_CODES[name]) for name in ' '.join(names).split())}m"
