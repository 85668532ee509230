"""Where action items are: exactly where Markdown shows them, and the notes come back to the byte."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from factories import make_id, make_meeting
from mentorlog.domain import action_lines
from mentorlog.domain.action_lines import annotated, find, with_ids_of
from mentorlog.domain.actions import Reading, read
from mentorlog.errors import UnknownId

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def resolve(text: str, *kinds: str, by_name: bool = False) -> dict[str, Any]:
    """Find Osler, and nobody and nothing else."""
    if text.lower() not in ("osler", "william osler"):
        raise UnknownId(text, kinds)
    return {"id": "osler", "name": "William Osler", "nickname": None}


def reading(notes: str) -> Reading:
    """Read notes of a meeting with Osler."""
    return read(notes, make_meeting(), resolve=resolve, new_id=partial(make_id, "t"), now=NOW)


# The notes come back

LINES = st.sampled_from(
    [
        "- [ ] @me Draft due:fri",
        "* [x] @them Send",
        "[ ] @osler a",
        "• ☐ @me b",
        "- [ ] @x y",
        "> - [ ] @me q",
        "```",
        "~~~",
        "<!--",
        "    - [ ] @me a",
        "- a",
        "",
        "  ",
        "# b",
        "---",
        "| a |",
        "|---|",
        "(t2222)",
    ]
)
TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))
SIGNS = st.text("-*>[]x @metoslr:du fri(){}\\`#|☐•1.\t\n", max_size=30)


@given(st.lists(st.one_of(LINES, TYPED, SIGNS)))
@example(["- [ ] @me Draft  ", ""])
@example(["- [ ] @me Draft due:fri", "•"])
@example(["[ ] @osler a", "+"])
@example(["- [ ] @me a\x0b", "\x85- [ ] @me b"])
@example(["- [ ] @me a\\", "[ ] @me b\x00"])
def test_nothing_else_changes(lines: list[str]) -> None:
    """Whatever is typed: without the new ids the notes are as before, and a second reading finds nothing new."""
    notes = "\n".join(lines)
    found = reading(notes)
    again = reading(found.notes)

    text = found.notes
    for task in found.tasks:
        text = text.replace(f" ({task.id})", "", 1)
    assert text == notes
    assert (again.notes, again.tasks, again.complaints) == (found.notes, (), found.complaints)
    assert {task.id for task in found.tasks} <= {item.id for item in find(found.notes).items}


WRAPS = [
    "{}",
    "({})",
    "[{}]",
    "**{}**",
    "_{}_",
    ",{}",
    "{}.",
    "{};",
    " {} ",
    "({}).",
    "<{}>",
    '"{}"',
    "x{}",
    "#{}",
    "/{}",
    "a/{}",
]
DAYS = ["2026-12-04", "fri", "25 jun", '"25 jun"', "in 2 weeks", "soon", "", "12/2026", "3 feb 2027"]


@given(st.lists(st.tuples(st.sampled_from(WRAPS), st.sampled_from(DAYS)), min_size=1, max_size=2), st.booleans())
def test_no_day_passes_in_silence(keys: list[tuple[str, str]], is_split: bool) -> None:
    """An item in which `due:` stands for itself has a day, or it is reported; no title keeps both."""
    words = (" \n" if is_split else " ").join(wrap.format(f"due:{day}") for wrap, day in keys)
    found = reading(f"- [ ] @me Draft {words}")

    assert len(found.tasks) + len(found.complaints) == 1
    for task in found.tasks:
        left = task.title.replace("xdue:", "")
        assert "due:" not in left, task.title
        assert task.due or all(wrap == "x{}" for wrap, _ in keys)


# Where Markdown has text

BLOCKS = ["- ", "1. ", "2) ", "> ", "  ", "    ", "\t", "# ", "---", "text", "\n", "\n\n"]
PIECES = st.sampled_from([*BLOCKS, "```", "~~~", "`", "<!--", "-->", "<div>"])
ITEM = "[ ] @me Draft"


@given(st.lists(st.one_of(PIECES, st.just(f"- {ITEM}"), st.just(f"\n- {ITEM}\n"), st.just(f"{ITEM}\n")), max_size=20))
@example(["> a\n2. [ ] @me Draft"])
@example(["- a\n\n      - [ ] @me Draft"])
@example(["[ ] @me Draft\n", "    ", "> ", "- [ ] @me Draft"])
def test_items_are_where_markdown_has_text(pieces: list[str]) -> None:
    """A line that looks like an item is one exactly where markdown-it shows it as text, outside quotes."""
    notes = "".join(pieces)
    root = SyntaxTreeNode(MarkdownIt("commonmark", {"maxNesting": 100}).parse(notes))
    shown = {
        line
        for node in root.walk()
        if node.type in ("paragraph", "heading") and node.map and not _is_quoted(node)
        for line in range(*node.map)
    }
    items = find(notes).items
    lines = notes.split("\n")
    like = {at for at in shown if lines[at].lstrip(" \t-12.)").startswith(ITEM)}

    assert {item.first for item in items if not item.place} == like
    for item in items:
        assert not (item.place == "in a quote" and item.first in shown)


SIMPLE = [
    "- ",
    "* ",
    "1. ",
    "2) ",
    "[ ] @me a",
    "[x] @osler b",
    "• ",
    "@me x",
    "text",
    "  ",
    " ",
    "\n",
    "\n\n",
    "# ",
    "## [ ] @me h",
]
ODD = ["(t2222)", "☐ d", "---x", "\n- [ ] @me j\n", "o", "-", "+", "a)", "\xa0", "1", "."]


@given(st.lists(st.sampled_from([*SIMPLE, *ODD]), max_size=12).map("".join))
@example("* [ ] @me a\n+ \xa0")
@example("\xa0\n[ ] @me a\n\xa0")
def test_simple_notes_are_read_without_the_parser(notes: str) -> None:
    """Paragraphs, lists and headings alone, the usual notes, are read as the parser would read them."""
    if not re.search(action_lines._NEEDS_PARSER, notes):
        assert _read(action_lines._simple_blocks(notes)) == _read(action_lines._blocks(notes))


def _read(blocks: Iterable[Any]) -> tuple[list[Any], list[int]]:
    """Return the items of some blocks, and the numbers of other lines that may name somebody."""
    read = [action_lines._read(block) for block in blocks]
    named = [number for _, lines in read for number, line in lines.items() if "@" in line]
    return [item for items, _ in read for item in items], named


def _is_quoted(node: SyntaxTreeNode) -> bool:
    return node.type == "blockquote" or (node.parent is not None and _is_quoted(node.parent))


@pytest.mark.parametrize(
    "before",
    [
        "```\ncode\n```\n",
        "~~~\n```\n~~~\n",
        "`one` ```two```\n",
        "``` a`b\n",
        "- point\n  ```\n  code\n",
        "- point\n    ",
        "- point\n\n    ",
        "1. point\n   - deeper\n      ",
        "text\n    ",
        "- - -\n",
        "---\n",
        "---\ndate: 2026-11-20\ntags: [x]\n---\n",
    ],
)
def test_code_ends(before: str) -> None:
    """Behind a closed fence, in a nested list, and in a paragraph that stands in, a line is an action item."""
    found = reading(f"{before}- [ ] @me Draft")

    assert [task.title for task in found.tasks] == ["Draft"]


def test_markdown_is_loaded_only_where_it_may_matter() -> None:
    """Notes without a box or a name are read without the parser, and so are simple ones."""
    code = (
        "import sys; from mentorlog.domain.action_lines import find, annotated; "
        "assert not find('# a\\n\\n- b [c](d) [[e]] `f` 1. [g]').items; "
        "assert len(find('# a\\n\\ntext\\n- [ ] @me a\\n  b\\n  * [x] @me b').items) == 2; "
        "assert annotated('- [ ] @me a (t4m2x)', {'t4m2x': 'done'}).endswith(' → done'); "
        "assert 'markdown_it' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


# What show needs


def test_states_stand_beside_their_items() -> None:
    """The state of a task beside the end of its item; never in code, nor beside other text."""
    notes = "- [ ] @me a (t4m2x)\n```\n- [ ] @me b (t2222)\n```\n- [x] @osler c (t3333)  \ntext (t5555)"
    wrapped = "\n\n[ ] @me d\ne (t6666)."

    states = {"t4m2x": "doing", "t2222": "no", "t5555": "no", "t6666": "todo"}
    assert annotated(notes + wrapped, states) == (
        "- [ ] @me a (t4m2x) → doing\n```\n- [ ] @me b (t2222)\n```\n- [x] @osler c (t3333)  \ntext (t5555)\n\n"
        "[ ] @me d\ne (t6666). → todo"
    )


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("Text\n- [ ] @me Draft\n", "Text\n- [ ] @me Draft (t2222)\n"),
        ("- [ ] @me Draft\n\n- [ ] @me Draft\n", "- [ ] @me Draft (t2222)\n\n- [ ] @me Draft\n"),
        (
            "- [ ] @me Read\n  all of it\n- [ ] @me Draft",
            "- [ ] @me Read\n  all of it (t3333)\n- [ ] @me Draft (t2222)",
        ),
        ("- [x] @me Draft\n", "- [x] @me Draft\n"),
        ("- [ ] @me Draft (t5555)\n", "- [ ] @me Draft (t5555)\n"),
        ("```\n- [ ] @me Draft\n```\n", "```\n- [ ] @me Draft\n```\n"),
    ],
)
def test_ids_are_taken_from_other_notes(notes: str, expected: str) -> None:
    """The same items get the ids that they have in other notes, each once; changed ones and other text get none."""
    marked = "- [ ] @me Draft (t2222)\n- [ ] @me Read\n  all of it (t3333)\n- [x] @osler Sign (t4444)\n"

    assert with_ids_of(notes, marked) == expected
    assert with_ids_of(notes, "- [ ] @me Draft\n(t2222) is a task") == notes


@pytest.mark.parametrize(
    "notes", ["- [ ] @me Draft due:fri\n- [ ] @osler\n  Read\n", "1. [x] @me A\n   - [ ] @me B\n\n[ ] @me A"]
)
def test_ids_come_back_to_the_notes_that_they_were_taken_from(notes: str) -> None:
    """Notes that were read once become the notes with ids again, from those."""
    found = reading(notes)

    assert found.tasks and with_ids_of(notes, found.notes) == found.notes
