"""`mentorlog goal …`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal, make_mentor, make_task
from mentorlog.models.record import Record
from mentorlog.store.journal import Journal
from terminal import Terminal
from world import Ran

Invoke = Callable[..., Ran]

NASTY = '[/b] =1+1 "x" \\ é 日本 🩺'


def files(root: Path) -> dict[str, bytes]:
    """Return every record file with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(root.glob("*/*.toml"))}


@pytest.fixture
def keep(journal_root: Path) -> Callable[..., Any]:
    """Keep records in the journal, past the command line."""

    def put(*records: Record) -> None:
        journal = Journal(journal_root, now=datetime(2026, 11, 23, 9, tzinfo=UTC))
        for record in records:
            journal.add(record, name="keep")

    return put


@pytest.fixture
def people(keep: Callable[..., Any]) -> None:
    """Osler and Curie."""
    keep(make_mentor(), make_mentor(id="curie", name="Marie Curie"))


@pytest.fixture
def goal(invoke: Invoke) -> str:
    """The id of a goal."""
    return str(invoke("goal", "add", "Submit case report", "--json").data["id"])


# add


def test_add_keeps_every_field(invoke: Invoke, people: None, goal: str) -> None:
    """Whatever a goal can hold can be said when it is set, and comes back in the JSON."""
    said = {"why": "W", "measure": "M", "horizon": "SHORT", "domain": "Career", "competency": "pc"}
    said |= {"priority": "high", "baseline": "B", "parent": goal[:4], "notes": "N"}
    options = [f"--{name}={value}" for name, value in said.items()]
    lists = ["-w", "osl", "-w", "Marie", "--tag", "a", "--tag", "b", "--link", "https://example.org"]

    data = invoke("goal", "add", "Present", "--by", "in 6 weeks", *options, *lists, "--private", "--json").data

    assert {key: value for key, value in data.items() if key != "id"} == {
        "record": "goal",
        "title": "Present",
        "status": "active",
        "why": "W",
        "measure": "M",
        "horizon": "short",
        "domain": "career",
        "competency": "PC",
        "by": "2027-01-04",
        "priority": "high",
        "parent": goal,
        "closed_on": None,
        "baseline": "B",
        "mentors": [{"mentor": "osler", "told_on": None}, {"mentor": "curie", "told_on": None}],
        "progress": [],
        "history": [],
        "visibility": "private",
        "tags": ["a", "b"],
        "links": ["https://example.org"],
        "created": "2026-11-23T09:00:00+00:00",
        "notes": "N",
        "percent": None,
        "last_evidence": None,
        "drifting": False,
        "untold": ["osler", "curie"],
    }


def test_add_echoes_what_was_understood(invoke: Invoke, people: None) -> None:
    """The day with its weekday, the mentors with their names."""
    ran = invoke("goal", "add", "Submit case report", "--by", "fri", "--with", "osler", "--with", "osler")

    assert ran.exit == 0
    assert ran.out.endswith(": Submit case report, due Fri 27 Nov 2026, with William Osler.\n")


@pytest.mark.parametrize("title", [NASTY, "-", "--x", "'", " padded ", "x" * 5000])
def test_add_takes_any_title_of_one_line(invoke: Invoke, title: str) -> None:
    """Titles are stored as typed and shown escaped."""
    stdin = "" if title != "-" else "from stdin\n"

    data = invoke("goal", "add", "--json", "--", title, stdin=stdin).data

    assert data["title"] == (title if title != "-" else "from stdin")


