"""The three layouts of a CV: what they say, that their readers read it back, and that no text escapes its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from factories import make_note, make_profile
from mentorlog.domain import cv
from mentorlog.errors import BadValue
from mentorlog.export import cv_bibtex, cv_json_resume, cv_markdown
from mentorlog.models.cv import Cv
from mentorlog.models.fields import spec
from mentorlog.models.record import view
from mentorlog.output.text import safe
from mentorlog.store.format.document import profile_view
from mentorlog.vocabulary import CV_SECTIONS, CV_STATES, PUBLICATIONS
from output.payloads import PAYLOADS

SCHEMA = Path(__file__).resolve().parent.parent / "data" / "json-resume" / "schema.json"
PROFILE = {
    "degrees": "MD",
    "program": "Internal Medicine",
    "institution": "Sample Hospital",
    "email": "blackwell@example.org",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
}
NAMES = {"osler": "William Osler, MD", "curie": "Marie Curie"}
ARTICLE = {
    "section": "article",
    "title": "A rare cause of fever",
    "authors": "Blackwell E, Osler W",
    "state": "in_press",
    "venue": "Annals of Internal Medicine",
    "start": "2026-05",
    "doi": "10.1000/abc(1)",
}
TEXTS = ("title", "authors", "venue", "place", "role", "citation", "doi")
HARD = [
    '[/b] =1+1 "x" \\ é 日本 🩺',
    "@article{x, title={y}}",
    "{open",
    "clo}sed",
    "\\}",
    "\\input{/etc/passwd}",
    "% & $ # _ ^ ~",
    "# Heading",
    "**bold**",
    "*",
    "***",
    "_a_",
    "`code",
    "~~~",
    "<script>alert(1)</script>",
    "![x](http://evil.example)",
    "<http://evil.example>",
    "[a](http://evil.example)",
    "[a]: http://evil.example",
    "1. a",
    "- a",
    "+ a",
    "a | b",
    "&amp; &#60;",
    "x = {y},",
    "} @comment{",
    "a and b",
    ", ,",
    "et al.",
    "Blackwell E**",
    "**Blackwell E",
    "Blackwell E<b>",
    "$$",
    "=",
    "---",
    *(text for text, _ in PAYLOADS.values()),
]
"""Texts that would mean something in one of the layouts."""
OURS = {
    f"{name}_{end}"
    for name in ["heading", "paragraph", "list_item", "link", "strong", "em"]
    for end in ("open", "close")
}
OURS |= {f"{name}_list_{end}" for name in ("ordered", "bullet") for end in ("open", "close")} | {"inline", "text"}
"""What the Markdown of a CV with one entry is made of."""


def entries(*wins: dict[str, Any], profile: dict[str, Any]) -> cv.Entries:
    """Return the entries of wins with these places, each with Osler as its mentor."""
    found = (
        make_note(id=f"n{n:04}", kind="win", cv=Cv(**place), mentors=("osler",)) for n, place in enumerate(wins, 2)
    )
    return cv.entries(profile_view(make_profile(**PROFILE, **profile)), map(view, found), NAMES)


def markdown(*wins: dict[str, Any], **profile: Any) -> str:
    """Return the CV in Markdown."""
    mine = profile_view(make_profile(**PROFILE, **profile))
    return cv_markdown.document(mine, entries(*wins, profile=profile), cv.own_name(mine, None))


def json_resume(*wins: dict[str, Any], **profile: Any) -> Any:
    """Return the CV as JSON Resume, read back."""
    mine = profile_view(make_profile(**PROFILE, **profile))
    return json.loads(cv_json_resume.document(mine, entries(*wins, profile=profile)))


def bibtex(*wins: dict[str, Any]) -> str:
    """Return the CV in BibTeX."""
    return cv_bibtex.document(entries(*wins, profile={}).only(PUBLICATIONS))


def hostile() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each text in each field of an entry that takes it."""
    for text in HARD:
        for field in TEXTS:
            for section in ("article", "teaching"):
                place = {"section": section, "title": "Fever"} | {field: f"10.1234/{text}" if field == "doi" else text}
                try:
                    Cv(**place)
                except BadValue:
                    continue  # it cannot be in a record
                yield text, place


