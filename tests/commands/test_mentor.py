"""`mentorlog mentor …`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_meeting, make_mentor, make_task
from mentorlog.models.mentor import Cadence
from mentorlog.models.record import Record
from mentorlog.store.journal import Journal
from terminal import Terminal
from world import Ran

Invoke = Callable[..., Ran]
Keep = Callable[..., None]

NASTY = '[/b] =1+1 "x" \\ é 日本 🩺'
EMPTY = {
    "record": "mentor",
    "last_held": None,
    "next_planned": None,
    "due_on": None,
    "overdue_on": None,
    "status": "active",
    "email": None,
    "phone": None,
    "department": None,
    "institution": None,
    "program": None,
    "proximity": None,
    "roles": [],
    "domains": [],
    "my_role": "mentee",
    "formality": None,
    "model": None,
    "origin": None,
    "met_via": None,
    "introduced_by": None,
    "qualities": None,
    "conflict_of_interest": None,
    "started": None,
    "term_ends": None,
    "purpose": None,
    "cadence": None,
    "expectations": None,
    "status_log": [{"on": "2026-11-23", "status": "active", "reason": None}],
    "fit": [],
    "closure": [],
    "visibility": "mentor",
    "tags": [],
    "links": [],
    "created": "2026-11-23T09:00:00+00:00",
    "notes": None,
}


def files(root: Path) -> dict[str, bytes]:
    """Return every record file with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(root.glob("*/*.toml"))}


@pytest.fixture
def keep(journal_root: Path) -> Keep:
    """Keep records in the journal, past the command line."""

    def put(*records: Record) -> None:
        journal = Journal(journal_root, now=datetime(2026, 11, 23, 9, tzinfo=UTC))
        for record in records:
            journal.add(record, name="keep")

    return put


@pytest.fixture
def osler(keep: Keep) -> None:
    """William Osler, active since September."""
    keep(make_mentor())


@pytest.fixture
def people(keep: Keep) -> None:
    """Osler, and what is open with him; Curie beside."""
    rhythm = Cadence(every_days=28, longest_days=42)
    keep(
        make_mentor(cadence=rhythm),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g2345", mentors=["osler"]),
        make_task(id="t2345", title="Send the protocol", owner="osler", assigned_by="curie"),
        make_task(id="t3456", title="Draft abstract", assigned_by="osler"),
        make_meeting(id="m2345", on=datetime(2026, 11, 27).date(), status="planned"),
    )


# add


def test_add_says_what_was_understood(invoke: Invoke) -> None:
    """A name is enough; dates are echoed with their weekday, lengths of time in words."""
    plain = invoke("mentor", "add", "William Osler, MD")
    full = invoke("mentor", "add", "Marie Curie", "--every", "monthly", "--started", "1 sep", "--term-ends", "eoy")

    assert plain.out == "Added mentor osler: William Osler, MD.\n"
    assert full.out == (
        "Added mentor curie: Marie Curie, since Tue 1 Sep 2026, until Thu 31 Dec 2026, to meet every month (30 days).\n"
    )


def test_add_has_every_field(invoke: Invoke) -> None:
    """Every field of the kind is in the JSON, empty ones too."""
    data = invoke("mentor", "add", "William Osler", "--json").data

    assert data == {"id": "osler", "name": "William Osler", **EMPTY}


