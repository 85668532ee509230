"""Text from records made safe to show: the sanitiser, widths in cells, wrapping, ANSI styles.

A text passes through `safe` or `safe_block` before it is measured, cut, wrapped and styled; twice does no harm.
"""

from __future__ import annotations

from functools import cache

_MARKS = 8  # the most combining marks shown in a row; more would cover the lines around
_FIRST_MARK = "\u0300"

# Beyond C0, DEL and C1: what reorders, hides, joins or separates, what has no glyph of its own, and what is not
# a character. Listed here instead of asked of unicodedata, so that every Python shows the same. Joiners, tags and
# variants are printed where they are legitimate (see `_without_hidden`), a soft hyphen as nothing.
_DANGEROUS = (
    "00AD 034F "  # soft hyphen, combining grapheme joiner
    "0600-0605 061C 06DD 070F 0890-0891 08E2 "  # marks of Arabic and Syriac
    "115F-1160 17B4-17B5 180B-180F 3164 FFA0 "  # Hangul fillers and other letters that show nothing
    "200B-200F 2028-202E 2060-206F "  # zero width, line separators, bidi marks, overrides and isolates
    "D800-F8FF FDD0-FDEF FEFF FFF0-FFFB "  # surrogates, private use, noncharacters, byte order mark
    "110BD 110CD 13430-1343F 1BCA0-1BCA3 1D173-1D17A "  # marks of other scripts and of music
    "E0000-10FFFF"  # tags, variants, unassigned, private use
)

_SOFT_HYPHEN = 0xAD
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_FIRST_TAG = "\U000e0020"
_HIDDEN = "[\u200c\u200d\U000e0020-\U000e007f\U000e0100-\U000e01ef]"

# What keeps such a character: a variant of an ideograph, as in many Japanese names; an emoji that is joined from up
# to four; the flags of England, Scotland and Wales.
_PICTURE = "\u2600-\u27bf\U0001f000-\U0001f1e5\U0001f200-\U0001faff"
_TONE = "(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
_LEGITIMATE = (
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][\U000e0100-\U000e01ef]"
    f"|[{_PICTURE}]{_TONE}(?:\u200d[\u2190-\u21ff\u2b00-\u2bff{_PICTURE}]{_TONE}){{1,3}}"
    "|\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f"
)

_VIRAMA = 9  # the combining class of the sign that joins consonants in Indic scripts
# Letters that join to their neighbours in Arabic, Syriac, N'Ko and Mongolian; to the one before only; to none.
_CURSIVE = "0620-064A 066E-06D5 06EE-06FF 0710-072F 074D-077F 07CA-07EA 08A0-08C8 1820-1878 1887-18AA"
_FINAL = (
    "0622-0625 0627 0629 062F-0632 0648 0671-0673 0675-0677 0688-0699 06C0 06C3-06CB 06CD 06CF 06D2-06D3 06D5"
    " 06EE-06EF 0710 0715-0719 071E 0728 072A 072C 072F 074D 0759-075B 076B-076C 0771 0773-0774 0778-0779"
    " 08AA-08AC 08AE 08B1-08B2 08B9"
)
_SINGLE = "0621 0674 06D4 06F0-06F9 06FD-06FE 08AD"

_SHORT = {9: " ", 10: "\\n", 13: "\\r"}
_COLOURS = ("red", "green", "yellow", "blue", "magenta", "cyan")
_CODES = {"bold": 1, "dim": 2, "underline": 4} | {name: code for code, name in enumerate(_COLOURS, 31)}


def dangerous(code: int) -> bool:
    """Return whether a code point must never reach a terminal or a pipe unescaped."""
    if code < 0xAD:
        return code < 0x20 or 0x7F <= code < 0xA0
    return _is_in(_DANGEROUS, code) or code & 0xFFFE == 0xFFFE


def _is_in(ranges: str, code: int) -> bool:
    return any(low <= code <= high for low, high in _bounds(ranges))


@cache
def _bounds(ranges: str) -> list[tuple[int, int]]:
    pairs = (part.partition("-") for part in ranges.split())
    return [(int(low, 16), int(high or low, 16)) for low, _, high in pairs]


class _Escapes(dict[int, int | str]):
    """A table for str.translate, filled on demand; what may be legitimate is left to `_without_hidden`."""

    def __missing__(self, code: int) -> int | str:
        may_be_legitimate = code in (0x200C, 0x200D) or 0xE0020 <= code <= 0xE007F or 0xE0100 <= code <= 0xE01EF
        self[code] = shown = self.shown(code) if dangerous(code) and not may_be_legitimate else code
        return shown

    @staticmethod
    def shown(code: int) -> str:
        """Return the visible escape of a code point, in the notation of Python."""
        if code < 0x100:
            return _SHORT.get(code) or f"\\x{code:02x}"
        return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_LINE = _Escapes({_SOFT_HYPHEN: ""})
_BLOCK = _Escapes({9: "    ", 10: 10, _SOFT_HYPHEN: ""})
_DOCUMENT_LINE = _Escapes({_SOFT_HYPHEN: _SOFT_HYPHEN})
_DOCUMENT_BLOCK = _Escapes({9: "    ", 10: 10, _SOFT_HYPHEN: _SOFT_HYPHEN})


