"""Texts that attack whoever shows them, and a terminal to show them on."""

from __future__ import annotations

import io
import re
import unicodedata

from hypothesis import strategies as st

STYLES = re.compile(r"\x1b\[[0-9;]*m")

# What a record holds → what one line of it shows.
PAYLOADS = {
    "escape": ("a\x1b[31mb", "a\\x1b[31mb"),
    "title of the terminal": ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
    "hyperlink": (
        "\x1b]8;;http://evil.example\x1b\\x\x1b]8;;\x1b\\",
        "\\x1b]8;;http://evil.example\\x1b\\x\\x1b]8;;\\x1b\\",
    ),
    "C1 introducer": ("\x9b31m", "\\x9b31m"),
    "next line": ("a\x85b", "a\\x85b"),
    "DEL and NUL": ("\x7f\x00", "\\x7f\\x00"),
    "backspaces": ("good\x08\x08bad", "good\\x08\\x08bad"),
    "line ends": ("a\nb\r\nc\rd", "a\\nb\\r\\nc\\rd"),
    "tab": ("a\tb", "a b"),
    "separators": ("\u2028\u2029", "\\u2028\\u2029"),
    "bidi override": ("abc\u202etxt.exe", "abc\\u202etxt.exe"),
    "bidi isolates": ("\u2066a\u2069", "\\u2066a\\u2069"),
    "direction marks": ("\u200e\u200f\u061c", "\\u200e\\u200f\\u061c"),
    "zero width": ("a\u200bb\u200cc\u200dd\u2060e\ufefff", "a\\u200bb\\u200cc\\u200dd\\u2060e\\ufefff"),
    "soft hyphen": ("soft\u00adhyphen", "softhyphen"),
    "tags": ("x\U000e0041\U000e0001", "x\\U000e0041\\U000e0001"),
    "lone surrogate": ("\ud800", "\\ud800"),
    "private and none": ("\ue000\ufdd0\uffff\U0010ffff", "\\ue000\\ufdd0\\uffff\\U0010ffff"),
    "Hangul filler": ("\u3164", "\\u3164"),
    "rich markup": ("[/b][TODO][link=x]", "[/b][TODO][link=x]"),
    "formula": ("=1+1", "=1+1"),
    "emoji name": (":smile:", ":smile:"),
    "letters": ("é日本🩺 Röntgen — “ß”", "é日本🩺 Röntgen — “ß”"),
    "no-break space": ("5\u00a0mg", "5\u00a0mg"),
    "presentation": ("❤\ufe0f", "❤\ufe0f"),
    "Arabic and Hindi": ("سلام नमस्ते", "سلام नमस्ते"),
    "variant of a letter": ("X\U000e0100", "X\\U000e0100"),
    "variant of an ideograph": ("葛\U000e0100城", "葛\U000e0100城"),
    "flood of marks": ("a" + "\u0301" * 30, "a" + "\u0301" * 8 + "…"),
}

ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(st.sampled_from("ab 日本🩺é\u0301\u200d\ufe0f❤\x1b\x9b\t\n\u202e-[m"), max_size=40),
)


def acts(text: str) -> list[str]:
    """Return what in a text would act on a terminal or hide in it; for joiners and tags see test_text.py."""
    hiding = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    legitimate = {"\n", "\u200c", "\u200d", *map(chr, range(0xE0020, 0xE0080))}
    return [char for char in text if char not in legitimate and unicodedata.category(char) in hiding]


def bare(text: str) -> str:
    """Return the text without styles."""
    return STYLES.sub("", text)


class Tty(io.StringIO):
    """A terminal without a size."""

    def isatty(self) -> bool:
        """Say yes."""
        return True
