"""`mentorlog goal progress`."""

from mentorlog import lookup
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.domain.progress import NOTHING, Step, parse, recorded
from mentorlog.output.messages import goal as messages


def _step(app: App, text: str) -> Step:
    return parse(text)


def run(
    ctx: opt.Context,
    goal: opt.Goal,
    progress: Step | None = opt.argument("PROGRESS", "40%, 12/50 or +3", to=_step, default=None),
    *,
    message: str | None = opt.message("Comment on the progress"),
    on: opt.On,
) -> None:
    """Record progress: a percentage, a count or a comment.

    A count is out of the target of the goal, as in 12/50, or so many more, as in +3. To correct a count, record the
    right one.

    Example: mentorlog goal progress g7k3q 40% -m "Draft with Dr Osler"
    Example: mentorlog goal progress g7k3q 12/50
    Example: mentorlog goal progress g7k3q +3
    """
    from mentorlog.models.goal import Goal

    app = ctx.obj
    if progress is None and message is None:
        question = f"What is the progress? (e.g. {'+1, 12/50' if goal['target'] else '40%'}, or a comment)"
        answer = app.prompt.ask(question, option="PROGRESS or --message TEXT")
        progress, message = (parse(answer), None) if answer[:1] in "+0123456789" else (None, answer)
    step, text, name = progress or NOTHING, app.texts.text(message), f"goal progress: {goal['title']}"
    view, _ = app.journal.update(Goal, goal["id"], name, lambda now: recorded(now, step, text, on=on))
    app.out.say(messages.progressed(view, goal, step, on, lookup.whose(app, view)), view)
