"""Action lines: what becomes a task, what stays text, and that nothing else of the notes changes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from effort import grows
from factories import make_id, make_meeting
from mentorlog.domain.action_lines import ENDS_IN_ID, action_items, annotated
from mentorlog.domain.actions import Reading, read
from mentorlog.errors import SeveralMatch, UnknownId
from mentorlog.models.meeting import Meeting
from mentorlog.models.task import Task

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KNOWN = {"mentor": ("osler", "röntgen", "curie"), "goal": ("g7k3q", "g7k4x")}
MINUTES = sorted((Path(__file__).parent.parent / "data").glob("minutes-*.md"))


def resolve(text: str, *kinds: str, by_name: bool = False) -> dict[str, Any]:
    """Find a record as the journal does: by its id or a unique beginning of it."""
    names = [id for kind in kinds for id in KNOWN[kind] if id == text.lower()]
    found = names or [id for kind in kinds for id in KNOWN[kind] if len(text) > 1 and id.startswith(text.lower())]
    if len(found) > 1:
        raise SeveralMatch(text, [(id, id) for id in found])
    if not found:
        raise UnknownId(text, kinds)
    return {"id": found[0]}


def reading(notes: str, **meeting: Any) -> Reading:
    """Read notes of a meeting with Osler on Mon 16 Nov 2026."""
    return read(notes, make_meeting(**meeting), resolve=resolve, new_id=lambda: make_id("t"), now=NOW)


def one(line: str, **meeting: Any) -> Task:
    """Read the one task of a line."""
    found = reading(line, **meeting)
    assert found.complaints == ()
    (task,) = found.tasks
    assert found.notes == f"{line} ({task.id})"
    return task


# What a line says


def test_an_action_line_becomes_a_task() -> None:
    """The title without due: and goal:, the owner, the goal, the meeting, and who gave it."""
    task = one("- [ ] @me Draft abstract due:2027-02-14 goal:g7k3q", id="m4k2p")

    assert (task.title, task.owner, task.assigned_by) == ("Draft abstract", "me", "osler")
    assert (task.due, task.goal, task.meeting) == (date(2027, 2, 14), "g7k3q", "m4k2p")
    assert (task.status, task.done_on, task.created) == ("todo", None, NOW)


@pytest.mark.parametrize("who", ["@them", "@osler", "@Osler", "@os", "@osler:", "@THEM,"])
def test_a_promise_of_the_mentor(who: str) -> None:
    """@them is the mentor of the meeting; a mentor is named by id or a beginning of it; I noted it down."""
    task = one(f"- [ ] {who} Send the protocol")

    assert (task.owner, task.assigned_by, task.title) == ("osler", "me", "Send the protocol")


def test_what_is_done_already() -> None:
    """- [x] is a task that was done on the day of the meeting."""
    for box in "xX":
        task = one(f"- [{box}] @me Revise CV")

        assert (task.status, task.done_on) == ("done", date(2026, 11, 16))


def test_nothing_is_done_in_the_future() -> None:
    """A planned meeting may lie ahead: what is ticked in its notes is done by today."""
    assert one("- [x] @me Revise CV", on=date(2026, 12, 1), status="planned").done_on == date(2026, 11, 23)


def test_nobody_in_particular_gave_me_what_several_heard() -> None:
    """At a meeting with several mentors, or none, my task is my own."""
    assert one("- [ ] @me Draft abstract", mentors=("osler", "curie")).assigned_by == "me"
    assert one("- [ ] @me Draft abstract", mentors=()).assigned_by == "me"


def test_a_task_is_as_private_as_its_meeting() -> None:
    """What is said in private does not leave the journal as a task."""
    assert one("- [ ] @me Draft abstract", visibility="private").visibility == "private"


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("due:fri", date(2026, 11, 20)),
        ('due:"in 2 weeks"', date(2026, 11, 30)),
        ("due:“in 2 weeks”", date(2026, 11, 30)),
        ("Due:+3d", date(2026, 11, 19)),
    ],
)
def test_words_for_due_count_from_the_meeting(said: str, due: date) -> None:
    """`fri` in the notes of a meeting is the Friday after the meeting, whenever they are typed."""
    assert one(f"- [ ] @me Draft abstract {said}").due == due


@pytest.mark.parametrize(
    ("rest", "title"),
    [
        ("Draft due:fri the abstract", "Draft the abstract"),
        ("due:fri goal:g7k3q Draft", "Draft"),
        ("Mail #lab and @curie (overdue:yes)", "Mail #lab and @curie (overdue:yes)"),
        ('[b]Draft[/b]  =1+1 "x" \\ é 日本 🩺 | pipe', '[b]Draft[/b]  =1+1 "x" \\ é 日本 🩺 | pipe'),
        ("https://x.example/?due:fri", "https://x.example/?due:fri"),
    ],
)
def test_a_title_is_kept_as_typed(rest: str, title: str) -> None:
    """Only due: and goal: at the beginning of a word mean anything."""
    assert one(f"- [ ] @me {rest}").title == title


@pytest.mark.parametrize("start", ["* [ ] ", "+ [ ] ", "1. [ ] ", "12) [x] ", "  - [ ] ", "-\t[ ]\t"])
def test_every_list_line_of_markdown(start: str) -> None:
    """Bullets and numbers, however far they stand in."""
    assert one(f"{start}@me Draft abstract").title == "Draft abstract"


# What stays text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("- [ ] @oslr Send it", "No mentor matches 'oslr'"),
        ("- [ ] @me Draft due:banana", "'banana' is not a date"),
        ("- [ ] @me Draft due:03/02/2027", "is ambiguous"),
        ("- [ ] @me Draft due: fri", "there is no value after due:"),
        ('- [ ] @me Draft due:"fri', "is not a date"),
        ("- [ ] @me Draft due:fri due:sat", "it has due: twice"),
        ("- [ ] @me Draft goal:g9999", "No goal matches 'g9999'"),
        ("- [ ] @me Draft goal:g7k", "'g7k' matches several records"),
        ("- [ ] @me due:fri", "it has no text"),
        ("- [ ] @me two\u2028lines", "more than one line"),
    ],
)
def test_a_line_that_cannot_be_understood(line: str, why: str) -> None:
    """It stays as it is and is reported with its number; the lines around it are read all the same."""
    found = reading(f"{line}\n- [ ] @me Good")

    assert [task.title for task in found.tasks] == ["Good"]
    assert found.notes.startswith(f"{line}\n- [ ] @me Good (t")
    assert [why in said and said.startswith("Line 1 of the notes") for said in found.complaints] == [True]


@pytest.mark.parametrize(("mentors", "why"), [(("osler", "curie"), "osler, curie"), ((), "no mentors")])
def test_them_must_be_one(mentors: tuple[str, ...], why: str) -> None:
    """@them with several mentors, or none, is nobody in particular."""
    (complaint,) = reading("- [ ] @them Send it", mentors=mentors).complaints

    assert why in complaint


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] Draft abstract",
        "- [] @me Draft",
        "-[ ] @me Draft",
        "[ ] @me Draft",
        "> - [ ] @me Draft",
        "text - [ ] @me Draft",
        "- [ ] @me Draft (t4m2x)",
        "- [ ] @oslr nonsense due:banana (t4m2x)  ",
        "```\n- [ ] @me Draft\n```",
        "~~~ text\n- [ ] @me Draft\n```\n- [ ] @me Draft\n~~~",
        "````\n```\n- [ ] @me Draft\n````",
        "```\n- [ ] @me Draft\n``` no end\n- [ ] @me Draft",
        "   ```\n- [ ] @me Draft",
        "- point\n  ```\n  - [ ] @me Draft\n  ```",
        "    - [ ] @me Draft",
        "\t- [ ] @me Draft",
        "text\n\n    - [ ] @me Draft",
        "# Head\n    - [ ] @me Draft",
        "- point\n\n      - [ ] @me Draft",
        "-      [ ] @me Draft",
    ],
)
def test_what_is_no_action_line(text: str) -> None:
    """Plain boxes, quotes, lines that are tasks already, and code of every kind are left alone, in silence."""
    assert reading(text) == Reading(text, (), ())


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
    ],
)
def test_code_ends(before: str) -> None:
    """Behind a closed fence, in a nested list, and in a paragraph that stands in, a line is an action line."""
    found = reading(f"{before}- [ ] @me Draft")

    assert [task.title for task in found.tasks] == ["Draft"]


# The notes come back


def made(notes: str) -> set[str]:
    """The ids of the tasks that action lines became."""
    return {found["id"] for item in action_items(notes).values() if (found := re.search(ENDS_IN_ID, item.string))}


def without_ids(found: Reading) -> str:
    """Take the new ids away again."""
    text = found.notes
    for task in found.tasks:
        text = text.replace(f" ({task.id})", "", 1)
    return text


@pytest.mark.parametrize("path", MINUTES, ids=lambda path: path.stem)
@pytest.mark.parametrize("change", [lambda text: text, lambda text: text.rstrip("\n"), lambda text: text + "  \n\n"])
def test_real_minutes_come_back(path: Path, change: Callable[[str], str]) -> None:
    """Tables, pipes, quotes and [brackets] of two long documents come back to the byte."""
    notes = change(path.read_text(encoding="utf-8"))

    assert reading(notes) == Reading(notes, (), ())


@pytest.mark.parametrize("path", MINUTES, ids=lambda path: path.stem)
def test_real_minutes_with_actions_come_back(path: Path) -> None:
    """Action lines between the paragraphs change nothing of them; each line only gains its id."""
    notes = path.read_text(encoding="utf-8").replace("\n\n", "\n\n- [ ] @me Read this part due:fri\n\n")
    found = reading(notes)

    assert len(found.tasks) == notes.count("@me Read this part") >= 4
    assert without_ids(found) == notes


LINES = st.sampled_from(
    [
        "- [ ] @me Draft due:fri",
        "* [x] @them Send",
        "- [ ] @x y",
        "```",
        "~~~",
        "    - [ ] @me a",
        "- a",
        "",
        "  ",
        "# b",
    ]
)


@given(st.lists(st.one_of(LINES, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))))
@example(["- [ ] @me Draft  ", ""])
@example(["- [ ] @me a\x0b", "\x85- [ ] @me b"])
def test_nothing_else_changes(lines: list[str]) -> None:
    """Without the new ids the notes are what was typed, and a second reading finds nothing new."""
    notes = "\n".join(lines)
    found = reading(notes)
    again = reading(found.notes)

    assert without_ids(found) == notes
    assert (again.notes, again.tasks, again.complaints) == (found.notes, (), found.complaints)
    assert {task.id for task in found.tasks} <= made(found.notes)


BLOCKS = ["- ", "1. ", "2) ", "> ", "  ", "    ", "\t", "# ", "---", "text", "\n", "\n\n"]
PIECES = st.sampled_from([*BLOCKS, "```", "~~~", "`", "<!--", "-->", "<div>"])
ITEM = "[ ] @me Draft"


@given(st.lists(st.one_of(PIECES, st.just(f"- {ITEM}"), st.just(f"\n- {ITEM}\n"), st.just(f"{ITEM}\n")), max_size=20))
@example(["> a\n2. [ ] @me Draft"])
@example(["- a\n\n      - [ ] @me Draft"])
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
    like = {at for at, line in enumerate(notes.split("\n")) if re.match(r"[ \t]*(-|[0-9][.)])[ \t]+\[ \] @me", line)}

    assert set(action_items(notes)) == like & shown


def _is_quoted(node: SyntaxTreeNode) -> bool:
    return node.type == "blockquote" or (node.parent is not None and _is_quoted(node.parent))


@pytest.mark.parametrize(
    "notes",
    [
        "<!--\n- [ ] @me Draft\n-->",
        "<!-- - [ ] @me Draft -->\n<div>\n- [ ] @me Draft\n</div>",
        "> - [ ] @me Draft\n    - [ ] @me Draft",
        "- point\n\n  - ```\n    - [ ] @me Draft",
    ],
)
def test_what_is_hidden_is_no_item(notes: str) -> None:
    """In comments, other HTML, quotes with their lazy lines, and code deep in a list nothing becomes a task."""
    assert reading(notes) == Reading(notes, (), ())


def test_markdown_is_loaded_only_for_what_may_hide_an_item() -> None:
    """Notes without a box, and plain lists with boxes, are read without the parser."""
    code = (
        "import sys; from mentorlog.domain.action_lines import action_items as items; "
        "assert not items('    code ```') and len(items('text\\n- [ ] @me a\\n  * [x] @me b')) == 2; "
        "assert 'markdown_it' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_long_line_costs_what_its_length_costs() -> None:
    """A line of blanks, of half-made ends or of bullets is read once: twice the line is twice the work."""
    for part in (" ", "due:", "(t", "-", "- ", "`"):
        assert grows(lambda size, part=part: reading(f"- [ ] @me a{part * size}b\n{part * size}"), 50_000) < 2.5, part


# What show needs


def test_states_stand_beside_their_lines() -> None:
    """The state of a task beside the line that became it; never in code, nor beside other text."""
    notes = "- [ ] @me a (t4m2x)\n```\n- [ ] @me b (t2222)\n```\n- [x] @osler c (t3333)  \ntext (t5555)"

    assert annotated(notes, {"t4m2x": "doing", "t2222": "no", "t5555": "no"}) == (
        "- [ ] @me a (t4m2x) → doing\n```\n- [ ] @me b (t2222)\n```\n- [x] @osler c (t3333)  \ntext (t5555)"
    )


def test_line_ends_become_lf() -> None:
    """Notes with other line ends are read as the record will keep them."""
    found = reading("- [ ] @me a\r\ntext\r")

    assert re.fullmatch(r"- \[ \] @me a \(t\w{4}\)\ntext\n", found.notes)
    assert isinstance(make_meeting(notes="a\r\n"), Meeting)
