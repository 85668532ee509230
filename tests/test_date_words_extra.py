"""Words for dates beyond the grammar, by the extra `dates`."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import strategies as st

from mentorlog import date_words
from mentorlog.errors import BadDate

TODAY = date(2026, 11, 25)  # a Wednesday
ANY_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.fixture(autouse=True)
def nothing_left_behind(monkeypatch):
    """Whatever a test imports as dateparser is gone after it."""
    monkeypatch.setitem(sys.modules, "dateparser", None)


def iso(text):
    return date.fromisoformat(text)


EXTRA = '''
from datetime import datetime, timedelta

def parse(text, settings):
    """What the real one does with these words, as far as we rely on it."""
    base, later = settings["RELATIVE_BASE"], settings["PREFER_DATES_FROM"] == "future"
    assert settings["REQUIRE_PARTS"] == ["day", "month"]
    if text == "crash":
        raise RecursionError
    return {
        "1. März": datetime(2027 if later else 2026, 3, 1),
        "übermorgen": base + timedelta(2),
        "5 minutes ago": base - timedelta(minutes=5),
        "mo 03.02.2027": datetime(2027, 3, 2),
        "in ٣ weeks": base + timedelta(21),
    }.get(text)
'''


@pytest.fixture
def extra(tmp_path, monkeypatch):
    """A stand-in for dateparser, which is optional and slow; the words and answers are the real one's."""
    (tmp_path / "dateparser.py").write_text(EXTRA, encoding="utf-8")
    monkeypatch.delitem(sys.modules, "dateparser")
    monkeypatch.syspath_prepend(tmp_path)


def test_the_extra_knows_more_words(extra):
    """Where the grammar refuses, the extra is asked, in the direction of the question."""
    assert iso("2027-03-01") == date_words.ahead("1. März", TODAY)
    assert iso("2026-03-01") == date_words.back("1. März", TODAY)
    assert iso("2026-11-27") == date_words.ahead("übermorgen", TODAY)


def test_the_extra_does_not_put_what_happened_into_the_future(extra):
    """A later day is refused, whoever has read it."""
    with pytest.raises(BadDate, match="is in the future"):
        date_words.back("übermorgen", TODAY)


@pytest.mark.parametrize(
    "text",
    ["5 minutes ago", "mo 03.02.2027", "in ٣ weeks", "crash", "banana", "03/02/2027", "2027-02-30", ""],
)
def test_the_extra_does_not_guess(extra, text):
    """A time of day, swappable numbers, foreign digits and a crash inside are refused as without it."""
    with pytest.raises(BadDate):
        date_words.ahead(text, TODAY)


@pytest.mark.parametrize(
    ("text", "ahead", "back"),
    [
        ("le 3 mars", "2027-03-03", "2026-03-03"),
        ("1st of march", "2027-03-01", "2026-03-01"),
        ("three days ago", "2026-11-22", "2026-11-22"),
    ],
)
def test_the_real_extra(monkeypatch, text, ahead, back):
    """With dateparser itself, where it is installed."""
    monkeypatch.delitem(sys.modules, "dateparser")
    pytest.importorskip("dateparser")

    assert iso(ahead) == date_words.ahead(text, TODAY)
    assert iso(back) == date_words.back(text, TODAY)


def test_the_real_extra_does_not_guess(monkeypatch):
    """Words that dateparser takes for a month or a weekday, or whose time would be lost, are refused."""
    monkeypatch.delitem(sys.modules, "dateparser")
    pytest.importorskip("dateparser")

    for text in ("me", "a", "friday banana", "fri at 8", "5 minutes ago", "monday 03.02.2027", "march"):
        with pytest.raises(BadDate):
            date_words.ahead(text, TODAY)
