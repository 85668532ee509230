"""Days of a residency that have a name: the end of a block, of a year, of half a year, of the training."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.training import named_day, year_of
from mentorlog.errors import BadDate

TODAY = date(2026, 11, 23)
WARDS = {"name": "Wards", "from": "2026-11-01", "to": "2026-11-28", "load": "heavy"}
NIGHTS = {"name": "Night float", "from": "2026-12-01", "to": "2026-12-14", "load": "away"}
PROFILE: dict[str, Any] = {
    "level": "PGY-2",
    "stages": [],
    "blocks": [NIGHTS, WARDS],
    "year_starts": None,
    "training_ends": "2029-06-30",
}


def day(text: str, today: date = TODAY, **changes: Any) -> str | None:
    """The day of a name, with a profile."""
    profile: Any = PROFILE | changes
    found = named_day(text, lambda: profile, today)
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("end-of-block", "2026-11-28"),
        ("End of the block", "2026-11-28"),
        ("start of block", "2026-12-01"),
        ("end of night float", "2026-12-14"),
        ("start-of-Night-float", "2026-12-01"),
        ("pgy2", "2027-06-30"),
        ("PGY-3", "2028-06-30"),
        ("end of pgy 3", "2028-06-30"),
        ("start of pgy3", "2027-07-01"),
        ("pgy1", "2026-06-30"),
        ("h1", "2026-12-31"),
        ("H2", "2027-06-30"),
        ("start of h1", "2027-07-01"),
        ("start-of-h2", "2027-01-01"),
        ("end-of-training", "2029-06-30"),
        ("end_of_training", "2029-06-30"),
    ],
)
def test_named_days(text: str, expected: str) -> None:
    """A year or half a year alone is its last day; hyphens, blanks and case do not matter."""
    assert day(text) == expected


@pytest.mark.parametrize(
    "text", ["", "block", "training", "pgy", "pgy0", "pgy16", "h3", "end of", "end of nowhere", "x"]
)
def test_other_words_are_no_such_day(text: str) -> None:
    """They stay what they were: not a date."""
    assert day(text) is None


@pytest.mark.parametrize("text", ["fri", "3 feb 2027"])
def test_a_profile_is_read_only_for_such_words(text: str) -> None:
    """Words that name nothing of it do not open it."""

    def never() -> Any:
        raise AssertionError

    assert named_day(text, never, TODAY) is None


@pytest.mark.parametrize(
    ("text", "lacks", "command"),
    [
        ("end-of-block", {"blocks": []}, 'mentorlog profile block "Night float" 2026-11-23 2026-12-20'),
        ("end-of-block", {"blocks": [{**NIGHTS, "to": "2026-11-22"}]}, "mentorlog profile block"),
        ("pgy3", {"level": None}, "mentorlog profile set level=PGY-2"),
        ("pgy3", {"level": "chief"}, "mentorlog profile set level=PGY-2"),
        ("end-of-training", {"training_ends": None}, "mentorlog profile set training_ends=2029-06-30"),
    ],
)
def test_what_the_profile_lacks(text: str, lacks: dict[str, Any], command: str) -> None:
    """The error says what is missing, and the hint sets it."""
    with pytest.raises(BadDate) as failed:
        day(text, **lacks)
    assert f"'{text}' is not known" in failed.value.sentence
    assert command in str(failed.value.hint)


def test_the_last_day_of_a_block_is_its_end() -> None:
    """On it, the end of the block is today; a day later it is that of the next one."""
    assert day("end-of-block", date(2026, 11, 28)) == "2026-11-28"
    assert day("end-of-block", date(2026, 11, 29)) == "2026-12-14"


def test_a_level_holds_from_the_day_of_its_stage() -> None:
    """A level that was set two years ago and never since is that of two years ago."""
    stages = [{"stage": "resident", "level": "PGY-2", "institution": None, "from": "2024-07-01", "to": None}]

    assert day("pgy3", stages=stages) == "2026-06-30"
    assert day("pgy5", stages=stages) == "2028-06-30"


@pytest.mark.parametrize(
    ("starts", "today", "first"),
    [
        ("07-01", date(2026, 6, 30), "2025-07-01"),
        ("07-01", date(2026, 7, 1), "2026-07-01"),
        ("03-01", date(2028, 2, 29), "2027-03-01"),
        ("02-28", date(2028, 2, 29), "2028-02-28"),
        ("01-01", date(2026, 12, 31), "2026-01-01"),
        ("08-31", date(2026, 8, 30), "2025-08-31"),
    ],
)
def test_years_of_training(starts: str, today: date, first: str) -> None:
    """A year starts on the same day of each year, a leap day before or behind it."""
    assert year_of(today, starts).isoformat() == first


@pytest.mark.parametrize(
    ("starts", "expected"),
    [("08-31", ("2027-02-27", "2027-08-30")), ("01-01", ("2027-06-30", "2026-12-31"))],
)
def test_halves_of_odd_years(starts: str, expected: tuple[str, str]) -> None:
    """The second half begins six months after the first day, and the halves meet."""
    assert (day("h1", year_starts=starts), day("h2", year_starts=starts)) == expected


def test_out_of_range() -> None:
    """A day after the last year there is is refused."""
    with pytest.raises(BadDate, match="out of range"):
        day("pgy3", date(9999, 8, 1))
