"""A journal worth a review on Mon 23 Nov 2026: two mentors, four goals, late tasks on both sides, some meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.domain.assign import ValueParser
from mentorlog.errors import UnknownId
from mentorlog.models.goal import Progress, Share
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.mentor import Fit
from mentorlog.models.record import Record, view
from mentorlog.store.format import toml
from mentorlog.store.journal import Journal
from terminal import Terminal
from world import NOW


def records() -> list[Record]:
    """All records of the journal."""
    return [
        make_mentor(every=28, fit=(Fit(on=date(2026, 10, 5), answer="deciding"),)),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(
            id="g7k3q",
            by=date(2027, 1, 3),
            mentors=[Share(mentor="osler", told_on=date(2026, 10, 5))],
            measure="Accepted by a journal",
            progress=(Progress(on=date(2026, 11, 2), percent=40, text="Draft is with Osler"),),
        ),
        make_goal(id="g9p2m", title="Present at grand rounds", mentors=["curie"], why="To teach"),
        make_goal(id="g3w5x", title="Learn ultrasound", status="paused"),
        make_goal(id="gcccc", title="Pass the boards", status="achieved", closed_on=date(2026, 10, 1)),
        make_task(id="t4m2x", due=date(2026, 11, 10), assigned_by="osler", goal="g7k3q"),
        make_task(id="t8n3v", title="Introduce me to the ethics board", owner="osler", due=date(2026, 11, 15)),
        make_task(id="t5b6c", title="Revise my CV", status="done", done_on=date(2026, 10, 10), goal="g7k3q"),
        make_task(id="t6d7f", title="Lend me her slides", owner="curie", status="done", done_on=date(2026, 11, 1)),
        make_task(id="t7h8j", title="Read the protocol", due=date(2026, 12, 24)),
        make_meeting(id="m2222", on=date(2026, 10, 5)),
        make_meeting(id="m3333", on=date(2026, 11, 2), agenda=(AgendaItem(text="Draft", goal="g7k3q"),)),
        make_meeting(id="m4444", on=date(2026, 10, 20), status="cancelled", cancelled_by="them"),
        make_meeting(id="m5555", on=date(2026, 11, 9), status="missed", mentors=("curie",)),
        make_note(id="n2222", on=date(2026, 11, 5), goal="g7k3q", text="Osler draws the differential first."),
    ]


def views(*more: Record) -> list[dict[str, Any]]:
    """The same records as the index gives them."""
    return [view(record) for record in [*records(), *more]]


def resolve(text: str, *kinds: str, by_name: bool = False) -> dict[str, Any]:
    """The record with an id, a prefix of one, or a word of a name."""
    for one in views():
        names = f" {one['name']}".lower() if by_name and one["record"] == "mentor" else ""
        if one["record"] in kinds and (one["id"].startswith(text) or f" {text.lower()}" in names):
            return one
    raise UnknownId(text, kinds)


PARSER = ValueParser(TODAY, resolve, toml.literal)
"""What makes the words of answers days and ids."""


BEGIN = "Press Enter to begin"


def walk(screen: Terminal, answers: Sequence[tuple[str, str]]) -> Terminal:
    """Answer one question of a review after another; Enter where it waits below the facts."""
    for question, answer in answers:
        if screen.wait_for_any(BEGIN, question) == BEGIN:
            screen.answer(BEGIN)
        screen.answer(question, answer)
    return screen


def open_journal(root: Path) -> Journal:
    """The journal in a folder, at the time of the tests."""
    return Journal(root, now=datetime.fromisoformat(NOW))


def keep(root: Path, *more: Record) -> None:
    """Write all of it into a journal, as one operation."""

    def put(transaction: Any) -> None:
        for record in [*records(), *more]:
            transaction.put(record)

    open_journal(root).change("sample", put)
