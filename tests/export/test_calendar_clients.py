"""Real programs read the calendar: khal, vdirsyncer, todoman and ical.js show what the journal says, once each.

`.ci/run` installs them into .venv-clients, a venv of their own, as their libraries must not change ours.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from shutil import which

import pytest

from export.calendars import components_in
from factories import make_goal, make_meeting, make_mentor, make_task
from khal_settings import khal_settings
from mentorlog.models.goal import Progress
from mentorlog.models.meeting import AgendaItem
from mentorlog.store.journal import Journal
from output.payloads import PAYLOADS
from world import NOW, Ran, World

pytestmark = pytest.mark.slow

CLIENTS = Path(__file__).resolve().parents[2] / ".venv-clients"
ICAL_JS = CLIENTS / "node_modules" / "ical.js" / "dist" / "ical.es5.cjs"
HARD = '[/b] =1+1 "x" \\ é, 日本; 🩺'
ZONE = "Europe/Athens"

VDIRSYNCER = """
[general]
status_path = "{work}/status/"
[pair mentorship]
a = "file"
b = "folder"
collections = null
conflict_resolution = "a wins"
partial_sync = "ignore"
[storage file]
type = "singlefile"
path = "{work}/out.ics"
read_only = true
[storage folder]
type = "filesystem"
path = "{folder}/"
fileext = ".ics"
"""
TODOMAN = """
path = "{work}/lists/*"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
cache_path = "{work}/todoman.db"
"""
READ = """
const ical = require(process.argv[1]);
const text = require("fs").readFileSync(0, "utf8");
const all = new ical.Component(ical.parse(text)).getAllSubcomponents("vevent").map(one => new ical.Event(one));
console.log(JSON.stringify(all.map(one => [one.uid, one.summary, one.description, one.location, one.sequence,
    one.startDate.isDate ? one.startDate.toString() : one.startDate.toJSDate().toISOString()])));
