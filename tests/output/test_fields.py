"""The table of fields, compared with the models: a field that is added there must be described here."""

from __future__ import annotations

from typing import Any

import pytest

from mentorlog.models.fields import spec
from mentorlog.models.goal import Goal
from mentorlog.models.meeting import Meeting
from mentorlog.models.mentor import Closure, Expectations, Mentor
from mentorlog.models.note import Note
from mentorlog.models.profile import Profile
from mentorlog.models.review import Facts, Review
from mentorlog.models.task import Task
from mentorlog.output import fields
from mentorlog.output.fields import COUNTERS, Names, field

KINDS: dict[str, type[Any]] = {
    "goal": Goal,
    "meeting": Meeting,
    "mentor": Mentor,
    "note": Note,
    "profile": Profile,
    "review": Review,
    "task": Task,
}
TABLES: dict[str, type[Any]] = {**KINDS, "expectations": Expectations, "closure": Closure, "facts": Facts}
OWN_TABLES = {"expectations", "closure", "facts"}


FIELDS_OF_KINDS = [(kind, name) for kind, model in TABLES.items() for name in spec(model)]


def test_every_field_with_a_format_is_one_of_a_model() -> None:
    """A field that was renamed or removed leaves no line behind."""
    every = {name for model in TABLES.values() for name in spec(model)}

    assert fields.SHARED.keys() <= every
    assert all(entries.keys() <= spec(TABLES[kind]).keys() for kind, entries in fields.BY_KIND.items())


@pytest.mark.parametrize(("kind", "name"), FIELDS_OF_KINDS)
def test_every_field_reads_as_it_is_declared(kind: str, name: str) -> None:
    """A day reads as a day, what names records as those, and every nested table has words of its own."""
    declared, format = spec(TABLES[kind])[name], field(kind, name).format
    nested = declared.part is not None and name not in OWN_TABLES

    assert callable(format) == nested
    if not nested:
        assert (format == "day") == (declared.type_name == "date")
        assert (format in ("person", "record", "scope")) == bool(declared.target_kinds)


def test_every_counter_of_a_review_is_shown() -> None:
    """What a review freezes is counted under one of the headings."""
    counters = [name for group in COUNTERS.values() for name in group]

    assert sorted(counters) == sorted(set(spec(Facts)) - {"goals", "entered_late"})


def test_a_value_of_another_type_is_shown_as_it_is() -> None:
    """A file may hold anything under a name that mentorlog knows."""
    names = Names({})

    assert field("task", "due").text(7, names) == "7"
    assert field("task", "rounds").text("twice", names) == "twice"
    assert field("goal", "mentors").paragraphs(["osler", {"mentor": "curie", "mood": "calm"}], names) == [
        "osler",
        "curie (deleted), not told yet, mood: calm",
    ]


def test_the_scope_of_a_review_is_named() -> None:
    """A mentor is named first, also one whose id ends in a number; other records have their id first."""
    names = Names({"chen-2": "Grace Chen", "g7k3q": "Submit case report"})

    assert names.scope("chen-2") == "Grace Chen (chen-2)"
    assert names.scope("g7k3q") == "g7k3q Submit case report"
    assert names.scope("all") == "all"
