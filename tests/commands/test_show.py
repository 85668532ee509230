"""`mentorlog show`: one record of any kind, whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from factories import TODAY, make_meeting, make_mentor
from terminal import Terminal
from world import Ran

Invoke = Callable[..., Ran]
HOSTILE = r'[/b] =1+1 "x" \ é 日本 🩺'


@pytest.fixture
def goal(invoke: Invoke) -> str:
    """The id of a goal with an awkward title."""
    return str(invoke("goal", "add", HOSTILE, "--why", "# To *learn*\n\n- one", "--json").data["id"])


def test_the_title_is_data(goal: str, invoke: Invoke) -> None:
    """Nothing in it is markup, a command or a path."""
    assert invoke("show", goal).out.splitlines()[0] == HOSTILE
    assert invoke("show", goal, "--json").data["title"] == HOSTILE


def test_json_holds_every_field(goal: str, invoke: Invoke) -> None:
    """One document; what is empty is null or []; nothing but the record."""
    ran = invoke("show", goal, "--json")

    assert json.loads(ran.out)["version"] == 1
    data = ran.data
    assert {"id", "record", "title", "status", "by", "mentors", "parent", "history", "notes", "links"} <= set(data)
    assert (data["by"], data["mentors"], data["parent"]) == (None, [], None)


def test_prefixes(goal: str, invoke: Invoke) -> None:
    """Two characters are enough where no other record begins so; capitals do not matter; one is too short."""
    assert invoke("show", goal[:2]).exit == 0
    assert invoke("show", goal.upper()).exit == 0
    assert invoke("show", goal[:1]).exit == 1


@pytest.mark.parametrize("id", ["g2222", "", " ", "..", "goals/x", "%", "_", "'", "caf\udce9", "x" * 10_000, "*"])
def test_unknown_ids(id: str, goal: str, invoke: Invoke) -> None:
    """One sentence and a hint, on stderr, and nothing else."""
    ran = invoke("show", "--json", "--", id)

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.startswith("error: No record matches ")
    assert "hint: " in ran.err


def test_what_matches_several_says_what_to_type(invoke: Invoke, journal_root: Path) -> None:
    """More of an id that was begun; of words of titles or names, one of the ids that are listed."""
    invoke("mentor", "add", "William Osler")
    invoke("mentor", "add", "Olga Osler")
    for title in ("Apply for the fellowship", "Write the fellowship essay"):
        invoke("goal", "add", title)

    assert invoke("show", "osl").err.splitlines()[1] == "hint: type more of the id"
    assert invoke("show", "fellowship").err.splitlines()[1] == "hint: use one of these ids"
    assert invoke("goal", "pause", "fellowship").err.splitlines()[1] == "hint: use one of these ids"


def test_a_prefix_of_several_lists_them(invoke: Invoke, journal_root: Path) -> None:
    """Records that cannot be read are among them: nothing is chosen in their stead."""
    invoke("mentor", "add", "William Osler")
    invoke("mentor", "add", "Olga Osler")
    assert "matches several records: osler (William Osler); osler-2 (Olga Osler)" in invoke("show", "osl").err
    assert invoke("show", "osler").exit == 0  # a whole id is never one of several
    (journal_root / "mentors" / "osler-2.toml").write_text("nonsense")

    assert "osler-2 (cannot be read)" in invoke("show", "osl").err


def test_what_cannot_be_read_is_not_unknown(goal: str, invoke: Invoke, journal_root: Path) -> None:
    """By its id or a beginning of it: what is wrong, in which line, and how it is mended; 3."""
    file = next((journal_root / "goals").iterdir())
    file.write_text(file.read_text().replace('priority = "normal"', "priority = 3"))

    for text in (goal, goal[:3], goal.upper()):
        ran = invoke("show", text, "--json")
        assert (ran.exit, ran.out) == (3, "")
        assert ran.err == (
            f"error: goals/{file.name}, line 8 cannot be read: priority must be text in quotes.\n"
            f"hint: repair it with: mentorlog edit {goal}\n"
        )


def test_prose_is_laid_out_on_a_terminal(goal: str, invoke: Invoke, terminal: Callable[..., Terminal]) -> None:
    """Markdown is rendered where there is colour, and is as it was typed on a pipe."""
    assert "  # To *learn*" in invoke("show", goal).out
    shown = terminal("show", goal, columns=40)
    shown.end()

    assert "*learn*" not in shown.text
    assert "learn" in shown.text
    assert max(map(len, shown.screen)) <= 40


def test_the_profile(invoke: Invoke) -> None:
    """`show profile` is `profile show`, before there is one too."""
    assert invoke("show", "profile") == invoke("profile", "show")
    invoke("profile", "set", "name=Mary Blackwell")
    assert invoke("show", "profile") == invoke("profile", "show")
    assert invoke("show", "profile", "--json").data["id"] == "profile"


@pytest.mark.parametrize(
    "argv", [("show", "osler"), ("mentor", "list"), ("mentor", "list", "--all"), ("set", "osler", "email=a@b.example")]
)
def test_a_key_called_prefix_is_the_users(invoke: Invoke, journal_root: Path, argv: tuple[str, ...]) -> None:
    """What a user wrote under this name is shown, and every --json has it."""
    invoke("mentor", "add", "William Osler")
    path = journal_root / "mentors" / "osler.toml"
    path.write_text(f'prefix = "Dr."\n{path.read_text()}')

    ran = invoke(*argv, "--json")

    (view,) = ran.data if isinstance(ran.data, list) else [ran.data]
    assert view["prefix"] == "Dr."
    assert "Dr." in invoke("show", "osler").out


def test_of_many_tasks_the_newest_are_shown(goal: str, invoke: Invoke) -> None:
    """Of what belongs to a record the screen has the newest few and says how many more there are."""
    for day in range(1, 23):
        invoke("task", "add", f"Read paper {day}", "--goal", goal, "--due", f"2027-01-{day:02}")

    shown = invoke("show", goal).out

    assert "Read paper 2," not in shown
    assert shown.index("Read paper 3,") < shown.index("Read paper 22,")
    assert f"  and 2 more; see: mentorlog task list --all --goal {goal}\n" in shown


@pytest.fixture
def year(invoke: Invoke, journal_root: Path) -> dict[str, str]:
    """A mentor, a goal, a task and a meeting to which every kind of record that can be is linked, many times."""
    invoke("mentor", "add", "William Osler", "--id", "osler")
    invoke("mentor", "scout", "Marie Curie", "--introduced-by", "osler")
    goal = invoke("goal", "add", "Submit case report", "--with", "osler", "--json").data["id"]
    part = invoke("goal", "add", "Draft it", "--parent", goal, "--with", "osler", "--json").data["id"]
    task = invoke("task", "add", "Read", "--goal", goal, "--from", "osler", "--due", "2026-11-24", "--json").data["id"]
    meetings = [
        invoke("meeting", "log", "osler", f"Talk {day}", "-g", goal, "--on", f"2026-11-{day:02}", "--json").data["id"]
        for day in range(1, 8)
    ]
    note = ("note", "add", "--kind", "question", "--with", "osler", "--goal", goal)
    notes = [invoke(*note, f"Question {number}", "--json").data["id"] for number in range(7)]
    answers = journal_root.parent / "answers.toml"
    reviews = []
    for number in range(7):
        answers.write_text(
            f'[[verdicts]]\ngoal = "{goal}"\nverdict = "keep"\nreason = "{number}"\n'
            f'[[tasks]]\ntask = "{task}"\nverdict = "keep"\n[[mentors]]\nmentor = "osler"\nfit = "good"\n'
        )
        reviews.append(invoke("review", "--answers", str(answers), "--json").data["id"])
    made = {"goal": goal, "part": part, "task": task, "meeting": meetings[-1], "note": notes[-1]}
    return {**made, "review": reviews[-1], "mentor": "osler"}


@pytest.mark.parametrize(
    ("record", "titles", "rests"),
    [
        (
            "mentor",
            ["Mentors", "Goals", "Tasks", "Meetings", "Notes", "Reviews"],
            {"meeting list --with osler": (2, 7), "review list --about osler": (2, 7)},
        ),
        (
            "goal",
            ["Parts", "Tasks", "Meetings", "Notes", "Reviews"],
            {
                "meeting list --all --goal {id}": (2, 7),
                "note list --goal {id}": (2, 7),
                "review list --about {id}": (2, 7),
            },
        ),
        ("task", ["Reviews"], {"review list --about {id}": (2, 7)}),
    ],
)
def test_show_has_the_newest_few_of_each_linked_kind(
    record: str, titles: list[str], rests: dict[str, tuple[int, int]], year: dict[str, str], invoke: Invoke
) -> None:
    """The newest few of each kind, the count of the rest, and the command that lists them all; JSON has the same.

    The kind's members: mentors, goals, tasks and meetings, each with everything that can be linked to it.
    """
    id = year[record]
    shown = invoke("show", id).out
    linked = invoke("show", id, "--json").data["linked"]

    sections = [line for line in shown.splitlines() if line in {"Parts", *(f"{one.capitalize()}s" for one in KINDS)}]
    assert sections == titles
    for command, (more, count) in rests.items():
        command = command.format(id=id)
        assert f"  and {more} more; see: mentorlog {command}\n" in shown
        assert len(invoke(*command.split(), "--json").data) == count
    for kind in KINDS:
        listed = [one["id"] for one in linked[f"{kind}s"]]
        assert all(f"  {one}  " in shown for one in listed)
        assert linked["counts"].get(f"{kind}s", 0) - len(listed) == sum(
            more for command, (more, _) in rests.items() if command.startswith(kind)
        )


KINDS = ("mentor", "goal", "task", "meeting", "note", "review")


def test_what_links_to_a_record_is_said_in_words(year: dict[str, str], invoke: Invoke) -> None:
    """A review is shown with its verdict on the record, a mentor with how they came."""
    goal, task, osler = (invoke("show", year[kind]).out for kind in ("goal", "task", "mentor"))

    assert all("  Mon 23 Nov 2026, full: keep\n" in shown for shown in (goal, task))
    assert "  Mon 23 Nov 2026, full: good\n" in osler
    assert "  curie  Marie Curie (candidate, introduced by them)\n" in osler


def test_the_meetings_of_a_term_are_counted(keep: Callable[..., None], invoke: Callable[..., Ran]) -> None:
    """Those held since the mentorship started, and how many the cadence makes until the term ends."""
    term = {"started": date(2026, 9, 1), "term_ends": date(2027, 8, 31)}
    keep(
        make_mentor(every=28, **term),
        make_mentor(id="curie", name="Marie Curie", **term),
        make_mentor(id="noether", name="Emmy Noether"),
        *(make_meeting(mentors=["osler", "noether"], on=on) for on in (date(2026, 8, 31), date(2026, 9, 1), TODAY)),
        make_meeting(on=date(2026, 11, 27), status="planned"),
    )

    said = {id: invoke("show", id).out for id in ("osler", "curie", "noether")}
    assert "\n  2 meetings held since Tue 1 Sep 2026; every 4 weeks makes 13 by Tue 31 Aug 2027\n" in said["osler"]
    assert "\n  0 meetings held since Tue 1 Sep 2026; the term ends on Tue 31 Aug 2027\n" in said["curie"]
    assert "meetings held" not in said["noether"]
    keep(make_mentor(id="blackwell", started=date(2025, 9, 1), term_ends=date(2026, 8, 31)))
    over = invoke("show", "blackwell").out
    assert "\n  0 meetings held since Mon 1 Sep 2025; the term ended on Mon 31 Aug 2026\n" in over
    terms = [invoke("show", id, "--json").data["linked"]["term"] for id in said]
    assert terms == [
        {"started": "2026-09-01", "ends": "2027-08-31", "held": 2, "expected": 13},
        {"started": "2026-09-01", "ends": "2027-08-31", "held": 0, "expected": None},
        None,
    ]
