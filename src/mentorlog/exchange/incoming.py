"""Records of other programs: compared with those of the journal by their source, and saved as one change.

A format's module reads bytes into a Batch. Here each record is found by its `source`, or is new; one that differs from
the journal is left alone, or with `replace` takes the mapped fields, while all else of it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace as with_fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mentorlog import vocabulary
from mentorlog.domain import actions, goal_links, roster
from mentorlog.domain.action_lines import with_ids_of
from mentorlog.domain.actions import FromItems
from mentorlog.domain.query import Query
from mentorlog.domain.reports import IncomingItem
from mentorlog.domain.reports import Stay as Stay
from mentorlog.errors import BadValue, ChangedSince, MentorlogError, NeedsDoctor, shortened
from mentorlog.exchange import gate
from mentorlog.models.fields import Spec, spec
from mentorlog.models.goal import KEPT_BY, Goal
from mentorlog.models.meeting import Meeting
from mentorlog.models.mentor import Mentor
from mentorlog.models.record import Record, as_data, view
from mentorlog.models.views import View, first_words
from mentorlog.store.format import toml
from mentorlog.values import Value

if TYPE_CHECKING:
    from mentorlog.domain.ports import Resolve
    from mentorlog.store.journal import Transaction

LIMIT = 32 * 1024 * 1024  # bytes of the largest file of another program that is imported
MOST = 20_000  # records of one import
_SAVED = ("new", "replaced")
_HOPED = (*vocabulary.HOPED_MENTORS, "declined")
"""The statuses of mentors who begin as prospective ones; the others begin as current ones."""


class Incoming(Value):
    """A record of a foreign file, which is not yet one of the journal.

    `fields` has every field that the format maps, with values as the record takes them (dates, tuples of ids), and None
    or () for what is empty: a field that is not named is never compared nor replaced. A `status` is reached by the
    record's own steps, on the date of that status if the fields have one.
    """

    kind: type[Record]
    source: str
    """The program and its key: `taskwarrior:04119b97-…`; once in a batch."""
    fields: Mapping[str, Any]
    kept: Mapping[str, Any] = {}
    """What has no field of ours, unchanged, as TOML values: saved in the batch's table, which every rewrite keeps."""
    created: datetime | None = None
    """When it was made there, with its offset; None: now."""
    id: str | None = None
    """The id of the record of this journal that it is; it then keeps its own source, or has none."""
    refers: Mapping[str, str] = {}
    """Fields with the source of another record of the batch or the journal, whose id they get; of a list, one more."""
    at_first: Mapping[str, Any] = {}
    """More fields of a new record, which the file does not have: neither compared nor replaced later."""
    title: str = ""
    """What it is called there, if that is no field; it may be kept besides."""
    how: str = ""
    """How it was recognized as one for this journal: `by last name`."""


class Batch(Value):
    """What a foreign file holds for the journal: the records, what stays in the file, and what was found out."""

    program: str
    """Its name for people: Taskwarrior."""
    table: str
    """The table for what is kept: taskwarrior."""
    noun: str
    """What one of its records is called in a sentence: `task`, in "Would import 8 tasks"."""
    records: tuple[Incoming, ...]
    stays: tuple[Stay, ...] = ()
    remarks: tuple[str, ...] = ()
    """Sentences about the file, such as which separator it has."""
    mapped: tuple[str, ...] = ()
    """Keys of the table whose values the fields have too."""
    noun_there: str = ""
    """What one that stays is called, if it is not the same: `event`."""


class Saved(Value):
    """What an import did, or would do, record by record; `mentors` is the number of mentors that it added."""

    items: tuple[IncomingItem, ...]
    mentors: int
    program: str
    tasks: FromItems = FromItems()
    """The tasks made of action items in meetings."""

    @property
    def name(self) -> str:
        """The name of the operation: `import: 12 records from Taskwarrior`."""
        count = sum(item.change in _SAVED for item in self.items) + self.mentors + len(self.tasks.views)
        return f"import: {count} record{'' if count == 1 else 's'} from {self.program}"


def save(
    transaction: Transaction,
    batch: Batch,
    *,
    now: datetime,
    resolve: Resolve,
    added: Mapping[str, str] | None = None,
    replace: bool = False,
    tasks: bool = False,
) -> Saved:
    """Save what is new in the transaction, and with `replace` what differs; with `tasks`, those of action items too.

    `added` has the names of the mentors that the import adds, by the ids that the records name them by.
    """
    if len(batch.records) > MOST:
        sentence = f"The file has {len(batch.records):,} records; an import takes at most {MOST:,}."
        raise MentorlogError(sentence, "split the file, and import its parts")
    run = _Import(transaction, batch, now, resolve, replace)
    for id, name in (added or {}).items():
        if transaction.path(id) is not None:
            raise ChangedSince(f"A mentor {id} was added in the meantime; nothing changed.", (), "try again")
        mentor = Mentor(id=id, created=now, name=name, status="candidate")
        transaction.put(mentor.entered(on=now.date(), reason=f"Named in an import from {batch.program}"))
    items = tuple(run.items())
    made = _of_action_items(transaction, items, resolve, now) if tasks else FromItems()
    return Saved(items, len(added or {}), batch.program, made)


