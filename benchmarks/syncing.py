"""What a sync takes beside `git fetch` alone: `python -m benchmarks.syncing [FOLDER]`.

Two machines meet at a repository that is a folder, then at one that an sshd of our own on this machine serves: its keys
and all else are in a temporary folder. What they change are the texts of notes; each step is a command in a process of
its own, from its start to its end, and the best of some rounds counts. `git fetch` is git's own, from the same
repository into a bare clone. Processor time is that of all processes together, also of git's, but not of the sshd: on a
busy machine it says more than the time that passes. Put the machines on a disk in memory: saving depends on the disk.
"""

from __future__ import annotations

import getpass
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.journals import mixed, write
from benchmarks.measure import Failed, Program, both_times, environment, table

_TEXT = re.compile(r'^text = (?:"""\n|")', re.MULTILINE)
SIZES = (2_000, 10_000)
ROUNDS = 5
FEW, MANY = 20, 200
"""How many records change between two syncs."""
ROWS = (
    "git fetch alone",
    "task list",
    "nothing to do",
    f"{FEW} changed here, sent",
    f"{FEW} here, {FEW} there",
    f"the same {MANY} records changed on both",
    "first sync",
    "join",
)


Times = tuple[float, float]
"""The time that passes, and the processor time, in seconds."""


class Machine:
    """A machine with a journal, and a state folder of its own."""

    def __init__(self, root: Path, name: str, ssh: str) -> None:
        self.journal = root / name / "journal"
        self._root = root
        self._env = environment(root / name, MENTORLOG_JOURNAL=str(self.journal), GIT_SSH_COMMAND=ssh)
        (root / name).mkdir()

    def run(self, *words: str) -> Times:
        """Return what a command takes."""
        return both_times(Program((sys.executable, "-P", "-m", "mentorlog", *words), self._env, self._root))

    def change(self, count: int, sentence: str, start: int = 0) -> None:
        """Put a sentence before the text of so many notes."""
        for path in sorted((self.journal / "notes").iterdir())[start : start + count]:
            text = path.read_text(encoding="utf-8")
            path.write_text(_TEXT.sub(lambda found: f"{found[0]}{sentence}. ", text, count=1), encoding="utf-8")


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """Run an sshd for this user; yield the beginning of the addresses that it serves, and the ssh that reaches it."""
    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/sbin") or "/usr/sbin/sshd"
    for name in ("host", "user"):
        key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(key, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}", encoding="utf-8")
    settings = [f"HostKey={folder / 'host'}", f"AuthorizedKeysFile={folder / 'user.pub'}", "ListenAddress=127.0.0.1"]
    settings += ["StrictModes=no", "UsePAM=no", "PidFile=none", "PasswordAuthentication=no", f"Port={port}"]
    words = [program, "-D", "-e", "-f", "/dev/null", *(word for one in settings for word in ("-o", one))]
    ssh = f"ssh -F none -i {folder / 'user'} -o IdentitiesOnly=yes -o UserKnownHostsFile={folder / 'known'}"
    with subprocess.Popen(words, stderr=subprocess.PIPE) as server:
        try:
            _wait_for(port, server)
            yield f"ssh://{getpass.getuser()}@127.0.0.1:{port}", ssh
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if server.poll() is not None:
            said = (server.stderr.read() if server.stderr else b"").decode(errors="replace")
            raise Failed(f"sshd does not start: {said.strip()}")
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Failed("sshd does not answer")


def measured(root: Path, records: int, rounds: int = ROUNDS, server: str = "", ssh: str = "ssh") -> dict[str, Times]:
    """Return the times of each row for a journal of so many records, at a folder or below the address of a server."""
    folder = root / "remote.git"
    remote = f"{server}{folder}"
    subprocess.run(["git", "init", "--quiet", "--bare", str(folder)], check=True)
    here, there = Machine(root, "here", ssh), Machine(root, "there", ssh)
    write(here.journal, mixed(records))
    here.run("task", "add", "Begin a log")  # with the index, as on any day
    found = {"first sync": here.run("sync", "--to", remote, "--plain")}
    found["join"] = there.run("init", str(there.journal), "--from", remote)
    clone = root / "clone.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(folder), str(clone)], check=True)
    fetch = ("git", f"--git-dir={clone}", "fetch", "--quiet", remote, "mentorlog")
    env = environment(root, GIT_SSH_COMMAND=ssh)

    def best(prepare: Callable[[int], None], step: Callable[[], Times]) -> Times:
        times = []
        for number in range(rounds):
            prepare(number)
            times.append(step())
        passed, used = zip(*times, strict=True)
        return min(passed), min(used)

    def few(number: int) -> None:
        here.change(FEW, f"Here {number}")

    def both(number: int) -> None:
        there.change(FEW, f"There {number}", FEW)
        there.run("sync")
        here.change(FEW, f"Both {number}")

    def many(number: int) -> None:
        here.run("sync")
        there.change(MANY, f"Many there {number}", 2 * FEW)
        there.run("sync")
        here.change(MANY, f"Many here {number}", 2 * FEW)

    def nothing(number: int) -> None:
        pass

    sync = lambda: here.run("sync")  # noqa: E731
    there.run("sync")
    found["git fetch alone"] = best(nothing, lambda: both_times(Program(fetch, env, root)))
    found["task list"] = best(nothing, lambda: here.run("task", "list"))
    found["nothing to do"] = best(nothing, sync)
    found[ROWS[3]] = best(few, sync)
    found[ROWS[4]] = best(both, sync)
    found[ROWS[5]] = best(many, sync)
    return found


def described(found: Mapping[int, Mapping[str, Times]]) -> str:
    """Return the table of all sizes."""
    header = [cell for size in found for cell in (f"{size:,} records", "processor time")]
    rows = [[name, *(f"{time:.3f} s" for size in found for time in found[size][name])] for name in ROWS]
    return table(["", *header], rows)


def ratios(found: Mapping[str, Times]) -> str:
    """Return how a sync with nothing to do compares with git alone."""
    nothing, listing, fetch = (found[name] for name in ("nothing to do", "task list", ROWS[0]))
    more = (nothing[1] - listing[1]) / fetch[1]
    return (
        f"Nothing to do is {nothing[0] / fetch[0]:.1f} × the time of `git fetch` alone, "
        f"and {nothing[1] / fetch[1]:.1f} × its processor time: {more:.1f} × more than `task list` takes."
    )


def _measure(work: Path, title: str, server: str = "", ssh: str = "ssh") -> None:
    """Measure and print each size."""
    found = {}
    for size in SIZES:
        folder = work / f"{size}{'-ssh' if server else ''}"
        folder.mkdir()
        found[size] = measured(folder, size, server=server, ssh=ssh)
    print(f"{title}:\n\n{described(found)}\n\n{ratios(found[SIZES[0]])}\n", flush=True)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as work:
        _measure(Path(work), "A repository in a folder")
        try:
            with served(Path(work)) as (server, ssh):
                _measure(Path(work), "A repository over ssh, on this machine", server, ssh)
        except (OSError, Failed) as error:
            print(f"Not measured over ssh: {error}")


if __name__ == "__main__":
    main()
