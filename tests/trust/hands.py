"""A hundred things that people and other programs do to a journal, and what a verification calls each of them.

Each `Deed` does one of them in the folder of a journal and returns the states that must be named, by path.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from faults.harness import Tree
from trust.test_copies import FORMS as COPIES
from trust.test_elsewhere import FORMS as PLACEHOLDERS
from trust.vouched import Bench

GOAL, TASK = "goals/g7k3q-submit-case-report.toml", "tasks/t4m2x-draft-abstract.toml"
MENTOR, NOTE = "mentors/osler.toml", "notes/n2b3c-which-journal.toml"
MEETING = "meetings/m4k2p-meeting-with-osler-on-fri-27-nov-2026.toml"
REVIEW, PROFILE, TEMPLATE = "reviews/r2b3c-review-full-on-sun-1-nov-2026.toml", "profile.toml", "templates/recap.txt"
DELETED = "tasks/t9k2m-book-the-room.toml"
OWN = 'id = "g2222"\ntitle = "Mine"\ncreated = 2026-11-01T09:00:00Z\n'
RECORDS = (GOAL, TASK, MENTOR, NOTE, MEETING, REVIEW, PROFILE)
STATES = ("changed", "unknown", "rolled_back", "missing", "damaged", "unreadable")
ERRORS = ("damaged", "unreadable")
"""The states that are errors: the text of a record cannot be read."""

States = Mapping[str, str]
Editor = Callable[[str], list[str]]


class Deed(NamedTuple):
    """One thing that is done: it returns the state of each file that is then not as mentorlog left it."""

    name: str
    do: Callable[[Path, Bench], States]


def deeds() -> Iterator[Deed]:
    """Yield all of them."""
    yield from _by_hand()
    yield from _editors()
    yield from _others()
    yield from _sync_programs()
    yield from _bad_disks()


def _on(path: str, change: Callable[[bytes], bytes], state: str) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        before = (root / path).read_bytes()
        (root / path).write_bytes(change(before))
        assert (root / path).read_bytes() != before, "nothing was done"
        return {path: state}

    return do


# By hand


def _by_hand() -> Iterator[Deed]:
    """Edits, and files that were added, renamed or deleted: legitimate, and never an error."""
    for path in RECORDS:
        yield Deed(f"a comment in {path}", _on(path, lambda data: b"# mine\n" + data, "changed"))
        yield Deed(f"CRLF in {path}", _on(path, lambda data: data.replace(b"\n", b"\r\n"), "changed"))
        yield Deed(f"a key in {path}", _on(path, lambda data: data.replace(b"\n", b"\nmy_key = 1\n", 1), "changed"))
    for path in (GOAL, TASK):
        yield Deed(f"a title in {path}", _on(path, lambda data: data.replace(b'title = "', b'title = "My '), "changed"))
    yield Deed("a name", _on(MENTOR, lambda data: data.replace(b"William", b"Will"), "changed"))
    yield Deed("a template", _on(TEMPLATE, lambda data: data + "Grüße\n".encode(), "changed"))
    yield Deed("CRLF in a template", _on(TEMPLATE, lambda data: data.replace(b"\n", b"\r\n"), "changed"))
    yield Deed("the order of keys", _on(NOTE, _sorted, "changed"))
    yield Deed("no last line break", _on(NOTE, lambda data: data.rstrip(b"\n"), "changed"))
    for path in (GOAL, NOTE, MENTOR, TEMPLATE):
        yield Deed(f"deleted {path}", _deleted(path))
    yield Deed("all notes deleted", _folder_deleted("notes"))
    yield Deed("a record renamed", _renamed)
    yield Deed("a record of one's own", _added("goals/g2222.toml", OWN.encode()))
    yield Deed("a template of one's own", _added("templates/agenda.txt", b"Dear {{ to }},\n"))
    for name in ("README.md", ".git/HEAD", "goals/.DS_Store", "goals/desktop.ini", "goals/list.xlsx", ".stfolder/x"):
        yield Deed(f"{name} beside the records", _beside(name))
    for path in (GOAL, NOTE):
        yield Deed(f"half an edit of {path}", _on(path, lambda data: data[:-1] + b'why = "Publ', "damaged"))


def _sorted(data: bytes) -> bytes:
    """Return the lines that are plain keys in another order."""
    lines = data.splitlines(keepends=True)
    plain = [line for line in lines if re.match(rb"\w+ = [^\n]*[^\n{\[(]\n$", line) and b'"""' not in line]
    return b"".join(reversed(plain[:3])) + b"".join(line for line in lines if line not in plain[:3])


def _deleted(path: str) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        (root / path).unlink()
        return {path: "missing"}

    return do


def _folder_deleted(folder: str) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        shutil.rmtree(root / folder)
        return {path: "missing" for path in bench.tree if path.startswith(f"{folder}/")}

    return do


def _renamed(root: Path, bench: Bench) -> States:
    (root / GOAL).rename(root / "goals" / "g7k3q-my-paper.toml")
    return {"goals/g7k3q-my-paper.toml": "changed"}


