"""A new record: the questions where its title is missing, and its fields from the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.models.rules import among, clean_line

Parser = Callable[[App, str], Any]


def _words(app: App, text: str) -> list[str]:
    return lookup.split_names(text)


def _mentors(app: App, text: str) -> tuple[str, ...]:
    return lookup.mentor_ids(app, lookup.split_names(text))


def _note_kind(app: App, text: str) -> str:
    return among(text, "kind", vocabulary.NOTE_KINDS)


QUESTIONS: Mapping[str, Mapping[str, tuple[str, Parser | None]]] = {
    "goal": {
        "title": ("What do you want to reach?", None),
        "why": ("What is it for? (Enter: not said)", None),
        "measure": ("How will you know that it is reached? (Enter: not said)", None),
        "by": ("By when? (in 6 weeks, 3 feb, 2027-02-03; Enter: no date)", lookup.day_ahead),
        "mentors": ("With which mentors? (commas between; Enter: nobody)", _mentors),
    },
    "task": {
        "title": ("What is to be done?", None),
        "owner": ("Who does it? (me, or a mentor; Enter: me)", lookup.me_or_mentor),
        "assigned_by": ("Who gave it to you? (a mentor; Enter: nobody)", lookup.me_or_mentor),
        "goal": ("For which goal? (its id; Enter: none)", lookup.goal),
        "due": ("Due when? (fri, in 2 weeks, 2027-02-03; Enter: no date)", lookup.day_ahead),
    },
    "note": {
        "text": ("What is it?", None),
        "kind": ("Which kind? (note, reflection, question, advice, feedback, win …; Enter: note)", _note_kind),
        "goal": ("For which goal? (its id; Enter: none)", lookup.goal),
        "on": ("On which day? (Enter: today)", lookup.day_before),
    },
    "mentor": {
        "name": ("Who is it? (the full name)", None),
        "roles": ("What are they to you? (advisor, coach, sponsor …, commas between; Enter: not said)", _words),
        "every": ("How often will you meet? (4 weeks, monthly; Enter: when it happens)", lookup.length),
        "purpose": ("What is the mentorship for? (Enter: not said)", None),
        "email": ("Their e-mail address? (Enter: not said)", None),
    },
    "candidate": {
        "name": ("Who is it? (the full name)", None),
        "met_via": ("Where did you see them at work? (Enter: not said)", None),
        "qualities": ("What impressed you? (Enter: not said)", None),
    },
}
"""The questions of each `add`, and what parses an answer; all but the first are optional."""


def ask_missing(app: App, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is given of a new record; where its first field is missing, ask for all that is."""
    (first, (question, _)), *others = QUESTIONS[kind].items()
    values = {name: None if value == () else value for name, value in given.items()}
    if values[first] is not None:
        return values
    values[first] = app.prompt.ask_value(question, partial(clean_line, field=first), option=first.upper())
    for field, (question, parser) in others:
        if values[field] is None:
            values[field] = app.prompt.ask_value(question, partial(_parse, app, parser))
    return values


def _parse(app: App, parser: Parser | None, answer: str) -> Any:
    return parser(app, answer) if parser and answer else answer or None


def record_fields(app: App, given: Mapping[str, Any], *others: str) -> dict[str, Any]:
    """Return the given fields of a record without the others: texts from stdin for `-`, ids of records."""
    fields: dict[str, Any] = {}
    for name, value in given.items():
        if name == "private":
            fields |= {"visibility": "private"} if value else {}
        elif value not in (None, ()) and name not in ("notes", "edit", *others):
            if isinstance(value, str):
                value = app.texts.text(value)
            elif isinstance(value, Mapping):
                value = value["id"]
            elif name in ("links", "decisions"):
                value = app.texts.texts(value)
            fields[name] = value
    return fields
