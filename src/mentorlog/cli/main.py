"""The entry point: clock, streams, and the boundary where failures become an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

from mentorlog.app import App
from mentorlog.errors import BadDate, Bug, DiskFailure, Interrupted, MentorlogError, RemoteFailure, Unchanged


def main(argv: Sequence[str] | None = None) -> int:
    """Run mentorlog with these arguments (default: those of the process); return the exit status."""
    os.umask(0o077)
    _use_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    app = App(datetime.now(UTC))  # until the clock is known
    if "_MENTORLOG_COMPLETE" in os.environ:
        from mentorlog.cli import reply

        status = reply.answer(app, arguments)
        _drop_unwritable()
        return status
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
    """Run the command; Typer is imported only if there are arguments to parse."""

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
            app.debug |= "--debug" in arguments  # they will not be parsed
            raise
        status = groups.run(groups.Root(alone), app, arguments)
    app.on_success()
    return status


# The clock.


def _clock(setting: str | None) -> tuple[datetime, date]:
    """Return now and today, from MENTORLOG_NOW or the system clock."""
    if not setting:
        now = _with_offset(datetime.now().replace(microsecond=0))
        return now, now.date()
    try:
        now = datetime.fromisoformat(f"{setting}T12:00" if len(setting) == 10 else setting)
        if not 1900 <= now.year <= 9000:  # beyond, date arithmetic would overflow
            raise ValueError
    except ValueError:
        hint = "use a value like 2027-02-03 or 2027-02-03T09:00:00+01:00"
        raise BadDate(f"MENTORLOG_NOW is not a date or time: {setting[:40]!r}.", hint) from None
    return (now if now.tzinfo else _with_offset(now)), now.date()


def _with_offset(now: datetime) -> datetime:
    """Return a local time with its UTC offset, even if clocks skipped it; BadDate if the time zone is invalid."""
    try:
        return now.replace(tzinfo=now.astimezone().tzinfo)
    except (ValueError, OverflowError, OSError):
        zone = os.environ.get("TZ", "")[:40]
        raise BadDate(f"TZ is not a time zone: {zone!r}.", "use a value like Europe/Berlin, or unset it") from None


# The boundary.


def _report(failure: BaseException, app: App) -> int:
    """Print the error and return the exit status."""
    try:
        error = _as_error(failure, app)
        if isinstance(error, Unchanged):
            app.out.note(error.sentence, *([f"hint: {error.hint}"] if error.hint else []))
            if app.json:
                app.out.say("", error.data)
        else:
            app.out.error(error)
        if app.debug and isinstance(error, RemoteFailure) and error.said:
            app.out.note("git says:", *(f"  {line}" for line in error.said.splitlines()))
        app.on_failure()
        _flush()
    except BrokenPipeError:
        with suppress(BrokenPipeError):
            app.on_broken_pipe()
        return getattr(failure, "exit_code", 0)
    except OSError:  # the output is full: no more can be printed
        return error.exit_code or DiskFailure.exit_code
    return error.exit_code


def _as_error(failure: BaseException, app: App) -> MentorlogError:
    if isinstance(failure, MentorlogError):
        return failure
    # Python 3.11 puts what interrupts the making of a class into a RuntimeError.
    if isinstance(failure, KeyboardInterrupt) or isinstance(failure.__cause__, KeyboardInterrupt):
        return Interrupted("Interrupted.", "see what was saved: mentorlog history")
    if isinstance(failure, OSError) and failure.errno is not None:
        named = isinstance(failure.filename, (str, bytes))
        what = f"Cannot access {os.fsdecode(failure.filename)}" if named else "Disk error"
        return DiskFailure(f"{what}: {(failure.strerror or 'unknown error').lower()}.", _disk_hint(failure, app))
    if app.debug:
        import traceback

        app.out.note(*"".join(traceback.format_exception(failure)).splitlines())
        return Bug(f"mentorlog failed: {type(failure).__name__}.")
    try:
        from mentorlog.cli.crash_report import report

        where = f"A report without any of your text is in {report(failure, app.places.state, app.now)}"
    except (OSError, MentorlogError):
        where = "No report could be saved."
    return Bug(f"This is a bug in mentorlog ({type(failure).__name__}). {where}", "for a traceback, add --debug")


def _disk_hint(failure: OSError, app: App) -> str:
    import errno

    if app.saved:
        return "see what was saved: mentorlog history"
    if failure.errno in (errno.ENOSPC, errno.EDQUOT):
        return "free some space, then run the command again"
    return "check the permissions of the file and its folder, and that the disk is writable; see: mentorlog paths"


# The streams.


def _use_utf8() -> None:
    """Write UTF-8 in any locale, escape lone surrogates, and point closed streams to /dev/null."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until exit
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


def _drop_unwritable() -> None:
    """Point closed or full outputs to /dev/null, so that Python's final flush is quiet."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
