"""The remote of one journal: syncing with it, what is known of it, and leaving it."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from functools import partial
from shlex import quote

from mentorlog.domain.reports import Problem, RemoteStatus, SyncedRecords, SyncReport
from mentorlog.domain.syncing import PLAIN, Remote, SyncRequest
from mentorlog.errors import AnotherHistory, Busy, MentorlogError, NoHome, NoJournal
from mentorlog.store.disk import files
from mentorlog.store.layout import FOLDERS, JOURNAL, PRIVATE, Layout, id_of
from mentorlog.store.sync.address import address, outside
from mentorlog.store.sync.courier import Courier, Damaged
from mentorlog.store.sync.exchange import TRIES, Exchange
from mentorlog.store.sync.place import Place
from mentorlog.store.sync.plain_trees import PlainTrees
from mentorlog.store.sync.state import NONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from mentorlog.store.keys import Key, KeyRing
    from mentorlog.store.sync.encrypted_trees import EncryptedTrees
    from mentorlog.store.sync.own_side import OwnSide
    from mentorlog.store.sync.ports import Trees


_KNOWN = "known.age"
_USUAL = re.compile(rb'format = 1\nid = "([0-9a-f]{16})"\n')
"""A journal.toml as it is made; the whole check loads a lot."""


class Remotes:
    """The remote of a journal; `own` returns the journal's side of a sync, `create` makes a journal with an id."""

    def __init__(
        self,
        layout: Layout,
        state: Path | None,
        keyring: KeyRing | None,
        *,
        now: datetime,
        own: Callable[[Place, bool], OwnSide],
        create: Callable[[bytes], object],
        waiting: Callable[[str], None],
    ) -> None:
        self._layout, self._state, self._keyring, self._now = layout, state, keyring, now
        self._own, self._create, self._waiting = own, create, waiting

    def sync(self, request: SyncRequest, key: Key | None = None) -> SyncReport:
        """Exchange what is new with the remote, as one operation here and one commit there.

        `key` is the one of the journal that begins, if its remote is encrypted.
        """
        before = "" if request.begin else self.journal_id()
        place = Place(self._state, self._layout.root, before)
        new = request.to and request.to.but(url=outside(address(request.to.url), self._layout.root).url)
        remote = new or place.remote()
        if remote is None:
            raise _no_remote()
        is_new = files.look(place.folder) is None
        try:
            if request.begin:
                place, remote = self._begun(request, place, remote, key)
            report = self._exchanged(request, place, remote)
            journal = self.journal_id()
            if before and before != journal and remote.cipher != PLAIN:
                self._keys().put(self._keys().get(before).but(journal=journal))
            place = place.become(journal)
            if report.renamed and not request.dry_run:
                self._follow({one.old: one.new for one in report.renamed})
        finally:
            if is_new and place.remote() is None:
                place.discard()
        return report

    def _follow(self, renamed: Mapping[str, str]) -> None:
        """Let half-given answers have the new ids of records."""
        from mentorlog.store.drafts import Drafts

        with suppress(MentorlogError):  # they stay as they are where the disk refuses
            Drafts(self._layout.drafts).follow(renamed)

    def _exchanged(self, request: SyncRequest, place: Place, remote: Remote) -> SyncReport:
        def reached() -> None:
            if request.to is not None:
                place.remember(remote)

        with self._courier(request, place, remote) as courier:
            own, trees = self._own(place, request.dry_run), self._trees(remote, courier, place)
            exchange = Exchange(
                *(own, place, courier, trees),
                remote=courier.address,
                now=self._now,
                reached=reached,
                replaced=partial(_replaced, courier),
            )
            try:
                report = exchange.run(request)
            except Damaged:  # the directory is new now
                report = exchange.run(request)
            place.reached()
            courier.pack()
            return report

    def _begun(self, request: SyncRequest, place: Place, remote: Remote, key: Key | None) -> tuple[Place, Remote]:
        """Make the journal that the remote holds, still without records; return its place, and how it is encrypted."""
        from mentorlog.store.sync import label

        data = None
        with self._courier(request, place, remote) as courier:
            if (tip := courier.fetch()) is not None:
                said = label.of(courier, tip)
                remote = remote.but(cipher=said.cipher)
                if remote.cipher != PLAIN:
                    key = key or self._keys().matching(said.key)
                trees = self._trees(remote, courier, place, key)
                trees.check(tip)
                data = trees.contents(tip, [JOURNAL]).get(JOURNAL)
        if data is None:
            hint = f"first send your journal there; on the machine that has it: mentorlog sync --to {quote(remote.url)}"
            raise AnotherHistory("The remote does not hold a journal.", hint)
        id = _id_in(f"{JOURNAL} of the remote", data)
        is_new = files.look(self._layout.journal) is None
        if not is_new and self.journal_id() != id:
            raise MentorlogError(f"There is another journal at {self._layout.root}.", "begin in a new folder")
        if key is not None and remote.cipher != PLAIN:
            self._keys().put(key.but(journal=id))
        if is_new:
            self._create(data)
        return place.become(id), remote

    def status(self) -> RemoteStatus | None:
        """Return what is known of the remote without reaching it; None if there is none."""
        place = self._place()
        remote = place.remote()
        if remote is None:
            return None
        state = place.state()
        held = tuple(Problem(path, why) for path, why in (state.problems if state else ()))
        unsent = None
        if state is not None and state.base is not None:
            with suppress(MentorlogError):  # without git, its directory or the key, that is not known
                unsent = self._waiting_here(place, remote, state.onto or state.base.commit)
        at = state.at if state and state.at else None
        return RemoteStatus(address(remote.url).shown, remote.cipher, at, unsent, held)

    def _waiting_here(self, place: Place, remote: Remote, commit: str) -> SyncedRecords | None:
        """Return the records that differ from a commit, or from no records for NONE; None if it is not here."""
        with Courier(place.git, remote.url, may_ask=False) as courier:
            if commit != NONE and not courier.has(commit):
                return None
            there = {} if commit == NONE else self._trees(remote, courier, place).files(commit)
            with self._own(place, True).opened() as ours:
                return _unsent(ours.blobs, there, {*ours.unreadable})

    def forget(self, request: SyncRequest) -> tuple[SyncReport, tuple[str, ...]]:
        """Exchange what is new, then replace the history of the remote by one commit that names what was erased here.

        Returns what was exchanged, and the ids of the erased records.
        """
        ids: set[str] = set()

        def commit(courier: Courier, trees: Trees, tip: str, trailer: str) -> str:
            here = {id_of(path) for path in trees.files(tip)}
            ids.update(self._own(self._place(), True).erased() - here)
            return trees.squashed(tip, erased=ids, trailer=trailer, at=self._now)

        report = self._replaced(request, commit, lambda: None)
        return report, tuple(sorted(ids))

    def new_key(self, request: SyncRequest, *, recipients: bool = True) -> tuple[SyncReport, Key]:
        """Exchange what is new, then encrypt everything on the remote with a new key, and remove its history.

        The new key has the recipients of the old one, or none.
        """
        _, coming = self._coming(recipients)

        def commit(courier: Courier, trees: Trees, tip: str, trailer: str) -> str:
            contents, erased = trees.contents(tip, [*trees.files(tip)]), trees.check(tip)
            new = self._encrypted(courier, self._place(), coming)
            return new.commit(contents, onto=None, parents=[], at=self._now, erased=erased, trailer=trailer)

        return self._replaced(request, commit, partial(self._arrived, coming)), coming

    def new_key_unread(self, request: SyncRequest, *, recipients: bool = True) -> Key:
        """Replace what is on the remote, which cannot be read, by the files of this machine, with a new key."""
        from mentorlog.store.sync import squash

        place, (remote, coming) = self._place(), self._coming(recipients)
        own = self._own(place, False)
        with self._courier(request, place, remote) as courier, own.opened() as ours:
            for wrong in ours.unreadable.values():
                raise wrong
            contents = {path: ours.read(path) for path in ours.blobs}
            mark = own.last(), own.mark(own.last()) or ""
            trees = self._encrypted(courier, place, coming)
            if not squash.replace_unread(courier, place, trees, contents, mark, self._now):
                raise _busy()
            self._arrived(coming)
        return coming

    def _coming(self, recipients: bool) -> tuple[Remote, Key]:
        """Return the remote, which must be encrypted, and a new key for it."""
        remote = self._remote()
        if remote.cipher == PLAIN:
            raise MentorlogError("The remote is not encrypted.", "see: mentorlog sync --status")
        return remote, self._keys().coming(self.journal_id(), self._now, recipients=recipients)

    def _arrived(self, key: Key) -> None:
        """Use a new key from now on: the remote is encrypted with it."""
        from mentorlog.store.keys import Secrets

        self._keys().arrived(key.journal, Secrets(key.identity).id)

    def _replaced(
        self, request: SyncRequest, commit: Callable[[Courier, Trees, str, str], str], sent: Callable[[], object]
    ) -> SyncReport:
        """Exchange what is new, and replace the history of the remote if nobody has sent anything since."""
        from mentorlog.store.sync import squash

        for _ in range(TRIES):
            report = self.sync(request)
            place, remote = self._place(), self._remote()
            with self._courier(request, place, remote) as courier:
                trees = self._trees(remote, courier, place)
                if squash.replace_history(courier, place, trees, partial(commit, courier, trees), sent):
                    courier.pack()  # what was erased goes here, too
                    return report
        raise _busy()

    def _remote(self) -> Remote:
        """Return the remote that was remembered; raise MentorlogError if there is none."""
        remote = self._place().remote()
        if remote is None:
            raise _no_remote()
        return remote

    def is_told(self) -> bool:
        """Return whether it was told within a day that the remote cannot be reached; else record that it is now."""
        return self._place().is_told(self._now)

    def is_encrypted(self) -> bool:
        """Return whether there is a remote, and it is encrypted."""
        remote = self._place().remote()
        return remote is not None and remote.cipher != PLAIN

    def recheck(self) -> None:
        """Let the next sync look at everything, though no record has changed."""
        if self._state is not None:
            self._place().discard_kept()

    def known(self) -> str | None:
        """Return the address of the remote without a password; None if there is none, or nothing can be read of it."""
        with suppress(MentorlogError):
            remote = self._place().remote()
            return address(remote.url).shown if remote else None
        return None

    def leave(self) -> str:
        """Forget the remote, whose records and ours both stay; return its address without a password."""
        place = self._place()
        remote = place.remote()
        if remote is None:
            raise _no_remote()
        with place.locked(self._waiting):
            place.discard()
        return address(remote.url).shown

    def place(self) -> str | None:
        """Return the host or the folder of the remote; None if there is none."""
        remote = self._place().remote()
        return address(remote.url).place if remote else None

    def journal_id(self) -> str:
        """Return the id of the journal, empty if it has none; NoJournal if there is no journal."""
        data = files.content(self._layout.journal, name=JOURNAL)
        if data is None:
            raise NoJournal(str(self._layout.root))
        usual = _USUAL.fullmatch(data)
        return usual[1].decode() if usual else _id_in(JOURNAL, data)

    def _place(self) -> Place:
        return Place(self._state, self._layout.root, self.journal_id())

    def _trees(self, remote: Remote, courier: Courier, place: Place, key: Key | None = None) -> Trees:
        """Return how the records are on a remote."""
        return PlainTrees(courier) if remote.cipher == PLAIN else self._encrypted(courier, place, key)

    def _encrypted(self, courier: Courier, place: Place, key: Key | None = None) -> EncryptedTrees:
        """Return the records on an encrypted remote."""
        from mentorlog.store.sync.encrypted_trees import EncryptedTrees

        return EncryptedTrees(courier, self._keys(), place.journal, place.folder / _KNOWN, key)

    def _keys(self) -> KeyRing:
        """Return the keys of this user, which need a home folder."""
        if self._keyring is None:
            raise NoHome
        return self._keyring

    @contextmanager
    def _courier(self, request: SyncRequest, place: Place, remote: Remote) -> Iterator[Courier]:
        """Hold the lock of the sync, and yield git on our directory, swept of what a killed one left."""
        with (
            place.locked(self._waiting),
            Courier(place.git, remote.url, may_ask=request.may_ask) as courier,
        ):
            place.sweep()
            courier.create()
            courier.sweep()
            yield courier


