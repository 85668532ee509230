"""HTML and SVG from plain values: every text is escaped unless it is `Html` already."""

from __future__ import annotations

from html import escape as _escaped

from mentorlog.output.text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    Child = str | None
    Attribute = str | int | float | None

_VOID = {"col", "meta"}


class Html(str):
    """Text that is HTML; only this module and the sanitiser of prose make it."""

    __slots__ = ()


def text(value: str) -> Html:
    """Return a text of a record as one line of HTML without any markup."""
    return Html(_escaped(safe(value, document=True)))


def element(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """Return an element; `class_` is the attribute class, and `data_label` is data-label."""
    start = f"<{name}{_attributes(attributes)}>"
    return Html(start if name in _VOID else f"{start}{joined(children)}</{name}>")


def shape(name: str, /, **attributes: Attribute) -> Html:
    """Return an element of a drawing that has no children."""
    return Html(f"<{name}{_attributes(attributes)}/>")


def joined(children: Iterable[Child]) -> Html:
    """Return the children as HTML; None is left out."""
    return Html("".join(one if isinstance(one, Html) else text(one) for one in children if one is not None))


def number(value: float) -> str:
    """Return a coordinate with at most one decimal: 12, 12.5."""
    return f"{value:.1f}".removesuffix(".0")


def _attributes(attributes: dict[str, Attribute]) -> str:
    pairs = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    return "".join(f' {name}="{text(_plain(value))}"' for name, value in pairs)


def _plain(value: Attribute) -> str:
    return number(value) if isinstance(value, float) else str(value)
