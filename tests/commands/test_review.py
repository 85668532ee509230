"""`mentorlog review`: by answers and by form, and looking back; the guided walk is in test_review_walk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal, make_review
from mentorlog.models.goal import HistoryEntry
from reviewed import keep
from terminal import Terminal
from world import Ran, World

Run = Callable[..., Ran]
HARD = '[/b] =1+1 "x" \\ é 日本 🩺'
FIRST_FIELDS = ["record", "id", "on", "kind", "scope", "next_on", "worked", "did_not", "changed", "unlearned"]
LAST_FIELDS = ["visibility", "tags", "links", "created", "source", "conflicts", "notes", "outcome"]
FIELDS = [*FIRST_FIELDS, "wellbeing", "asks", "added_goals", "period", "facts"]
FIELDS += ["verdicts", "tasks", "mentors", "discussed", *LAST_FIELDS]

ANSWERS = """\
on = 2026-11-22
worked = "Short meetings"
next_on = 2027-03-01
[[verdicts]]
goal = "g7k3q"
verdict = "revise"
reason = "Journal changed its format"
changes = { by = 2027-02-01 }
[[tasks]]
task = "t4m2x"
verdict = "defer"
due = 2026-12-20
[[mentors]]
mentor = "osler"
fit = "good"
cadence_ok = true
[[add_goals]]
title = "Teach a class"
by = 2027-05-01
with = ["osler"]
"""


@pytest.fixture(autouse=True)
def sample(world: World, journal_root: Path) -> Path:
    """The journal of reviewed.py."""
    world.filled("reviewed", lambda: keep(journal_root))
    return journal_root


def content(root: Path) -> dict[str, bytes]:
    """Every record file with its bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.glob("*/*.toml"))}


def editor(world: Any, script: str) -> dict[str, str]:
    """The variables of a run whose editor does what the script says to the file $1."""
    path = world.root / "bin" / "ed-it"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return {"EDITOR": str(path), "VISUAL": ""}


# Answers


def test_answers_are_one_operation_that_undo_takes_back(invoke: Run, sample: Path) -> None:
    """Goals, tasks, mentors, new goals and the review change together, and come back together, to the byte."""
    before = content(sample)
    ran = invoke("review", "--answers", "-", stdin=ANSWERS)
    after = content(sample)

    assert (ran.exit, ran.err) == (0, "")
    assert len(after) == len(before) + 2
    assert sum(after[path] != before[path] for path in before) == 3
    assert invoke("undo").out.startswith("Undone: review: full on Sun 22 Nov 2026 (just now)\n")
    assert content(sample) == before
    assert invoke("redo").exit == 0
    assert content(sample) == after


def test_what_changed_is_said(invoke: Run, world: Any) -> None:
    """The review, what became of each record, and when the next one is."""
    (world.work / "answers.toml").write_text(ANSWERS)
    lines = invoke("review", "--answers", "answers.toml").out.splitlines()

    assert lines[0].startswith("Saved review r")
    assert lines[0].endswith(" (Sun 22 Nov 2026)")
    changed = "revised, by Sun 3 Jan 2027 → Mon 1 Feb 2027 (Journal changed its format)"
    assert f"  g7k3q Submit case report: {changed}" in lines
    assert "  t4m2x Draft abstract: deferred, due Tue 10 Nov 2026 → Sun 20 Dec 2026" in lines
    assert "  osler William Osler: fits well, cadence works" in lines
    assert lines[-2:] == ["Next review: Mon 1 Mar 2027", "Undo with: mentorlog undo"]


def test_a_cadence_that_is_not_right_is_followed_by_its_command(invoke: Run) -> None:
    """An answer that asks for something says how it is done."""
    ran = invoke("review", "--answers", "-", stdin=ANSWERS.replace("cadence_ok = true", "cadence_ok = false"))

    assert "Change the cadence with: mentorlog mentor cadence osler --every '6 weeks'\n" in ran.out


