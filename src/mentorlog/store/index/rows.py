"""From rows of the index to views: what is as in a new record is not kept, prefixes come from an id's neighbours."""

from __future__ import annotations

import json

from mentorlog.ids import prefix_length, shortest_prefixes

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
    """Return the views of a SELECT of data, every field present; `prefixed` with the length of its `prefix`."""
    # One text for all rows, in their order: a step into SQLite and back for each would cost as much as its answer.
    # They are joined in the order of the subquery: SQLite keeps it for such aggregates (select.c, SF_OrderByReqd).
    [(data,)] = rows(f"SELECT group_concat(data) FROM ({sql})", values)
    made = whole(rows, data or "")
    if prefixed:
        prefixes = _prefixes(rows, made)
        for view in made:
            view["prefix"] = prefixes[view["id"]]
    return made


def whole(rows: Rows, data: str) -> list[View]:
    """Return the views that the index has kept in these texts, parted by commas; every field present."""
    read: list[View] = json.loads(f"[{data}]")  # one text: many small ones would cost twice
    shapes = {kind: json.loads(shape) for kind, shape in rows("SELECT kind, shape FROM shapes", ())} if read else {}
    return [shapes[view["record"]] | view for view in read]


def _prefixes(rows: Rows, views: Sequence[View]) -> dict[str, int]:
    if len(views) > _MANY:
        [(known,)] = rows("SELECT group_concat(DISTINCT id) FROM records", ())
        return shortest_prefixes(known.split(","))
    ids = [view["id"] for view in views]
    around = rows(f"SELECT id, {_AROUND} FROM records r WHERE id IN ({', '.join('?' * len(ids))})", ids) if ids else []
    return {id: prefix_length(id, before, after) for id, before, after in around}
