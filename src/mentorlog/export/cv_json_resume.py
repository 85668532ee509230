"""A CV as JSON Resume 1.3.1 (https://jsonresume.org/schema), for the themes and tools that read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from mentorlog.domain.cv import Entries, Entry
from mentorlog.models.rules import orcid_id
from mentorlog.models.views import joined
from mentorlog.output.text import spaced
from mentorlog.vocabulary import CV_SECTION_MEANINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import ProfileView

_SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.3.1/schema.json"
_VERSION = "v1.3.1"


def document(profile: ProfileView, entries: Entries) -> str:
    """Return the document; parts without content are left out."""
    found: dict[str, Any] = {"$schema": _SCHEMA, "basics": _basics(profile)}
    places: dict[str, list[dict[str, Any]]] = {name: [] for name in _ORDER}
    for section, some in entries.sections.items():
        place, made = _PLACES[section]
        places[place] += [_filled(made(entry)) for entry in some]
    found |= {place: items for place, items in places.items() if items}
    return json.dumps({**found, "meta": {"version": _VERSION}}, ensure_ascii=False, indent=2) + "\n"


def _filled(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def _basics(profile: ProfileView) -> dict[str, Any]:
    orcid = orcid_id(profile["orcid"]) if profile["orcid"] else ""
    known = {"network": "ORCID", "username": orcid, "url": f"https://orcid.org/{orcid}"}
    name = ", ".join(filter(None, (profile["name"], profile["degrees"])))
    works = ", ".join(filter(None, (profile["program"], profile["institution"])))
    label = ", ".join(filter(None, (spaced(profile["stage"] or "").capitalize(), works)))
    return _filled({"name": name, "label": label, "email": profile["email"], "profiles": [known] if orcid else []})


def _work(entry: Entry) -> dict[str, Any]:
    cv = entry.cv
    position, summary = (cv["role"], entry.text) if cv["role"] else (entry.text, "")
    return {
        "name": cv["venue"],
        "location": cv["place"],
        "position": position,
        **_dates(entry),
        "summary": _sentences(summary, _credit(entry)),
    }


def _volunteer(entry: Entry) -> dict[str, Any]:
    cv = entry.cv
    summary = _sentences(entry.text if cv["role"] else "", cv["place"], _credit(entry))
    return {"organization": cv["venue"], "position": cv["role"] or entry.text, **_dates(entry), "summary": summary}


def _education(entry: Entry) -> dict[str, Any]:
    cv = entry.cv
    return {"institution": cv["venue"], "area": entry.text, "studyType": cv["role"], **_dates(entry)}


def _award(entry: Entry) -> dict[str, Any]:
    summary = _sentences(entry.cv["role"], entry.cv["place"], _credit(entry))
    return {"title": entry.text, "date": entry.start, "awarder": entry.cv["venue"], "summary": summary}


def _certificate(entry: Entry) -> dict[str, Any]:
    return {"name": entry.text, "date": entry.start, "issuer": entry.cv["venue"]}


def _publication(entry: Entry) -> dict[str, Any]:
    cv = entry.cv
    states = {"accepted": "Accepted", "in_press": "In press", "submitted": "In review"}
    citation = cv["citation"] if cv["citation"] != entry.text else ""
    summary = _sentences(citation or cv["authors"] or _credit(entry), states.get(cv["state"] or ""))
    date = "" if entry.is_submitted else entry.end or entry.start
    return {"name": entry.text, "publisher": cv["venue"], "releaseDate": date, "url": entry.address, "summary": summary}


def _project(entry: Entry) -> dict[str, Any]:
    cv = entry.cv
    scope = (cv["scope"] or "").capitalize()
    return {
        "name": entry.text,
        "description": _sentences(cv["authors"] or _credit(entry), cv["place"], scope),
        **_dates(entry),
        "url": entry.address,
        "roles": [cv["role"]] if cv["role"] else [],
        "entity": cv["venue"],
        "type": CV_SECTION_MEANINGS[cv["section"]],
    }


def _skill(entry: Entry) -> dict[str, Any]:
    return {"name": entry.text, "level": entry.cv["role"]}


_ORDER = ("work", "volunteer", "education", "awards", "certificates", "publications", "skills", "projects")

_PLACES: Mapping[str, tuple[str, Callable[[Entry], dict[str, Any]]]] = {
    "education": ("education", _education),
    **dict.fromkeys(("training", "position"), ("work", _work)),
    "certification": ("certificates", _certificate),
    "award": ("awards", _award),
    **dict.fromkeys(("membership", "committee", "service"), ("volunteer", _volunteer)),
    **dict.fromkeys(("article", "chapter", "abstract"), ("publications", _publication)),
    **dict.fromkeys(("grant", "research", "presentation", "teaching"), ("projects", _project)),
    **dict.fromkeys(("supervision", "quality", "media"), ("projects", _project)),
    "skill": ("skills", _skill),
}
"""The part of the document that a section belongs to, and what makes an item of it."""


def _dates(entry: Entry) -> dict[str, Any]:
    return {"startDate": entry.start, "endDate": entry.end if entry.end != entry.start else ""}


def _credit(entry: Entry) -> str:
    return f"With {joined(entry.credit)}" if entry.credit else ""


def _sentences(*texts: str | None) -> str:
    return " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in texts if text)