def test_add_keeps_every_field(invoke: Invoke, keep: Keep) -> None:
    """Whatever a mentorship can hold can be said when it is added."""
    keep(make_mentor(id="curie", name="Marie Curie"))
    words = {"proximity": "same-section", "formality": "formal", "model": "reverse", "origin": "organic"}
    words |= {"my-role": "both", "purpose": "P", "met-via": "M", "introduced-by": "Marie", "qualities": "Q"}
    words |= {"conflict": "C", "email": "o@example.org", "phone": "1", "department": "D", "institution": "I"}
    words |= {"program": "R", "mode": "Video", "minutes": "30", "every": "4 weeks", "longest": "42", "notes": "N"}
    lists = [
        "--role",
        "Advisor",
        "--role",
        "coach",
        "--domain",
        "Case reports",
        "--tag",
        "a",
        "--link",
        "https://x.org",
    ]

    options = [f"--{name}={value}" for name, value in words.items()]
    data = invoke("mentor", "add", "William Osler", *options, *lists, "--private", "--json").data

    assert data == {
        **EMPTY,
        "id": "osler",
        "name": "William Osler",
        "proximity": "same_section",
        "formality": "formal",
        "model": "reverse",
        "origin": "organic",
        "my_role": "both",
        "purpose": "P",
        "met_via": "M",
        "introduced_by": "curie",
        "qualities": "Q",
        "conflict_of_interest": "C",
        "email": "o@example.org",
        "phone": "1",
        "department": "D",
        "institution": "I",
        "program": "R",
        "cadence": {"every_days": 28, "longest_days": 42, "mode": "video", "minutes": 30},
        "notes": "N",
        "roles": ["advisor", "coach"],
        "domains": ["Case reports"],
        "tags": ["a"],
        "links": ["https://x.org"],
        "visibility": "private",
        "due_on": "2026-12-21",
        "overdue_on": "2027-01-04",
    }


def test_the_same_full_name_twice_needs_an_id(invoke: Invoke, osler: None, journal_root: Path) -> None:
    """Whoever has the same name is somebody else only where an id says so."""
    before = files(journal_root)

    refused = invoke("mentor", "add", "william osler")
    unchanged = files(journal_root)
    other = invoke("mentor", "add", "William Osler", "--id", "osler-younger")

    assert (refused.exit, unchanged) == (1, before)
    assert "already: osler (active)" in refused.err and "--id SLUG" in refused.err
    assert other.out == "Added mentor osler-younger: William Osler.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([""], "name is empty"),
        (["two\nlines"], "more than one line"),
        (["\udcff"], "no text"),
        (["X", "--id", "me"], "a word with a meaning of its own"),
        (["X", "--id", "osler"], "The id osler is taken"),
        (["X", "--id", "A B"], "cannot be a mentor's id"),
        (["X", "--every", "often"], "not a length of time"),
        (["X", "--every", "4w", "--longest", "2w"], "shorter than the usual one"),
        (["X", "--minutes", "30"], "how often to meet"),
        (["X", "--mode", "letter", "--every", "4w"], "Unknown mode 'letter'; use one of"),
        (["X", "--introduced-by", "nobody"], "no mentor 'nobody'"),
        (["X", "--started", "tomorrow"], "in the future"),
        (["X", "--term-ends", "friday banana"], "not a date"),
        (["X", "--domain", ""], "domains is empty"),
    ],
)
def test_add_refuses(words: list[str], said: str, invoke: Invoke, osler: None, journal_root: Path) -> None:
    """A wrong value is named, and nothing is saved."""
    before = files(journal_root)

    ran = invoke("mentor", "add", *words)

    assert (ran.exit, ran.out) == (1, "")
    assert said in ran.err
    assert files(journal_root) == before


def test_a_hostile_name_is_data(invoke: Invoke) -> None:
    """A name is stored as typed, and shown escaped."""
    added = invoke("mentor", "add", NASTY + "\x1b[31m", "--json")

    assert added.data["name"] == NASTY + "\x1b[31m"
    assert "\x1b" not in invoke("mentor", "list").out


def test_add_without_a_name_needs_a_terminal(invoke: Invoke) -> None:
    """The missing argument is named."""
    ran = invoke("mentor", "add")

    assert ran.exit == 2
    assert "NAME" in ran.err


def test_add_asks_five_questions_on_a_terminal(terminal: Callable[..., Terminal], invoke: Invoke) -> None:
    """All but the name may stay unanswered."""
    screen = terminal("mentor", "add")
    screen.answer("Who is it", "William Osler").answer("to you", "advisor, coach").answer("How often", "often")
    screen.wait_for("not a length of time").answer("How often", "4 weeks")
    screen.answer("mentorship for").answer("address")

    assert screen.end() == 0
    data = invoke("show", "osler", "--json").data
    assert (data["roles"], data["cadence"]["every_days"], data["purpose"]) == (["advisor", "coach"], 28, None)


