"""From rows of the index to views: what is as in a new record is not kept, prefixes come from an id's neighbours."""

from __future__ import annotations

import json

from mentorlog.domain.ids import prefix_length, shortest_prefixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from mentorlog.models.views import View

    Rows = Callable[[str, Iterable[Any]], list[tuple[Any, ...]]]

_MANY = 500
_AROUND = "(SELECT max(id) FROM records b WHERE b.id < r.id), (SELECT min(id) FROM records a WHERE a.id > r.id)"


class Shape:
    """The fields that every view of a kind has, in their order, as most leave them; and the same as JSON."""

    def __init__(self, usual: Mapping[str, str | list[Any] | None]) -> None:
        self.usual = usual
        self.text = compact(usual)


def kept(view: View, shape: Shape) -> str:
    """Return a view as the index keeps it: reading back all that says nothing would cost a long list half its time."""
    usual = shape.usual
    said = {key: value for key, value in view.items() if key not in usual or value != usual[key]}
    return compact(said)


def compact(value: Any) -> str:
    """Return plain data as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def views(rows: Rows, sql: str, values: Iterable[Any], prefixed: bool) -> list[View]:
    """Return the views of a SELECT of (data, id), every field present; `prefixed` with the length of its `prefix`."""
    found = rows(sql, values)
    made = whole(rows, [row[0] for row in found])
    if prefixed:
        prefixes = _prefixes(rows, [row[1] for row in found])
        for view in made:
            view["prefix"] = prefixes[view["id"]]
    return made


def whole(rows: Rows, data: Sequence[str]) -> list[View]:
    """Return the views that the index has kept in these texts, every field present."""
    shapes = {kind: json.loads(shape) for kind, shape in rows("SELECT kind, shape FROM shapes", ())} if data else {}
    read: list[View] = json.loads(f"[{','.join(data)}]")  # one text: many small ones would cost twice
    return [{**shapes[view["record"]], **view} for view in read]


def _prefixes(rows: Rows, ids: Sequence[str]) -> dict[str, int]:
    if len(ids) > _MANY:
        return shortest_prefixes([row[0] for row in rows("SELECT id FROM records", ())])
    around = rows(f"SELECT id, {_AROUND} FROM records r WHERE id IN ({', '.join('?' * len(ids))})", ids) if ids else []
    return {id: prefix_length(id, before, after) for id, before, after in around}