@pytest.mark.parametrize(
    ("words", "exit", "sentence"),
    [
        ([""], 1, "title is empty."),
        (["two\nlines"], 1, "title has more than one line."),
        (["lone \udcff surrogate"], 1, "title holds bytes that are no text."),
        (["x", "--by", "friday banana"], 1, "'friday banana' is not a date."),
        (["x", "--by", "03/02/2027"], 1, "'03/02/2027' can be read in two ways."),
        (["x", "--with", "nobody"], 1, "There is no mentor 'nobody'."),
        (["x", "--parent", "gzzzz"], 1, "There is no goal 'gzzzz'."),
        (["x", "--horizon", "soon"], 1, "Unknown horizon 'soon'; use one of: short, medium, long."),
        (["x", "--competency", "XX"], 1, "Unknown competency 'XX'; use one of: PC, MK, PBLI, ICS, PROF, SBP."),
        (["x", "--priority", "urgent"], 1, "Unknown priority 'urgent'; use one of: low, normal, high."),
        (["x", "--notes", "-", "--why", "-"], 2, "Only one option can take - (stdin)."),
        (["x", "y"], 2, "Unexpected argument: y."),
        ([], 2, "What do you want to reach? An answer is needed."),
    ],
)
def test_add_refuses_what_cannot_be(
    invoke: Invoke, journal_root: Path, words: list[str], exit: int, sentence: str
) -> None:
    """One sentence each; nothing is kept."""
    ran = invoke("goal", "add", *words, stdin="On stdin")

    assert (ran.exit, ran.out) == (exit, "")
    assert f"error: {sentence}" in ran.err
    assert files(journal_root) == {}


def test_add_takes_pages_from_stdin(invoke: Invoke) -> None:
    """Notes come back to the byte."""
    text = "# A plan\n\n| a | b |\n|---|---|\n\n\t“quotes” [brackets]\n"

    assert invoke("goal", "add", "x", "--notes", "-", "--json", stdin=text).data["notes"] == text


def test_add_is_one_operation(invoke: Invoke, journal_root: Path, people: None) -> None:
    """Undo gives the bytes back, and redo too."""
    before = files(journal_root)
    invoke("goal", "add", "Submit case report", "--with", "osler")
    after = files(journal_root)

    assert invoke("undo").exit == 0
    assert files(journal_root) == before
    assert invoke("redo").exit == 0
    assert files(journal_root) == after


def test_add_asks_five_questions(terminal: Callable[..., Terminal], invoke: Invoke, people: None) -> None:
    """On a terminal, without a title; all but the first may stay unanswered."""
    screen = terminal("goal", "add")
    screen.answer("What do you want to reach?", "Submit case report").answer("What is it for?", "")
    screen.answer("How will you know that it is reached?", "A letter").answer("By when?", "fri")
    screen.answer("With which mentors?", "osler, marie")

    assert screen.end() == 0
    (kept,) = invoke("goal", "list", "--json").data
    assert (kept["title"], kept["why"], kept["measure"], kept["by"]) == (
        "Submit case report",
        None,
        "A letter",
        "2026-11-27",
    )
    assert [share["mentor"] for share in kept["mentors"]] == ["osler", "curie"]


def test_a_wrong_answer_is_asked_again(terminal: Callable[..., Terminal], invoke: Invoke, people: None) -> None:
    """A mistake costs one answer, not those before it."""
    screen = terminal("goal", "add")
    screen.answer("What do you want to reach?", "").wait_for("title is empty")
    screen.answer("What do you want to reach?", "Submit case report").answer("What is it for?").answer("How will you")
    screen.answer("By when?", "03/02/2027").wait_for("can be read in two ways").answer("By when?", "3 feb 2027")
    screen.answer("With which mentors?", "osler, nobody").wait_for("no mentor 'nobody'")
    screen.answer("With which mentors?", "osler")

    assert screen.end() == 0
    (kept,) = invoke("goal", "list", "--json").data
    assert (kept["title"], kept["by"]) == ("Submit case report", "2027-02-03")
    assert [share["mentor"] for share in kept["mentors"]] == ["osler"]


def test_ctrl_c_at_a_question_keeps_nothing(terminal: Callable[..., Terminal], journal_root: Path) -> None:
    """Exit 130, and the journal as it was."""
    screen = terminal("goal", "add")
    screen.answer("What do you want to reach?", "x").wait_for("What is it for?").press("ctrl-c")

    assert screen.end() == 130
    assert files(journal_root) == {}


# list