# list


def test_list_shows_who_is_met_next(invoke: Invoke, keep: Keep) -> None:
    """Active ones first, by the day they are met next; those who are gone only with --all."""
    keep(
        make_mentor(every=28, roles=("advisor",)),
        make_mentor(id="curie", name="Marie Curie", every=28),
        make_mentor(id="blackwell", name="Elizabeth Blackwell", status="candidate"),
        make_mentor(id="rontgen", name="Wilhelm Röntgen", status="ended"),
        make_meeting(on=datetime(2026, 11, 1).date()),
        make_meeting(on=datetime(2026, 11, 27).date(), status="planned", mentors=("curie",)),
    )

    assert invoke("mentor", "list").out.splitlines() == [
        "id         name                 status     roles    every    last met     next",
        "curie      Marie Curie          active              4 weeks               planned Fri 27 Nov",
        "osler      William Osler        active     advisor  4 weeks  3 weeks ago  due Sun 29 Nov",
        "blackwell  Elizabeth Blackwell  candidate",
    ]
    assert [row["id"] for row in invoke("mentor", "list", "--all", "--json").data][-1] == "rontgen"
    assert [row["id"] for row in invoke("mentor", "list", "--status", "ended", "--json").data] == ["rontgen"]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["--role", "Advisor"], ["osler"]),
        (["--domain", "case-reports"], ["curie"]),
        (["--tag", "ward"], ["curie"]),
        (["--status", "paused"], []),
    ],
)
def test_list_narrows(words: list[str], ids: list[str], invoke: Invoke, keep: Keep) -> None:
    """By role, domain, tag and status."""
    curie = make_mentor(id="curie", name="Marie Curie", domains=("Case reports",), tags=("ward",))
    keep(make_mentor(roles=("advisor",)), curie)

    assert [row["id"] for row in invoke("mentor", "list", *words, "--json").data] == ids


def test_an_empty_list_says_what_to_do(invoke: Invoke) -> None:
    """No mentors is a fine place to begin; a filter that finds nobody says only that."""
    assert "mentorlog mentor add NAME" in invoke("mentor", "list").out
    assert invoke("mentor", "list", "--role", "coach").out == "No mentor fits.\n"
    assert invoke("mentor", "list", "--status", "loved").exit == 1


@pytest.mark.parametrize("columns", [40, 80])
def test_a_list_fits_the_terminal(columns: int, terminal: Callable[..., Terminal], keep: Keep) -> None:
    """Every line keeps to the width, and the next date stays."""
    keep(make_mentor(every=28, roles=("advisor", "teacher")), make_mentor(id="curie", name="Marie " * 12 + "Curie"))

    screen = terminal("mentor", "list", columns=columns)

    assert screen.end() == 0
    assert [line.split()[0] for line in screen.screen] == ["id", "osler", "curie"]
    assert "overdue Tue 13 Oct" in screen.text


def test_an_unreadable_mentor_is_counted(invoke: Invoke, osler: None, journal_root: Path) -> None:
    """The others are listed, the broken file is named on stderr."""
    (journal_root / "mentors" / "curie.toml").write_text("name = <<<<<<<")

    ran = invoke("mentor", "list")

    assert ran.exit == 0
    assert "osler" in ran.out and "mentors/curie.toml" in ran.err


# scout and invite


def test_a_candidate_is_asked_and_answers(invoke: Invoke) -> None:
    """Each step stands in the log with its day and words; a yes starts the mentorship."""
    invoke("mentor", "scout", "Marie Curie", "--where", "rounds", "--qualities", "Listens", "--on", "1 nov")
    invoke("mentor", "invite", "curie", "--channel", "email", "-m", "Statistics", "--on", "fri")
    ran = invoke("mentor", "invite", "curie", "--answer", "yes", "--json")

    assert (ran.data["met_via"], ran.data["qualities"], ran.data["started"]) == ("rounds", "Listens", "2026-11-23")
    assert ran.data["status_log"] == [
        {"on": "2026-11-01", "status": "candidate", "reason": None},
        {"on": "2026-11-20", "status": "invited", "reason": "email: Statistics"},
        {"on": "2026-11-23", "status": "active", "reason": None},
    ]


