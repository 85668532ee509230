"""A new record: what is asked for where its name, title or text is missing, and what is given as its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.models.rules import among, clean_line

Reader = Callable[[App, str], Any]


def _line(field: str) -> Reader:
    return lambda app, text: clean_line(text, field)


def _as_typed(app: App, text: str) -> str:
    return text


def _words(app: App, text: str) -> list[str]:
    return lookup.split_names(text)


def _mentors(app: App, text: str) -> tuple[str, ...]:
    return lookup.mentor_ids(app, lookup.split_names(text))


def _note_kind(app: App, text: str) -> str:
    return among(text, "kind", vocabulary.NOTE_KINDS)


QUESTIONS: Mapping[str, Mapping[str, tuple[str, Reader]]] = {
    "goal": {
        "title": ("What do you want to reach?", _line("title")),
        "why": ("What is it for? (Enter: not said)", _as_typed),
        "measure": ("How will you know that it is reached? (Enter: not said)", _as_typed),
        "by": ("By when? (in 6 weeks, 3 feb, 2027-02-03; Enter: no date)", lookup.day_ahead),
        "mentors": ("With which mentors? (commas between; Enter: nobody)", _mentors),
    },
    "task": {
        "title": ("What is to be done?", _line("title")),
        "owner": ("Who does it? (me, or a mentor; Enter: me)", lookup.me_or_mentor),
        "assigned_by": ("Who gave it to you? (a mentor; Enter: nobody)", lookup.me_or_mentor),
        "goal": ("For which goal? (its id; Enter: none)", lookup.goal),
        "due": ("Due when? (fri, in 2 weeks, 2027-02-03; Enter: no date)", lookup.day_ahead),
    },
    "note": {
        "text": ("What is it?", _line("text")),
        "kind": ("Which kind? (note, reflection, question, advice, feedback, win …; Enter: note)", _note_kind),
        "goal": ("For which goal? (its id; Enter: none)", lookup.goal),
        "on": ("On which day? (Enter: today)", lookup.day_before),
    },
    "mentor": {
        "name": ("Who is it? (the full name)", _line("name")),
        "roles": ("What are they to you? (advisor, coach, sponsor …, commas between; Enter: not said)", _words),
        "every": ("How often will you meet? (4 weeks, monthly; Enter: when it happens)", lookup.length),
        "purpose": ("What is the mentorship for? (Enter: not said)", _as_typed),
        "email": ("Their e-mail address? (Enter: not said)", _as_typed),
    },
    "candidate": {
        "name": ("Who is it? (the full name)", _line("name")),
        "met_via": ("Where did you see them at work? (Enter: not said)", _as_typed),
        "qualities": ("What impressed you? (Enter: not said)", _as_typed),
    },
}
"""The questions of each `add`, by field, and how an answer is understood; all but the first may stay unanswered."""


def ask_missing(app: App, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is given of a new record, with all that is missing asked for where the first field is missing."""
    (first, (question, read)), *rest = QUESTIONS[kind].items()
    values = {name: None if value == () else value for name, value in given.items()}
    if values[first] is not None:
        return values
    values[first] = app.prompt.ask_value(question, partial(read, app), option=first.upper())
    for field, (question, read) in rest:
        if values[field] is None:
            values[field] = app.prompt.ask_value(question, partial(_read_if_given, app, read))
    return values


def _read_if_given(app: App, read: Reader, answer: str) -> Any:
    return read(app, answer) if answer else None


def record_fields(app: App, given: Mapping[str, Any], *others: str) -> dict[str, Any]:
    """Return what is given as fields of a record: texts from stdin for `-`, ids of records; not the others.

    What is not given is left out.
    """
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
