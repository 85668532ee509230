"""Completion as bash, zsh and fish do it on a terminal: keys go in, and the screen is looked at."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from output.payloads import PAYLOADS
from terminal import PATIENCE
from world import World

SHELLS = {"bash": "bash --noprofile -i", "zsh": "zsh -d -i", "fish": "fish"}
STARTUP = {
    "bash": (".bashrc", r"""PS1='> '; bind 'set show-all-if-ambiguous on' '"\C-x": kill-whole-line'"""),
    "zsh": (".zshrc", "PROMPT='> '; bindkey '^X' kill-whole-line"),
    "fish": (
        ".config/fish/config.fish",
        r"""function fish_prompt; printf '> '; end; bind \cx 'commandline -f cancel; commandline -r ""'""",
    ),
}
"""The prompt, a list at the first Tab, and Ctrl-X that empties the line."""

RUNS = ["$(touch pwned1)", "`touch pwned2`", "'; touch pwned3 #", '"; touch pwned4 #', "> pwned5", "-rf", "%F{red}"]
"""What a shell would run, or expand, if it took a title for anything but text."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed; .ci/run installs it"),
]


class Tmux:
    """A shell in a terminal of tmux."""

    def __init__(self, command: str, world: World) -> None:
        self._folder = tempfile.mkdtemp(prefix="tmux-")  # the path of a socket must be short
        self._env = world.variables() | {"TERM": "screen", "LC_ALL": "C.UTF-8"}
        self._cwd = world.work
        self._run("new-session", "-d", "-x", "80", "-y", "60", command)
        self.wait_for(">")

    def _run(self, *words: str) -> str:
        command = ["tmux", "-f", "/dev/null", "-S", f"{self._folder}/s", *words]
        done = subprocess.run(command, env=self._env, cwd=self._cwd, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def close(self) -> None:
        """End the shell and its terminal."""
        self._run("kill-server")
        shutil.rmtree(self._folder)

    @property
    def screen(self) -> str:
        """What is on the screen."""
        return self._run("capture-pane", "-p").rstrip()

    def wait_for(self, *texts: str) -> str:
        """Wait until all the texts are on the screen, and return it."""
        end = time.monotonic() + PATIENCE
        while not all(text in (screen := self.screen) for text in texts):
            assert time.monotonic() < end, f"waited in vain for {texts}; the screen:\n{screen}"
            time.sleep(0.02)
        return screen

    def tab(self, typed: str, *expected: str) -> None:
        """Type a line in the place of the one before it and press Tab; wait for what the shell makes of it.

        A key that came earlier would be lost: while a shell completes, the terminal is not its own.
        """
        self._run("send-keys", "C-x", "C-l")
        self._run("send-keys", "-l", typed)
        self.wait_for(f"> {typed.rstrip()}")
        self.press("Tab").wait_for(*expected)

    def press(self, *keys: str) -> Tmux:
        """Press keys, as tmux calls them."""
        self._run("send-keys", *keys)
        return self


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, world: World, journal_root: Path) -> Iterator[tuple[str, Tmux]]:
    """A shell with our completion, installed by the program itself, on a journal with some records."""
    name: str = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed; .ci/run installs it")
    for words in (
        ("mentor", "add", "William Osler", "--nickname", "Sir William"),
        ("mentor", "add", "Marie Curie"),
        ("task", "add", "Draft abstract"),
        ("task", "add", "Revise abstract"),
        ("task", "add", "Send the slides"),
        ("--install-completion", name),
    ):
        assert world.invoke(*words).exit == 0
    file, text = STARTUP[name]
    startup = world.home / file
    startup.parent.mkdir(parents=True, exist_ok=True)
    with startup.open("a") as opened:
        opened.write(f"{text}\n")
    terminal = Tmux(SHELLS[name], world)
    yield name, terminal
    terminal.close()


