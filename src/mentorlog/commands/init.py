"""`mentorlog init`: begin a journal, or choose one that is there."""

from dataclasses import replace
from typing import Annotated, Any

from mentorlog.commands import options as opt
from mentorlog.flows import begin_journal
from mentorlog.models.profile import Profile
from mentorlog.output.messages import set as messages

_QUESTIONS = {
    "name": "Your name? (Enter: not said)",
    "stage": "Your stage? (student, intern, resident, fellow …; Enter: not said)",
    "program": "Your program? (Enter: not said)",
}


def run(
    ctx: opt.Context,
    path: Annotated[str | None, opt.argument("PATH", "The folder, which is remembered")] = None,
    name: Annotated[str | None, opt.option("--name", metavar="NAME", help="Your name")] = None,
    stage: Annotated[
        str | None, opt.option("--stage", metavar="WORD", help="student, intern, resident, fellow …")
    ] = None,
    program: Annotated[str | None, opt.option("--program", metavar="NAME", help="Your program")] = None,
) -> None:
    """Create a journal in a folder, or select an existing one.

    The folder is remembered for later commands. Without PATH it is the one given by --journal, MENTORLOG_JOURNAL or an
    earlier init, else your system's default.

    Example: mentorlog init ~/mentorship --name "Mary Blackwell" --stage resident
    """
    app = ctx.obj
    journal = begin_journal.choose(app, path)
    profile: dict[str, Any] = {"name": name, "stage": stage, "program": program}
    if not journal.exists:
        profile = app.prompt.fill(profile, _QUESTIONS)
    profile = {field: app.texts.text(text) for field, text in profile.items() if text}
    Profile(**profile)  # what it refuses is refused before anything is made
    created = begin_journal.begin(app, journal, remember=path is not None)
    lines = [f"{'Began a' if created else 'Using the'} journal in {journal.root}"]
    if profile:
        view = journal.change(
            "init", lambda transaction: transaction.put_profile(replace(transaction.profile(), **profile))
        )
        lines += [] if created else ["Set your profile", *messages.lines(view, list(profile), {})]
    data = {"journal": str(journal.root), "created": created, "remembered": path is not None}
    app.out.say(lines, data)
