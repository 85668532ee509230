"""The time axis and the drawings: what lies where, and that every state has a form of its own."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from mentorlog.domain.report.goals import GoalRow
from mentorlog.domain.report.people import PROMISES
from mentorlog.domain.report.records import Mark
from mentorlog.export.html import strips
from mentorlog.export.html.strips import WIDTH, Axis

YEAR = Axis("2025-11-24", "2026-11-23")


def labels(axis: Axis) -> list[str]:
    """Return the names above an axis."""
    return re.findall(r">([^<>]+)</text>", axis.heading())


def row(**changes: object) -> GoalRow:
    """Return a goal of the year without evidence."""
    words = {
        "id": "g2222",
        "title": "x",
        "about": (),
        "why": None,
        "measure": None,
        "state": "",
        "remark": "",
        "evidence": (),
    }
    days = {"marks": (), "begun": "2026-01-01", "ended": "2026-11-23", "quiet_since": None, "by": None, "earlier": ()}
    return GoalRow(**{**words, **days, "status": "active", **changes})  # type: ignore[arg-type]


def test_a_day_has_a_place() -> None:
    """The first day is at the left edge; some room is left after the last."""
    assert YEAR.x("2025-11-24") == 0
    assert 380 < YEAR.x("2026-11-23") < 400
    assert (YEAR.clipped("2020-01-01"), YEAR.clipped("2030-01-01")) == (0, WIDTH)


@pytest.mark.parametrize(
    ("since", "until", "first", "last", "count"),
    [
        ("2026-11-23", "2026-11-23", "2026-11-01", "2026-11-01", 1),
        ("2026-08-24", "2026-11-23", "2026-08-01", "2026-12-01", 5),
        ("2025-11-24", "2026-11-23", "2025-11-01", "2026-12-01", 14),
        ("2024-01-10", "2026-11-23", "2024-01-01", "2027-01-01", 13),
        ("2016-05-10", "2026-11-23", "2017-01-01", "2027-01-01", 11),
        ("1926-05-10", "2026-11-23", "1930-01-01", "2030-01-01", 11),
        ("0001-01-01", "9999-12-31", "0100-01-01", "9900-01-01", 99),
    ],
)
def test_lines_of_short_and_long_reports(since: str, until: str, first: str, last: str, count: int) -> None:
    """Months, quarters, years, decades, centuries: never so many that they are a blot."""
    axis = Axis(since, until)

    assert (str(axis.lines[0]), str(axis.lines[-1]), len(axis.lines)) == (first, last, count)
    assert axis.grid().startswith("<svg")
    places = [float(x) for x in re.findall(r'<text x="([\d.]+)" y="12"', axis.heading())]
    assert all(right - left > 8 for left, right in pairwise(places))


def test_names_of_the_months() -> None:
    """Letters over a year, names over a few months; the year stands where it begins."""
    assert [name for name in labels(YEAR) if name.isalpha()] == list("DJFMAMJJASOND")
    assert [name for name in labels(YEAR) if name.isdigit()] == ["2025", "2026"]
    assert [name for name in labels(Axis("2026-08-24", "2026-11-23")) if name.isalpha()] == ["Aug", "Sep", "Oct", "Nov"]
    assert labels(Axis("2016-05-10", "2026-11-23"))[:3] == ["2017", "2018", "2019"]


def test_the_dates_of_a_goal() -> None:
    """A flag at its date, a hollow one at an earlier date, an arrow where its date is off the page; none before it."""
    moved = row(by="2026-12-10", earlier=("2026-06-01", "2020-01-01"))
    far, past = row(by="2027-12-10"), row(by="2020-01-01")

    assert re.findall(r'class="(flag[ \w]*|far)"', strips.goal(moved, YEAR)) == ["flag old", "flag"]
    assert strips.drawn(moved, YEAR) == ["by", "earlier"]
    assert (strips.drawn(far, YEAR), "far" in strips.goal(far, YEAR)) == (["far"], True)
    assert (strips.drawn(past, YEAR), "flag" in strips.goal(past, YEAR)) == ([], False)


def test_evidence_is_long_or_short() -> None:
    """What the resident wrote on purpose stands out: progress and verdicts."""
    drawn = strips.goal(row(marks=(Mark("2026-02-01", "note"), Mark("2026-03-01", "verdict"))), YEAR)

    assert [float(height) for height in re.findall(r'class="tick" d="M[\d.]+ [\d.]+v(\d+)', drawn)] == [8, 18]


def test_every_state_has_a_form_of_its_own() -> None:
    """Two states never differ by colour alone: a grey print reads too."""
    goals = [strips.key(kind) for kind in ("achieved", "partly", "dropped", "paused", "by", "earlier", "far", "gap")]
    meetings = [strips.key(kind) for kind in ("held", "planned", "cancelled", "missed", "gap")]
    squares = [strips.square(kind) for kind in PROMISES]
    outlined = {"part", "none", "plan", "open", "gone", "over-date", "old"}

    for drawings in (goals, meetings, squares):
        forms = [
            (re.sub(r' class="[^"]*"', "", one), bool(outlined & set(re.findall(r"[\w-]+", one)))) for one in drawings
        ]
        assert len({*forms}) == len(forms)


def test_one_square_for_each_promise() -> None:
    """They wrap after twelve; no promise, no drawing."""
    drawn = strips.promises(Counter(kept=10, over=3))

    assert drawn is not None
    assert (drawn.count("<rect"), drawn.count('class="over-date"'), drawn.count("<svg")) == (10, 3, 2)
    assert strips.promises(Counter()) is None
