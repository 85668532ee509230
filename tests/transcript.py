"""Transcripts: Markdown whose ```console blocks are run and compared: test, specification and manual in one.

    ```console
    $ mentorlog goal add "Submit case report" --by "in 6 weeks"
    Added goal g7k3q: Submit case report (by Mon 4 Jan 2027)
    $ mentorlog goal tell g7k3q nobody
    error: No mentor matches 'nobody'.
    hint: list them with: mentorlog mentor list
    [exit 1]
    ```

- Below a command stand both its outputs in their order; `[exit 1]` where the status is not 0. A line `[…]`
  stands for any lines.
- Ids are random. An id in the transcript is a name for the real one that first appears in its place; commands
  may use it, or its beginning.
- A command that goes on (a quote, a backslash, `<<EOF`) goes on in lines that begin with `> `.
- `export`, `unset` and `cd` hold for the commands below. Every other program runs in a shell, in a work
  folder of the transcript's own.
- `JOURNAL` and `HOME` (in README and docs: `~`) stand for the folders in what is printed; commands write
  `$JOURNAL` and `~`.
- `<!-- run: command -->` on a line of its own runs unseen.
- `<!-- transcript: no journal -->` begins without a journal; `<!-- transcript: long -->` is for the slow tests;
  `<!-- transcript: needs pyrage -->` is skipped where that library, which an extra brings, is not installed.
- README.md and docs/*.md take part when they say `<!-- transcript -->`.
- Each command that the output tells its readers to type is run on a copy (see pasted.py), and must work.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from pathlib import Path

import pytest

import pasted
from world import World

ANYTHING = "[…]"
MARK = re.compile(r"^<!-- transcript(?::\s*(?P<words>.*?))?\s*-->", re.MULTILINE)
HIDDEN = re.compile(r"^<!-- run: (?P<command>.*?) -->\s*$")
FENCE = re.compile(r"^(?P<indent>\s*)(?P<ticks>`{3,}|~{3,})\s*(?P<language>\S*)")
EXIT = re.compile(r"^\[exit (\d+)\]$")
ID = re.compile(r"\b[gtmnr][2-9bcdfghjkmnpqrstvwxyz]{4}\b")
BEGINNING = re.compile(r"(?<![\w/.-])[gtmnr](?=\w*[2-9])[2-9bcdfghjkmnpqrstvwxyz]{1,3}(?![\w-])")
HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
# A word outside quotes that only a shell understands.
SHELL = re.compile(r"""[|&;<>$`()*?\[\]{}~\\#!\n]""")
QUOTED = re.compile(r"""'[^']*'|"[^"$`\\!]*\"""")
SETTING = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*=")
# What these start writes to the terminal by itself, so a shell must be between.
CHILDREN = ("EDITOR", "VISUAL", "PAGER")


@dataclass(frozen=True)
class Step:
    """A command, and the lines that it should print; `begin` and `end` tell where those stand in the file."""

    line: int
    command: str
    expected: tuple[str, ...]
    begin: int
    end: int
    indent: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Outcome:
    """A step and the lines that it did print, in the transcript's own names."""

    step: Step
    printed: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Tell whether the step printed what it should."""
        pattern = "".join(r"(?:.*\n)*?" if line == ANYTHING else re.escape(line) + r"\n" for line in self.step.expected)
        return re.fullmatch(pattern, "".join(line + "\n" for line in self.printed)) is not None

    def difference(self, path: Path) -> str:
        """Say where the transcript and the program differ."""
        lines = unified_diff(self.step.expected, self.printed, "expected", "printed", lineterm="", n=9)
        return "\n".join([f"{path}:{self.step.line}: $ {self.step.command}", *list(lines)[2:]])


def takes_part(text: str) -> bool:
    """Tell whether a page of README or docs says that it is a transcript."""
    return MARK.search(text) is not None


def wants_journal(text: str) -> bool:
    """Tell whether a transcript begins with a journal that is founded already."""
    mark = MARK.search(text)
    return not (mark and "no journal" in (mark["words"] or ""))


def is_long(text: str) -> bool:
    """Tell whether a transcript takes so long that only the slow tests run it."""
    mark = MARK.search(text)
    return mark is not None and "long" in (mark["words"] or "").split()


def needed(text: str) -> str | None:
    """Return the library without which a transcript cannot be run; None if it needs none."""
    mark = MARK.search(text)
    words = (mark["words"] or "") if mark else ""
    return words.removeprefix("needs ").partition(",")[0] if words.startswith("needs ") else None


def parse(text: str) -> list[Step]:
    """Return the steps of a transcript in their order."""
    steps: list[Step] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        hidden, fence = HIDDEN.match(lines[at]), FENCE.match(lines[at])
        if hidden:
            steps.append(Step(at + 1, hidden["command"], (), at + 1, at + 1, hidden=True))
        elif fence:
            end = _closing(lines, at, fence)
            if fence["language"] == "console":
                steps += _block(lines, at + 1, end, fence["indent"])
            at = end
        at += 1
    return steps


def _closing(lines: Sequence[str], at: int, fence: re.Match[str]) -> int:
    """Return where a fenced block ends."""
    ticks = fence["ticks"]
    for number in range(at + 1, len(lines)):
        line = lines[number].strip()
        if line.startswith(ticks) and not line.strip(ticks[0]):
            return number
    return len(lines)


def _block(lines: Sequence[str], begin: int, end: int, indent: str) -> list[Step]:
    inside = [line.removeprefix(indent).rstrip() for line in lines[:end]]
    steps: list[Step] = []
    at = begin
    while at < end:
        if not inside[at].startswith("$ "):
            if inside[at]:
                raise ValueError(f"line {at + 1}: a console block begins with a command: $ …")
            at += 1
            continue
        line, command = at + 1, inside[at][2:]
        at += 1
        while at < end and (inside[at].startswith("> ") or inside[at] == ">") and unfinished(command):
            command += "\n" + inside[at][2:]
            at += 1
        if unfinished(command):
            raise ValueError(f"line {line}: the command is not finished: {command}")
        first = at
        while at < end and not inside[at].startswith("$ "):
            at += 1
        expected = inside[first:at]
        while expected and not expected[-1]:
            expected.pop()
        steps.append(Step(line, command, tuple(expected), first, first + len(expected), indent))
    return steps


def unfinished(command: str) -> bool:
    """Tell whether a shell would ask for another line of the command."""
    if app := HEREDOC.search(command):
        return app[2] not in [line.strip() for line in command.split("\n")[1:]]
    if command.endswith("\\"):
        return True
    try:
        shlex.split(command)
    except ValueError:
        return True
    return False


class Names:
    """The transcript's names for ids and folders, and the real ones."""

    def __init__(self, folders: Sequence[tuple[str, str]]) -> None:
        self._folders = sorted(folders, key=lambda pair: -len(pair[0]))  # the inner folder before the outer
        self.real: dict[str, str] = {}
        self.written: dict[str, str] = {}

    def to_real(self, command: str) -> str:
        """Put the real ids, or as long a beginning of them, into a command."""
        whole = ID.sub(lambda found: self.real.get(found[0], found[0]), command)
        return BEGINNING.sub(lambda found: self._beginning(found[0]), whole)

    def _beginning(self, text: str) -> str:
        fitting = [real for written, real in self.real.items() if written.startswith(text)]
        if len(fitting) != 1 or text in self.real:
            return text
        length = len(text)
        while sum(real.startswith(fitting[0][:length]) for real in self.written) > 1:
            length += 1  # the real ids happen to be more alike than the written ones
        return fitting[0][:length]

    def to_written(self, text: str) -> str:
        """Put the transcript's names into what was printed."""
        for real, written in self._folders:
            text = text.replace(real, written)
        return ID.sub(lambda found: self.written.get(found[0], found[0]), text)

    def learn(self, expected: Sequence[str], printed: Sequence[str]) -> None:
        """Bind the new ids of the expected lines to those of the printed lines, in order of appearance."""
        left = [ID.sub(lambda found: self._mask(found[0], self.real), line) for line in expected]
        right = [
            ID.sub(lambda found: self._mask(self.written.get(found[0], found[0]), self.real), line) for line in printed
        ]
        for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if tag in ("equal", "replace"):
                names, reals = ID.findall("\n".join(expected[a:b])), ID.findall("\n".join(printed[c:d]))
                for written, real in zip(names, reals, strict=False):
                    self._bind(written, real)

    def foresee(self, later: Sequence[str], printed: Sequence[str]) -> None:
        """Where nothing is expected yet: bind the new ids to those that later commands use."""
        for real in ID.findall("\n".join(printed)):
            for written in later:
                self._bind(written, real)

    @staticmethod
    def _mask(text: str, known: dict[str, str]) -> str:
        return text if text in known else text[0] + "????"

    def _bind(self, written: str, real: str) -> None:
        if written not in self.real and real not in self.written and written[0] == real[0]:
            self.real[written] = real
            self.written[real] = written


