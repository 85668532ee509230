"""The guard against formulas in CSV, and its inverse."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.export.csv_guard import guarded, unguarded

FORMULA = "=+-@\t\r\n＝＋－＠"
TEXTS = st.one_of(st.text(), st.text(f"'{FORMULA}a b", max_size=12))


def test_every_short_text_has_a_guarded_form_of_its_own() -> None:
    """Over apostrophes, the beginnings of formulas and two letters: back to the same text, no two alike, no formula."""
    texts = ["".join(signs) for length in range(5) for signs in product(f"'{FORMULA}a", repeat=length)]
    cells = [guarded(text) for text in texts]

    assert len(texts) == 30_941
    assert [unguarded(cell) for cell in cells] == texts
    assert len(set(cells)) == len(texts)
    assert [cell for cell in cells if cell[:1] and cell[0] in FORMULA] == []


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    """The inverse takes off what the guard added, and no guarded text begins as a formula does."""
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple(FORMULA))


@given(TEXTS)
def test_every_cell_is_read(cell: str) -> None:
    """A cell that the guard did not write, such as one that was typed in a spreadsheet, is read once."""
    assert unguarded(cell) in (cell, cell[1:])
    if not cell.startswith(tuple(FORMULA)):
        assert guarded(unguarded(cell)) == cell


@pytest.mark.parametrize("text", ["", "Submit case report", "'tis the season", "3=4", "“=”", "2026-11-23", "40", "' x"])
def test_most_texts_stay_as_they_are(text: str) -> None:
    """An apostrophe alone is no reason; nor is a sign further on."""
    assert guarded(text) == text == unguarded(text)


@pytest.mark.parametrize("text", ["=1+1", "+30 210 123", "-5", "@SUM(A1)", "'=1", "''+1", "\t=1", "＝1+1"])
def test_what_may_be_a_formula_gets_an_apostrophe(text: str) -> None:
    """Also what looks like a guarded text."""
    assert guarded(text) == f"'{text}"
