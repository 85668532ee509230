"""Words to dates and back: the closed grammar, its two directions, and what it refuses."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog import date_words, dates
from mentorlog.errors import BadDate
from mentorlog.output.text import safe
from output.payloads import acts

TODAY = date(2026, 11, 25)  # a Wednesday
SUNDAY = date(2026, 11, 22)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ANY_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
WEEKDAY_WORDS = st.sampled_from(WEEKDAYS + [name[:3] for name in WEEKDAYS])


@pytest.fixture(autouse=True)
def grammar_alone(monkeypatch):
    """The extra is out of reach, whether this machine has it or not."""
    monkeypatch.setitem(sys.modules, "dateparser", None)


def iso(text):
    return date.fromisoformat(text)


BOTH_WAYS = {
    "2025-02-03": "2025-02-03",
    "3 feb 2025": "2025-02-03",
    "feb 3 2025": "2025-02-03",
    "feb 3, 2025": "2025-02-03",
    "3 February 2025": "2025-02-03",
    "Mon 3 Feb 2025": "2025-02-03",
    "13/02/2025": "2025-02-13",
    "02/13/2025": "2025-02-13",
    "5/5/2025": "2025-05-05",
    "29 feb 2024": "2024-02-29",
    "today": "2026-11-25",
    "yesterday": "2026-11-24",
    "day before yesterday": "2026-11-23",
    "last friday": "2026-11-20",
    "last wednesday": "2026-11-18",
    "this wed": "2026-11-25",
    "-3d": "2026-11-22",
    "-1m": "2026-10-25",
    "2 weeks ago": "2026-11-11",
    "a month ago": "2026-10-25",
    "1y ago": "2025-11-25",
    "0d": "2026-11-25",
    "  YESTERDAY\t": "2026-11-24",
    "2  Weeks \n ago": "2026-11-11",
    "25 nov": "2026-11-25",
    "the 25th": "2026-11-25",
    "now": "2026-11-25",
    "tonight": "2026-11-25",
    "three weeks ago": "2026-11-04",
    "half a year ago": "2026-05-25",
    "tue last week": "2026-11-17",
    "tuesday of this week": "2026-11-24",
    "the 3rd of last month": "2026-10-03",
}

AHEAD = {
    "tomorrow": "2026-11-26",
    "day after tomorrow": "2026-11-27",
    "fri": "2026-11-27",
    "friday": "2026-11-27",
    "wed": "2026-12-02",
    "thurs": "2026-11-26",
    "monday": "2026-11-30",
    "next friday": "2026-12-04",
    "next mon": "2026-11-30",
    "this friday": "2026-11-27",
    "this monday": "2026-11-30",
    "+3d": "2026-11-28",
    "2w": "2026-12-09",
    "10 days": "2026-12-05",
    "in 6 weeks": "2027-01-06",
    "in a fortnight": "2026-12-09",
    "in a month": "2026-12-25",
    "1m": "2026-12-25",
    "1y": "2027-11-25",
    "eow": "2026-11-29",
    "eom": "2026-11-30",
    "end of month": "2026-11-30",
    "end-of-month": "2026-11-30",
    "end-of-the-year": "2026-12-31",
    "End-of-year": "2026-12-31",
    "eoy": "2026-12-31",
    "next week": "2026-12-02",
    "next month": "2026-12-25",
    "3 feb": "2027-02-03",
    "feb 3": "2027-02-03",
    "29 feb": "2028-02-29",
    "24 nov": "2027-11-24",
    "2027-02-03": "2027-02-03",
}

BACK = {
    "fri": "2026-11-20",
    "wed": "2026-11-18",
    "tuesday": "2026-11-24",
    "this monday": "2026-11-23",
    "2w": "2026-11-11",
    "1m": "2026-10-25",
    "3 feb": "2026-02-03",
    "26 nov": "2025-11-26",
    "29 feb": "2024-02-29",
}

FUTURE = ["tomorrow", "+1d", "in a week", "next friday", "this friday", "eoy", "2027-02-03", "26 nov 2026"]

REFUSED = [
    "",
    "   ",
    "friday banana",
    "banana",
    "the friday",
    "next",
    "next today",
    "friday next",
    "3 feb 27",
    "feb 2027",
    "3",
    "1h",
    "a week",
    "+a week",
    "in -3d",
    "in 2 weeks ago",
    "--3d",
    "3.5d",
    "1e3d",
    "1_0d",
    "fri 14:00",
    "2027-02-03T10:00",
    "xyz 3 feb 2027",
    "2027-02/03",
    "2027-2",
    "13/02-2027",
    "13/13",
    "0/5",
    "0.5",
    "1th dec",
    "2st dec",
    "11st",
    "the 32nd",
    "fri sat",
    "fri 3 feb sat",
    "2027 feb 3 2027",
    "feb 3, 20",
    "fri?",
    "a couple of weeks",
    "in 2-3 weeks",
    "in thirteen weeks",
    "+two weeks",
    "last week",
    "last month",
    "next year",
    "end of weeks",
    "end of fri",
    "eod",
    "1. Dez",
    "3,5 d",
    "999999999d",
    "+99999999999999999999d",
    "9999y",
    "-9999y",
    "120000m",
    "fri\x00",
    "٢٠٢٧-٠٢-٠٣",
    "in ٣ weeks",
    "2 wee\u212as",  # the Kelvin sign, which lower() makes a k
    "fri\u202e",
    "\ud800",
    "\ud800" * 90,
    "fri" * 20,
    "x" * 10_000,
    "9" * 10_000,
    " " * 10_000 + "fri",
]


@pytest.mark.parametrize(("text", "day"), BOTH_WAYS.items())
def test_unambiguous_words_mean_the_same_in_both_directions(text, day):
    """A day that is plainly past is taken as it stands, whichever way is asked."""
    assert iso(day) == date_words.ahead(text, TODAY)
    assert iso(day) == date_words.back(text, TODAY)


@pytest.mark.parametrize(("text", "day"), AHEAD.items())
def test_words_ahead(text, day):
    """Where something is to come an ambiguous word is the next such day."""
    assert iso(day) == date_words.ahead(text, TODAY)


@pytest.mark.parametrize(("text", "day"), BACK.items())
def test_words_back(text, day):
    """Where something has happened an ambiguous word is the last such day."""
    assert iso(day) == date_words.back(text, TODAY)


@pytest.mark.parametrize("text", FUTURE)
def test_what_happened_is_not_in_the_future(text):
    """A later day is refused with the day that was understood."""
    with pytest.raises(BadDate, match=r"^\w{3} \d+ \w{3} \d{4} is in the future\.$"):
        date_words.back(text, TODAY)


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("read", [date_words.ahead, date_words.back, date_words.when])
def test_everything_else_is_refused(read, text):
    """What the grammar does not know is an error with a hint that repeats little of it, escaped."""
    if read is date_words.when and text == "fri 14:00":
        return
    with pytest.raises(BadDate) as refused:
        read(text, TODAY)

    assert "for example" in refused.value.hint
    refused.value.sentence.encode()  # no lone surrogate
    assert refused.value.sentence.isprintable()
    assert text[:41] not in refused.value.sentence or len(text) <= 40


@pytest.mark.parametrize("read", [date_words.ahead, date_words.back, date_words.when])
def test_only_an_empty_text_is_called_empty(read):
    """A text that is too long for a date is no date, however it is read."""
    with pytest.raises(BadDate, match=r"^The date is empty\."):
        read(" ", TODAY)
    with pytest.raises(BadDate, match=r"^'next next next .* is not a date\."):
        read("next " * 40, TODAY)


def test_swappable_day_and_month_are_refused_with_both_readings():
    """`03/02/2027` is never guessed: the hint writes out the two days that it can mean."""
    with pytest.raises(BadDate) as refused:
        date_words.ahead("03/02/2027", TODAY)

    assert refused.value.sentence == "'03/02/2027' is ambiguous."
    assert refused.value.hint == "use 2027-02-03 (Wed 3 Feb 2027) or 2027-03-02 (Tue 2 Mar 2027)"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2/3", "2027-02-03 (Wed 3 Feb 2027) or 2027-03-02 (Tue 2 Mar 2027)"),
        ("2.3.", "2027-02-03 (Wed 3 Feb 2027) or 2027-03-02 (Tue 2 Mar 2027)"),
        ("03.02.2027", "2027-02-03 (Wed 3 Feb 2027) or 2027-03-02 (Tue 2 Mar 2027)"),
        ("3-2-2027", "2027-02-03 (Wed 3 Feb 2027) or 2027-03-02 (Tue 2 Mar 2027)"),
        ("wed 03/02/2027", "2027-02-03 (Wed 3 Feb 2027) or 2027-03-02 (Tue 2 Mar 2027)"),
        ("1/2/27", "2027-01-02 (Sat 2 Jan 2027) or 2027-02-01 (Mon 1 Feb 2027)"),
    ],
)
def test_the_members_of_swappable_dates(text, days):
    """No sign between the numbers, no missing or short year and no weekday makes such a date less ambiguous."""
    with pytest.raises(BadDate, match=r" is ambiguous\.$") as refused:
        date_words.ahead(text, TODAY)

    assert refused.value.hint == f"use {days}"


@pytest.mark.parametrize(("text", "day"), [("13/2", "2027-02-13"), ("13/02/27", "2027-02-13"), ("5/5", "2027-05-05")])
def test_numbers_without_a_year_are_refused_with_the_date(text, day):
    """`11/27` may also be November 2027, so that a date in numbers needs its year in full."""
    with pytest.raises(BadDate, match=r" needs the year in full\.$") as refused:
        date_words.ahead(text, TODAY)

    assert refused.value.hint == f"use {day} ({dates.say(day)})"


@pytest.mark.parametrize(
    ("text", "sentence", "days"),
    [
        ("fri 3 feb 2027", "3 Feb 2027 is a Wednesday, not a Friday.", ["2027-02-03", "2027-02-05"]),
        ("Sun, 3rd of February", "3 Feb 2027 is a Wednesday, not a Sunday.", ["2027-02-03", "2027-01-31"]),
        ("2026-11-27 (sat)", "27 Nov 2026 is a Friday, not a Saturday.", ["2026-11-27", "2026-11-28"]),
        ("mon 27/11/2026", "27 Nov 2026 is a Friday, not a Monday.", ["2026-11-27", "2026-11-30"]),
        ("friday the 13th", "13 Dec 2026 is a Sunday, not a Friday.", ["2026-12-13", "2026-12-11"]),
    ],
)
def test_a_wrong_weekday_is_named(text, sentence, days):
    """A weekday that does not fit its date is a slip: both weekdays are named, and both dates offered."""
    with pytest.raises(BadDate) as refused:
        date_words.ahead(text, TODAY)

    assert refused.value.sentence == f"{text!r} has the wrong weekday: {sentence}"
    assert refused.value.hint == "use " + " or ".join(f"{day} ({dates.say(day)})" for day in days)


def test_the_dates_offered_for_a_wrong_weekday_can_be_used():
    """Where something has happened, the offered dates are not in the future."""
    with pytest.raises(BadDate) as refused:
        date_words.back("fri 25 nov", TODAY)

    assert refused.value.hint == "use 2026-11-25 (Wed 25 Nov 2026) or 2026-11-20 (Fri 20 Nov 2026)"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2027-02-30", "2027-02-28"),
        ("30 feb", "2027-02-28"),
        ("30 feb 2028", "2028-02-29"),
        ("31 april 2027", "2027-04-30"),
        ("31/02/2027", "2027-02-28"),
        ("the 31st of this month", "2026-11-30"),
        ("2027/04/31", "2027-04-30"),
        ("0/5/2027", "2027-05-31"),
    ],
)
def test_a_day_that_a_month_does_not_have(text, last):
    """The hint is the last day that the month has."""
    with pytest.raises(BadDate, match=r" is not in the calendar\.$") as refused:
        date_words.ahead(text, TODAY)

    assert refused.value.hint == f"the last day of that month is {last}"


@pytest.mark.parametrize("text", ["2027-13-01", "0000-01-01", "20271301", "99.99.2027"])
def test_a_month_that_no_year_has(text):
    """Where not even the month exists there is an example."""
    with pytest.raises(BadDate, match=r" is not in the calendar\.$") as refused:
        date_words.ahead(text, TODAY)

    assert refused.value.hint == "for example: 2027-02-28"


def days(text, today):
    """Read a length of time as the others read a date."""
    return date_words.days(text)


@pytest.mark.parametrize("read", [date_words.ahead, date_words.back, date_words.when, days])
def test_the_examples_of_a_hint_work_when_pasted(read):
    """Every example, in the quotes that a shell needs, is one word there and is read by who gives it."""
    with pytest.raises(BadDate) as refused:
        read("banana", TODAY)
    intro, _, examples = refused.value.hint.partition(": ")

    assert intro == "for example"
    for quoted in examples.split(", "):
        (word,) = shlex.split(quoted)
        assert read(word, TODAY)
        assert read(quoted, TODAY) == read(word, TODAY)  # at a prompt no shell takes the quotes away


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("1m", "2027-01-31", "2027-02-28"),
        ("1m", "2028-01-31", "2028-02-29"),
        ("-1m", "2027-03-31", "2027-02-28"),
        ("1y", "2028-02-29", "2029-02-28"),
        ("next month", "2027-08-31", "2027-09-30"),
        ("eom", "2028-02-01", "2028-02-29"),
        ("in 13 months", "2026-12-31", "2028-01-31"),
        ("eom", "9999-12-31", "9999-12-31"),
    ],
)
def test_months_end_where_they_end(text, today, day):
    """Month arithmetic stops at the last day of a shorter month."""
    assert iso(day) == date_words.ahead(text, iso(today))


@pytest.mark.parametrize("text", ["tomorrow", "fri", "eow", "next week", "1m", "+1d", "next friday"])
def test_the_end_of_the_calendar_is_an_error(text):
    """Words that lead beyond the year 9999 are a BadDate, not a crash."""
    with pytest.raises(BadDate, match="out of range"):
        date_words.ahead(text, date(9999, 12, 31))


def test_this_and_next_on_a_sunday():
    """The calendar week ends on Sunday: `next` is in the one that begins tomorrow, `eow` is today."""
    assert iso("2026-11-27") == date_words.ahead("next friday", SUNDAY)
    assert iso("2026-11-27") == date_words.ahead("this friday", SUNDAY)
    assert iso("2026-11-20") == date_words.back("this friday", SUNDAY)
    assert date_words.ahead("eow", SUNDAY) == SUNDAY


def test_weeks_that_begin_on_a_sunday():
    """Such a week begins today: `next` is in the one after it, and `eow` is its Saturday."""
    assert iso("2026-12-04") == date_words.ahead("next friday", SUNDAY, 6)
    assert iso("2026-11-27") == date_words.ahead("this friday", SUNDAY, 6)
    assert iso("2026-11-23") == date_words.ahead("monday of this week", SUNDAY, 6)
    assert iso("2026-11-22") == date_words.ahead("sun of this week", SUNDAY, 6)
    assert iso("2026-11-28") == date_words.ahead("eow", SUNDAY, 6)
    assert iso("2026-12-05") == date_words.ahead("end of next week", SUNDAY, 6)
    assert (iso("2026-12-04"), "14:00") == date_words.when("next friday 14:00", SUNDAY, 6)
    assert date_words.back("this sunday", SUNDAY, 6) == SUNDAY


@given(WEEKDAY_WORDS, ANY_DAY, st.integers(0, 6))
def test_next_weekday_lies_in_the_next_week_of_any_beginning(word, today, first):
    """It is within the seven days after the last day of this week, whichever that is."""
    start = dates.start_of_week(today, first)

    assert start.weekday() == first
    assert timedelta(7) <= date_words.ahead(f"next {word}", today, first) - start < timedelta(14)
    assert date_words.ahead("eow", today, first) == start + timedelta(6)


@given(WEEKDAY_WORDS, ANY_DAY)
def test_a_weekday_ahead_is_within_the_next_seven_days(word, today):
    """A bare weekday is the next one strictly after today."""
    found = date_words.ahead(word, today)

    assert today < found <= today + timedelta(7)
    assert found.weekday() == WEEKDAYS.index(next(name for name in WEEKDAYS if name.startswith(word)))


@given(WEEKDAY_WORDS, ANY_DAY)
def test_a_weekday_back_is_within_the_last_seven_days(word, today):
    """A bare weekday that has happened is the last one strictly before today."""
    found = date_words.back(word, today)

    assert today - timedelta(7) <= found < today
    assert found == date_words.back(f"last {word}", today)


@given(WEEKDAY_WORDS, ANY_DAY)
def test_next_weekday_lies_in_next_calendar_week(word, today):
    """`next friday` is the Friday of the week that begins next Monday."""
    found = date_words.ahead(f"next {word}", today)

    assert found.isocalendar()[:2] == (today + timedelta(7)).isocalendar()[:2]


@given(st.dates(), ANY_DAY)
@example(date.min, TODAY)
@example(date.max, TODAY)
def test_what_is_said_can_be_read(day, today):
    """The words that echo a day are words of the grammar for that day."""
    assert day == date_words.ahead(dates.say(day), today)
    assert dates.say(day) == dates.say(day.isoformat())


@given(ANY_DAY, ANY_DAY)
@example(date(2026, 2, 3), TODAY)
@example(date(2028, 2, 29), date(2028, 3, 1))
def test_what_is_said_without_the_year_is_read_as_that_day_or_refused(day, today):
    """In its own direction a day without its year is that day; in the other one the weekday forbids another."""
    said = dates.short(day, today)
    own, other = (date_words.ahead, date_words.back) if day >= today else (date_words.back, date_words.ahead)

    assert own(said, today) == day
    try:
        assert other(said, today) == day
    except BadDate as refused:
        assert "weekday" in refused.sentence or "future" in refused.sentence or "calendar" in refused.sentence


@given(st.integers(1, 28), st.integers(1, 12), ANY_DAY)
def test_a_date_without_a_year_is_the_nearest_in_its_direction(number, month, today):
    """`3 feb` is today or the next one; where it happened today or the last one."""
    text = dates.say(date(2027, month, number)).split(" ", 1)[1].removesuffix(" 2027")

    assert today <= date_words.ahead(text, today) <= today + timedelta(366)
    assert today - timedelta(366) <= date_words.back(text, today) <= today


@given(st.text(max_size=120), ANY_DAY)
def test_any_text_is_a_date_or_a_bad_date(text, today):
    """No text brings anything but an answer or a BadDate whose words can be printed."""
    for read in (date_words.ahead, date_words.back, date_words.when):
        try:
            read(text, today)
        except BadDate as refused:
            assert acts(safe(refused.sentence)) == [] and refused.hint


@given(st.from_regex(r"(in |[+-])?[0-9]{1,20} ?(d|w|m|y|days|fortnights)( ago)?", fullmatch=True), ANY_DAY)
def test_any_distance_is_a_date_or_a_bad_date(text, today):
    """However far away, a distance ends in a date or in a BadDate."""
    try:
        assert isinstance(date_words.ahead(text, today), date)
    except BadDate as refused:
        assert "not a date" in refused.sentence or "out of range" in refused.sentence


def manual(section):
    """Yield (read as, typed) of the table in a section of the manual's page on dates."""
    text = (Path(__file__).parent.parent / "docs" / "reference" / "dates.md").read_text(encoding="utf-8")
    for line in text.partition(f"\n## {section}\n")[2].partition("\n## ")[0].splitlines():
        if line.startswith("| ") and "`" in line:
            read_as, typed = line.strip("| ").split(" | ")
            yield from ((read_as, word) for word in re.findall("`([^`]+)`", typed))


