"""Import of what `export json` wrote: validated as a whole, applied as one change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog import ids
from mentorlog.domain.reports import ImportItem
from mentorlog.errors import BadValue, MentorlogError, NeedsDoctor, Reason, Unreadable
from mentorlog.exchange import foreign, gate
from mentorlog.export.json_backup import is_harmless, path_under
from mentorlog.models.fields import class_of
from mentorlog.models.portable import FILE, untagged
from mentorlog.models.profile import Profile
from mentorlog.models.views import counted, first_of
from mentorlog.store.format import toml
from mentorlog.store.format.document import journal_data
from mentorlog.store.layout import FOLDERS, JOURNAL, PROFILE
from mentorlog.store.snapshot import Contents, Found, is_same

if TYPE_CHECKING:
    from mentorlog.models.record import Record
    from mentorlog.store.journal import Journal, Transaction

VERSION = 1
LIMIT = 256 * 1024 * 1024  # bytes of the largest file that is imported
_FORMAT = foreign.Format("a mentorlog export", "make one with: mentorlog export json -o export.json")
_MOST_NAMED = 10
_SAVED = ("new", "replaced")


class ImportResult(NamedTuple):
    """The result of an import, record by record."""

    items: tuple[ImportItem, ...]

    def of(self, *changes: str) -> list[ImportItem]:
        """Return the items with one of these changes."""
        return [item for item in self.items if item.change in changes]

    @property
    def name(self) -> str:
        """The name of the operation: `import: 12 records`."""
        return f"import: {counted(len(self.of(*_SAVED)), 'record')}"


def import_backup(journal: Journal, data: bytes, *, replace: bool = False, dry_run: bool = False) -> ImportResult:
    """Import an export as one operation, or only return what that would do."""
    contents = read(data)
    if dry_run:
        return journal.preview(lambda transaction: save(transaction, contents, replace=replace, dry_run=True))
    return journal.change(lambda result: result.name, lambda transaction: save(transaction, contents, replace=replace))


def read(data: bytes) -> Contents:
    """Return the validated contents of an export; MentorlogError says what is wrong."""
    if len(data) > LIMIT:
        raise MentorlogError(f"The file is larger than {LIMIT >> 20} MiB.", "an export is never that large")
    try:
        content = _content(_parsed(data))
        journal = None if content["journal"] is None else _journal(content["journal"])
        if set(content) - {"journal", "profile", "records"}:
            raise _FORMAT.wrong("its data has more than journal, profile and records")
        profile = None if content["profile"] is None else gate.accepted("The profile", Profile, content["profile"])
        if profile is not None:
            gate.check_reads_back("The profile", PROFILE, profile)
        return Contents(journal, profile, tuple(_records(content["records"])))
    except RecursionError:
        raise _FORMAT.wrong("it is nested too deeply") from None


def _parsed(data: bytes) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) < len(pairs):
            raise _FORMAT.wrong("a key is repeated in one table")
        return table

    def never(word: str) -> Any:
        raise _FORMAT.wrong("it has a number that JSON does not allow")

    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=never)
    except UnicodeDecodeError:
        raise _FORMAT.wrong("it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise _FORMAT.wrong(f"it is not valid JSON (line {error.lineno}, column {error.colno})") from None
    except ValueError:
        raise _FORMAT.wrong("it has a number that is too long") from None


def _content(document: Any) -> dict[str, Any]:
    if not isinstance(document, dict) or "version" not in document or "data" not in document:
        raise _FORMAT.wrong("it has no version and data")
    if document["version"] != VERSION or isinstance(document["version"], bool):
        sentence = "The export has a version that this mentorlog does not support."
        raise MentorlogError(sentence, "import it with a newer mentorlog")
    data = document["data"]
    if not isinstance(data, dict) or not {"journal", "profile", "records"} <= set(data):
        raise _FORMAT.wrong("its data lacks journal, profile or records")
    for name in ("journal", "profile"):
        if not isinstance(data[name], dict | None):
            raise _FORMAT.wrong(f"its {name} is not a table")
    return data


def _journal(data: dict[str, Any]) -> dict[str, Any]:
    try:
        gate.check_texts("The journal", data)
        journal = {key: untagged(value, key) for key, value in data.items()} if "$toml" not in data else {}
        journal_data(JOURNAL, toml.dump_plain(journal))
    except (BadValue, Unreadable) as error:
        if isinstance(error, Unreadable) and error.reason == Reason.NEWER:
            sentence = "The export is of a journal that a newer version of mentorlog writes."
            raise MentorlogError(sentence, "import it with that version") from None
        raise _FORMAT.wrong("its journal has another format") from None
    return journal


def _records(data: Any) -> Iterator[Found]:
    if not isinstance(data, list):
        raise _FORMAT.wrong("its records are not a list")
    seen: set[str] = set()
    for number, item in enumerate(data, 1):
        if not isinstance(item, dict) or item.get("record") not in tuple(FOLDERS):
            raise _FORMAT.wrong(f"record {number} is not a record of a known kind")
        found = _record(number, item)
        if found.record.id.lower() in seen:
            raise _FORMAT.wrong(f"the id {found.record.id} is used twice")
        seen.add(found.record.id.lower())
        yield found


def _record(number: int, item: Mapping[str, Any]) -> Found:
    kind, id = item["record"], item.get("id")
    if not isinstance(id, str) or ids.wrong(id) or not is_harmless(FOLDERS[kind], f"{id}.toml", id):
        sentence = f"Record {number} ({kind}) does not have a valid id."
        raise MentorlogError(sentence, "ids look like g7k3q, those of mentors like osler")
    where = f"Record {number} ({kind} {id})"
    fields = {key: value for key, value in item.items() if key not in ("record", FILE)}
    record = gate.accepted(where, class_of(kind), fields)
    path = path_under(record, item.get(FILE))
    gate.check_reads_back(where, path, record)
    return Found(path, record)


def save(transaction: Transaction, contents: Contents, *, replace: bool, dry_run: bool = False) -> ImportResult:
    """Save what is new in the transaction; refuse or replace what differs."""
    if contents.journal is not None and transaction.is_empty():
        transaction.put_journal(contents.journal)
    differs = "replaced" if replace else "differs"
    items = []
    if (profile := contents.profile) is not None:
        change = _change(transaction.profile() if transaction.has_profile() else None, profile, differs)
        items.append(ImportItem("profile", "profile", profile.name or "", change, "profile"))
        if change in _SAVED:
            transaction.put_profile(profile, exactly=True)
    for found in contents.records:
        record = found.record
        there = None if transaction.path(record.id) is None else transaction.any(record.id)
        if there and there.KIND != record.KIND:
            kinds = f"a {there.KIND} in the journal and a {record.KIND} in the import"
            raise NeedsDoctor(f"The id {record.id} belongs to {kinds}.")
        change = _change(there, record, differs)
        items.append(ImportItem(record.KIND, record.id, record.heading, change, record.noun))
        if change in _SAVED:
            transaction.put(record, found.path, exactly=True)
    result = ImportResult(tuple(items))
    if (differing := result.of("differs")) and not dry_run:
        names = [one.id if one.record == one.id else f"{one.noun} {one.id}" for one in differing]
        count = "1 record differs" if len(differing) == 1 else f"{len(differing)} records differ"
        raise MentorlogError(
            f"Nothing was imported: {count} from yours ({first_of(names, _MOST_NAMED)}).",
            "use --dry-run to list them, --replace to overwrite yours",
        )
    return result


def _change(there: Record | Profile | None, brought: Record | Profile, differs: str) -> str:
    return "new" if there is None else "same" if is_same(there, brought) else differs
