"""`mentorlog mentor`: the people, from the first sight at work to the parting."""

import shlex
from dataclasses import replace
from typing import Annotated, Any

import typer

from mentorlog import dates, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.domain import computed, roster
from mentorlog.errors import Usage
from mentorlog.flows import mentoring
from mentorlog.output.messages import mentor as words
from mentorlog.output.messages import task as task_messages
from mentorlog.store.journal import Query

app = typer.Typer(
    help='Example: mentorlog mentor add "William Osler" --every "4 weeks"\nExample: mentorlog mentor list'
)


def _text(help: str, *names: str, metavar: str = "TEXT", rare: bool = True) -> Any:
    return opt.option(*names, metavar=metavar, help=help, rare=rare)


def _person(help: str, name: str, metavar: str = "MENTOR", rare: bool = True) -> Any:
    return opt.option(name, metavar=metavar, help=help, completion=opt.ids("mentor"), rare=rare)


_ROLES = f"{', '.join(vocabulary.ROLES)} … (may be repeated)"
_EVERY = 'How often to meet: "4 weeks", 10d, monthly'

Status = Annotated[str | None, opt.state(*vocabulary.LISTED_MENTORS)]
Slug = Annotated[str | None, _text("The id to know them by", "--id", metavar="SLUG")]
Roles = Annotated[list[str] | None, _text(_ROLES, "--role", metavar="WORD", rare=False)]
RareRoles = Annotated[list[str] | None, _text(_ROLES, "--role", metavar="WORD")]
Domains = Annotated[list[str] | None, _text("What they know (may be repeated)", "--domain", metavar="WORD", rare=False)]
Every = Annotated[str | None, _text(_EVERY, "--every", metavar="LENGTH", rare=False)]
RareEvery = Annotated[str | None, _text(_EVERY, "--every", metavar="LENGTH")]
_LONGEST = "The longest time without meeting"
Longest = Annotated[str | None, _text(_LONGEST, "--longest", metavar="LENGTH")]
Mode = Annotated[str | None, opt.choice("--mode", of=vocabulary.MODES)]
_LENGTH = "How long a meeting takes, in minutes"
Minutes = Annotated[int | None, _text(_LENGTH, "--minutes", metavar="N")]
Proximity = Annotated[str | None, opt.choice("--proximity", of=vocabulary.PROXIMITIES)]
Formality = Annotated[str | None, opt.choice("--formality", of=vocabulary.FORMALITIES)]
Model = Annotated[str | None, opt.choice("--model", of=vocabulary.MODELS)]
Origin = Annotated[str | None, opt.choice("--origin", of=vocabulary.ORIGINS)]
MyRole = Annotated[str | None, opt.choice("--my-role", of=vocabulary.MY_ROLES)]
Purpose = Annotated[str | None, _text("What the mentorship is for", "--purpose", rare=False)]
MetVia = Annotated[str | None, _text("Where we met, or what brought us together", "--met-via", "--where")]
Where = Annotated[str | None, _text("Where I saw them at work", "--where", "--met-via", rare=False)]
IntroducedBy = Annotated[str | None, _person("The mentor who brought us together", "--introduced-by")]
Qualities = Annotated[str | None, _text("What impressed me", "--qualities")]
Impressed = Annotated[str | None, _text("What impressed me", "--qualities", rare=False)]
Conflict = Annotated[str | None, _text("A conflict of interest: they also evaluate me …", "--conflict")]
Email = Annotated[str | None, _text("Their address", "--email", metavar="ADDRESS")]
Phone = Annotated[str | None, _text("Their number", "--phone", metavar="NUMBER")]
Department = Annotated[str | None, _text("Their department", "--department")]
Institution = Annotated[str | None, _text("Their institution", "--institution")]
Program = Annotated[str | None, _text("The mentoring programme it belongs to", "--program")]
Started = Annotated[str | None, _text("The day the mentorship began", "--started", metavar="DATE")]
TermEnds = Annotated[str | None, _text("The day it is set to end", "--term-ends", metavar="DATE")]
Reply = Annotated[str | None, opt.choice("--answer", of=vocabulary.REPLIES, rare=False)]
Referral = Annotated[str | None, _text("The person they named instead", "--referral", metavar="NAME", rare=False)]
Channel = Annotated[str | None, _text("How I asked: email, in the corridor …", "--channel", rare=False)]
Ending = Annotated[str | None, opt.choice("--kind", of=vocabulary.ENDINGS, rare=False)]
Worked = Annotated[str | None, _text("What worked", "--worked", rare=False)]
DidNot = Annotated[str | None, _text("What did not", "--did-not", rare=False)]
Lesson = Annotated[str | None, _text("What I take along", "--lesson", rare=False)]
StayInTouch = Annotated[bool, opt.option("--stay-in-touch", help="Go on meeting, now and then")]
HandTo = Annotated[list[str] | None, _person("Who takes over the goals (may be repeated)", "--hand-to", rare=False)]
DropPromises = Annotated[bool, opt.option("--drop-promises", help="Drop what they promised", rare=True)]
PromisesTo = Annotated[str | None, _person("Who takes over their promises", "--promises-to", "me|MENTOR")]
FitArg = Annotated[str, opt.argument("ANSWER", ", ".join(vocabulary.FIT_ANSWERS), opt.words(*vocabulary.FIT_ANSWERS))]
_AGAIN = "(may be repeated)"
Mine = Annotated[list[str] | None, _text(f"What I expect {_AGAIN}", "--mine", rare=False)]
Theirs = Annotated[list[str] | None, _text(f"What they expect {_AGAIN}", "--theirs", rare=False)]
OffLimits = Annotated[list[str] | None, _text(f"What we leave out {_AGAIN}", "--off-limits", rare=False)]
NotFor = Annotated[list[str] | None, _text(f"What I do not look for {_AGAIN}", "--not-looking-for", rare=False)]
Asked = Annotated[str | None, _text("The day I asked them", "--asked", metavar="DATE", rare=False)]
AgreedLongest = Annotated[str | None, _text(_LONGEST, "--longest", metavar="LENGTH", rare=False)]
AgreedMode = Annotated[str | None, opt.choice("--mode", of=vocabulary.MODES, rare=False)]
AgreedMinutes = Annotated[int | None, _text(_LENGTH, "--minutes", metavar="N", rare=False)]
Off = Annotated[bool, opt.option("--off", help="No cadence: meet when it happens")]


