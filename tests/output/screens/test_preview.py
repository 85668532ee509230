"""The screen of `export --preview`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_task
from mentorlog.domain.audience import OTHERS, PROGRAM, SELF, Audience, Selection, select
from mentorlog.domain.lint import Hit
from mentorlog.domain.query import About
from mentorlog.models.record import Record, view
from mentorlog.output.page import Page
from mentorlog.output.screens import preview
from mentorlog.output.text import width
from mentorlog.store.format.document import profile_view

NAMES = {"osler": "William Osler", "curie": "Marie Curie"}
OSLER = Audience("mentor", "osler")
WIDE = "日本語のながい題名" * 12 + " é 🩺 [/b]"
RECORDS = [
    make_mentor(email="osler@example.org"),
    make_mentor(id="curie", name="Marie Curie", status="candidate"),
    make_goal(id="g2222", title=WIDE, visibility="program", mentors=["osler"]),
    make_goal(id="g3333", title="Keep an evening free", why="Rest"),
    make_goal(id="g4444", title="Read films", visibility="private"),
    make_task(id="t2222", goal="g2222"),
    make_meeting(id="m2222"),
    make_note(id="n2222", kind="reflection", visibility="mentor", mentors=("osler",)),
    *(make_note(id=f"n33{letter}2", text="A thought") for letter in "abcdefghjkmnpq"),
]


def selection(audience: Audience = OTHERS, *records: Record) -> Selection:
    """What goes to an audience."""
    return select(profile_view(make_profile(needs=("Time",))), [view(one) for one in records or RECORDS], audience)


def shown(chosen: Selection, page: Page | None = None, hits: Sequence[Hit] = (), **about: Any) -> list[str]:
    """The lines of the screen."""
    return preview.lines(chosen, About(**about), NAMES, hits, page or Page())


@pytest.mark.parametrize("columns", [40, 64, 80])
@pytest.mark.parametrize("audience", [OTHERS, SELF, PROGRAM, OSLER])
def test_it_fits_the_terminal(audience: Audience, columns: int) -> None:
    """Every line but the commands, which are copied whole."""
    lines = shown(selection(audience), Page(columns, terminal=True))

    assert [line for line in lines if width(line) > columns and "mentorlog share" not in line] == []


def test_for_the_program() -> None:
    """What goes, what is counted, what stays with the command that shares it, and the fields that stay."""
    lines = shown(selection(PROGRAM), until="2026-11-30")

    assert lines[0] == "Preview for your program (until Mon 30 Nov 2026); nothing is written."
    assert "  1 mentor  William Osler" in lines
    assert "  counted   1 goal, 1 task, 1 meeting and 1 note (days and status, no text)" in lines
    start = lines.index("Left out: not shared with your program")
    assert lines[start + 1 : start + 4] == [
        "  g3333  Keep an evening free",
        "  n2222  He draws the differential first.",
        "  share one: mentorlog share g3333 --with program --tasks",
    ]
    private = lines.index("Left out: private")
    assert lines[private + 1] == "  g4444  Read films"
    assert lines[private + 11 : private + 13] == [
        "  and 5 notes more (--json lists all)",
        "  share one: mentorlog share g4444 --with program --tasks",
    ]
    never = lines.index("Left out: mentorships that never began")
    assert lines[never + 1 : never + 3] == ["  curie  Marie Curie", ""]
    assert lines[-4:] == ["Left out: fields", "  mentor   email", "  goal     mentors", "  profile  needs"]


def test_for_a_mentor() -> None:
    """What does not name them goes with `open`, or this once."""
    lines = shown(selection(OSLER))

    start = lines.index("Left out: not about William Osler")
    assert lines[start + 3 : start + 5] == [
        "  share one with anyone: mentorlog share g3333 --with open",
        "  include one this once: --add g3333",
    ]
    assert "Left out: kinds of notes that no mentor gets" in lines
    assert lines[0] == "Preview for William Osler; nothing is written."


def test_for_oneself_everything_goes() -> None:
    """Nothing is left out; what is asked for is in the first line."""
    lines = shown(selection(SELF), mentors=("osler", "curie"), goal="g2222")

    assert lines[0] == (
        "Preview for yourself, with private records and fields (with William Osler and Marie Curie, for goal g2222); "
        "nothing is written."
    )
    assert not any(line.startswith("Left out") for line in lines)


def test_a_format_without_counts() -> None:
    """What it would count is left out, and listed as such."""
    lines = shown(selection(PROGRAM).but(counted=[]))

    start = lines.index("Left out: your program gets no text of these")
    assert lines[start + 1].startswith("  m2222  Meeting with William Osler on")
    assert lines[start + 2] == "  t2222  Draft abstract"
    assert lines[start + 3] == "  share one: mentorlog share t2222 --with program"
    assert not any(line.startswith("  counted") for line in lines)


def test_what_may_identify_a_patient() -> None:
    """It stands at the end, with the words and the command that shows all of it."""
    hits = [Hit(number + 1, "patient", "bed", "bed 12", "goal", "g2222", "why") for number in range(12)]

    lines = shown(selection(PROGRAM), hits=hits)
    start = lines.index("May identify a patient")
    assert lines[start + 1] == "  g2222  why, line 1: bed “bed 12”"
    assert lines[start + 11 :] == ["  and 2 more", "  see: mentorlog lint g2222"]
    assert preview.data(selection(PROGRAM), hits)["lint"][0]["text"] == "bed 12"


def test_an_empty_journal() -> None:
    """The profile goes always."""
    nothing = select(profile_view(make_profile(name=None, stage=None)), [], PROGRAM)

    assert shown(nothing)[2:] == ["Included", "  profile  empty"]


def test_the_data_names_every_record() -> None:
    """For scripts: what goes, what is counted, and what stays with why, its fields and the command."""
    data = preview.data(selection(PROGRAM), [])

    assert data["audience"] == {"kind": "program", "mentor": None}
    assert [one["id"] for one in data["included"]] == ["profile", "osler", "g2222"]
    assert [one["id"] for one in data["counted"]] == ["g3333", "t2222", "m2222", "n2222"]
    assert len(data["withheld"]) == len(RECORDS) + 1  # of the two that go, and of the profile, fields
    by = {one["id"]: one for one in data["withheld"]}
    assert by["g3333"] == {
        "record": "goal", "id": "g3333", "why": "not_shown", "title": "Keep an evening free", "fields": [],
        "command": "mentorlog share g3333 --with program",
    }  # fmt: skip
    assert (by["m2222"]["why"], by["m2222"]["command"]) == ("counted", None)
    assert (by["osler"]["why"], by["osler"]["fields"]) == ("field", ["email"])


@pytest.mark.parametrize("audience", [OTHERS, PROGRAM, OSLER])
def test_every_command_does_what_it_says(audience: Audience) -> None:
    """A record goes once it has the visibility of the command that is shown."""
    for one in selection(audience).withheld:
        if one.visibility:
            changed = [{**view(record), **_shared(record, one.id, one.visibility)} for record in RECORDS]
            after = select(profile_view(make_profile()), changed, audience)
            assert one.id in {going["id"] for going in after.views}
            assert preview.command(one) == f"mentorlog share {one.id} --with {one.visibility}"


def _shared(record: Record, id: str, visibility: str) -> dict[str, str]:
    return {"visibility": visibility} if record.id == id else {}
