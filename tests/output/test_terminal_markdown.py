"""Markdown on a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import grows
from mentorlog.output.terminal_markdown import markdown
from mentorlog.output.text import width
from output.payloads import ANY_TEXT, PAYLOADS, acts, bare

HOSTILE = st.lists(
    st.sampled_from(
        [
            *("#", "> ", "- ", "1. ", "`", "```\n", "**", "_", "[", "](", "x)", "![", "<b>", "<http://e>", "---\n"),
            *("&#27;", "&#8238;", "\x1b[31m", "\x9b", "\u202e", "日本", "🩺", "e\u0301", "word ", "\\"),
            *("|", "|--|--|\n", "\n", "    ", "\t"),
        ]
    ),
    max_size=40,
).map("".join)

DOCUMENT = """# Aim

Some **bold**, some *soft*, some `code`, a [link](https://example.org/x).

- one
- two

> said

| who | what |
|---|---|
| Röntgen | 日本 |

```python
print("[/b]")
```
---
<b>raw</b> ![picture](p.png) <https://example.org>
"""


def test_a_document_is_laid_out_calmly() -> None:
    """Headings on the left, links with their address, HTML and pictures as text, code as typed."""
    assert bare(markdown(DOCUMENT, 80, True)) == (
        "Aim\n\nSome bold, some soft, some code, a link (https://example.org/x).\n\n"
        " • one\n • two\n\n▌ said\n\n"
        "who      what\n-------------\nRöntgen  日本\n\n"
        '    print("[/b]")\n\n---\n\n'
        "<b>raw</b> !picture (p.png) https://example.org\n"
    )


def test_without_colour_there_is_no_escape() -> None:
    """The same layout without styles has no control character at all."""
    assert markdown(DOCUMENT, 80, False) == bare(markdown(DOCUMENT, 80, True))


def test_no_hyperlink_is_made_of_text() -> None:
    """No OSC 8: where a link leads is always read, never hidden."""
    for text in (
        "[a](https://evil.example)",
        "<https://evil.example>",
        "![a](https://evil.example)",
        "https://evil.example",
    ):
        shown = markdown(text, 80, True)

        assert "\x1b]" not in shown
        assert bare(shown).count("https://evil.example") == 1


def test_entities_cannot_bring_controls_in() -> None:
    """&#27; and &#8238; are decoded by the parser; what comes out is made safe after it."""
    assert acts(bare(markdown("&#27;[2J &#x202e; [a](&#8238;) `&#27;`\n\n    &#27;", 80, True))) == []


@pytest.mark.parametrize(("text", "shown"), PAYLOADS.values(), ids=PAYLOADS)
def test_payloads_are_shown(text: str, shown: str) -> None:
    """Prose is shown, never obeyed."""
    assert acts(bare(markdown(text, 80, True))) == []


@given(HOSTILE | ANY_TEXT, st.sampled_from([20, 40, 80]))
def test_every_document_is_laid_out_within_its_width(text: str, columns: int) -> None:
    """Whatever is typed, there are lines, they fit, and nothing in them acts."""
    shown = bare(markdown(text, columns, True))

    assert shown.endswith("\n")
    assert acts(shown) == []
    assert [line for line in shown.split("\n") if width(line) > columns] == []


def test_short_lines_keep_their_ends_and_long_ones_flow() -> None:
    """A line ended by a person stays; a paragraph wrapped by an editor is one paragraph."""
    long = "This line was wrapped by an editor at some seventy-two columns and"

    assert markdown("Labs\nCV\n**Abstract**", 80, False) == "Labs\nCV\nAbstract\n"
    assert markdown(f"{long}\ngoes on.", 100, False) == f"{long} goes on.\n"


def test_a_table_too_wide_is_shown_row_by_row() -> None:
    """Where columns would be a few letters wide, each row is a list of heading and cell."""
    table = "| mentor | what was said |\n|---|---|\n| Osler | Write it down at once |\n| Curie | Measure |\n"

    assert markdown(table, 26, False) == (
        "mentor: Osler\nwhat was said: Write it\ndown at once\n\nmentor: Curie\nwhat was said: Measure\n"
    )
    assert markdown(table, 80, False).startswith("mentor  what was said\n")


@pytest.mark.slow
def test_ten_pages_are_quick_and_nothing_is_endless() -> None:
    """Long minutes cost what their pages cost; documents made to be slow end as well."""
    assert grows(lambda size: markdown(DOCUMENT * size, 80, True), 120) < 2.2
    for part, size in ((">", 5000), ("[", 20000), ("*a ", 20000), ("`", 20000), ("[a](b", 5000), ("x", 150_000)):
        assert grows(lambda size, part=part: markdown(part * size, 80, True), size) < 2.5, part


def test_no_box_is_drawn() -> None:
    """Headings, rules, quotes and tables are set apart by spaces and dashes: a screen reader reads boxes aloud."""
    text = "# Title\n\n---\n\n> quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n- item\n  1. two\n"

    shown = markdown(text, 60, True)

    assert [char for char in shown if "\u2500" <= char <= "\u257f"] == []
