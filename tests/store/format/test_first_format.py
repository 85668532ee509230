"""A journal of the first format (tests/data/first-format) opens, and changes shape only as its records change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mentorlog.errors import Unreadable
from mentorlog.store.format.document import checked
from world import Ran, World

Invoke = Callable[..., Ran]
FIRST = Path(__file__).parents[2] / "data" / "first-format"
CLOSURE = {
    "on": "2026-09-01",
    "kind": "moved",
    "reasons": [],
    "worked": "Drafts in time",
    "did_not": None,
    "lesson": "Ask earlier",
    "thanked_on": None,
    "handed_to": ["curie"],
    "room": "12",
}


@pytest.fixture
def first(world: World) -> Path:
    """A copy of the journal of the first format."""
    shutil.copytree(FIRST, world.journal)
    for path in (world.journal, *world.journal.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return world.journal


def test_it_shows_what_it_holds(first: Path, world: World) -> None:
    """Its one closure is the first of the list, unknown keys and links with it; doctor finds nothing wrong."""
    shown = world.invoke("show", "osler")

    assert world.invoke("show", "osler", "--json").data["closure"] == [CLOSURE]
    assert [line.split("  ")[0] for line in shown.out.splitlines() if line.startswith("closed")] == [
        "closed on",
        "closed as",
    ]
    assert "Marie Curie" in shown.out
    assert world.invoke("doctor").exit == 0


def test_a_file_changes_shape_only_as_its_record_changes(first: Path, world: World) -> None:
    """What is not changed stays to the byte; a second end then stands behind the first, and undo gives the old file."""
    file = first / "mentors" / "osler.toml"
    before = file.read_bytes()

    world.invoke("set", "curie", "email=curie@example.org")
    world.invoke("set", "osler", "status=ended")
    unchanged = file.read_bytes()
    world.invoke("mentor", "activate", "osler")
    world.invoke("mentor", "end", "osler", "--kind", "completed", "--no-input")
    closures = world.invoke("show", "osler", "--json").data["closure"]
    written = file.read_text()
    world.invoke("undo", "2")

    assert unchanged == before == file.read_bytes()
    assert (closures[0], closures[1]["kind"], len(closures)) == (CLOSURE, "completed", 2)
    assert written.count("[[closure]]") == 2


@pytest.mark.parametrize("shape", [{k: v for k, v in CLOSURE.items() if k != "did_not"}, CLOSURE, [CLOSURE]])
def test_an_export_of_either_shape_comes_in(shape: Any, first: Path, world: World) -> None:
    """What is here already is the same, in whichever shape it stands in the export; null is none."""
    exported = json.loads(world.invoke("export", "json").out)
    osler, curie = sorted(exported["data"]["records"], key=lambda one: -len(str(one["closure"])))
    osler["closure"], curie["closure"] = shape, None

    ran = world.invoke("import", "json", "-", stdin=json.dumps(exported))

    assert (ran.exit, ran.err) == (0, "")
    assert world.invoke("history", "--json").data == []


@pytest.mark.parametrize("closure", ['"no"', "{ on = 2026-09-01 }", "[3]"])
def test_what_is_no_closure_is_named(closure: str) -> None:
    """A wrong closure is refused with its line, as any other field."""
    name = 'id = "curie"\nname = "Marie Curie"\ncreated = 2026-02-02T09:00:00+00:00\n'

    with pytest.raises(Unreadable, match="closure") as refused:
        checked("mentors/curie.toml", f"{name}closure = {closure}\n".encode())

    assert refused.value.line == 4
