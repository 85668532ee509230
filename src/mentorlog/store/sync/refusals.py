"""What git says of a remote that it cannot use, as a sentence of ours: git's own text is never shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from shlex import quote

from mentorlog.errors import DiskFailure, MentorlogError, RemoteFailure, Unreachable
from mentorlog.store.sync.address import Address
from mentorlog.store.sync.git import Answer, GitFailed, NoGit
from mentorlog.store.sync.git_folder import BRANCH

_LATER = "continue offline, and sync again when the network is back"
_KEYS = "add your key to the agent, then run the command again: ssh-add"
_LOGIN = "log in through a credential helper; see: git help credentials"
_THERE = "check the address of the remote"
_HOST = "{ask}, or use another repository"
_ALLOW = "allow that there for this command, or use another repository"
_SPACE = "free some space, then run the command again"
_WRITABLE = "check that your disk has space and is writable; see: mentorlog paths"
_NO_WRITING = "{place} does not let you write to this repository."
# How a line of git or ssh begins: a banner of the host, or what a hook of it prints, may contain any word.
_GIT = r"^(?:fatal|error|ssh\w*|kex_\w+|banner exchange|connection|client_loop|\w+_packet_\w+|packet_\w+)\b.*"

# For each reason: what git, ssh or the host prints, in any case; a sentence; a hint. The first that fits counts.
_NO_SPACE = r"no space left on device|disk quota exceeded|out of diskspace"
_FULL = (_NO_SPACE, "The disk of {place} is full.", _SPACE)
_TOO_LARGE = (
    r"exceeds .*(size|limit)|maximum allowed size|(file|pack|object|push|repository) (is )?too large|size limit"
    r"|gh001|over (its |the )?(storage )?quota|returned error: 413|http 413",
    "What was sent is larger than {place} allows.",
    _HOST,
)
_DAMAGED = (
    r"repository corruption|^remote: fatal: .*(tree|object)",
    "The repository at {place} is damaged.",
    "on the computer where it is, run: git fsck",
)
_HOOK = (r"hook declined|aborted by .*hook", "A hook of {place} refused the branch mentorlog.", _HOST)

# Why a host refuses the branch, though it can be reached and has got the commit.
_REJECTIONS = [
    _FULL,
    (
        r"branch is currently checked out",
        "The branch mentorlog is checked out in {place}.",
        "check out another branch there, or use a bare repository",
    ),
    _TOO_LARGE,
    (
        r"protected branch|branch .*protected|gh006|gh013|rule violations|(pull|merge) request",
        "The branch mentorlog is protected at {place}.",
        "let your account write to this branch, or use another repository",
    ),
    (r"hidden ref", "{place} does not accept a branch named mentorlog.", _HOST),
    (r"denied by .*|denying non-fast-forward", "{place} does not let the branch mentorlog be replaced.", _ALLOW),
    (
        r"exists; cannot create|is a non-empty directory",
        "A branch at {place} has a name that begins with mentorlog/: no branch mentorlog can be beside it.",
        "rename or delete that branch, or use another repository",
    ),
    (
        r"permission denied|insufficient permission|read-only file system|unable to create temporary|access denied"
        r"|not allowed to push|permission to .* denied|write access",
        _NO_WRITING,
        _HOST,
    ),
    _DAMAGED,
    _HOOK,
]

# Why nothing could be exchanged.
_REFUSALS = [
    # The network
    (
        r"could not resolve host|name or service not known|nodename nor servname|name resolution",
        "Cannot reach {place}: the host is not known.",
        _LATER,
    ),
    (r"network is unreachable|no route to host", "Cannot reach {place}: there is no network.", _LATER),
    (r"connection refused", "Cannot reach {place}: the connection was refused.", _LATER),
    (rf"{_GIT}(timed? ?out|timeout)|^timeout, server", "Cannot reach {place}: it does not answer.", _LATER),
    (r"failed to connect|couldn't connect", "Cannot reach {place}: it does not answer.", _LATER),
    # Who it is
    (
        r"remote host identification has changed",
        "The host key of {place} has changed, which may be an attack.",
        "ask whoever runs {place} before you connect: ssh {place}",
    ),
    (
        r"host key verification failed|host key is known for",
        "ssh does not know the host key of {place}.",
        "connect once, and compare the key: ssh {place}",
    ),
    (rf"{_GIT}(certificate|self.signed)", "The certificate of {place} is not valid.", _HOST),
    (
        r"permission denied \(|too many authentication failures|no supported authentication|sign_and_send_pubkey",
        "{place} refused your ssh key.",
        _KEYS,
    ),
    (
        r"could not read (username|password)|terminal prompts disabled|authentication failed|invalid credentials"
        r"|returned error: 401|invalid username",
        "{place} refused the login.",
        _LOGIN,
    ),
    (
        r"returned error: 403|write access to repository not granted|permission to .* denied|not allowed to push"
        r"|^(remote|error): .*read.only",
        _NO_WRITING,
        _HOST,
    ),
    (
        r"detected dubious ownership|unsafe repository",
        "git does not trust {place}: it belongs to another user.",
        "if you trust it: git config --global --add safe.directory {folder}",
    ),
    (
        r"cannot run ssh|cannot run .*ssh.*no such file|ssh: not found|unable to find remote helper",
        "git cannot start the program for this address.",
        "install ssh, or git's support for https",
    ),
    (
        r"transport '.*' not allowed|protocol .* not supported|unable to find remote helper",
        "Your git configuration turns the address into one over which mentorlog does not sync.",
        "look for insteadOf: git config --get-regexp url",
    ),
    (
        r"plaintext credentials",
        "Your git configuration puts a password into the address.",
        "use a credential helper instead: git help credentials",
    ),
    # What is there
    (
        r"mismatched algorithms|object format|hash algorithm",
        "The repository uses sha256 names, which mentorlog does not know.",
        "use a repository made by: git init --bare",
    ),
    _FULL,
    _TOO_LARGE,
    _HOOK,
    (
        r"(repository|project).*(not found|does not exist|not be found)|returned error: 404|not a git repository"
        r"|does not appear to be a git repository|no such file or directory|not a valid repository"
        r"|invalid gitfile",
        "There is no git repository at {place}.",
        "{make}",
    ),
    (r"permission denied|denied by ", "You may not use the repository at {place}.", _THERE),
    _DAMAGED,
    (
        r"fsck|hasdot|fullpathname|gitmodules|treenotsorted|badtree|duplicateentries",
        "The branch mentorlog of {place} holds files that git refuses as unsafe.",
        "delete the branch there, or use another repository",
    ),
    (
        rf"protocol error|bad line length|bad pack|early eof|invalid index-pack|unexpected (disconnect|http status)"
        rf"|{_GIT}(inflate|unexpected|invalid|expected .*, got)|did not send all|not valid:|bad object|gibberish",
        "{place} answers what git does not understand.",
        _THERE,
    ),
    (
        r"hung up|connection (closed|reset)|broken pipe|non-properly terminated|ssl_error_syscall",
        "{place} closed the connection.",
        _LATER,
    ),
    (r"(upload|receive)-pack: .*not found|not found: git", "git is not installed at {place}.", _HOST),
    (
        r"bad owner or permissions on |bad configuration option",
        "ssh cannot use its configuration.",
        "to see what is wrong in it: ssh {place}",
    ),
    (rf"{_GIT}(ssl|tls)|^unable to negotiate", "git and {place} do not agree on a secure connection.", _HOST),
]
_VERDICT = re.compile(rf"^!\t[^\t\n]*:{BRANCH}\t\[(rejected|remote rejected)\] \((.*)\)$", re.MULTILINE)
_OVERTAKEN = re.compile(
    r"fetch first|failed to update ref|(cannot|failed to|unable to) lock|lock (error|failure)|incorrect old value"
    r"|reference already exists",
    re.IGNORECASE,
)
_SAID_BY_HOST = re.compile(r"^(?:remote|error: remote unpack failed):.*", re.MULTILINE)
_PAGE = 20
_QUOTED = re.compile(r"(?<!\w)'[^'\n]*'")
_NO_SETTINGS = re.compile(r"^fatal: (bad (\w+ )*config|unable to access '[^'\n]*config')", re.MULTILINE)
_OURS = re.compile(rf"^(?!remote:).*({_NO_SPACE})", re.IGNORECASE | re.MULTILINE)
_NOT_WRITTEN = re.compile(
    r"^(error|fatal): .*(could(n't| not) write|unable to (write|create)|write error|cannot (open|update ref))",
    re.IGNORECASE | re.MULTILINE,
)


def refusal(address: Address, answer: Answer, *, sends: bool) -> RemoteFailure | None:
    """Return the error for what git printed when it could not fetch or push; None if it is not known."""
    if sends and (verdict := _VERDICT.search(answer.out)):
        said = f"{verdict[2]}\n{_by_host(address, answer)}"
        return _first(address, _REJECTIONS, said) or _failure(address, "{place} refused the branch mentorlog.", _HOST)
    said = _plain(address, answer.err + answer.out)
    if not sends and _OURS.search(said):
        return RemoteFailure("Cannot save what came from the remote: the disk is full.", _SPACE)
    if not sends and _NOT_WRITTEN.search(said):
        return RemoteFailure("Cannot save what came from the remote.", _WRITABLE)
    if found := _first(address, _REFUSALS, said):
        return found
    if not said.strip() and answer.status < 0:
        return _failure(address, "git was stopped while it was connected to {place}.", "run the command again")
    return None


def is_overtaken(address: Address, answer: Answer) -> bool:
    """Return whether a push failed because another machine was faster: git says so of the branch, not a hook."""
    verdict = _VERDICT.search(answer.out)
    if verdict is None or verdict[1] == "rejected":
        return verdict is not None
    return _OVERTAKEN.search(verdict[2]) is not None and _first(address, _REJECTIONS, _by_host(address, answer)) is None


def lock(answer: Answer) -> str:
    """Return the path of the lock on the remote that stopped a push; empty if there was none."""
    found = re.search(r"unable to create '(/[^'\n]+\.lock)': file exists", answer.err, re.IGNORECASE)
    return found[1] if found else ""


def _by_host(address: Address, answer: Answer) -> str:
    """Return what the host printed, or its hooks."""
    return _plain(address, "\n".join(_SAID_BY_HOST.findall(answer.err)))


def _plain(address: Address, said: str) -> str:
    """Return what was printed without names: the words of an address or a file are no reason."""
    said = _QUOTED.sub("''", said)
    for word in (address.url, address.shown, address.place):
        said = said.replace(word, "")
    return said


def _first(address: Address, reasons: Iterable[tuple[str, str, str]], said: str) -> RemoteFailure | None:
    """Return the error for the first reason that fits what was printed."""
    for pattern, sentence, hint in reasons:
        if re.search(pattern, said, re.IGNORECASE | re.MULTILINE):
            return _failure(address, sentence, hint)
    return None


def unknown(address: Address) -> RemoteFailure:
    """Return the error for a reason that is not known."""
    hint = f"{_THERE}; to see what git says, add --debug"
    return _failure(address, "git could not exchange with {place}.", hint)


def printed(address: Address, answer: Answer) -> str:
    """Return what git, ssh and the host printed, at most a page of it, without the name of a user in an address."""
    said = f"{answer.err}\n{answer.out}".replace(address.url, address.shown)
    said = re.sub(rf"[^\s@/'\"]+@(?={re.escape(address.place)})", "", said)
    lines = [line.rsplit("\r", 1)[-1].rstrip() for line in said.splitlines()]
    return "\n".join([line for line in lines if line][-_PAGE:])


def not_made(folder: Path, answer: Answer) -> MentorlogError:
    """Return the error for a directory that git did not make."""
    if may_lack_settings(answer):
        return no_settings()
    if _OURS.search(answer.err):
        return DiskFailure(f"Cannot create {folder}: the disk is full.", _SPACE)
    return DiskFailure(f"git cannot create {folder}.", "check whether its folder is writable, and: git version")


def may_lack_settings(answer: Answer) -> bool:
    """Return whether a git, here or on a host, says that it cannot read the settings of its user."""
    return _NO_SETTINGS.search(answer.err) is not None


def no_settings() -> NoGit:
    """Return the error for a git here that cannot read the user's settings."""
    return NoGit("git cannot read its configuration.", "to see what is wrong in it: git config --list")