def _added(path: str, data: bytes) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        (root / path).write_bytes(data)
        return {path: "unknown"}

    return do


def _beside(name: str) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(b"\0not ours")
        return {}

    return do


# Editors

EDITORS: dict[str, Editor] = {
    "ed": lambda path: ["ed", "-s", path],
    "vim": lambda path: ["vim", "-es", "-u", "NONE", "-c", "1s/^/# vim\\r/", "-c", "wq", path],
    "vim with a backup": lambda path: [
        *("vim", "-es", "-u", "NONE", "--cmd", "set backup writebackup undofile"),
        *("-c", "1s/^/# vim\\r/", "-c", "wq", path),
    ],
    "sed -i": lambda path: ["sed", "-i", "1i # sed", path],
    "perl -pi": lambda path: ["perl", "-pi.bak", "-e", "print qq(# perl\\n) if $. == 1", path],
}
IN_OUR_HANDS = ("edit", "note")


def _editors() -> Iterator[Deed]:
    """Real editors, on the file itself, and as $EDITOR of mentorlog, which knows of the change."""
    for name, words in EDITORS.items():
        if shutil.which(words("")[0]):
            yield Deed(f"{name} on the file", _edited(words))
            yield Deed(f"{name} as $EDITOR", _edited_by_us(words))
    for left in (".{}.swp", "{}~", "#{}#", ".#{}", "{}.bak", "{}.orig", "4913"):
        yield Deed(f"an editor has left {left}", _left(left))


def _edited(words: Editor) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        _run(words(str(root / GOAL)), stdin="1i\n# ed\n.\nw\nq\n")
        assert (root / GOAL).read_bytes() != bench.tree[GOAL], "nothing was done"
        return {GOAL: "changed"}

    return do


def _edited_by_us(words: Editor) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        script = bench.harness.folder / "editor"
        command = " ".join(f"'{word}'" for word in words("$1")).replace("'$1'", '"$1"')
        script.write_text(f"#!/bin/sh\nprintf '1i\\n# ed\\n.\\nw\\nq\\n' | {command}\n")
        script.chmod(0o755)
        kept, os.environ["EDITOR"] = os.environ.get("EDITOR"), str(script)
        try:
            ended = bench.harness.run("edit", "g7k3q", "--toml")
        finally:
            os.environ.pop("EDITOR") if kept is None else os.environ.update(EDITOR=kept)
        assert ended.exit == 0, ended
        assert (root / GOAL).read_bytes() != bench.tree[GOAL], "nothing was done"
        return {}

    return do


def _left(form: str) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        path = root / "goals" / form.format(Path(GOAL).name)
        path.symlink_to("osler@ward.1234") if form.startswith(".#") else path.write_bytes(b"\0vim")
        return {}

    return do


# Other programs that mean no harm


def _others() -> Iterator[Deed]:
    """Times, permissions, moves, copies, git and backups."""
    yield Deed("touched", _for_all(lambda path: os.utime(path)))
    yield Deed("touched into the past", _for_all(lambda path: os.utime(path, (1, 1))))
    yield Deed("touched into the future", _for_all(lambda path: os.utime(path, (5_000_000_000, 5_000_000_000))))
    yield Deed("chmod 644", _for_all(lambda path: path.chmod(0o644)))
    yield Deed("chmod 400", _for_all(lambda path: path.chmod(0o400)))
    yield Deed("chmod 755", _for_all(lambda path: path.chmod(0o755)))
    yield Deed("moved", _moved)
    yield Deed("copied with cp -r", _copied("cp", "-r"))
    yield Deed("copied with cp -a", _copied("cp", "-a"))
    yield Deed("packed and unpacked with tar", _through_tar)
    yield Deed("git checkout of an older commit", _checked_out)
    yield Deed("git stash", _stashed)
    yield Deed("a merge that git left", _on(GOAL, _merged, "damaged"))
    for path in _CHANGED_SINCE:
        yield Deed(f"{path} from a backup", _from_backup(path))
    yield Deed("a deleted record from a backup", _from_backup(DELETED))
    yield Deed("all records from a backup", _all_from_backup)
    yield Deed("the records without the log", _without_log)


_CHANGED_SINCE = ("goals/g2n5t-teach-suturing-to-students.toml", GOAL, MEETING, MENTOR)


def _for_all(change: Callable[[Path], object]) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        for path in bench.tree:
            change(root / path)
        return {}

    return do


def _moved(root: Path, bench: Bench) -> States:
    root.rename(root.with_name("elsewhere"))
    root.with_name("elsewhere").rename(root)
    return {}


def _copied(*words: str) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        copy = root.with_name("copy")
        _run([*words, str(root), str(copy)])
        shutil.rmtree(root)
        copy.rename(root)
        return {}

    return do


def _through_tar(root: Path, bench: Bench) -> States:
    archive = str(root.with_name("journal.tgz"))
    _run(["tar", "-czf", archive, "-C", str(root.parent), root.name])
    shutil.rmtree(root)
    _run(["tar", "-xzf", archive, "-C", str(root.parent)])
    return {}