class Player:
    """Plays the steps of one transcript in one world."""

    def __init__(
        self,
        world: World,
        *,
        journal: bool = True,
        home_name: str = "HOME",
        steps: Sequence[Step] = (),
        apart: bool = False,
    ) -> None:
        self._apart = apart
        self.complaints: dict[str, str | None] = {}
        """By command that an output told its readers to type: what was wrong with it, None where it worked."""
        self._used = ID.findall("\n".join(step.command for step in steps))
        self._world = world
        self._folder = world.work
        self._settings: dict[str, str | None] = {"JOURNAL": str(world.journal)}
        if journal:
            world.found()
        else:
            self._settings["MENTORLOG_JOURNAL"] = None
        folders = [(str(world.journal), "JOURNAL"), (str(world.home), home_name), (str(world.work), "WORK")]
        self.names = Names(folders)

    def play(self, step: Step) -> Outcome:
        """Run a step; return what it printed, in the transcript's names."""
        status, text = self._run(self.names.to_real(step.command))
        if not (self._apart or step.hidden or "help" in step.command):
            self._paste(step, text)
        printed = [line.rstrip() for line in text.split("\n")]
        while printed and not printed[-1]:
            printed.pop()
        if status:
            printed.append(f"[exit {status}]")
        if step.hidden:
            return Outcome(step, tuple(printed) if status else ())
        if step.expected:
            self.names.learn(step.expected, printed)
        else:
            self.names.foresee(self._used, printed)
        return Outcome(step, tuple(self.names.to_written(line) for line in printed))

    def _paste(self, step: Step, text: str) -> None:
        """Try every command that the output of a step tells its readers to type, once."""
        if self.complaints.keys() >= set(pasted.commands(text)):
            return
        with pasted.Pasting(self._world, self._settings, self._folder) as copy:
            for command, wrong in copy.complaints(text).items():
                self.complaints[command] = wrong and self.names.to_written(f"line {step.line}: {wrong}")

    def _run(self, command: str) -> tuple[int, str]:
        words = None if SHELL.search(QUOTED.sub("", command)) else shlex.split(command)
        if words and words[0] in ("export", "unset", "cd"):
            return self._hold(words)
        if command.startswith(("export ", "cd ")):
            return self._hold(shlex.split(self._expanded(command)))
        if self._apart:
            return self._world.shell(command, self._settings, self._folder)
        if words is None:
            shell = self._world.shell_here if "mentorlog" in command else self._world.shell
            return shell(command, self._settings, self._folder)
        settings = dict(self._settings)
        while words and SETTING.match(words[0]):
            name, _, settings[name] = words.pop(0).partition("=")
        if words[:1] != ["mentorlog"] or any(settings.get(name) for name in CHILDREN):
            return self._world.shell(command, self._settings, self._folder)
        return self._world.mixed(*words[1:], env=settings, cwd=self._folder)

    def _expanded(self, command: str) -> str:
        """Let a shell expand the words of an `export` or `cd`."""
        name, rest = command.split(" ", 1)
        status, text = self._world.shell(f"printf '%s\\0' {rest}", self._settings, self._folder)
        assert status == 0, text
        return shlex.join([name, *text.rstrip("\0").split("\0")])

    def _hold(self, words: Sequence[str]) -> tuple[int, str]:
        """Do what must last: a variable or the folder."""
        if words[0] == "cd":
            self._folder = self._folder / (words[1] if len(words) > 1 else self._world.home)
            if not self._folder.is_dir():
                raise AssertionError(f"there is no folder {self._folder}")
            return 0, ""
        for word in words[1:]:
            name, _, value = word.partition("=")
            self._settings[name] = value if words[0] == "export" else None
        return 0, ""


