"""What a command loads, opens and asks for: counts that tell a slow command from a fast one on any machine.

Each runs as a real process on a journal that was looked at before. benchmarks/ has the instructions and the times.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from factories import CREATED, TODAY, make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.models.task import Task
from mentorlog.store.format import toml
from terminal import Terminal
from world import NOW, World

PROBE = """
import atexit, os, sys
at_start, seen = set(sys.modules), {"opened": [], "looked": [], "stats": 0, "sql": 0}
if os.environ["PROBE"] == "calls":
    import sqlite3
    def trace(statement): seen["sql"] += not statement.startswith("--")  # what FTS5 asks itself
    def connect(*args, **named):
        db = real(*args, **named)
        db.set_trace_callback(trace)
        return db
    def counted(call):
        def count(*args, **named):
            seen["stats"] += 1
            seen["looked"].append(str(args[0]))
            return call(*args, **named)
        return count
    real, sqlite3.connect = sqlite3.connect, connect
    os.stat, os.lstat = counted(os.stat), counted(os.lstat)
    sys.addaudithook(lambda event, args: event == "open" and seen["opened"].append(str(args[0])))
def tell():
    seen["modules"] = sorted(name for name in set(sys.modules) - at_start if sys.modules[name])  # None is hidden
    import json
    with open(os.environ["TOLD"], "w") as file:
        json.dump(seen, file)
atexit.register(tell)
sys.argv[0] = "mentorlog"
from mentorlog.__main__ import run
sys.exit(run())
"""

# What nobody needs to read records that the index knows, nor to change one by words of our own.
NEVER = {
    "pydantic",
    "pydantic_core",
    "rich.console",
    "rich.table",
    "rich.markdown",
    "hashlib",
    "logging",
    "platformdirs",
}
FOR_READING = NEVER | {
    *[
        "tomllib",
        "tomli_w",
        "rich",
        "mentorlog.models.record",
        "mentorlog.models.fields",
        "mentorlog.store.format.toml",
    ],
    *[
        "mentorlog.store.transaction",
        "mentorlog.store.format.document",
        "mentorlog.store.oplog.log",
        "mentorlog.store.format.validate",
    ],
}
FOR_A_LIST = {
    *["shlex", "array", "mentorlog.cli.help", "mentorlog.cli.usage_errors", "mentorlog.cli.completion"],
    *["mentorlog.models.rules", "mentorlog.domain.reports", "mentorlog.store.snapshot", "mentorlog.store.disk.lock"],
    *["mentorlog.store.oplog.history", "mentorlog.flows.new_record", "mentorlog.output.phrases"],
}
"""What only help, errors, filters with a value or a change need."""
FOR_THE_BARE = FOR_READING | {"typer", "typing", "dataclasses", "inspect", "ast", "argparse", "unicodedata", "shutil"}
KINDS = {f"mentorlog.models.{kind}" for kind in ("goal", "meeting", "mentor", "note", "profile", "review", "task")}

READS = [
    ["goal", "list"],
    ["goal", "list", "--with", "osler"],
    ["task", "list"],
    ["meeting", "list"],
    ["mentor", "list"],
    ["note", "list"],
    ["status"],
    ["due"],
    ["waiting"],
    ["mentor", "lessons"],
    ["show", "g2345"],
    ["search", "draft"],
    ["search", "draft", "--in", "task"],
]
CHANGES = [
    (["goal", "add", "Submit case report", "--with", "osler", "--by", "in 6 weeks"], {"goal"}),
    (["goal", "progress", "g2345", "40"], {"goal"}),
    (["task", "add", "Draft abstract", "--due", "fri"], {"task"}),
    (["task", "done", "t2345"], {"task"}),
    (["note", "add", "He draws the differential first."], {"note"}),
]


class Seen(NamedTuple):
    """What one run did: the modules that it loaded, the files that it opened, its stats and SQL statements."""

    modules: set[str]
    opened: list[str]
    stats: int
    sql: int


class TracedJournal:
    """A journal with so many closed tasks beside the few open records, and the program on it."""

    def __init__(self, root: Path, closed: int) -> None:
        self._world = World(root)
        self._told = root / "told"
        self._seen: dict[tuple[str, ...], Seen] = {}
        self.journal = self._world.found()
        self._write(make_mentor(id="osler"), make_goal(id="g2345", mentors=["osler"], created=CREATED))
        self._write(make_task(id="t2345", goal="g2345"), make_meeting(id="m2345"), make_note(id="n2345"))
        for number in range(closed):
            self._write(_closed(number))
        self.files = 5 + closed

    def _write(self, *made: Any) -> None:
        for record in made:
            (self.journal / toml.path_of(record)).write_bytes(toml.dump(record))

    def run(self, *arguments: str, calls: bool = False, **env: str) -> Seen:
        """Run mentorlog with a probe inside."""
        variables = self._variables("calls" if calls else "modules") | env
        command = [sys.executable, "-P", "-c", PROBE, *arguments]
        done = subprocess.run(command, env=variables, capture_output=True, text=True, cwd=self.journal.parent)
        assert done.returncode == 0, done.stderr
        told = json.loads(self._told.read_text())
        return Seen(set(told["modules"]), told["opened"], told["stats"], told["sql"])

    def asked(self, *arguments: str) -> set[str]:
        """Run mentorlog on a terminal, leave its first question with Ctrl-D, and return the modules that it loaded."""
        command = [sys.executable, "-P", "-c", PROBE, *arguments]
        terminal = Terminal(command, env=self._variables("modules"), cwd=self.journal.parent)
        terminal.wait_for("?").press("ctrl-d")
        assert terminal.end() == 130, terminal.picture()
        return set(json.loads(self._told.read_text())["modules"])

    def _variables(self, probe: str) -> dict[str, str]:
        ours = {"MENTORLOG_NOW": NOW, "MENTORLOG_JOURNAL": str(self.journal), "PROBE": probe, "TOLD": str(self._told)}
        return self._world.environment() | ours

    def settled_run(self, *arguments: str) -> Seen:
        """Return what a read of the settled journal loads, opens and calls; each is run once."""
        if arguments not in self._seen:
            self._seen[arguments] = self.run(*arguments, calls=True)
        return self._seen[arguments]

    @property
    def settings(self) -> Path:
        """The file of the user's settings."""
        return self._world.home / ".config" / "mentorlog" / "config.toml"

    def looks_for(self, name: str, *arguments: str) -> int:
        """Return how often a run looks for a file of this name."""
        self.run(*arguments, calls=True)
        return sum(path.endswith(f"/{name}") for path in json.loads(self._told.read_text())["looked"])

    def settle(self) -> None:
        """Wait until no file is so young that it is read again, and let the index see that."""
        ours = [path for path in self.journal.rglob("*") if path.is_file() and not path.name.startswith("index.")]
        youngest = max(path.lstat().st_ctime for path in ours)
        time.sleep(max(0.0, youngest + 2.1 - time.time()))
        self.run()

    def inside(self, opened: list[str]) -> list[str]:
        """Return the files of the journal among those that were opened."""
        return [path.removeprefix(f"{self.journal}/") for path in opened if path.startswith(f"{self.journal}/")]


