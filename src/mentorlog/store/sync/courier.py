"""The courier: git carries commits between a bare directory of ours and the remote, and does nothing else.

Nothing is checked out or merged by git. Of a commit only plain files are ours; everything else in its tree is neither
read nor written and stays as it is. The directory may be lost at any time: `create` makes it again.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from mentorlog.errors import MentorlogError
from mentorlog.store.disk import files, streams
from mentorlog.store.sync import git_folder, objects, refusals
from mentorlog.store.sync.address import address
from mentorlog.store.sync.git import OLDEST, SERVING, Answer, Git, GitFailed, NoGit, is_too_old
from mentorlog.store.sync.git_folder import BRANCH, OFFERED, TIP
from mentorlog.store.sync.objects import Commit, Entry, Malformed, checked
from mentorlog.store.sync.reader import LARGEST_COMMIT, Oversized, Reader

MESSAGE = "mentorlog sync"

_MOST_ENTRIES = 200_000
_LARGEST_TREE = 32 * 1024 * 1024
_DEEPEST = 3  # v1/ab/NAME.age
_MOST_PACKS = 50
_OFTEN = 6
_PATIENCE = 60.0
_TOO_MANY = f"more than {_MOST_ENTRIES:,} files"
_SAID_ERROR = re.compile(r"^error: ", re.MULTILINE)
_DAMAGE = re.compile(
    r"^(?!remote:).*(bad object|corrupt|valid object|lock ref|pack|loose"
    r"|unable to (read|resolve|open|create|find|update)|missing|bad config|not a git repository"
    r"|did not send all|inflate|delta|bad ref|ended)",
    re.IGNORECASE | re.MULTILINE,
)
_PART = re.compile(r"[^\x00-\x1f\x7f./\\][^\x00-\x1f\x7f/\\]*")


class Damaged(MentorlogError):
    """The git directory was damaged; it is new now, so that everything may be tried again."""

    exit_code = 5


@cache
def _sha1() -> Any:
    """Return the interpreter's own sha1: hashlib's loads OpenSSL."""
    for module in ("_sha1", "hashlib"):
        with suppress(ImportError, AttributeError):
            return __import__(module).sha1
    raise AssertionError("hashlib has sha1")


def blob_id(data: bytes) -> str:
    """Return the id that git gives to a file with these bytes."""
    return str(_sha1()(b"blob %d\0%b" % (len(data), data)).hexdigest())


class Courier:
    """git on a bare directory of ours and one remote.

    In a `with` statement, or closed: one git is kept to be asked for objects. It may ask for a password or key on the
    terminal if `may_ask`; otherwise it has `patience` seconds for every sign of life.
    """

    def __init__(self, git_dir: Path, url: str, *, may_ask: bool, patience: float = _PATIENCE) -> None:
        self.address = address(url)
        self._folder = git_dir
        self._git = Git(git_dir, may_ask=may_ask, patience=patience)
        self._reader = Reader(self._git)
        self._trees: dict[str, Mapping[str, Entry]] = {}
        self._pushed = ""
        self._locked = Counter[str]()
        self._is_replaced = False

    def __enter__(self) -> Courier:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the git that is asked for objects."""
        self._reader.close()

    # The directory

    def create(self) -> None:
        """Make the directory unless it is whole and holds nothing but what we put there."""
        if not git_folder.is_whole(self._folder):
            self._renew()

    def _renew(self) -> None:
        self.close()
        self._trees.clear()
        streams.remove_tree(self._folder)
        files.private_folder(self._folder, parents=True)
        try:
            self._must_be_new_enough()
            made = self._git.run(
                "init", "--quiet", "--bare", "--template=", "--object-format=sha1", "--initial-branch=mentorlog"
            )
        except GitFailed as failed:
            raise refusals.failure(self.address, failed) from None
        if made.status or not git_folder.is_whole(self._folder):
            raise refusals.not_made(self._folder, made)

    def _must_be_new_enough(self) -> None:
        printed = self._git.run("version").out
        if is_too_old(printed):
            found, oldest = printed.split()[2], ".".join(map(str, OLDEST))
            raise NoGit(f"git {found} is too old; sync needs {oldest} or newer.")

    def sweep(self) -> None:
        """Remove what a killed git has left: locks, temporary files, reports of a crash; the caller is alone here."""
        git_folder.sweep(self._folder)

    def pack(self) -> None:
        """Put many packs into one after a sync, and drop what nothing needs any more; a failure changes nothing.

        Where the history of the remote was replaced, the old one goes here, too: it holds what was erased.
        """
        if not self._is_replaced and git_folder.packs(self._folder) <= _MOST_PACKS:
            return
        self.close()
        with suppress(GitFailed):
            if self._is_replaced:
                tip = f"update {TIP} {self._pushed}\n" if self._pushed else ""
                self._git.run("update-ref", "--stdin", stdin=f"{tip}delete {OFFERED}\n".encode())
            answer = self._git.run("repack", "-a", "-d", "-n", "-q")
            if not answer.status:
                self._git.run("prune", "--expire=now")
            elif self._is_damaged(answer):
                self._renew()

    # The remote

    def fetch(self) -> str | None:
        """Fetch the branch, and return its last commit; None if the remote has no such branch."""
        before = git_folder.tip(self._folder)
        answer = self._fetched()
        if (answer.status or _SAID_ERROR.search(answer.err)) and self._is_damaged(answer):
            self._renew()
            answer = self._fetched()
        if not answer.status:
            tip = git_folder.tip(self._folder) or self._resolved()
            self._is_replaced |= before is not None and self.has(before) and not self.contains(tip, before)
            return tip
        if re.search(rf"^fatal: couldn't find remote ref {BRANCH}$", answer.err, re.IGNORECASE | re.MULTILINE):
            self._local("update-ref", "-d", TIP)
            return None
        raise self._refusal(answer, sends=False)

    def _fetched(self) -> Answer:
        return self._exchange(
            "fetch",
            "--progress",  # a sign of life
            "--no-tags",
            "--no-write-fetch-head",
            "--no-auto-maintenance",
            "--no-recurse-submodules",
            "--refmap=",
            "--",
            self.address.url,
            f"+{BRANCH}:{TIP}",
        )

    def push(self, commit: str, lease: str | None = None) -> bool:
        """Push a commit as the branch; return False if somebody was faster.

        The branch only moves forward; with a `lease` it is replaced, if it still is that commit.
        """
        leased = [] if lease is None else [f"--force-with-lease={BRANCH}:{checked(lease)}"]
        answer = self._exchange(
            "push",
            "--porcelain",
            "--progress",
            "--no-verify",
            "--no-follow-tags",
            *leased,
            *self._served(),
            "--",
            self.address.url,
            f"{checked(commit)}:{BRANCH}",
        )
        if not answer.status and re.search(rf"^[ *+=]\t{commit}:{BRANCH}\t", answer.out, re.MULTILINE):
            self._pushed = commit
            self._is_replaced |= lease is not None
            return True
        if (lock := refusals.lock(answer)) and self._is_left(lock):
            raise refusals.lock_left(self.address, lock)
        if refusals.is_overtaken(self.address, answer):
            return False
        raise self._refusal(answer, sends=True)

    def _is_left(self, lock: str) -> bool:
        """Return whether no living git can hold a lock: it is old, or, on a host, there at each of several pushes."""
        if self.address.is_folder:
            status = files.look(Path(lock))
            return status is not None and time.time() - status.st_mtime > _PATIENCE
        self._locked[lock] += 1
        return self._locked[lock] >= _OFTEN

    def _served(self) -> list[str]:
        """Return the option for the git that takes a push in a folder, where it runs as this user.

        A stick may come from anybody: no hook and no command in its settings runs.
        """
        settings = " ".join(f"-c {setting}" for setting in SERVING)
        return [f"--receive-pack=git {settings} receive-pack"] if self.address.is_folder else []

    def _resolved(self) -> str:
        with self._reading():
            return self._reader.resolved(TIP)

    def _exchange(self, *arguments: str) -> Answer:
        try:
            return self._git.run(*arguments, asks=True)
        except GitFailed as failed:
            error = refusals.failure(self.address, failed)
            error.said = refusals.printed(self.address, failed.answer)
            raise error from None

    def _refusal(self, answer: Answer, *, sends: bool) -> MentorlogError:
        _must_have_settings(self._git, answer)
        known = refusals.refusal(self.address, answer, sends=sends)
        if known is None:
            with suppress(GitFailed):
                self._must_be_new_enough()
        error = known or refusals.unknown(self.address)
        error.said = refusals.printed(self.address, answer)
        return error

    def _is_damaged(self, answer: Answer) -> bool:
        """Return whether git may have failed because our own directory is damaged; NoGit if it lacks its settings."""
        _must_have_settings(self._git, answer)
        if not _DAMAGE.search(answer.err):
            return False
        self.close()
        try:
            return self._git.run("fsck", "--connectivity-only", "--no-dangling", "--no-progress").status != 0
        except GitFailed as failed:
            return not failed.is_late

    # Reading

    def has(self, commit: str) -> bool:
        """Return whether a commit is here."""
        if not objects.is_id(commit):
            return False
        with self._reading():
            found = next(self._reader.objects([commit], LARGEST_COMMIT))
            return isinstance(found, tuple) and found[0] == "commit"

    def read(self, commit: str) -> Commit:
        """Return what a commit says."""
        with self._reading():
            return self._commit(commit)

    def entries(self, commit: str) -> Mapping[str, Entry]:
        """Return what a commit's tree holds, by path: files, and what is foreign; deep folders are not looked into."""
        if commit not in self._trees:
            with self._reading():
                self._trees[commit] = self._walked(self._commit(commit).tree)
        return self._trees[commit]

    def blobs(self, ids: Iterable[str], limit: int = files.LIMIT) -> Mapping[str, bytes]:
        """Return the bytes of files by their ids; what is larger than a record may be is left out."""
        wanted = [checked(id) for id in dict.fromkeys(ids)]
        with self._reading():
            found: dict[str, bytes] = {}
            for id, one in zip(wanted, self._reader.objects(wanted, limit), strict=True):
                if isinstance(one, Oversized):
                    continue
                if one is None or one[0] != "blob":
                    raise Malformed
                found[id] = one[1]
            return found

    def merge_base(self, one: str, two: str) -> str | None:
        """Return the commit that two have in common; None if there is none."""
        if one == two:
            return one
        answer = self._local("merge-base", checked(one), checked(two), fine=(0, 1))
        found = answer.out.strip()
        if not answer.status and not objects.is_id(found):
            raise refusals.failure(self.address, GitFailed("printed something else than an id"))
        return found or None

    def contains(self, commit: str, ancestor: str) -> bool:
        """Return whether the history of a commit contains another one."""
        if commit == ancestor:
            return True
        return not self._local("merge-base", "--is-ancestor", checked(ancestor), checked(commit), fine=(0, 1)).status

    def _walked(self, tree: str) -> Mapping[str, Entry]:
        found: dict[str, Entry] = {}
        level = [("", tree)]
        for depth in range(_DEEPEST):
            below: list[tuple[str, str]] = []
            trees = self._reader.objects([id for _, id in level], _LARGEST_TREE)
            for (start, _), one in zip(level, trees, strict=True):
                if isinstance(one, Oversized):
                    raise refusals.too_much(self.address, _TOO_MANY)
                if one is None or one[0] != "tree":
                    raise Malformed
                for name, entry in objects.parsed_tree(one[1]):
                    if entry.kind == "tree" and depth < _DEEPEST - 1:
                        below.append((f"{start}{name}/", entry.id))
                    else:
                        found[f"{start}{name}"] = entry
                if len(found) + len(below) > _MOST_ENTRIES:
                    raise refusals.too_much(self.address, _TOO_MANY)
            level = below
        return found

    def _commit(self, id: str) -> Commit:
        one = next(self._reader.objects([checked(id)], LARGEST_COMMIT))
        if one is None or isinstance(one, Oversized) or one[0] != "commit":
            raise Malformed
        return objects.parsed_commit(one[1])

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Turn what goes wrong within into errors for the user, and replace a damaged directory."""
        try:
            yield
        except Malformed:
            self._renew()
            raise refusals.damaged(Damaged) from None
        except GitFailed as failed:
            self.close()
            if not failed.is_late and self._is_damaged(failed.answer):
                self._renew()
                raise refusals.damaged(Damaged) from None
            raise refusals.failure(self.address, failed) from None
        except BaseException:
            self.close()  # what it still says belongs to another question
            raise

    def _local(self, *arguments: str, fine: tuple[int, ...] = (0,)) -> Answer:
        """Run a git that needs no remote."""
        with self._reading():
            answer = self._git.run(*arguments)
            if answer.status not in fine:
                raise GitFailed(f"ended with status {answer.status}", answer)
            return answer

    # Writing

    def commit(
        self,
        changes: Mapping[str, bytes | None],
        *,
        onto: str | None,
        parents: Sequence[str],
        at: datetime,
        message: str | Callable[[str], str] = MESSAGE,
    ) -> str:
        """Commit the tree of `onto` with changes of files (None: it goes), and return the commit.

        `message` may be made from the id of the tree. What is foreign in the tree stays.
        """
        start = self._start(changes, onto)
        made_here = [b"%b\n" % part for part in (start, *objects.edits(changes))]
        with self._reading():
            writer = self._git.start("fast-import", "--quiet", "--force", "--done", "--date-format=raw")
            try:
                if not isinstance(message, str):
                    writer.write(objects.header(1, "", [], at) + b"".join(made_here) + b'ls ""\n')
                    tree = objects.tree_in(writer.line())
                    made_here = [f'M 040000 {tree} ""\n'.encode()]
                    message = message(tree)
                    writer.write(f"\nreset {OFFERED}\n".encode())
                writer.write(objects.header(2, message, parents, at) + b"".join(made_here) + b"\nget-mark :2\ndone\n")
                made = writer.line().decode("ascii", "replace")
                answer = writer.end()
            finally:
                writer.stop()
            if answer.status or not objects.is_id(made):
                raise GitFailed(f"ended with status {answer.status}", answer)
            return made

    def _start(self, changes: Mapping[str, bytes | None], onto: str | None) -> bytes:
        """Return the command for the tree to begin with, if nothing foreign is in the place of a change."""
        for path in changes:
            parts = path.split("/")
            if len(parts) > _DEEPEST or not all(_PART.fullmatch(part) for part in parts):
                raise ValueError(f"{path!r} is not the path of a file of ours")
        if onto is None:
            return b"deleteall"
        entries = self.entries(onto)
        for path in changes:
            folders = {path[:end] for end in range(len(path)) if path[end] == "/"}
            for at in (path, *folders):
                if (entry := entries.get(at)) is not None and not (at == path and entry.is_file):
                    raise refusals.foreign(self.address, at)
        return f'M 040000 {self.read(onto).tree} ""'.encode()


def _must_have_settings(git: Git, answer: Answer) -> None:
    """Raise NoGit if git fails because of settings of the user: our own were looked at before."""
    if refusals.may_lack_settings(answer) and git.run("rev-parse", "--verify", "--quiet", TIP).status > 1:
        raise refusals.no_settings()
