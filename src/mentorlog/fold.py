"""The form in which names, tags and search words are compared."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = {
    **{"æ": "ae", "œ": "oe", "þ": "th"},
    **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n"},
}
"""Letters that Unicode does not decompose into an ASCII letter and a mark (it folds ß itself)."""


class _Signs(dict[int, str | None]):
    """The folds of single signs, each worked out once."""

    def __missing__(self, code: int) -> str | None:
        from unicodedata import category, combining

        sign = chr(code)
        kind = combining(sign)
        # Points of Hebrew and Arabic, and all accents; but not the marks that make another letter or syllable,
        # such as those of kana, Thai and the Indic scripts.
        is_accent = kind == 1 or 10 <= kind <= 36 or kind >= 200
        dropped = is_accent or category(sign) == "Cf" or 0xFE00 <= code <= 0xFE0F
        self[code] = None if dropped else _LETTERS.get(sign, sign)
        return self[code]


_SIGNS = _Signs()
_SIGNS.update((ord(sign), "'") for sign in "’‘‛ʼʻʹ′")
_SIGNS.update((ord(sign), " ") for sign in "‐‑‒–—―−")


def folded(text: str) -> str:
    """Return a text as it is compared: without case, accents, hyphens and what has no width; blanks are single.

    `Renée-Louise O’NEILL` becomes `renee louise o'neill`. The result folds to itself.
    """
    if not text.isascii():
        from unicodedata import normalize  # most texts are ASCII

        text = normalize("NFKD", text.replace("´", "'")).casefold()
        text = normalize("NFC", text.translate(_SIGNS))
    return " ".join(text.lower().replace("-", " ").replace("`", "'").split())


_MARKS = str.maketrans(dict.fromkeys('.,;:!?()[]{}<>"“”„«»/|_&', " ") | {"'": None})


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared, without punctuation; hyphens separate them."""
    return folded(text).translate(_MARKS).split()


def tag_key(tag: str) -> str:
    """Return a tag as tags are compared: `#Research` is research."""
    return folded(tag.strip().lstrip("#"))


def each_tag_once(tags: Iterable[str]) -> list[str]:
    """Return tags as they were typed first, without those that only differ as typed."""
    by_key: dict[str, str] = {}
    for tag in tags:
        by_key.setdefault(tag_key(tag), tag)
    return list(by_key.values())
