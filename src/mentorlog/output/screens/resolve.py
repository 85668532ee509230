"""The screens of `resolve`: what waits for a choice, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mentorlog.domain.resolving import GONE, OPEN, SETTLED, Choice, choices
from mentorlog.models.fields import class_of
from mentorlog.models.views import noun
from mentorlog.output.fields import Field, Names, field, field_of, is_empty
from mentorlog.output.phrases import describe
from mentorlog.output.text import safe, spaced, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.models.views import View
    from mentorlog.output.page import Page

    Undecided = Sequence[tuple[View, Sequence[Choice]]]
    Rows = Sequence[tuple[str, str]]

_OR = "or"
_SHOWN = "(shown now)"
_BOTH = "two versions of a passage, both in the text"
_SETTLED = "nothing is left to choose"
_ROOM = 20  # values in fewer cells get lines of their own


def label(choice: Choice, view: View) -> str:
    """Return what a choice is about, as `show` calls it: `due`, `rounds 1, returned`."""
    of = ", ".join(_field(choice, view, unit[0]).label for unit in choice.units)
    steps = [str(step + 1) if isinstance(step, int) else spaced(step) for step in choice.path]
    return f"{' '.join(steps)}, {of}" if steps else of if choice.state != GONE else spaced(choice.name)


def _field(choice: Choice, view: View, name: str) -> Field:
    owners = [step for step in choice.path if isinstance(step, str)]
    return field(owners[-1], name) if owners else field_of(view, name)


def answers(choice: Choice, view: View, names: Names) -> list[str]:
    """Return the texts of what can be chosen, each in one line: the values, or the two passages."""
    if choice.passages:
        return [" ".join(passage.split()) for passage in choice.passages]
    return [_value(choice, view, values, names) for values in choice.values]


def _value(choice: Choice, view: View, values: Mapping[str, Any], names: Names) -> str:
    """Return some values of a choice in words: each field with those that belong to it in brackets."""
    said = []
    for head, *others in choice.units:
        known = [name for name in others if not is_empty(values.get(name))]
        texts = {name: _text(choice, view, name, values, names) for name in (head, *known)}
        more = ", ".join(f"{_field(choice, view, name).label} {texts[name]}" for name in known)
        value = f"{texts[head]} ({more})" if more else texts[head]
        said.append(value if len(choice.units) == 1 else f"{_field(choice, view, head).label}: {value}")
    return "; ".join(said)


def _text(choice: Choice, view: View, name: str, values: Mapping[str, Any], names: Names) -> str:
    value = values.get(name)
    text = "" if is_empty(value) else "; ".join(_field(choice, view, name).paragraphs(value, names))
    return " ".join(text.split()) or "empty"


def others(view: View, names: Names) -> dict[str, list[tuple[str, str]]]:
    """Return the label and the text of each value that is not shown, by the field of the record that it is in."""
    found: dict[str, list[tuple[str, str]]] = {}
    for choice in choices(class_of(view["record"]), view):
        texts = [_BOTH] if choice.passages else answers(choice, view, names)[1:]
        within = found.setdefault(str(choice.path[0] if choice.path else choice.field), [])
        name = label(choice, view)
        said = f"{name}: " if choice.path else ""
        within += [(name, f"{said}{text}") for text in texts if choice.state != SETTLED]
    return found


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
        if choice.state not in (OPEN, GONE):
            yield name, _SETTLED
        elif choice.passages:
            yield name, _BOTH
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
    name = describe(view)
    return page.wrap(name[0].upper() + name[1:], "bold")


def options(choice: Choice, view: View, names: Names, page: Page) -> list[str]:
    """Return the numbered answers to a choice, with the label beside the first."""
    texts = answers(choice, view, names)
    if choice.passages:
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
