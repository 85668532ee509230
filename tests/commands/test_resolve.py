"""`mentorlog resolve`: what two machines wrote for one thing, where it is seen, and how it is decided."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_profile, make_task
from mentorlog.models.record import Conflict
from mentorlog.store.disk.lock import lock
from mentorlog.store.journal import Journal
from terminal import Terminal
from world import NOW, Ran

NASTY = '[/b] =1+1 "x" \\ é 日本 🩺'
ONE, TWO = "Start with one page.", "Start with the outline."
Invoke = Callable[..., Ran]
Start = Callable[..., Terminal]
Keep = Callable[..., None]
TITLE = Conflict(other={"title": "Submit case report"})
STATUS = Conflict(other={"status": "dropped"})
PAIR = Conflict(field="notes", both=(ONE, TWO))


@pytest.fixture
def two(invoke: Invoke, keep: Keep) -> Invoke:
    """A goal with one choice, a task with two, and a mentor with none."""
    keep(
        make_mentor(),
        make_goal(id="g7k3q", title="Case report for JHM", by=date(2027, 1, 4), conflicts=(TITLE,)),
        make_task(
            id="t4m2x",
            status="done",
            done_on=date(2026, 11, 20),
            notes=f"{ONE} {TWO} Then ask.",
            conflicts=(PAIR, STATUS),
        ),
    )
    return invoke


def file(root: Path, id: str) -> Path:
    """The file of a record."""
    return next(root.rglob(f"{id}*.toml"))


def seen(terminal: Terminal) -> str:
    """What is on a terminal."""
    return "\n".join(terminal.screen).rstrip()


# Where they are seen


def test_the_list(two: Invoke) -> None:
    """The value of now first, then the others; a pair of passages in words; the same for scripts."""
    ran = two("resolve")

    assert (ran.exit, ran.out) == (
        0,
        "g7k3q  goal  title   Case report for JHM\n"
        "                 or  Submit case report\n"
        "t4m2x  task  notes   two versions of a passage, both in the text\n"
        "             status  done (done on Fri 20 Nov 2026)\n"
        "                 or  dropped\n",
    )
    assert two("resolve", "--json").data == [
        {
            **{"record": "goal", "id": "g7k3q", "title": "Case report for JHM"},
            "choices": [
                {
                    **{"field": "title", "state": "open", "shown": {"title": "Case report for JHM"}},
                    **{"others": [{"title": "Submit case report"}], "passages": []},
                }
            ],
        },
        {
            **{"record": "task", "id": "t4m2x", "title": "Draft abstract"},
            "choices": [
                {"field": "notes", "state": "open", "shown": {}, "others": [], "passages": [ONE, TWO]},
                {
                    **{"field": "status", "state": "open", "shown": {"status": "done", "done_on": "2026-11-20"}},
                    **{"others": [{"status": "dropped"}], "passages": []},
                },
            ],
        },
    ]


def test_an_empty_list(invoke: Invoke) -> None:
    """There is nothing to do."""
    assert (invoke("resolve").out, invoke("resolve", "--json").data) == ("Nothing waits for a choice.\n", [])
    assert invoke("resolve", "--all", "--keep").out == "Nothing waits for a choice.\n"


def test_status_counts_the_records(two: Invoke, invoke: Invoke) -> None:
    """In one line, while there is one."""
    assert "2 records wait for a choice: mentorlog resolve\n" in invoke().out
    assert invoke("status", "--json").data["conflict_count"] == 2
    invoke("resolve", "t4m2x", "--keep", "--all")
    assert "1 record waits for a choice: mentorlog resolve\n" in invoke().out
    invoke("resolve", "g7k3q", "--keep")
    assert "choice" not in invoke().out and invoke("status", "--json").data["conflict_count"] == 0


def test_lists_mark_them(two: Invoke) -> None:
    """Beside the id, in text alone."""
    assert "g7k3q ≠  Case report for JHM" in two("goal", "list").out
    assert two("goal", "list", "--json").data[0]["id"] == "g7k3q"
    assert "osler  William Osler" in two("mentor", "list").out


def test_what_is_due_owed_or_happened_is_marked_too(two: Invoke, keep: Keep) -> None:
    """As in lists, on paper and on a terminal; scripts see the record itself."""
    owed = make_task(id="t5m2x", title="Draft", owner="osler", due=date(2026, 11, 24), conflicts=(TITLE,))
    keep(owed, make_task(id="t6m2x", title="Call", owner="osler", due=date(2026, 11, 24)))

    due, events, tasks = two("due", "--within", "9w").out, two("timeline").out, two("task", "owed").out
    assert "g7k3q ≠  Mon 4 Jan 2027" in due and "\nt6m2x    Tue 24 Nov 2026" in due
    assert "g7k3q ≠  goal set: " in events and "t6m2x    task promised: " in events
    assert "  t5m2x ≠  Draft" in tasks and "  t6m2x  Call" in tasks
    assert two("due", "--json").data[0]["id"] == "t5m2x"


def test_show_has_the_other_value(two: Invoke) -> None:
    """Below the heading, the field or the text, with the command that decides."""
    goal, task = two("show", "g7k3q").out, two("show", "t4m2x").out

    assert "\nor title    Submit case report\n" in goal and "\nChoose with: mentorlog resolve g7k3q\n" in goal
    assert "\nor status    dropped\n" in task and "\nor           two versions of a passage, both in the text\n" in task
    assert two("show", "t4m2x", "--json").data["conflicts"][0]["both"] == [ONE, TWO]


def test_search_finds_the_other_words(two: Invoke) -> None:
    """And says in which record they are."""
    assert two("search", "submit").out.startswith("g7k3q  goal     Case report for JHM\n       Submit")


def test_days_count_as_they_are_shown(invoke: Invoke, keep: Keep) -> None:
    """`due` has the day of now, not the other one."""
    keep(make_task(due=date(2026, 11, 24), conflicts=(Conflict(other={"due": date(2027, 3, 1)}),)))

    assert [one["due_on"] for one in invoke("due", "--within", "1y", "--json").data if one["record"] == "task"] == [
        "2026-11-24"
    ]


def test_a_name_in_the_other_value(invoke: Invoke, keep: Keep) -> None:
    """A record is named as everywhere else."""
    keep(make_mentor(), make_task(id="t4m2x", conflicts=(Conflict(other={"owner": "osler"}),)))

    assert "or  William Osler (osler)" in invoke("resolve").out
    assert "or           William Osler (osler)" in invoke("show", "t4m2x").out


# With options


def test_take_and_undo(two: Invoke, journal_root: Path) -> None:
    """One change, which one undo takes back to the byte."""
    before = file(journal_root, "g7k3q").read_bytes()
    ran = two("resolve", "g7k3q", "--take")

    assert ran.out == (
        "Resolved goal g7k3q: Submit case report\n"
        "  title: Submit case report\n"
        "Nothing else waits for a choice in goal g7k3q.\n"
    )
    assert two("history", "--json").data[0]["name"] == "resolve: Case report for JHM"
    two("undo")
    assert file(journal_root, "g7k3q").read_bytes() == before
    assert two("resolve", "--json").data[0]["id"] == "g7k3q"


def test_one_of_several_choices(two: Invoke) -> None:
    """A status by its road; what else waits is said."""
    ran = two("resolve", "t4m2x", "--field", "Status", "--take", "--json")

    assert (ran.data["status"], ran.data["done_on"], len(ran.data["conflicts"])) == ("dropped", None, 1)
    assert two("resolve", "t4m2x", "--number", "3").out == (
        "Resolved task t4m2x: Draft abstract\n"
        f"  notes: only “{TWO}” stays\n"
        "Nothing else waits for a choice in task t4m2x.\n"
    )
    assert two("show", "t4m2x", "--json").data["notes"] == f"{TWO} Then ask."


def test_keep_all(two: Invoke) -> None:
    """Of one record, or of all, as one change."""
    assert two("resolve", "t4m2x", "--keep", "--all").out.count("\n  ") == 2
    two("undo")
    ran = two("resolve", "--keep", "--all")

    assert ran.out == (
        "Resolved 2 records as shown now\n  goal g7k3q: Case report for JHM\n  task t4m2x: Draft abstract\n"
    )
    assert two("resolve").out == "Nothing waits for a choice.\n"
    two("undo")
    assert len(two("resolve", "--json").data) == 2


WRONG = [
    (["--keep"], 2, "--keep needs the id of a record", "mentorlog resolve"),
    (["--field", "title"], 2, "--field needs the id of a record", "mentorlog resolve"),
    (["--all"], 2, "--all can only be used with --keep", "mentorlog resolve"),
    (["t4m2x", "--all", "--take"], 2, "--all can only be used with --keep", "mentorlog resolve"),
    (["g7k3q", "--keep", "--take"], 2, "--keep and --take cannot be used together", "use only one of them"),
    (["t4m2x", "--keep"], 2, "Task t4m2x has 2 choices", "--field notes, --field status or --all"),
    (["t4m2x", "--take"], 2, "Task t4m2x has 2 choices", "--field notes or --field status as well"),
    (["t4m2x", "--field", "notes", "--take"], 2, "Notes has more than two answers", "--number 2 or --number 3"),
    (["g7k3q", "--number", "3"], 1, "There is no answer 3", "one of: 1, 2"),
    (["g7k3q", "--field", "by", "--keep"], 1, "Goal g7k3q has no choice over 'by'", "one of: title"),
    (["g7k3q"], 2, "Which value of title is right?", "--keep, --take, --number or --edit"),
    (["t4m2x", "--field", "notes"], 2, "Which passages of notes should stay?", "--keep, --take, --number or --edit"),
    (["t4m2x", "--field", "notes", "--edit", "--no-input"], 2, "--no-input cannot be used together", "--keep or --n"),
    (["g7k3q", "--edit"], 2, "--edit needs a terminal", "mentorlog set g7k3q 'title=Submit case report'"),
    (["nobody", "--keep"], 1, "No record matches 'nobody'", "mentorlog search nobody"),
]


@pytest.mark.parametrize(("words", "exit", "sentence", "hint"), WRONG, ids=[" ".join(one[0]) for one in WRONG])
def test_what_cannot_be_done(two: Invoke, words: list[str], exit: int, sentence: str, hint: str) -> None:
    """Each is an error with a hint, and nothing changes."""
    ran = two("resolve", *words)

    assert (ran.exit, sentence in ran.err, hint in ran.err) == (exit, True, True), ran
    assert len(two("resolve", "--json").data) == 2


def test_the_answers_are_numbered_without_a_terminal_too(two: Invoke) -> None:
    """On stderr, before the error that asks for one of them; with --json only the error."""
    assert two("resolve", "t4m2x", "--field", "notes").err.splitlines()[:4] == [
        "Task t4m2x: Draft abstract",
        "notes  1  both stay",
        f"       2  only: {ONE}",
        f"       3  only: {TWO}",
    ]
    assert two("resolve", "t4m2x", "--field", "notes", "--json").err.startswith("error: ")


def test_all_at_once_is_one_line_of_the_history(two: Invoke, journal_root: Path) -> None:
    """However many records there are."""
    two("resolve", "--all", "--keep")

    assert two("history", "--json").data[0]["name"] == "resolve: 2 records"


def test_a_long_text_is_not_printed_again(invoke: Invoke, keep: Keep) -> None:
    """What was chosen of ten pages is told by its beginning."""
    pages = [f"{word} {'page after page, ' * 1000}end." for word in ("One", "Two")]
    pair = Conflict(field="notes", both=tuple(pages))
    keep(make_task(id="t4m2x", notes=" ".join(pages), conflicts=(pair,)))

    shown = invoke("resolve", "t4m2x", "--number", "2").out
    assert "only “One page after page" in shown and len(shown) < 300
    invoke("undo")
    shown = invoke("resolve", "t4m2x", "--edit", env={"EDITOR": "sed -i 1s/One/First/"}).out
    assert "notes: First page after page" in shown and len(shown) < 300


def test_nothing_waits_in_a_record(two: Invoke) -> None:
    """It is said, and no error."""
    ran = two("resolve", "osler", "--keep")

    assert (ran.exit, ran.out) == (0, "Nothing waits for a choice in mentor osler; nothing changed.\n")


def test_what_is_settled_ends_without_a_question(invoke: Invoke, keep: Keep) -> None:
    """Somebody changed the file by hand so that both say the same."""
    keep(make_goal(id="g7k3q", title="Submit case report", conflicts=(TITLE,)))

    assert "title   nothing is left to choose" in invoke("resolve").out.replace("title  ", "title   ")
    assert invoke("resolve", "g7k3q").out.startswith("Resolved goal g7k3q: Submit case report\n  title: as it is\n")
    assert invoke("resolve").out == "Nothing waits for a choice.\n"


def test_an_entry_that_is_gone(invoke: Invoke, keep: Keep) -> None:
    """Its other value is shown; it can be dropped, and the hint does that."""
    lost = Conflict(at="rounds[2026-11-20].", other={"returned": date(2026, 11, 22)})
    keep(make_task(id="t4m2x", conflicts=(lost,)))
    ran = invoke("resolve", "t4m2x", "--number", "2")

    assert "the entry is gone" in invoke("resolve").out and "or  2026-11-22" in invoke("resolve").out
    assert (ran.exit, "is gone, so its other value cannot be taken" in ran.err) == (1, True)
    assert "--field 'rounds[2026-11-20].returned' --keep" in ran.err
    assert invoke("resolve", "t4m2x", "--field", "rounds[2026-11-20].returned", "--keep").exit == 0


def test_the_profile(invoke: Invoke, journal_root: Path) -> None:
    """It has choices like any record."""
    journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
    profile = make_profile(level="PGY-1", conflicts=(Conflict(other={"level": "PGY-2"}),))
    journal.change("keep", lambda transaction: transaction.put_profile(profile))

    assert invoke("resolve").out == "profile  profile  level  PGY-1\n                     or  PGY-2\n"
    assert "\nor     " in invoke("profile", "show").out
    assert invoke("resolve", "profile", "--take", "--json").data["level"] == "PGY-2"


def test_action_items_of_a_passage_are_no_new_tasks(invoke: Invoke, keep: Keep) -> None:
    """What stays in the notes of a meeting was there before."""
    pair = Conflict(field="notes", both=("- [ ] @me Draft", "- [ ] @me Draft it"))
    notes = "- [ ] @me Draft\n- [ ] @me Draft it"
    keep(make_mentor(), make_meeting(id="m4k2p", status="held", notes=notes, conflicts=(pair,)))

    assert invoke("resolve", "m4k2p", "--number", "3", "--json").data["notes"] == "- [ ] @me Draft it"
    assert invoke("task", "list", "--json").data == []


# Other commands that decide


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["set", "g7k3q", "title=Case report for JHM"], 0),
        (["set", "g7k3q", "title=Third"], 0),
        (["set", "g7k3q", "why=So"], 1),
        (["goal", "revise", "g7k3q", "title=Third", "-m", "New"], 0),
        (["goal", "revise", "g7k3q", "by=1 mar 2027", "-m", "New"], 1),
        (["set", "t4m2x", "notes=New"], 1),
        (["set", "t4m2x", "--clear", "notes"], 1),
        (["task", "reopen", "t4m2x"], 1),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else None,
)
def test_setting_a_field_is_a_choice(two: Invoke, words: list[str], left: int) -> None:
    """To another value or to that of now; the conflicts over other fields stay."""
    assert two(*words).exit == 0
    id = next(word for word in words if word in ("g7k3q", "t4m2x"))
    assert len(two("show", id, "--json").data["conflicts"]) == left


def test_a_revision_records_no_conflict(two: Invoke) -> None:
    """The history of a goal has what was revised."""
    ran = two("goal", "revise", "g7k3q", "title=Third", "-m", "New", "--json")

    assert [entry["field"] for entry in ran.data["history"]] == ["title"]


def test_an_edited_file_decides(two: Invoke, journal_root: Path) -> None:
    """The table goes, all else stays as it is typed, comments too."""
    edit = {"EDITOR": "sed -i -e '0,/^title = .*/s//# mine\\ntitle = \"Third\"/'"}
    two("edit", "g7k3q", env=edit)

    text = file(journal_root, "g7k3q").read_text()
    assert '# mine\ntitle = "Third"' in text and "conflicts" not in text
    two("edit", "t4m2x", "--notes", env={"EDITOR": "sed -i s/outline/end/"})
    assert [one["other"] for one in two("show", "t4m2x", "--json").data["conflicts"]] == [{"status": "dropped"}]


# On a terminal


def test_the_questions(two: Invoke, terminal: Callable[..., Terminal]) -> None:
    """Numbers, e for a value of one's own, Enter to leave it; all answers are one change."""
    screen = terminal("resolve", "t4m2x")
    screen.wait_for("Enter to leave it)")
    assert seen(screen) == (
        "Task t4m2x: Draft abstract\n"
        "notes  1  both stay\n"
        "       2  only: Start with one page.\n"
        "       3  only: Start with the outline.\n"
        "Which one? (1, 2, 3, e to edit, Enter to leave it)"
    )
    screen.type("7").press("enter").wait_for("There is no answer 7.").wait_for("one of: 1, 2, 3, e; Enter to leave it")
    screen.wait_for("Enter to leave it)")
    screen.type("2").press("enter").wait_for("2  dropped").wait_for("Enter to leave it)")
    screen.press("enter")

    assert screen.end() == 0
    assert "1 conflict left in task t4m2x: mentorlog resolve t4m2x" in screen.picture()
    task = two("show", "t4m2x", "--json").data
    assert (task["notes"], task["status"]) == (f"{ONE} Then ask.", "done")


