"""Phrases that screens and messages share."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

import parsed
from mentorlog import dates
from mentorlog.models.views import counted, joined
from mentorlog.output import phrases

SOURCES = Path(dates.__file__).resolve().parent


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["Osler"], "Osler"),
        (["Osler", "Curie"], "Osler and Curie"),
        (["Osler", "Curie", "Blackwell"], "Osler, Curie and Blackwell"),
    ],
)
def test_names_are_joined_as_people_list_them(names: list[str], text: str) -> None:
    """A comma between names, and "and" before the last one."""
    assert joined(names) == text


def test_no_other_function_joins_names() -> None:
    """Every sentence lists names alike: messages, screens, headings, the timeline, hints with alternatives."""
    elsewhere = []
    for path in sorted(SOURCES.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        own = path.name == "views.py"
        for node in () if own else parsed.nodes(text):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Constant(value=" and " | " or "), attr="join"), args=args):
                    elsewhere.append((path.name, ast.unparse(args[0])))

    assert elsewhere == [
        ("date_words.py", "(f'{day.isoformat()} ({say(day)})' for day in days)"),  # never more than two
        ("errors.py", "kinds"),
    ]


@pytest.mark.parametrize(("count", "text"), [(0, "0 copies"), (1, "1 copy"), (2, "2 copies")])
def test_a_noun_is_singular_for_one_only(count: int, text: str) -> None:
    """The plural is the noun with an s unless another is given."""
    assert counted(count, "copy", "copies") == text
    assert counted(2, "record") == "2 records"


def test_this_years_number_is_left_out() -> None:
    """A day of another year keeps its year."""
    today = date(2026, 11, 23)

    assert dates.short("2026-12-04", today) == "Fri 4 Dec"
    assert dates.short("2027-01-04", today) == "Mon 4 Jan 2027"


def test_a_cadence_names_what_was_agreed() -> None:
    """What is empty is left out; months are also told in days where it must be exact."""
    agreed = {"every_days": 28, "longest_days": 61, "mode": "in_person", "minutes": None}

    assert phrases.cadence(agreed)[:1] == ["every 4 weeks"]
    assert phrases.cadence({"every_days": 60}, exact=True) == ["every 60 days"]
    assert phrases.cadence(agreed)[-1] == "in person"
    assert phrases.cadence({}) == []


def test_a_result_names_the_record_then_its_details() -> None:
    """A result is `Verb kind id: title (details)`: no period, no empty brackets."""
    assert phrases.result("Added goal g7k3q", "Why?", ["by Fri", "", "with Osler"]) == (
        "Added goal g7k3q: Why? (by Fri, with Osler)"
    )
    assert phrases.result("Added goal g7k3q", "Why?") == "Added goal g7k3q: Why?"
    assert phrases.result("Moved it", details=["was Fri"]) == "Moved it (was Fri)"


def test_nothing_to_do_is_a_sentence() -> None:
    """What was so before is said, and that nothing changed; a name that begins it stays as it was typed."""
    assert phrases.unchanged("irene curie is already active") == "irene curie is already active; nothing changed."


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [("1 May", "3 May", "1 May to 3 May"), ("1 May", "", "since 1 May"), ("", "3 May", "until 3 May"), ("", "", "")],
)
def test_from_to(first: str, last: str, text: str) -> None:
    """A span of time, of which one end may be unknown."""
    assert phrases.from_to(first, last) == text
