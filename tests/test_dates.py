"""Times of day, lengths of time, and dates said in words."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mentorlog import date_words, dates
from mentorlog.errors import BadDate

TODAY = date(2026, 11, 25)  # a Wednesday
ANY_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.fixture(autouse=True)
def grammar_alone(monkeypatch):
    """The extra is out of reach, whether this machine has it or not."""
    monkeypatch.setitem(sys.modules, "dateparser", None)


def iso(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("fri 14:00", "2026-11-27", "14:00"),
        ("2027-02-03 9:30", "2027-02-03", "09:30"),
        ("tomorrow at 8am", "2026-11-26", "08:00"),
        ("Tomorrow AT 8 PM", "2026-11-26", "20:00"),
        ("fri 12am", "2026-11-27", "00:00"),
        ("fri 12:05 pm", "2026-11-27", "12:05"),
        ("fri 0:00", "2026-11-27", "00:00"),
        ("fri 23:59", "2026-11-27", "23:59"),
        ("feb 3 9:30", "2027-02-03", "09:30"),
        ("3 feb 2027 at 9:30", "2027-02-03", "09:30"),
        ("feb 3", "2027-02-03", None),
        ("next friday", "2026-12-04", None),
        ("fri, 14:00", "2026-11-27", "14:00"),
        ("14:00 fri", "2026-11-27", "14:00"),
        ("at 8am on feb 3", "2027-02-03", "08:00"),
        ("feb 3 8am", "2027-02-03", "08:00"),
        ("8 p.m. on Friday", "2026-11-27", "20:00"),
        ("fri @ 14h30", "2026-11-27", "14:30"),
        ("fri at noon", "2026-11-27", "12:00"),
        ("noon tomorrow", "2026-11-26", "12:00"),
        ("fri, 27 nov, 9:30", "2026-11-27", "09:30"),
        ("fri\xa014:00", "2026-11-27", "14:00"),
    ],
)
def test_when(text, day, at):
    """The day of a meeting may be followed by a time, given back as two digits each."""
    assert (iso(day), at) == date_words.when(text, TODAY)


@pytest.mark.parametrize(
    "text",
    ["fri 25:00", "fri 14:60", "fri 13pm", "fri 0am", "fri 24:00", "fri 14:00pm"],
)
def test_a_time_that_no_clock_shows(text):
    """An impossible time is named as a time, with examples of times."""
    with pytest.raises(BadDate, match="is not a time") as refused:
        date_words.when(text, TODAY)

    assert "14:00" in refused.value.hint


@pytest.mark.parametrize(
    "text",
    ["14:00", "at 14:00", "noon", "fri at midnight", "fri at 8", "fri 8", "banana 14:00", "fri 1:2", "fri ٨:٠٠"],
)
def test_a_time_needs_a_day_and_minutes(text):
    """A time alone, or an hour that could be morning or evening, is refused with examples of both."""
    with pytest.raises(BadDate, match="is not a date") as refused:
        date_words.when(text, TODAY)

    assert "fri 14:00" in refused.value.hint


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4 weeks", 28),
        ("6 Weeks", 42),
        ("28d", 28),
        ("10", 10),
        ("1 day", 1),
        ("2 fortnights", 28),
        ("a month", 30),
        ("3m", 90),
        ("1y", 365),
        ("daily", 1),
        ("weekly", 7),
        ("fortnightly", 14),
        ("monthly", 30),
        ("quarterly", 90),
        ("yearly", 365),
        ("every 2 weeks", 14),
        ("every week", 7),
        (" every  month ", 30),
        ("every other week", 14),
        ("Every second week", 14),
        ("every 2nd week", 14),
        ("every third month", 90),
        ("every other day", 2),
        ("each month", 30),
        ("two weeks", 14),
        ("every twelve\xa0weeks", 84),
        ("a fortnight", 14),
        ("every quarter", 90),
        ("half a year", 180),
        ("every half year", 180),
        ("half-yearly", 180),
        ("semiannually", 180),
        ("annually", 365),
        ("6 wks", 42),
        ("once a month", 30),
        ("once every six weeks", 42),
        ("once per fortnight", 14),
        ("twice a month", 15),
        ("twice a year", 180),
        ("twice yearly", 180),
        ("three times a year", 120),
        ("4 times a year", 90),
        ("5 times a year", 73),
        ("“monthly”", 30),
        ("every 2 weeks.", 14),
        ("3660", 3660),
    ],
)
def test_days(text, number):
    """A length of time is a number of days; a month is 30, a year 365."""
    assert number == date_words.days(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "0 weeks",
        "-3",
        "3661",
        "11y",
        "9" * 99,
        "weeks",
        "every",
        "every w",
        "every a week",
        "often",
        "2 bananas",
        "every weekly",
        "every other",
        "every other fri",
        "every 2th week",
        "every friday",
        "every few weeks",
        "twice",
        "twice every other year",
        "zero weeks",
        "3 times a day",
        "1.5 weeks",
        "٤",
        "٤ weeks",
        "\ud800",
        "w" * 10000,
    ],
)
def test_what_is_no_length_of_time(text):
    """A length that is none, not above zero or above ten years is refused with examples."""
    with pytest.raises(BadDate) as refused:
        date_words.days(text)

    assert "4 weeks" in refused.value.hint
    assert refused.value.sentence.isprintable()


@pytest.mark.parametrize(
    ("text", "problem", "use"),
    [
        ("biweekly", "ambiguous", ["every 2 weeks", "every 3 days"]),
        ("Bi-weekly", "ambiguous", ["every 2 weeks", "every 3 days"]),
        ("bimonthly", "ambiguous", ["every 2 months", "every 15 days"]),
        ("biannual", "ambiguous", ["every 2 years", "every 6 months"]),
        ("biannually", "ambiguous", ["every 2 years", "every 6 months"]),
        ("every 2-3 weeks", "a range", ["every 2 weeks", "every 3 weeks"]),
        ("4 to 6 weeks", "a range", ["every 4 weeks", "every 6 weeks"]),
        ("two or three months", "a range", ["every 2 months", "every 3 months"]),
        ("twice a week", "not a whole number of days", ["every 3 days", "every 4 days"]),
        ("three times a fortnight", "not a whole number of days", ["every 4 days", "every 5 days"]),
    ],
)
def test_a_rhythm_with_two_readings_is_refused_with_both(text, problem, use):
    """What may be either of two lengths is not guessed, and both can be pasted."""
    with pytest.raises(BadDate, match=rf" is {problem}\.$") as refused:
        date_words.days(text)

    assert refused.value.hint == f'use "{use[0]}" or "{use[1]}"'
    assert date_words.days(use[0]) != date_words.days(use[1])


@given(st.integers(1, 3660))
def test_a_rhythm_that_is_said_can_be_read(number):
    """`every` and `days` are each other's inverse."""
    assert number == date_words.days(dates.every(number))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "every day"),
        (7, "every week"),
        (10, "every 10 days"),
        (28, "every 4 weeks"),
        (30, "every month"),
        (90, "every 3 months"),
        (365, "every year"),
    ],
)
def test_every(number, words):
    """A rhythm is said in the largest whole unit, a month being 30 days."""
    assert words == dates.every(number)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-25", "today"),
        ("2026-11-24", "yesterday"),
        ("2026-11-22", "3 days ago"),
        ("2026-11-12", "13 days ago"),
        ("2026-11-11", "2 weeks ago"),
        ("2026-10-14", "6 weeks ago"),
        ("2026-08-25", "3 months ago"),
        ("2026-07-20", "4 months ago"),
        ("2024-12-26", "23 months ago"),
        ("2024-11-25", "2 years ago"),
        ("2026-11-26", "tomorrow"),
        ("2026-11-28", "in 3 days"),
        ("2026-12-09", "in 2 weeks"),
        ("2027-03-25", "in 4 months"),
        ("2036-11-25", "in 10 years"),
    ],
)
def test_ago(day, words):
    """How far a day is, in the largest unit that still says something; the same for dates and views."""
    assert words == dates.ago(day, TODAY)
    assert words == dates.ago(iso(day), TODAY)


