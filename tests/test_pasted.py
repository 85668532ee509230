"""Every command in a hint works when it is pasted: a table of wrong commands, and what each of them advises."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import pasted
from world import World

SETUP = """
mentor add 'William Osler' --every '4 weeks'
mentor add 'Marie Curie'
mentor add 'Florence Nightingale'
mentor add 'Mary Osler' --id osler-2
mentor scout 'Elizabeth Blackwell'
mentor scout 'Ignaz Semmelweis'
mentor invite semmelweis --channel email
mentor pause nightingale -m 'On leave'
mentor add 'Gone Away' --id gone
mentor end gone --kind completed
goal add 'Submit case report' --by 'in 6 weeks' --with osler
goal add 'Learn to suture'
goal add 'Read a paper a week'
goal add 'Write a grant'
goal pause {goal2} -m 'Too early'
goal achieve {goal3} -m 'Every week'
task add 'Revise your CV' --from osler --due fri
task add 'Draft the abstract'
task add 'Read the protocol' --owner osler
task done {task2}
meeting plan osler --on 'next thursday'
meeting log osler 'Chose the journal' --on yesterday
meeting plan osler --on 'in 3 weeks'
meeting cancel {meeting3}
note add 'Which journal?' --kind question
note add 'Draw the differential first' --kind advice
goal add 'Gone'
delete {goal5} --yes
goal add 'Erased'
forget {goal6} --yes
goal progress {goal1} 20
goal progress {goal1} 40
undo
"""
"""What fills the journal; {goal1} is the id of the first goal."""

WRONG = """
show xyz
show x
show
show osl
goal show {goal1}
goal tell {goal1} nobody
goal tell xyz osler
goal lst
gaol list
goal
goal list --nosuch
goal list --status nosuch
goal add
goal add ''
goal add 'A' --by tomorow
goal add 'A' --with nobody
goal pause {goal1}
goal pause {goal3} -m x
goal progress {goal3} 40
goal progress {goal2} 40
goal progress {goal1} 400
goal progress {goal1}
goal revise {goal1} status=paused -m x
goal revise {goal1} progress=3 -m x
goal revise {goal1}
goal resume {goal1}
goal achieve {goal3} -m x
goal drop {goal3} -m x
set {goal1} status=achieved
set {goal1} status=paused
set {goal1} status=dropped
set {goal1} id=g9999
set {goal1} nosuch=1
set {goal1} title
set {goal1}
set {goal1} why= by=fri
set {goal1} by=2027-02-30
set {goal1} progress=3
set {task1} status=waiting
set {task1} percent=thirty
set {meeting2} status=planned on='in 3 weeks'
set {meeting2} on='in 3 weeks'
set {meeting1} status=held
set osler status=ended
set osler cadence.usual=many
set osler status=candidate
mentor add 'William Osler'
mentor add 'Ada' --id goal
mentor add 'Ada' --id g2345
mentor add 'Ada' --id osler
mentor scout 'Marie Curie'
mentor activate osler
mentor activate blackwell
mentor pause blackwell -m x
mentor pause nightingale -m x
mentor end blackwell --kind completed
mentor end osler
mentor end osler --kind completed --goals-to nightingale
mentor end osler --kind completed --goals-to osler
mentor invite osler
mentor invite semmelweis
mentor invite semmelweis --answer maybe
mentor invite semmelweis --answer referral
mentor cadence osler
mentor cadence osler --every 0d
mentor cadence osler --every '10 weeks' --longest '1 week'
mentor expect osler
mentor fit nobody good
mentor fit osler
meeting plan nobody --on fri
meeting plan
meeting plan osler --on yesterday
meeting log
meeting log nobody 'x'
meeting log osler --on tomorrow
meeting log osler '- begin again'
meeting log osler Draft
meeting move {meeting2} fri
meeting move {meeting3} fri
meeting log osler 'Again' --on yesterday
set {meeting2} status=held
mentor add 'Ignaz Semmelweis'
mentor add 'Florence Nightingale'
mentor end osler --kind completed --promises-to nightingale
mentor end osler --kind completed --goals-to blackwell
mentor end nightingale --kind completed
mentor activate gone
mentor pause gone -m x
mentor end osler --kind completed
mentor cadence gone --every '4 weeks'
task add 'A' --from 'Mary Seacole'
goal add 'A' --with 'Mary Seacole'
goal tell {goal1} 'Mary Seacole'
meeting plan 'Mary Seacole'
meeting cancel {meeting2}
meeting cancel {meeting1} --by-them --missed
meeting prep nobody
meeting prep {meeting2}
task done {task2}
task done xyz
task start {task2}
task wait {task2}
task submit {task2}
task return {task1}
task defer {task1} yesterday
task defer {task2} fri
task drop {task2} -m x
task reopen {task1}
task add 'A' --owner nobody
task add 'A' --goal xyz
note close {note2} --on 2020-01-01
note add
note add 'A' --kind nosuch
note add 'A' --private --visibility open
note tell {note1} nobody
note close xyz
edit xyz
edit {goal1} --no-input
edit {goal1} --notes --toml
edit
delete xyz
delete profile
delete {goal1}
delete {goal5}
delete osler
forget xyz
forget profile
forget {goal5}
show {goal5}
show {goal6}
undo 0
undo x
undo 5000
undo 1000
undo --nosuch
undo --no 1
undo --no 11
undo --no 999
undo --no x
undo 2 --no 11
undo -1
history 11
history 999
redo
redo 3
history xyz
history
history --limit 2
history --limit 0
history --limit x
search
search ''
search '*'
search nothing-here
search --in nosuch x
due --within x
timeline --since tomorow
profile set
profile set nosuch=1
profile set term_ends=never
profile assess suturing 9
profile assess suturing x
profile assess
export
export json -o /nonexistent/x.json
export nosuch
export markdown -o .
import json
import json nosuch.json
import json .
import nosuch
profile show
status
due
undo --help
doctor
init /dev/null/x
init
review --resume
review --answers nosuch.toml
review --quick --kind annual
review --goal xyz
review --goal {goal1} --mentor osler
review --print-form --edit
review --about xyz
review {task1}
review diff
review show
review due x
help nosuch
help goal nosuch
tour nosuch
status nosuch
status --nosuch
doctor nosuch
list
ls
rm {goal1}
done {task1}
reopen {task2}
view {goal1}
goal ls
goal done {goal1}
goal reopen {goal3}
task rm {task1}
task close {task1}
mentor done osler
note done {note1}
meeting done {meeting1}
ask osler
ask
owed
--json
--journal /nonexistent/journal status
--journal '' status
--nosuch
nosuch
"""

EMPTY = """
status
goal list
mentor list
task list
note list
meeting list
review list
review
review --resume
review due
timeline
due
history
undo
redo
search consent
export markdown
profile show
doctor
show xyz
"""
"""What is asked of an empty journal."""

NONE = """
status
goal list
goal add
undo
history
doctor
paths
forget xyz --yes
--journal nowhere goal list
--journal nowhere init --help
"""
"""What is asked where there is no journal."""

DAMAGED = """
status
doctor
goal list
show {goal1}
set {goal1} by=fri
edit {goal1}
undo
export json
history
review
import json nowhere.json
"""
"""What is asked of a journal in which something is wrong."""


def beside(name: str, text: str) -> Callable[[Path], object]:
    """Return what writes a file of the journal, given the file of a goal."""

    def write(path: Path) -> None:
        other = path.parents[1] / name
        other.parent.mkdir(exist_ok=True)
        other.write_text(text)

    return write


DAMAGES: dict[str, Callable[[Path], object]] = {
    "rubbish": lambda path: path.write_text("rubbish"),
    "conflict": lambda path: path.write_text("<<<<<<< ours\n" + path.read_text()),
    "another id": lambda path: path.write_text(path.read_text().replace('id = "g', 'id = "g9')),
    "copy": lambda path: path.with_stem(f"{path.stem} (1)").write_text(path.read_text()),
    "copy that differs": lambda path: path.with_stem(f"{path.stem} (1)").write_text(path.read_text() + "x = 1\n"),
    "folder": lambda path: (path.unlink(), path.mkdir()),
    "gone": lambda path: path.unlink(),
    "open to others": lambda path: path.chmod(0o644),
    "link to nothing": lambda path: path.write_text(path.read_text() + 'parent = "g9999"\n'),
    "date of another status": lambda path: path.write_text(path.read_text() + "closed_on = 2026-11-20\n"),
    "newer format": beside("journal.toml", "format = 9\n"),
    "no journal.toml": lambda path: (path.parents[1] / "journal.toml").unlink(),
    "no index": lambda path: (path.parents[1] / ".mentorlog" / "index.sqlite").unlink(),
    "draft of a review": beside(".mentorlog/drafts/review.toml", "on = 1\n"),
    "draft": beside(".mentorlog/drafts/note.md", "Words\n"),
    "unfinished change": beside(".mentorlog/pending.json", "{}"),
}
"""What is wrong, done to the file of a goal."""


@pytest.fixture
def ids(world: World) -> dict[str, str]:
    """Fill this world's journal; return the ids of its records by kind and number."""

    def fill() -> dict[str, str]:
        names: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for line in SETUP.strip().splitlines():
            words = shlex.split(line.format(**names))
            status, printed = world.mixed(*words)
            assert status == 0, f"{line}: {printed}"
            if words[0] != "mentor" and words[1:2] in (["add"], ["plan"], ["log"]):
                counts[words[0]] += 1
                new = re.search(rf"\b{words[0][0]}[2-9bcdfghjkmnpqrstvwxyz]{{4}}\b", printed)
                assert new, printed
                names[f"{words[0]}{counts[words[0]]}"] = new[0]
        return names

    world.found()
    return world.filled("wrong commands", fill)


