"""What words mean: records by their ids and names, days, kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from mentorlog import dates, vocabulary
from mentorlog.errors import UnknownId

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.app import App
    from mentorlog.models.views import View


ME: View = {"id": vocabulary.ME, "name": "", "status": ""}
"""The resident, where a mentor could stand."""


def mentor(app: App, text: str, missing: str | None = None) -> View:
    """Return the mentor that the text means: a slug, a unique beginning of it, or of a word of the name.

    `missing` is the hint for a text that means nobody.
    """
    try:
        return app.reading.resolve(text, "mentor", by_name=True)
    except UnknownId as error:
        error.hint = missing or error.hint
        raise


def me_or_mentor(app: App, text: str) -> View:
    """Return the mentor that the text means, or ME."""
    return ME if text == vocabulary.ME else mentor(app, text)


def each_once(find: Callable[[App, str], View]) -> Callable[[App, Sequence[str]], list[View]]:
    """Return what finds the records that several texts mean, each once, in their order."""
    return lambda app, texts: list({view["id"]: view for view in (find(app, text) for text in texts)}.values())


mentors = each_once(mentor)


def mentors_named(app: App, text: str) -> list[View]:
    """Return the mentors, at least one, whom a text names with commas between them."""
    return mentors(app, split_names(text) or [text])


def mentor_ids(app: App, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the mentors that the texts mean, each once, in their order."""
    return tuple(view["id"] for view in mentors(app, texts))


def split_names(text: str) -> list[str]:
    """Return the words or names of a text with commas between them."""
    return [word.strip() for word in text.split(",") if word.strip()]


def record(*kinds: str) -> Callable[[App, str], View]:
    """Return what finds the record of one of the kinds (of any without one) that a text means."""
    return lambda app, text: app.reading.resolve(text, *(kinds or app.kinds), by_name=app.kinds == ("mentor",))


goal = record("goal")


def day_before(app: App, text: str | None) -> date:
    """Return the day on which something happened, today where none is given; never one to come."""
    return app.today if text is None else dates.back(text, app.today)


def day_ahead(app: App, text: str) -> date:
    """Return the day on which something is to come."""
    return dates.ahead(text, app.today)


def length(app: App, text: str) -> int:
    """Return a length of time in days."""
    return dates.days(text)


def completions(app: App, start: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Return (id, title) for the shell's completion: no error, nothing that a shell would act on."""
    from mentorlog.output.text import safe

    try:
        candidates = app.reading.completions(start, kinds or app.kinds)
    except Exception:
        return []
    # The scripts of Typer evaluate what they are given.
    table = str.maketrans({"'": "’", '"': "’", "`": "’", "\\": "/", "$": "", ":": " ", "\t": " "})
    return [
        (id, " ".join(safe(title).translate(table).split()))
        for id, title in candidates
        if id.isascii() and id[:1].isalnum() and id.replace("-", "").isalnum()
    ]
