"""`mentorlog mentor invite`."""

from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.mentor.options import nobody, text
from mentorlog.flows import mentoring
from mentorlog.output.messages import mentor as words

Reply = Annotated[str | None, opt.choice("--answer", of=vocabulary.REPLIES, rare=False)]
Referral = Annotated[str | None, text("The person they named instead", "--referral", metavar="NAME", rare=False)]
Channel = Annotated[str | None, text("How I asked: email, in the corridor …", "--channel", rare=False)]


def run(
    ctx: typer.Context,
    mentor: opt.MentorArg,
    answer: Reply = None,
    referral: Referral = None,
    channel: Channel = None,
    on: opt.OnDate = None,
    message: opt.Message = None,
) -> None:
    """Record that you asked somebody, and what they answered.

    A referral names somebody else, who becomes a candidate; the one who was asked has declined.

    Example: mentorlog mentor invite curie --channel email
    Example: mentorlog mentor invite curie --answer yes
    """
    app: App = ctx.obj
    found, day, channel = app.lookup.mentor(mentor, nobody(mentor)), app.lookup.day_before(on), app.texts.text(channel)
    answer, comment = answer or ("referral" if referral else None), app.texts.prose(message)
    if answer == "referral":
        name = app.texts.text(referral) or app.prompt.ask("Whom did they name?", option="--referral NAME")
        view = mentoring.refer(app, found, name, day, channel, comment)
        app.out.say(words.referred(view), view)
    elif answer:
        change = lambda m: m.replied(answer, on=day, reason=comment, asked=channel)  # noqa: E731
        view, moved = mentoring.change(app, "invite", found, change)
        app.out.say(words.replied(view, moved), view)
    else:
        reason = ": ".join(part for part in (channel, comment) if part) or None
        view, moved = mentoring.change(app, "invite", found, lambda m: m.invited(on=day, reason=reason))
        app.out.say(words.invited(view, moved), view)