def test_list_shows_open_goals_by_date(invoke: Invoke, keep: Callable[..., Any]) -> None:
    """The nearest first, those without a date last; closed ones only where they are asked for."""
    keep(
        make_goal(id="g2222", title="Third"),
        make_goal(id="g3333", title="Second", by=date(2027, 2, 1)),
        make_goal(id="g4444", title="First", by=date(2027, 1, 1), status="paused"),
        make_goal(id="g5555", title="Closed", status="dropped", by=date(2026, 1, 1)),
    )

    assert [goal["id"] for goal in invoke("goal", "list", "--json").data] == ["g4444", "g3333", "g2222"]
    assert [goal["id"] for goal in invoke("goal", "list", "--all", "--json").data] == [
        "g5555",
        "g4444",
        "g3333",
        "g2222",
    ]
    assert [goal["id"] for goal in invoke("goal", "list", "--status", "dropped", "--json").data] == ["g5555"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--with", "osler"], ["g2222"]),
        (["--with", "osler", "--with", "curie"], ["g2222", "g3333"]),
        (["--domain", "Research"], ["g3333"]),
        (["--horizon", "long"], ["g2222"]),
        (["--tag", "a"], ["g2222", "g3333"]),
        (["--tag", "a", "--tag", "b"], ["g3333"]),
        (["--parent", "g22"], ["g3333"]),
        (["--until", "in 2 months"], ["g2222"]),
        (["--drifting"], ["g4444"]),
        (["--domain", "ethics"], []),
    ],
)
def test_list_filters(
    invoke: Invoke, keep: Callable[..., Any], people: None, filters: list[str], found: list[str]
) -> None:
    """Each filter narrows; together they narrow further."""
    now = datetime(2026, 11, 20, tzinfo=UTC)
    keep(
        make_goal(id="g2222", mentors=["osler"], horizon="long", tags=("a",), by=date(2027, 1, 1), created=now),
        make_goal(id="g3333", mentors=["curie"], domain="research", parent="g2222", tags=("a", "b"), created=now),
        make_goal(id="g4444"),
    )

    assert [goal["id"] for goal in invoke("goal", "list", *filters, "--json").data] == found


def test_list_tells_how_far_and_how_quiet(invoke: Invoke, keep: Callable[..., Any], people: None) -> None:
    """Beside its fields a goal has its percentage, its last evidence, and whether it drifts."""
    goal = make_goal(id="g2222", by=date(2027, 1, 1), mentors=["osler"]).told("curie", on=date(2026, 11, 1))
    keep(goal.progressed(40, on=date(2026, 9, 10)).progressed(text="Words", on=date(2026, 9, 20)))

    ran = invoke("goal", "list")
    (data,) = invoke("goal", "list", "--json").data

    assert ran.out.splitlines() == [
        "id     title               by              done  moved        state     mentors       untold",
        "g2222  Submit case report  Fri 1 Jan 2027   40%  9 weeks ago  drifting  osler, curie  osler",
    ]
    assert (data["percent"], data["last_evidence"], data["drifting"]) == (40, "2026-09-20", True)
    assert data["untold"] == ["osler"]


def test_nobody_is_untold_when_the_mentorship_has_ended(invoke: Invoke, keep: Callable[..., Any]) -> None:
    """Whom there is nothing more to tell is not still to be told; that the goal was theirs too stays."""
    keep(make_mentor(status="ended", id="osler"), make_mentor(id="curie", name="Marie Curie"))
    keep(make_goal(mentors=["osler", "curie"]))

    (data,) = invoke("goal", "list", "--json").data

    assert [one["mentor"] for one in data["mentors"]] == ["osler", "curie"]
    assert data["untold"] == ["curie"]


def test_list_keeps_to_narrow_terminals(
    terminal: Callable[..., Terminal], keep: Callable[..., Any], people: None
) -> None:
    """At 40 columns the id, the title and the date are left."""
    keep(make_goal(id="g2222", title="Submit the case report of the year", by=date(2027, 1, 1), mentors=["osler"]))

    screen = terminal("goal", "list", columns=40)

    assert screen.end() == 0
    assert screen.screen == ["id     title              by", "g2222  Submit the case…   Fri 1 Jan 2027"]


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ([], "No open goals. Set one with: mentorlog goal add TITLE"),
        (["--drifting"], "No goal is drifting."),
        (["--tag", "a"], "No goal fits."),
        (["--domain", "a"], "No goal fits."),
    ],
)
def test_an_empty_list_says_so(invoke: Invoke, filters: list[str], sentence: str) -> None:
    """Calmly, on stdout; as JSON it is an empty list."""
    assert invoke("goal", "list", *filters).out == sentence + "\n"
    assert invoke("goal", "list", *filters, "--json").data == []