# Markdown


def test_markdown_has_sections_in_order_and_numbered_publications() -> None:
    """The own name is bold, what is submitted says so, and dates are years."""
    text = markdown(
        ARTICLE,
        {
            "section": "article",
            "title": "Older?",
            "authors": "Curie M, Blackwell E",
            "end": "2025-01-02",
            "state": "published",
        },
        {"section": "article", "title": "Waits", "venue": "BMJ", "state": "submitted"},
        {"section": "article", "title": "Never seen", "state": "draft"},
        {"section": "abstract", "citation": "Osler W, Blackwell E. A poster. ACP 2024."},
        {
            "section": "teaching",
            "role": "Lecturer",
            "title": "Auscultation",
            "venue": "Sample Hospital",
            "start": "2025",
            "end": "2026",
        },
        {
            "section": "committee",
            "role": "Member",
            "title": "Residents' council",
            "start": "2025-07",
            "state": "active",
        },
        {"section": "skill", "title": "German", "role": "fluent", "start": "2020"},
        cv=(
            Cv(
                section="education",
                title="Doctor of Medicine",
                venue="Geneva Medical College",
                start="2021",
                end="2025",
            ),
        ),
    )

    assert text == (
        "# Elizabeth Blackwell, MD\n\n"
        "Resident, Internal Medicine, Sample Hospital · blackwell@example.org · "
        "ORCID <https://orcid.org/0000-0002-1825-0097>\n\n"
        "## Education\n\n- 2021–2025: Doctor of Medicine, Geneva Medical College\n\n"
        "## Publications\n\n### Articles\n\n"
        "1. **Blackwell E**, Osler W. A rare cause of fever. *Annals of Internal Medicine*, 2026, in press. "
        "<https://doi.org/10.1000/abc(1)>\n"
        "2. Curie M, **Blackwell E**. Older? 2025.\n"
        "3. Waits. *BMJ*, 2026, in review, with William Osler, MD.\n\n"
        "### Abstracts and posters\n\n1. Osler W, **Blackwell E**. A poster. ACP 2024.\n\n"
        "## Teaching\n\n- 2025–2026: Lecturer, Auscultation, Sample Hospital (with William Osler, MD)\n\n"
        "## Leadership and committees\n\n- 2025–present: Member, Residents' council (with William Osler, MD)\n\n"
        "## Skills and languages\n\n- 2020: German, fluent (with William Osler, MD)\n"
    )


def test_presentations_are_grouped_by_their_scope_if_they_have_one() -> None:
    """From local to international; those without one come last."""
    talks = [
        {"section": "presentation", "title": scope or "x", "scope": scope} for scope in (None, "national", "local")
    ]

    assert re.findall("^###? .*", markdown(*talks), re.MULTILINE) == [
        "## Presentations",
        "### Local",
        "### National",
        "### Other",
    ]
    assert "###" not in markdown(talks[0])


def test_a_cv_without_entries_says_so() -> None:
    """And one without a name has the usual title."""
    empty = markdown(name=None, **dict.fromkeys(("stage",), None))

    assert empty.startswith("# Curriculum vitae\n") and empty.endswith("\n\nNo entries yet.\n")


@pytest.mark.parametrize("state", CV_STATES)
@pytest.mark.parametrize("section", CV_SECTIONS)
def test_a_state_is_said_only_where_it_means_something(section: str, state: str) -> None:
    """Of publications, and of what is submitted; never the word of the list."""
    text = markdown({"section": section, "title": "X", "state": state, "start": "2025"})

    if state in cv.UNSEEN:
        assert "No entries yet." in text
    else:
        said = {"submitted": "in review"} | (
            {"accepted": "accepted", "in_press": "in press"} if section in PUBLICATIONS else {}
        )
        words = [word for word in ("in review", "accepted", "in press") if f", {word}" in text]
        assert words == ([said[state]] if state in said else [])


