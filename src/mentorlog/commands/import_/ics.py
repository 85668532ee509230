"""`mentorlog import ics`."""

from datetime import date

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.import_ import options as of_import
from mentorlog.errors import BadValue, shortened
from mentorlog.flows.import_calendar import import_calendar


def _matches(app: App, texts: list[str]) -> list[tuple[str, str]]:
    """Return (text, id of the mentor) for each `TEXT=MENTOR`."""
    found = []
    for text in texts:
        words, sign, mentor = text.rpartition("=")
        if not (sign and words.strip() and mentor.strip()):
            sentence = f"{shortened(text)} is not a text and a mentor."
            raise BadValue("match", sentence, 'for example: --match "films=osler"')
        found.append((words, lookup.mentor(app, mentor)["id"]))
    return found


def run(
    ctx: opt.Context,
    file: str = of_import.file("your calendar program"),
    with_: opt.View | None = opt.person("--with", "-w", help="Every event is with this mentor", rare=False),
    match: list[opt.View] | None = opt.option(
        "--match", metavar="TEXT=MENTOR", help="Events with TEXT in the title are with MENTOR (repeatable)", to=_matches
    ),
    past: str | None = opt.choice(
        "--past",
        of=vocabulary.PAST_EVENTS,
        help="What is over: held (default), planned (you are asked about it) or skip",
        rare=False,
    ),
    since: date | None = opt.option(
        "--since", metavar="DATE", help="Events on or after this date (default a year ago)", to=lookup.day_either
    ),
    until: date | None = opt.option(
        "--until", metavar="DATE", help="Events on or before this date (default in 60 days)", to=lookup.day_either
    ),
    zone: of_import.Zone = None,
    descriptions: bool = opt.flag("--descriptions", help="Take descriptions as notes of new meetings"),
    dry_run: of_import.DryRun = False,
    replace: of_import.Replace = False,
) -> None:
    """Import meetings with mentors from a calendar (iCalendar).

    An event comes in if a mentor's e-mail address is among its guests, or a mentor's full or last name in its title. Of
    an event that repeats, only the next date is planned. A meeting of this journal that was moved in the calendar is
    listed, and --replace moves it.

    Example: mentorlog import ics work.ics --dry-run
    Example: mentorlog import ics work.ics --match "films=osler"
    """
    import_calendar(
        ctx.obj,
        file,
        since=since,
        until=until,
        titles=match or (),
        replace=replace,
        dry_run=dry_run,
        everyone=with_["id"] if with_ else None,
        past=past or vocabulary.PAST_EVENTS[0],
        zone=zone or lookup.usual_zone(ctx.obj),
        descriptions=descriptions,
    )
