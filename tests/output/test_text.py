"""The sanitiser, widths, wrapping, styles."""

from __future__ import annotations

import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from effort import grows
from mentorlog.output.text import dangerous, fit, fit_ends, pad, safe, safe_block, style, width, wrap
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


LEGITIMATE = {
    "emoji joined": ["👨\u200d⚕️", "👩🏽\u200d⚕️", "❤️\u200d🔥", "🐈\u200d⬛", "🙂\u200d↔️", "🏃🏻\u200d♀️\u200d➡️"],
    "emoji of four": ["👨\u200d👩\u200d👧\u200d👦"],
    "flags": ["🏳️\u200d🌈", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"],
    "Persian": ["می\u200cخواهم", "کتاب\u200cها", "خانه\u200cای", "شَّ\u200cَب", "ه\u200d.ش", "\u200dه"],
    "Hindi and Marathi": ["क्\u200cष", "क्\u200dष", "र्\u200dय"],
    "Bengali": ["র\u200d্যাপিড", "ত্\u200d"],
    "Kannada, Malayalam, Sinhala": ["ರ\u200d್ಯ", "ന്\u200d", "ශ්\u200dරී", "ක\u200d්ෂ"],
    "Syriac and Mongolian": ["ܒ\u200cܒ", "ᠠ\u200cᠠ"],
}

HIDDEN = {
    "between other letters": ["a\u200db", "a\u200cb", "日\u200d本", "1\u200c2", "\u200d", "\u200c"],
    "at the end": ["می\u200c", "🩺\u200d", "می\u200c ", "می\u200c\nخواهم"],
    "behind a letter that does not join": ["زود\u200cتر", "ء\u200cب", "۱\u200c۲"],
    "where both join anyway": ["ب\u200dب"],
    "without a virama": ["क\u200dष", "क\u200cष"],
    "twice": ["क्\u200d\u200dष", "می\u200c\u200cخواهم"],
    "emoji and something else": ["🩺\u200da", "a\u200d🩺", "🩺\u200d\u200b🩺"],
    "a fifth emoji": ["👨" + "\u200d👨" * 4],
    "other tags": ["🏴\U000e0067\U000e0062", "🏴\U000e0061\U000e0062\U000e007f", "🏳\U000e0067"],
}


def cases(texts: dict[str, list[str]]) -> list[Any]:
    """Return the texts as parameters, each under its name."""
    return [pytest.param(text, id=name) for name, several in texts.items() for text in several]


@pytest.mark.parametrize("text", cases(LEGITIMATE))
def test_a_joiner_is_printed_where_it_changes_what_is_seen(text: str) -> None:
    """Joiners are part of emoji and of the spelling in many scripts, on screens and in documents.

    The members of the kind: emoji with a skin tone, of several people, with a sign of Unicode 3; flags with tags;
    the non-joiner between letters of a cursive script, also behind a mark; the joiner behind a virama and before one.
    """
    assert safe(text) == safe_block(text) == text
    assert safe(text, document=True) == safe_block(text, document=True) == text


@pytest.mark.parametrize("text", cases(HIDDEN))
def test_a_joiner_is_escaped_where_nobody_sees_it(text: str) -> None:
    """Where a joiner or a tag changes nothing, it could only make two different texts look alike."""
    shown = safe_block(text)

    assert "\\u200" in shown or "\\U000e00" in shown
    assert safe_block(shown) == shown
    assert safe_block(text, document=True) == shown


@pytest.mark.parametrize("char", ["\u200b", "\u2060", "\ufeff", "\u202e", "\u2066", "\u200f", "\u034f"])
@pytest.mark.parametrize("place", ["👨{}⚕", "می{}خواهم", "क्{}ष"])
def test_nothing_else_that_hides_is_ever_printed(char: str, place: str) -> None:
    """Overrides, isolates, marks of direction, zero-width spaces and the byte order mark are escaped in any script."""
    text = place.format(char)

    assert char not in safe(text) + safe_block(text) + safe(text, document=True) + safe_block(text, document=True)


def test_a_soft_hyphen_is_nothing_on_a_screen() -> None:
    """Terminals would show it as a hyphen or a blank; documents keep it."""
    text = "co\u00adoperation"

    assert safe(text) == safe_block(text) == "cooperation"
    assert safe(text, document=True) == safe_block(text, document=True) == text


def test_joiners_do_not_make_room_for_more_marks() -> None:
    """A joiner behind each virama does not begin a new letter."""
    assert safe("क" + "्\u200d" * 30) == "क" + "्\u200d" * 4 + "…"


@given(st.text(st.sampled_from("ab 🩺👩🏽⚕❤कषर्ممهاآد\u064e\u200c\u200d\ufe0f\u00ad\u200b"), max_size=20))
def test_joined_texts_do_not_change_again(text: str) -> None:
    """Safe of safe is safe in every script, and what is cut off is safe too."""
    for once in (safe(text), safe_block(text), safe(text, document=True)):
        assert safe(once, document=True) == once
    for columns in range(6):
        assert safe(fit(safe(text), columns)) == fit(safe(text), columns)


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("👩\u200d🔬 and more", 6, "👩\u200d🔬…"),
        ("👩\u200d🔬 and more", 4, "…"),
        ("a👩\u200d🔬b", 4, "a…"),
        ("می\u200cخواهم", 3, "م…"),
        ("a\u200d\u064eآa", 2, "…"),
    ],
)
def test_what_is_joined_is_not_cut_apart(text: str, columns: int, shown: str) -> None:
    """An emoji counts as many cells as its parts: a terminal that does not join them needs those."""
    assert fit(text, columns) == shown
    assert width("👩\u200d🔬") == 4


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
    """The short ways to a width give what rich gives for what is not joined."""
    assert width(text) == cell_len(text.replace("\u200d", ""))


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


@given(ANY_TEXT, st.integers(8, 40))
def test_a_text_cut_in_its_middle_keeps_to_the_cells(text: str, columns: int) -> None:
    """It is as wide as allowed at most, and what fits is whole."""
    shown = fit_ends(safe(text), columns)

    assert width(shown) <= columns and safe(shown) == shown
    assert shown == safe(text) or "…" in shown