"""


class Clients:
    """The programs, with a folder of calendars and a configuration of their own."""

    def __init__(self, world: World, journal: Journal) -> None:
        self._world = world
        self.journal = journal
        self.work = world.work
        self.folder = world.work / "lists" / "mentorship"
        self.folder.mkdir(parents=True)
        (world.work / "khal.conf").write_text(khal_settings(world.work, "mentorship", self.folder))
        for name, text in (("vdirsyncer.conf", VDIRSYNCER), ("todo.py", TODOMAN)):
            (world.work / name).write_text(text.format(work=world.work, folder=self.folder))

    def export(self, *words: str) -> None:
        """Write the calendar."""
        ran = self._world.invoke("export", "ics", "-o", "out.ics", "--zone", ZONE, *words)
        assert ran.exit == 0, ran

    def __call__(self, name: str, *words: str, stdin: str = "") -> str:
        """Run a client, and return what it prints."""
        program = CLIENTS / "bin" / name
        if not program.exists():
            pytest.skip(f"{program} is not there; .ci/run installs it")
        environment = {**os.environ, "TZ": ZONE, "LC_ALL": "C.UTF-8"}
        environment.pop("PYTHONPATH", None)
        done = subprocess.run(
            [str(program), *words],
            cwd=self.work,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done
        return done.stdout + done.stderr

    def khal(self, *words: str) -> list[str]:
        """The lines that khal prints."""
        return [line.strip() for line in self("khal", "-c", "khal.conf", *words).splitlines()]

    def sync(self) -> list[str]:
        """The ids of what vdirsyncer copies from the file to the folder, without that of the journal."""
        lines = self("vdirsyncer", "-c", "vdirsyncer.conf", "sync").splitlines()
        copied = [line.split("mentorlog-")[1].split()[0] for line in lines if line.startswith("Copying")]
        assert not any(line.startswith(("error", "warning", "Skipping")) for line in lines), lines
        return sorted(id.partition("-")[2] for id in copied)


@pytest.fixture
def clients(world: World, journal_root: Path) -> Clients:
    """The programs, and a journal with a hostile title."""
    journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
    agenda = (AgendaItem(text=HARD), AgendaItem(text="Ten films", done=True))
    made = (
        make_mentor(name="William Osler, MD"), make_mentor(id="curie", name="Marie Curie", every=42),
        make_meeting(id="m2222", on=date(2026, 12, 2), at="14:00", status="planned", agenda=agenda, place=HARD),
        make_meeting(id="m3333"), make_meeting(id="m4444", on=date(2026, 11, 9), status="cancelled"),
        make_task(id="t2222", title=HARD, due=date(2026, 12, 6), assigned_by="osler", priority="high", goal="g2222"),
        make_task(id="t3333", title="Send the checklist", owner="osler"),
        make_task(id="t4444", due=date(2026, 11, 2), status="done", done_on=date(2026, 11, 1)),
        make_goal(
            id="g2222", title="Submit a case report", by=date(2026, 12, 27), measure="It is in print",
            progress=(Progress(on=date(2026, 11, 2), percent=70),),
        ),
    )  # fmt: skip
    journal.change("fill", lambda transaction: [transaction.put(one) for one in made])
    return Clients(world, journal)


def test_khal_imports_it_and_moves_what_moved(clients: Clients, invoke: Callable[..., Ran]) -> None:
    """Every event is listed with its hour and its words; imported again, the meeting is there once, an hour later."""
    clients.export()
    clients.khal("import", "--batch", "out.ics")
    listed = clients.khal("list", "2026-09-01", "500d")

    agenda = f"• {HARD}\n✓ Ten films".splitlines()
    assert f"14:00-14:30 William Osler, MD :: {agenda[0]}" in listed and agenda[1] in listed
    assert f"Due: {HARD} :: For William Osler, MD" in listed and "Goal: Submit a case report" in listed
    assert "Goal: Submit a case report :: It is in print" in listed
    assert "CANCELLED  William Osler, MD" in listed and "CANCELLED  Due: Draft abstract" in listed
    assert "Talk to Marie Curie" in listed and "Reassess" in listed

    assert invoke("meeting", "move", "m2222", "2 dec 15:00").exit == 0
    clients.export()
    clients.khal("import", "--batch", "out.ics")
    hours = [line[:11] for line in clients.khal("list", "2026-12-02", "1d") if "Osler" in line]
    assert hours == ["15:00-15:30"]


def test_vdirsyncer_stays_idle(clients: Clients, invoke: Callable[..., Ran]) -> None:
    """A subscription: all of it at first, then nothing; after a move and a deletion these two, then nothing."""
    clients.export()
    clients("vdirsyncer", "-c", "vdirsyncer.conf", "discover", stdin="y\n" * 9)
    assert len(first := clients.sync()) == len(list(clients.folder.iterdir())) == 8
    written = components_in((clients.work / "out.ics").read_bytes())
    assert {path.stem for path in clients.folder.iterdir()} == {one["UID"] for one in written.values()}
    assert first == sorted(written)
    clients.export()
    assert clients.sync() == []

    assert invoke("meeting", "move", "m2222", "2 dec 15:00").exit == 0
    assert invoke("forget", "t2222", "--yes").exit == 0
    clients.export()
    assert clients.sync() == ["m2222", "t2222-due"]
    clients.export()
    assert clients.sync() == []

    listed = clients.khal("list", "2026-12-01", "7d")
    assert f"15:00-15:30 William Osler, MD :: • {HARD}" in listed and "CANCELLED  Cancelled" in listed
    assert not any("Due" in line for line in listed)


def test_todoman_lists_the_todos(clients: Clients) -> None:
    """The open ones with their dates, priorities and progress; done ones are hidden."""
    clients.export("--tasks", "todo")
    clients("vdirsyncer", "-c", "vdirsyncer.conf", "discover", stdin="y\n" * 9)
    clients.sync()

    listed = clients("todo", "--config", "todo.py", "list")
    lines = sorted(line[4:].split(" ", 1)[1].strip() for line in listed.splitlines())
    assert lines == [
        "!! (no due date) Send the checklist (from William Osler, MD)  [Mentorship, Promise]",
        "!! 2026-12-27 Submit a case report  (70%) [Goal, Mentorship]",
        f"!!! 2026-12-06 {HARD}  [Mentorship, Task]",
    ]


def test_ical_js_reads_every_word(clients: Clients) -> None:
    """The library of Thunderbird and of Nextcloud reads what we wrote: words, hours and numbers; hostile ones too."""
    if not (node := which("node")) or not ICAL_JS.exists():
        pytest.skip(f"node, or {ICAL_JS}, is not there; .ci/run installs it where there is npm")
    texts = (" ".join(text.encode("utf-8", "ignore").decode().split()) for text, _ in PAYLOADS.values())
    goals = [make_goal(title=text, by=date(2027, 6, 30), measure=text) for text in texts if text]
    clients.journal.change("fill", lambda transaction: [transaction.put(one) for one in goals])
    clients.export()
    data = (clients.work / "out.ics").read_bytes()

    done = subprocess.run([node, "-e", READ, "--", str(ICAL_JS)], input=data, capture_output=True, check=True)
    found = {uid: rest for uid, *rest in json.loads(done.stdout)}

    written = components_in(data)
    assert len(found) == len(written) > 30
    for id, one in written.items():
        summary, description, location, number, start = found[one["UID"]]
        texts = [one.text(name) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")]
        assert [summary, description or "", location or "", str(number)] == [*texts, one["SEQUENCE"]], id
        assert start.translate({ord(sign): None for sign in "-:"}).replace(".000", "") == one.day
