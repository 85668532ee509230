"""Whatever is planted for git: nothing of it runs, nothing is written elsewhere, nothing hangs.

Plans that must not matter at all are tried together in the quick tests, and each alone in the exhaustive ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.errors import RemoteFailure
from mentorlog.store.sync.courier import Courier, blob_id
from store.sync.exchanged import CONTENTS, GOAL, Trap, attempt, bare, committed, exchange, git
from world import World

LIMIT = 20.0  # seconds; the longest patience of a test is a tenth of it

# Settings that name a program, an address or a place; TRAP is a program, AWAY a folder that is not ours.
SETTINGS = {
    "core": [
        "sshCommand = TRAP",
        "fsmonitor = TRAP",
        "hooksPath = AWAY/hooks",
        "gitProxy = TRAP",
        "askPass = TRAP",
        "editor = TRAP",
        "pager = TRAP",
        "alternateRefsCommand = TRAP",
        "attributesFile = AWAY/attributes",
        "worktree = AWAY",
        "sharedRepository = 0777",
    ],
    "credential": ["helper = !TRAP"],
    "include": ["path = AWAY/config"],
    'includeIf "gitdir:/"': ["path = AWAY/config"],
    'url "ext::TRAP "': ["insteadOf = /"],
    'remote "origin"': ["uploadpack = TRAP", "receivepack = TRAP", "vcs = trap"],
    "uploadpack": ["packObjectsHook = TRAP"],
    "protocol": ["allow = always"],
    'protocol "ext"': ["allow = always"],
    'filter "x"': ["clean = TRAP", "smudge = TRAP", "process = TRAP"],
    "gpg": ["program = TRAP"],
    "push": ["gpgSign = true", "pushOption = x", "followTags = true", "recurseSubmodules = on-demand"],
    "commit": ["gpgSign = true"],
    "diff": ["external = TRAP"],
    "alias": ["fetch = !TRAP", "push = !TRAP", "cat-file = !TRAP"],
    "init": ["templateDir = AWAY/template", "defaultObjectFormat = sha256", "defaultBranch = x"],
    "fetch": ["fsckObjects = false", "prune = true", "recurseSubmodules = true", "bundleURI = file://AWAY/bundle"],
    "transfer": ["fsckObjects = false", "hideRefs = refs/heads"],
    "gc": ["auto = 1"],
    "maintenance": ["auto = true"],
    "http": ["proxy = file://AWAY", "cookieFile = AWAY/cookies", "saveCookies = true"],
    "safe": ["bareRepository = explicit"],
    "trace2": ["eventTarget = AWAY/trace", "normalTarget = AWAY/trace"],
}
EACH = [(section, line) for section, lines in SETTINGS.items() for line in lines]
# Settings of a repository that takes a push.
BY_THE_OTHER = [
    ("receive", "denyCurrentBranch = updateInstead"),
    ("receive", "autoGC = true"),
    ("gc", "recentObjectsHook = TRAP"),
    ('remote "promisor"', "promisor = true"),
    ('remote "promisor"', "url = ssh://localhost/x"),
    ("extensions", "partialClone = promisor"),
]
# With these a repository is none of a stick, or takes no push.
REFUSING = {"path", "worktree", "sharedRepository", "hideRefs"}
# What a user may well have set for all repositories, and what git then does by right.
BY_RIGHT = {"sshCommand", "helper", "path", "vcs", "insteadOf", "hideRefs", "eventTarget", "normalTarget"}
GLOBAL = [(section, line) for section, line in EACH if line.split()[0] not in BY_RIGHT]

HOOKS = ["pre-push", "reference-transaction", "pre-auto-gc", "post-checkout", "post-rewrite", "post-index-change"]
HOOKS += ["pre-receive", "update", "post-receive", "proc-receive", "push-to-checkout", "fsmonitor-watchman"]

ENVIRONMENT = {
    "GIT_DIR": "AWAY",
    "GIT_COMMON_DIR": "AWAY",
    "GIT_WORK_TREE": "AWAY",
    "GIT_INDEX_FILE": "AWAY/index",
    "GIT_OBJECT_DIRECTORY": "AWAY/objects",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "AWAY/objects",
    "GIT_QUARANTINE_PATH": "AWAY",
    "GIT_NAMESPACE": "x",
    "GIT_REPLACE_REF_BASE": "refs/x",
    "GIT_SHALLOW_FILE": "AWAY/shallow",
    "GIT_GRAFT_FILE": "AWAY/grafts",
    "GIT_ATTR_SOURCE": "HEAD",
    "GIT_DEFAULT_HASH": "sha256",
    "GIT_DEFAULT_REF_FORMAT": "reftable",
    "GIT_CONFIG": "AWAY/config",
    "GIT_CONFIG_PARAMETERS": "'core.hooksPath'='AWAY/hooks' 'core.alternateRefsCommand'='TRAP'",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "core.fsmonitor",
    "GIT_CONFIG_VALUE_0": "TRAP",
    "GIT_EXEC_PATH": "AWAY/programs",
    "GIT_TEMPLATE_DIR": "AWAY/template",
    "GIT_PROXY_COMMAND": "TRAP",
    "GIT_EXTERNAL_DIFF": "TRAP",
    "GIT_EDITOR": "TRAP",
    "GIT_SEQUENCE_EDITOR": "TRAP",
    "GIT_PAGER": "TRAP",
    "GIT_ALLOW_PROTOCOL": "ext:git",
    "GIT_PROTOCOL_FROM_USER": "1",
    "GIT_PROTOCOL": "version=9",
    "GIT_TRACE": "AWAY/trace",
    "GIT_TRACE2": "AWAY/trace",
    "GIT_TRACE2_EVENT": "AWAY/trace",
    "GIT_TRACE_SETUP": "AWAY/trace",
    "GIT_TRACE_PACKET": "AWAY/trace",
    "GIT_TRACE_PACKFILE": "AWAY/trace",
    "GIT_TRACE_CURL": "AWAY/trace",
    "GIT_AUTHOR_NAME": "Marie Curie",
    "GIT_AUTHOR_EMAIL": "curie@example.org",
    "GIT_AUTHOR_DATE": "2001-01-01T00:00:00+0900",
    "GIT_COMMITTER_NAME": "Marie Curie",
    "GIT_COMMITTER_DATE": "2001-01-01T00:00:00+0900",
    "GIT_CEILING_DIRECTORIES": "/",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_REF_PARANOIA": "0",
    "GIT_NO_LAZY_FETCH": "0",
    "GIT_TEST_FSYNC": "1",
    "GIT_FLUSH": "x",
    "GIT_ADVICE": "1",
    "PAGER": "TRAP",
    "EDITOR": "TRAP",
    "TZ": "Asia/Tokyo",
    "LC_ALL": "de_DE.UTF-8",
    "LC_MESSAGES": "de_DE.UTF-8",
    "LANG": "de_DE.UTF-8",
    "LANGUAGE": "de",
}


class Ground:
    """A world with a remote, a trap, and a folder that is not ours."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.git_dir = world.root / "desktop" / "git"
        self.remote = bare(world.root / "remote.git")
        self.away = world.root / "away"
        self.trap = Trap(world, self.git_dir, self.remote, world.root / "laptop")
        hooks = [self.away / "hooks", self.away / "template" / "hooks", world.work / ".git" / "hooks"]
        for folder in [*hooks, self.away / "objects", self.away / "programs", self.git_dir.parent]:
            folder.mkdir(parents=True)
        for program in [*(folder / hook for folder in hooks for hook in HOOKS), world.work / "git", world.work / "ssh"]:
            program.symlink_to(self.trap.program)
        for name in ("fetch", "push", "cat-file", "fast-import", "upload-pack", "receive-pack", "remote-trap"):
            (self.away / "programs" / f"git-{name}").symlink_to(self.trap.program)
        (self.away / "config").write_text(f"[core]\n\tsshCommand = {self.trap.program}\n")
        (self.away / "attributes").write_text("* filter=x diff=x merge=x\n")

    def filled(self, text: str) -> str:
        """A text with the trap and the folder in it."""
        return text.replace("TRAP", str(self.trap.program)).replace("AWAY", str(self.away))

    def courier(self, url: str | None = None, patience: float = 2.0) -> Courier:
        """The courier of this machine."""
        return Courier(self.git_dir, str(self.remote) if url is None else url, may_ask=False, patience=patience)

    def planted(self, name: str, text: str) -> None:
        """A file in the git directory."""
        path = self.git_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(self.filled(text))

    def must_work(self) -> None:
        """The exchange does what it does on any day, and the trap stays."""
        self.trap.set()
        start = time.monotonic()
        with self.courier() as one:
            exchange(one)
        assert time.monotonic() - start < LIMIT
        self.trap.stays()
        said = git(self.remote, "log", "--format=%an %cn %ad %cd %B", "--date=raw", "mentorlog")
        assert {*said.split()} == {"mentorlog", "sync", "1796029200", "+0000"}, said


