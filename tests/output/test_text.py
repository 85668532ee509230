"""The sanitiser, widths, wrapping, styles."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from effort import grows
from mentorlog.output.text import dangerous, fit, pad, safe, safe_block, style, width, wrap
from output.payloads import ANY_TEXT, PAYLOADS, acts


@pytest.mark.parametrize(("text", "shown"), PAYLOADS.values(), ids=PAYLOADS)
def test_safe_shows_what_acts_as_escapes_and_leaves_the_rest(text: str, shown: str) -> None:
    """One line is shown as typed, but for what would act or hide."""
    assert safe(text) == shown


@given(ANY_TEXT)
def test_safe_text_neither_acts_nor_changes_again(text: str) -> None:
    """Safe of safe is safe, and nothing in it acts."""
    once = safe(text)

    assert acts(once) == []
    assert "\n" not in once
    assert safe(once) == once


@given(ANY_TEXT)
def test_safe_block_keeps_lines_and_makes_each_safe(text: str) -> None:
    """Prose keeps its line ends; each of its lines is safe."""
    once = safe_block(text)

    assert once.count("\n") == text.count("\n")
    assert all(safe(line) == line for line in once.split("\n"))
    assert safe_block(once) == once


def test_safe_block_widens_tabs_and_folds_crlf() -> None:
    """A tab of prose is four spaces, CR LF is one line end, a lone CR is shown."""
    assert safe_block("a\tb\r\nc\rd\n\x1b") == "a    b\nc\\rd\n\\x1b"


@pytest.mark.slow
def test_every_control_and_format_character_is_dangerous_and_no_letter_is() -> None:
    """What Unicode calls control, format, surrogate, private or separator is escaped; what it calls a letter is not."""
    hidden = {0x115F, 0x1160, 0x3164, 0xFFA0}
    for code in range(sys.maxunicode + 1):
        kind = unicodedata.category(chr(code))
        if kind in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
            assert dangerous(code), hex(code)
        elif kind[0] in "LNPS" and code not in hidden:
            assert not dangerous(code), hex(code)


def test_a_letter_with_few_marks_is_left_alone() -> None:
    """Up to eight marks belong to a letter; Hebrew with its points is whole."""
    for text in ("e\u0301", "a" + "\u0301" * 8, "בְּרֵאשִׁית בָּרָא אֱלֹהִים"):
        assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("abc", 3), ("Röntgen", 7), ("日本", 4), ("🩺", 2), ("e\u0301", 1), ("…", 1)]
)
def test_width_counts_cells(text: str, cells: int) -> None:
    """A Chinese character and an emoji take two cells, a combining mark none."""
    assert width(text) == cells


@given(ANY_TEXT.map(safe))
def test_width_is_that_of_rich(text: str) -> None:
    """The short ways to a width give what rich gives."""
    assert width(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("Submit case report", 18, "Submit case report"),
        ("Submit case report", 17, "Submit case repo…"),
        ("Submit case report", 8, "Submit…"),
        ("日本日本", 8, "日本日本"),
        ("日本日本", 7, "日本日…"),
        ("日本日本", 6, "日本…"),
        ("🩺🩺", 3, "🩺…"),
        ("🩺🩺", 2, "…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 0, ""),
    ],
)
def test_fit_cuts_at_the_cell(text: str, columns: int, shown: str) -> None:
    """A text too wide ends in …, never in half a character."""
    assert fit(text, columns) == shown


@given(ANY_TEXT, st.integers(0, 30))
@example("\u200da🩺", 1)
@example("❤\ufe0f❤\ufe0f", 3)
def test_fit_is_never_wider(text: str, columns: int) -> None:
    """Whatever the text, what fit returns fits; what fits already is not touched."""
    shown = fit(text, columns)

    assert width(shown) <= columns
    assert shown == text or width(text) > columns


@given(ANY_TEXT.map(safe), st.integers(0, 30), st.sampled_from(["left", "right"]))
def test_pad_fills_up_to_the_cell(text: str, columns: int, align: str) -> None:
    """A padded text is as wide as asked, or as wide as it was."""
    assert width(pad(text, columns, align)) == max(columns, width(text))


@given(ANY_TEXT.map(safe_block), st.integers(2, 30), st.sampled_from(["", "  ", "      "]))
@example(" ⺀", 2, "")
@example("  日本", 3, "")
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, columns: int, indent: str) -> None:
    """Every line fits where the indent leaves room for a character, and all words are there in order."""
    lines = wrap(text, columns, indent)

    if columns >= len(indent) + 2:
        assert [line for line in lines if width(line) > columns] == []
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 8, ["one two", "three"]),
        ("one\n\ntwo", 8, ["one", "", "two"]),
        ("antidisestablishment", 8, ["antidise", "stablish", "ment"]),
        ("to antidisestablishment", 8, ["to", "antidise", "stablish", "ment"]),
        ("日本日本日本", 5, ["日本", "日本", "日本"]),
        ("- one two three four", 12, ["- one two", "  three four"]),
        ("  12. one two three", 14, ["  12. one two", "      three"]),
        ("  code  stays", 20, ["  code  stays"]),
        ("one two", None, ["one two"]),
    ],
)
def test_wrap_folds_at_words(text: str, columns: int | None, lines: list[str]) -> None:
    """Lines end between words; long words are broken; list items hang; None is a pipe."""
    assert wrap(text, columns) == lines


def test_wrap_puts_the_bullet_before_the_first_line_only() -> None:
    """`first` stands in place of the indent once."""
    assert wrap("one two three", 9, "  ", "* ") == ["* one two", "  three"]


def test_style_wraps_in_ansi_codes() -> None:
    """Styles are opened before and closed after; no style and no text need none."""
    assert style("a", "bold", "cyan") == "\x1b[1;36ma\x1b[0m"
    assert (style("a"), style("", "bold")) == ("a", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "size"), [("a\u0301", 100_000), ("\u0301", 200_000), ("日本 ", 60_000), ("x", 500_000)]
)
def test_long_texts_are_quick(part: str, size: int) -> None:
    """A title of half a megabyte is no reason to wait: it is cut without being measured, and wrapped line by line."""
    assert grows(lambda size: fit(safe(part * size), 40), size) < 2.5
    assert grows(lambda size: wrap(safe(part * size), 40), size // 10) < 2.5
