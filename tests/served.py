"""A shell in which each `mentorlog` runs inside the process of the tests, some ten times faster than one of its own.

The shell has a function of that name: it leaves its words, variables and input in a folder, asks through a pipe, and
prints what comes back. Where the program would start an editor or a pager, which writes to the terminal by itself,
the function starts the real program; so does a shell that takes no functions from its environment.
"""

from __future__ import annotations

import io
import os
import selectors
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from world import World

FUNCTION = """() {
  if [ -n "${EDITOR-}${VISUAL-}${PAGER-}" ]; then command mentorlog "$@"; return; fi
  local at="$SERVED/$BASHPID" one= status
  if [ /dev/fd/1 -ef /dev/fd/2 ]; then one=1; fi
  cat > "$at.in"
  { printf '%s\\0' "$one" "$PWD" "$#" "$@"; env -0; } > "$at"
  echo "$BASHPID" > "$SERVED/ask"
  read -r status < "$SERVED/answer"
  cat "$at.out"
  if [ -s "$at.err" ]; then cat "$at.err" >&2; fi
  return "$status"
}"""
OURS = ("BASH_FUNC_mentorlog", "SERVED", "_")


def shell(world: World, command: str, variables: dict[str, str], folder: Path, patience: float) -> tuple[int, str]:
    """Run a command line; return the exit status and both outputs in their order."""
    place = world.root / "served"
    place.mkdir(exist_ok=True)
    pipes = [_pipe(place / name) for name in ("ask", "answer")]
    process = subprocess.Popen(
        ["bash", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=variables | {"SERVED": str(place), "BASH_FUNC_mentorlog%%": FUNCTION},
        cwd=folder,
    )
    try:
        return _serve(world, place, process, *pipes, patience)
    finally:
        process.kill()
        process.wait()
        for pipe in pipes:
            os.close(pipe)


def _pipe(path: Path) -> int:
    """Open a named pipe for both directions: neither side waits for the other to open it."""
    if not path.exists():
        os.mkfifo(path)
    return os.open(path, os.O_RDWR)


def _serve(
    world: World, place: Path, process: subprocess.Popen[bytes], ask: int, answer: int, patience: float
) -> tuple[int, str]:
    assert process.stdout is not None
    output = b""
    with process.stdout as printed, selectors.DefaultSelector() as ready:
        ready.register(printed, selectors.EVENT_READ)
        ready.register(ask, selectors.EVENT_READ)
        while True:
            events = ready.select(patience)
            assert events, f"{process.args} does not end"
            for key, _ in events:
                if key.fd == ask:
                    for name in os.read(ask, 4_096).split():
                        os.write(answer, b"%d\n" % _run(world, place / os.fsdecode(name)))
                elif chunk := os.read(key.fd, 1 << 16):
                    output += chunk
                else:
                    return process.wait(), output.decode("utf-8", "backslashreplace")


def _run(world: World, at: Path) -> int:
    """Do one run that was asked for; return its exit status."""
    one, folder, count, *rest = os.fsdecode(at.read_bytes()).split("\0")
    arguments, pairs = rest[: int(count)], [pair.partition("=") for pair in rest[int(count) : -1]]
    variables = {name: value for name, _, value in pairs if not name.startswith(OURS)}
    changed = dict.fromkeys(os.environ.keys() - variables.keys()) | variables
    out = io.BytesIO()
    err = out if one else io.BytesIO()
    status = world.invoke_into(out, err, arguments, at.with_suffix(".in").read_bytes(), changed, Path(folder))
    at.with_suffix(".out").write_bytes(out.getvalue())
    at.with_suffix(".err").write_bytes(b"" if one else err.getvalue())
    return status