def test_no_text_acts_in_markdown() -> None:
    """It is shown as typed: no tag, picture, link, heading or list but ours."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for text, place in hostile():
        document = markdown(place)
        tokens = parser.parse(document)
        inline = [child for token in tokens for child in token.children or ()]
        assert {token.type for token in [*tokens, *inline]} <= OURS, (place, document)
        links = [str(child.attrs["href"]) for child in inline if child.type == "link_open"]
        assert all(link.startswith(("https://doi.org/10.1234/", "https://orcid.org/0")) for link in links), place
        assert sum(token.type == "list_item_open" for token in tokens) == 1, place
        assert [token.tag for token in tokens if token.type == "heading_open"] in (["h1", "h2", "h3"], ["h1", "h2"]), (
            place
        )
        shown = "".join(child.content for child in inline)
        if "doi" not in place and (place["section"], "role" in place) != ("article", True):  # which it does not show
            assert " ".join(safe(text, document=True).split()) in shown, (place, document)


# JSON Resume


def test_json_resume_fits_its_schema() -> None:
    """With every section, state and field filled, and with none."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    check = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    full = dict.fromkeys(spec(Cv), "Text") | {
        "start": "2025-05",
        "end": "2026-01-31",
        "scope": "local",
        "pmid": "1",
    }
    full |= {"doi": "10.1000/x"}
    wins = [full | {"section": section, "state": state} for section in CV_SECTIONS for state in CV_STATES]
    bare = [{"section": section, "title": "Only a title"} for section in CV_SECTIONS]

    for resume in (
        json_resume(*wins),
        json_resume(*bare),
        json_resume(),
        *(json_resume(place) for _, place in hostile()),
    ):
        assert [error.message for error in check.iter_errors(resume)] == []
    assert set(json_resume(*bare)) == {
        "$schema",
        "basics",
        "work",
        "volunteer",
        "education",
        "awards",
        "certificates",
        "publications",
        "skills",
        "projects",
        "meta",
    }


def test_json_resume_says_what_each_entry_is() -> None:
    """Sections go where the schema has a place for them; texts are as typed."""
    hard = HARD[0]
    resume = json_resume(
        ARTICLE | {"title": hard},
        {"section": "article", "title": "Waits", "state": "submitted", "authors": "Blackwell E"},
        {"section": "training", "title": "Residency", "venue": "Sample Hospital", "start": "2025-07-01"},
        {"section": "committee", "role": "Chair", "title": "Council", "start": "2025"},
        {"section": "quality", "title": "Hand washing", "venue": "Ward 1", "start": "2025", "end": "2026"},
    )

    assert resume["basics"] == {
        "name": "Elizabeth Blackwell, MD",
        "label": "Resident, Internal Medicine, Sample Hospital",
        "email": "blackwell@example.org",
        "profiles": [
            {"network": "ORCID", "username": "0000-0002-1825-0097", "url": "https://orcid.org/0000-0002-1825-0097"}
        ],
    }
    assert resume["publications"] == [
        {
            "name": hard,
            "publisher": "Annals of Internal Medicine",
            "releaseDate": "2026-05",
            "url": "https://doi.org/10.1000/abc(1)",
            "summary": "Blackwell E, Osler W. In press.",
        },
        {"name": "Waits", "summary": "Blackwell E. In review."},
    ]
    assert resume["work"] == [
        {
            "name": "Sample Hospital",
            "position": "Residency",
            "startDate": "2025-07-01",
            "summary": "With William Osler, MD.",
        }
    ]
    assert resume["volunteer"] == [
        {"position": "Chair", "startDate": "2025", "summary": "Council. With William Osler, MD."}
    ]
    assert resume["projects"] == [
        {
            "name": "Hand washing",
            "description": "With William Osler, MD.",
            "startDate": "2025",
            "endDate": "2026",
            "entity": "Ward 1",
            "type": "Quality improvement",
        }
    ]


# BibTeX