def _closed(number: int) -> Task:
    id = f"t{number:04}".replace("0", "x").replace("1", "y")
    return make_task(id=id, title=f"Draft {number}", status="done", done_on=TODAY, goal="g2345")


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> TracedJournal:
    """A journal of 25 records."""
    made = TracedJournal(tmp_path_factory.mktemp("traced"), 20)
    made.settle()
    return made


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> TracedJournal:
    """A journal of five records, to be changed."""
    made = TracedJournal(tmp_path_factory.mktemp("changing"), 0)
    made.run()  # what others have written is checked now
    return made


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> TracedJournal:
    """The same with 305 records, the new ones closed."""
    made = TracedJournal(tmp_path_factory.mktemp("larger"), 300)
    made.settle()
    return made


def test_mentorlog_alone_loads_no_parser(traced: TracedJournal) -> None:
    """`mentorlog` has no words to parse: no typer, and nothing that compiles code as it loads."""
    assert traced.run().modules & FOR_THE_BARE == set()


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_reading_loads_no_records_room(traced: TracedJournal, words: list[str]) -> None:
    """What is shown comes from the index as views: no dataclass, no TOML, no pydantic, no console."""
    assert traced.settled_run(*words).modules & (FOR_READING | KINDS) == set()


@pytest.mark.parametrize("words", [words for words in READS if "list" in words], ids=" ".join)
def test_a_list_loads_neither_help_nor_errors_nor_what_changes(traced: TracedJournal, words: list[str]) -> None:
    """Each module costs a list a fiftieth of a bare Python."""
    assert traced.settled_run(*words).modules & FOR_A_LIST == set()


@pytest.mark.parametrize("words", [["--help"], ["goal", "list", "--help"], ["--version"]], ids=" ".join)
def test_help_on_a_pipe_loads_no_console(traced: TracedJournal, words: list[str]) -> None:
    """Help is plain where nobody sees colours."""
    assert traced.run(*words).modules & (FOR_READING | KINDS) == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_loads_no_console(traced: TracedJournal, shell: str) -> None:
    """Completing an id reads the index and nothing else."""
    modules = traced.run("mentorlog goal tell g", _MENTORLOG_COMPLETE=shell).modules

    assert modules & (FOR_READING | KINDS) == set()
    assert "mentorlog.store.index.index" in modules


