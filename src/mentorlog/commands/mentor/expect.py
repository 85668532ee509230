"""`mentorlog mentor expect`."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.output.messages import mentor as messages

_list = partial(opt.text, rare=False)
_QUESTIONS = {
    "mine": "What do you expect of them? (Enter to skip)",
    "theirs": "What do they expect of you? (Enter to skip)",
    "off_limits": "What is off limits? (Enter to skip)",
    "not_looking_for": "What are you not looking for? (Enter to skip)",
}


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    mine: list[str] | None = _list("--mine", help="What you expect of them (repeatable)"),
    theirs: list[str] | None = _list("--theirs", help="What they expect of you (repeatable)"),
    off_limits: list[str] | None = _list("--off-limits", help="Topic that is off limits (repeatable)"),
    not_looking_for: list[str] | None = _list("--not-looking-for", help="What you are not looking for (repeatable)"),
    asked: date | None = opt.day("--asked", help="Date you asked what they expect"),
    clear: opt.Clear = None,
) -> None:
    """Record what you expect of each other.

    New entries are added to existing ones. --clear first empties mine, theirs, off_limits, not_looking_for or asked.

    Example: mentorlog mentor expect osler --theirs "Drafts in time" --asked today
    """
    from mentorlog.models.mentor import Mentor

    app = ctx.obj
    lists = zip(vocabulary.EXPECTATIONS, (mine, theirs, off_limits, not_looking_for), strict=True)
    given = {name: app.texts.texts(texts) for name, texts in lists}
    added: dict[str, Sequence[str]] = {name: texts for name, texts in given.items() if texts is not None}
    if not (added or asked or clear):
        if not app.interactive:
            hint = "use --mine, --theirs, --off-limits, --not-looking-for, --asked or --clear"
            raise Usage("Nothing to record.", hint)
        added = {name: [text] for name, text in app.prompt.fill(given, _QUESTIONS).items() if text}
    name = f"mentor expect: {mentor['name']}"
    view, changed = app.journal.update(
        Mentor, mentor["id"], name, lambda m: m.expecting(added, clear=clear or (), asked_on=asked)
    )
    first, *rest = messages.expectations(view)
    app.out.say([first if changed else f"Nothing changed. {first}", *rest], view)
