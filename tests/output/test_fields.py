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
from mentorlog.output.fields import COUNTERS, FIELDS, Field, Names

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


@pytest.mark.parametrize("kind", TABLES)
def test_every_field_of_the_table_is_one_of_the_model(kind: str) -> None:
    """A field that was renamed or removed leaves no line behind."""
    common = {"record", "id", "prefix", "created", "links", "notes"}

    assert set(FIELDS[kind]) - common <= set(spec(TABLES[kind]))


@pytest.mark.parametrize(("kind", "name"), FIELDS_OF_KINDS)
def test_every_field_reads_as_it_is_declared(kind: str, name: str) -> None:
    """A day reads as a day, what names records as those, and every nested table has words of its own."""
    declared, field = spec(TABLES[kind])[name], FIELDS[kind].get(name, Field(name))
    nested = declared.part is not None and name not in OWN_TABLES

    assert (field.entry is not None) == nested
    if not nested:
        assert (field.format == "day") == (declared.type_name == "date")
    if not field.in_heading and not nested:
        assert (field.format in ("person", "record", "scope")) == bool(declared.target_kinds)


def test_every_counter_of_a_review_is_shown() -> None:
    """What a review freezes is counted under one of the headings."""
    counters = [name for group in COUNTERS.values() for name in group]

    assert sorted(counters) == sorted(set(spec(Facts)) - {"goals"})


def test_a_value_of_another_type_is_shown_as_it_is() -> None:
    """A file may hold anything under a name that mentorlog knows."""
    names = Names({})

    assert FIELDS["task"]["due"].text(7, names) == "7"
    assert FIELDS["task"]["rounds"].text("twice", names) == "twice"
    assert FIELDS["goal"]["mentors"].paragraphs(["osler", {"mentor": "curie", "mood": "calm"}], names) == [
        "osler",
        "curie (deleted), not told yet, mood: calm",
    ]
