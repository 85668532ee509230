"""A new record: the questions if its title is missing, and its fields from the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.errors import Usage
from mentorlog.models.rules import among, clean_line, wrong_email
from mentorlog.models.views import is_mentee

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from mentorlog.models.cv import Cv

Parser = Callable[[App, str], Any]


def _words(app: App, text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def sharers(app: App, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the mentors with whom a goal is shared, each once, in order; BadValue for a mentee."""
    found = lookup.mentors(app, texts)
    if any(is_mentee(one) for one in found):
        from mentorlog.domain import goal_links

        for one in found:
            goal_links.check_sharer(one)
    return tuple(one["id"] for one in found)


def _sharers(app: App, text: str) -> tuple[str, ...]:
    return sharers(app, [text])


def email(app: App, text: str) -> str:
    """Return an e-mail address, or `-` for stdin; BadValue for what cannot be one."""
    if text != "-" and (wrong := wrong_email(text)):
        raise wrong
    return text


def _note_kind(app: App, text: str) -> str:
    return among(text, "kind", vocabulary.NOTE_KINDS)


QUESTIONS: Mapping[str, Mapping[str, tuple[str, Parser | None]]] = {
    "goal": {
        "title": ("What is your goal?", None),
        "why": ("Why do you want it? (Enter to skip)", None),
        "measure": ("How will you know you achieved it? (Enter to skip)", None),
        "by": ("By when? (e.g. in 6 weeks, 3 feb; Enter to skip)", lookup.day_ahead),
        "mentors": ("With which mentors? (separate with commas; Enter to skip)", _sharers),
    },
    "goal of a mentee": {
        "title": ("What is their goal?", None),
        "why": ("Why do they want it? (Enter to skip)", None),
        "measure": ("How will they know they achieved it? (Enter to skip)", None),
        "by": ("By when? (e.g. in 6 weeks, 3 feb; Enter to skip)", lookup.day_ahead),
    },
    "task": {
        "title": ("What needs to be done?", None),
        "owner": ("Who will do it? (me or a mentor; Enter for me)", lookup.me_or_mentor),
        "assigned_by": ("Which mentor assigned it? (Enter to skip)", lookup.me_or_mentor),
        "goal": ("For which goal? (id; Enter to skip)", lookup.goal),
        "due": ("When is it due? (e.g. fri, in 2 weeks; Enter to skip)", lookup.day_ahead),
    },
    "note": {
        "text": ("What do you want to note?", None),
        "kind": ("What kind? (reflection, question, advice, feedback, win …; Enter for note)", _note_kind),
        "goal": ("For which goal? (id; Enter to skip)", lookup.goal),
        "on": ("On which date? (Enter for today)", lookup.day_before),
    },
    "mentor": {
        "name": ("What is their full name?", None),
        "roles": ("What are their roles? (e.g. advisor, coach; separate with commas; Enter to skip)", _words),
        "every": ("How often will you meet? (e.g. 4 weeks, monthly; Enter to skip)", lookup.length),
        "purpose": ("What is the mentorship for? (Enter to skip)", None),
        "email": ("Their email address? (Enter to skip)", email),
    },
    "mentee": {
        "name": ("What is their full name?", None),
        "every": ("How often will you meet? (e.g. 4 weeks, monthly; Enter to skip)", lookup.length),
        "purpose": ("What is the mentorship for? (Enter to skip)", None),
        "email": ("Their email address? (Enter to skip)", email),
    },
    "candidate": {
        "name": ("What is their full name?", None),
        "met_via": ("Where or how did you meet? (Enter to skip)", None),
        "qualities": ("What impressed you? (Enter to skip)", None),
    },
}
"""The questions of each `add` with the parser of the answer; all but the first are optional."""


def ask_missing(app: App, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a new record; if its first field is missing, ask for all missing ones."""
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


def report(app: App, sentence: str, view: Any) -> None:
    """Print what was added; after the first of its kind, on a terminal, also what is usually next."""
    app.out.say(sentence, view)
    if app.gives_hints:
        from mentorlog.flows import next_step

        app.out.note(*next_step.after(app, view))


def record_fields(app: App, given: Mapping[str, Any], *others: str) -> dict[str, Any]:
    """Return the given fields of a record without `others`, with texts from stdin for `-` and ids of records."""
    fields: dict[str, Any] = {}
    for name, value in given.items():
        if name == "private":
            fields |= {"visibility": "private"} if value else {}
        elif value not in (None, ()) and name not in ("notes", "edit", *others):
            if isinstance(value, str):
                value = app.texts.text(value)
            elif isinstance(value, Mapping):
                value = value["id"]
            elif name in ("links", "decisions", "options"):
                value = app.texts.texts(value)
            fields[name] = value
    return fields


def note_kind(given: Mapping[str, Any]) -> str:
    """Return the kind of a new note, which follows from some of its options; Usage if they need another."""
    kind = given["kind"]
    bound = (("decision", "decision", "advice"), ("option", "options", "decision"), ("to", "to", "introduction"))
    for option, field, needed in bound:
        if given[field] and kind not in (None, needed):
            raise Usage(f"--{option} cannot be used for a note of kind {kind}.", f"use --kind {needed}")
        kind = needed if given[field] else kind
    return kind or "note"


def note_start(
    app: App, template: str | None, text: str | None, on: date, mentors: Sequence[str], goal: Mapping[str, Any] | None
) -> str:
    """Return the text with which a note starts in the editor; Usage for a template together with a text."""
    if template is None:
        return ""
    if text is not None:
        raise Usage("TEXT and --template cannot be used together.", "use only one of them")
    from mentorlog.export.note_text import of_note
    from mentorlog.flows import templates

    names = app.reading.titles(mentors)
    known = of_note(on, [names[id] for id in mentors], goal["title"] if goal else None)
    return templates.filled(app, "reflection", template, known).rstrip("\n")


def place_in_cv(app: App, given: Mapping[str, Any]) -> Cv | None:
    """Return the place in the CV from its options, None without any; Usage if they lack the section."""
    from mentorlog.models.cv import Cv
    from mentorlog.models.fields import spec

    fields: dict[str, Any] = {name: app.texts.text(given[name]) for name in spec(Cv) if given[name] is not None}
    if fields and "section" not in fields:
        hint = f"pass --section with one of: {', '.join(vocabulary.CV_SECTIONS)}"
        raise Usage(f"--{next(iter(fields))} needs --section.", hint)
    return Cv(**fields) if fields else None