def test_scripts_get_the_review(invoke: Run) -> None:
    """One document with every field, and what became of each record."""
    ran = invoke("review", "--answers", "-", "--json", stdin=ANSWERS)

    assert list(ran.data) == FIELDS
    assert ran.data["facts"]["meetings_held"] == 2
    assert ran.data["verdicts"][0]["changes"] == {"by": "2027-02-01"}
    assert [(one["record"], one["change"]) for one in ran.data["outcome"]] == [
        ("goal", "revised"),
        ("task", "deferred"),
        ("mentor", "fits well, cadence works"),
        ("goal", "added"),
    ]
    assert ran.data["outcome"][0]["fields"] == [{"field": "by", "old": "2027-01-03", "new": "2027-02-01"}]


def test_hard_text_comes_back(invoke: Run) -> None:
    """What is written stays as it was typed."""
    text = f"worked = '''{HARD}\nline two'''\n[[add_goals]]\ntitle = '{HARD}'\n"
    ran = invoke("review", "--answers", "-", "--json", stdin=text)

    assert ran.data["worked"] == f"{HARD}\nline two"
    assert invoke("show", ran.data["added_goals"][0], "--json").data["title"] == HARD


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ANSWERS.replace("g7k3q", "g9999"), "[[verdicts]] number 1, line 4: No goal matches 'g9999'."),
        (ANSWERS.replace('"defer"', '"later"'), "[[tasks]] number 1, line 9: Unknown verdict 'later'.\nhint: one of: "),
        (ANSWERS + 'whith = ["curie"]\n', "[[add_goals]] number 1, line 17: Unknown key 'whith'"),
        (ANSWERS + "title = 'x'\n", "The text on stdin, line 21 cannot be read: it is not valid TOML"),
        (ANSWERS.replace("11-22", "11-24"), "Line 1: on is Tue 24 Nov 2026, which is in the future."),
        ("# worked\n", "There are no answers; nothing changed."),
        ('scope = "t4m2x"\nworked = "x"', "Line 1: scope: No goal or mentor matches 't4m2x'."),
        ('scope = "nobody"\nworked = "x"', "Line 1: scope: No goal or mentor matches 'nobody'."),
        ('worked = "\udc80"', "The text on stdin is not UTF-8 (line 1)."),
    ],
)
def test_one_wrong_entry_changes_nothing(invoke: Run, sample: Path, text: str, said: str) -> None:
    """The entry and its line are named, and every file stays as it was."""
    before = content(sample)
    ran = invoke("review", "--answers", "-", stdin=text)

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.startswith(f"error: {said}"), ran.err
    assert content(sample) == before


def test_all_wrong_answers_are_named_at_once(invoke: Run, sample: Path, world: World) -> None:
    """CASES B3: each key and value with its line, in the order of lines, and a hint that they share only once."""
    before = content(sample)
    text = """\
next_on = "7 jum"
kind = "daily"
wrked = "x"
[[verdicts]]
goal = "gx9"
verdict = "kep"
[[verdicts]]
goal = "g7k"
verdict = "revise"
reason = "Nights"
changes = { by = "1 fbe", horizon = "longer" }
[[tasks]]
task = "t5b6c"
verdict = "done"
[[mentors]]
mentor = "oneill"
fit = "godo"
every = "now and then"
[[mentors]]
mentor = "curie"
fit = 7
cadence_ok = "perhaps"
[[add_goals]]
by = "in a while"
with = ["osl", "nobody"]
"""
    (world.work / "answers.toml").write_text(text)
    ran = invoke("review", "--answers", "answers.toml", "--json")

    assert (ran.exit, ran.out) == (1, "")
    assert [line for line in ran.err.splitlines() if line.startswith("error: ")] == [
        "error: Line 1: next_on: '7 jum' is not a date.",
        "error: Line 2: Unknown kind 'daily'.",
        "error: Line 3: Unknown key 'wrked'; did you mean 'worked'?",
        "error: [[verdicts]] number 1, line 4: No goal matches 'gx9'.",
        "error: [[verdicts]] number 1, line 4: Unknown verdict 'kep'.",
        "error: [[verdicts]] number 2, line 7: by: '1 fbe' is not a date.",
        "error: [[verdicts]] number 2, line 7: Unknown horizon 'longer'.",
        "error: [[tasks]] number 1, line 12: Task t5b6c is done.",
        "error: [[mentors]] number 1, line 15: No mentor matches 'oneill'.",
        "error: [[mentors]] number 1, line 15: every: 'now and then' is not a length of time.",
        "error: [[mentors]] number 1, line 15: Unknown fit 'godo'.",
        "error: [[mentors]] number 2, line 19: cadence_ok must be yes or no, not 'perhaps'.",
        "error: [[mentors]] number 2, line 19: fit must be text in quotes, not 7.",
        "error: [[add_goals]] number 1, line 23: by: 'in a while' is not a date.",
        "error: [[add_goals]] number 1, line 23: with: No mentor matches 'nobody'.",
    ], ran.err
    assert content(sample) == before


