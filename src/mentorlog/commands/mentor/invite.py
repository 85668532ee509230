"""`mentorlog mentor invite`."""

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.domain import roster
from mentorlog.output.messages import mentor as messages
from mentorlog.store.journal import Query


def run(
    ctx: opt.Context,
    mentor: opt.View = of_mentor.known(),
    *,
    answer: str | None = opt.choice("--answer", of=vocabulary.REPLIES, rare=False),
    referral: str | None = opt.text("--referral", metavar="NAME", help="Person they suggested instead", rare=False),
    draft: bool = opt.draft("Print a letter that asks them to meet"),
    channel: str | None = opt.text("--channel", help="How you asked (e.g. email)", rare=False),
    on: opt.On,
    message: str | None = opt.message("Comment on the request or the answer"),
    template: opt.Template = None,
    despite_lint: opt.DespiteLint = False,
) -> None:
    """Record that you asked someone, or their answer.

    A referral adds the suggested person as a candidate and marks the one you asked as declined. --draft prints a
    letter to begin with, from your profile and the template `ask`.

    Example: mentorlog mentor invite curie --draft > letter.txt
    Example: mentorlog mentor invite curie --channel email
    Example: mentorlog mentor invite curie --answer yes
    """
    from mentorlog.models.mentor import Mentor

    app = ctx.obj
    channel, comment, name = app.texts.text(channel), app.texts.prose(message), f"mentor invite: {mentor['name']}"
    if draft or template:
        from mentorlog.flows import writing  # a change does not need it

        writing.refuse_with({"--answer": answer, "--referral": referral, "--channel": channel, "--message": message})
        writing.write_request(app, mentor, template, despite_lint=despite_lint)
    elif answer == "referral" or (referral and not answer):
        other = app.texts.text(referral) or app.prompt.ask("Whom did they suggest?", option="--referral NAME")
        step = roster.Referral(mentor["id"], other, on, channel, comment)
        view = app.journal.change(name, lambda saved: roster.refer(saved, saved.find(Query("mentor")), step, app.now))
        app.out.say([messages.referred(view), *_still_open(app, view)], view)
    elif answer:
        view, changed = app.journal.update(
            Mentor, mentor["id"], name, lambda m: m.replied(answer, on=on, reason=comment, asked=channel)
        )
        app.out.say([messages.replied(view, changed), *_still_open(app, view)], view)
    else:
        reason = ": ".join(part for part in (channel, comment) if part) or None
        view, changed = app.journal.update(Mentor, mentor["id"], name, lambda m: m.invited(on=on, reason=reason))
        app.out.say(messages.invited(view, changed), view)


def _still_open(app: App, mentor: opt.View) -> list[str]:
    """Return what is open with someone who declined."""
    from mentorlog.flows.end_mentorship import open_items

    return messages.open_with(mentor, open_items(app, mentor), "Still open") if mentor["status"] == "declined" else []
