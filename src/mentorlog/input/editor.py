"""The user's editor, which works on a private draft, so that no text is lost before it is saved."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Literal, NamedTuple

from mentorlog.errors import BadValue, DiskFailure, EditorFailed, MentorlogError, Unchanged, Usage
from mentorlog.input import core_dumps
from mentorlog.output.output import Output
from mentorlog.store.drafts import Drafts

_FOUND = ("nano", "vim", "vi")

# The swap file stays beside the draft, private and safe from a crash; no other copies are made. A vimrc is read after
# --cmd and may override this, so the settings are repeated after it (SourcePost, before the swap file is created) and
# when the file is read (modelines).
_VIM = "set directory=. nobackup nowritebackup noundofile nomodeline"
_VIM_SOURCED = f"silent! autocmd SourcePost * {_VIM}"
_VIM_READ = f"autocmd BufReadPre,BufNewFile * {_VIM}"
_VIM_OPENED = f"{_VIM} | silent! set shadafile=NONE | silent! set viminfofile=NONE"
_VIM_FLAGS = ("-i", "NONE", "--cmd", _VIM, "--cmd", _VIM_SOURCED, "--cmd", _VIM_READ, "-c", _VIM_OPENED)
_EMACS = (
    "(setq make-backup-files nil create-lockfiles nil auto-save-list-file-prefix nil"
    " auto-save-file-name-transforms nil enable-local-variables nil enable-local-eval nil)"
)
_WAITING = {
    **dict.fromkeys(("code", "codium", "vscodium", "cursor", "windsurf", "subl", "atom", "zed", "mate"), "--wait"),
    **dict.fromkeys(("bbedit", "gedit", "xed", "idea", "pycharm", "lapce", "vimr"), "--wait"),
    **dict.fromkeys(("gvim", "mvim"), "-f"),
    **{"open": "-W", "kate": "--block", "gnome-text-editor": "--standalone"},
    **{"neovide": "--no-fork", "nvim-qt": "--nofork"},
}
"""The option with which an editor with a window of its own waits until the text is closed."""
_SHORT = {"--wait": "-w", "--block": "-b", "--standalone": "-s"}
_IN_TERMINAL = {"vim", "vi", "nvim", "vimx", "view", "nano", "rnano", "pico", "emacs", "hx", "helix", "true", "cat"}
_IN_TERMINAL |= {"micro", "kak", "joe", "jed", "mg", "ne", "ed", "nvi", "zile", "mcedit", "tilde"}
"""Editors that end when the text is closed."""
_FLAGS: dict[str, tuple[str, ...]] = {
    **{name: (flag,) for name, flag in _WAITING.items()},
    **dict.fromkeys(("vim", "nvim", "vimx"), _VIM_FLAGS),
    **dict.fromkeys(("gvim", "mvim"), ("-f", *_VIM_FLAGS)),
    "nano": ("-I",),  # without the nanorc, which may ask for backups; -R would not save when it is killed
    "rnano": (),
    "emacs": ("--eval", _EMACS),
}
_CAREFUL = {"vim", "nvim", "vimx", "gvim", "mvim", "nano", "rnano", "emacs", "hx", "helix", "true", "cat"}

Opener = Literal["--edit", "--form", "edit", "resolve --edit", "template edit"]
"""The option or command for which the editor opens."""

_LONGEST_NAME = 80
_MARK = "# mentorlog: "


class EditorSession:
    """A session with the user's editor; each text is in a draft until its record is saved."""

    def __init__(
        self, folder: Path, out: Output, confirm: Callable[[str, bool], bool] | None, state: Callable[[], Path]
    ) -> None:
        self._drafts = Drafts(folder)
        self._out = out
        self._confirm = confirm
        self._state = state
        self._open: list[str] = []
        self._inherited: set[str] = set()
        self._still_open = ""

    def write(self, template: str, name: str, *, start: str | None = None) -> str:
        """Return the user's version of a template (or of `start`); Unchanged if it equals the template."""
        first = template if start is None else start
        # End with a newline, so that appended text starts on a new line.
        draft = self._open_draft(f"{name}.md", f"{first}\n" if first and not first.endswith("\n") else first)
        text = self._edit(draft).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self._must_differ(draft, text, template)
        if self._still_open and text.rstrip("\n") == first.rstrip("\n"):
            self._out.note(f"hint: {self._still_open}")
        # Editors add a final newline, which is removed unless the template has one.
        return text if template.endswith("\n") else text.removesuffix("\n")

    def revise(
        self,
        text: str,
        name: str,
        check: Callable[[str, int], object],
        top: str | None = None,
        suffix: str = "toml",
    ) -> str:
        """Return a TOML document as edited by the user; if `check` rejects it, reopen it with the error at the top.

        `check` gets the text and the line number of its first line in the editor. With a `top` line from the start,
        deleting that line counts as a change.
        """
        first = text if top is None else _marked(text, top)
        draft = self._open_draft(f"{name}.{suffix}", first)
        while True:
            raw = self._edit(draft)
            now = raw.partition("\n")[2] if raw.startswith(_MARK) else raw
            self._must_differ(draft, now if top is None else raw, first)
            try:
                check(now, 1 if self._confirm is None else 2)
            except MentorlogError as wrong:
                if self._confirm is None:
                    wrong.hint = wrong.hint or "run it again in a terminal to continue editing your text"
                    raise
                self._out.error(wrong)
                if not self._confirm("Edit it again?", True):
                    hint = "run the command again to continue editing your text"
                    raise MentorlogError("Nothing was saved.", hint) from None
                sentences = [one.sentence for one in (wrong, *wrong.also)]
                self._drafts.put(draft, _marked(now, " ".join(sentences)))
            else:
                return now

    def clear(self) -> None:
        """Delete the drafts of this run, whose records are saved."""
        while self._open:
            try:
                self._drafts.drop(self._open.pop())
            except DiskFailure as failed:  # the change is saved anyway
                self._out.note(f"{failed.sentence} Your text is saved in the journal.")

    def keep(self) -> None:
        """Print where the drafts of this run are, whose records are not saved."""
        for draft in self._open:
            self._out.note(f"Your text is saved in {self._drafts.path(draft)}")
        self._open = []

    def _open_draft(self, draft: str, text: str) -> str:
        """Prepare the draft; text left by an earlier run is offered, never overwritten."""
        # An id in the name may come from a file with any name.
        safe = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in draft)
        draft = safe[-_LONGEST_NAME:].lstrip(".")
        self._drafts.rescue(draft)
        left = None if self._drafts.is_untouched(draft) else self._drafts.get(draft)
        if left is not None and left.strip() and left != text:
            question = f"Found unsaved text in {self._drafts.path(draft)}. Continue editing it?"
            if self._confirm is not None and self._confirm(question, True):
                self._open.append(draft)
                self._inherited.add(draft)
                return draft
            path = self._drafts.put(self._drafts.free(draft), left)
            self._out.note(f"Earlier unsaved text is in {path}")
        self._drafts.put(draft, text)
        self._open.append(draft)
        return draft

    def _must_differ(self, draft: str, text: str, before: str) -> None:
        if text.strip() and text.rstrip("\n") != before.rstrip("\n"):
            return
        is_untouched = text.rstrip("\n") == before.rstrip("\n")
        if not self._drafts.left_by_editors(draft):  # a swap file may contain text to recover
            if self._still_open and is_untouched:
                self._drafts.mark_untouched(draft)
            else:
                self._drafts.drop(draft)
            self._open.remove(draft)
        sentence = f"The text is {'unchanged' if text.strip() else 'empty'}; nothing was saved."
        raise Unchanged(sentence, self._still_open if is_untouched else None)

    def _edit(self, draft: str) -> str:
        """Let the user edit the draft and return its text; EditorFailed if the editor fails."""
        before = self._drafts.get(draft)
        name = ""
        try:
            editor = command()
            name = editor_name(editor.argv[0])
            self._still_open = _how_to_wait(editor, name)
            run([*editor.argv, *_flags(editor.argv), str(self._drafts.path(draft))], editor.typed)
        except EditorFailed:
            if self._drafts.get(draft) == before and not self._drafts.left_by_editors(draft):
                if draft in self._open and draft not in self._inherited:  # nothing was typed, now or before
                    self._open.remove(draft)
                    self._drafts.drop(draft)
            elif name:
                self._warn_once(name)
            raise
        self._warn_once(name)
        text = self._drafts.get(draft)
        if text is None:
            self._open.remove(draft)
            sentence = "The editor deleted the file; nothing was saved."
            raise EditorFailed(sentence, "in the editor, save the text under the same name")
        if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
            raise BadValue("text", "The editor did not save the text as UTF-8.", "save it as UTF-8")
        return text

    def _warn_once(self, name: str) -> None:
        """Warn once per editor that it may save copies elsewhere."""
        if name in _CAREFUL:
            return
        with suppress(OSError, MentorlogError):
            folder = self._state()
            warned = folder / f"warned-{''.join(sign for sign in name if sign.isalnum())[:40] or 'editor'}"
            if warned.exists():
                return
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            warned.touch(mode=0o600)
        self._out.note(f"{name} may save copies of your text outside the journal; mentorlog cannot prevent it.")


