"""Files of other programs that are broken, hostile or something else: one sentence and a hint, and nothing imported."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

import pytest

from mentorlog.cli.table import VERBS
from mentorlog.exchange.incoming import MOST
from output.payloads import PAYLOADS, acts
from world import Ran, World


class Format(NamedTuple):
    """How to import a format, and how to make a file with a record for each of some titles, or with one for all."""

    words: tuple[str, ...]
    name: str
    make: Callable[[Sequence[str]], bytes]
    is_one: bool = False


def _jrnl(titles: Sequence[str]) -> bytes:
    entry = {"body": "", "date": "2026-10-23", "time": "09:00", "tags": [], "starred": False}
    return json.dumps({"tags": {}, "entries": [{"title": title, **entry} for title in titles]}).encode()


def _jrnl_text(titles: Sequence[str]) -> bytes:
    return "".join(f"[2026-10-23 09:00] {title}\n" for title in titles).encode("utf-8", "surrogatepass")


def _taskwarrior(titles: Sequence[str]) -> bytes:
    task = {"entry": "20261001T080000Z", "due": "20261205T220000Z", "status": "pending"}
    uuids = (str(uuid5(NAMESPACE_URL, str(number))) for number in range(len(titles)))
    tasks = [{"description": title, "uuid": uuid, **task} for title, uuid in zip(titles, uuids, strict=True)]
    return json.dumps(tasks).encode()


def _todotxt(titles: Sequence[str]) -> bytes:
    lines = (title.replace("\r\n", " ").replace("\r", " ").replace("\n", " ") for title in titles)
    return "".join(f"2026-10-01 {line}\n" for line in lines).encode("utf-8", "surrogatepass")


def _csv(titles: Sequence[str]) -> bytes:
    sheet = io.StringIO()
    csv.writer(sheet).writerows([("Goal", "Deadline"), *((title, "2027-06-30") for title in titles)])
    return sheet.getvalue().encode("utf-8", "surrogatepass")


def _ics(titles: Sequence[str]) -> bytes:
    events = ""
    for number, title in enumerate(titles):
        text = re.sub(r"([\\;,])", r"\\\1", title).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
        events += f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART:20261110T1{number // 6}{number % 6}000Z\r\n"
        events += f"SUMMARY:William Osler: {text}\r\nEND:VEVENT\r\n"
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode("utf-8", "surrogatepass")


def _markdown(titles: Sequence[str]) -> bytes:
    front = f"---\ndate: 2026-10-23\ntitle: {json.dumps(titles[0])}\n---\n\n"
    return (front + "\n\n".join(titles)).encode("utf-8", "surrogatepass")


FORMATS = {
    "jrnl": Format(("jrnl",), "jrnl.json", _jrnl),
    "text of jrnl": Format(("jrnl",), "jrnl.txt", _jrnl_text),
    "taskwarrior": Format(("taskwarrior",), "tasks.json", _taskwarrior),
    "todotxt": Format(("todotxt",), "todo.txt", _todotxt),
    "csv": Format(("csv", "--as", "goals"), "goals.csv", _csv),
    "ics": Format(("ics",), "calendar.ics", _ics),
    "markdown": Format(("markdown", "--as", "notes"), "osler.md", _markdown, is_one=True),
}
GOOD = ["Read chest films"]


def _excel() -> bytes:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return book.getvalue()


NEVER = ("lone surrogate", "DEL and NUL")
"""Texts that no file may have."""

# Refused by every format.
WRONG: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda good: b"",
    "blank": lambda good: b"\xef\xbb\xbf \n\n",
    "NUL": lambda good: good.replace(b"chest", b"ch\0est"),
    "UTF-16": lambda good: good.decode().encode("utf-16"),
    "UTF-16 without a mark": lambda good: good.decode().encode("utf-16-le"),
    "Latin-1": lambda good: good.replace(b"chest", b"ch\xe9st"),
    "half a character": lambda good: good.replace(b"chest", b"\xed\xa0\x80"),
    "any bytes": lambda good: random.Random(15).randbytes(5000),
    "SQLite": lambda good: b"SQLite format 3\0" + bytes(4096),
    "Excel": lambda good: _excel(),
    "encrypted": lambda good: b"JRNLv3\0\x44" + random.Random(15).randbytes(500),
}
# Refused, or taken as the text that they are.
STRANGE: dict[str, Callable[[bytes], bytes]] = {
    "10,000 brackets": lambda good: b"[" * 10_000,
    "10,000 tables": lambda good: b'{"a": ' * 10_000 + b"1" + b"}" * 10_000,
    "10,000 brackets within": lambda good: good.replace(b'"Read chest films"', b"[" * 10_000 + b"]" * 10_000),
    "a number of a million digits": lambda good: good.replace(b'"Read chest films"', b"9" * 1_000_000),
    "NaN": lambda good: good.replace(b'"Read chest films"', b"NaN"),
    "a prototype": lambda good: b'{"__proto__": {"title": "x"}, "constructor": {"prototype": 1}}',
    "half of it": lambda good: good[: len(good) // 2],
    "twice": lambda good: good + good,
    "one long line": lambda good: good.replace(b"chest", b"x" * 200_000),
    "a million lines": lambda good: b"\n" * 1_000_000 + good,
    "commas": lambda good: b"," * 1_000_000,
    "dashes": lambda good: b"---\n" * 500,
    "quotes": lambda good: b'"' * 100_001,
    "a page": lambda good: b"<!DOCTYPE html><html><body>Sign in</body></html>",
    "the database of Taskwarrior": lambda good: b'[description:"Draft" entry:"1796060845" status:"pending" uuid:"1"]\n',
    "a list of nothing": lambda good: b"[null, [], {}, 1, true]",
    "escape sequences": lambda good: b"\x1b]0;owned\x07\x1b[2J\n" * 9,
}


class Files:
    """A journal with a mentor, and what files do to it."""

    def __init__(self, world: World, root: Path) -> None:
        self.world, self.root = world, root
        world.filled("one mentor", lambda: self.run("mentor", "add", "William Osler"))

    def run(self, *words: str, **more: Any) -> Ran:
        """Run mentorlog; nothing that it prints acts on a terminal."""
        ran = self.world.invoke(*words, **more)
        assert not acts(ran.out + ran.err), ran
        assert "Traceback" not in ran.err, ran
        return ran

    def state(self) -> dict[str, bytes]:
        """The bytes of all records."""
        return {str(path): path.read_bytes() for path in self.root.rglob("*.toml") if ".mentorlog" not in path.parts}

    def operations(self) -> int:
        """How many operations there were."""
        return len(self.run("history", "--json").data)

    def refused(self, format: Format, *words: str, **more: Any) -> str:
        """Import what is wrong; return what is said. Nothing is made of it, and the next import works."""
        before = self.state()
        ran = self.run("import", *format.words, *words, **more)
        assert ran.exit in (1, 2, 5) and ran.out == "", ran
        lines = ran.err.splitlines()
        assert [line.partition(": ")[0] for line in lines] == ["error", "hint"] * (len(lines) // 2 or 1), ran
        assert self.state() == before
        self.imports(format, format.make(GOOD))
        return ran.err

    def imports(self, format: Format, data: bytes, *words: str) -> int:
        """Import a file as one operation, which one undo takes back; return how many records it made."""
        (self.world.work / format.name).write_bytes(data)
        before = self.state()
        for again in ("new", "same"):
            ran = self.run("import", *format.words, format.name, "--json", *words)
            assert ran.exit == 0, ran
            count = len(ran.data[again])
        if count:
            assert self.run("doctor").exit == 0
            assert self.run("undo").exit == 0
        assert self.state() == before
        return count


@pytest.fixture
def files(world: World, journal_root: Path) -> Files:
    """A journal with a mentor."""
    return Files(world, journal_root)


def take(files: Files, format: Format, name: str) -> None:
    """Import a strange file: it is refused, or imported as a whole."""
    data = (WRONG | STRANGE)[name](format.make(GOOD))
    (files.world.work / format.name).write_bytes(data)
    may_be_empty = format.is_one and name in ("empty", "blank")  # notes are
    if (name in WRONG and not may_be_empty) or files.run("import", *format.words, format.name, "--dry-run").exit:
        files.refused(format, format.name)
    else:
        files.imports(format, data)


def titles(*left_out: str) -> list[str]:
    """Titles that attack a terminal, but for some, each with its number."""
    texts = [text for kind, (text, _) in PAYLOADS.items() if kind not in left_out]
    return [f"{text} {number}" for number, text in enumerate(texts)]


def test_every_format_is_tried() -> None:
    """All but our own one, which has tests of its own."""
    assert {format.words[0] for format in FORMATS.values()} == set(VERBS["import"]) - {"json"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_few_of_all(name: str, files: Files) -> None:
    """A file in another encoding is refused; hostile titles are shown harmlessly."""
    format = FORMATS[name]
    take(files, format, "UTF-16")
    (files.world.work / format.name).write_bytes(format.make(titles(*NEVER)))
    ran = files.run("import", *format.words, format.name, "--dry-run")
    assert (ran.exit, ran.err) == (0, ""), ran


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("strange", [*WRONG, *STRANGE])
@pytest.mark.parametrize("name", FORMATS)
def test_every_strange_file(name: str, strange: str, files: Files) -> None:
    """Refused in one sentence with a hint, and nothing half imported; or imported, once, and undone by one undo."""
    take(files, FORMATS[name], strange)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("name", FORMATS)
def test_what_is_no_file(name: str, files: Files) -> None:
    """A folder, nothing, a link to itself and what has no end are named, also on stdin."""
    format, work = FORMATS[name], files.world.work
    (work / "folder").mkdir()
    (work / "loop").symlink_to("loop")
    for path in ("folder", "nothing", "loop", "/dev/zero", "/dev/null"):
        assert path in files.refused(format, path) or path in ("folder", "/dev/null")
    for stdin in (b"", b"x" * (32 * 2**20 + 1)):
        assert "stdin" in files.refused(format, "-", stdin=stdin)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("ics", "markdown")])
def test_too_many_records(name: str, files: Files) -> None:
    """More than anybody has are counted, and none is imported."""
    format = FORMATS[name]
    (files.world.work / format.name).write_bytes(format.make([f"Film {number}" for number in range(MOST + 1)]))
    assert "20,00" in files.refused(format, format.name)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("name", FORMATS)
def test_hostile_titles(name: str, files: Files) -> None:
    """They come in, once, and are undone by one undo; half a character is refused."""
    format, hostile = FORMATS[name], titles(*NEVER)
    assert files.imports(format, format.make(hostile)) == (1 if format.is_one else len(hostile))
    (files.world.work / format.name).write_bytes(format.make(["Read \ud800"]))
    files.refused(format, format.name)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if not format.is_one])
def test_twins(name: str, files: Files) -> None:
    """Two records with the same words both come in, and once; or the file is refused."""
    format = FORMATS[name]
    data = format.make(["Read films"] * 2)
    (files.world.work / format.name).write_bytes(data)
    if files.run("import", *format.words, format.name, "--dry-run").exit:
        files.refused(format, format.name)
    else:
        assert files.imports(format, data) == 2


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "/etc/localtime", "", "\x1b[31m", "x" * 5000])
@pytest.mark.parametrize("name", ["taskwarrior", "ics"])
def test_no_time_zone(name: str, zone: str, files: Files) -> None:
    """What is not the name of a time zone is refused before the file is read."""
    format = FORMATS[name]
    (files.world.work / format.name).write_bytes(format.make(GOOD))
    assert "time zone" in files.refused(format, format.name, "--zone", zone)