def test_words_in_answers_are_taken(invoke: Run) -> None:
    """CASES B3: a name, a prefix and words for days are as good as ids and dates; they count from the review."""
    text = """\
on = "sat"
next_on = "7 jun"
[[verdicts]]
goal = "g7k"
verdict = "revise"
reason = "Nights"
changes = { by = "in 6 weeks", mentors = ["marie", "osl"] }
[[mentors]]
mentor = "william"
fit = "not-good"
"""
    data = invoke("review", "--answers", "-", "--json", stdin=text).data

    assert (data["on"], data["next_on"]) == ("2026-11-21", "2027-06-07")
    assert data["verdicts"][0]["goal"] == "g7k3q"
    assert data["verdicts"][0]["changes"] == {"by": "2027-01-02", "mentors": ["curie", "osler"]}
    assert (data["mentors"][0]["mentor"], data["mentors"][0]["fit"]) == ("osler", "not_good")


def test_a_record_that_cannot_be_read_is_no_wrong_answer(invoke: Run, sample: Path) -> None:
    """Whoever names it is sent to the doctor, and nothing changes; others are reviewed meanwhile."""
    path = next((sample / "goals").glob("g7k3q*"))
    path.write_text("title = ")
    before = content(sample)

    assert invoke("review", "--answers", "-", stdin=ANSWERS).exit == 3
    assert content(sample) == before
    ran = invoke("review", "--print-form")
    assert "g7k3q Submit" not in ran.out
    assert "1 record cannot be read" in ran.err


def test_no_facts_are_frozen_without_a_record(invoke: Run, sample: Path) -> None:
    """Whatever cannot be read would be missing in the facts for ever: it is mended first."""
    path = next((sample / "notes").glob("*.toml"), sample / "notes" / "n2222.toml")
    path.write_text("text = ")
    before = content(sample)
    ran = invoke("review", "--answers", "-", stdin='worked = "x"')

    assert (ran.exit, ran.out) == (3, "")
    assert f"notes/{path.name}, line 1 cannot be read" in ran.err
    assert content(sample) == before


def test_options_of_answers(invoke: Run, world: Any) -> None:
    """Ways to answer exclude each other; day and kind may not be said twice differently; a file must be there."""
    both = invoke("review", "--answers", "x", "--form")
    other_day = invoke("review", "--answers", "-", "--on", "2026-11-20", stdin=ANSWERS)
    kinds = invoke("review", "--quick", "--kind", "annual", "--print-form")
    missing = invoke("review", "--answers", "none.toml")
    folder = invoke("review", "--answers", str(world.work))

    assert (both.exit, both.err.splitlines()[0]) == (2, "error: --form and --answers cannot be used together.")
    said = "error: Line 1: on is Sun 22 Nov 2026, but --on says Fri 20 Nov 2026."
    assert (other_day.exit, other_day.err.splitlines()[0]) == (1, said)
    assert (kinds.exit, kinds.err.splitlines()[0]) == (2, "error: --quick and --kind annual cannot be used together.")
    assert (missing.exit, missing.err.splitlines()[0]) == (1, "error: File not found: none.toml")
    assert folder.exit == 1


