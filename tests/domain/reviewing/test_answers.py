"""The answers of a review from outside: what is empty, what is refused, and where it stands."""

from __future__ import annotations

from datetime import date

import pytest

from mentorlog.domain.reviewing.answers import (
    Answers,
    GoalAnswer,
    MentorAnswer,
    NewGoal,
    ReviewForm,
    TaskAnswer,
    goal_fields,
)
from mentorlog.domain.reviewing.form_lines import FormLines
from mentorlog.errors import WrongAnswer
from mentorlog.flows.review import parse_answers, read_answers
from mentorlog.models.fields import spec
from mentorlog.models.record import Part
from mentorlog.models.review import MentorVerdict, TaskVerdict, Verdict
from mentorlog.store.format import toml
from reviewed import PARSER

ISSUE = """\
on = 2026-12-01
worked = "Short meetings"
next_on = 2027-03-01
[[verdicts]]
goal = "g7k3q"
verdict = "revise"
reason = "Journal changed its format"
changes = { by = 2027-02-01 }        # clear = ["measure"] empties a field
[[tasks]]
task = "t4m2x"
verdict = "defer"
due = 2026-12-20
[[mentors]]
mentor = "osler"
fit = "good"
cadence_ok = true
[[add_goals]]
title = "Present at grand rounds"
by = 2027-05-01
with = ["osler"]
"""


def given(text: str) -> Answers:
    """The answers in a text."""
    return read_answers(text, "answers.toml", PARSER)


def refused(text: str) -> str:
    """What is said of a text that is refused."""
    try:
        return WrongAnswer.of_all(given(text).wrong).sentence
    except WrongAnswer as wrong:
        return wrong.sentence


def test_the_format_of_the_answers() -> None:
    """All that a form can say is taken with its type."""
    read = given(ISSUE)
    answers = read.form

    assert (answers.on, answers.worked, answers.next_on) == (date(2026, 12, 1), "Short meetings", date(2027, 3, 1))
    verdict, task, mentor, goal = (entry for _, _, entry in read.entries)
    assert (verdict.goal, verdict.verdict, verdict.changes) == ("g7k3q", "revise", {"by": date(2027, 2, 1)})
    assert (task.task, task.verdict, task.due) == ("t4m2x", "defer", date(2026, 12, 20))
    assert (mentor.mentor, mentor.fit, mentor.cadence_ok) == ("osler", "good", True)
    assert (goal.title, goal.by, goal.mentors) == ("Present at grand rounds", date(2027, 5, 1), ("osler",))


