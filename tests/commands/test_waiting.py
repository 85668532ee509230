"""`mentorlog waiting`: what waits for others, how long, and the command that ends it."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from factories import make_meeting, make_mentor, make_note, make_task
from mentorlog.models.mentor import StatusChange
from mentorlog.models.task import Round
from terminal import Terminal
from world import Ran

ON = date(2026, 11, 9)
Invoke = Callable[..., Ran]
Keep = Callable[..., None]


def invited(id: str, name: str, *reasons: str | None) -> object:
    """Somebody who was asked, once a week since 26 October."""
    log = (
        StatusChange(on=date(2026, 10, 26) + timedelta(7 * n), status="invited", reason=r)
        for n, r in enumerate(reasons)
    )
    return make_mentor(id=id, name=name, status="invited", started=None, status_log=tuple(log))


@pytest.fixture
def three(invoke: Invoke, keep: Keep) -> Invoke:
    """One wait of each kind, and what is nobody's turn but mine."""
    later = datetime(2026, 11, 20, 9, tzinfo=UTC)
    keep(
        make_mentor(),
        invited("curie", "Marie Curie", "email"),
        make_meeting(id="m2222", on=date(2026, 11, 16)),
        make_task(id="t4m2x", assigned_by="osler", status="submitted", rounds=(Round(sent=date(2026, 11, 2)),)),
        make_task(id="t9k3w", title="Send the protocol", owner="osler", meeting="m2222", created=later),
        make_task(id="t5k2r", title="Read about gout"),
        make_task(id="t6k2r", title="Wait for the ward", status="waiting"),
        make_task(id="t7k2r", title="Kept", owner="osler", status="done", done_on=date(2026, 11, 1)),
        make_mentor(id="semmelweis", name="Ignaz Semmelweis", status="candidate", started=None),
    )
    return invoke


def test_the_longest_wait_comes_first(three: Invoke) -> None:
    """Invitations, drafts and promises, each with how long it waits and the command that ends it.

    The members of the kind: `invited` mentors without an answer, submitted drafts, open tasks of mentors. Not:
    candidates who were not asked, my own tasks (also those marked as waiting), what is done.
    """
    assert three("waiting").out.splitlines() == [
        "curie  Marie Curie: asked 4 weeks ago by email, no answer",
        "       mentorlog mentor invite curie --answer yes",
        "t4m2x  Draft abstract: with William Osler for 3 weeks",
        "       mentorlog task return t4m2x",
        "t9k3w  Send the protocol: promised by William Osler 7 days ago",
        "       mentorlog task done t9k3w",
    ]


def test_the_commands_end_the_wait(three: Invoke) -> None:
    """Each command can be pasted, and takes its line away."""
    commands = [one["command"] for one in three("waiting", "--json").data]

    for left, command in enumerate(commands[::-1], 1):
        assert three(*shlex.split(command)[1:]).exit == 0
        assert len(three("waiting", "--json").data) == len(commands) - left
    assert three("waiting").out == "Nothing is waiting.\n"


def test_json(three: Invoke) -> None:
    """A list, with the days and the text that the screen shows."""
    found = three("waiting", "--json").data

    assert [(one["kind"], one["id"], one["since"], one["days"]) for one in found] == [
        ("invitation", "curie", "2026-10-26", 28),
        ("draft", "t4m2x", "2026-11-02", 21),
        ("promise", "t9k3w", "2026-11-16", 7),
    ]
    assert found[0] == {
        "kind": "invitation",
        "record": "mentor",
        "id": "curie",
        "title": "Marie Curie",
        "mentors": ["curie"],
        "since": "2026-10-26",
        "channel": "email",
        "due_on": None,
        "days": 28,
        "text": "Marie Curie: asked 4 weeks ago by email, no answer",
        "command": "mentorlog mentor invite curie --answer yes",
    }


