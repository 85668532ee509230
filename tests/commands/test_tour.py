"""`mentorlog tour`: the loop on a sample, away from everything of the user's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.flows.tour import PAUSE
from terminal import Terminal
from world import NOW, Ran, World

Run = Callable[..., Ran]


def everything(root: Path) -> list[str]:
    """Every path below a folder."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def test_it_shows_the_loop(world: World) -> None:
    """Status, the screen before a meeting and a reassessment, each below its command, and at the end a report."""
    ran = world.invoke("tour", env={"MENTORLOG_JOURNAL": None})

    assert (ran.exit, ran.err) == (0, "")
    prompts = [line for line in ran.out.splitlines() if line.startswith("$ ")]
    assert prompts == [
        "$ mentorlog status", "$ mentorlog meeting prep osler", "$ mentorlog review --answers answers.toml",
        "$ mentorlog export html -o report.html",
    ]  # fmt: skip
    for words in (
        "Did you meet Marie Curie", "Suggested agenda", "gs5dy Design a study of my own: revised, by",
        "Wrote 37 records to ", "Left out as private: 2 notes, 2 reviews",
    ):  # fmt: skip
        assert words in ran.out


def test_nothing_of_the_user_is_touched(world: World) -> None:
    """No journal, no configuration, no memory of a journal; the sample is removed again."""
    before = everything(world.root)

    world.invoke("tour", env={"MENTORLOG_JOURNAL": None})

    assert everything(world.root) == before


def test_a_journal_that_is_missing_does_not_matter(world: World) -> None:
    """The tour needs no journal, so it does not look for one."""
    assert world.invoke("tour").exit == 0


def test_it_can_be_kept(world: World) -> None:
    """--keep leaves the sample in a folder of the user's own, and it is a sound journal."""
    data = world.invoke("tour", "--keep", "--json").data
    folder, report = Path(data["kept"]), Path(data["report"])

    assert report.read_text() == data["steps"][-1]["data"]["html"]
    assert report.stat().st_mode & 0o777 == 0o600
    assert folder.parent.stat().st_mode & 0o777 == 0o700
    assert world.invoke("doctor", "--journal", str(folder)).out == "No problems found: 42 records checked.\n"


def test_for_scripts(world: World) -> None:
    """--json gives one document with the data of every step."""
    data = world.invoke("tour", "--json").data

    assert [step["command"] for step in data["steps"]][-1] == "mentorlog export html -o report.html"
    report = data["steps"][-1]["data"]["html"]
    assert "Elizabeth Blackwell" in report and "I answer before the patient" not in report  # private
    assert data["steps"][0]["data"]["today"] == NOW[:10]
    assert (data["kept"], data["report"]) == (None, None)


def test_on_any_day(world: World) -> None:
    """The sample is relative to today: a leap day and the turn of a year do as well."""
    for day in ("2028-02-29", "2027-01-01", "2026-12-31"):
        assert world.invoke("tour", env={"MENTORLOG_NOW": day}).exit == 0


def test_a_terminal_has_time_for_each_screen(terminal: Callable[..., Terminal], world: World) -> None:
    """After each screen it waits for Enter, and for a look at the report before that is deleted."""
    session = terminal("tour", lines=40)
    session.wait_for_question(PAUSE)
    assert "Talk to" in session.text and "$ mentorlog meeting prep" not in session.text
    session.answer(PAUSE).answer(PAUSE).answer(PAUSE)
    session.wait_for_question("report.html in a browser")
    (folder,) = Path(world.environment()["TMPDIR"] or "").glob("mentorlog-tour-*")
    assert (folder / "report.html").read_text().startswith("<!doctype html>")

    assert session.answer("in a browser").end() == 0
    assert "deleted again" in session.text and not folder.exists()


@pytest.mark.parametrize("key", ["q", "ctrl-c", "ctrl-d"])
def test_the_tour_can_be_stopped(key: str, terminal: Callable[..., Terminal], world: World) -> None:
    """The sample is deleted then, too."""
    before = everything(world.root)
    session = terminal("tour")
    session.wait_for_question(PAUSE)
    if key == "q":
        assert session.answer(PAUSE, "q").end() == 0
    else:
        assert session.press(key).end() == 130

    assert "$ mentorlog meeting prep" not in session.text
    assert everything(world.root) == before
