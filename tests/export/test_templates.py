"""Templates: what is allowed, and that everything else is refused with the template and the line."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.export.templates import FILTERS, LIMIT, TESTS, Template, TemplateFault, render
from output.payloads import PAYLOADS

EVIL = "{{ to.__class__ }}{% include 'recap' %}{{ 7 * 7 }}"
NAMES: dict[str, Any] = {
    "to": "William Osler",
    "mentors": ["William Osler", "Marie Curie"],
    "me": "",
    "decisions": ["Annals first", EVIL],
    "mine": [
        {"title": "Send the abstract", "due": "Sun 6 Dec 2026", "done": False},
        {"title": "b", "due": "", "done": True},
    ],
    "theirs": [],
    "next": {},
}

ALLOWED = {
    "{{ to }}": "William Osler",
    "{{ me }}": "",
    "{{ mine[0].title }}, {{ mine[1]['title'] }}": "Send the abstract, b",
    "{% for one in mentors %}{{ loop.index }} of {{ loop.length }}: {{ one }}\n{% endfor %}": (
        "1 of 2: William Osler\n2 of 2: Marie Curie\n"
    ),
    "{% for task in mine if not task.done %}{{ task.title }}{% else %}none{% endfor %}": "Send the abstract",
    "{% for task in theirs %}{{ task }}{% else %}none{% endfor %}": "none",
    "{% if next %}next{% elif decisions and not me %}decided{% else %}nothing{% endif %}": "decided",
    "{{ 'many' if mentors|length > 1 else 'one' }}": "many",
    "{{ 'x' if next }}": "",
    "{% if 'Marie Curie' in mentors %}she{% endif %}": "she",
    "{% if mine[0].due is defined and loop is not defined %}y{% endif %}": "y",
    "{{ me|default('nobody', true) }}": "nobody",
    "{{ mine|join(', ', attribute='title') }}; {{ mentors|join }}": "Send the abstract, b; William OslerMarie Curie",
    "{{ mentors|sort|first }} {{ mentors|last }}": "Marie Curie Marie Curie",
    "{{ (mine|sort(attribute='title', reverse=true)|first).title }}": "Send the abstract",
    "{{ mentors|select('eq', 'Marie Curie')|list|length }}{{ mentors|reject('eq', 'x')|length }}": "12",
    "{{ ' a b '|trim|upper }}{{ 'A'|lower }}{{ 'a b'|title }}{{ 'a b'|capitalize }}": "A BaA BA b",
    "{{ 'aba'|replace('a', 'xy') }}": "xybxy",
    "{{ to|wordwrap(10) }}": "William\nOsler",
    "{# a remark #}{% raw %}{{ x }}{% endraw %}": "{{ x }}",
    "": "",
}

REFUSED = {
    # Python
    "{{ to.__class__ }}": "a text has no '__class__'",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}": "calls",
    "{{ mine[0].__init__ }}": "there is no '__init__' here",
    "{{ mine[0]['__class__'] }}": "there is no '__class__' here",
    "{{ mentors.append }}": "a list has no 'append'",
    "{{ true.real }}": "a truth value has no 'real'",
    "{{ 1 .real }}": "a number has no 'real'",
    "{{ to|attr('__class__') }}": "there is no filter 'attr'",
    "{{ mine|join(', ', attribute='__class__') }}": "there is no '__class__' here",
    "{{ mine|sort(attribute='__class__') }}": "there is no '__class__' here",
    "{{ self.__init__ }}": "there is no 'self'",
    "{% for a in mentors %}{{ loop._iterable }}{% endfor %}": "loop has no '_iterable'",
    "{% for a in mentors %}{{ loop.cycle }}{% endfor %}": "loop has no 'cycle'",
    # calls and formats
    "{{ range(9) }}": "calls",
    "{{ decisions.append('x') }}": "calls",
    "{{ 'a'.ljust(999999999) }}": "calls",
    "{{ '{0.__class__}'.format(to) }}": "calls",
    "{{ '%s'|format(to) }}": "there is no filter 'format'",
    "{{ '%999999999s' % to }}": "arithmetic",
    "{{ namespace() }}": "calls",
    "{{ dict(a=1) }}": "calls",
    "{{ lipsum() }}": "calls",
    "{{ cycler }}": "there is no 'cycler'",
    "{{ to|default(*decisions) }}": "calls",
    # size
    "{{ 'a' * 10**9 }}": "arithmetic",
    "{{ to + to }}": "arithmetic",
    "{{ to ~ to }}": "arithmetic",
    "{{ -1 }}": "arithmetic",
    "{{ 'x'|replace('x', 'xxxxxxxxxx')" + "|replace('x', 'xxxxxxxxxx')" * 9 + " }}": "longer than 500,000",
    "{{ to|replace('', '" + "x" * 60000 + "') }}": "longer than 500,000",
    "{{ ('x' * 2)|join }}": "arithmetic",
    "{{ '" + "x" * 30000 + "'|list|join('" + "y" * 30000 + "') }}": "longer than 500,000",
    "{{ to|wordwrap(1) }}": "from 10 to 500",
    "{{ to|wordwrap(999999999) }}": "from 10 to 500",
    "{{ to|wordwrap(20, wrapstring=to) }}": "a value does not fit",
    "{{ to|indent(999999999) }}": "there is no filter 'indent'",
    "{{ to|center(999999999) }}": "there is no filter 'center'",
    "{{ (to|list)|upper }}": "upper is for texts",
    "{% set a = to %}": "variables of its own",
    "{% set a %}x{% endset %}": "variables of its own",
    "{% with a = to %}{% endwith %}": "variables of its own",
    "{{ [to, to] }}": "lists of its own",
    "{{ {'a': to} }}": "lists of its own",
    "{{ to[0:9] }}": "lists of its own",
    "{% for a in decisions[1] %}" * 8 + "{% endfor %}" * 8: "more than 20,000 steps",
    "{% for a in mine recursive %}{{ loop(mine) }}{% endfor %}": "one plain name",
    "{% for a, b in mine %}{% endfor %}": "one plain name",
    "{% for a in 5 %}{% endfor %}": "has no items",
    "{% for a in mine[0] %}{% endfor %}": "has no items",
    "a" * (LIMIT + 1): "larger than 64 KiB",
    "é" * (LIMIT // 2 + 1): "larger than 64 KiB",
    "x" * 1_000_000: "larger than 64 KiB",
    "{{ " + "(" * 30000 + "1" + ")" * 30000 + " }}": "nested too deeply",
    "{% if to %}" * 9 + "{% endif %}" * 9: "nested too deeply",
    "{{ " + "not " * 15000 + "to }}": "nested too deeply",
    "{{ " + " and ".join(["to"] * 9000) + " }}": "nested too deeply",
    "{{ to" + "|upper" * 9000 + " }}": "nested too deeply",
    "{{ " + "9" * 5000 + " }}": "a value does not fit",
    # other templates
    "{% include 'recap' %}": "other templates",
    "{% import 'recap' as other %}": "other templates",
    "{% from 'recap' import other %}": "other templates",
    "{% extends 'recap' %}": "other templates",
    "{% block a %}{% endblock %}": "other templates",
    "{% macro a() %}{% endmacro %}{{ a() }}": "macros",
    "{% call to() %}{% endcall %}": "macros",
    "{% filter upper %}x{% endfilter %}": "filter blocks",
    "{% autoescape false %}{% endautoescape %}": "cannot contain this",
    "{% do to %}": "unknown tag 'do'",
    "{% trans %}x{% endtrans %}": "unknown tag 'trans'",
    "{% debug %}": "unknown tag 'debug'",
    # mistakes
    "{{ nobody }}": "there is no 'nobody'",
    "{{ nobody is defined }}": "there is no 'nobody'",
    "{{ mine[0].titel }}": "there is no 'titel' here",
    "{{ mine[7].title }}": "the list has no item 7",
    "{{ next.date }}": "there is no 'date' here",
    "{{ loop.index }}": "'loop' is undefined",
    "{{ theirs|first }}": "no first item",
    "{{ mine }}": "cannot be printed whole",
    "{{ mine[0] }}": "cannot be printed whole",
    "{{ mine|sort }}": "",
    "{{ to|upper('x') }}": "a value does not fit",
    "{{ mine|select('callable')|list }}": "no test named 'callable'",
    "{{ to is mapping }}": "there is no test 'mapping'",
    "{{ to": "unexpected end of template",
    "{% if to %}": "unexpected end of template",
    "{{ to | }}": "expected",
    "{#" * 30000: "missing end of comment tag",
}


def fault(text: str) -> TemplateFault:
    """The fault of a template."""
    with pytest.raises(TemplateFault) as raised:
        render(Template("recap", text), NAMES)
    return raised.value


@pytest.mark.parametrize("text", ALLOWED)
def test_allowed(text: str) -> None:
    """Names, parts, loops, conditions, filters and tests make a text."""
    assert render(Template("recap", text), NAMES) == ALLOWED[text]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:40])
def test_refused(text: str) -> None:
    """Everything else is refused at once, in a sentence with the template, and a hint."""
    begun = time.process_time()
    wrong = fault(text)

    assert wrong.sentence.startswith("Template recap") and REFUSED[text] in wrong.sentence
    assert wrong.sentence.isprintable() and len(wrong.sentence) < 200 and wrong.hint
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text",
    ["{{ nobody }}", "{{ to() }}", "{{ to", "{{ mine[9] }}", "{{ to|upper(1) }}", "{% for a in 5 %}{% endfor %}"],
)
def test_the_line_is_named(text: str) -> None:
    """A fault that is found while reading, checking or running names its line."""
    assert fault(f"Dear {{{{ to }}}},\n\n{text}").line == 3


def test_unknown_names_have_a_hint() -> None:
    """What exists in place of an unknown name is listed."""
    assert fault("{{ mentor }}").hint == "there is: to, mentors, me, decisions, mine, theirs, next"
    assert fault("{{ mine[0].titel }}").hint == "there is: title, due, done"
    assert (fault("{{ to|uper }}").hint or "").startswith("one of: default, join, length")


@pytest.mark.parametrize("text", [EVIL, *(payload for payload, _ in PAYLOADS.values())])
def test_a_text_of_a_record_is_never_evaluated(text: str) -> None:
    """Texts come through every filter for them as the texts they are, whatever they contain."""
    names = {"a": text, "list": [text, text]}

    assert render(Template("recap", "{{ a }}"), names) == text
    assert render(Template("recap", "{% for b in list %}{{ b }}{% endfor %}"), names) == text * 2
    assert render(Template("recap", "{{ list|join('-') }}{{ a|replace('\x01', '') }}"), names) == f"{text}-{text}{text}"


def test_the_filters_and_tests_are_those_of_the_design() -> None:
    """Sixteen filters; a new one of Jinja is not there by itself."""
    assert len(FILTERS) == 16
    assert not {"attr", "format", "indent", "map", "center", "xmlattr", "pprint"} & {*FILTERS}
    assert not {"callable", "filter", "test", "sameas", "escaped"} & {*TESTS}


_WORDS = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    " ",
    "to",
    "mine",
    "for",
    "in",
    "if",
    "endif",
    "endfor",
    "|",
    ".",
    "[",
    "]",
]
_WORDS += [
    "0",
    "(",
    ")",
    "'",
    "upper",
    "join",
    "length",
    "is",
    "not",
    "defined",
    "-",
    "+",
    "\n",
    "x",
    ",",
    "title",
    "loop",
]


@given(st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join) | st.text(max_size=60))
def test_any_template_makes_a_text_or_a_fault(text: str) -> None:
    """Nothing but a text or a fault ever comes of a template."""
    try:
        assert isinstance(render(Template("recap", text), NAMES), str)
    except TemplateFault as wrong:
        assert wrong.sentence.startswith("Template recap") and wrong.hint