def test_a_referral_makes_another_candidate(invoke: Invoke, journal_root: Path) -> None:
    """One operation: who was asked has declined, who was named is a candidate introduced by them."""
    invoke("mentor", "scout", "Marie Curie")
    before = files(journal_root)

    ran = invoke("mentor", "invite", "curie", "--referral", "Florence Nightingale", "-m", "No time")
    other = invoke("show", "nightingale", "--json").data
    after = invoke("show", "curie", "--json").data
    invoke("undo")

    assert ran.out == (
        "Marie Curie named Florence Nightingale instead, on Mon 23 Nov 2026: mentor nightingale (candidate).\n"
    )
    assert (other["status"], other["introduced_by"]) == ("candidate", "curie")
    assert (after["status"], after["status_log"][-1]["reason"]) == (
        "declined",
        "referred me to Florence Nightingale: No time",
    )
    assert files(journal_root) == before


def test_a_referral_to_somebody_known_makes_nobody_new(invoke: Invoke, osler: None) -> None:
    """They keep their status, and now have somebody who introduced them; nobody is referred to themselves."""
    invoke("mentor", "scout", "Marie Curie")
    invoke("mentor", "invite", "curie", "--referral", "william osler")

    assert invoke("show", "osler", "--json").data["introduced_by"] == "curie"
    assert len(invoke("mentor", "list", "--all", "--json").data) == 2
    assert invoke("mentor", "invite", "curie", "--referral", "Marie Curie").exit == 1


def test_asking_twice_says_so(invoke: Invoke) -> None:
    """Without a new word nothing is noted, and the way to the answer is named."""
    invoke("mentor", "scout", "Marie Curie")
    invoke("mentor", "invite", "curie")

    ran = invoke("mentor", "invite", "curie")

    assert "asked on Mon 23 Nov 2026 already" in ran.out and "--answer" in ran.out
    assert len(invoke("show", "curie", "--json").data["status_log"]) == 2


def test_whoever_is_not_in_the_journal_is_scouted_first(invoke: Invoke) -> None:
    """The hint has both ways in, with the name quoted for the shell."""
    ran = invoke("mentor", "invite", "Mary O'Hara")

    assert ran.exit == 1
    assert """mentorlog mentor scout 'Mary O'"'"'Hara'""" in ran.err and "mentorlog mentor add" in ran.err


# The other steps


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["activate", "osler"], "William Osler is active already; nothing was changed."),
        (["invite", "osler", "--answer", "yes"], "William Osler is active already; nothing was changed."),
        (["cadence", "osler", "--off"], "William Osler has no cadence: you meet when it happens."),
    ],
)
def test_what_is_so_already_is_no_operation(words: list[str], said: str, invoke: Invoke, osler: None) -> None:
    """It is said, exits 0, and leaves no trace in the history."""
    before = invoke("history").out

    ran = invoke("mentor", *words)

    assert (ran.exit, ran.out) == (0, said + "\n")
    assert invoke("history").out == before


@pytest.mark.parametrize(
    "words",
    [
        ["pause", "osler", "-m", "Leave"],
        ["fit", "osler", "not-good", "-m", "Cancels"],
        ["expect", "osler", "--mine", "A reply", "--asked", "today"],
        ["cadence", "osler", "--every", "3w"],
        ["end", "osler", "--kind", "completed"],
    ],
)
def test_every_change_is_taken_back_to_the_byte(
    words: list[str], invoke: Invoke, osler: None, journal_root: Path
) -> None:
    """One command, one operation, one undo; the JSON is the whole record."""
    before = files(journal_root)

    data = invoke("mentor", *words, "--json").data

    assert files(journal_root) != before
    assert {"record", "id", "name", *EMPTY} <= set(data)
    assert invoke("undo").exit == 0
    assert files(journal_root) == before


