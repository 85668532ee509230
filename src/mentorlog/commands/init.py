"""`mentorlog init`: create a journal, or select an existing one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from mentorlog import places
from mentorlog.app import NOT_PRIVILEGED, App
from mentorlog.commands import options as opt
from mentorlog.errors import MentorlogError
from mentorlog.flows import sync
from mentorlog.flows.exclusive import refuse_with
from mentorlog.flows.offer_imports import offer_imports
from mentorlog.models.profile import Profile
from mentorlog.output.messages import set as messages

_QUESTIONS = {
    "name": "Your name? (Enter to skip)",
    "stage": "Your stage? (e.g. student, intern, resident, fellow; Enter to skip)",
    "program": "Your program? (Enter to skip)",
}


def _folder(app: App, text: str | None) -> Path:
    """Return the folder with a name, or the usual one: it is new, empty or a journal."""
    root = app.places.journal if text is None else places.full(text)
    if not places.is_journal(root) and places.in_use(root):
        raise MentorlogError(f"{root} is not empty and not a journal.", "use a new folder, such as one inside it")
    return root


def _chosen(app: App, usual: Path) -> str | None:
    """Ask for the folder where nothing names one; None for the usual one."""
    if app.places.named or not app.interactive:
        return None
    question = f"Where? (a new folder; Enter for {usual})"
    return app.prompt.ask_value(question, lambda text: str(_folder(app, text)) if text else None)


def run(
    ctx: opt.Context,
    path: str | None = opt.argument("PATH", "Folder of the journal", default=None),
    name: str | None = opt.option("--name", metavar="NAME", help="Your name"),
    stage: str | None = opt.option("--stage", metavar="WORD", help="student, intern, resident, fellow …"),
    program: str | None = opt.option("--program", metavar="NAME", help="Your program"),
    from_: str | None = opt.option("--from", metavar="URL", help="Get the journal of another machine from its remote"),
    key: str | None = opt.option("--key", metavar="FILE", help="With --from: the key of an encrypted remote"),
    passphrase_command: str | None = opt.option(
        "--passphrase-command", metavar="CMD", help="Command that prints the passphrase of the key", rare=True
    ),
) -> None:
    """Create a journal in a folder, or select an existing one.

    Later commands use this folder. Without PATH, it is taken from --journal, MENTORLOG_JOURNAL or an earlier `init`;
    otherwise it is the default folder of your system, or the one that you enter. With --from, it gets the records of
    the journal that another machine sent to a remote with `mentorlog sync`, and goes on exchanging changes with it.

    Example: mentorlog init ~/mentorship --name "Mary Blackwell" --stage resident
    Example: mentorlog init ~/mentorship --from /media/stick/journal.git
    Example: mentorlog init --from git@example.org:journal.git --key key.age
    """
    app = ctx.obj
    if from_ is not None:
        refuse_with("--from", {"--name": name, "--stage": stage, "--program": program}, "the profile comes with it")
        raise typer.Exit(0 if sync.begin(app, path, from_, key, passphrase_command) else 3)
    sync.check_begin({"--key": key, "--passphrase-command": passphrase_command})
    root = _folder(app, path)
    journal = app.open(root)
    profile: dict[str, Any] = {"name": name, "stage": stage, "program": program}
    if not journal.exists:
        profile = app.prompt.fill(profile, _QUESTIONS)
        root = _folder(app, path := path or _chosen(app, root))
        journal = app.open(root)
    profile = {field: app.texts.text(text) for field, text in profile.items() if text}
    Profile(**profile)  # reject invalid values before anything is created
    created = journal.create() if path is None else places.remember(root, journal.create)
    app.out.note(*(NOT_PRIVILEGED if created else ()))
    lines = [f"{'Created a' if created else 'Using the'} journal in {root}"]
    if profile:
        view = journal.change(
            "init", lambda transaction: transaction.put_profile(replace(transaction.profile(), **profile))
        )
        lines += [] if created else ["Set your profile", *messages.lines(view, list(profile), {})]
    app.out.say(lines, {"journal": str(root), "created": created, "remembered": path is not None})
    if created:
        offer_imports(app)
