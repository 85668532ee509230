"""The records in a CSV file: the rows of a sheet, or of a table of our own that a spreadsheet has changed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mentorlog import ids, names
from mentorlog.errors import MentorlogError, shortened
from mentorlog.exchange import csv_cells, csv_columns, csv_people, csv_rows, foreign
from mentorlog.exchange.csv_columns import Columns
from mentorlog.exchange.csv_fields import Fields
from mentorlog.exchange.csv_rows import Row, Table
from mentorlog.exchange.csv_sheet import Draft, Here, Sheet
from mentorlog.exchange.directory import Directory
from mentorlog.exchange.incoming import Batch, Incoming, Stay
from mentorlog.export.csv_guard import unguarded
from mentorlog.fold import words

_SIGNS = {"comma": "commas", "semicolon": "semicolons", "tab": "tabs"}
_MOST_IN_KEY = 60
_PARTS = ("first_name", "last_name")
_SECOND = {"goal": "by", "task": "due", "meeting": "at", "note": "text"}
"""The field that tells two rows with the same key apart."""
_LAST_MET = ("lastmet", "lastmeeting", "lastmeetingon", "metlast", "lastmeetingdate")


def read(data: bytes, sheet: Sheet, people: Directory, here: Here, today: date) -> Batch:
    """Return the records in a CSV file; MentorlogError has everything that is wrong in it."""
    table = csv_rows.read(data, sheet.separator, lambda name: csv_columns.knows(sheet.kind, name))
    columns = csv_columns.find(table, sheet)
    return _Reader(table, columns, sheet, people, here, today).batch()


class _Reader:
    """The reading of one file: first which record each row is, then its fields; what is wrong is collected."""

    def __init__(
        self, table: Table, columns: Columns, sheet: Sheet, people: Directory, here: Here, today: date
    ) -> None:
        self._table, self._sheet, self._here, self._today = table, sheet, here, today
        self._kind = sheet.kind
        self._wrong = list(csv_columns.ragged(table))
        self._by_id = {one["id"]: one for one in here.of(self._kind)}
        self._by_name = {
            _name_key(one["name"]): one for one in reversed(self._by_id.values()) if self._kind == "mentor"
        }
        self._by_source = {one["source"]: one["id"] for one in self._by_id.values() if one["source"]}
        self._columns = self._with_ids(columns)
        self._has_ids = "id" in self._columns.by_field
        self._fields = Fields(sheet, self._columns, people, here, today, self._wrong)
        self._failed = list[str]()

    def _with_ids(self, columns: Columns) -> Columns:
        """Return the columns with `id` only if it has ids of mentorlog; the numbers of another program are kept."""
        column = columns.by_field.get("id")
        if column is None or any(self._is_id(_cell(row, column.place).strip()) for row in self._table.rows):
            return columns
        return columns.but(all=tuple(one.but(field=None) if one == column else one for one in columns.all))

    def _is_id(self, text: str) -> bool:
        if self._kind == "mentor":
            return text in self._by_id or ({"created", "visibility"} <= {*self._table.header} and not ids.wrong(text))
        return ids.kind_of(text) == self._kind

    def batch(self) -> Batch:
        """Return what the file holds."""
        self._fields.check_orders(self._table.rows)
        drafts = [self._draft(row) for row in self._table.rows]
        sources = self._sources(drafts)
        records, stays = list[Incoming](), list[Stay]()
        for draft, source in zip(drafts, sources, strict=True):
            found = self._fields.incoming(draft, source)
            if isinstance(found, Stay):
                stays.append(found)
            elif found is not None:
                records.append(found)
        if self._wrong:
            raise csv_columns.first_of_all(self._wrong)
        return Batch("CSV", "csv", self._kind, tuple(records), tuple(stays), tuple(self._remarks(drafts)))

    # Which record a row is

    def _draft(self, row: Row) -> Draft:
        """Return what a row says, and the record of the journal that it is by its id or its name."""
        cells, kept = dict[str, str](), dict[str, str]()
        for column in self._columns.all:
            raw = _cell(row, column.place)
            if csv_cells.failed(raw):
                self._failed.append(f"row {row.number}, column {shortened(column.name)} ({raw.strip()})")
                kept[column.name] = raw
            elif raw.strip():
                text = unguarded(raw) if self._has_ids else raw
                (cells if column.field else kept)[column.field or column.name] = text
        key = self._columns.key
        draft = Draft(row.number, cells, kept, _cell(row, key.place).strip() if key else None)
        id = cells.pop("id", "").strip()
        if id in self._by_id:
            return draft.but(id=id, old=self._by_id[id])
        if id and not self._is_id(id):
            kept[self._columns.by_field["id"].name] = id
        elif id:
            draft = draft.but(there=id)
        known = None
        if self._kind == "mentor" and (name := _full_name(cells)):
            cells["name"] = name
            kept |= {self._columns.by_field[part].name: cells.pop(part) for part in _PARTS if part in cells}
            if known := self._by_name.get(_name_key(name)):
                cells["name"] = known["name"]  # the same one, perhaps with a title here
        return draft.but(id=known["id"], old=known) if known else draft

    def _sources(self, drafts: list[Draft]) -> list[str]:
        """Return the key of each row, once each; it says which record the row is when the file is imported again."""
        found: dict[str, int] = {}
        keys = list[str]()
        for draft in drafts:
            key = self._key(draft)
            if key in found and not self._sheet.key and not (draft.id or draft.there):
                key = f"{key} {_short(draft.cells.get(_SECOND.get(self._kind, ''), ''))}".rstrip()
            if key in found:
                self._refuse_twins(found[key], draft, key)
            found.setdefault(key, draft.number)
            keys.append(key)
        for place, (draft, key) in enumerate(zip(drafts, keys, strict=True)):
            if draft.old is None and key in self._by_source:
                drafts[place] = draft.but(old=self._by_id[self._by_source[key]])
        rows: dict[str, int] = {}
        for draft, key in zip(drafts, keys, strict=True):
            if (
                draft.old
                and rows.setdefault(draft.old["id"], draft.number) != draft.number
                and found[key] == draft.number
            ):
                self._refuse_twins(rows[draft.old["id"]], draft, key)
        self._fields.coming = dict(self._names(drafts, keys))
        return keys

    def _refuse_twins(self, first: int, draft: Draft, key: str) -> None:
        what = shortened(draft.key or draft.cells.get("name") or draft.cells.get("title") or key.split(":", 2)[2])
        sentence = f"Rows {first} and {draft.number} are the same {self._kind}: {what}."
        self._wrong.append(MentorlogError(sentence, "delete one of them, or use --key with another column"))

    def _key(self, draft: Draft) -> str:
        if draft.key is not None:
            text = draft.key
            if not text:
                sentence = f"Row {draft.number}, column {shortened(self._sheet.key or '')}: The key is empty."
                self._wrong.append(MentorlogError(sentence, "fill it in, or use --key with another column"))
                text = f"row {draft.number}"
        elif draft.id or draft.there:
            text = draft.id or draft.there or ""
        elif self._kind == "meeting":
            text = f"{self._fields.day('on', draft.cells.get('on', ''))} {draft.cells.get('mentors', '')}"
        elif self._kind == "note":
            text = " ".join(draft.cells.get("text", "").split())[:40]
            text = f"{self._fields.day('on', draft.cells.get('on', ''))} {text}"
        else:
            text = draft.cells.get("name" if self._kind == "mentor" else "title") or f"row {draft.number}"
        return f"csv:{self._kind}:{_short(text)}"

    def _names(self, drafts: list[Draft], keys: list[str]) -> Iterator[tuple[str, str]]:
        """Yield the ids and titles of the rows with their keys: a goal may name another of the same file."""
        for draft, key in zip(drafts, keys, strict=True):
            for name in (draft.id, draft.there, draft.cells.get("title"), draft.cells.get("name")):
                if name:
                    yield csv_columns.key(name), key

    # What is said of the file

    def _remarks(self, drafts: list[Draft]) -> Iterator[str]:
        if self._sheet.separator is None and len(self._table.header) > 1:
            yield f"The cells are separated by {_SIGNS[self._table.separator]} (for another sign use --separator)."
        if self._failed:
            more = f" and {len(self._failed) - 5} more" if len(self._failed) > 5 else ""
            yield f"Errors of formulas are not imported: {'; '.join(self._failed[:5])}{more}."
        if self._columns.counted:
            yield f"Not imported, as mentorlog works them out: {', '.join(self._columns.counted)}."
        if self._kind == "mentor":
            yield from self._last_met(drafts)

    def _last_met(self, drafts: list[Draft]) -> Iterator[str]:
        """Yield how to log the last meeting, which is no field of a mentor."""
        from shlex import quote

        for column in self._columns.kept:
            if csv_columns.key(column.name) not in _LAST_MET:
                continue
            for draft in drafts:
                day = self._fields.past_day(draft.kept.get(column.name, ""))
                if day and "name" in draft.cells:
                    command = f"mentorlog meeting log {quote(draft.cells['name'])} --on {day}"
                    name = shortened(column.name)
                    yield f"{name} is kept, but is not a meeting; log each with, for example: {command}"
                    return


def _full_name(cells: dict[str, str]) -> str:
    """Return the name of a mentor, also from a column for the first and one for the last name."""
    if "name" not in cells:
        return " ".join(filter(None, (cells.pop(part, "").strip() for part in _PARTS)))
    name = cells["name"]
    return csv_people.full_name(name) if len(name) <= csv_people.LONGEST else csv_cells.line(name)


def _name_key(name: str) -> tuple[str, ...]:
    """Return a name as namesakes are compared."""
    return tuple(words(" ".join(names.bare(name)))) if len(name) <= csv_people.LONGEST else (name,)


def _cell(row: Row, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _short(text: str) -> str:
    """Return a text as a part of a key: its words, a long one cut and with a hash."""
    text = "".join(sign if sign.isprintable() else " " for sign in text)
    plain = " ".join(words(text)) or " ".join(text.split())
    if len(plain) <= _MOST_IN_KEY:
        return plain
    return f"{plain[:_MOST_IN_KEY].rstrip()} {foreign.digest(plain)}"