@app.command("add")
def add(
    ctx: typer.Context,
    name: opt.NameArg = None,
    role: Roles = None,
    domain: Domains = None,
    every: Every = None,
    purpose: Purpose = None,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    id: Slug = None,
    longest: Longest = None,
    mode: Mode = None,
    minutes: Minutes = None,
    started: Started = None,
    term_ends: TermEnds = None,
    proximity: Proximity = None,
    formality: Formality = None,
    model: Model = None,
    origin: Origin = None,
    my_role: MyRole = None,
    met_via: MetVia = None,
    introduced_by: IntroducedBy = None,
    qualities: Qualities = None,
    conflict: Conflict = None,
    email: Email = None,
    phone: Phone = None,
    department: Department = None,
    institution: Institution = None,
    program: Program = None,
    link: opt.Links = None,
    tag: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Add a mentor whom you have already.

    Somebody whom you only think of is noted with mentor scout.

    Example: mentorlog mentor add "William Osler" --role advisor --every "4 weeks"
    """
    app: App = ctx.obj
    first = {"name": name, "roles": role, "every": every, "purpose": purpose, "email": email}
    person = {"phone": phone, "department": department, "institution": institution, "program": program}
    kind = {"proximity": proximity, "formality": formality, "model": model, "origin": origin, "my_role": my_role}
    story = {"domains": domain, "met_via": met_via, "introduced_by": introduced_by, "qualities": qualities}
    begun, until = app.day_before(started) if started else None, app.day_ahead(term_ends)
    more = {"conflict_of_interest": conflict, "links": link, "tags": tag, "private": private}
    words_given = mentoring.who(app, first)
    rhythm = (_days(words_given.pop("every")), _days(longest), mode, minutes)
    given = {**words_given, **person, **kind, **story, **more, "started": begun, "term_ends": until}
    mentor = mentoring.new(app, given, begun or app.today, rhythm)
    view = mentoring.keep(app, "add", replace(mentor, notes=app.prose(notes, edit, name="mentor")), id)
    app.out.say(task_messages.sentence(f"Added mentor {view['id']}: {view['name']}", words.agreed(view)), view)


@app.command("list")
def list_(
    ctx: typer.Context,
    status: Status = None,
    role: Roles = None,
    domain: Domains = None,
    tag: opt.Tags = None,
    all_: opt.All = False,
) -> None:
    """List mentors by who is met next.

    Active ones come first, then those at rest and those you hope for; --all adds those who are gone.

    Example: mentorlog mentor list --role advisor
    """
    app: App = ctx.obj
    query = Query("mentor", statuses=_statuses(status, all_), tags=tuple(tag or ()))
    wanted = [view for view in app.reading.find(query) if roster.serves(view, role or (), domain or ())]
    rows = roster.ordered(computed.mentors(wanted, app.reading, app.today))
    narrowed = role or domain or query != Query("mentor", statuses=roster.USUAL)
    none = "No mentor fits." if narrowed else "No mentors yet. Add one with: mentorlog mentor add NAME"
    app.out.listing(rows, words.columns(app.today), none, app.reading.problems)


@app.command("scout")
def scout(
    ctx: typer.Context,
    name: opt.NameArg = None,
    where: Where = None,
    qualities: Impressed = None,
    domain: Domains = None,
    role: RareRoles = None,
    on: opt.OnDate = None,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    introduced_by: IntroducedBy = None,
    id: Slug = None,
    tag: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Note somebody whom you would like as a mentor.

    Example: mentorlog mentor scout "Marie Curie" --where "grand rounds"
    """
    app: App = ctx.obj
    first = {"name": name, "met_via": where, "qualities": qualities}
    more = {"domains": domain, "roles": role, "introduced_by": introduced_by, "tags": tag, "private": private}
    day = app.day_before(on)
    mentor = mentoring.new(app, {**mentoring.who(app, first, candidate=True), **more, "status": "candidate"}, day)
    view = mentoring.keep(app, "scout", replace(mentor, notes=app.prose(notes, edit, name="mentor")), id)
    seen = [*([f"seen at {view['met_via']}"] if view["met_via"] else []), f"on {app.say_day(day)}"]
    app.out.say(task_messages.sentence(f"Noted candidate {view['id']}: {view['name']}", seen), view)


@app.command("invite")
def invite(
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
    found, day, channel = app.mentor(mentor, _nobody(mentor)), app.day_before(on), app.text(channel)
    answer, comment = answer or ("referral" if referral else None), app.prose(message)
    if answer == "referral":
        name = app.text(referral) or app.ask("Whom did they name?", option="--referral NAME")
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


@app.command("activate")
def activate(ctx: typer.Context, mentor: opt.MentorArg, on: opt.OnDate = None, message: opt.Message = None) -> None:
    """Begin or take up a mentorship.

    Example: mentorlog mentor activate curie -m "Agreed over coffee"
    """
    app: App = ctx.obj
    found, day, reason = app.mentor(mentor, _nobody(mentor)), app.day_before(on), app.prose(message)
    view, moved = mentoring.change(app, "activate", found, lambda m: m.moved_to("active", on=day, reason=reason))
    app.out.say(words.moved(view, "is active", moved), view)


@app.command("pause")
def pause(ctx: typer.Context, mentor: opt.MentorArg, on: opt.OnDate = None, message: opt.Message = None) -> None:
    """Let a mentorship rest: no meeting is due meanwhile.

    Example: mentorlog mentor pause osler -m "On leave until March"
    """
    app: App = ctx.obj
    found, day, reason = app.mentor(mentor), app.day_before(on), app.prose(message)
    view, moved = mentoring.change(app, "pause", found, lambda m: m.moved_to("paused", on=day, reason=reason))
    app.out.say(words.moved(view, "is paused", moved), view)


@app.command("end")
def end(
    ctx: typer.Context,
    mentor: opt.MentorArg,
    kind: Ending = None,
    worked: Worked = None,
    did_not: DidNot = None,
    lesson: Lesson = None,
    stay_in_touch: StayInTouch = False,
    hand_to: HandTo = None,
    drop_promises: DropPromises = False,
    promises_to: PromisesTo = None,
    every: RareEvery = None,
    on: opt.RareOnDate = None,
) -> None:
    """End a mentorship, and hand over what is open.

    Goals that are open go to the mentors of --hand-to, who are not yet told of them. What the mentor promised stays
    as it is, unless it is dropped or given to another mentor or to you.

    Example: mentorlog mentor end osler --kind moved --hand-to curie
    """
    app: App = ctx.obj
    found, day = app.mentor(mentor), app.day_before(on)
    if every is not None and not stay_in_touch:
        raise Usage("--every goes with --stay-in-touch only.", "leave it out, or add --stay-in-touch")
    how = {"on": day, "kind": kind, "stay_in_touch": stay_in_touch, "every": _days(every)}
    texts = {"worked": worked, "did_not": did_not, "lesson": lesson}
    takers = {"hand_to": hand_to, "promises_to": promises_to, "drop": drop_promises}
    view, lines, beside = mentoring.part(app, found, how, texts, takers)
    app.out.say(lines, view)
    for line in beside:
        app.out.note(line)


@app.command("fit")
def fit(
    ctx: typer.Context, mentor: opt.MentorArg, answer: FitArg, message: opt.Message = None, on: opt.OnDate = None
) -> None:
    """Note whether a mentorship fits.

    Is it productive, friendly, of use to you? The answer is good, deciding or not_good; no export holds it, unless
    it is asked for.

    Example: mentorlog mentor fit osler good -m "He answers within a day"
    """
    app: App = ctx.obj
    found, day, comment = app.mentor(mentor), app.day_before(on), app.prose(message)
    view, moved = mentoring.change(app, "fit", found, lambda m: m.fitting(answer, on=day, comment=comment))
    app.out.say(words.fit(view, day.isoformat(), answer, moved), view)


@app.command("expect")
def expect(
    ctx: typer.Context,
    mentor: opt.MentorArg,
    mine: Mine = None,
    theirs: Theirs = None,
    off_limits: OffLimits = None,
    not_looking_for: NotFor = None,
    asked: Asked = None,
    clear: opt.Clear = None,
) -> None:
    """Note what you expect of each other.

    It is added to what is there. --clear empties mine, theirs, off_limits, not_looking_for or asked, before anything
    is added.

    Example: mentorlog mentor expect osler --theirs "Drafts in time" --asked today
    """
    app: App = ctx.obj
    found, day = app.mentor(mentor), app.day_before(asked) if asked else None
    lists = dict(zip(vocabulary.EXPECTATIONS, (mine, theirs, off_limits, not_looking_for), strict=True))
    added = mentoring.expected(app, lists, nothing=not (day or clear))
    view, moved = mentoring.change(app, "expect", found, lambda m: m.expecting(added, clear=clear or (), asked_on=day))
    already = "" if moved else "Nothing new. "
    lines = words.expectations(view)
    app.out.say([f"{already}{lines[0]}", *lines[1:]], view)


@app.command("cadence")
def cadence(
    ctx: typer.Context,
    mentor: opt.MentorArg,
    every: Every = None,
    longest: AgreedLongest = None,
    mode: AgreedMode = None,
    minutes: AgreedMinutes = None,
    off: Off = False,
) -> None:
    """Agree how often to meet, how, and for how long.

    What is not named stays as it is.

    Example: mentorlog mentor cadence osler --every "4 weeks" --minutes 30
    """
    app: App = ctx.obj
    found = app.mentor(mentor)
    given = (_days(every), _days(longest), mode, minutes)
    said = any(one is not None for one in given)
    if off and said:
        raise Usage("--off does not go with a cadence.", "leave one of the two out")
    if not off and not said:
        answer = app.ask("How often do you meet? (4 weeks, monthly)", option="--every LENGTH", check=dates.days)
        given = (dates.days(answer), None, None, None)
    change = (lambda m: m.without_cadence()) if off else (lambda m: m.meeting_every(*given))
    view, moved = mentoring.change(app, "cadence", found, change)
    app.out.say(words.rhythm(view, moved), view)


def _days(text: str | None) -> int | None:
    return None if text is None else dates.days(text)


def _nobody(text: str) -> str:
    """Return the hint for somebody who is not in the journal yet."""
    who = shlex.quote(text)
    return f"somebody new: mentorlog mentor scout {who}, or for a mentor you have: mentorlog mentor add {who}"


def _statuses(status: str | None, all_: bool) -> tuple[str, ...]:
    if status is None:
        return () if all_ else roster.USUAL
    from mentorlog.models.rules import among

    return (among(status, "status", vocabulary.LISTED_MENTORS),)