@pytest.fixture
def ground(world: World, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """A ground, where a command runs in a folder that somebody else has filled."""
    monkeypatch.chdir(world.work)
    return Ground(world)


def _written(section: str, line: str) -> str:
    return f"[{section}]\n\t{line}\n"


# What is planted in the git directory


def _plant_files(ground: Ground, names: list[str]) -> None:
    with ground.courier() as one:
        exchange(one)
    for name in names:
        FILES[name](ground)


FILES: dict[str, Callable[[Ground], None]] = {
    **{
        f"hook {hook}": lambda ground, hook=hook: ground.planted(f"hooks/{hook}", "#!/bin/sh\nTRAP\n")  # type: ignore[misc]
        for hook in HOOKS
    },
    "attributes": lambda ground: ground.planted("info/attributes", "* filter=x\n"),
    "exclude": lambda ground: ground.planted("info/exclude", "*\n"),
    "alternates": lambda ground: ground.planted("objects/info/alternates", "AWAY/objects\n"),
    "http alternates": lambda ground: ground.planted("objects/info/http-alternates", "AWAY/objects\n"),
    "commondir": lambda ground: ground.planted("commondir", "AWAY\n"),
    "gitdir": lambda ground: ground.planted("gitdir", "AWAY\n"),
    "worktree config": lambda ground: ground.planted("config.worktree", "[core]\n\tsshCommand = TRAP\n"),
    "shallow": lambda ground: ground.planted("shallow", "0" * 40 + "\n"),
    "grafts": lambda ground: ground.planted("info/grafts", "0" * 40 + "\n"),
    "remotes": lambda ground: ground.planted("remotes/origin", "URL: ext::TRAP\n"),
    "branches": lambda ground: ground.planted("branches/origin", "ext::TRAP\n"),
    "head": lambda ground: ground.planted("HEAD", "ref: refs/heads/../../../x\n"),
    "index": lambda ground: ground.planted("index", "rubbish"),
    "packed refs": lambda ground: ground.planted("packed-refs", "rubbish\n"),
    "replaced": lambda ground: ground.planted(
        f"refs/replace/{git(ground.remote, 'rev-parse', 'mentorlog')}", "0" * 40 + "\n"
    ),
    "tip": lambda ground: ground.planted("refs/remote/mentorlog", "rubbish\n"),
    "offered": lambda ground: ground.planted("refs/offered", "ref: refs/../../x\n"),
    "linked objects": lambda ground: (
        (ground.git_dir / "objects").rename(ground.git_dir / "x"),
        (ground.git_dir / "objects").symlink_to(ground.away / "objects"),
    )[1],
    "linked refs": lambda ground: (
        (ground.git_dir / "refs").rename(ground.git_dir / "y"),
        (ground.git_dir / "refs").symlink_to(ground.away / "objects"),
    )[1],
    "linked config": lambda ground: (
        (ground.git_dir / "config").unlink(),
        (ground.git_dir / "config").symlink_to(ground.away / "config"),
    )[1],
}


def test_nothing_planted_matters(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """All variables, all of the user's settings that are not a way to the remote, and a folder full of traps."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, ground.filled(value))
    monkeypatch.setenv("PATH", f".:{os.environ['PATH']}::relative")
    settings = "".join(_written(*one) for one in GLOBAL)
    (ground.world.home / ".gitconfig").write_text(ground.filled(settings))
    (ground.world.work / ".git" / "config").write_text(ground.filled("".join(_written(*one) for one in EACH)))

    ground.must_work()


def test_nothing_planted_in_the_directory_stays(ground: Ground) -> None:
    """A directory with hooks and settings that are not ours is made again before git reads it."""
    _plant_files(ground, ["hook pre-push", "attributes", "tip", "offered", "index"])
    ground.must_work()
    ground.planted("config", "".join(_written(*one) for one in EACH))
    ground.must_work()


def test_a_stick_of_somebody_else(ground: Ground) -> None:
    """No hook of a remote that is a folder runs, and no program in its settings."""
    hooks = ground.remote / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in HOOKS:
        (hooks / hook).unlink(missing_ok=True)
        (hooks / hook).symlink_to(ground.trap.program)
    taken = [(section, line) for section, line in EACH if line.split()[0] not in REFUSING]
    with (ground.remote / "config").open("a") as config:
        config.write(ground.filled("".join(_written(*one) for one in [*BY_THE_OTHER, *taken])))
    ground.must_work()
    with (ground.remote / "config").open("a") as config:
        config.write("[receive]\n\tprocReceiveRefs = refs\n[transfer]\n\thideRefs = refs\n")
    ground.trap.set()
    assert attempt(ground.courier()).error is not None
    ground.trap.stays()


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("setting", EACH, ids=lambda setting: " ".join(setting))
def test_a_setting_in_the_directory(setting: tuple[str, str], ground: Ground) -> None:
    """No setting in our own directory is obeyed."""
    with ground.courier() as one:
        one.create()
    ground.planted("config", "[core]\n\tbare = true\n" + _written(*setting))
    ground.must_work()


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("setting", GLOBAL, ids=lambda setting: " ".join(setting))
def test_a_setting_of_the_user(setting: tuple[str, str], ground: Ground) -> None:
    """A setting of the user that is not a way to the remote changes nothing."""
    (ground.world.home / ".gitconfig").write_text(ground.filled(_written(*setting)))
    ground.must_work()


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ENVIRONMENT)
def test_a_variable(name: str, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of git but those for the access to the remote is handed on."""
    monkeypatch.setenv(name, ground.filled(ENVIRONMENT[name]))
    ground.must_work()


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("name", FILES)
def test_a_file_in_the_directory(name: str, ground: Ground) -> None:
    """Whatever file is in our directory, the exchange does what it does on any day."""
    _plant_files(ground, [name])
    ground.must_work()


@pytest.mark.slow
@pytest.mark.parametrize(
    "configuration",
    [
        '[url "ext::TRAP %S "]\n\tinsteadOf = REMOTE',
        '[url "git://localhost/"]\n\tinsteadOf = REMOTE\n[core]\n\tgitProxy = TRAP',
        '[url "http://localhost/"]\n\tinsteadOf = REMOTE',
        '[url "ftp://localhost/"]\n\tinsteadOf = REMOTE',
        '[url "trap::"]\n\tinsteadOf = REMOTE',
        '[url "https://user:secret@localhost/"]\n\tinsteadOf = REMOTE',
        '[url "ssh://-oProxyCommand=TRAP/"]\n\tinsteadOf = REMOTE',
        '[url "-oProxyCommand=TRAP:"]\n\tinsteadOf = REMOTE',
    ],
)
def test_an_address_that_a_setting_turns_into_another(configuration: str, ground: Ground) -> None:
    """The user's `insteadOf` may lead to another repository, but to no program and no plain line."""
    text = ground.filled(configuration).replace("REMOTE", str(ground.remote))
    (ground.world.home / ".gitconfig").write_text(text)
    ground.trap.set()

    ended = attempt(ground.courier())

    assert isinstance(ended.error, RemoteFailure)
    assert "secret" not in f"{ended.error.sentence}{ended.error.hint}"
    ground.trap.stays()


# What is on the remote


def _blob(remote: Path, data: bytes = b"x") -> str:
    return git(remote, "hash-object", "-w", "--stdin", stdin=data)


def _tree(remote: Path, *entries: tuple[bytes, bytes, str]) -> str:
    """A tree with any entries, as git itself would refuse to write it."""
    data = b"".join(b"%b %b\0%b" % (mode, name, bytes.fromhex(id)) for mode, name, id in entries)
    return git(remote, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=data)


def _alone(mode: bytes, name: bytes) -> Callable[[Path], str]:
    return lambda remote: _tree(remote, (mode, name, _blob(remote)))


def _below(folder: bytes, mode: bytes, name: bytes) -> Callable[[Path], str]:
    return lambda remote: _tree(remote, (b"40000", folder, _alone(mode, name)(remote)))


def _bomb(remote: Path) -> str:
    tree = _tree(remote, *((b"100644", b"%06d" % number, _blob(remote)) for number in range(500)))
    for _ in range(9):
        tree = _tree(remote, *((b"40000", b"%06d" % number, tree) for number in range(500)))
    return tree


def _crowd(remote: Path) -> str:
    id = _blob(remote)
    return _tree(remote, *((b"100644", b"%06d" % number, id) for number in range(200_001)))


def _twins(remote: Path) -> str:
    names = [b"G7K3Q.toml", b"g7k3q.TOML", b"g7k3q.toml", "g\u0307.toml".encode(), "\u0121.toml".encode()]
    return _tree(remote, (b"40000", b"goals", _tree(remote, *((b"100644", name, _blob(remote)) for name in names))))


# A tree, and whether git must refuse it at the fetch; where it need not, its entries are foreign or plain files.
TREES: dict[str, tuple[Callable[[Path], str], bool]] = {
    "link": (_below(b"goals", b"120000", b"g7k3q.toml"), False),
    "link for a folder": (_alone(b"120000", b"goals"), False),
    "link for the journal": (_alone(b"120000", b"journal.toml"), False),
    "module": (_below(b"goals", b"160000", b"g7k3q.toml"), False),
    "module for a folder": (_alone(b"160000", b"goals"), False),
    "program": (_below(b"goals", b"100755", b"g7k3q.toml"), False),
    "odd mode": (_below(b"goals", b"100664", b"g7k3q.toml"), False),
    "no mode": (_below(b"goals", b"0", b"g7k3q.toml"), True),
    "parent": (_alone(b"100644", b".."), True),
    "here": (_alone(b"100644", b"."), True),
    "parent folder": (_below(b"..", b"100644", b"x.toml"), True),
    "git folder": (_below(b".git", b"100644", b"config"), True),
    "git folder in capitals": (_below(b".GIT", b"100644", b"config"), True),
    "git folder of Windows": (_below(b"git~1", b"100644", b"config"), True),
    "modules": (_alone(b"120000", b".gitmodules"), True),
    "whole path": (_alone(b"100644", b"goals/g7k3q.toml"), True),
    "absolute path": (_alone(b"100644", b"/etc/passwd"), True),
    "no name": (_alone(b"100644", b""), True),
    "twice": (lambda remote: _tree(remote, *[(b"100644", b"journal.toml", _blob(remote))] * 2), True),
    "not sorted": (lambda remote: _tree(remote, *((b"100644", name, _blob(remote)) for name in (b"b", b"a"))), True),
    "device": (_below(b"goals", b"100644", b"CON"), False),
    "option": (_below(b"goals", b"100644", b"-rf"), False),
    "option at the root": (_alone(b"100644", b"--upload-pack=x"), False),
    "backslash": (_alone(b"100644", b"goals\\..\\..\\x.toml"), False),
    "line": (_below(b"goals", b"100644", b"g7k3q\n100644.toml"), False),
    "escape": (_below(b"goals", b"100644", b"\x1b[31mg7k3q.toml"), False),
    "not UTF-8": (_below(b"goals", b"100644", b"\xff\xfe.toml"), False),
    "long name": (_below(b"goals", b"100644", b"g" * 4000), False),
    "turned round": (_below(b"goals", b"100644", "g\u202elmot.toml".encode()), False),
    "our own": (_below(b".mentorlog", b"100644", b"pending.json"), False),
    "twins": (_twins, False),
    "empty": (_tree, False),
}


def _fetched(ground: Ground, make: Callable[[Path], str], refused: bool) -> None:
    commit = committed(ground.remote, make(ground.remote))
    ground.trap.set()
    ended = attempt(ground.courier())
    if refused:
        assert ended.error is not None
        unsafe = f"The branch mentorlog of {ground.remote} holds files that git refuses as unsafe."
        assert ended.error.sentence in (unsafe, f"The repository at {ground.remote} is damaged.")
    elif ended.error is not None:
        assert "holds something that is no file in the place of" in ended.error.sentence
    else:
        before, after = (git(ground.remote, "ls-tree", "-r", "-z", one) for one in (commit, "mentorlog"))
        ours = {*CONTENTS, "notes/n9999.toml"}
        lines = [line for line in before.split("\0") if line.partition("\t")[2] not in ours]
        assert {*lines} <= {*after.split("\0")}  # what is foreign stays
    ground.trap.stays()


@pytest.mark.parametrize("name", ["link", "parent"])
def test_a_hostile_tree(name: str, ground: Ground) -> None:
    """git refuses it at the fetch, or it is foreign and stays as it is."""
    _fetched(ground, *TREES[name])


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("name", TREES)
def test_every_hostile_tree(name: str, ground: Ground) -> None:
    """git refuses it at the fetch, or it is foreign and stays as it is."""
    _fetched(ground, *TREES[name])


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("make", [_bomb, _crowd])
def test_more_entries_than_a_journal_has(make: Callable[[Path], str], ground: Ground) -> None:
    """A tree of a million files, or one that only looks like it, is refused at once."""
    committed(ground.remote, make(ground.remote))
    start = time.monotonic()

    ended = attempt(ground.courier(patience=60.0))

    assert ended.error is not None
    assert ended.error.sentence.endswith("holds more than 200,000 files.")
    assert time.monotonic() - start < LIMIT


@pytest.mark.slow
@pytest.mark.exhaustive
def test_a_file_of_a_gigabyte(ground: Ground, tmp_path: Path) -> None:
    """It is fetched, as git does, but never read: memory stays as it was."""
    import resource

    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(1 << 30)
    id = git(ground.remote, "-c", "core.bigFileThreshold=1m", "hash-object", "-w", str(big))
    tree = _tree(ground.remote, (b"100644", b"journal.toml", id), (b"100644", b"profile.toml", _blob(ground.remote)))
    commit = committed(ground.remote, tree)

    with ground.courier(patience=60.0) as one:
        one.create()
        assert one.fetch() == commit
        assert one.blobs(entry.id for entry in one.entries(commit).values()) == {blob_id(b"x"): b"x"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1 << 20  # KiB


# A remote that answers something else, or never

ANSWERS = {
    "never": "import time; time.sleep(1000)",
    "nothing": "pass",
    "rubbish": "print('hello, who is there?')",
    "rubbish without end": "import sys\nwhile True: sys.stdout.write('rubbish ' * 1000)",
    "lines without end": "import sys\nwhile True: sys.stdout.write('0009x\\n001e# service=x\\n' * 1000)",
    "errors without end": "import sys\nwhile True: sys.stderr.write('error ' * 1000 + '\\n')",
    "a line without an end": "import sys\nwhile True: sys.stderr.write('error ' * 1000)",
    "a trickle": "import sys, time\nwhile True: sys.stderr.write('.\\n'); sys.stderr.flush(); time.sleep(0.1)",
    "a long line": "print('fff0' + 'x' * 10)",
    "a short line": "print('0001')",
    "half a line": "import sys; sys.stdout.write('00'); sys.stdout.flush()",
    "zeroes": "import sys; sys.stdout.buffer.write(bytes(1 << 20))",
    "escapes": "import sys; sys.stderr.write('\\x1b[31mfatal\\x07: \\x1b]0;x\\x07' + '\\u202e' * 9); sys.exit(1)",
    "another program": "import subprocess, time\nsubprocess.Popen(['sleep', '1000'])\ntime.sleep(1000)",
    "a signal": "import os; os.kill(os.getpid(), 9)",
    "our own words": 'import sys; sys.exit("fatal: couldn\'t find remote ref refs/heads/mentorlog")',
    "a branch without objects": (
        "import sys, time\n"
        "line = '0' * 39 + '1 refs/heads/mentorlog\\0 side-band-64k\\n'\n"
        "sys.stdout.write(f'{len(line) + 4:04x}{line}0000'); sys.stdout.flush(); time.sleep(0.2)"
    ),
    "sha256": (
        "import sys, time\n"
        "line = 'a' * 64 + ' refs/heads/mentorlog\\0 object-format=sha256\\n'\n"
        "sys.stdout.write(f'{len(line) + 4:04x}{line}0000'); sys.stdout.flush(); time.sleep(0.2)"
    ),
}


def _answered(name: str, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> str:
    """The sentence for a remote that answers so."""
    stand_in = ground.world.root / "ssh.py"
    stand_in.write_text(ANSWERS[name])
    monkeypatch.setenv("GIT_SSH_COMMAND", f"{sys.executable} -S {stand_in}")
    monkeypatch.setattr("mentorlog.store.sync.git._TURNS", 2)
    ground.trap.set()
    start = time.monotonic()

    ended = attempt(ground.courier("ssh://git.example.org/j.git", patience=0.5))

    assert time.monotonic() - start < LIMIT
    assert isinstance(ended.error, RemoteFailure)
    shown = f"{ended.error.sentence}{ended.error.hint}"
    assert shown.isprintable()
    assert "rubbish" not in shown
    ground.trap.stays()
    while _running(str(stand_in)):  # one whose git has ended ends by itself
        assert time.monotonic() - start < LIMIT
        time.sleep(0.05)
    return ended.error.sentence


def _running(name: str) -> list[str]:
    """The processes that have this among their words."""
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, check=True, text=True).stdout
    return [line for line in listed.splitlines() if name in line and "ps -eo" not in line]


def test_a_remote_that_never_answers(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is waited for no longer than the limit, and nothing that was started goes on."""
    sentence = _answered("never", ground, monkeypatch)

    assert sentence == "Cannot reach git.example.org: it does not answer."


def test_a_remote_that_answers_rubbish(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an error of one sentence."""
    assert _answered("rubbish", ground, monkeypatch) == "git.example.org answers what git does not understand."


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ANSWERS)
def test_a_remote_that_answers(name: str, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it answers, the exchange ends with an error of one sentence, and soon."""
    _answered(name, ground, monkeypatch)


def test_what_is_on_the_remote_is_not_git(ground: Ground, tmp_path: Path) -> None:
    """A file, a folder, a pipe or nothing at the address is no repository, and nothing is waited for."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("file", "folder", "pipe", "nothing"):
        ended = attempt(ground.courier(str(tmp_path / name)))
        assert ended.error is not None
        assert ended.error.sentence == f"There is no git repository at {tmp_path / name}."


def test_the_content_is_compared_whole() -> None:
    """The id of a file is the one that git gives it."""
    assert blob_id(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert blob_id(CONTENTS[GOAL]) != blob_id(CONTENTS[GOAL] + b"\n")
