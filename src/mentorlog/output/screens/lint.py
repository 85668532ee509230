"""What `lint` found: a line for each hit, then the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from mentorlog.domain.lint import Linted
from mentorlog.domain.lint_patterns import CONTACT, PATIENT
from mentorlog.models.views import View, counted, joined
from mentorlog.output.messages.lint import described
from mentorlog.output.page import Page
from mentorlog.output.text import safe, width

_BLIND = "A name without a title or a rare story is not recognised."


def data(found: Linted) -> dict[str, Any]:
    """Return the result for scripts."""
    return {
        "hits": [hit._asdict() for hit in found.hits],
        "counts": {level: sum(hit.level == level for hit in found.hits) for level in (PATIENT, CONTACT)},
        "record_count": len(found.views),
        "paths": found.paths,
        "added": found.added,
    }


def lines(found: Linted, page: Page) -> list[str]:
    """Lay out the names that were added, the hits by record or file, and the counts."""
    shown = [line for name in found.added for line in page.wrap(f"Added to the known names: {name}")]
    places = [safe(hit.id or _file(hit.path)) for hit in found.hits]
    room = max(map(width, places), default=0)
    ids = page.ids([hit.id for hit in found.hits if hit.id])
    for hit, place in zip(found.hits, places, strict=True):
        ink = [] if hit.is_patient else ["dim"]
        first, *rest = page.wrap(described(hit), *ink, indent=" " * (room + 2), first="")
        head = ids[hit.id] if hit.id else place
        shown += [f"{head}{' ' * (room - width(place))}  {first}", *rest]
    checked = _checked(found.views, found.paths)
    if not found.hits:
        return [*shown, *page.wrap(f"Nothing found in {checked}. {_BLIND}")]
    levels = Counter(hit.level for hit in found.hits)
    what = [f"{counted(levels[PATIENT], 'place')} that may identify a patient"] * (PATIENT in levels)
    what += [f"{counted(levels[CONTACT], 'place')} with contact details"] * (CONTACT in levels)
    return [*shown, *page.wrap(f"Found {joined(what)} ({checked} checked).")]


def _checked(views: Sequence[View], paths: Sequence[str]) -> str:
    """Return what was checked: `34 records and your profile`."""
    records = sum(view["record"] != "profile" for view in views)
    what = [counted(records, "record")] * (records > 0) + ["your profile"] * (records < len(views))
    return joined([*what, counted(len(paths), "file")] if paths else what)


def _file(path: str | None) -> str:
    return "stdin" if path in (None, "-") else str(path)