_INSTEAD: dict[Opener, str] = {
    "--edit": "pass the text itself, or - to read stdin",
    "resolve --edit": "use --keep or --number, or set the field with: mentorlog set ID FIELD=-",
    "--form": "pass the answers with --answers FILE",
    "template edit": "pass the text with --file FILE",
    "edit": "to change single fields, see: mentorlog set --help",
}


def must_be_shown(by: Opener, no_input: bool) -> None:
    """Raise Usage, naming the option or command, if --no-input is set or the editor cannot be shown.

    An editor from VISUAL or EDITOR may not need a terminal; the default ones do.
    """
    if no_input:
        raise Usage(f"{by} and --no-input cannot be used together.", _INSTEAD[by])
    if _named() is None and not _has_terminal():
        raise Usage(f"{by} opens an editor, which needs a terminal.", _INSTEAD[by])


def _has_terminal() -> bool:
    if os.isatty(0) and os.isatty(1):
        return True
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC))
    except OSError:
        return False
    return True


def _named() -> tuple[str, str] | None:
    """Return the environment variable that sets the editor and its value; None if neither does."""
    settings = [(variable, os.environ.get(variable, "")) for variable in ("VISUAL", "EDITOR")]
    return next((named for named in settings if named[1].strip()), None)


class Command(NamedTuple):
    """The command line of an editor, and its first word as it was typed."""

    argv: list[str]
    typed: str


