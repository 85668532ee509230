"""Conversion of text to values: records by their ids and names, dates, lengths of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from mentorlog import vocabulary
from mentorlog.errors import BadDate, BadValue, UnknownId, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta, tzinfo

    from mentorlog.app import App
    from mentorlog.models.views import View


ME: View = {"id": vocabulary.ME, "record": "", "name": "", "status": "", "my_role": ""}
"""The resident, in place of a mentor."""

AUDIENCES = "use program, self or a mentor; see: mentorlog mentor list"
"""The hint where a text is not an audience of an export."""


def mentor(app: App, text: str, missing: str | None = None) -> View:
    """Return the mentor for the text: a slug, a unique prefix of it, or of a word of the name.

    `missing` is the hint if no mentor matches.
    """
    try:
        return app.reading.resolve(text, "mentor", by_name=True)
    except UnknownId as error:
        error.hint = missing or error.hint
        raise


def adding(name: str) -> str:
    """Return how to add somebody who is not in the journal yet."""
    from shlex import quote

    who = quote(name)
    return f"add them first: mentorlog mentor scout {who}, or if they are your mentor: mentorlog mentor add {who}"


def me_or_mentor(app: App, text: str) -> View:
    """Return the mentor for the text, or ME."""
    return ME if text == vocabulary.ME else mentor(app, text)


def each_once(find: Callable[[App, str], View]) -> Callable[[App, Sequence[str]], list[View]]:
    """Return a function that finds the records for several texts, each once, in order."""
    return lambda app, texts: list({view["id"]: view for view in (find(app, text) for text in texts)}.values())


_mentors = each_once(mentor)


def mentors(app: App, texts: Sequence[str]) -> list[View]:
    """Return the mentors for several texts, each once, in order; a text with commas is several."""
    if any("," in text for text in texts):
        from mentorlog import names  # a list does not need it

        texts = [item for text in texts for item in names.split(text) or [text]]
    return _mentors(app, texts)


def people(app: App, words: Sequence[str]) -> list[View]:
    """Return the mentors for words of a command line: `grace chen` is one of that name, `grace,chen` are two."""
    from mentorlog import names  # a list does not need it

    return _mentors(app, names.grouped(words, app.reading.is_name))


def mentor_ids(app: App, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the mentors for the texts, each once, in order."""
    return tuple(view["id"] for view in mentors(app, texts))


def record(*kinds: str, by_name: bool = True) -> Callable[[App, str], View]:
    """Return a function that finds the record of one of the kinds (default: any) for a text; see Finder."""
    return lambda app, text: app.reading.resolve(text, *(kinds or app.kinds), by_name=by_name)


goal = record("goal")


def whose(app: App, goal: View) -> str:
    """Return the name of the mentee whose goal it is; "" for a goal of mine."""
    return app.reading.titles([goal["whose"]]).get(goal["whose"], goal["whose"]) if goal["whose"] else ""


def day_before(app: App, text: str | None) -> date:
    """Return the date on which something happened (default today), never in the future."""
    if text is None:
        return app.today
    from mentorlog import date_words  # loaded only for a date that was typed

    return date_words.back(text, app.today, app.first_weekday)


def day_ahead(app: App, text: str) -> date:
    """Return the date on which something is planned or due."""
    return app.reading.day_ahead(text, app.today)


def day_either(app: App, text: str) -> date:
    """Return a date in the past if the text fits one, else ahead."""
    try:
        return day_before(app, text)
    except BadDate:
        return day_ahead(app, text)


def length(app: App, text: str) -> int:
    """Return a length of time in days."""
    from mentorlog import date_words

    return date_words.days(text)


def lead(app: App, text: str) -> timedelta:
    """Return how long before an event a reminder comes: `15m`, `2 h`, `1d`; here m is a minute."""
    import re
    from datetime import timedelta

    units = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
    found = re.fullmatch(r"([0-9]{1,4}) ?(m|h|d|w|min|minutes?|hours?|days?|weeks?)", text.strip().lower())
    if not found:
        raise BadValue("lead", f"{shortened(text)} is not a time before an event.", "for example: 15m, 2h or 1d")
    return timedelta(**{units[found[2][0]]: int(found[1])})


def zone(app: App, text: str) -> tzinfo:
    """Return the time zone of a name such as Europe/Athens."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        hint = "for example: Europe/Athens, America/New_York or UTC"
        raise BadValue("zone", f"{shortened(text)} is not a time zone.", hint) from None


def usual_zone(app: App) -> tzinfo | None:
    """Return the time zone of calendars that the user has set; None for that of the machine."""
    if not app.has_settings or not (name := app.config.checked("zone")):
        return None
    try:
        return zone(app, name)
    except BadValue as error:
        raise BadValue("zone", f"zone in {app.config.path}: {error.sentence}", _UNSET.format("zone")) from None


_UNSET = "set another, or use the default: mentorlog config unset {}"


def tags(app: App, texts: Sequence[str]) -> list[str]:
    """Return tags as they were typed, without those that are the same but for case, accents or a #."""
    from mentorlog.fold import each_tag_once

    return each_tag_once(texts)