def useless(world: World, lines: str, ids: dict[str, str], env: dict[str, str | None] | None = None) -> list[str]:
    """Return the advice that the answers to these commands give and that does not work, with the command before it."""
    found: dict[str, str] = {}
    tried: set[str] = set()
    with pasted.Pasting(world, env) as copy:
        for line in lines.strip().splitlines():
            _, printed = copy.run(shlex.split(line.format(**ids)))
            if not tried >= set(pasted.commands(printed)):
                complaints = copy.complaints(printed)
                tried.update(complaints)
                found.update((wrong, line) for wrong in complaints.values() if wrong)
    return [f"$ {line}\n  {wrong}" for wrong, line in found.items()]


def test_advice_of_errors_works(world: World, ids: dict[str, str]) -> None:
    """What the answer to a wrong command tells its readers to type works in that journal."""
    assert not (found := useless(world, WRONG, ids)), "\n".join(found)


def test_advice_of_an_empty_journal_works(world: World) -> None:
    """So it does where there is no record yet."""
    world.found()

    assert not (found := useless(world, EMPTY, {})), "\n".join(found)


def test_advice_without_a_journal_works(world: World) -> None:
    """So it does where there is no journal yet."""
    assert not (found := useless(world, NONE, {}, {"MENTORLOG_JOURNAL": None})), "\n".join(found)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_advice_about_damage_works(damage: Callable[[Path], object], world: World) -> None:
    """So it does where something is wrong with a file."""
    world.found()
    ran = world.invoke("goal", "add", "Submit case report")
    (path,) = (world.journal / "goals").iterdir()
    damage(path)

    assert not (found := useless(world, DAMAGED, {"goal1": ran.out.split()[2].rstrip(":")})), "\n".join(found)


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("hint: see: mentorlog goal --help", ["mentorlog goal --help"]),
        ("  mentorlog goal add 'A b' --by fri", ["mentorlog goal add 'A b' --by fri"]),
        ("repair it with: mentorlog set g1 tags=a,b; or wait", ["mentorlog set g1 tags=a,b"]),
        ("new: mentorlog mentor add x, or old: mentorlog show x.", ["mentorlog mentor add x", "mentorlog show x"]),
        ("hint: usage: mentorlog show [OPTIONS] ID", []),
        ("Example: mentorlog goal list", []),
        ("mentorlog.toml is no command", []),
    ],
)
def test_what_is_taken_for_a_command(text: str, commands: list[str]) -> None:
    """A command stands behind a colon or on a line of its own; examples and usage are none."""
    assert list(pasted.commands(text)) == commands


def test_a_placeholder_is_refused(world: World) -> None:
    """A word in capitals is not a value."""
    world.found()
    with pasted.Pasting(world) as copy:
        assert copy.complaint("mentorlog goal add TITLE") == "mentorlog goal add TITLE: TITLE is a placeholder"
        assert copy.complaint("mentorlog goal list") is None
