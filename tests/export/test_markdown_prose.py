"""Prose inside a Markdown document: it stays Markdown where it can, and never leaves its place."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mentorlog.export.markdown_prose import inline, prose
from mentorlog.export.markdown_text import bullet, item, line


def parser() -> MarkdownIt:
    """A parser as most readers have it: HTML, tables, strikethrough."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


SHAPED = [
    ("He read the draft.\n\nTwo days later.", "He read the draft.\n\nTwo days later."),
    ("# Big\n\n## Less\ntext", "#### Big\n\n##### Less\ntext"),
    ("##### Deep", "###### Deep"),
    ("Title\n=====\ntext", "#### Title\n\ntext"),
    ("Two\nlines\n---", "##### Two lines\n\n"),
    ("- # in a list", "- #### in a list"),
    ("#hashtag, no heading", "#hashtag, no heading"),
    ("```\n# code, no heading\n<b>\n```", "```\n# code, no heading\n<b>\n```"),
    ("a\n```py\nopen", "a\n```py\nopen\n```"),
    ("~~~~\nopen\n```", "~~~~\nopen\n```\n~~~~"),
    ("1 < 2, a<b>c</b>, `<i>`", "1 < 2, a\\<b>c\\</b>, `<i>`"),
    ("<!-- open", "\\<!-- open"),
    ("<https://a.example> <osler@example.org>", "<https://a.example> <osler@example.org>"),
    ("<javascript:alert(1)>", "\\<javascript:alert(1)>"),
    ("\\<b> stays", "\\<b> stays"),
    ("![A scan](https://a.example/x.png) `![i](u)`", "\\![A scan](https://a.example/x.png) `![i](u)`"),
    ("[a](https://a.example) [b](notes.md)", "[a](https://a.example) [b](notes.md)"),
    ("[a](JavaScript:alert(1))", "```\n[a](JavaScript:alert(1))\n```"),
    ("[a](&#106;avascript:x)\n\n[b]: data:text/html,x", "```\n[a](&#106;avascript:x)\n\n[b]: data:text/html,x\n```"),
    ("- [ ] @me Draft (t4m2x)\n- [x] done", "- [ ] @me Draft (t4m2x)\n- [x] done"),
    ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
    ("[x]: https://evil.example", "[x 3v7y]: https://evil.example"),
    ("> Title\n> ===", "```\n> Title\n> ===\n```"),
    ("a\x1b[31mb\u202ec\x00", "a\\x1b[31mb\\u202ec\\x00"),
]


@pytest.mark.parametrize(("text", "expected"), SHAPED)
def test_prose_is_shaped(text: str, expected: str) -> None:
    """Headings go below ours, tags become text, an open block is closed, controls are shown; all else stays."""
    assert prose(text) == expected


SNIPPETS = st.sampled_from(
    [
        *(
            "# h",
            "## h",
            "h\n===",
            "h\n---",
            "```",
            "````",
            "~~~",
            "    code",
            "\t```",
            "> q",
            ">",
            "- a",
            "  - b",
            "1. x",
        ),
        *(
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "<script>",
            "<?php",
            "<![CDATA[",
            "<div\n>",
            "`",
            "``",
            "\\",
            "\\`",
            "|a|\n|-|",
        ),
        *("[x]: /u", "[x]", "![i](u)", "[a](<b>)", "<https://a.b>", "<a@b.c>", "***", "---", "===", "text", " ", "\n"),
    ]
)
ANY = st.lists(SNIPPETS | st.text(max_size=4), max_size=8).flatmap(
    lambda parts: st.sampled_from(["", " ", "\n", "\n\n", "\n  "]).map(lambda joint: joint.join(parts))
)


def structure(markdown: str) -> list[tuple[str, int, str]]:
    """The headings of a document, with their level and words, and every piece of HTML."""
    tokens = parser().parse(markdown)
    found = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            found.append((token.tag, token.level, tokens[place + 1].content))
        if token.type == "html_block" or any(child.type == "html_inline" for child in token.children or ()):
            found.append(("html", token.level, token.content))
    return found


@given(text=ANY)
@example(text="  ```\nfoo\n```\n<script>")
@example(text="- a\n  ```\n<script>")
@example(text="`<b>\n\n`")
@example(text="h\n---\n<b>`</b>`")
def test_no_prose_leaves_its_place(text: str) -> None:
    """Whatever prose holds, what follows is read as what it is, no heading reaches ours, and no HTML is left."""
    document = "\n\n".join(
        ["# one", "## two", "### three", prose(text), item("Words", text), bullet("[x] after"), "### four"]
    )

    found = structure(document)

    assert [entry for entry in found if entry[0] in ("h1", "h2", "h3")] == [
        ("h1", 0, "one"), ("h2", 0, "two"), ("h3", 0, "three"), ("h3", 0, "four"),
    ]  # fmt: skip
    assert not [entry for entry in found if entry[0] == "html"]


@given(text=st.text(min_size=1, max_size=12) | SNIPPETS)
@example(text="a #")
@example(text="1. x")
@example(text="&lt;")
@example(text="]: x")
def test_a_line_is_words_and_nothing_else(text: str) -> None:
    """A title may hold any sign: read as Markdown it is a heading, or an item, of these words."""
    shown = line(text)
    tokens = parser().parse(f"### {shown}\n\n{bullet(shown)}\n")

    kinds = [token.type for token in tokens if token.type not in ("inline",)]
    assert kinds[:2] == ["heading_open", "heading_close"]
    assert [kind for kind in kinds if "list" in kind][:1] == ["bullet_list_open"]
    inner = {child.type for token in tokens for child in token.children or ()}
    assert inner <= {"text", "text_special"}


def test_a_line_is_one_line() -> None:
    """A title shows its controls, and spaces in a row as one."""
    assert line("a\x1b[0m  b\tc\nd") == "a\\\\x1b\\[0m b c\\\\nd"


def test_short_prose_stands_in_its_line() -> None:
    """One line stands behind our words and keeps its emphasis; several stand below them, within the item."""
    assert item("Why", "to *learn*") == "- Why: to *learn*"
    assert item("Why", "one\n\n```\ntwo") == "- Why:\n\n  one\n\n  ```\n  two\n  ```"
    assert item("Why", "  \n") == "- Why"
    assert inline("a\nb") is None


def test_long_prose_is_shown_as_it_was_typed() -> None:
    """What is too long to be parsed stands in a fence that nothing in it can close."""
    text = "`````\n<b>\n" + "x" * 400_000

    assert prose(text) == f"``````\n{text}\n``````"