@pytest.mark.parametrize("filters", [["--with", "nobody"], ["--status", "x"], ["--horizon", "x"], ["--until", "x"]])
def test_list_refuses_filters_that_are_none(invoke: Invoke, filters: list[str]) -> None:
    """A list of what nobody asked for would be a wrong answer."""
    ran = invoke("goal", "list", *filters)

    assert (ran.exit, ran.out) == (1, "")


def test_list_names_what_it_cannot_read(invoke: Invoke, goal: str, journal_root: Path) -> None:
    """An unreadable goal is counted on stderr, and the others are served."""
    (journal_root / "goals" / "g2222-broken.toml").write_text("title = \n")

    ran = invoke("goal", "list")

    assert (ran.exit, goal in ran.out) == (0, True)
    assert "1 record cannot be read" in ran.err


# tell


def test_the_day_of_telling_counts(invoke: Invoke, people: None, goal: str) -> None:
    """Telling adds the mentor; the same day again is said and changes nothing; another day counts from then on."""
    told = invoke("goal", "tell", goal, "osl", "--on", "fri")
    again = invoke("goal", "tell", goal, "osler", "--on", "fri")
    later = invoke("goal", "tell", goal, "osler", "--json")

    assert told.out == f"Told William Osler of goal {goal}: Submit case report, on Fri 20 Nov 2026.\n"
    assert again.out == (
        f"William Osler has been told of goal {goal}: Submit case report, on Fri 20 Nov 2026 already.\n"
    )
    assert later.data["mentors"] == [{"mentor": "osler", "told_on": "2026-11-23"}]
    assert len(invoke("history", "--json").data) == 4 + 1


def test_telling_is_not_in_the_future(invoke: Invoke, people: None, goal: str) -> None:
    """What happened lies behind."""
    ran = invoke("goal", "tell", goal, "osler", "--on", "tomorrow")

    assert (ran.exit, "lies in the future" in ran.err) == (1, True)


# progress


def test_progress_takes_a_percentage_words_or_both(invoke: Invoke, goal: str) -> None:
    """Each stands on its day."""
    both = invoke("goal", "progress", goal, "40%", "-m", "Draft sent", "--on", "yesterday")
    data = invoke("goal", "progress", goal, "-m", "-", "--json", stdin="Two\nlines\n").data

    assert both.out == f"Noted progress of goal {goal}: Submit case report, 40%, on Sun 22 Nov 2026.\n"
    assert data["progress"] == [
        {"on": "2026-11-22", "percent": 40, "text": "Draft sent"},
        {"on": "2026-11-23", "percent": None, "text": "Two\nlines\n"},
    ]


@pytest.mark.parametrize(
    ("words", "exit"),
    [
        (["101"], 1),
        (["half"], 1),
        (["9" * 5000], 1),
        (["٣"], 1),
        ([], 2),
        (["-m", " "], 1),
        (["--on", "tomorrow", "3"], 1),
    ],
)
def test_progress_refuses_what_says_nothing(invoke: Invoke, goal: str, words: list[str], exit: int) -> None:
    """A number from 0 to 100 or words, not in the future."""
    assert invoke("goal", "progress", goal, *words).exit == exit


def test_progress_asks_on_a_terminal(terminal: Callable[..., Terminal], invoke: Invoke, goal: str) -> None:
    """An answer in words is words."""
    screen = terminal("goal", "progress", goal)
    screen.answer("How far is it", "The draft is with Osler")

    assert screen.end() == 0
    assert invoke("show", goal, "--json").data["progress"][0]["text"] == "The draft is with Osler"


# revise


def test_revise_says_and_keeps_old_and_new(invoke: Invoke, people: None, goal: str) -> None:
    """Several fields at once are one operation with one reason."""
    invoke("goal", "revise", goal, "by=in 6 weeks", "measure=A letter", "-m", "First plan")
    ran = invoke("goal", "revise", goal, "by=1 mar 2027", "with=osler", "--clear", "measure", "-m", "New format")
    data = invoke("show", goal, "--json").data

    assert ran.out.splitlines() == [
        f"Revised goal {goal}: Submit case report",
        "  measure: A letter → nothing",
        "  by: Mon 4 Jan 2027 → Mon 1 Mar 2027",
        "  mentors: nothing → William Osler (osler)",
    ]
    assert data["history"][3] == {
        "on": "2026-11-23",
        "field": "by",
        "old": "2027-01-04",
        "new": "2027-03-01",
        "reason": "New format",
        "review": None,
    }