def test_what_is_empty_was_not_answered() -> None:
    """Empty texts, lists and tables are as if they were not there."""
    text = (
        'worked = ""\nnext_on = ""\ndid_not = " \\n"\n'
        '[[verdicts]]\ngoal = "g7k3q"\nverdict = ""\nreason = ""\nchanges = {}\n'
        '[[mentors]]\nmentor = "osler"\nfit = ""\ncadence_ok = ""\n'
        '[[tasks]]\ntask = "t4m2x"\ndue = ""\n[[add_goals]]\ntitle = ""'
    )

    assert given(text).empty
    assert given("").empty
    assert not given('[[add_goals]]\ntitle = "x"').empty
    assert not given('[[mentors]]\nmentor = "osler"\ncadence_ok = false').empty


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("on = 2026-12-01\nwrked = 'x'", "Line 2: Unknown key 'wrked'; did you mean 'worked'?"),
        ("[[verdict]]\ngoal = 'g'", "Line 1: Unknown key 'verdict'; did you mean 'verdicts'?"),
        (
            "[[verdicts]]\ngoal = 'g7k3q'\n\n[[verdicts]]\ngoal = 'g9p2m'\nverdit = 'keep'",
            "[[verdicts]] number 2, line 4: Unknown key 'verdit'; did you mean 'verdict'?",
        ),
        (
            "[[mentors]]\nmentor = 'osler'\npulse = { comunication = 3 }",
            "[[mentors]] number 1, line 1: Unknown key 'comunication'; did you mean 'communication'?",
        ),
        (
            "[[add_goals]]\ntitle = 'x'\nmentors = ['osler']",
            "[[add_goals]] number 1, line 1: Unknown key 'mentors'.",
        ),
        (
            "[[verdicts]]\ngoal = 'g7k3q'\nverdict = 'kept'",
            "[[verdicts]] number 1, line 1: Unknown verdict 'kept'.",
        ),
        ("[[verdicts]]\nverdict = 'keep'", "[[verdicts]] number 1, line 1: goal is missing."),
        (
            "[[tasks]]\ntask = 't'\nverdict = 'defer'\ndue = 3",
            "[[tasks]] number 1, line 1: due must be a date like 2027-02-03, not 3.",
        ),
        (
            "[[mentors]]\nmentor = 'o'\npulse = {communication = 8}",
            "[[mentors]] number 1, line 1: pulse: communication must be a number from 1 to 7, not 8.",
        ),
        (
            "[[mentors]]\nmentor = 'o'\ncadence_ok = 'maybe'",
            "[[mentors]] number 1, line 1: cadence_ok must be yes or no, not 'maybe'.",
        ),
        ("[[add_goals]]\ntitle = 'x'\nwith = 3", "[[add_goals]] number 1, line 1: with must be a list, not 3."),
        (
            "[[add_goals]]\ntitle = 'x'\nwith = [3]",
            "[[add_goals]] number 1, line 1: with.1 must be text in quotes, not 3.",
        ),
        ("[[mentors]]\nmentor = 'o'\nevery = 6", "[[mentors]] number 1, line 1: every must be text in quotes, not 6."),
        ("on = 5\nnext_on = '7 jun'", "Line 1: on must be a date like 2027-02-03, not 5."),
        ("[[add_goals]]\nby = 2027-01-01", "[[add_goals]] number 1, line 1: title is missing."),
        ("[[add_goals]]\ntitle = 'a\\nb'", None),
        ('[[add_goals]]\ntitle = "a\\nb"', "[[add_goals]] number 1, line 1: title has more than one line."),
        ("verdicts = 5", "Line 1: verdicts must be a list."),
        ("x = 1\n[verdicts]\ngoal = 'g'", "Line 1: Unknown key 'x'."),
        ("[verdicts]\ngoal = 'g'", "Line 1: verdicts must be a list."),
        ("verdicts = [5]", "[[verdicts]] number 1, line 1: The entry must be a table."),
        ("\non = 'soon'", "Line 2: on: 'soon' is not a date."),
        ("on = 2026-12-01T09:00:00", "Line 1: on must be a date like 2027-02-03, not 2026-12-01 09:00:00."),
        ("kind = 'daily'", "Line 1: Unknown kind 'daily'."),
        ("[[verdicts]]\ngoal = 'g'\nreason = 'why'", "[[verdicts]] number 1, line 1: verdict is missing."),
        ("[[tasks]]\ntask = 't'\ndue = 2027-01-01", "[[tasks]] number 1, line 1: verdict is missing."),
        (
            "[[verdicts]]\ngoal = 'g'\nverdict = 'keep'\nclear = ['why']",
            "[[verdicts]] number 1, line 1: changes and clear cannot be used with keep, only with revise.",
        ),
        (
            "[[tasks]]\ntask = 't'\nverdict = 'done'\ndue = 2027-01-01",
            "[[tasks]] number 1, line 1: due cannot be used with done, only with defer.",
        ),
        (
            "a b",
            "answers.toml, line 1 cannot be read: it is not valid TOML: Expected '=' after a key in a key/value pair.",
        ),
        ("['Mx']\n['Mx']", "answers.toml, line 2 cannot be read: it is not valid TOML: Cannot declare (…,) twice."),
        ("a = ", "answers.toml, line 1 cannot be read: it is not valid TOML: Invalid value."),
        (
            "\n\n<<<<<<< ours\n",
            "answers.toml, line 3 cannot be read: it contains git conflict markers.",
        ),
        (
            "x = " + "[" * 5000,
            "answers.toml cannot be read: it is nested too deeply or contains a number that is too long.",
        ),
        ('worked = "\udc80"', "answers.toml, line 1 cannot be read: it is not UTF-8 text."),
        (
            "\ufeffworked = 'x'",
            "answers.toml, line 1 cannot be read: it begins with a byte order mark; save it as UTF-8 without one.",
        ),
    ],
)
def test_what_is_refused(text: str, said: str | None) -> None:
    """The entry, the line of its header, the key and the value are named."""
    if said is None:
        assert not given(text).wrong
    else:
        assert refused(text) == said


def test_a_form_may_stand_below_the_first_line() -> None:
    """Lines are counted as the editor shows them."""
    [wrong] = read_answers("\n[[verdicts]]\nverdict = 'keep'", "The form", PARSER, first_line=2).wrong
    assert wrong.sentence.endswith("line 3: goal is missing.")
    with pytest.raises(WrongAnswer, match="The form, line 2 cannot"):
        read_answers("a = ", "The form", PARSER, first_line=2)


def test_headers_are_found_outside_of_strings() -> None:
    """What looks like a header within a text is none."""
    text = (
        'worked = """\n[[verdicts]]\nsaid "so" \\""" still\n[[verdicts]]\n"""  # [[verdicts]]\n'
        "did_not = '''\n[[verdicts]]\n'''\n# [[verdicts]]\nchanged = \"[[verdicts]] '''\"\n"
        " [[ 'verdicts' ]]  # one\ngoal = 'a'\n[[verdicts]]\ngoal = 'b'\n"
    )
    places = FormLines(text)

    assert [places.line("verdicts", number) for number in (1, 2, 3)] == [11, 13, None]