def command() -> Command:
    """Return the command line of the editor: $VISUAL, $EDITOR, or one that is installed.

    As in a shell, `~` and variables are expanded, after the words are split.
    """
    if named := _named():
        variable, setting = named
        if shutil.which(_expanded(setting)):
            return Command([_expanded(setting)], setting)
        try:
            words = shlex.split(setting, posix=os.name == "posix")
        except ValueError:
            raise EditorFailed(f"{variable} is not a command: {setting}", "check its quotes") from None
        return Command([_expanded(word) for word in words], words[0])
    for name in _FOUND:
        if shutil.which(name):
            return Command([name], name)
    raise EditorFailed(
        "No editor found: VISUAL and EDITOR are not set.",
        "set EDITOR, or pass the text in the command (- reads stdin)",
    )


def _expanded(word: str) -> str:
    return os.path.expandvars(os.path.expanduser(word))  # noqa: PTH111 - of somebody unknown it leaves the word


def editor_name(word: str) -> str:
    """Return the name of the editor that a command starts, with links resolved and without a version."""
    names = [Path(word).name]
    if path := shutil.which(word):
        names.append(Path(path).resolve().name)
    short = [name.lower().removesuffix(".exe").partition(".")[0] for name in names]
    short += [name.partition("-")[0] for name in short]
    return next((name for name in short if name in _FLAGS), short[0])


def _flags(argv: list[str]) -> list[str]:
    return [flag for flag in _FLAGS.get(editor_name(argv[0]), ()) if not _has(argv, flag)]


def _has(argv: list[str], flag: str) -> bool:
    return flag in _SHORT and not {flag, _SHORT[flag]}.isdisjoint(argv[1:])


def _how_to_wait(editor: Command, name: str) -> str:
    """Return what to do if the editor is still open although its command has ended; empty if it cannot be."""
    option = _WAITING.get(name, "")
    returns = "-n" in editor.argv or "--no-wait" in editor.argv
    if name in _IN_TERMINAL or _has(editor.argv, option) or (name == "emacsclient" and not returns):
        return ""
    remedy = "add its option for that, such as EDITOR='code --wait', 'subl -w', 'gvim -f' or 'open -W'"
    if name == "emacsclient":
        remedy = "leave out -n"
    elif option:
        remedy = f"set EDITOR='{editor.typed} {option}'"
    return f"if {editor.typed} is still open, save there and run the command again; to make it wait, {remedy}"


def run(argv: list[str], name: str) -> None:
    """Run the editor on the terminal and wait for it; EditorFailed if it cannot start or fails.

    `name` is what the user calls it.
    """
    hint = "set EDITOR to an editor that works"
    # Leave Ctrl-C to the editor; the child process starts with the default handler.
    handler = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        with _terminal() as (stdin, stdout):
            core_dumps.forbid()
            ended = subprocess.run(argv, stdin=stdin, stdout=stdout, check=False).returncode
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise EditorFailed(f"Cannot start the editor {name}: {reason}.", hint) from None
    finally:
        signal.signal(signal.SIGINT, handler)
    if ended == 127:
        raise EditorFailed(f"Editor not found: {name}; nothing was saved.", hint)
    if ended:
        how = f"was killed by signal {-ended}" if ended < 0 else f"exited with status {ended}"
        raise EditorFailed(f"The editor {name} {how}; nothing was saved.", hint)


@contextmanager
def _terminal() -> Iterator[tuple[IO[bytes] | None, IO[bytes] | int | None]]:
    """Yield the terminal as stdin and stdout of the editor, even if ours are pipes.

    Without a terminal, the editor writes to stderr, because stdout is for results only.
    """
    with ExitStack() as opened:
        stdin: IO[bytes] | None = None
        stdout: IO[bytes] | int | None = None
        with suppress(OSError):
            if not os.isatty(0):
                stdin = opened.enter_context(open("/dev/tty", "rb", buffering=0))
        if not os.isatty(1):
            stdout = subprocess.DEVNULL
            with suppress(OSError):
                os.fstat(2)
                stdout = 2
                stdout = opened.enter_context(open("/dev/tty", "wb", buffering=0))
        yield stdin, stdout


def _marked(text: str, top: str) -> str:
    """Return the text with a comment line at the top that is not part of it."""
    return f"{_MARK}{' '.join(top.replace('--', '- -').split())}\n{text}"