def _of_action_items(
    transaction: Transaction, items: Sequence[IncomingItem], resolve: Resolve, now: datetime
) -> FromItems:
    """Save the tasks from the action items of the meetings that are as the file has them."""
    ids = {item.id: item.change for item in items if item.change != "differs" and item.view["record"] == "meeting"}
    known = [id for id, change in ids.items() if change == "same"]
    meetings = [transaction.get(Meeting, id) for id in ids]
    return actions.save_items(transaction, meetings, known, resolve=resolve, now=now)


class _Import:
    """One import: the records that are here, and the ids of those that come."""

    def __init__(self, transaction: Transaction, batch: Batch, now: datetime, resolve: Resolve, replace: bool) -> None:
        self._transaction, self._batch, self._now, self._resolve = transaction, batch, now, resolve
        self._today = now.date()
        self._replace = replace
        self._mentors = transaction.find(Query("mentor"))
        self._here = dict[str, str]()
        for kind in vocabulary.RECORD_KINDS:
            found = self._mentors if kind == "mentor" else transaction.find(Query(kind))
            for one in sorted(found, key=lambda one: str(one["id"])):
                if one["source"]:
                    self._here.setdefault(one["source"], one["id"])
        self._ids = dict[str, str]()
        for one in batch.records:
            if one.source in self._ids:
                sentence = f"{where_of(one)} is in the file twice, with the same key."
                raise MentorlogError(sentence, "remove one of the two from the file")
            self._ids[one.source] = self._id_of(one)

    def items(self) -> Iterator[IncomingItem]:
        """Yield what is done with each record, and save it."""
        for one in self._batch.records:
            where = where_of(one)
            try:
                yield self._item(one, where)
            except BadValue as error:
                raise MentorlogError(f"{where}: {error.sentence}", error.hint) from None

    def _id_of(self, one: Incoming) -> str:
        """Return the id of the record that it is here, or a new one."""
        name = str(one.fields.get("name", ""))
        namesake = roster.namesake(name, self._mentors) if one.kind is Mentor else None
        known = one.id if one.id and self._transaction.path(one.id) else self._here.get(one.source)
        return known or (namesake["id"] if namesake else self._transaction.new_id(one.kind.KIND, name))

    def _item(self, one: Incoming, where: str) -> IncomingItem:
        id = self._ids[one.source]
        fields = self._linked(one)
        path = self._transaction.path(id)
        old = None if path is None else self._transaction.any(id)
        if isinstance(old, Meeting) and fields.get("notes"):  # action items there end in the ids of their tasks
            fields["notes"] = with_ids_of(fields["notes"], old.notes or "")
        made = self._made(one, id, fields)
        unmapped = (key for key in one.kept if key.lower() not in self._batch.mapped)
        kept = tuple(key for key in unmapped if not one.title or one.kept[key] != one.title)
        if path is None or old is None:
            self._check(made, None, fields)
            gate.check_reads_back(where, toml.path_of(made), made)
            self._transaction.put(made)
            return IncomingItem("new", id, one.source, view(made), (), kept, one.title, one.how)
        if old.KIND != made.KIND:
            raise NeedsDoctor(f"{where} is a {made.KIND} in the import and a {old.KIND} ({id}) in the journal.")
        differing = tuple(name for name in fields if not _fits(spec(one.kind)[name], made, old, fields[name]))
        if differing and self._replace and self._may_take(old, made):
            new = self._replaced(one, old, made, differing)
            self._check(new, old, differing)
            gate.check_reads_back(where, path, new)
            self._transaction.put(new)
            return IncomingItem("replaced", id, one.source, view(new), differing, kept, one.title)
        seen = with_fields(old, **{name: getattr(made, name) for name in fields}) if one.id else made
        change = "differs" if differing else "same"
        return IncomingItem(change, id, one.source, view(seen), differing, kept, one.title)

    def _may_take(self, old: Record, made: Record) -> bool:
        """Return whether a record of the journal may become what the file says: what was held stays in the past."""
        if not (isinstance(old, Meeting) and isinstance(made, Meeting)):
            return True
        same_time = (made.on, made.at) == (old.on, old.at)
        return same_time or old.status == "planned" or (old.status == "held" and made.on <= self._today)

    def _linked(self, one: Incoming) -> dict[str, Any]:
        """Return the mapped fields with the ids of the records that they refer to."""
        fields = dict(one.fields)
        for name, source in one.refers.items():
            id = self._ids.get(source) or self._here.get(source)
            if spec(one.kind)[name].is_list:
                fields[name] = (*fields.get(name, ()), *([id] if id else ()))
            else:
                fields[name] = id or fields.get(name)
        return fields

    def _made(self, one: Incoming, id: str, fields: Mapping[str, Any]) -> Any:
        """Return the record as the file has it, its status reached as by a command."""
        known, fields = spec(one.kind), {**one.at_first, **fields}
        status = fields.get("status") or (known["status"].default if "status" in known else None)
        start = "candidate" if one.kind is Mentor and status in _HOPED else known["status"].default
        steps = _of_status(known, fields) if status != start else {}
        first = {name: value for name, value in fields.items() if name != "status" and name not in steps}
        first = {name: known[name].default if value is None else value for name, value in first.items()}
        kind: Any = one.kind
        made = kind(
            id=id,
            created=one.created or self._now,
            source=None if one.id else one.source,
            extra={self._batch.table: dict(one.kept)} if one.kept else None,
            **first,
            **({"status": start} if status else {}),
        )
        if isinstance(made, Mentor) and not made.status_log:
            made = made.entered(on=made.started or self._today)
        return self._moved(made, status, steps)

    def _moved(self, record: Any, status: str | None, fields: Mapping[str, Any]) -> Any:
        """Return the record with a status, reached from the first one where the direct way is closed.

        A date of that status that is None is not known: it is not made up.
        """
        if status is None or status == record.status:
            return record
        given = {name: value for name, value in fields.items() if value is not None}
        day = next((value for value in given.values() if isinstance(value, date)), self._today)
        more = {"reason": f"Imported from {self._batch.program}"} if isinstance(record, (Goal, Mentor)) else {}
        try:
            moved = record.moved_to(status, on=day, fields=given, **more)
        except MentorlogError:
            first = spec(type(record))["status"].default
            if first in (status, record.status):
                raise
            moved = record.moved_to(first, on=self._today, **more).moved_to(status, on=day, fields=given, **more)
        return with_fields(moved, **{name: None for name in fields if name not in given})

    def _replaced(self, one: Incoming, old: Any, made: Any, differing: tuple[str, ...]) -> Any:
        """Return the record of the journal with the fields that differ; a goal's history records them."""
        known = spec(one.kind)
        moves = "status" in differing
        steps = _of_status(known, vars(made)) if moves else {}
        values = {
            name: _merged(known[name], getattr(old, name), getattr(made, name))
            for name in differing
            if name != "status" and name not in steps
        }
        kept = (old.extra or {}).get(self._batch.table, {}) if one.id and not one.kept else dict(one.kept)
        extra = {**(old.extra or {}), self._batch.table: kept}
        new = with_fields(old, extra={key: value for key, value in extra.items() if value != {}} or None)
        if isinstance(old, Goal):
            revised = {name: value for name, value in values.items() if name not in KEPT_BY}
            if revised:
                reason = f"Imported again from {self._batch.program}"
                new = new.revised(with_fields(new, **revised), on=self._today, reason=reason)
            values = {name: value for name, value in values.items() if name in KEPT_BY}
        if isinstance(new, Meeting) and new.status == "planned" and ("on" in values or "at" in values):
            new = new.moved(values.pop("on", new.on), values.pop("at", None))
        new = with_fields(new, **values) if values else new
        return self._moved(new, made.status, steps) if moves else new

    def _check(self, new: Record, old: Record | None, changed: Any) -> None:
        """Raise BadValue for what a command would refuse."""
        if isinstance(new, Mentor):
            roster.check_new(new, old if isinstance(old, Mentor) else None, self._mentors)
        if isinstance(new, Goal):
            goal_links.check(new, old if isinstance(old, Goal) else None, changed, self._resolve)


