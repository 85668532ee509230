"""The fields of a record from the cells of its row, and what is wrong with them, by row and column. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mentorlog import date_words, vocabulary
from mentorlog.errors import BadDate, BadValue, MentorlogError, shortened
from mentorlog.exchange import csv_cells, csv_people
from mentorlog.exchange.csv_columns import NEEDED, Columns, key
from mentorlog.exchange.csv_rows import Row
from mentorlog.exchange.csv_sheet import Draft, Here, Sheet
from mentorlog.exchange.directory import Directory
from mentorlog.exchange.incoming import Incoming, Stay
from mentorlog.export.csv import cell as exported
from mentorlog.export.csv_guard import unguarded
from mentorlog.export.csv_tables import row_of
from mentorlog.models import counts
from mentorlog.models.fields import class_of, spec, stray_date
from mentorlog.models.goal import Progress, Share
from mentorlog.models.mentor import Cadence
from mentorlog.models.rules import wrong_email

_PEOPLE = {"mentors": "several", "helps": "one", "introduced_by": "one", "assigned_by": "or me", "owner": "or me"}
"""The fields with people, and whether a cell names several, one, or one or the resident."""
_WITH_IT = {
    "mentor": ("name",),
    "goal": ("title", "target"),
    "task": ("title",),
    "meeting": ("on",),
    "note": ("on", "text", "kind"),
}
"""What a record cannot be made without, or its other fields not be checked without."""
_DAY_OF = {"goal": "closed_on", "task": "done_on", "meeting": "cancelled_by", "note": "closed_on"}
_MENTOR = "csv:mentor:"
_NEED_CLOSURE = ("ended", "stay_in_touch")
_WHEN = datetime(2000, 1, 1, tzinfo=UTC)


class _Coming(str):
    """The key of another row of the file, in place of the id that it will get."""


class Fields:
    """The fields of the rows of one sheet; what is wrong is added to a list."""

    def __init__(
        self, sheet: Sheet, columns: Columns, people: Directory, here: Here, today: date, wrong: list[MentorlogError]
    ) -> None:
        self._sheet, self._columns, self._here = sheet, columns.by_field, here
        self._today, self._wrong = today, wrong
        self._class = class_of(sheet.kind)
        self._spec = spec(self._class)
        self._unclear = set[str]()
        self._ids = {one["id"]: one["record"] for one in here.views}
        self._sources = {one["source"]: one["id"] for one in here.views if one["source"]}
        earlier = (one for one in here.of("mentor") if (one["source"] or "").startswith(_MENTOR))
        self._people = csv_people.People(people, {one["source"].removeprefix(_MENTOR): one["id"] for one in earlier})
        self._titles = dict[str, list[str]]()
        for goal in here.of("goal"):
            self._titles.setdefault(key(goal["title"]), []).append(goal["id"])
        self.coming: Mapping[str, str] = {}
        """The keys of the rows by the ids and titles that other rows may name them by."""
        self._readers: dict[str, Callable[[str], Any]] = {
            "status": lambda cell: csv_cells.status(sheet.kind, cell),
            "name": lambda cell: cell,
            "email": _email,
            "every_days": date_words.days,
            "longest_days": date_words.days,
            "percent": lambda cell: csv_cells.whole_number("percent", cell, (0, 100), "%"),
            "count": lambda cell: csv_cells.decimal("count", cell),
            "minutes": csv_cells.minutes,
            "at": csv_cells.clock,
            "links": csv_cells.links,
            "agenda": csv_cells.agenda,
            "goal": lambda cell: self._record("goal", cell),
            "parent": lambda cell: self._record("goal", cell),
            "meeting": lambda cell: self._record("meeting", cell),
        }

    def incoming(self, draft: Draft, source: str) -> Incoming | Stay | None:
        """Return the record that a row is, or why it stays in the file; None if something is wrong with it."""
        before = len(self._wrong)
        for field, _ in NEEDED[self._sheet.kind]:
            if field not in draft.cells and not draft.old:
                what = f"The {self._sheet.kind} has no {'date' if field == 'on' else field}."
                self._refuse(draft, field, BadValue(field, what, "fill it in, or delete the row"))
        kept = dict(draft.kept)
        values = self._values(draft, kept)
        if len(self._wrong) > before:
            return None
        if why := self._stays(draft, values):
            return Stay(draft.cells.get("title") or draft.cells.get("name", ""), why)
        created = values.pop("created", None)
        refers = {name: str(value) for name, value in values.items() if isinstance(value, _Coming)}
        fields = self._assembled({name: value for name, value in values.items() if name not in refers}, draft)
        if len(self._wrong) > before or not self._is_valid(draft, fields):
            return None
        if draft.old:
            kept = {**(draft.old.get("csv") or {}), **kept}
        return Incoming(self._class, source, fields, kept, created, draft.id, refers)

    def _refuse(self, draft: Draft, field: str, error: MentorlogError) -> None:
        column = f", column {shortened(self._columns[field].name)}" if field in self._columns else ""
        hint = (
            csv_cells.WRITE_IT
            if isinstance(error, BadDate) and field not in ("every_days", "longest_days")
            else error.hint
        )
        self._wrong.append(MentorlogError(f"Row {draft.number}{column}: {error.sentence}", hint))

    # Dates

    def check_orders(self, rows: Sequence[Row]) -> None:
        """Find the columns of dates in which the order of day and month is not clear: one error for each."""
        for field, column in self._columns.items():
            if self._is_day(field) and self._sheet.dates is None:
                cells = [(row.number, row.cells[column.place]) for row in rows if column.place < len(row.cells)]
                if error := csv_cells.unclear_order(column.name, cells):
                    self._unclear.add(field)
                    self._wrong.append(error)

    def _is_day(self, field: str) -> bool:
        return field in self._spec and self._spec[field].type_name == "date"

    def day(self, field: str, cell: str) -> str:
        """Return the date and time in a cell for the key of its row; a text that is no certain date as it is."""
        if field in self._unclear:
            return cell
        try:
            day, at = self._dates(field).value(cell)
        except BadDate:
            return cell
        return f"{day} {at}" if at else str(day)

    def past_day(self, cell: str) -> date | None:
        """Return the date in a cell that is no field, if it is certain and not in the future."""
        if self._sheet.dates is None and csv_cells.unclear_order("", [(1, cell)]):
            return None
        try:
            return csv_cells.DateColumn(self._today, self._sheet.dates, past=True).value(cell)[0]
        except BadDate:
            return None

    # The cells of a row

    def _values(self, draft: Draft, kept: dict[str, Any]) -> dict[str, Any]:
        """Return the values of the cells by field; a cell that has no value of ours, or not all of it, is `kept`."""
        same, values = self._as_exported(draft), dict[str, Any]()
        for field, cell in draft.cells.items():
            if field in self._unclear or same.get(field) == cell.replace("\r\n", "\n"):
                continue
            try:
                value, is_whole = self._value(field, cell, draft, values)
            except (BadValue, BadDate) as error:
                self._refuse(draft, field, error)
                continue
            if value is not None:
                values[field] = value
            if not is_whole:
                kept[self._columns[field].name] = cell
        return values

    def _as_exported(self, draft: Draft) -> dict[str, str]:
        """Return the cells of the record as our export writes them, for a row with its id: what is the same stays."""
        if not draft.old or "id" not in self._columns:
            return {}
        row = row_of(draft.old)
        return {field: unguarded(exported(row[field])) for field in draft.cells if field in row}

    def _value(self, field: str, cell: str, draft: Draft, values: dict[str, Any]) -> tuple[Any, bool]:
        """Return the value of a cell, None for none, and whether it says all that the cell does."""
        if field in _PEOPLE:
            return self._person(field, cell)
        if self._is_day(field):
            day, at = self._dates(field).value(cell)
            if at and (self._sheet.kind, field) == ("meeting", "on") and "at" not in draft.cells:
                values["at"], at = at, None
            return day, at is None
        if field == "created":
            when = _instant(cell)
            return when, when is not None
        if field in self._readers:
            return self._readers[field](cell), True
        one = self._spec[field]
        if one.closed:
            return csv_cells.word(one, cell), True
        if one.is_list:
            return csv_cells.items(cell, commas=not one.has_commas), True
        if one.type_name == "float":
            return csv_cells.decimal(field, cell), True
        return (csv_cells.line(cell) if one.one_line or one.open else cell), True

    def _dates(self, field: str) -> csv_cells.DateColumn:
        one = self._spec[field]
        return csv_cells.DateColumn(self._today, self._sheet.dates, one.past and not one.ahead_in)

    def _person(self, field: str, cell: str) -> tuple[Any, bool]:
        how = _PEOPLE[field]
        if len(cell) > csv_people.LONGEST:
            raise BadValue(field, f"{shortened(cell)} is too long for names.", "move the text to another column")
        if how == "several":
            return self._people.several(cell)
        if how == "or me" and csv_cells.is_me(cell):
            return vocabulary.ME, True
        coming = self.coming.get(key(csv_people.full_name(cell))) if self._sheet.kind == "mentor" else None
        if coming and self._people.one(cell, count=False) is None:
            return _Coming(coming), True
        id = self._people.one(cell)
        return id, id is not None

    def _record(self, kind: str, cell: str) -> str:
        """Return the id of the record of the journal, or the key of the row, that a cell names by an id or a title."""
        text = cell.strip()
        if self._ids.get(text) == kind:
            return text
        if key(text) in self.coming and kind == self._sheet.kind:
            return _Coming(self.coming[key(text)])
        found = self._titles.get(key(text), []) if kind == "goal" else []
        if imported := self._sources.get(f"csv:{kind}:{text}"):
            found = [imported]
        if len(found) == 1:
            return found[0]
        if found:
            sentence = f"Several goals are called {shortened(text)}: {', '.join(found)}."
            raise BadValue(kind, sentence, "write the id in the cell")
        hint = f"import the sheet of {kind}s first, or leave the column out with --drop"
        raise BadValue(kind, f"No {kind} of the journal is {shortened(text)}.", hint)

    # The record

    def _stays(self, draft: Draft, values: Mapping[str, Any]) -> str:
        """Return why a row stays in the file; "" if it comes."""
        if "owner" in draft.cells and "owner" not in values and not draft.old:
            return f"{shortened(draft.cells['owner'])} owes it, who is not a mentor in this journal"
        status = values.get("status")
        if self._sheet.kind == "mentor" and status in _NEED_CLOSURE and (draft.old or {}).get("status") != status:
            return "how it ended is not in the sheet; add it as active, then: mentorlog mentor end"
        return ""

    def _assembled(self, values: dict[str, Any], draft: Draft) -> dict[str, Any]:
        """Return the fields of the record: parts made of several cells, and what follows from the others."""
        old, kind = draft.old, self._sheet.kind
        if "mentors" in values:
            before = old["mentors"] if old else ()
            ids = tuple(
                dict.fromkeys([*(one["mentor"] if kind == "goal" else one for one in before), *values["mentors"]])
            )
            values["mentors"] = tuple(Share(mentor=id) for id in ids) if kind == "goal" else ids
        if old and values.get("agenda"):
            values["agenda"] = csv_cells.agenda(draft.cells["agenda"], self._here.record(old["id"]).agenda)
        if kind == "mentor":
            values |= self._cadence(values, draft)
        if kind == "goal":
            values |= self._progress(values, draft)
        if old:
            known = {name: old[name] for name in _WITH_IT[kind] if old[name] is not None}
            if "on" in known:
                known["on"] = date.fromisoformat(known["on"])
            return {**known, **values}
        if kind == "task" and "done_on" in values:
            values.setdefault("status", "done")
        if kind == "meeting" and "on" in values:
            values.setdefault("status", "held" if values["on"] <= self._today else "planned")
        if kind in _DAY_OF and values.get("status", "open") in self._spec[_DAY_OF[kind]].reached:
            values.setdefault(_DAY_OF[kind], None)  # an import does not know it
        return values

    def _cadence(self, values: dict[str, Any], draft: Draft) -> dict[str, Any]:
        given = {name: values.pop(name) for name in ("every_days", "longest_days") if name in values}
        if not given:
            return {}
        known = self._here.record(draft.old["id"]).cadence if draft.old else None
        try:
            if known is None and "every_days" not in given:
                raise BadValue("longest_days", "A cadence must say how often to meet.", "fill in every_days as well")
            return {"cadence": replace(known, **given) if known else Cadence(**given)}
        except BadValue as error:
            self._refuse(draft, error.field, error)
            return {}

    def _progress(self, values: dict[str, Any], draft: Draft) -> dict[str, Any]:
        """Return the progress of a goal with what the sheet says as of today, if that is new."""
        given = {name: values.pop(name) for name in ("percent", "count") if name in values}
        old = draft.old
        if old:
            now = {"percent": counts.percent(old), "count": counts.amount(old)}
            given = {name: value for name, value in given.items() if value != now[name]}
        if given.get("count") is not None and values.get("target", (old or {}).get("target")):
            given.pop("percent", None)  # it follows from the count
        if not given:
            return {}
        before = self._here.record(old["id"]).progress if old else ()
        try:
            return {"progress": (*before, Progress(on=self._today, **given))}
        except BadValue as error:
            self._refuse(draft, error.field, error)
            return {}

    def _is_valid(self, draft: Draft, fields: Mapping[str, Any]) -> bool:
        """Return whether the record takes the fields together; else what is wrong is added."""
        try:
            if self._sheet.kind == "meeting" and fields.get("status") == "held" and fields["on"] > self._today:
                raise BadValue("status", "The meeting is in the future, so it was not held.", "correct its date")
            if draft.old:
                replace(self._here.record(draft.old["id"]), **fields)
                return True
            made = self._class(id="new", created=_WHEN, **fields)
            if stray := stray_date(self._class, vars(made)):
                sentence = f"The {made.KIND} has the status {made.status}, but a date or word for {stray.reached[0]}."
                raise BadValue(stray.name, sentence, "correct one of the two")
        except BadValue as error:
            self._refuse(draft, error.field, error)
            return False
        return True


def _email(cell: str) -> str:
    address = cell.strip().removeprefix("mailto:")
    if wrong := wrong_email(address):
        raise wrong
    return address


def _instant(cell: str) -> datetime | None:
    """Return a time with its offset, as our tables have it; None for another text."""
    try:
        when = datetime.fromisoformat(cell.strip())
    except ValueError:
        return None
    return when if when.tzinfo else None
