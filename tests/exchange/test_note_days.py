"""The day of a note is one that its author wrote in full; a day that could be another is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mentorlog.errors import BadDate
from mentorlog.exchange.note_days import Moment, first_heading, of_line, of_value

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02", "2026-03-02-case-report", "2026-03-02 Osler", "2026_03_02_Osler", "20260302", "2026.03.02",
        "Osler 2026-03-02", "Osler, 20260302", "2026-3-2", "2026-03-02T1400", "[[2026-03-02]] Osler ^top",
        "日本 2026-03-02",
        "Monday, 2 March 2026", "Meeting of 2nd March 2026", "March 2, 2026", "Mar 2nd 2026: Osler", "2-Mar-2026",
        "2 March 2026 (from 2026-02-28)", "2026-03-02 (from 28 Feb 2026)", "2026-03-02, the same as 2 March 2026",
        "MRN 20261301, 2026-03-02",
    ],
)  # fmt: skip
def test_the_day_of_a_name_or_heading(text: str) -> None:
    """A name or heading says one day, in any usual spelling; the one that it begins with comes first."""
    assert of_line(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["", "Osler", "Meeting 12", "2026", "2026-03", "March 2026", "2 March", "Friday", "2026-W10", "2026-02-30",
     "0000-00-00", "12026-03-02", "2026-03-021", "MRN 20261301", "1 2 3", "marching 2 2026", "tomorrow", "in 3 weeks"],
)  # fmt: skip
def test_no_day(text: str) -> None:
    """Words that depend on today, parts of a date and other numbers are no day."""
    assert of_line(text) is None


@pytest.mark.parametrize("text", ["02-03-2026", "Osler 02.03.2026", "2/3/2026", "from 2026-03-02 to 2026-03-04"])
def test_an_ambiguous_day(text: str) -> None:
    """A line with a day that may be another, or with several and none at its beginning, is refused."""
    with pytest.raises(BadDate, match=r"is ambiguous|has several days"):
        of_line(text)


@pytest.mark.parametrize(
    ("value", "at"),
    [
        (DAY, None), ("2026-03-02", None), ("2 mar 2026", None), ("Mon 2 March 2026", None), (20260302, None),
        ("2026-03-02 14:00", "14:00"), ("2026-03-02T9:30:15.250", "09:30"), (datetime(2026, 3, 2, 14), "14:00"),
        ("2026-03-02T23:30:00+02:00", "23:30"), ("2026-03-02 23:30:00 -0800", "23:30"),
        ("2026-03-02T23:30:00Z", None), (datetime(2026, 3, 2, 14, tzinfo=UTC), "14:00"), ("2026-03-02T00:00:00", None),
        ("2026-03-02T25:00", None),
    ],
)  # fmt: skip
def test_the_day_of_front_matter(value: object, at: str | None) -> None:
    """The day is as written, whatever the zone; so is the time, unless it is in UTC, where nobody lives by it."""
    assert of_value(value) == Moment(DAY, at)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("02/03/2026", "'02/03/2026' is ambiguous."), ("2026-02-30", "'2026-02-30' is not in the calendar."),
        ("friday", "'friday' is not a date with its year."), ("3 feb", "'3 feb' is not a date with its year."),
        ("soon", "'soon' is not a date."), (True, "'True' is not a date."), ("2026-03", "'2026-03' is not a date."),
        ("2026-03-02, 2026-03-04", "'2026-03-02, 2026-03-04' is not a date."), ({}, "'{}' is not a date."),
        ("x" * 10_000, "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' is not a date."),
    ],
)  # fmt: skip
def test_no_day_in_front_matter(value: object, said: str) -> None:
    """Anything else is refused, with the text and how to write a day."""
    with pytest.raises(BadDate) as error:
        of_value(value)
    assert error.value.sentence == said and "20" in (error.value.hint or "")


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# One\n# Two", "One"), ("Text\n\n  ### Three ###  \n", "Three"), ("Title\n=====\n", "Title"),
        ("Title\n---\n", "Title"), ("a\n\n---\nb", ""), ("#tag\n#+TITLE: x\n", ""), ("- a\n---\n# B", "B"),
        ("```\n# a\n```\n# B", "B"),
        ("~~~~\n# a\n~~~\n# a\n~~~~\n# B", "B"), ("<!-- \n# a\n-->\n# B", "B"),
        ("#\n# B", "B"), ("    # code\n# B", "B"), ("```\n# never closed", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_first_heading(text: str, heading: str) -> None:
    """The first heading as Markdown reads it: not in code or comments, not a tag."""
    assert first_heading(text) == heading