def test_revise_without_a_difference_says_so(invoke: Invoke, journal_root: Path, goal: str) -> None:
    """Nothing is written, and there is no operation to undo."""
    before = files(journal_root)
    ran = invoke("goal", "revise", goal, "priority=normal", "-m", "x")

    assert ran.out == f"Goal {goal}: Submit case report says so already; nothing was changed.\n"
    assert files(journal_root) == before
    assert len(invoke("history", "--json").data) == 1


@pytest.mark.parametrize(
    ("words", "exit"),
    [
        (["by=fri"], 2),
        (["-m", "x"], 2),
        (["by", "fri", "-m", "x"], 2),
        (["by=banana", "-m", "x"], 1),
        (["colour=red", "-m", "x"], 1),
        (["status=achieved", "-m", "x"], 1),
        (["progress.1.percent=3", "-m", "x"], 1),
        (["id=g9999", "-m", "x"], 1),
        (["with=nobody", "-m", "x"], 1),
        (["title=", "-m", "x"], 1),
        (["--clear", "title", "-m", "x"], 1),
    ],
)
def test_revise_refuses_and_changes_nothing(
    invoke: Invoke, journal_root: Path, goal: str, words: list[str], exit: int
) -> None:
    """A wrong field or value, or no reason: the goal stays as it was."""
    before = files(journal_root)

    assert invoke("goal", "revise", goal, *words).exit == exit
    assert files(journal_root) == before


def test_revise_reads_a_value_from_stdin(invoke: Invoke, goal: str) -> None:
    """`why=-` is what is piped in."""
    data = invoke("goal", "revise", goal, "why=-", "-m", "x", "--json", stdin="So that\n").data

    assert data["why"] == "So that"


# pause, resume, achieve, drop


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["pause", "-m", "x"], "paused", "Paused"),
        (["achieve"], "achieved", "Achieved"),
        (["achieve", "--partly", "-m", "x"], "partly", "Partly achieved"),
        (["drop", "-m", "x"], "dropped", "Dropped"),
    ],
)
def test_steps_and_back(invoke: Invoke, goal: str, words: list[str], status: str, said: str) -> None:
    """Each step is told with its day; again it is said to be so already; resume takes any of them back."""
    verb, *rest = words

    first = invoke("goal", verb, goal, *rest, "--on", "yesterday")
    again = invoke("goal", verb, goal, *rest)
    closed = invoke("show", goal, "--json").data
    back = invoke("goal", "resume", goal, "--json").data

    assert first.out == f"{said} goal {goal}: Submit case report, on Sun 22 Nov 2026.\n"
    assert again.out.endswith(" already.\n")
    assert (closed["status"], closed["closed_on"]) == (status, None if status == "paused" else "2026-11-22")
    assert (back["status"], back["closed_on"]) == ("active", None)
    assert [entry["new"] for entry in back["history"]] == [status, "active"]


@pytest.mark.parametrize(
    ("words", "question"),
    [
        (["pause"], "Why is it paused?"),
        (["achieve", "--partly"], "What is reached, and what is not?"),
        (["drop"], "Why is it dropped?"),
    ],
)
def test_some_steps_need_a_reason(invoke: Invoke, goal: str, words: list[str], question: str) -> None:
    """Without a terminal the question and the option are named."""
    verb, *rest = words
    ran = invoke("goal", verb, goal, *rest)

    hint = "hint: give it as --message TEXT (-m), or run in a terminal"
    assert (ran.exit, ran.err.splitlines()) == (2, [f"error: {question} An answer is needed.", hint])


def test_a_reason_is_asked_for_on_a_terminal(terminal: Callable[..., Terminal], invoke: Invoke, goal: str) -> None:
    """One question, and its answer stands in the history."""
    screen = terminal("goal", "drop", goal)
    screen.answer("Why is it dropped?", "Published by others")

    assert screen.end() == 0
    assert invoke("show", goal, "--json").data["history"][0]["reason"] == "Published by others"