def is_untouched(root: Path) -> bool:
    """Return whether a journal has neither records nor changes, as where making it was interrupted."""
    from mentorlog.store.oplog.history import History
    from mentorlog.store.snapshot import record_paths

    names = files.real_names(root) if files.is_folder(root) else []
    inside = {name for name in names if not files.is_staged(name)}
    is_ours = inside <= {*FOLDERS.values(), PRIVATE, JOURNAL}
    return bool(names) and is_ours and not History(Layout(root)).last() and not {*record_paths(root)} - {JOURNAL}


def _id_in(name: str, data: bytes) -> str:
    """Return the id in a journal.toml."""
    from mentorlog.store.format import document

    return str(document.journal_data(name, data).get("id", ""))


def _replaced(courier: Courier, known: str, tip: str) -> str | None:
    """Return the newest commit in the history of one that the beginning of another's history replaced."""
    from mentorlog.store.sync import squash

    return squash.replaced(courier, known, tip)


def _busy() -> Busy:
    sentence = "Other machines kept sending at the same time; the history of the remote was not replaced."
    return Busy(sentence, "try again in a moment")


def _no_remote() -> MentorlogError:
    return MentorlogError("This journal has no remote.", "to choose one, see: mentorlog sync --help")


def _unsent(ours: Mapping[str, str], base: Mapping[str, str], unreadable: set[str]) -> SyncedRecords:
    """Return the records that changed here since the last sync."""
    from mentorlog.store.sync import plan

    paths = {path for path, _ in ours.items() ^ base.items() if path in ours or plan.is_ours(path)}
    paths -= {*unreadable, JOURNAL}
    here, there = ({plan.key_of(path) for path in paths if path in side} for side in (ours, base))
    gone = there - here - {plan.key_of(path) for path in unreadable}
    new, changed, deleted = (
        tuple(sorted(key.rpartition("/")[2] for key in keys)) for keys in (here - there, here & there, gone)
    )
    return SyncedRecords(new, changed, deleted)
