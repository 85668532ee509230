"""`status` on a terminal: a busy journal fits the height, and what is cut is counted with its command."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from factories import TODAY, make_goal, make_meeting, make_mentor, make_task
from mentorlog.models.mentor import StatusChange
from mentorlog.models.record import Conflict, Record
from mentorlog.models.task import Round
from terminal import Terminal
from world import Ran, World

Invoke = Callable[..., Ran]
Open = Callable[..., Terminal]
COUNT = re.compile(
    r"(I owe|I am owed|Planned|Goals|Talk to) \((?:(\d+) of )?(\d+)\W+(?:see: )?(mentorlog [^)]*?)\)? ?\n"
)


def on(days: int) -> date:
    """A day so many days ahead."""
    return TODAY + timedelta(days)


def busy_records() -> list[Record]:
    """Six mentors, eight goals, 40 open tasks of both sides and drafts, passed and planned meetings, an invitation."""
    names = "William Osler, Marie Curie, Elizabeth Blackwell, Wilhelm Röntgen, Florence Nightingale"
    mentors = [make_mentor(id=name.split()[-1].lower().replace("ö", "oe"), name=name, every=14 * n)
               for n, name in enumerate(names.split(", "), 1)]  # fmt: skip
    asked = StatusChange(on=on(-30), status="invited", reason="email")
    mentors.append(make_mentor(id="noether", name="Emmy Noether", status="invited", status_log=(asked,)))
    goals = [make_goal(title=f"Write chapter {n} of the thesis", by=on(10 * n - 30)) for n in range(8)]
    sent = {"status": "submitted", "rounds": (Round(sent=on(-20)),), "assigned_by": "osler", "due": on(-20)}
    tasks = [make_task(title=f"Draft part {n} of the manuscript", **sent) for n in range(5)]
    tasks += [make_task(title=f"Revise part {n} of the manuscript", assigned_by="curie", due=on(3 * n - 9))
              for n in range(25)]  # fmt: skip
    tasks += [make_task(title=f"Send protocol {n}", owner="curie", due=on(n) if n % 2 else None) for n in range(10)]
    days = (("osler", -4), ("curie", -3), ("osler", 1), ("curie", 5), ("roentgen", 60))
    meetings = [make_meeting(status="planned", mentors=(id,), on=on(day)) for id, day in days]
    return [*mentors, *goals, *tasks, *meetings]


@pytest.fixture
def busy(world: World, journal_root: Path, keep: Callable[..., None]) -> Path:
    """A journal in which there is more than a screen holds, and an unfinished review."""
    world.filled("status busy", lambda: keep(*busy_records()))
    drafts = journal_root / ".mentorlog" / "drafts"
    drafts.mkdir(exist_ok=True)
    (drafts / "review.toml").write_text('worked = "Short letters"\n')
    return journal_root


@pytest.mark.parametrize("columns", [80, 40])
def test_a_busy_journal_fits_24_lines(columns: int, busy: Path, terminal: Open) -> None:
    """The screen and the prompt of the shell fit 24 lines, nothing scrolls away, and no line is broken."""
    shown = terminal(columns=columns, lines=24)
    shown.end()

    assert 20 <= len(shown.everything) <= 23
    assert max(map(len, shown.screen)) <= columns
    assert shown.screen[0] == "Mon 23 Nov 2026"
    for part in ("Did you meet", "Talk to", "Planned", "I owe", "I am owed", "Goals", "Next review", "review --resume"):
        assert part in shown.text


@pytest.mark.parametrize("columns", [80, 40])
def test_an_old_backup_has_a_line_among_24(columns: int, busy: Path, terminal: Open, invoke: Invoke) -> None:
    """Where it is mentioned, something else is cut."""
    clock = {"MENTORLOG_NOW": "2026-09-01T09:00:00+00:00"}
    assert invoke("backup", "make", str(busy.with_name("b.tar")), env=clock).exit == 0
    shown = terminal(columns=columns, lines=24)
    shown.end()

    assert "Last backup 12 weeks ago" in shown.text
    assert len(shown.everything) <= 23
    assert shown.screen[0] == "Mon 23 Nov 2026"


@pytest.mark.parametrize(("columns", "line"), [(80, "wait for a choice: mentorlog resolve"), (40, "for a choice:")])
def test_what_waits_for_a_choice_has_a_line_among_24(
    columns: int, line: str, busy: Path, terminal: Open, keep: Callable[..., None]
) -> None:
    """So has this, with the command whole."""
    conflict = Conflict(other={"title": "Revise it"})
    keep(*(make_task(title=f"Revise {n}", conflicts=(conflict,)) for n in range(2)))
    shown = terminal(columns=columns, lines=24)
    shown.end()

    assert f"2 records wait {line.removeprefix('wait ')}" in shown.text and "mentorlog resolve" in shown.text
    assert len(shown.everything) <= 23 and shown.screen[0] == "Mon 23 Nov 2026"


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (80, 40), (200, 24), (40, 24), (40, 60)])
def test_what_is_cut_is_counted(columns: int, lines: int, busy: Path, terminal: Open, invoke: Invoke) -> None:
    """Each section says how many there are, how many it shows, and the command that lists them all."""
    shown = terminal(columns=columns, lines=lines)
    shown.end()
    data, text = (
        invoke("--json").data,
        re.sub(r"\n +see:", " see:", shown.text + "\n").replace("--status\n  planned", "--status planned"),
    )

    counted = {title: (int(total), command) for title, _, total, command in COUNT.findall(text)}
    totals = {"I owe": 25, "I am owed": 16, "Planned": 3, "Goals": 8}
    assert {title: counted[title][0] for title in totals} == totals
    assert totals["I owe"] == len(data["mine"]) and totals["I am owed"] == len(data["waiting"])
    for _, command in counted.values():
        assert invoke(*shlex.split(command)[1:]).exit == 0


def test_a_taller_terminal_shows_more(busy: Path, terminal: Open, invoke: Invoke) -> None:
    """Each section has its most pressing row first; where there is room, seven rows and blank lines as on a pipe."""
    rows = []
    for lines in (24, 40, 200):
        shown = terminal(lines=lines)
        shown.end()
        rows.append([line for line in shown.everything if line.startswith("  ")])

    assert len(rows[0]) < len(rows[1]) < len(rows[2])
    assert "" not in terminal(lines=24).wait_for("--resume").screen
    assert all("late since Sat 14 Nov" in " ".join(one) for one in rows)  # the task that is late the longest
    assert len(invoke().out.splitlines()) > 40


def test_a_narrow_terminal_shows_what_is_late(busy: Path, terminal: Open) -> None:
    """At 40 × 24 texts are cut to a line, so that the first task is seen; a higher one has whole texts."""
    shown = terminal(columns=40)
    shown.end()
    assert "         late since Sat 14 Nov" in shown.screen

    tall = terminal(columns=40, lines=200)
    tall.end()
    assert "…" not in tall.text


@pytest.mark.parametrize("name", ["note", "note" * 20])
def test_unsaved_texts_are_counted_too(name: str, busy: Path, terminal: Open) -> None:
    """Many texts that editors left do not push the rest off the screen, nor does a path that is longer than a line."""
    for number in range(20):
        (busy / ".mentorlog" / "drafts" / f"{name}-{number}.md").write_text("typed")
    shown = terminal()
    shown.end()

    assert len(shown.everything) <= 23
    assert "more; see: mentorlog doctor" in shown.text


def test_on_a_pipe_the_height_does_not_matter(busy: Path, invoke: Invoke) -> None:
    """Scripts see the same, whatever the size of the terminal: up to seven rows a section."""
    assert invoke().out == invoke(env={"LINES": "5"}).out
    section = invoke().out.partition("I owe (7 of 25; see: mentorlog task owed)\n")[2].partition("\n\n")[0]
    assert len(section.splitlines()) == 7


def test_what_is_far_is_counted(invoke: Invoke, keep: Callable[..., None]) -> None:
    """What is beyond a fortnight is no row: a count and a command; what has no date is a row."""
    soon = datetime(2026, 11, 20, 9, tzinfo=UTC)
    keep(make_mentor(), make_task(title="Far", due=on(180)), make_task(title="Some day", created=soon))
    keep(make_goal(by=on(100), created=soon), make_meeting(status="planned", on=on(15)))

    assert invoke().out.splitlines()[2:8] == [
        "Planned (1; see: mentorlog meeting list --status planned)",
        "",
        "I owe (1 of 2; see: mentorlog task owed)",
        next(line for line in invoke().out.splitlines() if line.endswith("Some day  since Fri 20 Nov")),
        "",
        "Goals (1; see: mentorlog goal list)",
    ]


def test_nothing_is_called_well_above_a_meeting_of_tomorrow(invoke: Invoke, keep: Callable[..., None]) -> None:
    """`Nothing is due` is said only where no section has a row that is near."""
    keep(make_mentor(), make_meeting(status="planned", on=on(1)))

    assert "Nothing is due" not in invoke().out
    assert "Nothing is due" not in invoke("due").out
