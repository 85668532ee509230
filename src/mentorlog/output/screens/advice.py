"""The screens of `advice`: what was said and what came of it, side by side; and what there is advice on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest

from mentorlog import dates
from mentorlog.models.views import counted, goal_state, heading, joined
from mentorlog.output.page import NARROW, Page
from mentorlog.output.phrases import ADVICE_RESULTS, day, ref, shorten
from mentorlog.output.text import pad, safe, safe_block, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.advice import Advised, Overview
    from mentorlog.models.view_types import GoalView, NoteView

_SIDES = ("Advice", "What came of it")
_GAP = 2
_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def lines(found: Advised, page: Page, today: date, names: Mapping[str, str]) -> list[str]:
    """Lay out the advice on a goal or decision; `names` has those of mentors and the titles of goals."""
    about = found["about"]
    shown = _block(found, page, today, names)
    for one in found["decisions"]:
        people = {id: name for id, name in names.items() if id != about["id"]}  # the goal is in the heading
        shown += ["", *_block(one, page, today, people)]
    if about["record"] == "goal" and not found["advice"] and not found["decisions"]:
        shown += ["", *_empty(f"--kind advice --goal {about['id']}", page)]
    return shown


def _block(found: Advised, page: Page, today: date, names: Mapping[str, str]) -> list[str]:
    about = found["about"]
    shown = [*_heading(about, page, names), *_options(about, page), *_advice(found, page, today, names)]
    return [*shown, *_choice(about, page)]


def overview(found: Overview, page: Page, today: date) -> list[str]:
    """Lay out the decisions, and the goals that have advice."""
    shown: list[str] = []
    all_open = all(one["about"]["status"] == "open" for one in found["decisions"])
    decisions = "Open decisions" if all_open else "Decisions"
    for title, entries in ((decisions, found["decisions"]), ("Goals with advice", found["goals"])):
        if entries:
            rows = [(one["about"]["id"], _summary(one, today), "", "") for one in entries]
            shown += ["", *page.wrap(title, "bold"), *page.rows(rows)]
    if other := found["other"]:
        rest = f"{counted(other, 'piece')} of advice without a goal or decision: mentorlog note list --kind advice"
        shown += ["", *page.wrap(rest, "dim")]
    return shown[1:] or _empty("--kind advice", page)


def _summary(found: Advised, today: date) -> str:
    about, every = found["about"], [*found["advice"], *(note for one in found["decisions"] for note in one["advice"])]
    people = {mentor for note in every for mentor in note["mentors"]}
    by = f" from {counted(len(people), 'mentor')}" if people else ""
    parts = [f"{counted(len(every), 'piece')} of advice{by}" if every else "no advice yet"]
    if about["record"] == "note":
        parts = [f"since {dates.short(about['on'], today)}" if about["status"] == "open" else _closed(about), *parts]
        parts[1:1] = [counted(len(about["options"]), "option")] if about["options"] else []
    elif decisions := found["decisions"]:
        parts.append(counted(len(decisions), "decision"))
    return f"{shorten(heading(about))} ({', '.join(parts)})"


def _heading(about: GoalView | NoteView, page: Page, names: Mapping[str, str]) -> Iterator[str]:
    if about["record"] == "goal":
        state = [goal_state(about["status"]), day(about["by"], "by ")]
        yield from page.wrap(about["title"], "bold")
        yield from page.wrap(" · ".join(filter(None, [f"goal {about['id']}", *state])), "dim")
    else:
        goal = about["goal"] if about["goal"] in names else None
        state = [about["status"], dates.say(about["on"])]
        state += [f"for goal {ref(goal, names[goal])}"] if goal else []
        for line in wrap(safe_block(about["text"]).strip("\n"), page.limit):
            yield page.style(line, "bold")
        yield from page.wrap(" · ".join(filter(None, [f"decision {about['id']}", *state])), "dim")


def _options(about: GoalView | NoteView, page: Page) -> Iterator[str]:
    if about["record"] == "note" and about["options"]:
        yield from ["", *page.wrap("Options", "bold")]
        for option in about["options"]:
            yield from page.wrap(option, indent="    ", first="  ")


def _choice(decision: GoalView | NoteView, page: Page) -> Iterator[str]:
    if decision["record"] == "note" and decision["outcome"]:
        yield from ["", *page.wrap("Choice" + day(decision["closed_on"], ", "), "bold")]
        yield from wrap(safe_block(decision["outcome"]).strip("\n"), page.limit, "  ")


def _closed(decision: NoteView) -> str:
    return f"closed {dates.say(decision['closed_on'])}" if decision["closed_on"] else "closed"


def _advice(found: Advised, page: Page, today: date, names: Mapping[str, str]) -> list[str]:
    notes = found["advice"]
    if not notes:
        if found["about"]["record"] == "goal":
            return []
        return ["", *_empty(f"--decision {found['about']['id']}", page)]
    stacked, half = page.width < NARROW, (page.width - _GAP) // 2
    columns = page.width if stacked else half
    ids = page.ids([note["id"] for note in notes])
    heads = [_who(note, names, today) for note in notes]
    shown = [""]
    if not stacked:
        shown.append(page.style(pad(_SIDES[0], half), "bold") + " " * _GAP + page.style(_SIDES[1], "bold"))
    for note, head in zip(notes, heads, strict=True):
        who = [page.style(line, "underline") for line in wrap(safe(head), page.width)]
        said = _said(note, ids, columns)
        if stacked:
            shown += [*who, *said, *wrap(_came_of_it(note), columns, "         ")]
        else:
            shown += who + [
                (left + " " * (half - width(_STYLE.sub("", left)) + _GAP) + right).rstrip(" ")
                for left, right in zip_longest(said, wrap(_came_of_it(note), half), fillvalue="")
            ]
    return shown


def _who(note: NoteView, names: Mapping[str, str], today: date) -> str:
    people = joined([names.get(id, f"{id} (deleted)") for id in note["mentors"]])
    return f"{people}, {dates.short(note['on'], today)}" if people else dates.short(note["on"], today)


def _said(note: NoteView, ids: Mapping[str, str], columns: int) -> list[str]:
    id = safe(note["id"])
    indent = " " * (width(id) + 4)
    first, *more = wrap(safe_block(note["text"]).strip("\n"), columns, indent)
    return [f"  {ids[note['id']]}  {first[len(indent) :]}", *more]


def _came_of_it(note: NoteView) -> str:
    """Return the result of advice and what was tried, made safe; `open` if nothing is known of it yet."""
    result, outcome = ADVICE_RESULTS.get(note["result"] or "", ""), safe_block(note["outcome"] or "").strip("\n")
    return ": ".join(filter(None, [result, outcome])) or ("open" if note["status"] == "open" else "closed")


def _empty(options: str, page: Page) -> list[str]:
    return page.wrap(f'No advice yet. Add it with: mentorlog note add "Draw it first" {options}')
