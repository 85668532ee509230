"""`mentorlog init`: begin a journal, or choose one that is there."""

from dataclasses import replace
from typing import Any

from mentorlog import places
from mentorlog.app import NOT_PRIVILEGED
from mentorlog.commands import options as opt
from mentorlog.errors import MentorlogError
from mentorlog.models.profile import Profile
from mentorlog.output.messages import set as messages

_QUESTIONS = {
    "name": "Your name? (Enter: not said)",
    "stage": "Your stage? (student, intern, resident, fellow …; Enter: not said)",
    "program": "Your program? (Enter: not said)",
}


def run(
    ctx: opt.Context,
    path: str | None = opt.argument("PATH", "The folder, which is remembered", default=None),
    name: str | None = opt.option("--name", metavar="NAME", help="Your name"),
    stage: str | None = opt.option("--stage", metavar="WORD", help="student, intern, resident, fellow …"),
    program: str | None = opt.option("--program", metavar="NAME", help="Your program"),
) -> None:
    """Create a journal in a folder, or select an existing one.

    The folder is remembered for later commands. Without PATH it is the one given by --journal, MENTORLOG_JOURNAL or an
    earlier init, else your system's default.

    Example: mentorlog init ~/mentorship --name "Mary Blackwell" --stage resident
    """
    app = ctx.obj
    root = app.places.journal if path is None else places.full(path)
    if not places.is_journal(root) and places.in_use(root):
        raise MentorlogError(f"{root} holds other things and no journal.", "name a new folder, for example one in it")
    journal = app.open(root)
    profile: dict[str, Any] = {"name": name, "stage": stage, "program": program}
    if not journal.exists:
        profile = app.prompt.fill(profile, _QUESTIONS)
    profile = {field: app.texts.text(text) for field, text in profile.items() if text}
    Profile(**profile)  # what it refuses is refused before anything is made
    created = journal.create() if path is None else places.remember(root, journal.create)
    app.out.note(*(NOT_PRIVILEGED if created else ()))
    lines = [f"{'Began a' if created else 'Using the'} journal in {root}"]
    if profile:
        view = journal.change(
            "init", lambda transaction: transaction.put_profile(replace(transaction.profile(), **profile))
        )
        lines += [] if created else ["Set your profile", *messages.lines(view, list(profile), {})]
    app.out.say(lines, {"journal": str(root), "created": created, "remembered": path is not None})