def safe(text: str, *, document: bool = False) -> str:
    """Return the text as one safe line: a tab becomes a space, other controls visible escapes.

    A document keeps soft hyphens: who shows it breaks lines at them.
    """
    if text.isprintable() and (text.isascii() or max(text) < _FIRST_MARK):
        return text
    return _without_hidden(_few_marks(text.translate(_DOCUMENT_LINE if document else _LINE)))


def safe_block(text: str, *, document: bool = False) -> str:
    """Return safe prose: line ends are kept, a tab becomes four spaces, the rest as in `safe`."""
    table = _DOCUMENT_BLOCK if document else _BLOCK
    return _without_hidden(_few_marks(text.replace("\r\n", "\n").translate(table)))


def _without_hidden(text: str) -> str:
    """Escape the joiners, tags and variants that change nothing in what is seen."""
    if text.isascii() or not (_JOINER in text or _NON_JOINER in text or max(text) >= _FIRST_TAG):
        return text
    import re

    def shown(match: re.Match[str]) -> str:
        is_legitimate = match[1] or (match[0] in (_JOINER, _NON_JOINER) and _joins(text, match.start()))
        return match[0] if is_legitimate else _Escapes.shown(ord(match[0]))

    return re.sub(f"({_LEGITIMATE})|{_HIDDEN}", shown, text)


def _joins(text: str, place: int) -> bool:
    """Return whether a joiner acts on its neighbours as in UAX 31, rules A1, A2 and B, and in RFC 5892, A.1 and A.2.

    It follows a virama (or, joining, comes between a letter and a virama), or it is between letters of a cursive
    script: a non-joiner where both would join, a joiner where only one could.
    """
    from unicodedata import combining

    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if before and combining(before) == _VIRAMA:
        return True
    is_joiner = text[place] == _JOINER
    if is_joiner and before.isalpha() and after and combining(after) == _VIRAMA:
        return True
    to_next, to_last = _is_cursive(text, place, -1), _is_cursive(text, place, 1)
    return to_next != to_last if is_joiner else to_next and to_last


def _is_cursive(text: str, place: int, step: int) -> bool:
    """Return whether the next letter in a direction, behind its marks, joins to a place."""
    from unicodedata import category

    place += step
    while 0 <= place < len(text) and category(text[place]) in ("Mn", "Me"):
        place += step
    if not 0 <= place < len(text):
        return False
    code = ord(text[place])
    return _is_in(_CURSIVE, code) and not _is_in(_SINGLE, code) and (step > 0 or not _is_in(_FINAL, code))


def _few_marks(text: str) -> str:
    # A run of nine marks covers an index that is 8 modulo 9: every ninth character is enough. Joiners count as marks.
    if text.isascii() or all(char < _FIRST_MARK for char in text[_MARKS :: _MARKS + 1]):
        return text
    import unicodedata

    def is_mark(char: str) -> bool:
        is_above = char >= _FIRST_MARK
        return is_above and (unicodedata.category(char) in ("Mn", "Me") or char in (_NON_JOINER, _JOINER))

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


def one_line(text: str | None) -> str:
    """Return a text without line breaks and runs of blanks; empty for none."""
    return " ".join((text or "").split())


def width(text: str) -> int:
    """Return the most cells that a safe text takes on a terminal: not all of them join emoji."""
    if text.isascii() or max(text) < _FIRST_MARK:
        return len(text)
    from rich.cells import cell_len

    return cell_len(text.replace(_JOINER, ""))


def cut(text: str, columns: int) -> int:
    """Return how many characters fit into some cells; marks, and what is joined, stay with their letter."""
    low, high = 0, max(0, min(len(text), (_MARKS + 2) * columns))
    if text.isascii():
        return max(0, min(columns, len(text)))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle]) <= columns else (low, middle - 1)
    if _JOINER in text or _NON_JOINER in text:
        while 0 < low < len(text) and _is_joined(text, low):
            low -= 1
    return low


def _is_joined(text: str, place: int) -> bool:
    """Return whether a joiner is at a place, or before it, also with marks in between."""
    from unicodedata import category

    before = place - 1
    while before > 0 and category(text[before]) in ("Mn", "Me"):
        before -= 1
    return not {_JOINER, _NON_JOINER}.isdisjoint((text[place], text[before]))


def fit(text: str, columns: int) -> str:
    """Return the text, cut with … if it is wider than some cells."""
    if width(text) <= columns:
        return text
    return text[: cut(text, columns - 1)].rstrip(" ") + "…" if columns > 0 else ""


def fit_ends(text: str, columns: int) -> str:
    """Return the text, cut with … in its middle if it is wider than some cells, so that its end is seen."""
    if width(text) <= columns:
        return text
    count = cut(text[::-1], columns // 2)
    end = text[len(text) - count :].lstrip(" ")
    if not end.isascii():
        from unicodedata import category

        while end and (category(end[0]) in ("Mn", "Me") or end[0] in (_JOINER, _NON_JOINER)):
            end = end[1:]
    return text[: cut(text, columns - 1 - width(end))].rstrip(" ") + "…" + end


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