@pytest.mark.parametrize(("read_as", "typed"), list(manual("Spellings")))
def test_every_spelling_in_the_manual(read_as, typed):
    """What the manual says is understood is understood as that date."""
    assert dates.say(date_words.ahead(typed, TODAY)) == read_as


@pytest.mark.parametrize(("read_as", "typed"), list(manual("Periods")))
def test_every_period_in_the_manual(read_as, typed):
    """What the manual says is understood is understood as that cadence."""
    assert dates.every(date_words.days(typed)) == read_as


def test_importing_date_words_is_cheap():
    """Reading a date needs re and datetime only; dateparser is not even looked for, and saying one loads no grammar."""
    code = (
        "import sys, mentorlog.errors, re, datetime; before = set(sys.modules); import mentorlog.date_words;"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["mentorlog.date_words", "mentorlog.dates"]


def test_a_value_of_a_story_is_said_in_words():
    """A day alone is said, and the day on which a mentor was told; a text that only looks like one stays as it is."""
    mentors = "osler (told 2026-12-04), curie"

    assert dates.format_value("2026-12-04") == "Fri 4 Dec 2026"
    assert dates.format_value(mentors, "mentors") == "osler (told Fri 4 Dec 2026), curie"
    assert dates.format_value("osler (told 2026-99-99)", "mentors") == "osler (told 2026-99-99)"
    assert dates.format_value(mentors, "measure") == mentors
    assert dates.format_value(None, "mentors") == "none"
