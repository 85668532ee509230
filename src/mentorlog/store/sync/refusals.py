"""What git says of a remote that it cannot use, as a sentence of ours: git's own text is never shown."""

from __future__ import annotations

import re
from pathlib import Path
from shlex import quote

from mentorlog.errors import DiskFailure, MentorlogError, RemoteFailure, Unreachable
from mentorlog.store.sync.address import Address
from mentorlog.store.sync.git import Answer, GitFailed

_LATER = "continue offline, and sync again when the network is back"
_KEYS = "add your key to the agent, then run the command again: ssh-add"
_LOGIN = "log in through a credential helper; see: git help credentials"
_THERE = "check the address of the remote"
_HOST = "ask whoever runs {place}, or use another repository"
_SPACE = "free some space, then run the command again"

# The first that fits counts: what git or ssh print, in English and in any case; a sentence; a hint.
_REFUSALS = [
    # The network
    (
        r"could not resolve host|name or service not known|nodename nor servname|name resolution",
        "Cannot reach {place}: the host is not known.",
        _LATER,
    ),
    (r"network is unreachable|no route to host", "Cannot reach {place}: there is no network.", _LATER),
    (r"connection refused", "Cannot reach {place}: the connection was refused.", _LATER),
    (r"timed? ?out|timeout", "Cannot reach {place}: it does not answer.", _LATER),
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
    (r"certificate|ssl|tls|gnutls", "The certificate of {place} is not valid.", _HOST),
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
        r"returned error: 403|write access to repository not granted|permission to .* denied|read.only"
        r"|not allowed to push",
        "{place} does not let you write to this repository.",
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
        r"mismatched algorithms|object format",
        "The repository uses sha256 names, which mentorlog does not know.",
        "use a repository made by: git init --bare",
    ),
    (r"no space left on device|disk quota exceeded", "The disk of {place} is full.", _SPACE),
    (
        r"branch is currently checked out",
        "The branch mentorlog is checked out in {place}.",
        "check out another branch there, or use a bare repository",
    ),
    (r"pre-receive hook declined|hook declined", "A hook of {place} refused the branch mentorlog.", _HOST),
    (
        r"protected branch|gh006|gh013|deny updating|prohibited|file size limit|exceeds|too large|push rejected",
        "{place} does not accept the branch mentorlog.",
        _HOST,
    ),
    (
        r"denied by .*|denying non-fast-forward",
        "{place} does not let the branch mentorlog be replaced.",
        _HOST,
    ),
    (
        r"(repository|project).*(not found|does not exist|not be found)|returned error: 404|not a git repository"
        r"|does not appear to be a git repository|no such file or directory|not a valid repository"
        r"|invalid gitfile",
        "There is no git repository at {place}.",
        "{make}",
    ),
    (r"permission denied", "You may not use the repository at {place}.", _THERE),
    (
        r"repository corruption|^remote: fatal: .*(tree|object)",
        "The repository at {place} is damaged.",
        "on the computer where it is, run: git fsck",
    ),
    (
        r"fsck|hasdot|fullpathname|gitmodules|treenotsorted|badtree|duplicateentries",
        "The branch mentorlog of {place} holds files that git refuses as unsafe.",
        "delete the branch there, or use another repository",
    ),
    (
        r"protocol error|bad line length|bad pack|early eof|invalid index-pack|unexpected (disconnect|http status)"
        r"|inflate|unexpected|did not send all|invalid|not valid:|bad object|expected .*, got|gibberish",
        "{place} answers what git does not understand.",
        _THERE,
    ),
    (r"hung up|connection (closed|reset)|broken pipe", "{place} closed the connection.", _LATER),
]
_QUOTED = re.compile(r"(?<!\w)'[^'\n]*'")
_OURS = re.compile(r"^(?!remote:).*(no space left on device|disk quota exceeded)", re.IGNORECASE | re.MULTILINE)


def refusal(address: Address, answer: Answer, *, sends: bool) -> RemoteFailure | None:
    """Return the error for what git printed when it could not fetch or push; None if it is not known."""
    said = _QUOTED.sub("''", answer.err + answer.out)
    for word in (address.url, address.shown, address.place):
        said = said.replace(word, "")  # its words are no reason
    if not sends and _OURS.search(said):
        return RemoteFailure("Cannot save what came from the remote: the disk is full.", _SPACE)
    for pattern, sentence, hint in _REFUSALS:
        if re.search(pattern, said, re.IGNORECASE | re.MULTILINE):
            return _failure(address, sentence, hint)
    if not said.strip() and answer.status < 0:
        return _failure(address, "git was stopped while it was connected to {place}.", "run the command again")
    return None


def unknown(address: Address) -> RemoteFailure:
    """Return the error for a reason that is not known."""
    return _failure(address, "git could not exchange with {place}.", _THERE)


def not_made(folder: Path, answer: Answer) -> MentorlogError:
    """Return the error for a directory that git did not make."""
    if _OURS.search(answer.err):
        return DiskFailure(f"Cannot create {folder}: the disk is full.", _SPACE)
    return DiskFailure(f"git cannot create {folder}.", "check whether its folder is writable, and: git version")


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
    sentence, hint = "An interrupted git has left a lock in {place}.", "if no git runs there: rm {what}"
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
    if address.is_folder:
        is_away = not Path(address.place).parent.is_dir()  # a stick or a network drive is not connected
        make = "connect the disk that has it, or check the path" if is_away else f"create one: git init --bare {folder}"
    words = {"place": address.place, "folder": folder, "what": what, "make": make}
    kind = Unreachable if is_away else RemoteFailure
    return kind(sentence.format(**words), hint.format(**words))
