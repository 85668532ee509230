"""The screen of `show`: a heading, the fields in their order, then the prose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mentorlog.models.views import joined, noun
from mentorlog.output.fields import Names, field_lines, field_of, format_day, is_empty
from mentorlog.output.text import fit, safe, safe_block, spaced, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from mentorlog.models.view_types import BlockView, ProfileView
    from mentorlog.models.views import View
    from mentorlog.output.page import Page

_READABLE = 100  # the most cells in a line of prose: longer lines are hard to read
_DATED = re.compile(r"[A-Z][a-z]{2} [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}  ")
_PAST_BLOCKS = 3
_ROOM = 20  # a value gets no hanging indent in fewer cells

_IN_HEADING = {
    **dict.fromkeys(("goal", "task"), "title status"),
    **{"mentor": "name status", "profile": "name"},
    **{"meeting": "kind on at status", "note": "kind on status text", "review": "kind on"},
}
"""The fields that are shown in the heading, by kind."""

# No lists: they read well as typed, and laying them out takes as long as everything else.
_MARKDOWN = re.compile(
    r"^ {0,3}(?:#{1,6}\s|>|```|~~~|\|.*\||-{3,}\s*$|={3,}\s*$)"
    r"|\*\*\S|__\S|~~\S|(?<![\w*_])[*_][^\s*_][^*_\n]*[*_](?!\w)|`[^`\n]+`|\]\(",
    re.MULTILINE,
)


def lines(
    view: View,
    page: Page,
    names: Names,
    states: Mapping[str, str] = {},
    also: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (),
) -> list[str]:
    """Return the lines of a record, safe to print.

    `names` has those of linked records, `states` the status shown beside the action item of a task
    (`{"t4m2x": "done"}`), `also` further sections: a title, and pairs of an id (or nothing) and a text.
    """
    heading = ["record", "id", *_IN_HEADING.get(view.get("record"), "").split()]
    facts: list[tuple[str, list[str]]] = []
    prose: list[tuple[str, str]] = []
    undecided = _undecided(view, names)
    for key, value in view.items():
        if key in heading:
            facts += [(f"or {label}", [text]) for label, text in undecided.pop(key, ())]
        elif not is_empty(value) and not (key == "conflicts" and undecided is not _NOTHING):
            field = field_of(view, key)
            if isinstance(value, str) and ("\n" in value or (field.format == "prose" and has_markdown(value))):
                prose.append((field.label, value))
            else:
                facts += field_lines(view, key, value, names)
                facts += [("or", [text]) for _, text in undecided.pop(key, ())]
    facts += [(f"or {label}", [text]) for others in undecided.values() for label, text in others]
    body = _heading(view, page, names.names)
    if view.get("record") == "note" and "text" in view:
        body += ["", *_prose(view["text"], page, {}, "")]
    if facts:
        body += ["", *_aligned(facts, page)]
    for name, text in prose:
        body += ["", page.style(safe(name), "bold"), *_prose(text, page, states, "  ")]
    if undecided is not _NOTHING:
        body += ["", *page.wrap(f"Choose with: mentorlog resolve {view.get('id') or view.get('record')}")]
    for title, items in also:
        body += ["", page.style(safe(title), "bold")]
        ids = page.ids([id for id, _ in items if id])
        for id, text in items:
            head = f"  {safe(id)}  " if id else "  "
            first, *rest = page.wrap(text, indent=" " * max(width(head), 4), first=head)
            body += [f"  {ids[id]}{first[2 + len(safe(id)) :]}" if id else first, *rest]
    return body


_NOTHING: dict[str, list[tuple[str, str]]] = {}


def _undecided(view: View, names: Names) -> dict[str, list[tuple[str, str]]]:
    """Return the values that are not shown, with what they are called, by the field of the record."""
    if not view.get("conflicts"):
        return _NOTHING
    from mentorlog.output.conflicts import others  # few records have one

    return others(view, names)


def profile(view: ProfileView, page: Page, today: date) -> list[str]:
    """Return the lines of the profile, or how to fill an empty one; of past blocks only the last are listed."""
    if any(value for field, value in view.items() if field not in ("record", "id")):
        from mentorlog.domain.trends import ratings

        rated = _over_time("Ratings over time", ratings(view), (1, 5), page)
        return [*lines({**view, "id": None, "blocks": _recent(view["blocks"], today)}, page, Names({})), *rated]
    return page.wrap(
        "Your profile is empty. Fill it in with: mentorlog profile set name='Mary Blackwell' stage=resident"
    )


def _recent(blocks: Sequence[BlockView], today: date) -> list[Any]:
    """Return the blocks that are not over and the last of the others, and how many there were before them."""
    past = [one for one in blocks if one["to"] < today.isoformat()]
    if len(past) <= _PAST_BLOCKS + 1:
        return list(blocks)
    earlier = past[:-_PAST_BLOCKS]
    last = max(one["to"] for one in earlier)
    return [f"{len(earlier)} earlier, until {format_day(last)}", *(one for one in blocks if one not in earlier)]


def pulse(pulses: Sequence[View], page: Page) -> list[str]:
    """Return the section with the pulse of a mentorship over time; none if there is not more than one."""
    if len(pulses) < 2:
        return []
    from mentorlog.domain.trends import by_aspect

    return _over_time("Pulse over time", by_aspect(pulses), (1, 7), page)


def _over_time(title: str, series: Mapping[str, Sequence[float]], between: tuple[int, int], page: Page) -> list[str]:
    """Return a section with a line for each series of numbers; none if each has but one."""
    from mentorlog.output import trends  # most records have no such numbers

    body = trends.lines(series, *between, page)
    return ["", page.style(title, "bold"), *body] if body else []


def has_markdown(text: str) -> bool:
    """Return whether Markdown would show some prose differently from how it was typed."""
    return _MARKDOWN.search(text) is not None


def _heading(view: View, page: Page, names: Mapping[str, str]) -> list[str]:
    kind = str(view.get("record") or "record")
    status, subkind = str(view.get("status") or ""), str(view.get("kind") or "")
    title = str(view.get("name" if kind in ("mentor", "profile") else "title") or kind.capitalize())
    name = noun(view) if kind == "mentor" else kind
    about = [f"{name} {view['id']}" if view.get("id") else name]
    match kind:
        case "meeting":
            people = joined([names.get(id, id) for id in view.get("mentors") or ()])
            title = f"Meeting with {people}" if people else "Meeting"
            about += [spaced(status), spaced(subkind), f"{format_day(view.get('on'))} {view.get('at') or ''}".rstrip()]
        case "note":
            title = spaced(subkind or kind).capitalize()
            # Only a few kinds of notes can be open; for the others, closed is not worth a word.
            about += [status if status == "open" or view.get("closed_on") else "", format_day(view.get("on"))]
        case "review":
            title = f"{spaced(subkind or kind).capitalize()} review"
            about.append(format_day(view.get("on")))
        case _:
            about.append(spaced(status))
    return [*page.wrap(title, "bold"), *page.wrap(" · ".join(filter(None, about)), "dim")]


def _aligned(labelled: Sequence[tuple[str, list[str]]], page: Page) -> list[str]:
    """Return labels in one column and values in another; a long label gets its own line."""
    named = [(safe(name), values) for name, values in labelled]
    column = min(12 if page.width < 60 else 22, max(width(name) for name, _ in named))
    indent = " " * (column + 2)
    limit = None if page.limit is None else page.limit - len(indent)
    body: list[str] = []
    for name, values in named:
        shown = []
        for text in map(safe_block, values):  # the lines after a day are indented below its text
            day = _DATED.match(text)
            hang = " " * len(day[0]) if day and limit and limit - len(day[0]) >= _ROOM else ""
            shown += wrap(text, limit, hang, "")
        if width(name) > column:
            body.append(page.style(fit(name, page.width) if page.terminal else name, "dim"))
        else:
            start = page.style(name, "dim") + " " * (column + 2 - width(name))
            body.append((start + shown.pop(0)).rstrip(" "))
        body += [(indent + line).rstrip(" ") for line in shown]
    return body


def _prose(text: str, page: Page, states: Mapping[str, str], indent: str) -> list[str]:
    """Return prose as lines: Markdown laid out if there is colour, else as it was typed."""
    if states:
        from mentorlog.domain.action_lines import annotated

        text = annotated(text, states)
    limit = None if page.limit is None else min(page.limit, _READABLE)
    if page.colour and limit is not None and has_markdown(text):
        from mentorlog.output.terminal_markdown import markdown

        shown = markdown(text, limit - len(indent), True).rstrip("\n").split("\n")
        return [indent + line if line else "" for line in shown]
    return wrap(safe_block(text).strip("\n"), limit, indent)
