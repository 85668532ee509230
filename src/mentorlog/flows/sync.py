"""A sync with the remote: its address and how to send, the questions about deletions, and what is reported."""

from __future__ import annotations

from collections.abc import Mapping

from mentorlog import places
from mentorlog.app import App
from mentorlog.domain.reports import SyncReport
from mentorlog.domain.syncing import AGE, KEEP, PLAIN, SEND, Remote, SyncRequest
from mentorlog.errors import (
    AnswerNeeded,
    Interrupted,
    ManyDeletions,
    MentorlogError,
    Unchanged,
    Unreachable,
    Usage,
)
from mentorlog.flows import keys
from mentorlog.flows.exclusive import refuse_with
from mentorlog.input.passphrase import Passphrases
from mentorlog.input.prompt import Legend
from mentorlog.output.messages import sync as messages
from mentorlog.store.keys import Key
from mentorlog.store.sync.address import address
from mentorlog.store.sync_programs import double_notice


def plain(app: App, given: bool, to: str | None) -> bool:
    """Return whether records are sent as they are; without a new remote, --plain is the option of every command."""
    if given and to is None:
        app.set_option("plain", True)
    return given and to is not None


def check(
    options: Mapping[str, object], *, encrypt: bool, plain: bool, status: bool, leave: bool, forget: bool
) -> None:
    """Raise Usage for options that cannot be used together."""
    if status:
        refuse_with("--status", {**options, "--leave": leave, "--forget": forget}, "run: mentorlog sync --status")
    if forget:
        others = {option: given for option, given in options.items() if option != "--yes"}
        refuse_with("--forget", {**others, "--leave": leave}, "run: mentorlog sync --forget")
    if leave:
        refuse_with("--leave", options, "run: mentorlog sync --leave")
    if encrypt:
        refuse_with("--encrypt", {"--plain": plain}, "use only one of them")
    for option, given in {"--encrypt": encrypt, "--join": options["--join"]}.items():
        if given and options["--to"] is None:
            raise Usage(f"{option} needs --to.", "add the address of the remote: --to URL")


def remote(app: App, url: str, *, encrypt: bool, plain: bool) -> Remote:
    """Return the remote with an address, and how records are sent to it, which is asked for if it is not said."""
    found = address(url)
    if not (encrypt or plain):
        question = f"Encrypt what is sent to {found.place}?"
        if not app.interactive:
            raise AnswerNeeded("--encrypt or --plain", question)
        choices, legend = (*messages.CIPHERS,), Legend(messages.CIPHERS)
        encrypt = app.prompt.ask(question, choices=choices, legend=legend) == choices[0]
    return Remote(found.url, AGE if encrypt else PLAIN)


def sync(app: App, request: SyncRequest, *, quiet: bool = False) -> int:
    """Exchange changes with the remote and report what happened; return the exit status.

    With `quiet` and nobody at a terminal, a remote that stays out of reach is reported once a day.
    """
    needs_key = request.to is not None and request.to.cipher != PLAIN and not keys.has_key(app)
    try:
        report = _exchanged(app, request)
    except Unreachable as unreachable:
        if app.journal.remotes.is_told() and quiet and not app.interactive:
            return unreachable.exit_code
        raise
    lines = messages.lines(report, dry_run=request.dry_run, quiet=quiet)
    if app.json or lines:
        app.out.say(lines, messages.data(report, dry_run=request.dry_run))
    app.out.note(*(line for many in report.asks for line in messages.asking(many)), *messages.held(report))
    is_news = report.sent.count or needs_key or (report.first and not report.received.count)
    if request.to and is_news and not (request.dry_run or quiet):
        app.out.note(*messages.joining(request.to, is_new_key=needs_key))
    app.out.note(*(double_notice(app.journal.root) if request.to and not quiet else ()))
    return 3 if report.held else 0


def check_begin(options: Mapping[str, object]) -> None:
    """Raise Usage for options that are given without --from."""
    for option in (option for option, given in options.items() if given is not None):
        raise Usage(f"{option} needs --from.", "add the address of the remote: --from URL")