def test_a_value_of_ones_own(two: Invoke, terminal: Callable[..., Terminal]) -> None:
    """In 40 columns; what the field refuses is asked again."""
    screen = terminal("resolve", "g7k3q", columns=40)
    screen.wait_for("Enter to leave")
    assert seen(screen).splitlines()[:4] == [
        "Goal g7k3q: Case report for JHM",
        "title  1  Case report for JHM (shown",
        "          now)",
        "       2  Submit case report",
    ]
    screen.type("e").press("enter").wait_for("New title:").type(NASTY).press("enter")

    assert screen.end() == 0
    assert two("show", "g7k3q", "--json").data["title"] == NASTY
    assert two("resolve", "--json").data[0]["id"] == "t4m2x"


def test_nothing_is_chosen(two: Invoke, terminal: Callable[..., Terminal]) -> None:
    """Enter leaves everything; so does Ctrl-C."""
    screen = terminal("resolve", "g7k3q")
    screen.wait_for("Enter to leave it)").press("enter")
    assert (screen.end(), "nothing changed" in screen.picture()) == (0, True)
    screen = terminal("resolve", "t4m2x")
    screen.wait_for("Enter to leave it)").type("2").press("enter").wait_for("dropped").press("ctrl-c")
    assert screen.end() == 130
    assert len(two("resolve", "--json").data) == 2


