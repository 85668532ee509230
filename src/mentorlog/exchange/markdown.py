"""Markdown files, as Obsidian, GitHub and editors keep them: each becomes a meeting or a note. Pure.

The text below the front matter stays as it is, but for CR LF, which becomes LF. A `title` of the front matter that the
text does not begin with becomes its first line. The front matter itself is kept as values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from mentorlog import names
from mentorlog.errors import BadDate, BadValue, MentorlogError
from mentorlog.exchange import foreign, front_matter, note_days
from mentorlog.exchange.incoming import Batch, Incoming, Stay
from mentorlog.fold import each_tag_once, folded
from mentorlog.models.meeting import Meeting
from mentorlog.models.note import Note
from mentorlog.models.rules import with_lf
from mentorlog.models.views import joined
from mentorlog.store.disk import files
from mentorlog.values import Value

if TYPE_CHECKING:
    from mentorlog.exchange.directory import Directory

TABLE = "front_matter"
KINDS = {"meetings": Meeting, "notes": Note}

_PEOPLE = ("with", "mentor", "mentors", "members", "attendees", "participants")
"""The keys that name people, in front matter and in fields within the text, such as `with:: [[William Osler]]`."""
_MOST_PEOPLE, _LONGEST = 100, 1_000  # of one file, and signs in a text that names some: the rest is something else
_INLINE = re.compile(rf"^[ \t>*+-]*(?:{'|'.join(_PEOPLE)})[ \t*]*::(?P<people>.*)$", re.MULTILINE | re.IGNORECASE)
_LINK = re.compile(
    r"\[\[(?P<page>[^\[\]|]*)(?:\|(?P<alias>[^\[\]]*))?\]\]|\[(?P<words>[^\[\]]+)\]\((?P<target>[^()]*)\)"
)
_ADDRESS = re.compile(r"<?(?:mailto:)?(?P<address>[^\s<>@]+@[^\s<>@]+)>?")
_CONFLICT = re.compile(
    r"(?P<original>.+?)(?:\.sync-conflict-[0-9]{8}-[^.]*|[ _-]*\([^()]*(?:conflict(?:ed)? copy|case conflict)[^()]*\)"
    r"|[ _.-]conflict(?:ed[ _-]copy)?-[0-9]{8}.*)",
    re.IGNORECASE,
)
"""The names that Syncthing, Dropbox, Nextcloud and others give to the other version of a file."""
_COPY = re.compile(r"(?P<original>.+?)(?: ?\([0-9]{1,3}\)| [0-9]{1,2}| - copy.*| copy(?: [0-9]+)?)", re.IGNORECASE)
"""The names of copies, which may also be names of their own: only the same text makes one a copy."""

_ADD_DAY = "begin them with three lines: ---, date: 2026-03-02, ---"
_SAME_PATH = BadValue("source", "the path below the folder is that of another file", "import the folder above both")
_NO_DAY = BadValue("on", "no day in the front matter, the name or the first heading", _ADD_DAY)


class MarkdownFile(Value):
    """A file: its path below the folder, with `/`; the path by which the user knows it; its bytes."""

    path: str
    shown: str
    data: bytes


class Request(Value):
    """What the files become: `meetings` or `notes`, with these mentors besides those that a file names.

    `own_names` are what the resident is called in lists of people. With `skip`, files that cannot be imported stay.
    """

    kind: str
    today: date
    mentors: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    skip: bool = False


class _Stays(Exception):
    """The file is not imported; nothing is wrong with it."""


def read(found: Sequence[MarkdownFile], people: Directory, request: Request) -> Batch:
    """Return the records of Markdown files; MentorlogError lists every file that cannot be imported."""
    records, stays = dict[str, Incoming](), list[Stay]()
    wrong = list[tuple[str, MentorlogError]]()
    contents = {file.shown: file.data for file in found}
    for file in found:
        try:
            if original := _copy_of(file, contents):
                raise _Stays(f"a copy of {original.rpartition('/')[2]}")
            record = _record(file, people, request)
            if record.source in records:
                raise _SAME_PATH
            records[record.source] = record
        except _Stays as why:
            stays.append(Stay(file.shown, str(why)))
        except MentorlogError as error:
            wrong.append((file.shown, error))
            stays.append(Stay(file.shown, error.clause))
    if wrong and not request.skip:
        raise _all_wrong(wrong, len(found))
    mapped = ("date", "title", "tags", "tag", *_PEOPLE)
    return Batch("Markdown", TABLE, request.kind[:-1], tuple(records.values()), tuple(stays), mapped=mapped)


def source_of(path: str) -> str:
    """Return the source of a file: its path in NFC, in one line."""
    text = unicodedata.normalize("NFC", path)
    return "markdown:" + "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def _all_wrong(wrong: Sequence[tuple[str, MentorlogError]], of: int) -> MentorlogError:
    """Return one error with a sentence for each thing that is wrong, which names all files of it."""
    paths: dict[tuple[str, str | None], list[str]] = {}
    for path, error in wrong:
        paths.setdefault((error.sentence.removesuffix("."), error.hint), []).append(path)
    each = [MentorlogError(f"{', '.join(those)}: {what}", hint) for (what, hint), those in paths.items()]
    if of == 1:
        return each[0]
    first = MentorlogError(
        f"{len(wrong)} of {of} files cannot be imported; nothing was.",
        "correct what follows, or leave it out with: --skip",
    )
    first.also = each
    return first


# One file


def _record(file: MarkdownFile, people: Directory, request: Request) -> Incoming:
    text = _decoded(file.data)
    if not text.strip():
        raise _Stays("empty")
    parts = front_matter.read(text)
    meta = {key.strip().lower(): value for key, value in parts.front_matter.items()}
    moment = _moment(file.path, meta, parts.text)
    if moment.on > request.today and request.kind == "notes":
        raise BadValue("on", f"{moment.on} is in the future", "import it as a meeting, or correct the date")
    named = _People(people, request.own_names)
    mentors = tuple(dict.fromkeys([*request.mentors, *named.of_file(meta, parts.text)]))
    body = _titled(meta.get("title"), parts.text)
    fields: dict[str, Any] = {"on": moment.on, "mentors": mentors, "tags": tuple(_tags(meta))}
    if request.kind == "notes":
        if not body.strip():
            raise _Stays("no text below the front matter")
        fields |= {"text": body}
    else:
        if not mentors:
            raise _Stays(f"no mentor{f': with {joined(named.strangers)}' if named.strangers else ''}")
        status = "planned" if moment.on > request.today else "held"
        fields |= {"at": moment.at, "status": status, "notes": body if body.strip() else None}
    return Incoming(KINDS[request.kind], source_of(file.path), fields, parts.front_matter)


def _decoded(data: bytes) -> str:
    if len(data) > files.LIMIT:
        raise BadValue("text", f"larger than {files.LIMIT >> 20} MiB", "split it, or link to it with --link")
    if data.startswith(foreign.UTF_16):
        raise BadValue("text", "UTF-16 text", "save it as UTF-8")
    if b"\0" in data:
        raise BadValue("text", "not text", "save it as UTF-8, if it is")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = foreign.line_of(data, error.start)
        raise BadValue("text", f"not UTF-8 (line {line})", "save it as UTF-8") from None
    return with_lf(text)


def _moment(path: str, meta: Mapping[str, Any], text: str) -> note_days.Moment:
    value = meta.get("date")
    if isinstance(value, str | list):
        value = _unlinked(" ".join(_texts(value))).strip()
    if value not in (None, ""):
        return note_days.of_value(value)
    ambiguous: BadDate | None = None
    for line in (_stem(path), note_days.first_heading(text)):
        try:
            if (day := note_days.of_line(line)) is not None:
                return note_days.Moment(day)
        except BadDate as error:
            ambiguous = ambiguous or error
    raise ambiguous or _NO_DAY


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _titled(title: Any, text: str) -> str:
    """Return the text below its title, unless that is its first heading or line."""
    words = " ".join(" ".join(_texts(title)).split())
    begins = text.strip().partition("\n")[0].strip("#* ")
    if not words or folded(words) in (folded(begins), folded(note_days.first_heading(text))):
        return text
    return f"# {words}\n\n{text}" if text.strip() else f"# {words}\n"


def _tags(meta: Mapping[str, Any]) -> list[str]:
    """Return the tags: items of a list, or of one text separated by commas, or else by blanks."""
    tags = list[str]()
    for key in ("tags", "tag"):
        value = meta.get(key)
        words = value.split() if isinstance(value, str) and "," not in value else _texts(value)
        tags += [" ".join(item.split()).strip("\"'").lstrip("#") for text in words for item in text.split(",")]
    return each_tag_once(tag for tag in tags if tag and tag.isprintable())


def _texts(value: Any) -> list[str]:
    """Return the texts in a value of front matter, at any depth of its lists."""
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [] if value is None or isinstance(value, dict) else [str(value)]


def _unlinked(text: str) -> str:
    return _LINK.sub(lambda link: link["words"] or link["alias"] or link["page"], text)


def _copy_of(file: MarkdownFile, contents: Mapping[str, bytes]) -> str | None:
    """Return the path of which a file is a copy, made by a sync program or, with the same bytes, by hand."""
    folder, slash, name = file.shown.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if match := _CONFLICT.fullmatch(stem):
        return f"{folder}{slash}{match['original']}{dot}{ending}"
    match = _COPY.fullmatch(stem)
    original = f"{folder}{slash}{match['original'].rstrip()}{dot}{ending}" if match else ""
    return original if match and contents.get(original) == file.data else None


# People


class _People:
    """Whom one file names: the mentors, and the names of others."""

    def __init__(self, directory: Directory, own_names: Sequence[str]) -> None:
        self._directory = directory
        self._own = own_names
        self.strangers = list[str]()

    def of_file(self, meta: Mapping[str, Any], text: str) -> list[str]:
        """Return the mentors that front matter and fields in the text name; of links, else those in the heading."""
        said = [one for key in _PEOPLE for one in _texts(meta.get(key))]
        said += [match["people"] for match in islice(_INLINE.finditer(text), _MOST_PEOPLE)]
        ids = [id for one in said[:_MOST_PEOPLE] if len(one) <= _LONGEST for id in self._named(one)]
        if not said:
            title = f"{' '.join(_texts(meta.get('title')))} {note_days.first_heading(text)}"
            links = _LINK.finditer(title[:_LONGEST])
            ids = [id for link in links if (id := self._find(_readings(link), count=False))]
        return ids

    def _named(self, text: str) -> Iterator[str]:
        found = [self._find(_readings(link)) for link in _LINK.finditer(text)]
        found += [self._find([one]) for one in self._apart(_LINK.sub(",", text))]
        yield from filter(None, found)

    def _apart(self, text: str) -> list[str]:
        """Return the names in a text; `Osler, William` is one, if it is a mentor's."""
        items = list[str]()
        for part in re.split(r"[;\n&]|(?:^|[\s,])(?:and|und)\s", text):
            is_one = "," in part and (self._is_own(part) or self._directory.find(part, count=False))
            items += [part] if is_one else names.split(part)
        return [item for item in items if any(map(str.isalnum, item))]

    def _find(self, readings: Sequence[str], count: bool = True) -> str | None:
        """Return the mentor whom the first fitting reading of a name means."""
        for one in readings:
            address = _ADDRESS.search(one)
            name = _ADDRESS.sub("", one).strip(" \"'@")
            id = address and self._directory.by_email(address["address"])
            if id := id or (self._directory.find(name, count=False) if name else None):
                return id
        name = " ".join(_ADDRESS.sub("", readings[-1]).strip(" \"'@").split())
        if not count or self._is_own(name):
            return None
        self.strangers.append(name or readings[-1].strip())
        return self._directory.find(name) if name else None  # an address is nobody's name

    def _is_own(self, name: str) -> bool:
        return folded(name) in ("me", "i", "myself") or any(names.same(name, own) for own in self._own)


def _readings(link: re.Match[str]) -> list[str]:
    """Return what a link may call somebody: the name of its page, then its words."""
    page = (link["page"] or unquote(link["target"] or "")).partition("#")[0].rpartition("/")[2].removesuffix(".md")
    return [reading for reading in (page, link["alias"] or link["words"] or "") if reading.strip()] or [link[0]]
