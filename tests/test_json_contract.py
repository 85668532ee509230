"""The contract for scripts: every command with --json, and the same keys of a record wherever it stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mentorlog.domain.computed import ADDED, FIELDS
from offered import commands
from store.sync.exchanged import bare
from world import Ran, World

Run = Callable[..., Ran]

OWN = {*ADDED, "snippet", "next_meeting_on", "outcome", "state", "days"}
"""What a command may add to a record, beside its fields and those that are computed."""


@pytest.fixture
def ids(journal_root: Path, invoke: Run) -> dict[str, str]:
    """A record of each kind that names others, by its kind."""

    def made(*words: str) -> str:
        return str(invoke(*words, "--json").data["id"])

    found = {"osler": made("mentor", "add", "William Osler", "--every", "4 weeks")}
    made("mentor", "add", "Marie Curie")
    found["goal"] = made("goal", "add", "Submit case report", "--with", "osler", "--by", "2026-12-01")
    found["part"] = made("goal", "add", "Read it aloud", "--parent", found["goal"])
    found["meeting"] = made("meeting", "plan", "osler", "--on", "fri", "--goal", found["goal"])
    found["task"] = made("task", "add", "Draft", "--from", "osler", "-g", found["goal"], "--meeting", found["meeting"])
    found["note"] = made("ask", "osler", "Which journal would you choose?", "-g", found["goal"])
    found["journal"] = str(journal_root)
    return found


def script(ids: dict[str, str], work: Path) -> Iterator[tuple[str, ...]]:
    """Every command, in an order in which each of them works."""
    goal, task, meeting, note, part = (ids[kind] for kind in ("goal", "task", "meeting", "note", "part"))
    yield from ((), ("status",), ("due",), ("timeline",), ("search", "draft"), ("history",), ("paths",), ("doctor",))
    yield ("doctor", "--verify")
    yield from (("waiting",), ("timeline", "--year"))
    yield from (("mentor", "panel"), ("advice",), ("advice", goal))
    yield from (("show", id) for id in ("osler", goal, task, meeting, note, "profile"))
    yield from ((noun, "list") for noun in ("mentor", "goal", "task", "meeting", "note"))
    yield from (("meeting", "prep", "osler"), ("task", "owed"), ("task", "load"), ("profile", "show"))
    yield ("mentor", "add", "Florence Nightingale")
    yield ("mentee", "add", "Emmy Noether", "--every", "4 weeks")
    yield ("mentee", "list")
    yield ("goal", "add", "Submit the thesis", "--whose", "noether")
    yield ("mentor", "scout", "Ignaz Semmelweis")
    yield ("mentor", "invite", "semmelweis")
    yield ("mentor", "activate", "semmelweis")
    yield ("mentor", "pause", "semmelweis")
    yield ("mentor", "cadence", "osler", "--minutes", "30")
    yield ("mentor", "expect", "osler", "--mine", "Drafts in time")
    yield ("mentor", "agree", "osler")
    yield ("mentor", "agreement", "osler")
    yield ("mentor", "fit", "osler", "good")
    yield ("mentor", "end", "curie", "--kind", "completed", "--pay-forward", "Help an intern to publish")
    yield from (("mentor", "lessons"), ("mentor", "lineage"))
    yield ("goal", "add", "Present")
    yield ("goal", "tell", goal, "osler")
    yield ("goal", "progress", goal, "40")
    yield ("goal", "revise", goal, "why=To write", "-m", "New")
    yield from (("goal", "check"), ("goal", "check", goal))
    yield ("goal", "pause", part, "-m", "Nights")
    yield ("goal", "resume", part)
    yield ("goal", "achieve", part)
    yield ("goal", "drop", part, "-m", "Done by others")
    yield ("task", "add", "Revise your CV", "--from", "osler")
    yield ("task", "start", task)
    yield ("task", "wait", task)
    yield ("task", "submit", task)
    yield ("task", "return", task, "-m", "Shorten it")
    yield ("task", "defer", task, "next fri")
    yield ("task", "done", task)
    yield ("task", "reopen", task)
    yield ("task", "drop", task)
    yield ("letter", "ask", "osler", "Fellowship", "--due", "1 feb")
    for verb in ("agreed", "remind", "packet", "received", "declined"):
        words = ("--sent",) if verb == "packet" else ()
        yield ("letter", "ask", "osler", f"Award {verb}", "--due", "1 feb")
        yield ("letter", verb, f"award {verb}", *words)
    yield from (("letter", "packet", "fellowship"), ("letter", "list"), ("letter", "list", "--all"))
    yield ("meeting", "plan", "osler", "--on", "next mon")
    yield ("meeting", "move", meeting, "next fri")
    yield ("meeting", "cancel", meeting)
    yield ("meeting", "log", "osler", "--notes", "- [ ] @me Write to the editor", "--next", "in 4 weeks")
    yield ("meeting", "after", "osler")
    yield ("meeting", "after", "osler", "--told", goal, "--done", "all")
    yield ("note", "add", "He draws first", "--kind", "advice", "--with", "osler")
    yield ("note", "add", "Here or abroad?", "--option", "Here", "--option", "Abroad", "--goal", goal)
    yield ("note", "close", note, "-m", "The first one")
    yield ("note", "reopen", note)
    yield ("note", "tell", note, "osler")
    yield ("ask", "osler", "And then?")
    yield ("win", "Poster accepted", "--section", "abstract", "--with", "osler")
    answers = work / "answers.toml"
    answers.write_text('kind = "full"\nworked = "Writing"\n')
    yield ("review", "--print-form")
    yield ("review", "--answers", str(answers))
    yield ("review", "list")
    yield ("review", "due")
    yield ("profile", "set", "stage=resident")
    yield ("profile", "assess", "suturing", "3")
    yield ("profile", "block", "Night float", "2026-12-01", "2026-12-14", "--load", "away")
    yield ("profile", "stage", "fellow", "--level", "PGY-4")
    yield ("lint", note, "--known", "Mr. Lister")
    yield ("set", task, "title=Draft the abstract")
    yield ("edit", task)
    yield from (("resolve",), ("resolve", task, "--keep"))
    yield ("share", goal, "--with", "program", "--tasks")
    yield ("export", "json")
    yield ("export", "markdown")
    yield ("export", "html")
    yield ("export", "cv")
    yield ("export", "pack")
    yield ("export", "markdown", "--for", "osler", "--preview")
    yield ("export", "csv", "goals")
    yield ("export", "ics")
    yield ("export", "ics", "-o", str(work / "out.ics"))
    yield ("meeting", "recap", "osler", "--sent")
    yield ("meeting", "recap", "osler")
    yield from (("template", "list"), ("template", "show", "recap"), ("template", "check"))
    yield ("template", "edit", "recap")
    export = work / "out.json"
    yield ("export", "json", "-o", str(export))
    yield ("import", "json", str(export), "--dry-run")
    (work / "tasks.json").write_text('[{"uuid": "04119b97", "description": "Order slides", "status": "pending"}]')
    yield ("import", "taskwarrior", str(work / "tasks.json"))
    (work / "goals.csv").write_text("Goal,Mentor,Colour\nRead films,Osler,red\n")
    yield ("import", "csv", str(work / "goals.csv"), "--as", "goals")
    (work / "todo.txt").write_text("(A) Revise the poster")
    yield ("import", "todotxt", str(work / "todo.txt"), "--dry-run")
    (work / "2026-11-20.md").write_text("Text")
    yield ("import", "markdown", str(work / "2026-11-20.md"), "--as", "meetings", "--with", "osler")
    (work / "jrnl.txt").write_text("[2026-10-23 09:00] Met @osler, half an hour.\n")
    yield ("import", "jrnl", str(work / "jrnl.txt"))
    yield ("import", "ics", str(Path(__file__).parent / "data" / "imports" / "khal-0.14.ics"))
    backup = str(work / "journal.tar")
    yield from (("backup", "make", backup, "--with-log"), ("backup", "verify", backup), ("backup", "list", str(work)))
    yield ("backup", "restore", backup, str(work / "restored"))
    remote = str(bare(work / "journal.git"))
    yield from (("sync", "--to", remote, "--plain"), ("sync",), ("sync", "--status"), ("sync", "--leave"))
    yield from (("config", "list"), ("config", "get", "drift_days"))
    yield from (("config", "set", "drift_days", "42"), ("config", "unset", "drift_days"))
    yield ("delete", note, "--yes")
    yield ("undo",)
    yield ("redo",)
    yield ("history", "1")
    yield ("undo", "--no", "8")  # Florence Nightingale
    yield ("undo", "--yes")
    yield ("init", ids["journal"])
    yield ("tour",)
    yield ("help", "goal", "add")
    yield ("forget", note, "--yes")


def records(data: Any) -> Iterator[dict[str, Any]]:
    """Every record within the data of a document."""
    if isinstance(data, dict) and "record" in data and "created" in data:
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from records(value)


def test_a_record_has_the_same_keys_wherever_it_stands(ids: dict[str, str], invoke: Run, world: World) -> None:
    """Its fields and what is computed, in every document of every command, in one order."""
    keys: dict[str, list[str]] = {}
    ran = set()
    for words in script(ids, world.work):
        done = invoke(*words, "--json", env={"EDITOR": "true"})
        assert done.exit == 0, (words, done)
        ran |= {words[:1], words[:2]}
        # An export has what is stored, and nothing else.
        for record in records(done.data) if words[:2] != ("export", "json") else ():
            own = [key for key in record if key not in OWN]
            assert own == keys.setdefault(record["record"], own), words
    for kind, fields in FIELDS.items():
        assert keys[kind][-len(fields) :] == list(fields)

    offered = {words for words, command in commands() if not getattr(command, "commands", ()) or words == ("review",)}
    without = {words for words in offered if words[0] == "key"}  # they need the extra `encrypt`: commands/test_key.py
    assert offered - ran == {("review", "diff"), *without}  # nothing of a record is in it


LINKED = ["names", "counts", "mentors", "goals", "tasks", "meetings", "notes", "reviews"]


def test_show_has_what_belongs_to_a_record(ids: dict[str, str], invoke: Run) -> None:
    """Goals, tasks, meetings, notes, mentors, reviews and names, as on the screen; each list is there, empty or not."""
    goal, note = invoke("show", ids["goal"], "--json").data, invoke("show", ids["note"], "--json").data

    linked = goal["linked"]
    assert list(linked) == list(note["linked"]) == LINKED
    assert linked["names"] == {"osler": "William Osler"}
    assert [[one["id"] for one in linked[key]] for key in ("goals", "tasks", "meetings", "notes")] == [
        [ids["part"]], [ids["task"]], [ids["meeting"]], [ids["note"]],
    ]  # fmt: skip
    assert linked["tasks"][0]["with"] == ["osler"]


def test_what_is_computed(ids: dict[str, str], invoke: Run) -> None:
    """The days of the meetings, how far a goal is, whom a task concerns; null and [] where there is nothing."""
    late = {"MENTORLOG_NOW": "2027-01-20T09:00:00+00:00"}
    invoke("goal", "progress", ids["goal"], "40")

    def fields(kind: str, id: str, **more: Any) -> dict[str, Any]:
        data = invoke("show", id, "--json", **more).data
        return {field: data[field] for field in FIELDS[kind]}

    assert fields("mentor", "osler") == {
        "last_held": None, "next_planned": "2026-11-27", "due_on": None, "overdue_on": None,
    }  # fmt: skip
    assert fields("mentor", "osler", env=late)["due_on"] == "2026-12-21"
    assert fields("goal", ids["goal"], env=late) == {
        "percent": 40, "count": None, "pace": None,
        "last_evidence": "2026-11-23", "drifting": True, "untold": ["osler"],
    }  # fmt: skip
    invoke("set", ids["task"], "due=2026-11-30")
    invoke("task", "submit", ids["task"])
    assert fields("task", ids["task"], env=late) == {
        "late": False, "sent_on": "2026-11-23", "since_on": "2026-11-23", "with": ["osler"], "turn": "them",
    }  # fmt: skip


def test_a_key_of_the_user_is_no_record(ids: dict[str, str], invoke: Run, journal_root: Path) -> None:
    """A key that looks like a record, or like a computed field, breaks nothing: the latter is computed."""
    (path,) = (journal_root / "tasks").glob("*.toml")
    path.write_text(f'late = "never"\n{path.read_text()}\n[mine]\nrecord = "task"\ncreated = 1\n')
    data = invoke("show", ids["task"], "--json").data

    assert (data["late"], data["mine"]) == (False, {"record": "task", "created": 1})


@pytest.mark.parametrize("words", ["--json --version", "--version --json", "--json status", "status --json", "--json"])
def test_the_option_stands_before_or_after(words: str, invoke: Run) -> None:
    """--json goes with everything, on either side of it."""
    assert json.loads(invoke(*words.split()).out)["version"] == 1


def test_what_takes_several_tasks_returns_a_list(ids: dict[str, str], invoke: Run) -> None:
    """Of one task as of two, whatever the verb; what takes one task returns an object."""
    several = [words for words, command in commands() if any(one.metavar == "TASK..." for one in command.params)]
    other = invoke("task", "add", "Other", "--json").data["id"]

    assert ("task", "done") in several
    for words in several:
        for tasks in ([ids["task"]], [ids["task"], other]):
            invoke("task", "reopen", *tasks)
            done = invoke(*words, *tasks, "--json")
            assert [one["id"] for one in done.data] == tasks, words
    assert invoke("task", "submit", other, "--json").data["id"] == other
