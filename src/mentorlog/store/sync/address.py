"""The address of a remote: which ones git is given, and how they are shown."""

from __future__ import annotations

import os
import re
from pathlib import Path

from mentorlog.errors import BadValue, shortened
from mentorlog.values import Value

_EXAMPLE = "for example: git@git.example.org:journal.git, or the path of a folder"
_LONGEST = 4096
_OPEN = ("http", "git", "ftp")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_HELPER = re.compile(r"[A-Za-z0-9+.-]*::")
_SCP_LIKE = re.compile(r"(?:([^@:/\[\]]*)@)?(\[[^\[\]/]*\]|[^:/\[\]@]*):(.*)", re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?\]")
_USER = re.compile(r"[A-Za-z0-9_.+~%][A-Za-z0-9_.+~%\\@-]*")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class Address(Value):
    """The address of a remote: `url` for git, `shown` without a user's name, `place` is its host or folder."""

    url: str
    shown: str
    place: str
    is_folder: bool


def address(text: str) -> Address:
    """Return the address for a text; BadValue for one that git is never given."""
    if not text.strip():
        raise _refused("The address of the remote is empty.")
    if len(text) > _LONGEST or not text.isprintable():
        raise _refused("The address of the remote contains characters that no address has.")
    if text.startswith("-"):
        raise _refused(f"{shortened(text)} is not the address of a remote: it starts with a hyphen.")
    if found := _SCHEME.match(text):
        return _of_url(text, found[1].lower())
    if _HELPER.match(text):
        raise _refused("The address of the remote names a program of git, which mentorlog does not start.")
    if _DRIVE.match(text):
        raise _refused(f"{shortened(text)} is a path of Windows.", "use a path of this system")
    before_slash = text.partition("/")[0]
    if ":" in before_slash:
        return _of_host(text)
    path = os.path.abspath(os.path.expanduser(text))  # noqa: PTH100, PTH111 - resolve() would follow links
    return _folder(path, path)


def outside(address: Address, journal: Path) -> Address:
    """Return an address; BadValue if it is that of a folder in a journal, where git writes nothing."""
    if address.is_folder and Path(address.place).resolve().is_relative_to(journal.resolve()):
        hint = "use a repository in another place, best on another disk or at a host"
        raise _refused(f"{address.place} is in the journal itself.", hint)
    return address


def _of_url(text: str, scheme: str) -> Address:
    if scheme not in ("file", "https", "ssh"):
        why = "which is not encrypted" if scheme in _OPEN else "which it does not know"
        hint = "use https:// instead" if scheme == "http" else "use ssh://, https:// or the path of a folder"
        raise _refused(f"mentorlog does not sync over {scheme}://, {why}.", hint)
    authority, slash, path = text.partition("://")[2].partition("/")
    path = slash + re.split("[?#]", path)[0]
    if scheme == "file":
        if authority or path == "":
            raise _refused("An address with file:// needs three slashes before the path.", "use the path of the folder")
        return _folder(text, path)
    user, at, host_port = authority.rpartition("@")
    if ":" in user:
        raise _refused(
            "The address of the remote contains a password.",
            "leave it out: git asks for it, or uses your credential helper",
        )
    host = re.sub(r":[0-9]*$", "", host_port)
    if not _HOST.fullmatch(host) or (at and not _USER.fullmatch(user)):
        raise _refused("The address of the remote names no valid host.")
    if not path.strip("/"):
        raise _refused(f"The address of the remote names no repository on {host}.")
    return Address(url=text, shown=f"{scheme}://{host_port}{path}", place=host, is_folder=False)


def _of_host(text: str) -> Address:
    """Return the address for `user@host:path`."""
    found = _SCP_LIKE.fullmatch(text)
    if found is None:
        raise _refused(f"{shortened(text)} is not the address of a remote.")
    user, host, path = found.groups()
    if user is None and re.match(r"[^/]*@[^/]*:", path):
        raise _refused(
            "The address of the remote contains a password.", "leave it out: ssh asks for it, or uses your key"
        )
    if not _HOST.fullmatch(host) or (user is not None and not _USER.fullmatch(user)):
        raise _refused("The address of the remote names no valid host.")
    if len(host) == 1:
        raise _refused(
            f"{shortened(text)} could be a path of Windows or a host of one letter.", f"for a host: ssh://{host}/PATH"
        )
    if not path.strip("/") or path.startswith("-"):
        raise _refused(f"The address of the remote names no repository on {host}.")
    return Address(url=text, shown=f"{host}:{path}", place=host, is_folder=False)


def _folder(url: str, path: str) -> Address:
    return Address(url=url, shown=path, place=path, is_folder=True)


def _refused(sentence: str, hint: str = _EXAMPLE) -> BadValue:
    return BadValue("to", sentence, hint)
