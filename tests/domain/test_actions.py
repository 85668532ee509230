"""Action items: what becomes a task, what stays text, and that nothing else of the notes changes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from effort import grows
from factories import make_id, make_meeting
from mentorlog.domain.actions import Reading, read
from mentorlog.errors import SeveralMatch, UnknownId
from mentorlog.models.meeting import Meeting
from mentorlog.models.task import Task

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PEOPLE = {
    "osler": "William Osler",
    "röntgen": "Wilhelm Röntgen",
    "curie": "Marie Curie",
    "curie-2": "Irène Joliot-Curie",
}
KNOWN = {"mentor": tuple(PEOPLE), "goal": ("g7k3q", "g7k4x")}


def resolve(text: str, *kinds: str, by_name: bool = False) -> dict[str, Any]:
    """Find a record as the journal does: by its id, a unique beginning of it, or a name."""
    word = text.lower()
    found = [id for kind in kinds for id in KNOWN[kind] if id == word]
    found = found or [id for kind in kinds for id in KNOWN[kind] if len(text) > 1 and id.startswith(word)]
    if by_name and "mentor" in kinds:
        found = found or [id for id, name in PEOPLE.items() if f" {word}" in f" {name.lower()}"]
    if len(found) > 1:
        raise SeveralMatch(text, [(id, id) for id in found])
    if not found:
        raise UnknownId(text, kinds)
    return {"id": found[0], "name": PEOPLE.get(found[0], ""), "nickname": None}


def reading(notes: str, before: str | None = None, **meeting: Any) -> Reading:
    """Read notes of a meeting with Osler on Mon 16 Nov 2026."""
    held = make_meeting(**meeting)
    return read(notes, held, resolve=resolve, new_id=partial(make_id, "t"), now=NOW, before=before)


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


@pytest.mark.parametrize(
    "who",
    [
        "@them",
        "@osler",
        "@Osler",
        "@os",
        "@osler:",
        "@THEM,",
        "@ osler",
        "＠osler",
        "**@osler**",
        "(@osler):",
        "@William",
        "@William Osler",
        "@william osler:",
        '@"William Osler"',
        "**@William Osler:**",
        "@osler -",
    ],
)
def test_a_promise_of_the_mentor(who: str) -> None:
    """@them is the mentor of the meeting; a mentor is named by id or name, in one word or more; I noted it down."""
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
        ("due:25 jun", date(2027, 6, 25)),
        ("due:feb 3, 2027", date(2027, 2, 3)),
        ("due:in 2 weeks", date(2026, 11, 30)),
        ("due:in 2 weeks' time", date(2026, 11, 30)),
        ("due:two weeks from today", date(2026, 11, 30)),
        ("due:in half a year", date(2027, 5, 16)),
        ("due:day after tomorrow", date(2026, 11, 18)),
        ("due:on friday", date(2026, 11, 20)),
        ("due: next friday", date(2026, 11, 27)),
        ("due : fri", date(2026, 11, 20)),
        ("due：fri", date(2026, 11, 20)),
        ("(due:2026-12-04)", date(2026, 12, 4)),
        ("[due:2026-12-04]", date(2026, 12, 4)),
        ("due:[2026-12-04]", date(2026, 12, 4)),
        ("due:<2026-12-04>", date(2026, 12, 4)),
        ("**due:2026-12-04**", date(2026, 12, 4)),
        ("due:**2026-12-04**", date(2026, 12, 4)),
        ("_due:fri_", date(2026, 11, 20)),
        ("`due:fri`", date(2026, 11, 20)),
        (",due:2026-12-04", date(2026, 12, 4)),
        ("(**due:25 jun**).", date(2027, 6, 25)),
        ("due:2026-12-04.", date(2026, 12, 4)),
        ("due:fri;", date(2026, 11, 20)),
        ("due:fri:", date(2026, 11, 20)),
        ("due:'in 2 weeks'", date(2026, 11, 30)),
        ("due:„in 2 weeks“", date(2026, 11, 30)),
        ("due:«in 2 weeks»", date(2026, 11, 30)),
        ("- due:fri", date(2026, 11, 20)),
    ],
)
def test_words_for_due_count_from_the_meeting(said: str, due: date) -> None:
    """`fri` in the notes of a meeting is the Friday after the meeting, whenever they are typed.

    Brackets, marks and punctuation around it, and quotes or none, change nothing; nothing of it stays in the title.
    """
    task = one(f"- [ ] @me Draft abstract {said}")

    assert (task.due, task.title) == (due, "Draft abstract")


@pytest.mark.parametrize(
    ("rest", "title"),
    [
        ("Draft due:fri the abstract", "Draft the abstract"),
        ("due:fri goal:g7k3q Draft", "Draft"),
        ("Draft (due:fri, goal:g7k3q)", "Draft"),
        ("due:fri, Draft", "Draft"),
        ("Draft, due:in 2 weeks, the abstract", "Draft, the abstract"),
        ("Draft due:fri; then send it", "Draft; then send it"),
        ("Draft due:fri 2 copies", "Draft 2 copies"),
        ("Draft due:tomorrow!", "Draft!"),
        ("Draft it. due:fri", "Draft it."),
        ("Draft (for the due:fri deadline)", "Draft (for the deadline)"),
        ("Draft (goal:g7k3q) now", "Draft now"),
        ("over-due:yes, **Draft** it", "over-due:yes, **Draft** it"),
        ("Mail #lab and @curie (overdue:yes)", "Mail #lab and @curie (overdue:yes)"),
        ('[b]Draft[/b]  =1+1 "x" \\ é 日本 🩺 | pipe', '[b]Draft[/b]  =1+1 "x" \\ é 日本 🩺 | pipe'),
        ("https://x.example/?due:fri", "https://x.example/?due:fri"),
    ],
)
def test_a_title_is_kept_as_typed(rest: str, title: str) -> None:
    """Only due: and goal: with their values are taken out, except in addresses and within words."""
    assert one(f"- [ ] @me {rest}").title == title


BULLETS = [
    "- ",
    "* ",
    "+ ",
    "1. ",
    "12) ",
    "  - ",
    "-\t",
    "- - ",
    "-",
    "",
    "– ",
    "• ",
    "·\t",
    "o\t",
    "a) ",
    "(2) ",
    "\ufeff- ",
]
BOXES = ["[ ]", "[]", "[  ]", "[\xa0]", "[\u3000]", "[\u200b]", "［ ］", "\\[ \\]", "[_]", "☐", "□", "⬜"]
TICKED = ["[x]", "[X]", "[ x ]", "[✓]", "[✔️]", "［x］", "\\[x\\]", "[×]", "☑", "☑️", "☒", "✅", "✓", "✔️"]


@pytest.mark.parametrize("bullet", BULLETS)
@pytest.mark.parametrize("blank", [" ", "\t", "\xa0", ""])
def test_every_bullet(bullet: str, blank: str) -> None:
    """Bullets and numbers of Markdown, however far they stand in, those of word processors, and none at all."""
    assert one(f"{bullet}[ ]{blank}@me Draft abstract").title == "Draft abstract"


@pytest.mark.parametrize("box", [*BOXES, *TICKED])
def test_every_box(box: str) -> None:
    """However a phone, an editor or an e-mail writes a box that can mean only one thing, it is taken."""
    for bullet in ("- ", ""):
        assert one(f"{bullet}{box} @me Draft abstract").status == ("todo" if box in BOXES else "done")


@pytest.mark.parametrize(
    ("notes", "titles", "ends"),
    [
        ("- [ ] @me Draft the\n  abstract due:25\n  jun", ["Draft the abstract"], [2]),
        ("- [ ] @me Draft\nthe abstract", ["Draft the abstract"], [1]),
        ("- [ ] @me Draft  \n  the\\\n  abstract", ["Draft the abstract"], [2]),
        ("[ ] @me Draft\n[ ] @osler Read\nit", ["Draft", "Read it"], [0, 2]),
        ("• [ ] @me Draft\n• talk\n• [ ] @osler Read", ["Draft", "Read"], [0, 2]),
        ("- [ ] @me Draft\n  - [ ] @me Read\n\n  text", ["Draft", "Read"], [0, 1]),
        ("- [ ] @me Draft\n\n  [ ] @me Read", ["Draft", "Read"], [0, 2]),
        ("- [ ] @me Draft\n  ---", ["Draft"], [0]),
        ("text\n2. [ ] @me Draft", ["Draft"], [1]),
        ("- [ ] @me Draft\nn4wp2: me first\nx t9k3w", ["Draft"], [0]),
        ("- [ ] @me Draft\n  the abstract\n  x t9k3w", ["Draft the abstract"], [1]),
        ("- [x] @me Draft what\nt9k3w needs", ["Draft what t9k3w needs"], [1]),
    ],
)
def test_an_item_may_have_several_lines(notes: str, titles: list[str], ends: list[int]) -> None:
    """It goes on to the next box, bullet or the end of its paragraph, as in Markdown; the id is at its end."""
    found = reading(notes)

    assert [task.title for task in found.tasks] == titles
    lines = found.notes.split("\n")
    assert [number for number, line in enumerate(lines) if re.search(r" \(t\w{4}\)$", line)] == ends
    assert found.complaints == ()


# What stays text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("- [ ] @oslr Send it", "No mentor matches 'oslr'"),
        ("- [ ] @me Draft due:banana", "'banana' is not a date"),
        ("- [ ] @me Draft due:25 juin", "'25 juin' is not a date (write it like due:2027-02-14 or due:\"25 jun\")"),
        ("- [ ] @me Draft due:3 weeks before the exam", "'3 weeks before' is not a date"),
        ("- [ ] @me Draft due:03/02/2027", "is ambiguous"),
        ("- [ ] @me Draft due:30 feb", "'30 feb' is not in the calendar"),
        ("- [ ] @me Draft due:tue 3 feb 2027", "has the wrong weekday"),
        ("- [ ] @me Draft due:", "there is no value after due:"),
        ("- [ ] @me Draft (due:)", "there is no value after due:"),
        ("- [ ] @me Draft [due: ]", "there is no value after due:"),
        ('- [ ] @me Draft due:""', "there is no value after due:"),
        ('- [ ] @me Draft due:"banana"', "'banana' is not a date"),
        ("- [ ] @me Draft due:fri due:sat", "it has due: twice"),
        ("- [ ] @me Draft goal:g9999", "No goal matches 'g9999'"),
        ("- [ ] @me Draft goal:g7k", "'g7k' matches several records"),
        ("- [ ] @me due:fri", "it has no text"),
        ("- [ ] @me", "it has no text"),
        ("- [ ] @me two\u2028lines", "more than one line"),
        ("- [ ] email Wei", "it begins without a name (write it like: - [ ] @me Draft abstract)"),
        ("- [ ] Draft @osler", "it begins without a name (write it like: - [ ] @osler Draft abstract)"),
        ("- [ ] @", "there is no name after @"),
        ("- [ ] @me and @osler Draft", "it names several people"),
        ("- [ ] @me/@osler Draft", "it names several people"),
        ("- [ ] @me, @osler: Draft", "it names several people"),
        ("- [ ] @me & Osler Draft", "it names several people"),
        ("- [/] @me Draft", "[/] is neither open nor done (use [ ] or [x])"),
        ("- [-] @me Draft", "[-] is neither open nor done"),
        ("- [ ] @me Answer (t4m2x) soon", "(t4m2x) is not at its end"),
        ("> - [ ] @me Draft", "it is in a quote"),
        ("> [ ] email Wei", "it is in a quote"),
        ("| [ ] @me Draft |\n|---|", "it is in a table"),
        ("# [ ] @me Draft", "it is in a heading"),
        ("text\n\n    - [ ] @me Draft", "it is indented as code"),
        ("<div>\n- [ ] @me Draft\n</div>", "it is in HTML"),
        ("- @me Draft", "it names @me without a box (for a task, write: - [ ] @me Draft abstract)"),
        ("Thanks to @Osler for it", "it names @Osler without a box"),
        ("## @them", "it names @them without a box"),
    ],
)
def test_a_line_that_cannot_be_understood(line: str, why: str) -> None:
    """What looks like a box or names somebody is taken or reported with its line, and stays as it is.

    So with every mistake in a name, a day or a goal, and with what Markdown shows as a quote, a table, a heading,
    code or HTML. The items around it are read all the same.
    """
    found = reading(f"- [ ] @me Good\n\n{line}\n\n- [ ] @me Too")

    assert [task.title for task in found.tasks] == ["Good", "Too"]
    assert f"\n\n{line}\n\n" in found.notes
    (said,) = found.complaints
    assert why in said
    number = 3 + line[: line.index("- [ ]")].count("\n") if "- [ ]" in line else 3
    assert said.startswith(f"Line {number} of the notes did not become a task: ")


def test_lines_with_the_same_reason_share_a_sentence() -> None:
    """A list of plain boxes is one line on the screen, with all its numbers."""
    found = reading("- [ ] email Wei\n- [ ] @me Draft\n- [ ] call Osler\n- [x] call Curie\n- [ ] @oslr Send")

    assert found.complaints == (
        "Lines 1, 3 and 4 of the notes did not become tasks: each begins without a name"
        " (write it like: - [ ] @me Draft abstract)",
        "Line 5 of the notes did not become a task: No mentor matches 'oslr' (see: mentorlog mentor list)",
    )


def test_a_line_is_named_once_and_of_very_many_only_the_first() -> None:
    """The sentence stays one that can be read, whatever the notes are; twenty-one lines are still all named."""
    (twice,) = reading("Told @osler and @osler, then @osler").complaints
    (most,) = reading("- [ ] email Wei\n" * 21).complaints
    (many,) = reading("- [ ] email Wei\n" * 5_000).complaints

    assert twice.startswith("Line 1 of the notes did not become a task: it names @osler without a box")
    assert most.startswith("Lines 1, 2, 3, ") and " 20 and 21 of the notes" in most
    assert many.startswith("Lines 1, 2, 3, ") and ", 19, 20 and 4980 more of the notes did not become" in many


def test_what_was_there_before_is_reported_once() -> None:
    """Lines that were in the notes before, saved once more, cause no complaints; they may still become tasks."""
    notes = "- [ ] email Wei\n- @me Draft\n- [ ] @me Good"

    assert reading(notes, before=notes).complaints == ()
    assert len(reading(f"{notes}\n- [ ] call", before=notes).complaints) == 1
    assert len(reading(notes, before=notes).tasks) == 1


@pytest.mark.parametrize("opening", ["```", "~~~ text", "<!--", "<!-- a --\n"])
def test_what_is_not_closed_hides_nothing_in_silence(opening: str) -> None:
    """A fence or a comment that was never closed may be a mistake; the items in it are reported."""
    (complaint,) = reading(f"{opening}\n- [ ] @me Draft\n").complaints

    assert "that is not closed" in complaint


@pytest.mark.parametrize(("mentors", "why"), [(("osler", "curie"), "osler or curie"), ((), "no mentors")])
def test_them_must_be_one(mentors: tuple[str, ...], why: str) -> None:
    """@them with several mentors, or none, is nobody in particular."""
    (complaint,) = reading("- [ ] @them Send it", mentors=mentors).complaints

    assert why in complaint


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] @me Draft (t4m2x)",
        "- [ ] @me Draft (t4m2x).",
        "- [ ] @me Draft (t4m2x) ✅",
        "- [ ] @me Draft (t4m2x) → todo",
        "- [ ] @me Draft \\(t4m2x\\)",
        "- [ ] @me Draft (t4m2x)\nand more due:fri",
        "- [ ] @me Draft\n  due:fri (t4m2x)",
        "- [ ] @oslr nonsense due:banana (t4m2x)  ",
        "> - [ ] @me Draft (t4m2x)",
        "```\n- [ ] @me Draft\n```",
        "~~~ text\n- [ ] @me Draft\n```\n- [ ] @me Draft\n~~~",
        "````\n```\n- [ ] @me Draft\n````",
        "- point\n  ```\n  - [ ] @me Draft\n  ```",
        "<!--\n- [ ] @me Draft\n-->",
        "<!-- - [ ] @me Draft -->",
        "text <!-- @me --> and `@osler` and ``[ ] ` @me``",
        "<pre>\n- [ ] @me Draft\n</pre>",
        "- [ ]",
        "- [ ](https://x.example) @nobody",
        "[x]: https://x.example",
        "- [1] Smith, and [x] in a line",
        "[…] he said, [?] and [sic]",
        "✓ Read the paper\n✔️ Sent it",
        "mail osler@me.com or curie@them.org, see @nobody and @property",
    ],
)
def test_what_is_no_action_item(text: str) -> None:
    """What is a task already, code and comments that end, and what only has the signs of a box, in silence."""
    assert reading(text) == Reading(text, (), ())


# Cost and line ends


def test_a_long_line_costs_what_its_length_costs() -> None:
    """A line of blanks, of half-made ends or of bullets is read once: twice the line is twice the work."""
    for part in (" ", "due:", "(t", "-", "- ", "`", "(", "@o ", "x://due:", "[ ] "):
        assert grows(lambda size, part=part: reading(f"- [ ] @me a{part * size}b\n{part * size}"), 10_000) < 2.5, part
    for part in (" ", "# ", "x://due:fri "):
        assert grows(lambda size, part=part: reading(f"- [ ] @me a{part * size}b"), 1_000) < 2.5, part


def test_line_ends_become_lf() -> None:
    """Notes with other line ends are read as the record will keep them."""
    found = reading("- [ ] @me a\r\ntext\r\r- [ ] @me b")

    assert re.fullmatch(r"- \[ \] @me a\ntext \(t\w{4}\)\n\n- \[ \] @me b \(t\w{4}\)", found.notes)
    assert isinstance(make_meeting(notes="a\r\n"), Meeting)
