"""What is of mentees is never among what is mine: on screens, in reviews and in exports."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from commands.mentee.conftest import Invoke
from factories import make_task

THEIRS = ("Submit the thesis", "Isolate radium", "Read the review")
NAMES = ("Noether", "Joliot")


@pytest.mark.parametrize(
    "words",
    [
        "goal list",
        "goal list --all",
        "goal list --drifting",
        "goal list --with noether",
        "waiting",
        "task owed",
        "review --print-form",
        "review --quick --print-form",
        "export pack",
        "export pack --for self",
        "export html",
        "export html --for self",
        "export cv",
        "export ics",
        "export ics --for self",
        "export markdown --for program",
        "export markdown --for osler",
        "export html --for program",
        "export pack --for osler",
        "export csv goals",
        "export csv goals --for self",
        "export csv goals --for program",
    ],
)
def test_what_is_theirs_is_not_there(words: str, invoke: Invoke) -> None:
    """Neither their goals, nor what they have to do."""
    text = invoke(*words.split(), env={"COLUMNS": "200"}).out
    open_task = "Read the review" if words in ("export html", "export html --for self") or "ics" in words else ""

    assert text
    assert not [title for title in THEIRS if title in text and title != open_task]


@pytest.mark.parametrize("audience", ["program", "osler"])
@pytest.mark.parametrize("format", ["markdown", "html", "pack", "csv", "ics"])
def test_no_mentee_is_named_to_others(audience: str, format: str, invoke: Invoke) -> None:
    """The program and my mentors get no name of a mentee; the program gets their number."""
    ran = invoke("export", format, *(["mentors"] if format == "csv" else []), "--for", audience)

    assert ran.exit == 0
    assert not [name for name in NAMES if name.lower() in ran.out.lower()]
    if (format, audience) in (("markdown", "program"), ("pack", "program")):
        assert "I mentor" in ran.out and "3 people" in ran.out


def test_a_mentee_gets_what_is_theirs(invoke: Invoke) -> None:
    """Their goals and tasks, and what I promised them; not those of another mentee, nor my goals."""
    text = invoke("export", "markdown", "--for", "noether").out

    assert "Submit the thesis" in text and "Read the review" in text and "Send the slides" in text
    assert "Submit case report" not in text and "Isolate radium" not in text and "Joliot" not in text


def test_for_myself_they_have_a_heading_of_their_own(invoke: Invoke) -> None:
    """With `--for self` everything is there, under other headings than mine; a backup is whole."""
    text = invoke("export", "markdown", "--for", "self").out
    mine, theirs = text.index("## Goals\n"), text.index("## Goals of mentees\n")
    backup = invoke("export", "json").out

    assert mine < text.index("### Submit case report") < theirs < text.index("### Submit the thesis")
    assert "- Goal of: Emmy Noether" in text
    assert '"whose": "noether"' in backup
    assert "Submit the thesis" in invoke("export", "csv", "goals", "--for", "noether").out


def test_the_preview_says_why(invoke: Invoke) -> None:
    """What is of a mentee is left out for a reason of its own, which no share changes."""
    seen = invoke("export", "markdown", "--for", "program", "--preview").out
    data = invoke("export", "markdown", "--for", "program", "--preview", "--json").data

    assert "Left out: of your mentees, who are only counted" in seen
    assert "  mentees    3 (a number, no names)\n" in seen, seen
    assert {one["id"] for one in data["withheld"] if one["why"] == "theirs"} == {
        *("noether", "joliot", "g3333", "g4444", "t3333")
    }
    shared = invoke("share", "g3333", "--with", "open").out
    assert "(seen by Emmy Noether, what is of a mentee goes to nobody else)" in shared


def test_without_a_reader_their_goals_stay(invoke: Invoke) -> None:
    """An export for nobody in particular says that it leaves them out, and how to include them."""
    ran = invoke("export", "markdown")

    assert "Submit the thesis" not in ran.out
    assert ran.err == "Left out as private or of mentees: 2 goals, 2 notes (use --include-private to include them)\n"


def test_a_report_has_the_right_heading(invoke: Invoke) -> None:
    """Where a mentee is in it, the column of people says so; a task of theirs is no promise."""
    page = invoke("export", "html").out

    assert "Mentor or mentee" in page
    assert "for Emmy Noether to do" in page
    invoke("set", "noether", "my_role=mentee")
    invoke("set", "joliot", "my_role=mentee")
    assert "Mentor or mentee" not in invoke("export", "html").out


def test_the_facts_of_a_review_are_mine(invoke: Invoke) -> None:
    """Promises and goals of mentees do not count, but in a review of that mentorship."""

    def facts(*words: str) -> dict[str, object]:
        ran = invoke("review", "--answers", "-", *words, "--json", stdin='worked = "x"\n')
        assert ran.exit == 0, ran
        found: dict[str, object] = ran.data["facts"]
        return found

    mine, theirs = facts(), facts("--scope", "noether")
    assert [one["goal"] for one in mine["goals"]] == ["g2222"]  # type: ignore[attr-defined]
    assert mine["promises_open"] == 1
    assert [one["goal"] for one in theirs["goals"]] == ["g3333"]  # type: ignore[attr-defined]
    assert theirs["promises_open"] == 1


def test_status_has_a_section_of_theirs(invoke: Invoke) -> None:
    """A line for each mentee of whom something is near; their tasks are not owed to me, their goals not mine."""
    shown = invoke("status").out
    data = invoke("status", "--json").data

    assert "Mentees (2 of 3; see: mentorlog mentee list)\n" in shown
    assert "  noether  Emmy Noether, last met 4 weeks ago; 1 task late, 1 goal due  due Mon 23 Nov\n" in shown, shown
    assert "  curie    Marie Curie: 1 goal drifting\n" in shown
    assert "Talk to" not in shown
    assert [one["id"] for one in data["goals"]] == ["g2222"]
    assert [one["id"] for one in data["theirs"]] == ["t2222"]
    assert [(one["id"], len(one["goals"]), len(one["tasks"])) for one in data["mentees"]] == [
        ("noether", 1, 1),
        ("joliot", 0, 0),
        ("curie", 1, 0),
    ]


def test_status_without_mentees_is_as_before(invoke: Invoke) -> None:
    """Where nobody is a mentee there is no section."""
    for id in ("noether", "joliot", "curie"):
        invoke("set", id, "my_role=mentee")

    assert "Mentees" not in invoke("status").out


def test_due_names_what_they_have_to_do(invoke: Invoke) -> None:
    """With their name; their goals are not due for me."""
    rows = invoke("due", "--json").data

    assert [(one["id"], one["text"]) for one in rows if one["reason"] == "their_task"] == [
        ("t3333", "Read the review, Emmy Noether")
    ]
    assert not [one for one in rows if one["reason"] == "goal"]


def test_they_are_listed_where_the_mentee_is_asked_for(invoke: Invoke) -> None:
    """With other words than those for a promise."""
    owed, waits = invoke("task", "owed", "--with", "noether").out, invoke("waiting", "--with", "noether").out

    assert "Theirs to do (1, 1 late)" in owed and "I am owed" not in owed
    assert "t3333  Read the review: with Emmy Noether" in waits and "promise" not in waits
    assert "mentorlog task done t3333" in waits
    assert "t3333" in invoke("task", "list").out


def test_what_a_former_mentee_has_to_do_is_no_promise(invoke: Invoke) -> None:
    """After the end it is still not owed to me."""
    invoke("mentor", "end", "noether", "--kind", "completed")
    data = invoke("status", "--json").data

    assert [one["id"] for one in data["theirs"]] == ["t2222"]
    assert [one["id"] for one in data["mentees"]] == ["joliot", "curie"]


def test_who_mentors_me_too_promises(invoke: Invoke, keep: Callable[..., None]) -> None:
    """A task of somebody who is both stays a promise to me; only their goals are theirs."""
    keep(make_task(id="t5555", title="Read my draft", owner="curie"))

    assert "t5555" in json.dumps(invoke("status", "--json").data["theirs"])
    assert "Read my draft: promised by Marie Curie" in invoke("waiting").out
    assert "mentor curie · active" in invoke("show", "curie").out
