"""What waits for a choice, in words: what it is called, the values, the passages."""

from __future__ import annotations

from collections.abc import Mapping

from mentorlog.domain.resolving import GONE, NOTED, SETTLED, Choice, choices
from mentorlog.models.fields import class_of
from mentorlog.models.views import joined
from mentorlog.output.fields import Field, Names, field, field_of, is_empty
from mentorlog.output.text import spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.models.views import View

BOTH = "two versions of a passage, both in the text"


def label(choice: Choice, view: View) -> str:
    """Return what a choice is about, as `show` calls it: `due`, `rounds 1, returned`."""
    of = ", ".join(_field(choice, view, unit[0]).label for unit in choice.units)
    steps = [str(step + 1) if isinstance(step, int) else spaced(step) for step in choice.path]
    return f"{' '.join(steps)}, {of}" if steps else of if choice.state != GONE else spaced(choice.name)


def _field(choice: Choice, view: View, name: str) -> Field:
    owners = [step for step in choice.path if isinstance(step, str)]
    return field(owners[-1], name) if owners else field_of(view, name)


def passages(choice: Choice) -> str:
    """Return what there is of two passages, or of two totals."""
    return BOTH if choice.state != NOTED else f"both machines counted: {joined(choice.passages)}"


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
        texts = [passages(choice)] if choice.passages else answers(choice, view, names)[1:]
        within = found.setdefault(str(choice.path[0] if choice.path else choice.field), [])
        name = label(choice, view)
        said = f"{name}: " if choice.path else ""
        within += [(name, f"{said}{text}") for text in texts if choice.state != SETTLED]
    return found
