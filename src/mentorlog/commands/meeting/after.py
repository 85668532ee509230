"""`mentorlog meeting after`."""

from mentorlog.commands import options as opt
from mentorlog.commands.meeting import options as of_meeting
from mentorlog.commands.options import View
from mentorlog.flows import follow_up
from mentorlog.flows.meetings import held_meeting


def run(
    ctx: opt.Context,
    meeting: View | None = of_meeting.held(),
    answered: list[str] | None = of_meeting.answered(),
    told: list[str] | None = of_meeting.told(),
    kept: list[str] | None = of_meeting.kept(),
    done: list[str] | None = of_meeting.done(),
    discussed: list[str] | None = of_meeting.discussed(),
) -> None:
    """Record what came of what you had prepared.

    It asks at most four questions: the answers to your questions, what you told your mentor, which promises and tasks
    are done, and which points of the agenda you discussed. If you stop, your answers are saved for the next time. With
    options, or without a terminal, it asks nothing; without either, it lists what is open.

    Example: mentorlog meeting after osler
    Example: mentorlog meeting after osler --answered n4m2x="Me first" --told all
    """
    held = held_meeting(ctx.obj, meeting, "there is nothing to record after it")
    follow_up.after(ctx.obj, held, follow_up.choices(ctx.params))
