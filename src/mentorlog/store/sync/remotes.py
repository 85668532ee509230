"""The remote of one journal: syncing with it, what is known of it, and leaving it."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from shlex import quote

from mentorlog.domain.reports import Problem, RemoteStatus, SyncedRecords, SyncReport
from mentorlog.domain.syncing import PLAIN, Remote, SyncRequest
from mentorlog.errors import AnotherHistory, MentorlogError, NeedsDoctor
from mentorlog.store.disk import files
from mentorlog.store.layout import FOLDERS, JOURNAL, PRIVATE, Layout
from mentorlog.store.sync.address import address
from mentorlog.store.sync.courier import Courier, Damaged
from mentorlog.store.sync.exchange import Exchange
from mentorlog.store.sync.place import Place
from mentorlog.store.sync.plain_trees import PlainTrees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from mentorlog.store.sync.own_side import OwnSide
    from mentorlog.store.sync.ports import Trees


_USUAL = re.compile(rb'format = 1\nid = "([0-9a-f]{16})"\n')
"""A journal.toml as it is made; the whole check loads a lot."""


class Remotes:
    """The remote of a journal; `own` returns the journal's side of a sync, `create` makes a journal with an id."""

    def __init__(
        self,
        layout: Layout,
        state: Path | None,
        *,
        now: datetime,
        own: Callable[[Place, bool], OwnSide],
        create: Callable[[bytes], object],
        waiting: Callable[[str], None],
    ) -> None:
        self._layout, self._state, self._now = layout, state, now
        self._own, self._create, self._waiting = own, create, waiting

    def sync(self, request: SyncRequest) -> SyncReport:
        """Exchange what is new with the remote, as one operation here and one commit there."""
        place = Place(self._state, self._layout.root, "" if request.begin else self._journal_id())
        remote = request.to.but(url=address(request.to.url).url) if request.to else place.remote()
        if remote is None:
            raise _no_remote()
        is_new = files.look(place.folder) is None
        try:
            if request.begin:
                place = self._begun(request, place, remote)
            report = self._exchanged(request, place, remote)
            place = place.become(self._journal_id())
        finally:
            if is_new and place.remote() is None:
                place.discard()
        return report

    def _exchanged(self, request: SyncRequest, place: Place, remote: Remote) -> SyncReport:
        def reached() -> None:
            if request.to is not None:
                place.remember(remote)

        with self._courier(request, place, remote) as courier:
            own, shown = self._own(place, request.dry_run), courier.address.shown
            exchange = Exchange(
                own, place, courier, _trees(remote, courier), shown=shown, now=self._now, reached=reached
            )
            try:
                report = exchange.run(request)
            except Damaged:  # the directory is new now
                report = exchange.run(request)
            courier.pack()
            return report

    def _begun(self, request: SyncRequest, place: Place, remote: Remote) -> Place:
        """Make the journal that the remote holds, still without records; return its place."""
        with self._courier(request, place, remote) as courier:
            trees, tip = _trees(remote, courier), courier.fetch()
            if tip is not None:
                trees.check(tip)
            data = trees.contents(tip, [JOURNAL]).get(JOURNAL) if tip is not None else None
        if data is None:
            hint = f"first send your journal there; on the machine that has it: mentorlog sync --to {quote(remote.url)}"
            raise AnotherHistory("The remote does not hold a journal.", hint)
        id = _id_in(f"{JOURNAL} of the remote", data)
        if files.look(self._layout.journal) is None:
            self._create(data)
        elif self._journal_id() != id:
            raise MentorlogError(f"There is another journal at {self._layout.root}.", "begin in a new folder")
        return place.become(id)

    def status(self) -> RemoteStatus | None:
        """Return what is known of the remote without reaching it; None if there is none."""
        place = self._place()
        remote = place.remote()
        if remote is None:
            return None
        state = place.state()
        held = tuple(Problem(path, why) for path, why in (state.problems if state else ()))
        with Courier(place.git, remote.url, may_ask=False) as courier:
            shown, unsent = courier.address.shown, None
            if state is not None and state.base is not None and courier.has(state.base.commit):
                base = _trees(remote, courier).files(state.base.commit)
                with self._own(place, True).opened() as ours:
                    unsent = _unsent(ours.blobs, base, {*ours.unreadable})
        return RemoteStatus(shown, remote.cipher, state.at if state and state.at else None, unsent, held)

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

    def _place(self) -> Place:
        return Place(self._state, self._layout.root, self._journal_id())

    def _journal_id(self) -> str:
        """Return the id of the journal; MentorlogError if there is none."""
        data = files.content(self._layout.journal, name=JOURNAL)
        if data is None:
            hint = f"create one with: mentorlog init {quote(str(self._layout.root))}"
            raise MentorlogError(f"There is no journal at {self._layout.root}", hint)
        usual = _USUAL.fullmatch(data)
        return usual[1].decode() if usual else _id_in(JOURNAL, data)

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


def _trees(remote: Remote, courier: Courier) -> Trees:
    """Return how the records lie on a remote."""
    if remote.cipher == PLAIN:
        return PlainTrees(courier)
    raise NeedsDoctor("The remote is encrypted, which this version cannot read.", "upgrade mentorlog")


def _no_remote() -> MentorlogError:
    return MentorlogError("This journal has no remote.", "to choose one, see: mentorlog sync --help")


def _unsent(ours: Mapping[str, str], base: Mapping[str, str], unreadable: set[str]) -> SyncedRecords:
    """Return the records that changed here since the last sync."""
    from mentorlog.store.sync import plan

    paths = {path for path, _ in ours.items() ^ base.items() if path in ours or plan.is_ours(path)} - unreadable
    here, there = ({plan.key_of(path) for path in paths if path in side} for side in (ours, base))
    gone = there - here - {plan.key_of(path) for path in unreadable}
    new, changed, deleted = (
        tuple(sorted(key.rpartition("/")[2] for key in keys)) for keys in (here - there, here & there, gone)
    )
    return SyncedRecords(new, changed, deleted)