def damaged(kind: type[MentorlogError]) -> MentorlogError:
    """Return the error for our own directory of git, which was damaged."""
    return kind("The git directory of sync was damaged, and is new now.", "run the command again")


def failure(address: Address, failed: GitFailed) -> RemoteFailure:
    """Return the error for a git that did not end well."""
    if failed.is_late:
        return _failure(address, "Cannot reach {place}: it does not answer.", _LATER)
    return _failure(address, "git does not work as it should: it {what}.", "check it: git version", what=str(failed))


def too_much(address: Address, what: str) -> RemoteFailure:
    """Return the error for a remote that holds what no journal has."""
    return _failure(
        address, "The branch mentorlog of {place} holds {what}.", "use a repository for your journal alone", what=what
    )


def lock_left(address: Address, lock: str) -> RemoteFailure:
    """Return the error for a lock that a killed git left in a remote that is a folder."""
    sentence = "An interrupted git has left a lock in {place}."
    hint = "if no git runs there: rm {what}" if address.is_folder else "there, if no git runs: rm {what}"
    return _failure(address, sentence, hint, what=quote(lock))


def foreign(address: Address, path: str) -> RemoteFailure:
    """Return the error for something in the place of a file of ours."""
    return _failure(
        address,
        "The branch mentorlog of {place} holds something that is no file in the place of {what}.",
        "delete it there, or use another repository",
        what=path,
    )


def _failure(address: Address, sentence: str, hint: str, what: str = "") -> RemoteFailure:
    folder = quote(address.place)
    make, is_away = _THERE, hint == _LATER
    ask = f"ask whoever runs {address.place}"
    if address.is_folder:
        ask = "check who may write there"
        is_away = not Path(address.place).parent.is_dir()  # a stick or a network drive is not connected
        make = "check the path"
        if is_away:
            make = "connect the disk that has it, or check the path"
        elif not Path(address.place).is_file():
            make = f"check the path; to create one: git init --bare {folder}"
    words = {"place": address.place, "folder": folder, "what": what, "make": make, "ask": ask}
    kind = Unreachable if is_away else RemoteFailure
    return kind(sentence.format(**words), hint.format(**words))
