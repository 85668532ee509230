"""The screen of `mentor lessons`: what each mentorship taught, by the kind of its end, then the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mentorlog import dates
from mentorlog.models.views import counted, is_mentee, joined
from mentorlog.output.page import Page
from mentorlog.output.text import safe, spaced, width
from mentorlog.vocabulary import ENDING_MEANINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.lessons import Ending, Lessons

_LABELS = {"worked": "worked", "did_not": "did not", "lesson": "lesson"}
_NOTHING = "nothing noted"


def lines(data: Lessons, page: Page, names: Mapping[str, str], empty: str) -> list[str]:
    """Lay out the ends of mentorships; `names` has those of the mentors, `empty` is printed if there are none."""
    if not data["endings"]:
        return page.wrap(empty)
    shown: list[str] = []
    ids = page.ids([ending["mentor"] for ending in data["endings"]])
    for kind, count in data["kinds"].items():
        title = f"{spaced(kind).capitalize()}: {ENDING_MEANINGS[kind]} ({counted(count, 'ending')})"
        shown += [*([""] if shown else []), *page.wrap(title, "bold")]
        for ending in data["endings"]:
            if ending["kind"] == kind:
                shown += _ending(ending, page, ids[ending["mentor"]])
    if data["reasons"]:
        shown += ["", *page.wrap("Reasons", "bold")]
        column = max(width(safe(spaced(reason))) for reason in data["reasons"])
        for reason, mentors in data["reasons"].items():
            people = joined([names.get(id, id) for id in dict.fromkeys(mentors)])
            label = safe(spaced(reason))
            shown += page.wrap(people, indent=" " * (column + 4), first=f"  {label}{' ' * (column - width(label))}  ")
    return shown


def _ending(ending: Ending, page: Page, id: str) -> Iterator[str]:
    """Yield who it was and when, then the texts, a line or more each."""
    mentee = ", mentee" if is_mentee(ending) else ""
    started = ending["started"] if ending["started"] != ending["on"] else None
    since = f"{dates.without_weekday(started)} to " if started else ""
    reasons = f" ({', '.join(map(spaced, ending['reasons']))})" if ending["reasons"] else ""
    plain = safe(ending["mentor"])
    who = f"{ending['name']}{mentee}, {since}{dates.without_weekday(ending['on'])}{reasons}"
    first, *more = page.wrap(who, indent="    ", first=f"  {plain}  ")
    yield from [f"  {id}{first[2 + len(plain) :]}", *more]
    texts = [(label, ending[name]) for name, label in _LABELS.items() if ending[name]]  # type: ignore[literal-required]
    column = max(map(len, _LABELS.values())) + 2
    for label, text in texts:
        for number, paragraph in enumerate(line for line in text.splitlines() if line.strip()):
            head = f"    {label if not number else '':{column}}"
            yield from page.wrap(paragraph, indent=" " * len(head), first=head)
    if not texts:
        yield from page.wrap(_NOTHING, "dim", indent="    ", first="    ")