def test_a_narrow_list(two: Invoke, terminal: Callable[..., Terminal]) -> None:
    """Each record has lines of its own."""
    screen = terminal("resolve", columns=34)

    assert screen.end() == 0
    assert seen(screen) == (
        "g7k3q  goal\n"
        "  title   Case report for JHM\n"
        "      or  Submit case report\n"
        "t4m2x  task\n"
        "  notes   two versions of a\n"
        "          passage, both in the\n"
        "          text\n"
        "  status  done (done on Fri 20 Nov\n"
        "          2026)\n"
        "      or  dropped"
    )


def test_what_arrives_while_it_waits_is_not_decided(two: Invoke, terminal: Start, journal_root: Path) -> None:
    """A value that nobody has seen stays; nothing is resolved."""
    path = file(journal_root, "g7k3q")
    with lock(journal_root / ".mentorlog" / "lock"):
        screen = terminal("resolve", "--all", "--keep")
        screen.wait_for("Waiting for")
        path.write_text(f"{path.read_text()}\n[[conflicts]]\n\n[conflicts.other]\npriority = 'high'\n")

    assert (screen.end(), "was changed in the meantime; nothing was resolved" in screen.picture()) == (4, True)
    assert len(two("show", "g7k3q", "--json").data["conflicts"]) == 2


