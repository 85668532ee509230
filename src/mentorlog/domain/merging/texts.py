"""Three-way merges of texts by sentences and lines; the white space around them follows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from mentorlog.domain import action_lines
from mentorlog.domain.merging import items, sequences

_LISTED = re.compile(rf"[-*+#>|]|\d+[.)]|{action_lines.START}")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
_NO_END = re.compile(r"(?:^|[\s(])(?:[^\W\d_]|Dr|Prof|Mr|Mrs|Ms|St|vs|(?:\w\.){1,3}\w)\.$|^\d{1,9}\.$")
_LONGEST = 16  # more than an abbreviation or the number of an item
_MARK = re.compile(action_lines.ID)


class Token(NamedTuple):
    """A sentence or line, and the white space before and behind it."""

    text: str
    before: str
    after: str


class Merged(NamedTuple):
    """A text, and the pairs of passages that were written for the same one; both are in it."""

    text: str
    pairs: list[tuple[str, str]]


def merge(base: str | None, one: str, two: str) -> Merged:
    """Return the text that has what both sides wrote, without what either took out.

    Without an ancestor (None), nothing was taken out.
    """
    base, one, two = items.with_ids(base, one, two)
    old, sides = None if base is None else tokens(base), (tokens(one), tokens(two))
    order, pairs = _merged(old, *sides)
    if old:
        for text, whole, part in ((one, *sides), (two, *sides[::-1])):
            if _is_part(part, whole, old, order):
                return Merged(text, [])
    # Of two equal sentences each side may have taken out the other one, or each a half of the text.
    left, words = {token.text for token in order}, [{token.text for token in side} for side, _ in sides]
    if old and (not words[0] & words[1] <= left or (not left and all(words))):
        old = None
        order, pairs = _merged(None, *sides)
    gaps = [
        (side[0].before if side else "", end if side or not order else "") for side, end in ((old or ([], "")), *sides)
    ]
    (start, end) = (_gap(None if old is None else was, here, there) for was, here, there in zip(*gaps, strict=True))
    return Merged(start + _joined(order) + end, pairs)


Tokens = tuple[list["Token"], str]


def _is_part(part: Tokens, whole: Tokens, base: Tokens, merged: Sequence[Token]) -> bool:
    """Return whether a side was merged with the other before: it has all that is new there, and more, and no merge
    changes its words. What else a merge changes are lines that stand in several places, such as the ends of code.
    """
    words_1, words_2, was, now = ({token.text for token in side} for side in (part[0], whole[0], base[0], merged))
    return bool(words_1 - was) and words_1 - was < words_2 - was and _worded(now) == _worded(words_2)


def _worded(lines: Iterable[str]) -> set[str]:
    return {line for line in lines if re.search(r"\w", line)}


def _merged(base: Tokens | None, one: Tokens, two: Tokens) -> tuple[list[Token], list[tuple[str, str]]]:
    """Return the sentences and lines of both sides in order, and the pairs of passages."""
    words_1, words_2 = ([token.text for token in side] for side, _ in (one, two))
    words = sequences.shared(words_1, words_2) if base is None else [token.text for token in base[0]]
    order, pairs, lists = list[Token](), list[tuple[str, str]](), _Lists(one[0], two[0])
    for region in sequences.regions(words, words_1, words_2, None if base is None else _is_alike):
        if region.one or region.two:
            new = [one[0][place] for place in region.one], [two[0][place] for place in region.two]
            run, first, second = sequences.combined(*new, lambda token: token.text)
            order += map(lists.put, run)
            if first and second and (region.is_rewritten or base is None):
                pairs.append((_joined(first), _joined(second)))
        if region.kept:
            was, here, there = region.kept
            kept, other = one[0][here], two[0][there]
            if kept != other:
                gaps = (None, None) if base is None else base[0][was][1:]
                kept = Token(words[was], *map(_gap, gaps, kept[1:], other[1:]))
            order.append(lists.kept(kept, here, there))
    return order, pairs


def _is_alike(one: str, two: str) -> bool:
    """Return whether one sentence may have been made of the other: they share half of their words."""
    words, others = ({*re.findall(r"\w+", text.casefold())} for text in (one, two))
    return 2 * len(words & others) >= max(len(words), len(others), 1)


class _Lists:
    """The list items in a merged text: what followed none of them on its side begins a paragraph of its own."""

    def __init__(self, *sides: Sequence[Token]) -> None:
        self._heads = [_heads(text) for text in sides]
        self._head: dict[int, int] = {}
        places = (((side, place), token) for side, text in enumerate(sides) for place, token in enumerate(text))
        self._places = {id(token): place for place, token in places} if any(self._heads) else {}

    def put(self, token: Token) -> Token:
        """Return the next sentence, which one side put in."""
        return self._next(token, dict([self._places[id(token)]])) if self._places else token

    def kept(self, token: Token, here: int, there: int) -> Token:
        """Return the next sentence, which both sides have."""
        return self._next(token, {0: here, 1: there}) if self._places else token

    def _next(self, token: Token, places: dict[int, int]) -> Token:
        heads = {side: self._heads[side].get(place, -1) for side, place in places.items()}
        if heads == places:
            self._head = places
        elif self._head and not heads.items() & self._head.items():
            self._head = {}
            return token if "\n\n" in token.before else token._replace(before="\n\n")
        return token


def _heads(text: Sequence[Token]) -> dict[int, int]:
    """Return which sentence begins the list item or action item that a sentence is in, by their places."""
    found, head = dict[int, int](), -1
    for place, token in enumerate(text):
        if _is_listed(token):
            head = place
        elif "\n\n" in token.before:
            head = -1
        if head >= 0:
            found[place] = head
    return found


def _is_listed(token: Token) -> bool:
    """Return whether a sentence begins a list item or an action item."""
    return _LISTED.match(token.text) is not None


def _gap(base: str | None, one: str, two: str) -> str:
    """Return the white space that one side changed; of two changes the longer."""
    return two if one == base else one if two == base else max(one, two, key=lambda gap: (len(gap), gap))


def _joined(order: Sequence[Token]) -> str:
    """Return sentences and lines with the white space between them."""
    parts = list[str]()
    for last, token in pairwise(order):
        gap = token.before or last.after
        if "\n" not in gap and ((not token.before and _is_listed(token)) or not _ends_sentence(last.text)):
            gap = "\n"
        parts += [last.text, gap or " "]
    return "".join([*parts, *(token.text for token in order[-1:])])


def _ends_sentence(text: str) -> bool:
    return text[-1] in ".!?" and not _NO_END.search(text[-_LONGEST:])


def tokens(text: str, *, divides_tasks: bool = False) -> tuple[list[Token], str]:
    """Return the sentences and lines of a text, and the white space at its end.

    Two who wrote into one paragraph meet only in the same sentence. A name such as `Dr. Osler` is not divided, nor, by
    default, an action item that became a task. A line that is only the id of a task says nothing by itself: it belongs
    to what is above it, else to what is below.
    """
    gaps, texts, gap, ids = list[str](), list[str](), "", ""
    for number, line in enumerate(text.split("\n") if divides_tasks else _lines(text)):
        body = line.strip()
        gap += "\n" if number else ""
        if not body:
            gap += line
            continue
        gap += line[: len(line) - len(line.lstrip())]
        if _MARK.fullmatch(body) and texts:
            texts[-1] += gap + body
            gap = ""
        elif _MARK.fullmatch(body):
            ids, gap = ids + gap + body, ""
        else:
            for part, after in [(body, "")] if not divides_tasks and _is_task(body) else _sentences(body):
                gaps.append("" if ids else gap)
                texts.append(ids + gap + part if ids else part)
                gap, ids = after, ""
        gap += line[len(line.rstrip()) :]
    return [Token(*three) for three in zip(texts, gaps, [*gaps[1:], gap], strict=False)], ids + gap


def _lines(text: str) -> Sequence[str]:
    """Return the lines of a text; those of an action item that became a task are one."""
    lines = text.split("\n")
    if "(t" not in text:
        return lines
    found, first = list[str](), None
    for line in lines:
        if re.match(action_lines.START, line):
            first = len(found)
        elif not line.strip() or items.BEGINS.match(line):
            first = None
        found.append(line)
        if first is not None and re.search(action_lines.MADE, line):
            found[first:] = ["\n".join(found[first:])]
            first = None
    return found


def _is_task(line: str) -> bool:
    """Return whether a line is an action item that became a task."""
    return "(t" in line and bool(re.match(action_lines.START, line) and re.search(action_lines.MADE, line))


def _sentences(line: str) -> list[tuple[str, str]]:
    """Return the sentences of a line, each with the white space behind it; the id of a task belongs to the last."""
    found, start = list[tuple[str, str]](), 0
    for space in _SENTENCE_ENDS.finditer(line):
        is_end = _ends_sentence(line[max(start, space.start() - _LONGEST) : space.start()])
        if is_end and not _MARK.fullmatch(line, space.end()):
            found.append((line[start : space.start()], space[0]))
            start = space.end()
    return [*found, (line[start:], "")]
