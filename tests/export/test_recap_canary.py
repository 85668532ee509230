"""A word in every text of every kind at every visibility: a recap has those of decisions and of shown tasks alone."""

from __future__ import annotations

import re
from datetime import date
from itertools import count
from typing import Any

import pytest

from mentorlog import vocabulary
from mentorlog.domain.audience import Audience, select
from mentorlog.domain.recap import gather, shared
from mentorlog.export.recap import BUILT_IN, make
from mentorlog.export.templates import Template
from mentorlog.models.fields import Spec, class_of, spec

DAY, TODAY = "2026-11-16", date(2026, 11, 23)
EVERYTHING = """{{ to }} {{ me }} {{ decisions|join(' ') }}
{% for task in mine %}{{ task.title }} {{ task.who }} {% endfor %}
{% for task in theirs %}{{ task.title }} {{ task.who }} {% endfor %}
"""


class Planter:
    """Makes views in which every text is a word of its own."""

    def __init__(self) -> None:
        self._numbers = count()
        self.words: dict[str, tuple[str, str]] = {}
        """The record and the field of each word."""

    def view(self, record: str, id: str, **given: Any) -> dict[str, Any]:
        """A view of a kind with these fields."""
        return {"record": record, **self._part(spec(class_of(record)), id, {"id": id, **given})}

    def _part(self, fields: dict[str, Spec], id: str, given: dict[str, Any]) -> dict[str, Any]:
        return {name: given[name] if name in given else self._value(one, id) for name, one in fields.items()}

    def _value(self, one: Spec, id: str) -> Any:
        value: Any = None
        if one.part:
            value = self._part(spec(one.part), id, {})
        elif one.closed:
            value = one.closed[0]
        elif one.target_kinds:
            value = "g2222" if "goal" in one.target_kinds else "osler"
        elif one.type_name == "str":
            value = f"canary{next(self._numbers):04}"
            self.words[value] = (id, one.name)
        elif one.type_name in ("date", "datetime"):
            value = DAY if one.type_name == "date" else f"{DAY}T09:00:00+00:00"
        elif one.type_name in ("int", "float", "bool"):
            value = 1
        return [value] if one.is_list and value is not None else [] if one.is_list else value


@pytest.fixture
def planter() -> Planter:
    return Planter()


def journal(planter: Planter, people: list[str]) -> list[dict[str, Any]]:
    """A held meeting, with everything that can be about it and about its mentors."""
    views = [planter.view("mentor", id, visibility="mentor", status="active") for id in ("osler", "curie", "virchow")]
    views.append(planter.view("goal", "g2222", visibility="mentor", parent=None))
    held = {"at": "14:00", "status": "held", "mentors": people, "visibility": "mentor", "on": DAY}
    views.append(planter.view("meeting", "m2222", **held))
    for number, visibility in enumerate(vocabulary.VISIBILITIES):
        more = {"visibility": visibility, "meeting": "m2222", "goal": "g2222"}
        for owner in ("me", "osler", "curie", "virchow"):
            id = f"t{number}{owner}"
            views.append(planter.view("task", id, **more, owner=owner, assigned_by="me", helps=None, status="todo"))
        views += [planter.view("note", f"n{number}{kind}", **more, kind=kind) for kind in vocabulary.NOTE_KINDS]
        views.append(planter.view("review", f"r{number}", visibility=visibility, scope="all"))
        views.append(planter.view("goal", f"g{number}", visibility=visibility, parent=None))
        views.append(planter.view("meeting", f"m{number}", **{**held, "visibility": visibility}))
        planned = {"at": "14:00", "status": "planned", "on": "2026-12-01", "mentors": people, "visibility": visibility}
        views.append(planter.view("meeting", f"p{number}", **planned))
    return views


@pytest.mark.parametrize("template", [BUILT_IN, EVERYTHING], ids=["built-in", "every name"])
@pytest.mark.parametrize("people", [["osler"], ["osler", "curie"]], ids=["one", "two"])
def test_only_decisions_and_shown_tasks(planter: Planter, people: list[str], template: str) -> None:
    """Names, decisions and titles of tasks that every reader may see; no other word, and no id."""
    views, profile = journal(planter, people), planter.view("profile", "profile")
    selections = [select(profile, views, Audience("mentor", id)) for id in people]
    seen = shared([selection.views for selection in selections])
    names = {one["id"]: one["name"] for one in views if one["record"] == "mentor"}
    made = make(gather(seen["m2222"], seen, views, TODAY), names, profile["name"], Template("recap", template))

    owners = {"me", "osler"} if len(people) == 1 else {"me"}
    found = {planter.words[word] for word in re.findall(r"canary\d{4}", made)}
    assert found == {
        ("profile", "name"),
        ("m2222", "decisions"),
        *((id, "name") for id in people),
        # Of two, one sees a promise of the other only if it is open.
        *((f"t{number}{owner}", "title") for number in (1, 2, 3) for owner in owners),
        *((f"t3{owner}", "title") for owner in people),
    }
    assert vocabulary.VISIBILITIES[0] == "private" and vocabulary.VISIBILITIES[3] == "open"
    assert not [one["id"] for one in views if re.search(rf"\b{one['id']}\b", made)]
