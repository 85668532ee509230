"""A word in every text of every kind at every visibility: a text to a mentor has only those that it is made of."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from export.test_recap_canary import Planter, journal
from mentorlog.domain import writing
from mentorlog.domain.audience import Audience, select
from mentorlog.export import letters
from mentorlog.export.plain_text import fill
from mentorlog.export.template_kinds import KINDS
from mentorlog.export.templates import Template

TODAY = date(2026, 11, 23)
OF_PROFILE = {"name", "stage", "level", "program", "institution", "specialty", "email", "aims", "growth_areas"}


@pytest.mark.parametrize("kind", ["ask", "thanks", "letter-packet", "agenda"])
def test_only_what_it_is_made_of(kind: str) -> None:
    """Of the profile what the manual lists, of work together titles and outcomes, and no private record."""
    planter = Planter()
    views: list[Any] = journal(planter, ["osler"])
    for number, view in enumerate(one for one in views if one["record"] == "task" and one["owner"] == "me"):
        view |= {"status": "done" if number % 2 else "todo", "done_on": "2026-11-20"}
    profile = planter.view("profile", "profile")
    selection = select(profile, views, Audience("mentor", "osler"))
    osler = next(one for one in selection.of("mentor"))
    names: dict[str, Any] = {**letters.people(selection.profile, [osler["name"]])}
    names |= letters.of_work(writing.work(selection, writing.OtherNames(views, "osler")))
    names |= letters.of_request(selection.profile, osler["purpose"]) | {"in_touch": True}
    plan = writing.next_meeting("osler", views, TODAY)
    names |= letters.of_agenda(writing.agenda(["osler"], plan["id"] if plan else "", [selection], views))
    task: Any = planter.view("task", "t9999", owner="osler", visibility="mentor")
    if kind == "letter-packet":
        names |= letters.of_letter(task, task["letter"], selection.profile)
    made = fill(Template(kind, KINDS[kind].built_in), {key: names[key] for key in KINDS[kind].examples[0]})

    found = {planter.words[word] for word in re.findall(r"canary\d{4}", made)}
    private = {view["id"] for view in views if view["visibility"] == "private"}
    kinds = {view["id"]: view["record"] for view in views}
    assert not {id for id, _ in found} & private
    assert {field for id, field in found if id == "profile"} <= OF_PROFILE
    allowed = {
        "mentor": {"name", "purpose"},
        "goal": {"title"},
        "task": {"title", "outcome", "instructions", "for_", "for", "to"},
    }
    allowed |= {"meeting": {"text"}, "note": {"text", "title", "role", "venue", "place", "citation"}}
    for id, field in found:
        if id not in ("profile", "t9999"):
            assert field in allowed[kinds[id]], (id, field)
            assert kinds[id] != "mentor" or id == "osler"
    assert found and not [
        one["id"] for one in views if re.search(rf"\b{one['id']}\b", made) and one["record"] != "mentor"
    ]
