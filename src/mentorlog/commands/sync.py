"""`mentorlog sync`: exchange changes with other machines."""

import typer

from mentorlog.commands import options as opt
from mentorlog.domain.syncing import KEEP, SEND, SyncRequest
from mentorlog.flows import sync as flow

_deleted = "Records missing here: bring them back (keep), or delete them on the others (send)"


def run(
    ctx: opt.Context,
    to: str | None = opt.option("--to", metavar="URL", help="Set the remote: a git repository, or a folder"),
    encrypt: bool = opt.flag("--encrypt", help="With --to: encrypt what is sent"),
    plain: bool = opt.flag("--plain", help="With --to: send it as it is"),
    status: bool = opt.flag("--status", help="Show the remote, the last sync and what was not sent yet"),
    dry_run: bool = opt.flag("--dry-run", help="Show what would be received and sent"),
    quiet: bool = opt.flag("--quiet", help="Print only what you need to do"),
    yes: bool = opt.flag("--yes", help="Accept many deletions, or --forget, without asking", rare=True),
    deleted: str | None = opt.choice("--deleted", of=(KEEP, SEND), help=_deleted),
    join: bool = opt.flag("--join", help="With --to: merge this journal with a different one", rare=True),
    rejoin: bool = opt.flag("--rejoin", help="Merge with a remote whose history was replaced", rare=True),
    forget: bool = opt.flag("--forget", help="Remove all earlier versions from the remote", rare=True),
    leave: bool = opt.flag("--leave", help="Forget the remote; it stays as it is, and so does the journal", rare=True),
) -> None:
    """Exchange changes with your other machines.

    They meet at a remote: a git repository of yours at a host, or in a folder such as a USB stick. Name it once with
    --to; on the other machine, begin with `mentorlog init --from URL`. What both sides changed is merged field by
    field, and no word is lost; where only one of two values can stay, both are kept until you choose with `mentorlog
    resolve`. What comes in is one change, which `undo --sync` undoes. A file that cannot be synced stays as it is on
    both sides, and the exit status is 3.

    Example: mentorlog sync --to git@git.example.org:journal.git --encrypt
    Example: mentorlog sync --to /media/stick/journal.git --plain
    Example: mentorlog sync
    """
    app = ctx.obj
    plain = flow.plain(app, plain, to)
    options = {"--to": to, "--dry-run": dry_run, "--yes": yes, "--deleted": deleted, "--join": join, "--rejoin": rejoin}
    flow.check(options, encrypt=encrypt, plain=plain, status=status, leave=leave, forget=forget)
    if status or leave:
        return flow.show_status(app) if status else flow.leave(app)
    if forget:
        raise typer.Exit(0 if flow.forget(app, yes=yes, quiet=quiet) else 3)
    remote = None if to is None else flow.remote(app, to, encrypt=encrypt, plain=plain)
    request = SyncRequest(remote, join=join, rejoin=rejoin, deleted=deleted or "", yes=yes, dry_run=dry_run)
    raise typer.Exit(flow.sync(app, request, quiet=quiet))
