"""`mentorlog review`: the period by kind, what was entered late, and the day of the next review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from world import Ran

Run = Callable[..., Ran]


@pytest.fixture
def on(invoke: Run) -> Callable[..., Ran]:
    """Run a command on a day of 2026 or 2027."""

    def run(day: str, *words: str, **more: Any) -> Ran:
        ran = invoke(*words, env={"MENTORLOG_NOW": f"{day}T12:00:00+00:00"}, **more)
        assert ran.exit == 0, ran.err
        return ran

    return run


def review(on: Callable[..., Ran], day: str, *words: str, text: str = 'worked = "x"') -> Any:
    """Hold a review; its data."""
    return on(day, "review", *words, "--answers", "-", "--json", stdin=text).data


@pytest.fixture
def months(on: Callable[..., Ran]) -> None:
    """A mentor, and a meeting on the fifth of each month of 2026, entered on that day."""
    on("2026-01-01", "mentor", "add", "Wei Chen")
    for month in range(1, 12):
        day = f"2026-{month:02d}-05"
        on(day, "meeting", "log", "chen", "--no-input")


@pytest.mark.usefixtures("months")
def test_every_kind_counts_its_own_period(on: Callable[..., Ran], invoke: Run, journal_root: Path) -> None:
    """CASES B1, through the program: full on 29 Sep, semiannual on 6 Dec, annual on 20 Dec; a quick one between."""
    full = review(on, "2026-09-29")
    review(on, "2026-10-15", "--quick")
    half = review(on, "2026-12-06", "--kind", "semiannual")
    year = review(on, "2026-12-20", "--kind", "annual")
    chosen = review(on, "2026-12-21", "--since", "2026-03-01")

    starts = [one["period"]["start"] for one in (full, half, year, chosen)]
    assert starts == ["2026-01-01", "2026-06-07", "2025-12-21", "2026-03-01"]
    assert [one["facts"]["meetings_held"] for one in (full, half, year, chosen)] == [9, 5, 11, 9]


@pytest.mark.usefixtures("months")
def test_what_was_entered_late_is_told_everywhere(on: Callable[..., Ran], journal_root: Path) -> None:
    """In the form, the data and `show`, by id; a file without any is as before; undo brings the bytes back."""
    plain = review(on, "2026-12-06", "--kind", "semiannual")
    assert plain["facts"]["entered_late"] == []
    assert "entered_late" not in next(journal_root.glob("reviews/*.toml")).read_text()
    late = on("2026-12-12", "meeting", "log", "chen", "--on", "2026-12-03", "--json").data["id"]
    before = {path: path.read_bytes() for path in journal_root.glob("*/*.toml")}
    form = on("2027-03-01", "review", "--print-form").out
    found = review(on, "2027-03-01")

    assert f"#   entered late: {late} meeting with Wei Chen on Thu 3 Dec 2026\n" in form
    assert found["facts"]["entered_late"] == [late]
    shown = [" ".join(line.split()) for line in on("2027-03-01", "show", found["id"]).out.splitlines()]
    assert f"entered late {late} Meeting with chen on Thu 3 Dec 2026" in shown
    assert (
        "- Entered late: 1 record from before this period"
        in on("2027-03-01", "export", "markdown", "--include-private").out.splitlines()
    )
    on("2027-03-01", "undo")
    assert {path: path.read_bytes() for path in journal_root.glob("*/*.toml")} == before


@pytest.mark.usefixtures("months")
def test_what_was_planned_and_told_late(on: Callable[..., Ran]) -> None:
    """A planned meeting that is logged, or a task that is done, after the review of its day: created long before it."""
    on("2026-11-20", "meeting", "plan", "chen", "--on", "2026-12-03")
    late, early = (on("2026-11-20", "task", "add", title, "--json").data["id"] for title in ("Draft", "Letter"))
    on("2026-12-04", "task", "done", early, "--on", "2026-12-03")
    review(on, "2026-12-06")
    meeting = on("2026-12-12", "meeting", "log", "chen", "--on", "2026-12-03", "--json").data["id"]
    on("2026-12-12", "task", "done", late, "--on", "2026-12-02")
    on("2026-12-12", "task", "done", early, "-m", "Sent")
    found = review(on, "2027-03-01")["facts"]
    again = review(on, "2027-03-02")["facts"]

    assert found["entered_late"] == [late, meeting]
    assert (found["meetings_held"], found["tasks_done"], again["entered_late"]) == (0, 0, [])


@pytest.mark.usefixtures("months")
def test_since_in_answers(on: Callable[..., Ran], invoke: Run) -> None:
    """The form has the chosen day, an answers file may say it; two that differ and one after the review are refused."""
    form = on("2026-12-06", "review", "--print-form", "--since", "1 mar").out
    refused = [
        invoke("review", "--answers", "-", *words, stdin=f'worked = "x"\n{text}')
        for words, text in (
            (("--since", "2026-02-01"), "since = 2026-03-01"),
            (("--on", "2026-02-01"), "since = 2026-03-01"),
            (("--on", "2026-02-01", "--since", "2026-03-01"), ""),
        )
    ]

    assert "\nsince = 2026-03-01  # " in form
    assert "# Review of everything on Sun 6 Dec 2026, since Sun 1 Mar 2026\n" in form
    assert review(on, "2026-12-06", text=form.replace('worked = ""', 'worked = "x"'))["facts"]["meetings_held"] == 9
    assert [ran.err.splitlines()[0] for ran in refused] == [
        "error: Line 2: since is Sun 1 Mar 2026, but --since says Sun 1 Feb 2026.",
        "error: Line 2: since is Sun 1 Mar 2026, which is after the review (Sun 1 Feb 2026).",
        "error: since is Sun 1 Mar 2026, which is after the review (Sun 1 Feb 2026).",
    ]
    assert {ran.exit for ran in refused} == {1}


@pytest.mark.usefixtures("months")
def test_a_named_day_stays(on: Callable[..., Ran]) -> None:
    """CASES B2, through `review due`, `status` and `due`: a quick look moves nothing; with its kind."""
    review(on, "2026-12-06", "--kind", "semiannual", text="next_on = 2027-06-07")
    review(on, "2026-12-30", "--quick")
    review(on, "2027-05-24", text='worked = "early"')
    due = on("2027-06-07", "review", "due").out.splitlines()

    assert due[0].startswith("The next review is due on Mon 7 Jun 2027 (today), as set by semiannual review r")
    assert due[1:] == ["Hold it with: mentorlog review --kind semiannual"]
    assert "Review due Mon 7 Jun 2027: mentorlog review --kind semiannual" in on("2027-06-07", "status").out
    assert "Hold a review: mentorlog review --kind semiannual" in on("2027-06-07", "due").out
    review(on, "2027-06-08", "--kind", "semiannual")
    assert on("2027-06-08", "review", "due", "--json").data["due_on"] == "2027-09-06"