def test_without_a_terminal_the_answers_are_asked_for(invoke: Run) -> None:
    """Nobody is there to walk: the option is named."""
    for words in ([], ["--quick"], ["--resume"], ["--no-input"]):
        ran = invoke("review", *words)
        assert (ran.exit, ran.out) == (2, "")
        assert ran.err.startswith("error: An answer is needed: What has become of your goals, tasks and mentors?")


# The form


def test_the_form_says_everything_and_answers_nothing(invoke: Run, sample: Path) -> None:
    """The facts are comments; as printed it holds no answer."""
    form = invoke("review", "--print-form")
    before = content(sample)
    ran = invoke("review", "--answers", "-", stdin=form.out)

    assert '[[verdicts]]\ngoal = "g7k3q"\nverdict = ""\n' in form.out
    assert "#   last meeting: Mon 2 Nov 2026 with William Osler\n" in form.out
    assert '[[mentors]]\nmentor = "curie"\nfit = ""\n' in form.out
    assert "#   meetings: 2 held, 1 cancelled by them, 1 missed\n" in form.out
    assert (ran.exit, ran.err.splitlines()[0]) == (1, "error: There are no answers; nothing changed.")
    assert content(sample) == before
    assert invoke("review", "--print-form", "--json").data == {"form": form.out}
    assert max(map(len, form.out.splitlines())) < 80


def test_a_terminal_breaks_no_line_of_the_form(terminal: Callable[..., Terminal], invoke: Run, sample: Path) -> None:
    """A comment that is wrapped would be no comment: the form is printed on a narrow terminal as on a pipe."""
    shown = terminal("review", "--print-form", columns=40)
    shown.end()

    assert shown.raw.decode().splitlines() == invoke("review", "--print-form").out.splitlines()


def test_the_time_that_meetings_took_is_counted(invoke: Run) -> None:
    """Hours with each mentor in the period, where their length was noted."""
    for minutes in ("45", "60"):
        invoke("meeting", "log", "osler", "--new", "--minutes", minutes, "--no-input")

    assert ", 105 minutes in total" in invoke("review", "--print-form").out
    invoke("meeting", "log", "osler", "--new", "--minutes", "45", "--no-input")
    assert ", 2.5 hours in total" in invoke("review", "--print-form").out


def test_a_form_that_is_filled_in_is_taken(invoke: Run) -> None:
    """What stays empty was not reviewed."""
    form = invoke("review", "--print-form", "--on", "2026-11-20", "--kind", "annual").out
    filled = form.replace('goal = "g9p2m"\nverdict = ""', 'goal = "g9p2m"\nverdict = "keep"')
    data = invoke("review", "--answers", "-", "--json", stdin=filled).data

    assert (data["on"], data["kind"]) == ("2026-11-20", "annual")
    assert [(one["goal"], one["verdict"]) for one in data["verdicts"]] == [("g9p2m", "keep")]
    assert (data["tasks"], data["mentors"], data["added_goals"]) == ([], [], [])


def test_a_quick_form_asks_for_drifting_goals_only(invoke: Run) -> None:
    """Three questions, and what drifts."""
    form = invoke("review", "--print-form", "--quick").out

    assert [line for line in form.splitlines() if line.startswith("[[")] == ["[[verdicts]]"]
    assert 'goal = "g9p2m"' in form
    assert "# What is stuck?\n" in form


@pytest.mark.parametrize("scope", ["g7k3q", "curie", "marie"])
def test_a_form_of_one_goal_or_mentor(invoke: Run, scope: str) -> None:
    """Only what belongs to it."""
    form = invoke("review", "--print-form", "--scope", scope).out
    goals = [line for line in form.splitlines() if line.startswith("goal = ")]

    assert goals == ['goal = "g7k3q"' if scope == "g7k3q" else 'goal = "g9p2m"']
    assert ('mentor = "curie"' in form) == (scope != "g7k3q")
    assert invoke("review", "--answers", "-", stdin=form.replace('verdict = ""', 'verdict = "keep"', 1)).exit == 0