@given(ANY_DAY, ANY_DAY)
def test_the_past_and_the_future_are_said_alike(day, today):
    """`3 weeks ago` seen from there is `in 3 weeks` seen from here."""
    assume(abs((day - today).days) > 1)
    back, ahead = sorted((day, today))

    assert dates.ago(back, ahead).removesuffix(" ago") == dates.ago(ahead, back).removeprefix("in ")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-25", "2026-11-25", "0 days"),
        ("2026-11-24", "2026-11-25", "1 day"),
        ("2026-11-12", "2026-11-25", "13 days"),
        ("2026-11-11", "2026-11-25", "2 weeks"),
        ("2026-11-08", "2026-11-25", "2 weeks"),  # 17 days
        ("2026-11-07", "2026-11-25", "3 weeks"),
        ("2026-08-30", "2026-11-25", "12 weeks"),  # 87 days
        ("2026-08-29", "2026-11-25", "3 months"),
        ("2026-08-26", "2026-11-25", "3 months"),
        ("2026-08-11", "2026-11-25", "3 months"),
        ("2026-08-10", "2026-11-25", "4 months"),  # 3 months and 15 of 30 days
        ("2026-12-08", "2027-06-07", "6 months"),
        ("2026-12-08", "2027-05-23", "5 months"),
        ("2026-12-08", "2027-05-24", "6 months"),
        ("2026-08-31", "2026-11-30", "3 months"),
        ("2024-02-29", "2025-02-28", "12 months"),
        ("2024-12-11", "2026-11-25", "23 months"),
        ("2024-12-10", "2026-11-25", "2 years"),
        ("2024-05-26", "2026-11-25", "3 years"),
        ("2024-06-11", "2026-11-25", "2 years"),
        ("0001-01-01", "9999-12-31", "9999 years"),
    ],
)
def test_a_span_is_rounded_to_the_nearest_unit(first, last, words):
    """Days up to 13, weeks up to 12, calendar months up to 23, then years: the same rule for `ago`, `in` and `for`."""
    assert words == dates.span(first, last) == dates.span(last, iso(first))


def test_say_uses_its_own_names():
    """Names of days and months are English, whatever the locale."""
    assert dates.say(date(2027, 1, 3)) == "Sun 3 Jan 2027"
    assert dates.say("2027-01-03") == "Sun 3 Jan 2027"