def test_achieving_tells_what_is_still_open_below(invoke: Invoke, keep: Callable[..., Any], goal: str) -> None:
    """One line on stderr; the goal is achieved all the same, and nothing else changes."""
    keep(
        make_goal(parent=goal),
        make_goal(parent=goal, status="dropped"),
        make_task(goal=goal),
        make_task(goal=goal),
        make_task(goal=goal, status="done"),
    )

    ran = invoke("goal", "achieve", goal)

    assert (ran.exit, ran.err) == (0, "Still open below it: 1 goal and 2 tasks.\n")


def test_a_closed_goal_is_not_paused(invoke: Invoke, goal: str) -> None:
    """The hint says what to do first."""
    invoke("goal", "achieve", goal)
    ran = invoke("goal", "pause", goal, "-m", "x")

    assert ran.exit == 1
    assert f"hint: go on with it first: mentorlog goal resume {goal}" in ran.err


# every command


@pytest.mark.parametrize(
    "words",
    [
        ["tell", "gzzzz", "osler"],
        ["progress", "gzzzz", "3"],
        ["revise", "gzzzz", "by=fri", "-m", "x"],
        ["pause", "gzzzz", "-m", "x"],
        ["resume", "gzzzz"],
        ["achieve", "gzzzz"],
        ["drop", "gzzzz", "-m", "x"],
    ],
)
def test_an_unknown_goal_is_named(invoke: Invoke, words: list[str]) -> None:
    """Exit 1, one sentence, one hint, and nothing on stdout, even for a script."""
    ran = invoke("goal", *words, "--json")

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.splitlines() == ["error: There is no goal 'gzzzz'.", "hint: list them with: mentorlog goal list"]


def test_a_prefix_of_several_goals_lists_them(invoke: Invoke, keep: Callable[..., Any]) -> None:
    """None and several are two errors."""
    keep(make_goal(id="g2222", title="One"), make_goal(id="g2233", title="Other"))
    ran = invoke("goal", "achieve", "g22")

    assert ran.exit == 1
    assert "'g22' fits several: g2222 (One); g2233 (Other)." in ran.err


def test_a_goal_that_cannot_be_read_needs_the_doctor(invoke: Invoke, goal: str, journal_root: Path) -> None:
    """It is never rewritten and never called unknown."""
    (path,) = (journal_root / "goals").iterdir()
    path.write_text("title = 3\n")
    ran = invoke("goal", "achieve", goal)

    assert ran.exit == 3
    assert path.read_text() == "title = 3\n"


def test_a_goal_that_was_found_is_named(invoke: Invoke, people: None, goal: str) -> None:
    """Whoever gives a beginning of an id sees which goal or meeting it was: in every command that takes one."""
    start, named = goal[:4], f"{goal} Submit case report"
    meeting = invoke("meeting", "plan", "osler", "--on", "fri", "-g", start, "--json").data["id"]
    said = {
        ("ask", "osler", "What?", "-g", start): f"for William Osler, for goal {named}: What?",
        ("note", "add", "x", "-g", start): f"(for goal {named}): x.",
        ("note", "add", "x", "--meeting", meeting[:4]): f"(from meeting {meeting} of Fri 27 Nov 2026): x.",
        ("meeting", "plan", "osler", "--on", "fri", "-g", start): f"on Fri 27 Nov 2026, about goal {named}.",
        ("meeting", "log", "osler", "x y", "-g", start): f"on Mon 23 Nov 2026, about goal {named}.",
        ("task", "add", "x", "-g", start): f"x, for goal {named}.",
        ("goal", "add", "Part", "--parent", start): f"Part, part of goal {named}.",
    }

    for words, end in said.items():
        assert invoke(*words).out.splitlines()[0].endswith(end), words
    other = invoke("goal", "add", "Other", "--json").data["id"]
    assert f"  parent: {named}\n" in invoke("set", other, f"parent={start}").out
    assert f"  parent: {named} → nothing\n" in invoke("goal", "revise", other, "--clear", "parent", "-m", "x").out
    assert f"  parent: nothing → {named}\n" in invoke("goal", "revise", other, f"parent={start}", "-m", "x").out
