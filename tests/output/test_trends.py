"""Numbers over time: bars that mean something, and numbers that read without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.output import trends
from mentorlog.output.page import Page
from mentorlog.output.text import width


@pytest.mark.parametrize(
    ("values", "bars"),
    [([1, 5], "▁█"), ([3], "▅"), ([1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5], "▁▂▃▄▅▅▆▇█"), ([0, 9], "▁█"), ([], "")],
)
def test_a_bar_is_as_high_as_its_number(values: list[float], bars: str) -> None:
    """The lowest there can be has the lowest bar, the highest the highest; what is beyond is cut."""
    assert trends.sparkline(values, 1, 5) == bars


def test_one_number_is_no_series() -> None:
    """There is nothing to compare."""
    assert trends.lines({"suturing": [3]}, 1, 5, Page()) == []
    assert trends.lines({}, 1, 5, Page()) == []


def test_series_are_aligned() -> None:
    """Names in one column, bars in the next, numbers last; no zeros behind a point."""
    assert trends.lines({"suturing": [2, 3.5, 4.0], "teaching [/b]": [1, 2]}, 1, 5, Page()) == [
        "  suturing       ▃▅▆  2, 3.5, 4 of 5",
        "  teaching [/b]  ▁▃   1, 2 of 5",
    ]


def test_many_numbers_are_counted() -> None:
    """The bars are those of the last twelve."""
    [line] = trends.lines({"suturing": [1.0] * 10 + [5.0] * 10}, 1, 5, Page())

    assert line == "  suturing  ▁▁████████████"[:12] + "▁▁██████████  1 to 5 of 5 (20 times)"


names = st.text(min_size=1, max_size=30).filter(str.strip)


@given(st.dictionaries(names, st.lists(st.integers(1, 7), min_size=2, max_size=40), min_size=1), st.integers(40, 100))
def test_every_line_fits(series: dict[str, list[float]], columns: int) -> None:
    """On a terminal no line is wider than it, whatever the names."""
    found = trends.lines(series, 1, 7, Page(columns, terminal=True))

    assert all(width(line) <= columns for line in found)