def begin(app: App, path: str | None, url: str, key_file: str | None, passphrase_command: str | None) -> bool:
    """Make a journal from a remote's, with the key in a file, and report it; return whether nothing was held back."""
    root = app.places.journal if path is None else places.full(path)
    url = address(url).url
    from mentorlog.store.sync.remotes import is_untouched

    may_go_on = is_untouched(root)
    if places.is_journal(root) and not may_go_on:
        from shlex import quote

        hint = f"to sync it: mentorlog --journal {quote(str(root))} sync --to {quote(url)}"
        raise MentorlogError(f"{root} is already a journal.", hint)
    if root.exists() and any(root.iterdir()) and not may_go_on:
        raise MentorlogError(f"{root} is not empty.", "use a new folder, such as one inside it")
    passphrases = Passphrases(app.prompt, passphrase_command, no_input=app.no_input)
    key = None if key_file is None else keys.read_key(app, key_file, passphrases, "init --from URL --key")
    app.open(root)
    request = SyncRequest(to=Remote(url), begin=True)

    def make() -> SyncReport:
        return _exchanged(app, request, key)

    report = make() if path is None else places.remember(root, make)
    data = messages.data(report, dry_run=False)
    created = {"journal": str(root), "created": True, "remembered": path is not None}
    app.out.say(messages.began(root, report), {**created, **data})
    app.out.note(*messages.held(report))
    return not report.held


def forget(app: App, *, yes: bool, quiet: bool = False) -> bool:
    """Sync, then remove the history of the remote; return whether nothing was held back."""
    remotes = app.journal.remotes
    status = remotes.status()
    if status is not None and not yes and not app.prompt.confirm(messages.forgetting(status.remote)):
        raise Unchanged("The history of the remote was not changed.")
    report, ids = remotes.forget(SyncRequest(may_ask=app.interactive))
    lines = [*messages.lines(report, dry_run=False, quiet=True), messages.forgotten(report.remote, ids)]
    app.out.say(lines, {**messages.data(report, dry_run=False), "removed": list(ids)})
    app.out.note(*messages.held(report), *(() if quiet else messages.not_forgotten(ids)))
    return not report.held


def _exchanged(app: App, request: SyncRequest, key: Key | None = None) -> SyncReport:
    """Return what a sync did; ask before many records are deleted."""
    request = request.but(may_ask=app.interactive)
    host = address(request.to.url).place if request.to else app.journal.remotes.place() or "the remote"
    try:
        while True:
            try:
                with app.out.waiting(f"Connecting to {host} …"):
                    return app.journal.sync(request, key)
            except ManyDeletions as many:
                if not app.interactive:
                    raise
                request = _decided(app, request, many)
    except KeyboardInterrupt:
        if app.saved:
            raise
        raise Interrupted from None


def _decided(app: App, request: SyncRequest, many: ManyDeletions) -> SyncRequest:
    """Return the request with the user's decision on many deletions; Unchanged if nothing is to be done."""
    app.out.note(messages.deletions(many))
    if many.here:
        fates = messages.FATES
        question = "What should become of them?"
        fate = app.prompt.ask(question, choices=(*fates,), legend=Legend(fates), option="--deleted")
        if fate in (KEEP, SEND):
            return request.but(deleted=fate)
    elif app.prompt.confirm("Delete them here, too?"):
        return request.but(yes=True)
    raise Unchanged("Nothing was received or sent.")


def show_status(app: App) -> None:
    """Show the remote, the last sync and what was not sent yet, without reaching the remote."""
    status = app.journal.remotes.status()
    app.out.say(messages.status(status, app.now), messages.status_data(status))


def leave(app: App) -> None:
    """Leave the remote, if there is one; it stays as it is, and so does the journal."""
    remotes = app.journal.remotes
    left = remotes.leave() if remotes.status() else None
    app.out.say(messages.left(left), {"remote": left})
