"""The types of views: they say what the declarations say, and a misspelt key is an error of mypy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from mentorlog import vocabulary
from mentorlog.domain import computed
from mentorlog.models import view_types
from mentorlog.models.fields import Spec, class_of, spec
from mentorlog.models.record import Part

ROOT = Path(__file__).parents[2]
PLAIN = {
    "date": str,
    "datetime": str,
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "Mapping[str, Any]": dict[str, Any],
}
SCRIPT = """
from mentorlog.models.view_types import GoalView, MentorView


def title(goal: GoalView) -> int:
    return len(goal["titel"])


def first_fit(mentor: MentorView) -> int:
    return len(mentor["fit"][0]["anwser"])


def mentors(goal: GoalView) -> list[str]:
    return [share["mentor"] for share in goal["mentors"]]
"""


def parts_of(kind: type[Part]) -> Iterator[type[Part]]:
    """Yield a kind and the parts within it."""
    yield kind
    for one in spec(kind).values():
        if one.part:
            yield from parts_of(one.part)


KINDS = [part for kind in (*vocabulary.RECORD_KINDS, "profile") for part in parts_of(class_of(kind))]


def type_of(kind: type[Part]) -> Any:
    """Return the type of the views of a kind."""
    return getattr(view_types, f"{kind.__name__}View")


def seen(one: Spec) -> Any:
    """Return the type that a view has for a field: days are texts."""
    inner = type_of(one.part) if one.part else PLAIN[one.type_name]
    whole = list[inner] if one.is_list else inner  # type: ignore[valid-type]
    return whole | None if one.optional else whole


@pytest.mark.parametrize("kind", dict.fromkeys(KINDS), ids=lambda kind: kind.__name__)
def test_a_view_has_the_fields_of_its_kind(kind: type[Part]) -> None:
    """Every field of a kind is a key of its views, of the type that the declaration says; no other is."""
    hints = get_type_hints(type_of(kind))
    beside = {"record", "id"} - spec(kind).keys()

    assert {name: hint for name, hint in hints.items() if name not in beside} == {
        name: seen(one) for name, one in spec(kind).items()
    }


@pytest.mark.parametrize("kind", computed.FIELDS)
def test_a_full_view_has_the_computed_fields_of_its_kind(kind: str) -> None:
    """What mentorlog.domain.computed adds to a kind, and nothing else, is added to its type."""
    stored, full = (getattr(view_types, name) for name in (f"{kind.capitalize()}View", f"Full{kind.capitalize()}"))

    assert full.__annotations__.keys() - stored.__annotations__.keys() == {*computed.FIELDS[kind]}


def test_a_misspelt_key_is_an_error(tmp_path: Path) -> None:
    """mypy finds both slips, in a record and in a part of one, and nothing wrong with what is right."""
    script = tmp_path / "slips.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(script)],
        env={"MYPYPATH": str(ROOT / "src"), "PATH": ""},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert 'TypedDict "GoalView" has no key "titel"' in done.stdout
    assert 'TypedDict "FitView" has no key "anwser"' in done.stdout
    assert "Found 2 errors in 1 file" in done.stdout, done.stdout + done.stderr