def _git(root: Path, *words: str) -> None:
    _run(["git", f"--git-dir={root}.git", f"--work-tree={root}", "-c", "user.name=x", "-c", "user.email=x@y", *words])


def _committed(root: Path, bench: Bench) -> States:
    """Commit an older state and the one of now; return what the older one is by the log of now."""
    bench.put_back(bench.older)
    shutil.rmtree(f"{root}.git", ignore_errors=True)
    _git(root, "init", "-q")
    _git(root, "add", ".")
    _git(root, "commit", "-qm", "older")
    bench.put_back()
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "now")
    return _differences(bench, bench.older)


def _differences(bench: Bench, older: Tree) -> dict[str, str]:
    paths = {path for path in (*older, *bench.tree) if not path.startswith(".mentorlog/")}
    paths = {path for path in paths if older.get(path) != bench.tree.get(path)}
    return {path: "rolled_back" if path in older else "missing" for path in paths}


def _checked_out(root: Path, bench: Bench) -> States:
    states = _committed(root, bench)
    _git(root, "checkout", "-q", "HEAD~1")
    return states


def _stashed(root: Path, bench: Bench) -> States:
    """What the resident changed by hand is put away again."""
    _committed(root, bench)
    (root / GOAL).write_bytes(bench.tree[GOAL] + b"# mine\n")
    _git(root, "stash", "-q")
    return {}


def _merged(data: bytes) -> bytes:
    return b"<<<<<<< HEAD\n" + data + b"=======\n" + data + b">>>>>>> theirs\n"


def _from_backup(path: str) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        assert bench.older[path] != bench.tree.get(path), path
        (root / path).write_bytes(bench.older[path])
        return {path: "rolled_back"}

    return do


def _all_from_backup(root: Path, bench: Bench) -> States:
    log = {path: data for path, data in bench.tree.items() if path.startswith(".mentorlog/")}
    records = {path: data for path, data in bench.older.items() if not path.startswith(".mentorlog/")}
    bench.put_back({**log, **records})
    return _differences(bench, bench.older)


def _without_log(root: Path, bench: Bench) -> States:
    shutil.rmtree(root / ".mentorlog")
    files = (path for path in bench.tree if not path.startswith(".mentorlog/") and path != "journal.toml")
    return dict.fromkeys(files, "unknown")


# Programs that synchronize


def _sync_programs() -> Iterator[Deed]:
    """Copies beside a record, and placeholders in its place."""
    for form in COPIES:
        yield Deed(f"a copy {form}", _copy_beside(form, lambda data: data))
        yield Deed(f"another text in {form}", _copy_beside(form, lambda data: data + b"# theirs\n"))
    for name, form in PLACEHOLDERS.items():
        yield Deed(f"a placeholder of {name}", _placeholder(form))
    yield Deed("a folder of versions", _beside(".stversions/g7k3q.toml"))
    yield Deed("a download beside the record", _beside(f"goals/.syncthing.{Path(GOAL).name}.tmp"))


COPY = "copy"
"""What is said of a copy is a warning of its own, whatever state it has."""


def _copy_beside(form: str, change: Callable[[bytes], bytes]) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        path = f"goals/{form.format(Path(GOAL).stem)}"
        (root / path).write_bytes(change(bench.tree[GOAL]))
        return {path: COPY}

    return do


def _placeholder(form: str) -> Callable[[Path, Bench], States]:
    def do(root: Path, bench: Bench) -> States:
        path = f"goals/{form.format(Path(GOAL).name)}"
        (root / GOAL).unlink()
        (root / path).write_bytes(b"bplist00")
        return {path: "unreadable"}

    return do


# Disks


def _bad_disks() -> Iterator[Deed]:
    """What is damaged is called damaged, and nothing else is."""
    for path in (GOAL, NOTE, MENTOR):
        yield Deed(f"zeros in {path}", _on(path, lambda data: bytes(len(data)), "damaged"))
        yield Deed(f"half of {path}", _on(path, lambda data: data[: len(data) // 2], "damaged"))
    yield Deed("nothing in a record", _on(NOTE, lambda data: b"", "damaged"))
    yield Deed("a byte order mark", _on(NOTE, lambda data: b"\xef\xbb\xbf" + data, "damaged"))
    yield Deed("Latin-1", _on(MEETING, lambda data: b"# Gr\xfc\xdfe\n" + data, "damaged"))
    yield Deed("UTF-16", _on(NOTE, lambda data: data.decode().encode("utf-16"), "damaged"))
    yield Deed("a link in the place of a record", _linked)


def _linked(root: Path, bench: Bench) -> States:
    (root / GOAL).rename(root.with_name("mine.toml"))
    (root / GOAL).symlink_to(root.with_name("mine.toml"))
    return {GOAL: "unreadable"}


def _run(words: list[str], stdin: str = "") -> None:
    done = subprocess.run(words, input=stdin, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr or (words, done.returncode)