@pytest.mark.parametrize("verb", ["invite", "activate", "pause", "end", "fit", "expect", "cadence"])
def test_an_unknown_mentor_is_named(verb: str, invoke: Invoke) -> None:
    """Nothing is asked and nothing is saved."""
    ran = invoke("mentor", verb, "nobody", *(["good"] if verb == "fit" else []))

    assert ran.exit == 1
    assert "There is no mentor 'nobody'" in ran.err


def test_a_beginning_of_several_is_refused(invoke: Invoke, keep: Keep) -> None:
    """The candidates are listed."""
    keep(make_mentor(id="osler-2", name="Revere Osler"), make_mentor(id="oslo", name="Oslo Bergen"))

    ran = invoke("mentor", "pause", "osl")

    assert ran.exit == 1
    assert "osler-2 (Revere Osler)" in ran.err and "oslo (Oslo Bergen)" in ran.err


def test_fit_is_echoed_in_words(invoke: Invoke, osler: None) -> None:
    """`not-good` is not_good; another word is refused with the three."""
    assert invoke("mentor", "fit", "osler", "not-good", "--on", "fri").out == (
        "Noted the fit with William Osler: not good, on Fri 20 Nov 2026.\n"
    )
    assert "good, deciding, not_good" in invoke("mentor", "fit", "osler", "fine").err
    assert "in the future" in invoke("mentor", "fit", "osler", "good", "--on", "tomorrow").err


def test_expect_takes_stdin_and_says_all(invoke: Invoke, osler: None) -> None:
    """What is expected is shown whole after each change; nothing to note is a usage error."""
    invoke("mentor", "expect", "osler", "--theirs", "-", stdin="Drafts two days before\n")

    ran = invoke("mentor", "expect", "osler", "--off-limits", "Family", "--asked", "fri")

    assert ran.out.splitlines() == [
        "Expectations with William Osler, asked on Fri 20 Nov 2026:",
        "  theirs: Drafts two days before",
        "  off limits: Family",
    ]
    assert invoke("mentor", "expect", "osler").exit == 2
    assert invoke("mentor", "expect", "osler", "--clear", "fit").exit == 1


def test_cadence_keeps_what_is_not_named(invoke: Invoke, keep: Keep) -> None:
    """Without any part the option is named; --off goes alone."""
    keep(make_mentor(every=28))

    assert invoke("mentor", "cadence", "osler", "--minutes", "30", "--mode", "coffee").out == (
        "Meeting William Osler every 4 weeks, coffee, 30 minutes.\n"
    )
    assert invoke("mentor", "cadence", "osler").exit == 2
    assert invoke("mentor", "cadence", "osler", "--off", "--every", "2w").exit == 2


# end


def test_end_hands_over_in_one_operation(invoke: Invoke, people: None, journal_root: Path) -> None:
    """Goals get the new mentor, untold; promises change owner; who assigned stays; undo gives all bytes back."""
    before = files(journal_root)

    ran = invoke("mentor", "end", "osler", "--kind", "moved", "--hand-to", "curie", "--promises-to", "me")
    goal, promise = invoke("show", "g2345", "--json").data, invoke("show", "t2345", "--json").data
    invoke("undo")

    assert ran.out.splitlines() == [
        "Ended the mentorship with William Osler (moved) on Mon 23 Nov 2026.",
        "Goal g2345 goes to Marie Curie, not yet told: Submit case report",
        "Mine now: t2345, Send the protocol",
        "Still open with William Osler:",
        "  my task t3456: Draft abstract",
    ]
    assert "mentorlog meeting cancel m2345" in ran.err
    assert goal["mentors"][-1] == {"mentor": "curie", "told_on": None}
    assert (promise["owner"], promise["assigned_by"]) == ("me", "curie")
    assert files(journal_root) == before


def test_end_drops_promises_by_choice_only(invoke: Invoke, people: None) -> None:
    """Without a choice they stay, and are named as open."""
    kept = invoke("mentor", "end", "osler", "--kind", "moved", "--json").data
    dropped = invoke("mentor", "end", "osler", "--drop-promises").out

    assert kept["open"] == {"goals": ["g2345"], "promises": ["t2345"], "tasks": ["t3456"], "meetings": ["m2345"]}
    assert "Dropped their promise t2345" in dropped
    assert invoke("show", "t2345", "--json").data["status"] == "dropped"


