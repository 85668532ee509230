"""The screens of `resolve`: what waits for a choice, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentorlog.domain.resolving import GONE, NOTED, SETTLED, Choice
from mentorlog.models.views import noun
from mentorlog.output.conflicts import answers, label, passages
from mentorlog.output.fields import Names
from mentorlog.output.phrases import describe
from mentorlog.output.text import safe, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.models.views import View
    from mentorlog.output.page import Page

    Undecided = Sequence[tuple[View, Sequence[Choice]]]
    Rows = Sequence[tuple[str, str]]

_OR = "or"
_SHOWN = "(shown now)"
_SETTLED = "nothing is left to choose"
_ROOM = 20  # values in fewer cells get lines of their own


# All that wait


def lines(undecided: Undecided, names: Names, page: Page) -> list[str]:
    """Return what waits for a choice, the value shown now first; or that nothing does."""
    if not undecided:
        return ["Nothing waits for a choice."]
    heads = [(safe(view["id"]), noun(view)) for view, _ in undecided]
    first, second = (max(map(width, column)) for column in zip(*heads, strict=True))
    rows = [list(_rows(found, view, names)) for view, found in undecided]
    third = max(width(safe(name)) for of_record in rows for name, _ in of_record)
    is_wide = not page.terminal or page.width - first - second - third - 6 >= _ROOM
    ids = page.ids([view["id"] for view, _ in undecided])
    shown: list[str] = []
    for (id, kind), (view, _), of_record in zip(heads, undecided, rows, strict=True):
        start = f"{id:{first}}  {kind:{second}}  "
        body = _body(of_record, page, third, " " * len(start) if is_wide else "  ")
        head = ids[view["id"]] + start[len(id) :].rstrip() if not is_wide else ids[view["id"]] + start[len(id) :]
        shown += [head + body[0][len(start) :], *body[1:]] if is_wide else [head, *body]
    return shown


def _rows(found: Sequence[Choice], view: View, names: Names) -> Iterator[tuple[str, str]]:
    for choice in found:
        name = label(choice, view)
        if choice.state == SETTLED:
            yield name, _SETTLED
        elif choice.passages:
            yield name, passages(choice)
        else:
            shown, *more = answers(choice, view, names)
            yield name, "the entry is gone" if choice.state == GONE else shown
            yield from ((_OR, other) for other in more)


def _body(rows: Rows, page: Page, column: int, indent: str) -> list[str]:
    """Return rows of a label and a text; `or` is at the right of its column."""
    shown = []
    for name, text in rows:
        name = safe(name)
        gap = " " * (column - width(name))
        head = f"{indent}{gap}{name}  " if name == _OR else f"{indent}{name}{gap}  "
        head = head if page.limit is None or width(head) + _ROOM <= page.limit else f"{indent}{name}  "
        shown += page.wrap(text, indent=" " * width(head), first=head)
    return shown


# One record


def heading(view: View, page: Page) -> list[str]:
    """Return which record it is about: `Goal g7k3q: Case report for JHM`."""
    kind, _, name = describe(view).partition(" ")
    return page.wrap(f"{kind.capitalize()} {name}", "bold")


def options(choice: Choice, view: View, names: Names, page: Page) -> list[str]:
    """Return the numbered answers to a choice, with the label beside the first."""
    texts = answers(choice, view, names)
    if choice.state == NOTED:
        numbered = [f"{passages(choice)}; both stay"]
    elif choice.state == GONE:
        numbered = [f"the entry is gone; drop the other value: {texts[-1]}"]
    elif choice.passages:
        numbered = ["both stay", f"only: {texts[0]}", f"only: {texts[1]}"]
    else:
        numbered = [f"{texts[0]} {_SHOWN}", *texts[1:]]
    name = safe(label(choice, view))
    shown = []
    for number, text in enumerate(numbered, 1):
        head = f"{name if number == 1 else ' ' * width(name)}  {number}  "
        if page.limit is not None and width(head) + _ROOM > page.limit:
            shown += page.wrap(name, "bold") if number == 1 else []
            head = f"  {number}  "
        shown += page.wrap(text, indent=" " * width(head), first=head)
    return shown


# For scripts


def data(view: View, found: Sequence[Choice]) -> dict[str, Any]:
    """Return what waits in one record."""
    from mentorlog.models.views import heading as title

    about = {"record": view["record"], "id": view["id"], "title": title(view)}
    return {**about, "choices": [_choice(choice) for choice in found]}


def _choice(choice: Choice) -> dict[str, Any]:
    shown, *more = choice.values or ({},)
    both = [*choice.passages]
    return {"field": choice.name, "state": choice.state, "shown": dict(shown), "others": more, "passages": both}