def unescaped(value: str) -> str:
    """Return the text of an escaped value."""
    signs = {escape: sign for sign, escape in cv_bibtex._SIGNS.items()}
    return re.sub(r"\\[a-z]+\{\}|\\[&%$#_]", lambda match: signs[match[0]], value)


def test_bibtex_has_the_publications() -> None:
    """Their keys are the ids of the wins; other sections are not in it."""
    text = bibtex(
        ARTICLE, {"section": "award", "title": "Prize"}, {"section": "abstract", "citation": "Osler W. A poster. 2024."}
    )

    assert text == (
        "@article{n0002,\n  author = {Blackwell, E and Osler, W},\n  title = {{A rare cause of fever}},\n"
        "  journal = {Annals of Internal Medicine},\n  year = {2026},\n  month = {5},\n  doi = {10.1000/abc(1)},\n"
        "  note = {In press},\n}\n"
        "\n@misc{n0004,\n  year = {2026},\n  note = {Osler W. A poster. 2024.},\n}\n"
    )


@pytest.mark.parametrize(
    ("authors", "value"),
    [
        ("Blackwell E, Osler W.B., Röntgen WC", "Blackwell, E and Osler, W.B. and Röntgen, WC"),
        ("Osler, W., Blackwell, E. and Curie, M.", "Osler, W. and Blackwell, E. and Curie, M."),
        ("William Osler; Marie Curie", "William Osler and Marie Curie"),
        ("Blackwell E, et al.", "Blackwell, E and others"),
        ("A; Society of Arts and Others", "A and {Society of Arts and Others}"),
    ],
)
def test_authors_are_written_as_bibtex_reads_them(authors: str, value: str) -> None:
    """Between `and`s, the surname before a comma; an organization in braces."""
    assert f"  author = {{{value}}},\n" in bibtex(ARTICLE | {"authors": authors})


def test_bibtex_is_read_back() -> None:
    """Whatever the texts are, each entry has its fields, and the braces are balanced as BibTeX itself counts them."""
    bibtexparser = pytest.importorskip("bibtexparser", reason="bibtexparser is not installed")
    for text, place in hostile():
        if place["section"] not in PUBLICATIONS:
            continue
        document = bibtex(place | {"venue": place.get("venue", "Journal")})
        depth = [document[:end].count("{") - document[:end].count("}") for end in range(len(document) + 1)]
        assert min(depth) == depth[-1] == 0, place
        library = bibtexparser.parse_string(document)
        assert not library.failed_blocks and len(library.entries) == len(library.blocks) == 1, (place, document)
        fields = {field.key: field.value for field in library.entries[0].fields}
        wanted = " ".join(safe(text, document=True).split())
        if "title" in place and place["title"] == text:
            assert unescaped(fields["title"].removeprefix("{").removesuffix("}")) == wanted
        for field, name in (("venue", "journal"), ("place", "address")):
            if place.get(field) == text:
                assert unescaped(fields[name]) == wanted


# All layouts


def test_the_same_entries_give_the_same_bytes() -> None:
    """No clock, no order of files and no hash is in it."""
    places = [ARTICLE | {"title": f"{n % 3}", "start": str(2020 + n % 2)} for n in range(12)]
    first = [markdown(*places), json_resume(*places), bibtex(*places)]

    assert first == [markdown(*places), json_resume(*places), bibtex(*places)]


def test_the_text_of_a_win_is_in_no_layout() -> None:
    """Nor its outcome, notes, tags or the whole of its day."""
    win = make_note(
        kind="win",
        on=date(2026, 3, 4),
        text="Xyzzy",
        outcome="Xyzzy",
        notes="Xyzzy",
        tags=("Xyzzy",),
        links=("https://xyzzy.example",),
        cv=Cv(section="article", title="A rare cause of fever"),
    )
    found = cv.entries(profile_view(make_profile()), [view(win)], NAMES)
    mine = profile_view(make_profile())
    texts = [
        cv_markdown.document(mine, found, cv.own_name(mine, None)),
        cv_json_resume.document(mine, found),
        cv_bibtex.document(found),
    ]

    assert not [text for text in texts if "xyzzy" in text.lower() or "2026-03" in text]