# In files


def test_doctor_has_nothing_to_say(two: Invoke, journal_root: Path) -> None:
    """A conflict is no fault; deleting its table by hand decides it; a broken one is named with its line."""
    path = file(journal_root, "g7k3q")
    assert "No problems found" in two("doctor").out
    path.write_text(path.read_text().partition("[[conflicts]]")[0])
    assert [one["id"] for one in two("resolve", "--json").data] == ["t4m2x"]
    for broken, why in (
        ("[[conflicts]]\nother = 3\n", "conflicts.1.other must be a table"),
        ('[[conflicts]]\nfield = "notes"\n', "other is missing"),
        ("[conflicts]\ntitle = 3\n", "conflicts must be a list"),
    ):
        text = path.read_text()
        path.write_text(f"{text}\n{broken}")
        ran = two("doctor")
        assert (ran.exit, why in ran.out) == (3, True), ran.out
        path.write_text(text)


def test_an_export_comes_back_to_the_byte(invoke: Invoke, keep: Keep, journal_root: Path, world: Any) -> None:
    """With days, numbers and odd keys within the other values, into an empty journal and over one that differs."""
    odd = {
        "by": date(2027, 2, 1),
        "title": NASTY,
        "record": 1,
        "$toml": "date",
        "x": {"n": 1.5, "none": float("inf"), "at": datetime.fromisoformat(NOW), "list": [1, {"a": date(2027, 1, 1)}]},
    }
    keep(make_goal(id="g7k3q", notes=f"{ONE} {TWO}", conflicts=(Conflict(other=odd, extra={"mine": "x"}), PAIR, TITLE)))
    path = file(journal_root, "g7k3q")
    before = path.read_bytes()
    export = world.work / "out.json"
    invoke("export", "json", "-o", str(export))
    other = {"MENTORLOG_JOURNAL": str(world.work / "other")}
    invoke("init", str(world.work / "other"))
    assert invoke("import", "json", str(export), env=other).exit == 0

    assert file(world.work / "other", "g7k3q").read_bytes() == before
    invoke("set", "g7k3q", "title=Changed here")
    assert invoke("import", "json", str(export), "--replace").exit == 0
    assert path.read_bytes() == before