def test_a_list_in_one_piece_has_the_line_of_its_key() -> None:
    """Where there is no header the key is named."""
    assert refused("on = 2026-12-01\nverdicts = [{goal = 'g', verdict = 'x'}]").startswith(
        "[[verdicts]] number 1, line 2: "
    )


def test_answers_survive_being_written() -> None:
    """What the walk writes is what it reads."""
    data = {
        "on": date(2026, 12, 1),
        "worked": 'Quotes """ and [[verdicts]]\nlines \\ é 日本 🩺',
        "next_on": "",
        "verdicts": [
            {
                "goal": "g7k3q",
                "verdict": "revise",
                "changes": {"by": date(2027, 2, 1), "mentors": ["osler"]},
                "clear": [],
            },
            {"goal": "g9p2m", "verdict": ""},
        ],
        "add_goals": [{"title": "x", "with": [], "by": ""}],
    }

    text = toml.dump_plain(data).decode()

    assert parse_answers(text, "draft") == data
    assert given(text).form.worked == data["worked"]


@pytest.mark.parametrize("field", goal_fields())
def test_a_new_goal_has_the_fields_of_a_goal(field: str) -> None:
    """Whatever `set` may set of a goal, a review may say of one that it adds; states and progress come later."""
    key = {"mentors": "with"}.get(field, field)
    value = {
        "by": "2027-05-01",
        "competency": '"PC"',
        "mentors": '"osler"',
        "asked_by": '"osler"',
        "parent": '"g7k3q"',
        "horizon": '"long"',
        "priority": '"high"',
        "whose": '"curie"',
        "target": "50",
        "unit": '"cases"\ntarget = 50',
    }.get(field, '"open"')
    value = f"[{value}]" if field in ("mentors", "tags", "links") else value

    title = "" if field == "title" else 'title = "Teach"\n'

    [(_, _, goal)] = given(f"[[add_goals]]\n{title}{key} = {value}\n").entries

    assert getattr(goal, field) not in (None, ())


@pytest.mark.parametrize("field", ["id", "created", "status", "closed_on", "progress", "history"])
def test_a_new_goal_has_no_state_yet(field: str) -> None:
    """What the program keeps of a goal is no key of one that a review adds."""
    assert f"Unknown key '{field}'" in refused(f'[[add_goals]]\ntitle = "Teach"\n{field} = "x"\n')


@pytest.mark.parametrize(
    ("answer", "verdict"), [(GoalAnswer, Verdict), (TaskAnswer, TaskVerdict), (MentorAnswer, MentorVerdict)]
)
def test_an_answer_has_the_fields_of_its_verdict(answer: type[Part], verdict: type[Part]) -> None:
    """A field that is added to a verdict is known in a form."""
    assert set(spec(verdict)) <= set(spec(answer))


@pytest.mark.parametrize("field", [*spec(ReviewForm), "goal", "task", "mentor", "due", "by", "with", "parent"])
def test_words_are_read_as_everywhere(field: str) -> None:
    """CASES B3, every key that holds a day or a record: days in words, prefixes, names; words count from the review."""
    text = """\
on = "fri"
since = "1 sep"
kind = "semiannual"
scope = "Marie Curie"
next_on = "7 jun"
[[verdicts]]
goal = "g7k"
[[tasks]]
task = "t4m"
verdict = "defer"
due = "in 6 weeks"
[[mentors]]
mentor = "William"
cadence_ok = "no"
every = "every 6 weeks"
[[add_goals]]
title = "Teach"
by = "eom"
parent = "g7"
with = ["osl", "Marie"]
"""
    read = given(text)
    values = [read.form, *(entry for _, _, entry in read.entries)]
    expected = {
        "on": date(2026, 11, 20),
        "since": date(2026, 9, 1),
        "kind": "semiannual",
        "scope": "curie",
        "next_on": date(2027, 6, 7),
        "goal": "g7k3q",
        "task": "t4m2x",
        "due": date(2027, 1, 1),
        "mentor": "osler",
        "by": date(2026, 11, 30),
        "parent": "g7k3q",
        "with": ("osler", "curie"),
    }

    assert not read.wrong
    name = "mentors" if field == "with" else field
    kind = NewGoal if field in ("by", "with", "parent") else None
    found = [getattr(one, name) for one in values if hasattr(one, name) and (kind is None or isinstance(one, kind))]
    assert field not in expected or expected[field] in found
