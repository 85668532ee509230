"""Goals of mentees: `--whose`, what each command says of them, and where they never are."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.mentee.conftest import Invoke

VERBS = [
    (["goal", "add", "Learn Latin", "--whose", "joliot", "--by", "fri"], "(of Irène Joliot, by Fri 27 Nov 2026)"),
    (["goal", "progress", "g3333", "60"], "(of Emmy Noether, 60%, Mon 23 Nov 2026)"),
    (["goal", "revise", "g3333", "why=A chair", "-m", "Asked"], "Submit the thesis (of Emmy Noether)"),
    (["goal", "pause", "g3333", "-m", "Leave"], "(of Emmy Noether, Mon 23 Nov 2026)"),
    (["goal", "achieve", "g3333"], "(of Emmy Noether, Mon 23 Nov 2026)"),
    (["goal", "drop", "g3333", "-m", "x"], "(of Emmy Noether, Mon 23 Nov 2026)"),
    (["show", "g3333"], "whose       Emmy Noether (noether)"),
    (["timeline"], "goal set: Submit the thesis, of Emmy Noether"),
]
REFUSED = [
    (
        ["goal", "add", "X", "--with", "noether"],
        "Emmy Noether is your mentee, so your goals are not shared with them.",
        "for a goal of theirs use --whose noether; if they mentor you too: mentorlog set noether my_role=both",
    ),
    (
        ["goal", "tell", "g2222", "noether"],
        "Emmy Noether is your mentee, so your goals are not shared with them.",
        "for a goal of theirs use --whose noether",
    ),
    (
        ["goal", "revise", "g2222", "mentors=osler,noether", "-m", "x"],
        "Emmy Noether is your mentee, so your goals are not shared with them.",
        "for a goal of theirs use --whose noether",
    ),
    (
        ["set", "g2222", "with=joliot"],
        "Irène Joliot is your mentee, so your goals are not shared with them.",
        "for a goal of theirs use --whose joliot",
    ),
    (
        ["goal", "add", "X", "--whose", "osler"],
        "William Osler is your mentor, not your mentee.",
        "for a goal of yours use --with; if you mentor them too: mentorlog set osler my_role=both",
    ),
    (["goal", "list", "--whose", "osler"], "William Osler is your mentor, not your mentee.", "use --with"),
    (["set", "g3333", "whose=osler"], "William Osler is your mentor, not your mentee.", "use --with"),
    (
        ["goal", "add", "X", "--whose", "noether", "--with", "osler"],
        "A goal of a mentee is not shared with your mentors.",
        "leave out --with",
    ),
    (
        ["set", "g3333", "mentors=osler"],
        "A goal of a mentee is not shared with your mentors.",
        "clear this first: mentorlog set g3333 --clear whose",
    ),
    (
        ["set", "g2222", "whose=noether"],
        "A goal of a mentee is not shared with your mentors.",
        "clear this first: mentorlog set g2222 --clear mentors",
    ),
    (
        ["goal", "tell", "g3333", "osler"],
        "Goal g3333 is a goal of a mentee, so it is not shared with your mentors.",
        "to record it as a note: mentorlog note add --with osler",
    ),
    (
        ["goal", "add", "X", "--parent", "g3333"],
        "g3333 is a goal of a mentee, so this goal cannot be part of it.",
        "choose a goal of the same person",
    ),
    (
        ["goal", "add", "X", "--whose", "noether", "--parent", "g2222"],
        "g2222 is your goal, so this goal cannot be part of it.",
        "choose a goal of the same person",
    ),
    (
        ["mentor", "end", "osler", "--kind", "moved", "--hand-to", "noether"],
        "Emmy Noether is your mentee, so they cannot take over from William Osler.",
        "choose a mentor; if they mentor you too: mentorlog set noether my_role=both",
    ),
    (
        ["mentor", "end", "osler", "--kind", "moved", "--promises-to", "noether"],
        "Emmy Noether is your mentee, so they cannot take over from William Osler.",
        "choose a mentor",
    ),
]


@pytest.mark.parametrize(("words", "said"), VERBS, ids=[" ".join(words[:2]) for words, _ in VERBS])
def test_every_command_says_whose_it_is(words: list[str], said: str, invoke: Invoke) -> None:
    """The name of the mentee comes first in the brackets."""
    ran = invoke(*words)

    assert ran.exit == 0 and said in ran.out, ran


@pytest.mark.parametrize(("words", "sentence", "hint"), REFUSED, ids=[" ".join(words) for words, _, _ in REFUSED])
def test_what_cannot_be_right_is_refused(
    words: list[str], sentence: str, hint: str, invoke: Invoke, journal_root: Path
) -> None:
    """A sentence names the person or the goal, a hint the way; nothing is written."""
    before = {path: path.read_bytes() for path in journal_root.glob("*/*.toml")}
    ran = invoke(*words)

    assert ran.exit == 1
    assert f"error: {sentence}\n" in ran.err
    assert hint in ran.err
    assert {path: path.read_bytes() for path in journal_root.glob("*/*.toml")} == before


def test_a_former_mentee_gets_no_new_goal(invoke: Invoke) -> None:
    """The mentorship must be resumed first; the goals that they have stay."""
    invoke("mentor", "end", "noether", "--kind", "completed")
    ran = invoke("goal", "add", "X", "--whose", "noether")

    assert "error: Emmy Noether is a former mentee, so a new goal cannot be theirs." in ran.err
    assert "hint: resume the mentorship first: mentorlog mentor activate noether" in ran.err
    assert "g3333" in invoke("goal", "list", "--whose", "noether").out
    assert invoke("goal", "progress", "g3333", "70").exit == 0


def test_a_goal_may_become_mine(invoke: Invoke) -> None:
    """`me` is nobody else; then it is in my list."""
    assert invoke("set", "g3333", "whose=me").exit == 0
    assert invoke("show", "g3333", "--json").data["whose"] is None
    assert "g3333" in invoke("goal", "list").out


def test_a_part_of_their_goal_is_listed_under_it(invoke: Invoke) -> None:
    """`goal list --parent` looks among the goals of the same person."""
    part = invoke("goal", "add", "Write the index", "--whose", "noether", "--parent", "g3333", "--json").data["id"]

    assert [one["id"] for one in invoke("goal", "list", "--parent", "g3333", "--json").data] == [part]


def test_what_an_old_file_says_stays(invoke: Invoke, journal_root: Path) -> None:
    """A goal that was shared with somebody who is a mentee now can still be changed, and shared with others."""
    invoke("set", "curie", "my_role=mentee")
    invoke("goal", "tell", "g2222", "curie")
    invoke("set", "curie", "my_role=mentor")

    assert invoke("goal", "revise", "g2222", "mentors=osler,curie", "-m", "Both").exit == 0
    assert invoke("goal", "tell", "g2222", "curie", "--on", "yesterday").exit == 0


def test_a_review_adds_no_goal_of_mine_for_a_mentee(invoke: Invoke) -> None:
    """The answer is named with its line; a goal of theirs can be added."""
    form = 'worked = "x"\n[[add_goals]]\ntitle = "Teach"\n'
    refused = invoke("review", "--answers", "-", stdin=form + 'with = ["noether"]\n')

    assert refused.exit == 1
    assert "Emmy Noether is your mentee, so your goals are not shared with them." in refused.err
    assert invoke("review", "--answers", "-", stdin=form + 'whose = "noether"\n').exit == 0
    assert "Teach" in invoke("goal", "list", "--whose", "noether").out


@pytest.mark.parametrize("way", ["set", "revise", "edit"])
def test_a_goal_is_not_part_of_itself(way: str, invoke: Invoke, journal_root: Path) -> None:
    """Neither directly nor through others, whatever way it is changed."""
    part = invoke("goal", "add", "Draft it", "--parent", "g2222", "--json").data["id"]
    if way == "edit":
        path = next(journal_root.glob("goals/g2222*"))
        script = journal_root.parent / "editor.sh"
        script.write_text(f'#!/bin/sh\nprintf \'parent = "{part}"\\n\' | cat - "$1" > "$1.new" && mv "$1.new" "$1"\n')
        script.chmod(0o755)
        ran = invoke("edit", "g2222", env={"EDITOR": str(script)})
        assert "parent" not in path.read_text()
    else:
        words = ["goal", "revise", "-m", "x"] if way == "revise" else ["set"]
        ran = invoke(*words, "g2222", f"parent={part}")

    assert ran.exit == 1
    assert "A goal cannot be part of itself." in ran.err
    assert "choose a goal that is not part of this one" in ran.err
