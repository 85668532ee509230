"""The program: its clock, its streams, and the boundary where failures become an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

from mentorlog.app import App
from mentorlog.errors import BadDate, Bug, DiskFailure, Interrupted, MentorlogError, Unchanged


def main(argv: Sequence[str] | None = None) -> int:
    """Run mentorlog with these arguments, else those of the process; return the exit status."""
    os.umask(0o077)
    _use_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    app = App(datetime.now(UTC))  # until the clock is known
    if "_MENTORLOG_COMPLETE" in os.environ:
        from mentorlog.cli import completion, groups

        return completion.answer(groups.Root(), app)
    try:
        app = App(*_clock(os.environ.get("MENTORLOG_NOW")))
        status = _run(app, arguments)
        _flush()
    except BrokenPipeError:  # exit quietly: stdout was closed
        with suppress(BrokenPipeError):
            app.on_broken_pipe()
        status = 0
    except BaseException as failure:
        if isinstance(failure, (SystemExit, GeneratorExit)):
            raise
        status = _report(failure, app)
    _drop_unwritable()
    return status


def _run(app: App, arguments: list[str]) -> int:
    """Run what the arguments ask for; typer is imported only where there is something to parse."""

    def alone() -> None:
        from mentorlog.flows.show_status import show_status

        show_status(app)

    status = 0
    if not arguments:
        alone()
    elif arguments == ["--version"]:
        app.show_version()
    else:
        try:
            from mentorlog.cli import groups
        except Exception:
            app.debug |= "--debug" in arguments  # nobody will parse them
            raise
        status = groups.run(groups.Root(alone), app, arguments)
    app.on_success()
    return status


# The clock.


def _clock(setting: str | None) -> tuple[datetime, date]:
    """Return now and today: of this machine, or as MENTORLOG_NOW sets them."""
    if not setting:
        now = _with_offset(datetime.now().replace(microsecond=0))
        return now, now.date()
    try:
        now = datetime.fromisoformat(f"{setting}T12:00" if len(setting) == 10 else setting)
        if not 1900 <= now.year <= 9000:  # where counting days would leave the calendar
            raise ValueError
    except ValueError:
        hint = "write it like 2027-02-03 or 2027-02-03T09:00:00+01:00"
        raise BadDate(f"MENTORLOG_NOW is neither a date nor an instant: {setting[:40]!r}.", hint) from None
    return (now if now.tzinfo else _with_offset(now)), now.date()


def _with_offset(now: datetime) -> datetime:
    """Return a time of this machine with its offset; BadDate where its time zone gives none."""
    try:
        return now.astimezone()
    except (ValueError, OverflowError, OSError):
        zone = os.environ.get("TZ", "")[:40]
        raise BadDate(f"TZ is no time zone: {zone!r}.", "set it like Europe/Berlin, or leave it out") from None


# The boundary.


def _report(failure: BaseException, app: App) -> int:
    """Print what went wrong, and return the exit status."""
    try:
        error = _as_error(failure, app)
        if isinstance(error, Unchanged):
            app.out.note(error.sentence)
            if app.json:
                app.out.say("", error.data)
        else:
            app.out.error(error)
        app.on_failure()
        _flush()
    except BrokenPipeError:
        with suppress(BrokenPipeError):
            app.on_broken_pipe()
        return getattr(failure, "exit_code", 0)
    except OSError:  # an output is full: nobody can be told more
        return error.exit_code or DiskFailure.exit_code
    return error.exit_code


def _as_error(failure: BaseException, app: App) -> MentorlogError:
    if isinstance(failure, MentorlogError):
        return failure
    if isinstance(failure, KeyboardInterrupt):
        return Interrupted("Interrupted.", "see what is saved with: mentorlog history")
    if isinstance(failure, OSError) and failure.errno is not None:
        named = f" {os.fsdecode(failure.filename)}" if isinstance(failure.filename, (str, bytes)) else ""
        why = (failure.strerror or "unknown error").lower()
        return DiskFailure(f"The disk refused{named}: {why}.", _disk_hint(failure, app))
    if app.debug:
        import traceback

        app.out.note(*"".join(traceback.format_exception(failure)).splitlines())
        return Bug(f"mentorlog failed: {type(failure).__name__}.")
    try:
        from mentorlog.cli.crash_report import report

        where = f"What is known of it, without any of your text, is in {report(failure, app.places.state, app.now)}"
    except (OSError, MentorlogError):
        where = "Nothing could be written down about it"
    return Bug(f"This is a bug in mentorlog ({type(failure).__name__}). {where}", "--debug shows more")


def _disk_hint(failure: OSError, app: App) -> str:
    import errno

    if app.saved:
        return "see what is saved with: mentorlog history"
    if failure.errno in (errno.ENOSPC, errno.EDQUOT):
        return "free some space, then run the command again"
    return "see whose the file and its folder are, and whether the disk can be written: mentorlog paths"


# The streams.


def _use_utf8() -> None:
    """Write UTF-8 in any locale; escape what is no character, and open closed streams on nothing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


def _drop_unwritable() -> None:
    """Point closed or full outputs to nowhere, so that Python's last flush is quiet."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