def test_staying_in_touch_may_slow_down(invoke: Invoke, people: None) -> None:
    """The status is its own, and the cadence another one."""
    ran = invoke("mentor", "end", "osler", "--kind", "completed", "--stay-in-touch", "--every", "6 months")

    assert ran.out.startswith(
        "Staying in touch with William Osler (completed) on Mon 23 Nov 2026, meeting every 6 months (180 days).\n"
    )
    assert invoke("mentor", "end", "curie", "--kind", "moved", "--every", "2w").exit == 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ([], 2, "--kind"),
        (["--kind", "bored"], 1, "Unknown kind 'bored'; use one of"),
        (["--kind", "moved", "--hand-to", "osler"], 1, "cannot take over from themselves"),
        (["--kind", "moved", "--hand-to", "nobody"], 1, "no mentor 'nobody'"),
        (["--kind", "moved", "--promises-to", "curie", "--drop-promises"], 2, "do not go together"),
        (["--kind", "moved", "--on", "tomorrow"], 1, "in the future"),
    ],
)
def test_end_refuses(
    words: list[str], status: int, said: str, invoke: Invoke, people: None, journal_root: Path
) -> None:
    """What is wrong or missing is named, and nothing is half done."""
    before = files(journal_root)

    ran = invoke("mentor", "end", "osler", *words)

    assert ran.exit == status
    assert said in ran.err
    assert files(journal_root) == before


def test_an_end_that_says_nothing_new_changes_nothing(invoke: Invoke, osler: None) -> None:
    """A lesson that comes later is added to the closure; the same words again are not."""
    invoke("mentor", "end", "osler", "--kind", "moved")
    later = invoke("mentor", "end", "osler", "--lesson", "Ask earlier", "--json").data
    again = invoke("mentor", "end", "osler", "--lesson", "Ask earlier")

    assert later["closure"][0]["lesson"] == "Ask earlier"
    assert "nothing was changed" in again.out


def test_end_asks_on_a_terminal(terminal: Callable[..., Terminal], invoke: Invoke, people: None) -> None:
    """How it ends comes first; then what is open is shown, and who takes over and three texts are asked."""
    screen = terminal("mentor", "end", "osler")
    screen.answer("How does it end", "moved")
    screen.answer("takes over the goals", "curie").answer("takes over the promises", "drop")
    screen.answer("What worked", "Short meetings").answer("What did not")
    screen.answer("take along", "Ask earlier")

    assert screen.end() == 0
    asked = ["How does it end", "Open with William Osler", "takes over the goals", "What worked"]
    places = [screen.text.index(words) for words in asked]
    assert places == sorted(places)
    assert "goal g2345: Submit case report" in screen.text and "Dropped their promise t2345" in screen.text
    closure = invoke("show", "osler", "--json").data["closure"][-1]
    assert (closure["worked"], closure["did_not"], closure["lesson"]) == ("Short meetings", None, "Ask earlier")
    assert closure["handed_to"] == ["curie"]


def test_ctrl_c_at_a_question_changes_nothing(
    terminal: Callable[..., Terminal], people: None, journal_root: Path
) -> None:
    """Every answer so far is forgotten with it."""
    before = files(journal_root)

    screen = terminal("mentor", "end", "osler")
    screen.answer("How does it end", "moved").answer("takes over the goals", "curie")
    screen.wait_for("takes over the promises").press("ctrl-c")

    assert screen.end() == 130
    assert files(journal_root) == before


def test_who_cannot_take_over_is_refused_at_once(terminal: Callable[..., Terminal], people: None) -> None:
    """An option is looked at before anything is asked; an answer is asked for again."""
    screen = terminal("mentor", "end", "osler", "--promises-to", "nobody")
    assert screen.end() == 1
    assert "How does it end" not in screen.text

    screen = terminal("mentor", "end", "osler")
    screen.answer("How does it end", "moved").answer("takes over the goals", "osler")
    screen.answer("cannot take over from themselves").answer("takes over the promises", "me")
    screen.answer("What worked").answer("What did not").answer("take along")
    assert screen.end() == 0