def where_of(one: Incoming) -> str:
    """Return what an incoming record is called in an error: `Task 'Revise the CV'`."""
    fields: View = one.fields
    text = fields.get("title") or fields.get("name") or first_words(fields.get("text") or "")
    day = f" on {fields['on']}" if fields.get("on") and not text else ""
    return f"{one.kind.KIND.capitalize()}{f' {shortened(str(text))}' if text else day}"


def _of_status(known: Mapping[str, Spec], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that belong to the status that a record has."""
    return {name: fields[name] for name, one in known.items() if one.reached and name in fields}


def _fits(field: Spec, made: Record, old: Record, said: Any) -> bool:
    """Return whether the journal has what the file says; an entry of a list may say more here, but not other things.

    On which day a status was reached is only compared if the file `said` one.
    """
    if field.reached and said is None and vars(made).get("status") in field.reached:
        return True
    new, known = as_data(made)[field.name], as_data(old)[field.name]
    if not (field.part and field.is_list and field.key):
        return bool(new == known)
    defaults = {name: one.default for name, one in spec(field.part).items()}
    return len(new) == len(known) and all(
        all(there.get(name) == value for name, value in entry.items() if value != defaults.get(name))
        for entry, there in zip(new, known, strict=True)
    )


def _merged(field: Spec, old: Any, new: Any) -> Any:
    """Return a new value; the entries of a list keep what only the journal says of the same ones."""
    if not (field.part and field.is_list and field.key):
        return new
    defaults = {name: one.default for name, one in spec(field.part).items()}

    def key(entry: Any) -> tuple[Any, ...]:
        return tuple(getattr(entry, name) for name in field.key)

    def said(entry: Any) -> dict[str, Any]:
        return {name: value for name, value in vars(entry).items() if value != defaults.get(name)}

    here = {key(entry): entry for entry in old}
    return tuple(with_fields(here[key(entry)], **said(entry)) if key(entry) in here else entry for entry in new)
