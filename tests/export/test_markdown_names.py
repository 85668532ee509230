"""Names that hold within one text hold within that text, also in a document with others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mentorlog.export.markdown_prose import inline, prose
from world import Ran


def links(text: str) -> list[tuple[str, str, str]]:
    """The address, the title and the words of each link of a document, in order; not those to headings."""
    found = []
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text):
        children = token.children or []
        for number, child in enumerate(children):
            if child.type == "link_open" and not str(child.attrs["href"]).startswith("#"):
                end = next(at for at in range(number, len(children)) if children[at].type == "link_close")
                words = "".join(one.content for one in children[number:end])
                found.append((str(child.attrs["href"]), str(child.attrs.get("title", "")), words))
    return found


ONE = "See [the paper] and [this][1], [1][] and [1].\n\n[the paper]: https://one.example/p\n[1]: one 'T'"
OTHER = "[The  Paper], [1]\n\n> [1]: https://other.example/1\n\n[the paper]: <https://other.example/p>"


@pytest.mark.parametrize(
    "texts", [(ONE, OTHER), (OTHER, ONE), ("[1] and [the paper]", ONE), (ONE, "[x] [1] open", OTHER)]
)
def test_labels_of_links_stay_in_their_text(texts: tuple[str, ...]) -> None:
    """Each link leads where it led, and what was none becomes none by the label of another text."""
    document = "\n\n".join(map(prose, texts))

    assert links(document) == [one for text in texts for one in links(text)]


PIECES = [
    "[a]",
    "[b]",
    "[a][]",
    "[x][a]",
    "[a][b]",
    "[a](u)",
    "![a]",
    "`[a]`",
    "\\[a]",
    "[[a]]",
    "[a",
    "a]",
    "*[a]*",
    "[^1]",
]
ENDS = [
    "[a]: https://one.example",
    "[b]: two 'B'",
    "[A]: three",
    "> [b]: four",
    "- [a]: five",
    "[a]:",
    "[a]: <six",
    "[^1]: Seven",
]


@given(*[st.lists(st.sampled_from([*PIECES, *ENDS, "\n", "\n\n", "```", "    "]), max_size=8).map(" ".join)] * 2)
@example("[a]\n\n[a]: one", "[a]\n\n[a]: two")
@example("[a]", "[a]: <six")
def test_no_text_changes_the_links_of_another(one: str, other: str) -> None:
    """Whatever two texts define and use: joined, each has the links that it has alone."""
    joined = prose(one.replace(" \n ", "\n")) + "\n\n" + prose(other.replace(" \n ", "\n"))

    assert links(joined) == links(prose(one.replace(" \n ", "\n"))) + links(prose(other.replace(" \n ", "\n")))


def test_footnotes_stay_in_their_text() -> None:
    """The marks of two texts differ, each use fits its note, and the same text gives the same marks."""
    one, other = prose("A[^1] b[^n].\n\n[^1]: One\n[^n]: Word"), prose("A[^1].\n\n[^1]: Other\n    more")

    assert one == "A[^1-{0}] b[^n-{0}].\n\n[^1-{0}]: One\n[^n-{0}]: Word".format(one[5:9])
    assert other == "A[^1-{0}].\n\n[^1-{0}]: Other\n    more".format(other[5:9])
    assert one[5:9] != other[5:9]
    assert prose("A[^1].\n\n[^1]: Other\n    more") == other


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[see](#plan) and [b](x.md#plan)", "[see]\\(#plan) and [b](x.md#plan)"),
        ("[see](<#plan>)", "[see]\\(<#plan>)"),
        ("[a] b\n\n[a]: #plan", "[a] b\n\n\\[a]: #plan"),
        ("# Plan {#plan}", "#### Plan \\{#plan}"),
        ("*[HTML]: Hyper Text\n*[b]*", "\\*[HTML]: Hyper Text\n*[b]*"),
        ("`[see](#plan)` [^1]", "`[see](#plan)` [^1]"),
        ("```\n[a]: b\n*[A]: b\n```", "```\n[a]: b\n*[A]: b\n```"),
        ("[open\nlabel]: u", "```\n[open\nlabel]: u\n```"),
    ],
)
def test_names_for_a_whole_document_are_text(text: str, expected: str) -> None:
    """Headings of the same name, names of headings and abbreviations would be those of another text: they are shown."""
    assert prose(text) == expected


def test_a_line_names_nothing() -> None:
    """In one line behind a label nothing is defined; a link to a heading is text there too."""
    assert inline("[a]: https://one.example [see](#plan)") == "[a]: https://one.example [see]\\(#plan)"


def test_two_notes_in_one_export(invoke: Callable[..., Ran]) -> None:
    """Notes, outcomes and comments of one journal keep their own links in its document."""
    for name in ("one", "other"):
        invoke("note", "add", f"See [1] and {name}[^a].\n\n[1]: https://{name}.example\n[^a]: Of {name}")
        invoke("mentor", "add", f"Marie {name.title()}", "--notes", f"[1]\n\n[1]: https://{name}.example/notes")
    document = invoke("export", "markdown", "--include-private").out

    addresses = [address for address, _, words in links(document) if words == "1"]
    assert sorted(addresses) == [
        "https://one.example", "https://one.example/notes", "https://other.example", "https://other.example/notes",
    ]  # fmt: skip
    assert document.count("[^a-") == 4
    assert document == invoke("export", "markdown", "--include-private").out
