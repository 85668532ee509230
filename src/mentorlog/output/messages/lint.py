"""The sentences about what may identify a patient."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.models.views import counted, joined
from mentorlog.output.text import spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.lint import Hit

_NAMED = 3


def described(hit: Hit) -> str:
    """Return where a hit is within its record, its pattern and its words: `text, line 2: named patient “Mr. M.”`."""
    return f"{located(hit)} “{hit.text}”"


def located(hit: Hit) -> str:
    """Return where a hit is within its record or file, and its pattern, without its words."""
    return f"{spaced(hit.field) + ', ' if hit.field else ''}line {hit.line}: {hit.pattern}"


def refused(hits: Sequence[Hit], *, words: bool) -> str:
    """Return that an export was refused: the records and patterns, and the words only if nobody else reads them."""
    of = described if words else located
    named = [f"{hit.id} ({of(hit)})" for hit in hits[:_NAMED]]
    more = [f"{len(hits) - _NAMED} more"] if len(hits) > _NAMED else []
    return f"This may identify a patient, so nothing was written: {joined([*named, *more])}."


def refused_hint(hits: Sequence[Hit]) -> str:
    """Return how to see what was found, and how to export it all the same."""
    return f"{seen(hits)}; to export it as it is, add --despite-lint"


def exported(hits: Sequence[Hit]) -> str:
    """Return that what was exported may identify a patient."""
    return f"{counted(len(hits), 'place')} in it may identify a patient ({seen(hits)})"


def seen(hits: Sequence[Hit]) -> str:
    """Return the command that shows the hits."""
    ids = list(dict.fromkeys(hit.id for hit in hits if hit.id))
    return f"see: mentorlog lint {' '.join(ids)}" if len(ids) <= _NAMED else "see: mentorlog lint"
