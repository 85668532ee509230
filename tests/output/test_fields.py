"""The table of fields, compared with the models: a field that is added there must be described here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from mentorlog.models.goal import Goal
from mentorlog.models.meeting import Meeting
from mentorlog.models.mentor import Closure, Expectations, Mentor
from mentorlog.models.note import Note
from mentorlog.models.profile import Profile
from mentorlog.models.record import Part, field_names
from mentorlog.models.review import Facts, Review
from mentorlog.models.task import Task
from mentorlog.output.fields import COUNTERS, FIELDS, Field, Names

KINDS: dict[str, type[Part]] = {
    "goal": Goal,
    "meeting": Meeting,
    "mentor": Mentor,
    "note": Note,
    "profile": Profile,
    "review": Review,
    "task": Task,
}
TABLES: dict[str, type[Part]] = {**KINDS, "expectations": Expectations, "closure": Closure, "facts": Facts}
OWN_TABLES = {"expectations", "closure", "facts"}


def declared() -> Iterator[tuple[str, str, str]]:
    """Yield (kind, field, annotation) for every field of every table."""
    for kind, model in TABLES.items():
        yield from ((kind, field.name, str(field.type)) for field in fields(model) if field.name != "extra")


@pytest.mark.parametrize("kind", TABLES)
def test_every_field_of_the_table_is_one_of_the_model(kind: str) -> None:
    """A field that was renamed or removed leaves no line behind."""
    common = {"record", "id", "prefix", "created", "links", "notes"}

    assert set(FIELDS[kind]) - common <= set(field_names(TABLES[kind]))


@pytest.mark.parametrize(("kind", "name", "annotation"), list(declared()), ids=lambda text: str(text)[:20])
def test_days_and_entries_are_described(kind: str, name: str, annotation: str) -> None:
    """Every day reads as a day, and every nested table has words of its own."""
    field = FIELDS[kind].get(name, Field(name))
    nested = name in TABLES[kind].PARTS and name not in OWN_TABLES

    assert field.in_heading or (field.format == "day") == (annotation.split(" ")[0] == "date")
    assert (field.entry is not None) == nested


def test_every_counter_of_a_review_is_shown() -> None:
    """What a review freezes is counted under one of the headings."""
    counters = [name for group in COUNTERS.values() for name in group]

    assert sorted(counters) == sorted(set(field_names(Facts)) - {"goals"})


def test_a_value_of_another_type_is_shown_as_it_is() -> None:
    """A file may hold anything under a name that mentorlog knows."""
    names = Names({})

    assert FIELDS["task"]["due"].text(7, names) == "7"
    assert FIELDS["task"]["rounds"].text("twice", names) == "twice"
    assert FIELDS["goal"]["mentors"].paragraphs(["osler", {"mentor": "curie", "mood": "calm"}], names) == [
        "osler",
        "curie (deleted), not told yet, mood: calm",
    ]