def test_a_question_loads_nothing_of_rich_but_widths(traced: TracedJournal) -> None:
    """Asking on a terminal is plain: no console, no prompt, no Markdown."""
    asked = traced.asked("goal", "add")

    assert {name for name in asked if name.partition(".")[0] == "rich"} <= {"rich", "rich.cells", "rich._unicode_data"}
    assert "mentorlog.input.prompt" in asked


@pytest.mark.parametrize(("words", "kinds"), CHANGES, ids=[" ".join(words[:2]) for words, _ in CHANGES])
def test_a_change_loads_one_kind(changing: TracedJournal, words: list[str], kinds: set[str]) -> None:
    """A change loads the kind of record that it is about; nothing comes from outside, so no pydantic either."""
    modules = changing.run(*words).modules

    assert modules & NEVER == set()
    assert modules & KINDS == {f"mentorlog.models.{kind}" for kind in kinds}


@pytest.mark.parametrize("words", [[], *READS], ids=" ".join)
def test_reading_opens_no_record(traced: TracedJournal, words: list[str]) -> None:
    """Of a journal that has not changed, one small file is opened, and the index."""
    opened = traced.inside(traced.settled_run(*words).opened)

    assert opened == [".mentorlog/index.seal"]


@pytest.mark.parametrize("words", [[], *READS], ids=" ".join)
def test_reading_stats_each_record_once(traced: TracedJournal, larger: TracedJournal, words: list[str]) -> None:
    """The price of a record that is not shown is one stat."""
    few, many = traced.settled_run(*words), larger.settled_run(*words)

    assert many.stats - few.stats <= larger.files - traced.files
    assert many.stats <= larger.files + 60


@pytest.mark.parametrize("words", [[], *READS], ids=" ".join)
def test_reading_asks_as_often_whatever_the_size(
    traced: TracedJournal, larger: TracedJournal, words: list[str]
) -> None:
    """Statements do not grow with the records, nor with the rows of a list."""
    few, many = traced.settled_run(*words), larger.settled_run(*words)

    assert many.sql == few.sql <= 24


def test_a_change_looks_once_and_touches_its_file(larger: TracedJournal) -> None:
    """A change stats each record once, opens the record, the lock and the log, and no other record."""
    larger.run("goal", "progress", "g2345", "40")  # the first change records the id of the journal
    larger.settle()
    seen = larger.run("goal", "progress", "g2345", "50", calls=True)
    recorded = [path for path in seen.opened if "/state/mentorlog/" in path]
    written = [path for path in larger.inside(seen.opened) if not path.startswith(".mentorlog")]

    assert seen.stats <= larger.files + 80
    assert {Path(path).parts[0] for path in written} == {"goals"}
    assert len(written) <= 8
    assert [Path(path).name[:5] for path in recorded] == ["head", ".head"]
    assert seen.sql <= 40


def test_what_was_seen_is_asked_for_by_status_alone(changing: TracedJournal) -> None:
    """`mentorlog` opens one small file outside the journal, and looks for another; a list none, nor the module."""
    changing.run("goal", "progress", "g2345", "60")
    looked_at = ["head", "backup.json"]
    for words, expected in (((), looked_at), (("status",), looked_at), (("goal", "list"), [])):
        seen = changing.run(*words, calls=True)
        assert [Path(path).name for path in seen.opened if "/state/mentorlog/" in path] == expected
        assert ("mentorlog.store.seen" in seen.modules) == bool(expected)


@pytest.mark.parametrize(
    "words", [(), ("goal", "list"), ("task", "list"), ("goal", "progress", "g2345", "60")], ids=" ".join
)
def test_without_settings_one_look_is_all(changing: TracedJournal, words: tuple[str, ...]) -> None:
    """Nothing is imported for settings that are not there; what needs none does not even look for the file."""
    seen = changing.run(*words, calls=True)

    assert not {"mentorlog.config", "mentorlog.flows.settings"} & seen.modules
    assert not [path for path in seen.opened if path.endswith("config.toml")]
    assert changing.looks_for("config.toml", *words) == (words in ((), ("goal", "list")))


def test_settings_are_read_once_without_tomllib(changing: TracedJournal) -> None:
    """`mentorlog` with settings opens their file once; lines as `config set` writes them need no parser."""
    file = changing.settings
    file.write_text('# mine\ndrift_days = 28 # short\nweek_start = "sunday"\n')
    try:
        seen = changing.run(calls=True)
    finally:
        file.unlink()

    assert [path for path in seen.opened if path.endswith("config.toml")] == [str(file)]
    assert seen.modules & FOR_THE_BARE == set()
