"""The program: its clock, and the one boundary where failures become words and a status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

from mentorlog.app import App
from mentorlog.errors import BadDate, Bug, DiskFailure, Interrupted, MentorlogError, Unchanged

_NOW_HINT = "write it like 2027-02-03 or 2027-02-03T09:00:00+01:00"


def main(argv: Sequence[str] | None = None) -> int:
    """Run mentorlog with these arguments, else those of the process; return the exit status."""
    os.umask(0o077)
    _speak_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    app = App(datetime.now(UTC))  # until the clock is known
    if "_MENTORLOG_COMPLETE" in os.environ:
        from mentorlog.cli import groups

        return groups.complete(groups.Root(app), app)
    try:
        app = App(*_clock(os.environ.get("MENTORLOG_NOW")))
        status = _run(app, arguments)
        _flush()
    except BrokenPipeError:
        _cut_off(app)
        status = 0
    except BaseException as failure:
        if isinstance(failure, (SystemExit, GeneratorExit)):
            raise
        status = _answer(failure, app)
    _drop_closed_pipes()
    return status


def _run(app: App, arguments: list[str]) -> int:
    """Run what the arguments ask for; typer is imported only where there is something to parse."""
    if not arguments:
        from mentorlog.flows.show_status import show_status

        show_status(app)
        app.finish()
        return 0
    if arguments == ["--version"]:
        app.show_version()
        return 0
    from mentorlog.cli import groups

    status = groups.run(groups.Root(app), app, arguments)
    app.finish()
    return status


# The clock.


def _clock(said: str | None) -> tuple[datetime, date]:
    """Return now and today: of this machine, or as MENTORLOG_NOW says."""
    if not said:
        now = _here(datetime.now().replace(microsecond=0))
        return now, now.date()
    try:
        now = datetime.fromisoformat(f"{said}T12:00" if len(said) == 10 else said)
        if not 1900 <= now.year <= 9000:  # where counting days would leave the calendar
            raise ValueError
    except ValueError:
        raise BadDate(f"MENTORLOG_NOW is neither a date nor an instant: {said[:40]!r}.", _NOW_HINT) from None
    return (now if now.tzinfo else _here(now)), now.date()


def _here(now: datetime) -> datetime:
    """Return a time of this machine with its offset; BadDate where its time zone has none that can be."""
    try:
        return now.astimezone()
    except (ValueError, OverflowError, OSError):
        zone = os.environ.get("TZ", "")[:40]
        raise BadDate(f"TZ is no time zone: {zone!r}.", "set it like Europe/Berlin, or leave it out") from None


# The boundary.


def _answer(failure: BaseException, app: App) -> int:
    """Say what went wrong, and return the exit status."""
    try:
        told = _told(failure, app)
        if isinstance(told, Unchanged):
            _tell_unchanged(told, app)
        else:
            app.out.error(told)
        app.give_up()
        _flush()
    except BrokenPipeError:
        _cut_off(app)
        return getattr(failure, "exit_code", 0)
    return told.exit_code


def _tell_unchanged(told: Unchanged, app: App) -> None:
    app.out.note(told.sentence)
    if app.json:
        app.out.say("", told.data)


def _cut_off(app: App) -> None:
    """The reader went away: that is no failure, and nobody is there to hear of anything."""
    with suppress(BrokenPipeError):
        app.cut_off()


def _told(failure: BaseException, app: App) -> MentorlogError:
    """The failure as one of ours."""
    if isinstance(failure, MentorlogError):
        return failure
    if isinstance(failure, KeyboardInterrupt):
        return Interrupted("Interrupted.", "see what is saved with: mentorlog history")
    if isinstance(failure, OSError) and failure.errno is not None:
        named = f" {os.fsdecode(failure.filename)}" if isinstance(failure.filename, (str, bytes)) else ""
        why = (failure.strerror or "unknown error").lower()
        return DiskFailure(f"The disk refused{named}: {why}.", _room(failure, app))
    if app.debug:
        import traceback

        for line in "".join(traceback.format_exception(failure)).splitlines():
            app.out.note(line)
        return Bug(f"mentorlog failed: {type(failure).__name__}.")
    try:
        from mentorlog.cli.crash_report import report

        where = f"What is known of it, without any of your text, is in {report(failure, app.places.state, app.now)}"
    except (OSError, MentorlogError):
        where = "Nothing could be written down about it"
    return Bug(f"This is a bug in mentorlog ({type(failure).__name__}). {where}", "--debug shows more")


def _room(failure: OSError, app: App) -> str:
    import errno

    if app.saved:
        return "see what is saved with: mentorlog history"
    if failure.errno in (errno.ENOSPC, errno.EDQUOT):
        return "free some space, then run the command again"
    return "see whose the file and its folder are, and whether the disk can be written: mentorlog paths"


# The streams.


def _speak_utf8() -> None:
    """UTF-8 whatever the locale says; a character that cannot be is shown escaped, and a closed stream swallows."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


def _drop_closed_pipes() -> None:
    """Point outputs that nobody reads any more to nowhere, so that the interpreter's last flush is quiet."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (BrokenPipeError, ValueError):
            try:
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
            except (OSError, ValueError):
                pass
