"""The names of people: titles, the surname, and which names a text fits.

The surname is the last word of a name, or what stands before a comma: no rule can tell the names that put it first.
"""

from __future__ import annotations

from functools import lru_cache

from mentorlog.fold import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Degrees that are also surnames (Ma, Do) are no titles here: they count only behind a comma.
_ALWAYS_TITLES = """
    dr prof professor doctor sir dame lord lady mr mrs ms miss mx herr frau mme mlle dott dra jr sr esq ii iii iv
    univ priv doz pd privdoz privatdozent apl dipl rev hon capt ret retd retired emeritus emerita
    md phd dphil dsc scd dnp dpt drph pharmd mph mha mba mbbs mbchb mbbch bmbs mbchir mphil mres msc bsc mhs mscr msph
    dds dmd edd jd llm rn bsn msn np aprn crnp obe mbe cbe kbe kcb
    facr facp facs facc facep facog faap faafp faan faha fache fasn fccp fidsa fsir fmedsci frs frse frcp frcpc frcpath
    frcs frcsc frcr frca frcem frcog mrcp mrcs mrcgp
"""
# `Gen Sato` and `Phil Smith` are names.
_TITLES_WITH_PERIOD = "med rer nat phil hum dent vet iur habil hc mult ao em col gen maj lt ing mag fr hr"
# More often a surname in capitals than initials: `Wei WU`, but `Smith JA`.
_SURNAMES_OF_TWO_LETTERS = """
    ai an ao au bo do du fu gu ha he ho hu ji ke ko ku la le li lo lu ly ma mo my na ng oh ou pi qi qu ri ro ru se si
    so su to tu uy vo vu wu xi xu ye yi yo yu
"""
_TITLES = frozenset(_ALWAYS_TITLES.split())
_WITH_PERIOD = _TITLES.union(_TITLES_WITH_PERIOD.split())
_SHORT_SURNAMES = frozenset(_SURNAMES_OF_TWO_LETTERS.split())

_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_DASHES = "-‐‑–—"
_BORN = ("née", "né", "nee", "geb.")


def bare(name: str) -> list[str]:
    """Return the words of a name, the surname last, without titles, degrees and what follows in brackets or a dash.

    `Osler, William` and `Osler W` become William Osler and W Osler.
    """
    before, _, after = _without_remarks(name).replace(";", ",").partition(",")
    given = [word for word in after.replace(",", " ").split() if not (word.isupper() or _is_title(word))]
    full, initials = before.split(), list[str]()
    while len(full) > 1:
        if _is_title(full[-1]):
            full.pop()
        elif _are_initials(full[-1], full[:-1]):
            initials.insert(0, full.pop())
        else:
            break
    while len(full) > 1 and _is_title(full[0]):
        full.pop(0)
    return given + initials + full


def addressed(name: str) -> str:
    """Return a name as a letter has it: `William Osler` for `Osler, William, MD`; a lone surname keeps its titles."""
    words = bare(name)
    full = _without_remarks(name).replace(";", ",").partition(",")[0].split()
    before = next((place for place, word in enumerate(full) if not _is_title(word)), 0)
    return " ".join(words if len(words) > 1 else [*full[:before], *words])


def same(one: str, other: str) -> bool:
    """Return whether two full names are the same, folded and without titles."""
    return words(" ".join(bare(one))) == words(" ".join(bare(other)))


def _without_remarks(name: str) -> str:
    """Return a name without what stands in brackets, behind a separate dash or sign, or behind `née`."""
    kept, open_until = "", ""
    for sign in name.replace("—", " — "):
        if open_until:
            open_until = "" if sign == open_until else open_until
        elif sign in _BRACKETS:
            open_until = _BRACKETS[sign]
            kept += " "
        else:
            kept += sign
    parts = kept.split()
    for place, part in enumerate(parts):
        is_sign = part[0] in _DASHES or not any(map(str.isalnum, part))
        if place and (is_sign or (part.casefold() in _BORN and place + 1 < len(parts))):
            return " ".join(parts[:place])
        if part.strip(_DASHES) and part[-1] in _DASHES and place + 1 < len(parts):
            return " ".join([*parts[:place], part.rstrip(_DASHES)])
    return kept if parts else name


def _is_title(text: str) -> bool:
    """Return whether all of a text is titles and degrees: `Dr.`, `M.D.`, `Univ.-Prof.`, `MD/PhD`, `med.`"""
    parts = [part for word in text.split() for part in word.casefold().replace("/", "-").split("-") if part]
    return bool(parts) and all(map(_is_one_title, parts))


def _is_one_title(part: str) -> bool:
    joined = part.replace(".", "")
    if "." not in part or joined in _WITH_PERIOD:
        return joined in (_WITH_PERIOD if "." in part else _TITLES)
    return joined != "" and all(one in _WITH_PERIOD for one in part.split(".") if one)


def _are_initials(word: str, before: Sequence[str]) -> bool:
    """Return whether a word behind a surname is the initials of a given name: `W`, `W.B.`, `JA`."""
    letters = word.replace("-", "").split(".")
    if not any(len(other.strip(".")) > 1 and not _is_title(other) for other in before):
        return False
    if all(len(letter) <= 1 for letter in letters) and word.replace(".", "").replace("-", "").isalpha():
        return True
    in_capitals = word.isalpha() and word.isupper() and not all(other.isupper() for other in before)
    return in_capitals and len(word) == 2 and word.casefold() not in _SHORT_SURNAMES


# Finding


NOT, BEGINNINGS, WORDS, ALL = range(4)
"""How well a text fits a name: not, by the beginnings of words, by whole words, by all words."""


def fits(text: str, name: str) -> int:
    """Return how well a text fits a name: each of its words, titles aside, is or begins another word of the name."""
    wanted, left = _words_typed(text), list(_words_of(name))
    begun: list[str] = []
    for word in wanted:
        if word in left:
            left.remove(word)
        else:
            begun.append(word)
    for word in sorted(begun, key=len, reverse=True):
        if not (match := next((one for one in left if one.startswith(word)), "")):
            return NOT
        left.remove(match)
    if wanted and not begun and sorted(wanted) == sorted(words(" ".join(bare(name)))):
        return ALL
    if len("".join(wanted)) < 2 and "".join(wanted) < "\u1100":
        return NOT  # an initial; from Hangul on, one sign is a syllable or word
    return BEGINNINGS if begun else WORDS


@lru_cache(1)
def _words_typed(text: str) -> tuple[str, ...]:
    typed = [word for word in text.split() if not _is_title(word)]
    return tuple(words(" ".join(typed) or text))


# Notes may name hundreds of people, each of whom is looked for among all mentors.
@lru_cache(10_000)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(words(name))


def split(text: str) -> list[str]:
    """Return the items of a text with commas; a degree behind a name is none."""
    items = [item.strip() for item in text.split(",") if item.strip()]
    return [item for item in items if not _is_title(item)] or items


def grouped(typed: Sequence[str], is_name: Callable[[str], bool]) -> list[str]:
    """Return the texts that each mean one person: items between commas, and words that together are one name."""
    runs: list[list[str]] = [[]]
    for text in typed:
        first, *others = text.split(",")
        runs[-1].append(first)
        runs += [[other] for other in others]
    texts: list[str] = []
    for run in runs:
        left = [word.strip() for word in run if word.strip()]
        while left:
            lengths = range(len(left), 1, -1)
            most = next((length for length in lengths if is_name(" ".join(left[:length]))), 1)
            texts.append(" ".join(left[:most]))
            left = left[most:]
    return [text for text in texts if not _is_title(text)] or texts or list(typed)
