"""A place in the CV: its dates, its identifiers, and which records have one."""

from __future__ import annotations

from typing import Any

import pytest

from factories import make_note, make_profile
from mentorlog.errors import BadValue
from mentorlog.models.cv import Cv, find_doi
from mentorlog.models.record import as_data
from mentorlog.models.rules import orcid_id

ORCIDS = ("0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X")
"""Examples of orcid.org, whose last digits are right."""


def test_a_win_has_a_place_in_the_cv_and_other_notes_have_none() -> None:
    """A note of another kind with one is not valid."""
    assert make_note(kind="win", cv=Cv(section="award")).cv is not None
    with pytest.raises(BadValue, match="Only a win has a place in the CV; this note is of kind advice"):
        make_note(kind="advice", cv=Cv(section="award"))


def test_a_note_without_a_place_is_written_as_before() -> None:
    """The new fields leave no trace in files that do not use them."""
    assert "cv" not in as_data(make_note(kind="win"), full=False)
    assert {"cv", "degrees", "email", "orcid"}.isdisjoint(as_data(make_profile(), full=False))


@pytest.mark.parametrize("day", ["2026", "2026-05", "2026-05-14", "1849", "2024-02-29"])
def test_a_date_is_a_year_a_month_or_a_day(day: str) -> None:
    """It is stored as typed."""
    assert Cv(section="award", start=day).start == day


@pytest.mark.parametrize(
    "day", ["26", "2026-13", "2026-02-30", "2026-5", "May 2026", "0999", "3000", "2026-05-14T10", "２０２６"]
)
def test_another_date_is_refused(day: str) -> None:
    """The hint shows the three forms."""
    with pytest.raises(BadValue, match="is not a year, a month or a day") as refusal:
        Cv(section="award", end=day)

    assert (refusal.value.field, refusal.value.hint) == ("end", "write it like 2026, 2026-05 or 2026-05-14")


@pytest.mark.parametrize(
    ("start", "end", "fits"), [("2026-05", "2026", True), ("2026", "2026-05", True), ("2027", "2026-05", False)]
)
def test_an_end_is_not_before_its_start(start: str, end: str, fits: bool) -> None:
    """A year and a month of it may be either."""
    if fits:
        assert Cv(section="award", start=start, end=end).end == end
    else:
        with pytest.raises(BadValue, match="is before start"):
            Cv(section="award", start=start, end=end)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("doi", "xyz"),
        ("doi", "10.12/x"),
        ("doi", "10.1234/"),
        ("pmid", "PMID 123"),
        ("pmid", "1" * 10),
        ("pmid", "１２"),
    ],
)
def test_a_wrong_identifier_is_refused(field: str, wrong: str) -> None:
    """A DOI has its prefix and a suffix, a PMID is digits."""
    with pytest.raises(BadValue, match=f"is not a {field.upper()}"):
        Cv(section="article", **{field: wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/xyz123", "10.1000/xyz123"),
        ("https://doi.org/10.1136/bmj.1.2", "10.1136/bmj.1.2"),
        ("doi:10.1000/abc(1).", "10.1000/abc(1)"),
        ("https://example.org/10.5/x", ""),
        ("~/papers/draft.pdf", ""),
    ],
)
def test_a_doi_is_found_in_an_address(text: str, doi: str) -> None:
    """Also behind doi: and before the period of a sentence."""
    assert find_doi(text) == doi


@pytest.mark.parametrize("orcid", ORCIDS)
def test_an_orcid_is_known_by_its_check_digit(orcid: str) -> None:
    """With any one digit changed, or two neighbours swapped, it is wrong."""
    assert orcid_id(f"https://orcid.org/{orcid}") == orcid_id(orcid.replace("-", "").lower()) == orcid
    changed = {orcid[:at] + digit + orcid[at + 1 :] for at in range(18) if orcid[at] != "-" for digit in "0123456789"}
    swapped = {orcid[:at] + orcid[at + 1] + orcid[at] + orcid[at + 2 :] for at in range(17)}
    for wrong in (changed | {one for one in swapped if one.replace("-", "") != orcid.replace("-", "")}) - {orcid}:
        with pytest.raises(BadValue, match="is not an ORCID iD"):
            orcid_id(wrong)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "'0000-0002-1825-0098' is not an ORCID iD: its last digit does not fit"),
        ({"orcid": "12"}, "'12' is not an ORCID iD, which has 16 digits"),
        ({"email": "blackwell"}, "'blackwell' is not an e-mail address"),
        ({"cv": (Cv(section="skill", title="German"), Cv(section="skill"))}, "cv.2 has neither a title nor a citation"),
    ],
)
def test_a_profile_with_a_wrong_value_is_refused(fields: dict[str, Any], sentence: str) -> None:
    """The sentence names what was typed."""
    with pytest.raises(BadValue, match=sentence):
        make_profile(**fields)