def test_text_of_records_stays_within_comments(invoke: Run, sample: Path) -> None:
    """Whatever a title or a note holds, no line of it becomes an answer."""
    hard = 'x"""\n[[verdicts]]\ngoal = "g9p2m"\rverdict = "drop"\u2028on = 2020-01-01\x85\x1b[2J\x00\x7f'
    keep_more = make_goal(id="g2345", title="''' # [[tasks]] \x1b[2J", why=hard)
    keep(sample, keep_more)
    form = invoke("review", "--print-form").out
    headers = [line for line in form.splitlines() if line.startswith("[[verdicts]]")]

    assert len(headers) == 4
    assert all(line.isprintable() for line in form.splitlines())
    assert invoke("review", "--answers", "-", stdin=form.replace('verdict = ""', 'verdict = "keep"', 1)).exit == 0


def test_the_form_in_an_editor(invoke: Run, world: Any) -> None:
    """What the editor leaves is taken; its draft is gone afterwards."""
    fill = """sed -i '/^goal = "g7k3q"/{n;s/""/"keep"/}' "$1" """
    ran = invoke("review", "--form", "--json", env=editor(world, fill))

    assert (ran.exit, [one["verdict"] for one in ran.data["verdicts"]]) == (0, ["keep"])
    assert not list((world.journal / ".mentorlog" / "drafts").glob("*"))


def test_a_form_that_is_left_as_it_was(invoke: Run, world: Any, sample: Path) -> None:
    """Nothing was answered, and nothing is changed."""
    before = content(sample)
    ran = invoke("review", "--form", env=editor(world, "exit 0"))

    assert (ran.exit, ran.out, content(sample)) == (0, "", before)


def test_a_wrong_form_is_kept(invoke: Run, world: Any, sample: Path) -> None:
    """The entry and its line are named, nothing changes, and what was written can be found again."""
    before = content(sample)
    ran = invoke(
        "review", "--form", env=editor(world, """sed -i 's/"g9p2m"/"g9999"/;s/^verdict = ""/verdict = "keep"/' "$1" """)
    )

    assert ran.exit == 1
    assert "[[verdicts]] number 2, line " in ran.err
    assert "Your text is saved in " in ran.err
    assert content(sample) == before
    kept = Path(ran.err.rpartition("Your text is saved in ")[2].strip()).read_text()
    line = int(ran.err.partition("number 2, line ")[2].partition(":")[0])
    assert kept.splitlines()[line - 1 : line + 1] == ["[[verdicts]]", 'goal = "g9999"']


def test_no_form_without_a_person(invoke: Run) -> None:
    """An editor is a question too."""
    assert invoke("review", "--form", "--no-input").exit == 2


# Looking back


def test_an_empty_journal_has_nothing_to_review(world: Any, invoke: Run, sample: Path) -> None:
    """It says how to begin."""
    assert invoke("undo").exit == 0
    ran = invoke("review", "--print-form")

    assert (ran.exit, ran.err.splitlines()[1]) == (1, 'hint: start with: mentorlog goal add "Submit case report"')
    assert invoke("review", "due").out == "No review is due: the journal is empty.\n"
    assert invoke("review", "list").out == "No reviews found.\n"


def test_the_list_of_reviews(invoke: Run, sample: Path) -> None:
    """The newest first, with the count of verdicts; by kind and by day."""
    invoke("review", "--answers", "-", stdin=ANSWERS)
    keep(sample, make_review(id="r2222", on=date(2026, 9, 1), kind="annual", scope="osler"))
    lines = invoke("review", "list").out.splitlines()

    assert lines[0].split() == ["id", "on", "kind", "of", "verdicts", "next"]
    assert "Sun 22 Nov 2026  full" in lines[1]
    assert "1 revise" in lines[1]
    assert "annual  osler" in lines[2]
    assert [one["id"] for one in invoke("review", "list", "-k", "annual", "--json").data] == ["r2222"]
    assert len(invoke("review", "list", "--since", "2026-11-01", "--json").data) == 1
    assert invoke("review", "list", "-k", "daily").exit == 1


