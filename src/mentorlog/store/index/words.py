"""The form in which words are searched: folded, and letter by letter in scripts that put no blanks between words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from unicodedata import category, combining, normalize

from mentorlog.fold import folded

START, END = "\x02", "\x03"
"""The marks around a match, as `highlight` and `snippet` are asked for them."""

_AROUND = 60  # the most characters of a snippet on each side of its first match

# Thai, Lao, Myanmar, Khmer, kana and ideographs: scripts that put no blanks between words.
_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def searched(word: str) -> str:
    """Return a word as it is searched: `Łódź` is lodz, and of unspaced scripts every letter is a word."""
    return " ".join(re.sub(_UNSPACED, r" \g<0> ", folded(word)).split())


def forms(text: str) -> str:
    """Return the searched words of a text that SQLite's tokenizer, which folds Latin letters, makes otherwise."""
    found: dict[str, None] = {}
    for word in text.split():
        if not word.isascii() and not _is_tokenized(word, form := searched(word)):
            found[form] = None
    return " ".join(found)


def _is_tokenized(word: str, form: str) -> bool:
    """Return whether SQLite's unicode61 with remove_diacritics makes this form of a word; it folds Latin letters."""
    latin = "".join(sign for sign in normalize("NFD", word.lower()) if category(sign) != "Mn")
    return form == word.lower() or (form.isascii() and form == latin)


def marked(text: str, terms: Iterable[str]) -> str:
    """Return a text with marks around the words that a search for these terms finds, as SQLite marks its own."""
    spans = []
    shown, places = _letters(text)
    for term in map(_run, terms):
        at = shown.find(term)
        while at >= 0:
            end = at + len(term)
            if at == 0 or not shown[at - 1].isalnum() or re.search(_UNSPACED, shown[at - 1] + term[0]):
                while end < len(shown) and shown[end].isalnum() and not re.search(_UNSPACED, term[-1] + shown[end]):
                    end += 1
                spans.append((places[at][0], places[end - 1][1]))
            at = shown.find(term, end)
    parts, behind = list[str](), 0
    for start, end in sorted(spans):
        if start >= behind:
            parts += [text[behind:start], START, text[start:end], END]
            behind = end
    return "".join([*parts, text[behind:]])


def _run(term: str) -> str:
    """Return a searched word as it is in a text: in unspaced scripts without the blanks between its letters."""
    return re.sub(f"(?<={_UNSPACED}) | (?={_UNSPACED})", "", folded(term))


def _letters(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text letter by letter as it is searched, and for each letter the place it has in the text."""
    starts = [at for at, sign in enumerate(text) if not at or sign.isascii() or not _is_part(sign)]
    forms, places = list[str](), list[tuple[int, int]]()
    for start, end in pairwise([*starts, len(text)]):
        letter = text[start:end]
        form = letter.lower() if letter.isascii() and letter != "-" else folded(letter) or " "
        forms.append(form)
        places += [(start, end)] * len(form)
    return "".join(forms), places


def _is_part(sign: str) -> bool:
    return bool(combining(sign)) or category(sign) in ("Mn", "Cf")


def around(text: str) -> str:
    """Return what is around the first mark in a text."""
    first, last = text.index(START), text.index(END)
    start, end = max(0, first - _AROUND), min(len(text), last + _AROUND)
    start = text.rfind(" ", 0, start) + 1 if start and " " in text[start - _AROUND : start] else start
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