def test_only_for_oneself(two: Invoke) -> None:
    """A table and a document say it to the resident, and to nobody else."""
    for words in (["csv", "conflicts"], ["markdown"]):
        mine, others = (two("export", *words, *who).out for who in (["--for", "self"], []))
        assert ("Submit case report" in mine, "Submit case report" in others) == (True, False), words
        assert (TWO in mine, "dropped" in mine) == (True, True)
    assert two("export", "csv", "conflicts", "--for", "self").out.splitlines()[:2] == [
        "record,field,shown,other",
        "g7k3q,title,Case report for JHM,Submit case report",
    ]
    assert "conflicts" in json.dumps(two("export", "markdown", "--preview", "--json").data)


def test_lint_reads_them(invoke: Invoke, keep: Keep) -> None:
    """What is not shown may be taken: a patient in it is named with its place."""
    keep(make_goal(id="g7k3q", conflicts=(Conflict(other={"why": "MRN 1234567"}),)))

    assert [one["field"] for one in invoke("lint", "--json").data["hits"]] == ["conflicts.1.other.why"]


def test_hostile_texts(invoke: Invoke, keep: Keep) -> None:
    """Nothing of a value acts on a screen."""
    acting = "\x1b[31mred\u202e]"
    keep(
        make_goal(
            id="g7k3q",
            conflicts=(
                Conflict(other={"why": acting, acting: NASTY}),
                Conflict(at=f"{acting[3:]}.", other={"x": acting}),
            ),
        )
    )

    for words in (["resolve"], ["show", "g7k3q"], ["goal", "list"]):
        ran = invoke(*words)
        assert (ran.exit, "\x1b" in ran.out, "\u202e" in ran.out) == (0, False, False)