def test_when_the_next_review_is_due(invoke: Run, sample: Path) -> None:
    """When, and why: as `mentorlog status` says it."""
    first = invoke("review", "due").out
    assert first == (
        "The next review is due on Mon 30 Nov 2026 (in 7 days), 90 days after the first record, Tue 1 Sep 2026.\n"
    )
    assert invoke("review", "due", "--json").data == {
        "due_on": "2026-11-30",
        "late": False,
        "reason": "first_record",
        "last_review": None,
        "named_by": None,
        "command": "mentorlog review",
    }
    keep(sample, make_review(id="r2222", on=date(2026, 9, 5), scope="g7k3q"))
    assert invoke("review", "due").out == first
    keep(sample, make_review(id="r3333", on=date(2026, 8, 5)))
    said = "was due on Tue 3 Nov 2026 (3 weeks ago), 90 days after review r3333 of Wed 5 Aug 2026.\n"
    assert invoke("review", "due").out.endswith(said)
    invoke("review", "--answers", "-", stdin=ANSWERS)
    assert "is due on Mon 1 Mar 2027 (in 3 months), as set by review r" in invoke("review", "due").out
    assert "Next review Mon 1 Mar 2027" in invoke("status").out


def test_how_aims_moved(invoke: Run, sample: Path) -> None:
    """Goals added, closed and revised with their reasons, facts side by side, fits that changed."""
    moved = HistoryEntry(on=date(2026, 11, 1), field="status", old="active", new="dropped", reason="No time")
    told = HistoryEntry(on=date(2026, 10, 9), field="mentors", old="osler (told 2026-10-04)", new=None, reason="Alone")
    keep(
        sample,
        make_review(id="r2222", on=date(2026, 10, 1)),
        make_goal(id="g5678", title="Learn Latin", status="dropped", history=(told, moved)),
    )
    later = invoke("review", "--answers", "-", "--json", stdin=ANSWERS).data
    lines = invoke("review", "diff", later["id"], "r22").out.splitlines()

    assert lines[0] == f"From review r2222 of Thu 1 Oct 2026 to review {later['id']} of Sun 22 Nov 2026"
    assert f"  {later['added_goals'][0]} Teach a class" in lines
    assert "  g5678 Learn Latin: dropped on Sun 1 Nov 2026 (No time)" in lines
    alone = "mentors osler (told Sun 4 Oct 2026) → none on Fri 9 Oct 2026 (Alone)"
    assert f"  g5678 Learn Latin: {alone}" in lines
    change = "by Sun 3 Jan 2027 → Mon 1 Feb 2027 on Sun 22 Nov 2026 (Journal changed its format)"
    assert f"  g7k3q Submit case report: {change}" in lines
    assert "  g7k3q Submit case report: no progress recorded → 40%" in lines
    assert "  William Osler: no answer → good" in lines
    assert "  meetings held      0 → 2" in lines
    data = invoke("review", "diff", "r2222", later["id"], "--json").data
    assert (data["earlier"], data["later"]) == ("r2222", later["id"])


@pytest.mark.parametrize("words", [("diff", "r2222"), ("diff", "r9999", "r2222"), ("diff", "g7k3q", "r2222")])
def test_a_diff_needs_two_reviews(invoke: Run, sample: Path, words: tuple[str, ...]) -> None:
    """An id of another kind is none."""
    keep(sample, make_review(id="r2222"))

    assert invoke("review", *words).exit in (1, 2)
    assert "No goal changed." in invoke("review", "diff", "r2222", "r2222").out


def test_a_review_can_be_shown(invoke: Run) -> None:
    """With its verdicts, and what was changed and cleared."""
    answers = ANSWERS.replace("changes = {", 'clear = ["measure"]\nchanges = {')
    id = invoke("review", "--answers", "-", "--json", stdin=answers).data["id"]
    shown = invoke("show", id).out

    assert "g7k3q Submit case report: revise, Journal changed its format, by = Mon 1 Feb 2027" in shown
    assert "clear: measure" in shown