def test_a_shell_completes(shell: tuple[str, Tmux], world: World) -> None:
    """Verbs, ids, words of titles, names, values and files are completed; hostile titles and errors do nothing."""
    name, terminal = shell
    for digit, title in zip("2345678", RUNS, strict=True):
        write(world.journal / "tasks" / f"tzz2{digit}.toml", id=f"tzz2{digit}", title=f"Hostile {title}", status="todo")
    ids = {task["title"]: task["id"] for task in world.invoke("task", "list", "--json").data}
    slides = ids["Send the slides"] + ("-slides" if name == "fish" else "")
    (world.work / "report.json").write_text("{}")

    terminal.tab("mentorlog goal prog", "> mentorlog goal progress")
    terminal.tab("mentorlog goal list --with will", r"--with William\ Osler")
    terminal.tab('mentorlog goal list --with "mari', "Curie")
    terminal.tab("mentorlog goal list --with=sir", r"--with=Sir\ William")
    terminal.tab("mentorlog goal add x --priority h", "--priority high")
    terminal.tab("mentorlog import json rep", "json report.json")
    terminal.tab("mentorlog meeting prep ", "curie", "Marie Curie", "osler", "William Osler")
    terminal.tab("mentorlog task done abstr", "Draft abstract", "Revise abstract", ids["Revise abstract"])
    terminal.tab("mentorlog task done slid", f"> mentorlog task done {slides}")
    terminal.press("Enter").wait_for(f"Finished task {ids['Send the slides']}: Send the slides")
    terminal.tab("mentorlog show tzz2", "Hostile $(touch pwned1)", "Hostile %F{red}")
    world.journal.rename(world.root / "elsewhere")
    terminal.tab("mentorlog show ", "mentorlog show")
    terminal.press("Tab", "z").wait_for("> mentorlog show z")

    assert terminal.screen.strip() == "> mentorlog show z"  # without a journal, no error
    assert [world.journal.exists(), *world.root.rglob("pwned*")] == [False]


@pytest.mark.exhaustive
def test_hostile_titles_do_nothing_in_a_shell(shell: tuple[str, Tmux], world: World) -> None:
    """They are listed as text: no command runs, and no control sequence reaches the terminal."""
    _, terminal = shell
    digits = "23456789bcdfghjkmnpqrstvwxyz"
    for number, title in enumerate([*RUNS, "a\n$(touch pwned6)", *(text for text, _ in PAYLOADS.values())]):
        id = f"tzz{digits[number // 8]}{digits[number % 8]}"
        write(world.journal / "tasks" / f"{id}.toml", id=id, title=f"Hostile {title}", status="todo")
    for id, name in (("evil", "Evil $(touch pwned7) `touch pwned8`"), ("evil-2", "Evil; touch pwned9")):
        write(world.journal / "mentors" / f"{id}.toml", id=id, name=name, status="active")

    terminal.tab("mentorlog show tzz2", "Hostile $(touch pwned1)", "Hostile %F{red}")
    for typed in ("mentorlog show tzz3", "mentorlog show tzz4", "mentorlog show tzz5"):
        terminal.tab(typed, "Hostile")
    terminal.tab("mentorlog task done hostil", "Hostile")
    terminal.tab("mentorlog meeting prep evil", "Evil $(touch pwned7)")
    terminal.press("C-x", "C-l").press("echo", "Space", "done", "Enter").wait_for("\ndone")

    assert [*world.root.rglob("pwned*")] == []


def write(path: Path, **fields: str) -> None:
    """Write a record with any texts, also such as no command would take."""
    path.parent.mkdir(exist_ok=True)
    lines = [f"{key} = {toml_quoted(text)}\n" for key, text in fields.items()]
    path.write_text("".join(lines) + "created = 2026-11-20T09:00:00+00:00\n")


def toml_quoted(text: str) -> str:
    """Return a text as a string of TOML."""
    escaped = (f"\\U{ord(sign):08x}" if not sign.isalnum() else sign for sign in text)
    return f'"{"".join(escaped)}"'
