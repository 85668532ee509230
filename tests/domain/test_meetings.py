"""Which plan a logged meeting completes, how its words are parted, and what the editor begins with."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import TODAY, make_meeting, make_mentor
from mentorlog.domain import meetings
from mentorlog.errors import BadDate, BadValue, UnknownId
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.record import view

NAMES = {"osler": "William Osler", "curie": "Marie Curie"}


def plan(day: int, *mentors: str, **more: Any) -> dict[str, Any]:
    """A meeting planned for a day of November 2026."""
    on = date(2026, 11, day)
    return view(
        make_meeting(status="planned", on=on, mentors=mentors or ("osler",), id=more.pop("id", f"m22{day}"), **more)
    )


def completed(plans: list[dict[str, Any]], *mentors: str, on: int | None = None) -> str | None:
    """The id of the plan that is completed on Mon 23 Nov 2026."""
    day = date(2026, 11, on) if on else None
    found = meetings.completed_by(plans, mentors or ("osler",), day, TODAY)
    return found and found["id"]


@pytest.mark.parametrize(
    ("days", "on", "expected"),
    [
        ([], None, None),
        ([23], None, "m2223"),  # the one of the day
        ([20, 23], None, "m2223"),
        ([10, 20], None, "m2220"),  # else the nearest that has passed
        ([24], None, None),  # what lies ahead is not reached yet
        ([20, 24], None, "m2220"),
        ([10, 20], 10, "m2210"),
        ([10, 20], 12, "m2210"),  # the nearest to the day that is named
        ([20], 19, "m2220"),  # it took place a day early
    ],
)
def test_the_plan_that_is_completed(days: list[int], on: int | None, expected: str | None) -> None:
    """The planned meeting of that day, else the nearest one that has passed."""
    assert completed([plan(day) for day in days], on=on) == expected


def test_whose_plan_it_is() -> None:
    """A plan fits where all expected were there, or all who were there were expected; the same people fit best."""
    both, alone, other = (
        plan(20, "osler", "curie", id="mbbbb"),
        plan(20, "osler", id="mcccc"),
        plan(20, "curie", id="mdddd"),
    )

    assert completed([both, alone, other]) == "mcccc"
    assert completed([both, other]) == "mbbbb"
    assert completed([alone, both], "osler", "curie") == "mbbbb"
    assert completed([alone], "osler", "curie") == "mcccc"
    assert completed([other]) is None
    assert completed([both], "osler", "blackwell") is None


def test_the_first_of_two_on_a_day() -> None:
    """Of two plans of a day the earlier hour is first."""
    assert completed([plan(23, at="14:00", id="mbbbb"), plan(23, at="09:00", id="mcccc")]) == "mcccc"


def find(text: str) -> dict[str, Any]:
    """Find a mentor by id or name."""
    for id, name in NAMES.items():
        if text in (id, name):
            return {"id": id, "name": name}
    raise UnknownId(text, ("mentor",))


def is_name(text: str) -> bool:
    """Return whether the words are all words of one mentor's name."""
    return any(set(text.split()) <= set(name.split()) for name in NAMES.values())


@pytest.mark.parametrize(
    ("words", "people", "notes"),
    [
        (["osler"], ["osler"], None),
        (["osler", "curie"], ["osler", "curie"], None),
        (["osler", "osler"], ["osler"], None),
        (["osler", "We met."], ["osler"], "We met."),
        (["osler", "curie", "-"], ["osler", "curie"], "-"),
        (["osler", "Marie Curie"], ["osler", "curie"], None),
        (["William Osler", "line\nline"], ["osler"], "line\nline"),
        (["Marie", "Curie", "We met."], ["curie"], "We met."),
        (["osler,curie", "We met."], ["osler", "curie"], "We met."),
        (["osler", "Marie Curie, William Osler"], ["osler", "curie"], None),
    ],
)
def test_mentors_and_notes(words: list[str], people: list[str], notes: str | None) -> None:
    """The last word is the notes where it is a text of several words and no name, or -."""
    found, text = meetings.split_arguments(words, find, is_name)

    assert ([one["id"] for one in found], text) == (people, notes)


@pytest.mark.parametrize(
    ("words", "name"), [(["osler", "crie"], "crie"), (["crie", "We met."], "crie"), (["We met."], "We")]
)
def test_a_misspelt_mentor_is_no_note(words: list[str], name: str) -> None:
    """A single word is a mentor, and the first one always."""
    with pytest.raises(UnknownId, match=name):
        meetings.split_arguments(words, find, is_name)


def test_a_note_of_one_word_is_helped() -> None:
    """Whoever meant it as a note is told how; the first word is always a mentor."""
    with pytest.raises(UnknownId) as second:
        meetings.split_arguments(["osler", "Great"], find, is_name)
    with pytest.raises(UnknownId) as first:
        meetings.split_arguments(["Great"], find, is_name)

    assert "--notes" in (second.value.hint or "")
    assert "--notes" not in (first.value.hint or "")


@pytest.mark.parametrize("blank", ["", "  "])
def test_empty_notes(blank: str) -> None:
    """Notes that are given and empty are a mistake of whoever types."""
    with pytest.raises(BadValue, match="empty"):
        meetings.split_arguments(["osler", blank], find, is_name)


def test_when_a_meeting_is_ahead() -> None:
    """Day and hour; a day that is past is refused."""
    assert meetings.planned_time("fri 14:00", TODAY) == {"on": date(2026, 11, 27), "at": "14:00"}
    assert meetings.planned_time("today", TODAY)["on"] == TODAY
    with pytest.raises(BadDate, match="Sun 22 Nov 2026 is in the past"):
        meetings.planned_time("2026-11-22", TODAY)


def test_what_is_agreed() -> None:
    """Mode and length of the cadence count where nothing else is said; several mentors are a group."""
    osler = {**view(make_mentor(every=28)), "cadence": {"mode": "video", "minutes": 30}}
    curie = view(make_mentor(id="curie"))

    assert meetings.plan_defaults([osler]) == {"mode": "video", "kind": "regular", "minutes": 30}
    assert meetings.log_defaults([osler]) == {"mode": "video", "kind": "regular"}
    assert meetings.plan_defaults([curie, osler]) == {"mode": "in_person", "kind": "group", "minutes": None}


def test_the_template() -> None:
    """An empty line to write in comes first; what there is to prepare is in a comment that is not kept."""
    planned = view(make_meeting(agenda=(AgendaItem(text="Choice of journal"),)))
    prepared = "Nightingale --> Osler"
    text = meetings.template(prepared, planned)

    empty = meetings.template("x", None)

    assert text.startswith(
        "\n\n## Agenda\n\n- Choice of journal\n\n<!-- This comment is not saved.\n\nNightingale - -> Osler"
    )
    assert text.endswith("-->\n")
    assert empty.startswith("\n\n<!-- ")
    assert meetings.without_comment(f"We met.{text}") == "We met.\n\n## Agenda\n\n- Choice of journal"
    assert meetings.without_comment(f"{text}We met.\n") == "## Agenda\n\n- Choice of journal\n\nWe met."
    assert meetings.without_comment(f"We{empty}met.\n") == "We\n\nmet."
    assert meetings.without_comment("We met.\n") == "We met.\n"
    assert meetings.without_comment(f"{empty.replace('-->', '')}We met.").endswith("We met.")
    assert meetings.without_comment(empty) is None
    assert meetings.without_comment(None) is None
