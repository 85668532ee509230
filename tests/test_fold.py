"""The one form in which names, tags and search words are compared."""

from __future__ import annotations

import subprocess
import sys
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog.fold import folded


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("William  Osler ", "william osler"),
        ("RÖNTGEN", "rontgen"),
        ("Frédéric", "Fre\u0301de\u0301ric"),
        ("Éamon", "eamon"),
        ("Renée", "renee"),
        ("Løvborg", "lovborg"),
        ("Łódź đ ħ ŧ ŋ", "lodz d h t n"),
        ("Æsir Þór Œuvre", "aesir thor oeuvre"),
        ("STRAẞE", "straße"),
        ("İstanbul ı", "istanbul i"),
        ("ﬁnal draft²", "final draft2"),
        ("ＯＳＬＥＲ", "osler"),
        ("O’Neill O‘Neill OʼNeill O´Neill O`Neill", "o'neill o'neill o'neill o'neill o'neill"),
        ("Smith-Jones Smith‐Jones Smith‑Jones Smith–Jones", "smith jones smith jones smith jones smith jones"),
        ("co\u00adoperation zero\u200bwidth\ufeff", "cooperation zerowidth"),
        ("می\u200cخواهم", "میخواهم"),
        ("شَدّة", "شدة"),
        ("ガンマ", "ｶﾞﾝﾏ"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("Ἱπποκράτης", "ΙΠΠΟΚΡΑΤΗΣ"),
    ],
)
def test_what_is_the_same_word(text, same):
    """Case, accents, forms of one letter, hyphens, apostrophes and what has no width make no difference.

    The members of the kind: NFC and NFD, ligatures and wide forms, letters with strokes, three sorts of hyphen,
    five of apostrophe, soft hyphen, joiners and byte order mark, points of Arabic, half-width kana, Hangul in parts.
    """
    assert folded(text) == folded(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [("か", "が"), ("は", "ぱ"), ("कया", "क्या"), ("ที่", "ทุ่"), ("日本", "日"), ("a b", "ab")],
)
def test_what_is_another_word(one, other):
    """Marks that make another letter or syllable are kept: kana, Indic scripts, Thai."""
    assert folded(one) != folded(other)


@given(st.text())
@example("İ")
@example("\u0345\u0301")
def test_a_fold_folds_to_itself(text):
    """Folding twice, in capitals or from another normal form gives the same; blanks are single."""
    once = folded(text)

    assert folded(once) == once
    assert once == " ".join(once.split())
    assert "´" in normalize("NFC", text) or folded(normalize("NFD", text)) == once


def test_ascii_text_needs_no_unicodedata():
    """Folding ASCII text loads nothing: lists and filters do it."""
    code = (
        "import sys, __future__; before = set(sys.modules); from mentorlog.fold import folded;"
        "folded('William Osler'); print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["mentorlog", "mentorlog.fold"]
