"""`mentorlog goal revise`."""

from mentorlog import lookup
from mentorlog.commands import options as opt
from mentorlog.commands.goal import options as of_goal
from mentorlog.flows.goal_status import ask_reason
from mentorlog.output.messages import goal as messages


def run(
    ctx: opt.Context,
    goal: opt.Goal,
    pairs: opt.Pairs = None,
    *,
    target: float | None = of_goal.target(help="New target"),
    unit: str | None = of_goal.unit(),
    clear: opt.Clear = None,
    message: str | None = opt.message("Reason for the change"),
    on: opt.On,
) -> None:
    """Revise a goal and record the reason.

    Dates may be in words, which count from --on; separate list items with commas. To correct a mistake without
    recording a revision, use `set`.

    Example: mentorlog goal revise g7k3q by="1 mar" --clear why -m "New format"
    Example: mentorlog goal revise g7k3q --target 60 -m "The program asks for 60"
    """
    from mentorlog.domain.assign import keys
    from mentorlog.models.goal import Goal, must_be_revisable

    app = ctx.obj
    given = [f"{key}={value}" for key, value in (("target", target), ("unit", unit)) if value is not None]
    pairs = app.texts.pairs([*(pairs or ()), *given], clear)
    must_be_revisable(keys(pairs, clear or ()))
    reason = ask_reason(app, message, "Why are you changing it?")
    view, _ = app.journal.update(
        Goal,
        goal["id"],
        f"goal revise: {goal['title']}",
        lambda now: now.revised(app.journal.assigned(now, pairs, clear or (), today=on), on=on, reason=reason),
    )
    entries = view["history"][len(goal["history"]) :]
    names = app.reading.titles(messages.linked(entries))
    app.out.say(messages.revision(view, entries, names, lookup.whose(app, view)), view)
