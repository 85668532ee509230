"""Every field of every record is in the Markdown document, or is named here as one that is not."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.domain.query import About
from mentorlog.export.markdown import document
from mentorlog.export.markdown_record import MarkdownNames
from mentorlog.models.fields import Kind, Spec, class_of, spec
from mentorlog.models.profile import Profile
from mentorlog.models.record import as_data, json_ready, view

Path = tuple[str, ...]

RECORDS = {
    "mentor": view(make_mentor()),
    "goal": view(make_goal()),
    "task": view(make_task()),
    "meeting": view(make_meeting()),
    "note": view(make_note()),
    "review": view(make_review()),
    "profile": {"record": "profile", **json_ready(as_data(make_profile()))},
}
NAMES = MarkdownNames({"osler": "William Osler", "curie": "Marie Curie", "g2222": "Present", "g3333": "Publish"}, {})

# Of every record: its id and when it was entered. What is private is left out as a whole.
CONFLICTS = {"conflicts.field", "conflicts.both"}  # of one with another value
NOWHERE = {"id", "created", "source", "visibility"}
LEFT_OUT = {
    "mentor": {"nickname"},  # it is how the resident calls them, not what others should read
    "goal": {"history.review"},
    # A task is listed under its goal or its meeting.
    "task": {"goal", "meeting", "priority", "tags", "defers.old"},
    "meeting": {"recap_on"},  # whoever reads the document has had the recap, or not
    "note": {"meeting"},
    "profile": {"known_names"},  # for lint
    "review": {
        "facts.meetings_cancelled_by_me",
        "facts.meetings_cancelled_by_them",
        "facts.entered_late",  # as a count
        "facts.goals.goal",
        "facts.goals.last_evidence",
        "facts.goals.progress",
        "facts.goals.count",
        "facts.goals.target",
    },
}


def paths(kind: Kind, above: Path = ()) -> Iterator[tuple[Path, Spec]]:
    """Yield the fields of a kind, and those of the tables within it."""
    for name, one in spec(kind).items():
        if one.part:
            yield from paths(one.part, (*above, name))
        else:
            yield (*above, name), one


def specimen(one: Spec, number: int) -> Any:
    """Return a value of a field in a view, another one for each of the numbers 1 and 2."""
    if one.part:
        value: Any = {name: specimen(inner, number) for name, inner in spec(one.part).items()}
    elif one.closed:
        value = one.closed[-number]
    elif one.target_kinds:
        value = ("osler", "curie")[number - 1] if "mentor" in one.target_kinds else f"g{str(number + 1) * 4}"
    else:
        day = f"2026-10-0{number}"
        value = {
            "str": f"word_{number}" if one.open else f"specimen {number}",
            "int": (one.between or (0,))[0] + number,
            "float": (one.between or (0,))[0] + number,
            "bool": number == 1,
            "date": day,
            "datetime": f"{day}T09:00:00+00:00",
            "Mapping[str, Any]": {"by": day},
        }[one.type_name]
    return [value] if one.is_list else value


def with_field(record: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """Return a copy of a record with another value of a field."""
    copy = table = deepcopy(record)
    for name in path[:-1]:
        table = table[name][0] if isinstance(table[name], list) else table[name]
    table[path[-1]] = value
    return copy


def shown(record: dict[str, Any]) -> str:
    """Return the document of one record."""
    if record["record"] == "profile":
        return document(record, [], NAMES, About())
    return document({"record": "profile", **json_ready(as_data(Profile()))}, [record], NAMES, About())


@pytest.mark.parametrize("kind", RECORDS)
def test_every_field_is_shown(kind: str) -> None:
    """A record in which one field differs reads differently, unless the field is named above."""
    fields = {name: specimen(one, 1) for name, one in spec(class_of(kind)).items() if name not in ("id", "status")}
    record = RECORDS[kind] | fields

    same = {
        ".".join(path)
        for path, one in paths(class_of(kind))
        if shown(with_field(record, path, specimen(one, 2))) == shown(record)
    }

    assert same == LEFT_OUT.get(kind, set()) | CONFLICTS | (NOWHERE if kind != "profile" else set())
