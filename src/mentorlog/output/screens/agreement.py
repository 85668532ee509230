"""The screens of `mentor agreement`: what stands, what is open, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest

from mentorlog import dates
from mentorlog.models.views import called, counted, joined
from mentorlog.output import terms
from mentorlog.output.page import NARROW, USUAL, Page
from mentorlog.output.text import one_line, pad, safe, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.agreement import AgreementSheet, Step
    from mentorlog.models.view_types import ComfortView, MentorView

_SIDES = {"mine": "What I expect", "theirs": "What they expect of me"}
_NOT_AGREED = "You have not both agreed to it yet."
_GAP = "  "


def lines(sheet: AgreementSheet, page: Page, today: date) -> list[str]:
    """Lay out the agreement as it stands, or as it stood on a day."""
    shown = [*_head(sheet, page, today), *_sides(sheet, page)]
    others = {name: value for name, value in sheet["terms"].items() if name not in _SIDES}
    shown += ["", *_rows(terms.lines(others, sheet["mentor"]), page)] if others else []
    sections: list[tuple[str, list[str]]] = [("Comfort", _rows(_comfort(sheet), page))]
    if not sheet["at"]:
        sections += [
            ("No answer yet", _rows(_unanswered(sheet), page)),
            ("Changed since both agreed", _rows(_changed(sheet), page)),
            ("Never asked", page.wrap(joined([terms.noun(name) for name in sheet["never_asked"]]), indent="  ")),
        ]
    for title, body in sections:
        shown += ["", page.style(title, "bold"), *body] if any(body) else []
    return shown


def history(sheet: AgreementSheet, page: Page) -> list[str]:
    """Lay out what changed between the versions and since the last, the newest first."""
    shown = page.wrap(f"The agreement with {called(sheet['mentor'])}", "bold")
    for step in sheet["history"]:
        shown += ["", *page.wrap(_title(step), "bold"), *_rows(_step(step, sheet["mentor"]), page)]
    return shown if sheet["history"] else [*shown, *page.wrap(_NOT_AGREED, "dim")]


def _title(step: Step) -> str:
    if step["until"]:
        return f"Agreed on {dates.say(step['until'])}"
    since = dates.say(str(step["since"]))
    return f"Changed since {since}, not agreed yet" if step["changes"] else f"Nothing has changed since {since}."


def _step(step: Step, mentor: MentorView) -> Iterator[terms.Line]:
    """Yield what changed; of the first version, what was agreed."""
    if step["since"] is None:
        yield from terms.lines({one["term"]: one["new"] for one in step["changes"]}, mentor)
    elif step["changes"]:
        yield from terms.change_lines(step["changes"], mentor)
    elif step["until"]:
        yield "", "unchanged"


def _head(sheet: AgreementSheet, page: Page, today: date) -> Iterator[str]:
    mentor, at = sheet["mentor"], sheet["at"]
    agreed_on, until = sheet["agreed_on"], sheet["held_until"]
    title = f"The agreement with {called(mentor)}"
    yield from page.wrap(f"{title} on {dates.say(at)}" if at else title, "bold")
    if at:
        held = f"this held until {dates.say(until)}" if until else "this still holds"
        yield from page.wrap(f"Both agreed on {dates.say(str(agreed_on))}; {held}.", "dim")
        return
    if agreed_on:
        yield from page.wrap(f"Both agreed on {dates.say(agreed_on)}, {dates.ago(agreed_on, today)}.", "dim")
    elif sheet["terms"]:
        yield from page.wrap(_NOT_AGREED, "dim")
    else:
        yield from page.wrap("Nothing is recorded yet.", "dim")
    if day := sheet["revisit_on"]:
        ink = "yellow" if sheet["revisit_due"] else "dim"
        look = "You wanted to look at it again" if day < today.isoformat() else "Look at it again"
        yield from page.wrap(f"{look} on {dates.say(day)}, {dates.ago(day, today)}.", ink)


def _sides(sheet: AgreementSheet, page: Page) -> list[str]:
    """Return what each side expects: side by side, on a narrow screen one below the other."""
    columns = {side: sheet["terms"].get(side) or ["nothing recorded"] for side in _SIDES}
    if not any(side in sheet["terms"] for side in _SIDES):
        return []
    if page.terminal and page.width < NARROW:
        return [
            line
            for side, texts in columns.items()
            for line in ("", page.style(_SIDES[side], "bold"), *_bullets(texts, page.width))
        ]
    room = (min(page.limit or USUAL, 100) - len(_GAP)) // 2
    left, right = (_bullets(texts, room) for texts in columns.values())
    heads = [pad(title, room) for title in _SIDES.values()]
    head = page.style(heads[0], "bold") + _GAP + page.style(heads[1].rstrip(), "bold")
    return ["", head, *((pad(a, room) + _GAP + b).rstrip() for a, b in zip_longest(left, right, fillvalue=""))]


def _bullets(texts: Sequence[str], room: int) -> list[str]:
    return [line for text in texts for line in wrap(safe(one_line(text)), room, "    ", "  - ")]


def _unanswered(sheet: AgreementSheet) -> Iterator[terms.Line]:
    """Yield what has no answer from the other side; before both agreed that is all, and only counted."""
    open_ = sheet["no_answer"]
    for side, name, texts in (("from them", "mine", open_["from_them"]), ("from me", "theirs", open_["from_me"])):
        if sheet["agreed_on"]:
            yield from ((side, one_line(text)) for text in texts)
        elif texts:
            yield side, f"{terms.noun(name)} ({counted(len(texts), 'entry', 'entries')})"
    if not sheet["agreed_on"] and sheet["terms"]:
        yield "", f"Once you both agree: mentorlog mentor agree {sheet['mentor']['id']}"


def _changed(sheet: AgreementSheet) -> Iterator[terms.Line]:
    """Yield what changed since both agreed, but for what is shown as unanswered."""
    for one in sheet["changes"]:
        added = list[str]() if one["term"] in _SIDES else one["added"]
        yield from terms.change_lines([{**one, "added": added}], sheet["mentor"])


def _comfort(sheet: AgreementSheet) -> Iterator[terms.Line]:
    """Yield the last known answer of each side."""
    mine, theirs = sheet["comfort"]["mine"], sheet["comfort"]["theirs"]
    if mine:
        yield "me", _felt(str(mine["mine"]), mine)
    if theirs:
        yield called(sheet["mentor"]), _felt(str(theirs["theirs"]), theirs)


def _felt(answer: str, entry: ComfortView) -> str:
    comment = f": {one_line(entry['comment'])}" if entry["comment"] else ""
    return f"{answer}, {dates.say(entry['on'])}{comment}"


def _rows(rows: Iterable[terms.Line], page: Page) -> list[str]:
    """Return labels in one column and texts in another; a repeated label is shown once."""
    rows = list(rows)
    column = max((width(label) for label, _ in rows), default=0)
    indent, body, before = " " * (column + 4), list[str](), None
    for label, text in rows:
        if not label:
            body += page.wrap(text, "dim", indent="  ")
            continue
        shown = "" if label == before else label
        first, *more = wrap(safe(text), page.limit, indent)
        body.append(f"  {page.style(shown, 'dim')}{' ' * (column - width(shown) + 2)}{first[len(indent) :]}")
        body += more
        before = label
    return body
