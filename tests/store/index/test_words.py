"""The words under which a text is found beside those of SQLite's own tokenizer."""

from __future__ import annotations

from contextlib import closing
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog.store.index.database import in_memory
from mentorlog.store.index.rows import PLAIN
from mentorlog.store.index.words import around, forms, marked, searched

TEXTS = st.text(
    st.sampled_from("ab XÉéñ łŁøß ﬁ２ ıİ\u0301\u00ad\u200c\u200d-–.,’ ΙΠπά ςσ Ийи 報告を月 ガｶﾞ 한국 ที่ยว कया्क می خواهم"),
    max_size=30,
)


def found(text: str, term: str) -> bool:
    """Return whether the index finds a text by a term."""
    with closing(in_memory()) as db:
        values = ("", text, "", "", forms(text))
        db.execute(
            "INSERT INTO words (rowid, title, body, short, title_forms, body_forms) VALUES (1,?,?,?,?,?)", values
        )
        query = f'"{searched(term)}"*'
        return bool(db.execute("SELECT 1 FROM words WHERE words MATCH ?", [query]).fetchall())


def bare(text: str) -> str:
    """Return a text without the marks of a match."""
    return text.replace("\x02", "").replace("\x03", "")


@given(TEXTS)
@example("Łódź")
@example("ά")
def test_every_word_is_found_in_every_spelling(text: str) -> None:
    """A word is found as it is written, in capitals, decomposed and in parts of letters that count."""
    for word in text.split():
        if any(sign.isalnum() for sign in searched(word)):
            for spelling in (word, word.upper(), normalize("NFD", word), normalize("NFKC", word)):
                assert found(text, spelling), ascii((word, spelling))


@pytest.mark.parametrize("text", ["", "William Osler, 2 weeks", "é ñ Röntgen Frédéric ế"])
def test_latin_texts_cost_nothing(text: str) -> None:
    """What SQLite folds itself is not stored a second time."""
    assert forms(text) == ""


def test_plain_signs_need_no_form() -> None:
    """What has only plain signs is found as SQLite's tokenizer takes it, in every spelling."""
    with closing(in_memory()) as db:
        for sign in sorted(PLAIN - {"\0"}):
            text = f"ab{sign}cd"
            db.execute("DELETE FROM words")
            db.execute("INSERT INTO words (rowid, title, body, short) VALUES (1, '', ?, '')", [text])
            for spelling in (text, text.upper(), normalize("NFD", text)):
                term = searched(spelling).replace('"', '""')
                assert db.execute("SELECT 1 FROM words WHERE words MATCH ?", [f'"{term}"*']).fetchall(), ascii(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("co\u00adoperation and co\u00adoperation", "cooperation"),
        ("Łódź, Straße", "lodz, strasse"),
        ("症例報告", "症 例 報 告"),
        ("ECGの読み方", "ecg の 読 み 方"),
        ("می\u200cخواهم", "میخواهم"),
        ("Ἱπποκράτης", "ιπποκρατησ"),
    ],
)
def test_the_form_of_a_word(text: str, form: str) -> None:
    """Each form is stored once; scripts that put no blanks between words are stored letter by letter."""
    assert forms(text) == form


@pytest.mark.parametrize(
    ("text", "term", "shown"),
    [
        ("Die Straße nach Łódź", "strasse", "Die [Straße] nach Łódź"),
        ("Die Straße nach Łódź", "stra", "Die [Straße] nach Łódź"),
        ("Die Straße nach Łódź", "lodz", "Die Straße nach [Łódź]"),
        ("co\u00adoperation", "cooperat", "[co\u00adoperation]"),
        ("noncooperation", "cooperation", "noncooperation"),
        ("次の症例報告と報告書", "報告", "次の症例[報告]と[報告]書"),
        ("次の症例報告と報告書", "報 告", "次の症例[報告]と[報告]書"),
        ("胸部CT検査の所見", "ct 検 査", "胸部[CT検査]の所見"),
        ("Fre\u0301de\u0301ric Joliot", "frederic", "[Fre\u0301de\u0301ric] Joliot"),
        ("e\u0301", "x", "e\u0301"),
        ("", "x", ""),
    ],
)
def test_a_match_is_marked_in_the_text_as_it_is_stored(text: str, term: str, shown: str) -> None:
    """Whole words are marked, as SQLite marks its own; in unspaced scripts what was searched."""
    assert marked(text, [term]).replace("\x02", "[").replace("\x03", "]") == shown


@given(TEXTS, TEXTS)
def test_marks_change_nothing_else(text: str, term: str) -> None:
    """Without its marks a text is what it was, and every mark ends."""
    shown = marked(text, searched(term).split())

    assert bare(shown) == text
    assert [sign for sign in shown if sign in "\x02\x03"] == ["\x02", "\x03"] * shown.count("\x02")


@given(TEXTS, st.integers(0, 200), st.integers(0, 200))
def test_what_is_around_a_match(text: str, before: int, behind: int) -> None:
    """A snippet holds its match and is short."""
    long = f"{'word ' * before}\x02Straße\x03{' word' * behind}{text}"
    shown = around(long)

    assert "\x02Straße\x03" in shown
    assert len(shown) <= 200
    assert bare(shown).strip("…") in bare(long)
