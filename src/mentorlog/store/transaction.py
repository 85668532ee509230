"""One change being prepared: records read from their files, changed, and ready to commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from mentorlog import ids
from mentorlog.domain.query import Query
from mentorlog.errors import BadValue, NeedsDoctor, Reason, UnknownId, Unreadable
from mentorlog.models.fields import class_of
from mentorlog.models.record import Part, Record, as_data
from mentorlog.models.views import View
from mentorlog.store import layout
from mentorlog.store.disk import files
from mentorlog.store.format import document, toml
from mentorlog.store.index import query as ask
from mentorlog.store.index.index import Index, IndexUpdate
from mentorlog.store.index.rows import IndexedRecord, index_file, index_record
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import Change
from mentorlog.store.snapshot import record_bytes
from mentorlog.toml_lines import comments_removed, has_comments

if TYPE_CHECKING:
    from mentorlog.models.profile import Profile

R = TypeVar("R", bound=Record)

_PROFILE = layout.id_of(layout.PROFILE)


class Transaction:
    """What one operation reads and writes, under the lock."""

    def __init__(self, root: Path, index: Index) -> None:
        self._root = root
        self._index = index
        self._before: dict[str, bytes | None] = {}
        self._paths: dict[str, str | None] = {}
        self._after: dict[str, Part | bytes | None] = {}
        self._typed: dict[str, bytes] = {}
        self._parts: dict[str, Part] = {}
        self._entries: dict[str, IndexedRecord] = {}
        self._reserved: set[str] = set()
        self.notices: list[str] = []

    def find(self, query: Query) -> list[View]:
        """Return the views of a query as they were before the change; raise ReadFailure if one is missing."""
        if missed := self._index.refused(query.record):
            raise missed
        return ask.find(self._index, query)

    def get(self, kind: type[R], id: str) -> R:
        """Return a record as this change has left it; raise UnknownId, or Unreadable with the line."""
        path, part = self._path(id), None
        if path is not None and path.startswith(f"{layout.FOLDERS[kind.KIND]}/"):
            part = self._after[path] if path in self._after else self._read(path)
            if isinstance(part, bytes):
                part = document.checked(path, part)
        if not isinstance(part, kind):
            raise UnknownId(id, (kind.KIND,))
        return part

    def profile(self) -> Profile:
        """Return the profile from its file, an empty one if there is none."""
        from mentorlog.models.profile import Profile

        after = self._after.get(layout.PROFILE)
        part = after if after is not None else self._read(layout.PROFILE)
        return part if isinstance(part, Profile) else Profile()

    def any(self, id: str) -> Record:
        """Return a record of any kind from its file."""
        path = self._path(id)
        if path is None:
            raise UnknownId(id, ())
        kind: type[Record] = class_of(layout.kind_of(path))
        return self.get(kind, id)

    def text(self, id: str) -> tuple[str, bytes]:
        """Return the path and the bytes of a record's file, or the profile's."""
        path = self.path(id)
        if path is None:
            raise UnknownId(id, ())
        return path, self._bytes_of(path) or b""

    def path(self, id: str) -> str | None:
        """Return the path of a record (even unreadable) or the profile; None if there is none."""
        return layout.PROFILE if id == _PROFILE else self._path(id)

    def is_empty(self) -> bool:
        """Return whether the journal had no record and no profile, not even an unreadable one."""
        return not ask.counts(self._index)[0] and not self._index.problems()

    def put(self, record: Record, path: str | None = None, *, exactly: bool = False) -> View:
        """Save a new or changed record and return its view; a new one may have a path.

        Unless it is saved exactly as it is, what it sets ends the conflicts over that.
        """
        path = self._path(record.id) or path or toml.path_of(record)
        record = record if exactly else self._undecided(path, record)
        self._bytes_of(path)
        if isinstance(typed := self._after.get(path), bytes):
            self._typed[path] = typed
        self._paths[record.id] = path
        self._after[path] = record
        return self._entry_of(path, record).view

    def put_new(self, record: R) -> View:
        """Save a new record, under another id if its own has been taken since; return its view."""
        if self._is_taken(record.id):
            record = replace(record, id=self.new_id(record.KIND))
        return self.put(record)

    def _undecided(self, path: str, part: Any) -> Any:
        """Return a record or the profile without those of its conflicts that the change decides."""
        if not part.conflicts:
            return part
        from mentorlog.domain import resolving  # few records have a conflict

        try:
            before = self._read(path)
        except Unreadable:
            return part
        return resolving.still_open(part, before) if before else part

    def put_profile(self, profile: Profile, *, exactly: bool = False) -> View:
        """Save the profile and return its view; unless as it is, what it sets ends the conflicts over that."""
        self._bytes_of(layout.PROFILE)
        profile = profile if exactly else self._undecided(layout.PROFILE, profile)
        self._after[layout.PROFILE] = profile
        return self._entry_of(layout.PROFILE, profile).view

    def has_profile(self) -> bool:
        """Return whether the profile's file existed before this change."""
        return self._bytes_of(layout.PROFILE) is not None

    def put_journal(self, plain: Mapping[str, Any]) -> None:
        """Save the data of journal.toml."""
        before = self._bytes_of(layout.JOURNAL)
        if before is None or toml.parse(layout.JOURNAL, before) != plain:
            self._after[layout.JOURNAL] = toml.dump_plain(plain)

    def put_text(self, id: str, data: bytes) -> View:
        """Save the user's own bytes of a record or the profile; raise Unreadable if they are not one.

        Only the tables of conflicts that they decide are cut out.
        """
        path = self.path(id)
        if path is None:
            raise UnknownId(id, ())
        self._bytes_of(path)
        part = document.checked(path, data)
        if (left := self._undecided(path, part)) is not part:
            data, part = document.with_conflicts(path, data, left), left
        self._after[path] = data
        return self._entry_of(path, part).view

    def put_template(self, name: str, text: str, before: bytes | None) -> None:
        """Save a template; the change fails if the file is no longer as it was when it was read."""
        path = layout.template_path(name)
        self._before[path], self._after[path] = before, text.encode()

    def _entry_of(self, path: str, part: Part) -> IndexedRecord:
        self._entries[path] = index_record(part, path, "")
        return self._entries[path]

    def delete(self, id: str) -> None:
        """Delete a record's file."""
        path = self._path(id)
        if path is None:
            raise UnknownId(id, ())
        self._bytes_of(path)
        self._after[path] = None

    def new_id(self, kind: str, name: str = "", slug: str | None = None) -> str:
        """Return an id that no record has or had, and reserve it; a mentor's is a slug."""
        if slug is not None:
            id = ids.check_slug(slug)
            if self._is_called(id):
                raise BadValue("id", f"The id {id} is in use or was used before.", "choose another id")
        elif kind == "mentor":
            self._refuse_elsewhere(ids.mentor_slug(name, lambda slug: False), "; for another person, pass --id")
            id = ids.mentor_slug(name, self._is_called)
        else:
            id = ids.new(kind, self._is_reserved)
        self._reserved.add(id)
        return id

    def _is_reserved(self, id: str) -> bool:
        return id in self._reserved or self._is_taken(id)

    def _is_called(self, slug: str) -> bool:
        """Return whether a mentor is found by this slug: it is an id, or a nickname."""
        from mentorlog.fold import words  # only new mentors need it

        nicknames = (one.nickname for one in ask.people(self._index) if one.nickname)
        return self._is_reserved(slug) or slug in map("-".join, map(words, nicknames))

    def _is_taken(self, id: str) -> bool:
        return id == _PROFILE or self._path(id) is not None or (ask.was_used(self._index, id) and not self._is_free(id))

    def _is_free(self, id: str) -> bool:
        """Return whether an id that was used may be used again: its record was only ever undone, and nothing refers."""
        return not ask.references(self._index, id) and History(layout.Layout(self._root)).only_undone(id)

    def _path(self, id: str) -> str | None:
        if id in self._paths:
            return self._paths[id]
        paths = ask.paths_of(self._index, id)
        if len(paths) > 1 or (paths and id in self._copied):
            raise NeedsDoctor(f"Several files have the id {id}.")
        self._paths[id] = paths[0] if paths else self._unread.get(id)
        return self._paths[id]

    @cached_property
    def _unread(self) -> dict[str, str]:
        """The path of each file that the index could not read, and that still exists, by id; of several the first."""
        unread = (problem.path for problem in self._index.problems() if "/" in problem.path)
        return {layout.id_of(path): path for path in reversed([*unread])}

    @cached_property
    def _copied(self) -> set[str | None]:
        """The ids of records of which a sync program made a copy."""
        return {problem.copy_of for problem in self._index.problems()}

    def _bytes_of(self, path: str) -> bytes | None:
        """Return the bytes at a path before the change, read once."""
        if path not in self._before:
            self._before[path] = record_bytes(self._root, path)
            if path == layout.PROFILE and self._before[path] is None:  # never a second one
                self._refuse_elsewhere(_PROFILE)
        return self._before[path]

    def _refuse_elsewhere(self, id: str, otherwise: str = "") -> None:
        """Raise the error of the file with this id whose content is not on this machine, if there is one."""
        for problem in self._index.problems():
            if problem.reason == Reason.ELSEWHERE and layout.id_of(problem.path) == id:
                error = problem.as_error()
                error.hint = f"{error.hint}{otherwise}"
                raise error

    def _read(self, path: str) -> Part | None:
        data = self._bytes_of(path)
        if data is not None and path not in self._parts:
            self._parts[path] = document.checked(path, data)
        return self._parts.get(path)

    def prepared(self) -> tuple[list[Change], IndexUpdate]:
        """Return the changes to commit, and the update of the index."""
        changes, update = list[Change](), IndexUpdate([], [])
        for path, after in self._after.items():
            before = self._before[path]
            data = toml.dump(after) if isinstance(after, Part) else after
            if data == before:
                continue
            if layout.template_at(path):  # the index knows none
                changes.append(Change(path, before, data))
                continue
            if isinstance(after, Part) and before is not None and (old := self._read(path)):
                # A file that differs only in order or comments is left alone. Most differ in a value, which
                # costs far less to find than writing the old record again.
                if as_data(old, full=False) == as_data(after, full=False) and toml.dump(old) == data:
                    continue
                if has_comments(before) or has_comments(self._typed.get(path, b"")):
                    self.notices.append(comments_removed(path))
            changes.append(Change(path, before, data))
            if data is None:
                update.gone.append(path)
                continue
            known, mark = self._entries.get(path), files.fingerprint(data)
            update.records.append(known.but(fingerprint=mark) if known else index_file(path, data, mark))
        return changes, update