def test_only_one_mentor(three: Invoke) -> None:
    """`--with` keeps what waits for one of the mentors."""
    assert [one["id"] for one in three("waiting", "--with", "curie", "--json").data] == ["curie"]
    assert [one["id"] for one in three("waiting", "-w", "osler", "--json").data] == ["t4m2x", "t9k3w"]
    assert three("waiting", "--with", "semmelweis").out == "Nothing is waiting with Ignaz Semmelweis.\n"


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        (["email"], "asked 4 weeks ago by email, no answer"),
        (["email: wrote to her office"], "asked 4 weeks ago by email, no answer"),
        (["met her at the congress"], "asked 4 weeks ago, no answer"),
        (["hopeful"], "asked 4 weeks ago, no answer"),
        ([None], "asked 4 weeks ago, no answer"),
        (["email", "phone: asked again"], "asked 3 weeks ago by phone, no answer"),
    ],
)
def test_an_invitation_says_when_and_how(invoke: Invoke, keep: Keep, reasons: list[str | None], said: str) -> None:
    """The last time that somebody was asked, and the channel if one was given; `status` and `due` say the same."""
    keep(invited("curie", "Marie Curie", *reasons))

    for words in ([], ["due"], ["waiting"]):
        assert f"Marie Curie: {said}\n" in invoke(*words).out


def test_an_answer_ends_it(invoke: Invoke, keep: Keep) -> None:
    """Whatever the answer is; being asked again starts another wait."""
    keep(invited("curie", "Marie Curie", "email"))
    invoke("mentor", "invite", "curie", "--answer", "no")
    assert invoke("waiting", "--json").data == []

    invoke("mentor", "invite", "curie")
    assert [one["days"] for one in invoke("waiting", "--json").data] == [0]


def test_an_introduction_waits_to_be_followed_up(invoke: Invoke, keep: Keep) -> None:
    """It is named everywhere from the day two weeks after it on, until it is closed; an old one stored closed never."""
    keep(
        make_mentor(),
        make_mentor(id="curie", name="Marie Curie"),
        make_note(id="n2222", kind="introduction", to="Marie Curie", mentors=["osler"], status="open", on=ON),
        make_note(id="n3333", kind="introduction", text="To the editor", status="open", on=ON),
        make_note(id="n4444", kind="introduction", mentors=["osler"], text="Long ago", on=date(2024, 1, 1)),
    )
    said = "Marie Curie: introduced by William Osler 2 weeks ago, not followed up"
    screens: list[list[str]] = [[], ["due"], ["waiting"]]
    the_day = {"MENTORLOG_NOW": "2026-11-22"}

    assert all(
        "introduced" not in invoke(*words, env=the_day).out for words in [*screens, ["meeting", "prep", "osler"]]
    )
    assert all(said in invoke(*words).out for words in screens)
    assert "To the editor: introduced 2 weeks ago, not followed up\n" in invoke("waiting").out
    assert "Long ago" not in invoke("waiting").out
    assert "Follow up\n  n2222  Marie Curie: introduced" in invoke().out
    prepared = invoke("meeting", "prep", "osler").out
    assert "Introductions to follow up\n  n2222  Marie Curie: introduced 2 weeks ago\n" in prepared
    assert "Introductions" not in invoke("meeting", "prep", "curie").out
    assert invoke("note", "close", "n2222", "-m", "Met at her laboratory").exit == 0
    assert all(said not in invoke(*words).out for words in screens)


@pytest.mark.parametrize("columns", [80, 40])
def test_it_keeps_to_the_terminal(columns: int, three: Invoke, terminal: Callable[..., Terminal]) -> None:
    """No text is broken by the terminal; a command is whole for pasting, also where it is longer than a line."""
    shown = terminal("waiting", columns=columns)
    shown.end()

    assert max(map(len, shown.screen)) <= columns
    commands = [one["command"] for one in three("waiting", "--json").data]
    assert all(command in "".join(shown.screen) for command in commands)


def test_a_hostile_title_stays_data(invoke: Invoke, keep: Keep) -> None:
    """What a title holds reaches no terminal as a control sequence."""
    keep(make_mentor(), make_task(id="t9k3w", title="Send [/b] 日本 \x1b[31m", owner="osler"))

    assert "Send [/b] 日本 \\x1b[31m: promised" in invoke("waiting").out
