"""The screen of `mentor lineage`: a tree of who helped me, when, in what, and what I took along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mentorlog import dates
from mentorlog.models.views import counted
from mentorlog.output.page import Page
from mentorlog.output.phrases import from_to
from mentorlog.output.text import one_line, safe, spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.lineage import Person

_STEP = 2


def lines(people: Sequence[Person], page: Page, names: Mapping[str, str], empty: str) -> list[str]:
    """Lay out the tree, which indents those whom somebody introduced; `names` has those of the mentors."""
    if not people:
        return page.wrap(empty)
    shown: list[str] = []
    ids = page.ids([one["id"] for one in people if one["id"]])
    deepest = max(page.width // 4 // _STEP, 1)  # deeper branches keep this indent
    for one in people:
        shown += [""] if shown and not one["depth"] else []
        indent = " " * (_STEP * min(one["depth"], deepest))
        id = safe(one["id"] or "")
        head = f"{indent}{id}  " if id else indent
        body = indent + " " * (2 * _STEP)
        first, *more = page.wrap(_who(one), indent=body, first=head)
        shown += [f"{indent}{ids[one['id']]}{first[len(indent) + len(id) :]}" if one["id"] else first, *more]
        for text, ink in _facts(one, names):
            shown += page.wrap(text, *ink, indent=f"{body}  ", first=body)
    return shown


def _who(one: Person) -> str:
    """Return `William Osler, Sep 2024 to Nov 2026: advisor, teacher; case reports`."""
    start, end = (_month(one[key]) for key in ("started", "ended"))
    when = start if start == end else from_to(start, end)
    state = "" if one["status"] in (None, "active", "ended") else spaced(str(one["status"]))
    what = "; ".join(filter(None, [", ".join(map(spaced, one["roles"])), ", ".join(one["domains"])]))
    return ": ".join(filter(None, [", ".join(filter(None, [one["name"], when, state])), what]))


def _month(day: str | None) -> str:
    return " ".join(dates.say(day).split()[2:]) if day else ""


def _facts(one: Person, names: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield further lines and their styles: what happened, how we met, what I took along."""
    goals = f"{counted(one['goals'], 'goal')} achieved" if one["goals"] else ""
    meetings = counted(one["meetings"], "meeting") if one["meetings"] else ""
    if happened := ", ".join(filter(None, [meetings, goals])):
        yield happened, ("dim",)
    if one["introduced_by"] and not one["depth"]:  # they introduced each other
        yield f"introduced by {names.get(one['introduced_by'], one['introduced_by'])}", ("dim",)
    if made := one["introduction"]:
        state = "not followed up" if made["status"] == "open" else "followed up" if made["outcome"] else ""
        how = f": {one_line(made['outcome'])}" if made["outcome"] else ""
        yield ", ".join(filter(None, [f"introduced {dates.say(made['on'])}", f"{state}{how}"])), ("dim",)
    for lesson in one["lessons"]:
        yield f"Lesson: {one_line(lesson)}", ()
