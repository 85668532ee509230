"""`mentorlog letter ask`."""

from datetime import date

from mentorlog import lookup
from mentorlog.commands import options as opt
from mentorlog.commands.letter import options as of_letter
from mentorlog.domain import letters as domain
from mentorlog.errors import Usage
from mentorlog.flows import letters


def run(
    ctx: opt.Context,
    about: opt.View = of_letter.writer_or_letter(),
    purpose: str | None = opt.argument("FOR", "What it is for (- reads stdin)", default=None),
    due: date | None = opt.day("--due", "-d", help="Due date", ahead=True),
    to: str | None = opt.text("--to", help="Where it goes (e.g. 12 programs)", rare=False),
    instructions: str | None = opt.text("--instructions", help="How to send it (- reads stdin)", rare=False),
    plan: bool = opt.flag("--plan", help="You will ask later: `due` says when"),
    on: date | None = opt.day("--on", help="Date you asked (default today)"),
    goal: opt.ForGoal = None,
    private: opt.Private = False,
) -> None:
    """Ask a mentor for a letter, or plan to.

    A letter is a task that the mentor owes you, so `task owed`, `due` and `meeting prep` show it, and all commands for
    tasks work with it. With --plan, `due` says when eight weeks remain; `letter ask` with its id then records that you
    asked.

    Example: mentorlog letter ask osler "Neuroradiology fellowship" --due "1 feb"
    Example: mentorlog letter ask t4m2x
    """
    app = ctx.obj
    if plan and on:
        raise Usage("--plan and --on cannot be used together.", "use only one of them")
    if about["record"] == "task":
        letters.refuse_fields({"FOR": purpose, "--due": due, "--to": to, "--plan": plan, "--goal": goal})
        return letters.change(app, about, "ask", lambda one: domain.asked(one, on=on, today=app.today))
    domain.must_be_writer(about)
    purpose = letters.purpose(app, purpose)
    due = due or app.prompt.ask_value("When is it due?", lambda text: lookup.day_ahead(app, text), option="--due DATE")
    letter = domain.letter(purpose, to=app.texts.text(to), asked_on=None if plan else on or app.today)
    fields = {"due": due, "goal": goal and goal["id"], "instructions": app.texts.prose(instructions)}
    return letters.ask_for(app, about, letter, fields, private=private)