def play(path: Path, world: World, *, home_name: str = "HOME", apart: bool = False) -> tuple[list[Outcome], list[str]]:
    """Run a whole transcript to the end; return the outcomes, and the advice that does not work.

    Apart, each command runs as processes of its own.
    """
    text = path.read_text(encoding="utf-8")
    steps = parse(text)
    player = Player(world, journal=wants_journal(text), home_name=home_name, steps=steps, apart=apart)
    outcomes = [player.play(step) for step in steps]
    return outcomes, [wrong for wrong in player.complaints.values() if wrong]


def update(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write what was printed into the transcript where it differs; everything else stays as it is."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for outcome in reversed(outcomes):
        step = outcome.step
        if not outcome.right and not step.hidden:
            lines[step.begin : step.end] = [(step.indent + line).rstrip() for line in outcome.printed]
    path.write_text("\n".join(lines), encoding="utf-8")


def check(path: Path, world: World, *, home_name: str = "HOME", updating: bool = False, apart: bool = False) -> None:
    """Run a transcript and fail with every difference; when updating, write them into it instead."""
    if library := needed(path.read_text(encoding="utf-8")):
        pytest.importorskip(library)
    outcomes, useless = play(path, world, home_name=home_name, apart=apart)
    if updating:
        update(path, outcomes)
        outcomes = [outcome for outcome in outcomes if outcome.step.hidden]
    wrong = [outcome.difference(path) for outcome in outcomes if not outcome.right]
    if wrong:
        raise AssertionError("\n\n".join([*wrong, "If the program is right: pytest --update-transcripts"]))
    if useless:
        raise AssertionError("\n".join([f"{path}: advice that does not work when it is pasted", *useless]))
