"""The screen of `mentor panel`: a table of needs and mentors, what nobody covers, and how the mentors differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mentorlog.models.views import called, counted
from mentorlog.output.page import NARROW, Page
from mentorlog.output.text import one_line, pad, safe, spaced, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.panel import Need, Panel
    from mentorlog.models.view_types import MentorView

_TITLE = "What I need"
_MARKS = {"domain": "x", "role": "x", "goal": "g"}
_LEGEND = "x: one of their domains or roles · g: a goal that you share with them"
_WIDEST_MARK = 2
_LEAST = 24  # the fewest cells for needs: before they have fewer, mentors are numbers, and then the table is a list
_GAP = "  "


def lines(view: Panel, page: Page, by: str) -> list[str]:
    """Lay out the facts from mentorlog.domain.panel: by needs, or by the proximity of mentors."""
    if not view["mentors"]:
        sections = [page.wrap('No current mentors. Add one with: mentorlog mentor add "William Osler"')]
        sections.append(_bullets(_TITLE, map(_describe, view["needs"]), page))
    else:
        sections = [*(_by_proximity(view, page) if by == "proximity" else _by_need(view, page))]
        sections += [*_blanks(view, page), *_perspectives(view["mentors"], page)]
    shown = [["", *section] for section in sections if section]
    return [line for section in shown for line in section][1:]


def _by_need(view: Panel, page: Page) -> Iterator[list[str]]:
    needs, mentors = view["needs"], view["mentors"]
    heads = _heads([mentor["id"] for mentor in mentors], page)
    numbered = heads[:1] == ["1"]
    if not needs:
        yield page.wrap("No needs yet. Add some with: mentorlog profile set needs=research,career")
    elif heads:
        yield [*_table(needs, mentors, heads, page), "", *page.wrap(_LEGEND, "dim")]
    else:
        yield list(_listed(needs, page))
    texts = [_about(mentor) for mentor in mentors]
    if numbered:
        texts = [f"{number}. {text}" for number, text in enumerate(texts, 1)]
    yield [*page.wrap("Mentors", "bold"), *_rows(zip([one["id"] for one in mentors], texts, strict=True), page)]


def _by_proximity(view: Panel, page: Page) -> Iterator[list[str]]:
    mentors = {mentor["id"]: mentor for mentor in view["mentors"]}
    for group in view["proximities"]:
        title = spaced(group["proximity"] or "not recorded").capitalize()
        if group["mentors"]:
            title += f" ({len(group['mentors'])})"
            texts = [". ".join(_places(mentors[id], view)) for id in group["mentors"]]
            yield [*page.wrap(title, "bold"), *_rows(zip(group["mentors"], texts, strict=True), page)]
        else:
            yield page.wrap(f"{title}: nobody")


def _heads(ids: Sequence[str], page: Page) -> list[str]:
    """Return the headings of the columns of mentors: their ids, else numbers; none if neither fits."""
    numbers = [str(number) for number in range(1, len(ids) + 1)]
    for heads in (ids, numbers):
        if page.width >= NARROW and page.width - _cells(heads) >= _LEAST:
            return [safe(head) for head in heads]
    return []


def _cells(heads: Sequence[str]) -> int:
    return sum(max(width(safe(head)), _WIDEST_MARK) + len(_GAP) for head in heads)


def _table(needs: Sequence[Need], mentors: Sequence[MentorView], heads: Sequence[str], page: Page) -> Iterator[str]:
    texts = [safe(_describe(need)) for need in needs]
    column = min(page.width - _cells(heads), max(map(width, (_TITLE, *texts))))

    def row(first: str, cells: Sequence[str]) -> str:
        padded = (pad(cell, max(width(head), _WIDEST_MARK)) for head, cell in zip(heads, cells, strict=True))
        return _GAP.join([pad(first, column), *padded]).rstrip(" ")

    yield page.style(row(_TITLE, heads), "dim")
    for need, text in zip(needs, texts, strict=True):
        marks = {one["mentor"]: "".join(dict.fromkeys(_MARKS[by] for by in one["by"])) for one in need["mentors"]}
        first, *more = wrap(text, column, _GAP, "")
        yield row(first, [marks.get(mentor["id"], "-") for mentor in mentors])
        yield from more


def _listed(needs: Sequence[Need], page: Page) -> Iterator[str]:
    """Yield the table as a list, for a narrow terminal or very many mentors."""
    yield page.style(_TITLE, "bold")
    for need in needs:
        covers = [f"{one['mentor']} ({', '.join(one['by'])})" for one in need["mentors"]]
        yield from page.wrap(_describe(need), indent="    ", first="  ")
        yield from page.wrap(", ".join(covers) or "nobody", *(() if covers else ("dim",)), indent="      ")


def _blanks(view: Panel, page: Page) -> Iterator[list[str]]:
    """Yield what nobody covers, what one person does, and what all mentors have in common."""
    yield _bullets("Covered by nobody", map(one_line, view["nobody"]), page)
    alone = [(one["mentor"], "; ".join(map(one_line, one["needs"]))) for one in view["one_person"]]
    yield [*page.wrap("Covered by one mentor", "bold"), *_rows(alone, page)] if alone else []
    count = len(view["mentors"])
    everybody = "Both" if count == 2 else f"All {count}"
    one = (("department", view["one_department"]), ("institution", view["one_institution"]))
    yield [
        line
        for place, name in one
        if name
        for line in page.wrap(f"{everybody} are from one {place}: {one_line(name)}", indent="  ", first="")
    ]


def _perspectives(mentors: Sequence[MentorView], page: Page) -> Iterator[list[str]]:
    told = [(mentor["id"], one_line(mentor["perspective"])) for mentor in mentors if mentor["perspective"]]
    if told:
        unknown = [mentor["id"] for mentor in mentors if not mentor["perspective"]]
        rest = page.wrap(f"Not recorded: {', '.join(unknown)}", "dim", indent="  ") if unknown else []
        yield [*page.wrap("Perspectives", "bold"), *_rows(told, page), *rest]


def _describe(need: Need) -> str:
    """Return a need and where it is from: `research (need, 2 goals)`."""
    goals = counted(len(need["goals"]), "goal")
    sources = [goals if source == "goal" else spaced(source) for source in need["sources"]]
    return f"{one_line(need['text'])} ({', '.join(sources)})"


def _about(mentor: MentorView) -> str:
    """Return the name of a mentor, their roles and domains: `William Osler (advisor): case reports, surgery`."""
    words = [*mentor["roles"], *([mentor["status"]] if mentor["status"] != "active" else [])]
    about = f" ({', '.join(map(spaced, words))})" if words else ""
    return f"{called(mentor)}{about}{': ' + ', '.join(mentor['domains']) if mentor['domains'] else ''}"


def _places(mentor: MentorView, view: Panel) -> Iterator[str]:
    """Yield who a mentor is, where they work, and which needs they cover."""
    yield _about(mentor)
    if places := [one_line(place) for place in (mentor["department"], mentor["institution"]) if place]:
        yield ", ".join(places)
    covered = [need for need in view["needs"] if any(one["mentor"] == mentor["id"] for one in need["mentors"])]
    if covered:
        yield f"Covers {'; '.join(one_line(need['text']) for need in covered)}"


def _rows(rows: Iterable[tuple[str, str]], page: Page) -> Iterator[str]:
    """Yield an id and a text beside it, or below it if the id is too long for that."""
    pairs = list(rows)
    ids = page.ids([id for id, _ in pairs])
    column = max((width(safe(id)) for id, _ in pairs), default=0)
    beside = not page.terminal or column <= page.width // 3
    indent = " " * (column + 2 * len(_GAP) if beside else 2 * len(_GAP))
    for id, text in pairs:
        first, *more = page.wrap(text, indent=indent)
        if beside:
            first = _GAP + ids[id] + " " * (column - width(safe(id))) + _GAP + first[len(indent) :]
        else:
            yield from page.wrap(id, "cyan", indent=_GAP)
        yield from (first, *more)


def _bullets(title: str, texts: Iterable[str], page: Page) -> list[str]:
    items = [line for text in texts for line in page.wrap(text, indent="    ", first="  ")]
    return [*page.wrap(title, "bold"), *items] if items else []
