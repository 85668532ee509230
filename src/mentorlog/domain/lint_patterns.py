"""The patterns of `lint`: forms in which patients are identified, after the 18 identifiers of HIPAA Safe Harbor.

They are made to be precise: a number needs its word before it, a name its title. Every repeat is bounded, so that the
time grows with the length of a line, whatever it contains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from functools import partial
from typing import NamedTuple

from mentorlog.fold import words

PATIENT, CONTACT = "patient", "contact"
"""The levels: what identifies a patient stops an export for others; contact details are only counted."""

IsKnown = Callable[[Sequence[str]], bool]
"""Whether the words of a name, as they are compared, are those of somebody who is no patient."""


class Pattern(NamedTuple):
    """A form that identifies somebody: its name, its level, and what else must be true of a match."""

    name: str
    level: str
    regex: re.Pattern[str]
    check: Callable[[re.Match[str], IsKnown], bool] | None = None


LINK = re.compile(r"(?:(?i:https?)://|\bwww\.)\S{1,2000}|\b(?i:doi):\s?\S{1,200}|\b10\.\d{4,9}/\S{1,200}")
"""Links and DOIs, in which no pattern is looked for."""


# What a match must be, beside its form


_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-/]\s?(?:19|20)?\d\d)?")
_REGISTERED = re.compile(r"(?i:nct|isrctn|eudract|pmid|pmc|irb|protocol|grant)\W{0,3}$|(?i:\bnct|\bpmc)\d")
_EXPLAINED = re.compile(
    r"(?:\b(?i:pmid|pmcid|pmc|isbn|issn|doi|nct|isrctn|orcid|irb|protocol|grant|version|rfc|issue|commit|zoom|webex"
    r"|passcode|meeting id|tel|telephone|phone|call|cell|mobile|pager|fax|bleep|ext|\d in|usd|eur|gbp)|[$€£])"
    r"\W{0,4}(?:(?i:no|number|id)\W{0,3})?(?:\d{1,10}(?:\W{1,3}|\s(?:and|or)\s)){0,4}$"
)
_COUNTED = re.compile(
    r"\s{0,2}(?:[$€£%]|(?i:people|persons|patients|dollars|euros|pounds|words|users|records|cells|papers|visits)\b)"
)
_FIGURES = re.compile(
    r"(?:\b(?i:mean|median|modal|average|max(?:imum)?|min(?:imum)?|over|above|below|under|than)|[<>≤≥])"
    r"\W{0,3}(?:(?i:ages?)\W{1,3})?$"
)
_NOT_DIGITS = re.compile(r"\D")


def _digits(text: str) -> str:
    return _NOT_DIGITS.sub("", text)


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 64) : match.start()]


def _is_number(match: re.Match[str], is_known: IsKnown, *, least: int) -> bool:
    """Return whether it has enough digits, and is neither a year nor the number of a trial, a grant or a protocol."""
    number = match["number"]
    is_registered = _REGISTERED.search(number) or _REGISTERED.search(_before(match))
    return len(_digits(number)) >= least and not (_YEARS.fullmatch(number) or is_registered)


def _is_nhs(match: re.Match[str], is_known: IsKnown) -> bool:
    """Return whether the last of its ten digits is right, modulo 11; with its word it need not be."""
    digits = [int(digit) for digit in _digits(match[0])]
    remainder = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return not match[0][0].isdigit() or (11 - remainder) % 11 == digits[9]


def _is_unexplained(match: re.Match[str], is_known: IsKnown) -> bool:
    """Return whether a bare number is neither round, nor a day or a count, and has no word before that explains it."""
    number = match[0]
    is_day = len(number) == 8 and number[:2] == "20" and "01" <= number[4:6] <= "12" and "01" <= number[6:] <= "31"
    is_counted = _COUNTED.match(match.string, match.end())
    return not (is_day or number.endswith("00000") or is_counted or _EXPLAINED.search(_before(match)))


def _is_of_one(match: re.Match[str], is_known: IsKnown) -> bool:
    """Return whether an age is that of one person."""
    return not _FIGURES.search(_before(match))


def _is_name(match: re.Match[str], is_known: IsKnown, *, never: Set[str], alone: Set[str] = frozenset()) -> bool:
    """Return whether words with capitals are the name of somebody who is not known.

    No word of it is one of `never`, and not all are among `alone`, which are parts of names too.
    """
    text = next(filter(None, match.groups()))
    name = words(re.split(r"['’]s\b", text, maxsplit=1)[0])
    return never.isdisjoint(name) and not alone >= {*name} and not is_known(name)


def _is_no_day(match: re.Match[str], is_known: IsKnown) -> bool:
    return not _ENDS_IN_DAY.search(match[0])


# Parts of patterns

_MONTH = (
    "(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:[\s,'’-]{1,3}\d{4}\b)"
_NUMERIC = r"\d{4}[-./]\d{1,2}[-./]\d{1,2}\b|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d\d)\b"
_DAYS = rf"{_DAY}[\s-]{{1,3}}(?:of\s)?{_MONTH}\b\.?|{_MONTH}\b\.?[\s-]{{1,3}}{_DAY}\b"
_DATE = rf"(?:{_NUMERIC}|(?:{_DAYS}){_YEAR}?)"
_DATED = rf"(?:{_NUMERIC}|(?:{_DAYS}){_YEAR})"
_ENDS_IN_DAY = re.compile(rf"{_NUMERIC}$")

_GAP = r"\s{0,12}"  # as in the columns of a table
_IS = rf"(?:(?i:is|was)\b|[:=#.-])?{_GAP}[#(]?\s?"
_NO = rf"(?:(?i:no|num(?:ber)?|nr|id)\b\.?|#){_GAP}"
_NUMBER = (
    r"(?P<number>(?:[A-Z]{1,5}[- ]|[A-Za-z]{1,5}-?)?\d[A-Za-z\d]{0,14}"
    r"(?:[-./](?=[A-Za-z]{0,4}\d|[A-Z]{1,4}\b)[A-Za-z\d]{1,15}|\s{1,2}\d[A-Za-z\d]{0,14}){0,6})"
)

_ISSUERS = (
    r"(?:amka|αμκα|cpr|cpf|bsn|pesel|personnummer|codice\sfiscale|kvnr|ohip|hicn|hmo|ppo|national\sid|health\s?(?:card|id)"
    r"|(?:health\s?|ins(?:ur(?:ance|er)?)?\.?\s)?plan|(?:health\s?)?insurance|insurer|policy|member|medicare|medicaid"
    r"|beneficiary|account|passport)\b"
)

_UPPER = "A-ZÀ-ÖØ-ÞĆČĎĐĚĞİŁŃŇŐŘŚŞŠŤŮŰŹŻŽΆΈ-ΏΑ-ΫА-Я"
_CAPITALISED = (
    rf"[{_UPPER}](?:['’][{_UPPER}])?(?![{_UPPER}])[^\W\d_]{{1,30}}(?:[-'’][^\W\d_]{{1,30}}){{0,2}}"  # not an acronym
)
_PLACE = rf"[{_UPPER}][\w'’.-]{{1,20}}(?:\s[{_UPPER}][\w'’.-]{{1,20}}){{1,4}}"
_INITIAL = rf"[{_UPPER}](?:\.|\b)"
_PARTICLES = r"(?:(?:van|von|der|den|de|del|della|da|di|du|dos|la|le|bin|ibn|ter|ten)\s){0,3}"
_TITLE = r"(?:M(?:rs?|s|iss|ister|x)\b\.?)"
_TITLED = (
    rf"({_PARTICLES}[{_UPPER}](?:\.(?:\s?[{_UPPER}]\.)?|[\w'’-]{{0,40}})"
    rf"(?:\s(?!{_TITLE})[{_UPPER}][\w'’-]{{1,40}})?)"
)
_AGE = (
    r"\d{1,3}(?:[\s-]{0,3}(?i:years?|yrs?|months?|mos?|weeks?|days?)[\s-]{0,3}old\b"
    r"|[\s-]?(?i:yo|y/o|y\.o\.)(?!\w))"
)
_SOMEBODY = r"(?:boy|child|female|gentleman|girl|infant|lady|male|man|patient|pt|woman|[MF])\b"
_DID = r"(?:is|was|came|has|had|went|got|told|said|left|fell|bled|woke|who|with|[a-z]{2,12}ed)\b"
_NO_GROUP = (
    r"(?![-\s](?:book|check|clinic|cohort|course|doctor|formula|friendly|group|monitor|project|room|score|study|talk"
    r"|trial|unit|ward)s?\b)"
)
_OLD = r"(?<![\d.,/-])(?:9\d|1[01]\d)"

_OFFICES = frozenset(("chair", "chairman", "chairperson", "president", "right", "secretary", "speaker"))
"""What stands behind a title and is no name."""
_NOT_IN_NAMES = """
    a an and as at by for from he her his i if in it my of on or our she that the their then they this to we when while
    with dr doctor god mom dad nurse prof professor sister sir
    monday tuesday wednesday thursday friday saturday sunday easter christmas ramadan
    american african asian british chinese european german greek indian italian japanese russian spanish syrian turkish
    advisory advocacy board centered centred clinic clinical committee communication conference consent council course
    department documentation education engagement health hospital information journal lecture management medical
    medicine outcome outcomes reported research rotation rounds safety satisfaction school service services simulation
    teaching unit university
"""
_ALSO_IN_NAMES = """
    january february march april may june july august september october november december dutch english french irish
    polish access admission advocate aligned availability care case college club critical day discharge draft emergency
    encounter exam experience family final first flow full general grand group groups guide handoff history index
    intensive internal last level liaison meeting monitoring morning navigator new next night note number office old
    panel paper part participation perspective perspectives population portal post poster pre presentation priority
    program programme public quality question questions record records relations report review rights rural score second
    selection self stage step story support surgery surgical talk team temp term test third transfer transport triage
    trust volume ward week year
"""
_NEVER = frozenset(_NOT_IN_NAMES.split())
"""Words that begin with a capital in titles and sentences, and that no name contains."""
_ALONE = _NEVER.union(_ALSO_IN_NAMES.split())
"""Those, and words that are surnames and given names too: a name has another word."""
_named = partial(_is_name, never=_NEVER, alone=_ALONE)


def _pattern(
    name: str,
    *forms: str,
    level: str = PATIENT,
    check: Callable[[re.Match[str], IsKnown], bool] | None = None,
) -> Pattern:
    return Pattern(name, level, re.compile("|".join(forms)), check)


# The patterns by what a line must contain; in a group, what comes first has the words that several fit.

_WITH_DIGITS = (
    _pattern(
        "mrn",
        rf"\b(?:(?i:mrn|m\.r\.n\.){_GAP}(?:{_NO})?"
        rf"|(?i:(?:med(?:ical)?\.?\s?)?rec(?:ord)?s?|hosp(?:ital)?|chart|folder|patient|pt|unit)\.?{_GAP}{_NO})"
        rf"{_IS}{_NUMBER}",
        check=partial(_is_number, least=4),
    ),
    _pattern(
        "accession",
        r"\b(?:(?i:acc(?:ession)?|biopsy|case|exam(?:ination)?|film|image|order|report|requisition|slide|specimen|study)"
        rf"\.?{_GAP}{_NO}|(?i:accession){_GAP}){_IS}{_NUMBER}",
        check=partial(_is_number, least=4),
    ),
    _pattern(
        "accession",
        r"(?<![\w-])(?P<number>(?:S|SP|SU|HS|SS|MS|GS|CY|NG|FNA|C|N|F|H|B|A)\d\d-\d{3,6})\b",
        check=partial(_is_number, least=5),
    ),
    _pattern(
        "ssn",
        r"(?<![\w-])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d\d\1(?!0000)\d{4}(?![\w-])",
        r"\b(?i:ssn|social security)\b\D{0,20}\d{3}[- ]?\d\d[- ]?\d{4}\b",
    ),
    _pattern(
        "nhs",
        r"\b(?i:nhs)\b\D{0,20}\d{3}[ -]?\d{3}[ -]?\d{4}\b",
        r"(?<![\d+]\s)(?<![\w.+-])\d{3} \d{3} \d{4}\b(?!\s?\d)",
        check=_is_nhs,
    ),
    _pattern(
        "national id",
        rf"\b(?i:{_ISSUERS}){_GAP}{_NO}{_IS}{_NUMBER}",
        check=partial(_is_number, least=5),
    ),
    _pattern(
        "national id",
        rf"\b(?i:{_ISSUERS}){_GAP}{_IS}{_NUMBER}",
        check=partial(_is_number, least=6),
    ),
    _pattern(
        "birth",
        r"\b(?i:dob|d\.o\.b\.?|date\sof\sbirth|birth\s?date)(?!\w)\W{0,6}(?:(?i:is|was|on)\b)?"
        rf"{_GAP}{_DATE}",
        rf"\b(?i:born)\s(?:in\s\w{{2,20}}\s)?(?:on\s)?(?:the\s)?{_DATE}",
        rf"\b(?i:birthday)\W{{0,6}}(?:(?i:is|was|on)\s)?{_DATED}",
        rf"(?<=[,;(]\s)(?i:b\.)\s{{0,2}}{_DATED}|(?<=[,;(])(?i:b\.)\s{{0,2}}{_DATED}",
    ),
    _pattern(
        "age over 89",
        rf"{_OLD}(?:[\s-]{{0,3}}(?i:years?|yrs?)[\s-]{{0,3}}(?:old\b|of\sage\b)|[\s-]?(?i:yo|y/o|y\.o\.)(?!\w))"
        r"(?!\s(?:book|building|clinic|college|department|hospital|house|idea|journal|law|method|paper|school|society"
        r"|tradition|university)s?\b)",
        rf"\b(?i:aged?)\s{{0,3}}(?:of\s|is\s|was\s)?:?\s{{0,3}}{_OLD}\b"
        r"(?!\s{0,3}(?:%|\+|[-–]\s?\d|days|weeks|months|percent|to\s\d|(?:and|or)\s(?:above|more|older|over|up)))",
        check=_is_of_one,
    ),
    _pattern(
        "patient event",
        r"\b(?i:(?:re)?admitted|discharged|transferred|died|deceased|expired|passed\saway|operated|(?:re)?intubated"
        r"|extubated|consented|coded|diagnosed)\b"
        rf"(?:\s(?:(?:at\s)?home|(?:at|in|to|from)\s(?:the\s)?(?:\w{{1,20}}|{_PLACE})|with\s[\w\s]{{1,20}}))?"
        rf"\s(?:on\s)?(?:the\s)?{_DATE}",
        r"\b(?i:admission|discharge|death|surgery|operation|biopsy|procedure|scan)(?:\s(?:date|on|of))?"
        rf"\s?:?\s?{_DATE}",
    ),
    _pattern(
        "bed",
        r"\b(?i:bed)\s?#?\s?\d{1,3}[A-Z]?\b(?![:.]\d|-bed|[\s-]{1,3}(?i:beds?|units?|hospitals?|wards?|[ap]\.?m\b"
        r"|o['’]clock|minutes|hours?|days?|nights?|weeks?|times))",
        r"\b(?i:room|rm|bay|cubicle)\s\d{1,4}[A-Z]?\b(?=[^.]{0,20}\b(?i:patient)|[^.]{0,12}\b(?i:bed))",
        r"\b(?i:patient|pt)\.?\s(?:in\s)?(?i:room|rm|bay|cubicle)\s\d{1,4}[A-Z]?\b",
    ),
    _pattern(
        "device",
        rf"\b(?i:serial|device|implant|pacemaker|lot)\.?{_GAP}{_NO}{_IS}"
        r"(?P<number>(?=[A-Z\d-]{0,24}\d)[A-Za-z\d][A-Za-z\d-]{4,24})",
        check=partial(_is_number, least=3),
    ),
    _pattern("long number", r"(?<![\w./:#=+-])\d{7,10}(?![\w/-]|\.\d)", check=_is_unexplained),
)
_WITH_PEOPLE = (
    _pattern(
        "named patient",
        rf"\b{_TITLE}\s{{1,3}}{_TITLED}",
        check=partial(_is_name, never=_OFFICES),
    ),
    _pattern(
        "named patient",
        rf"\b(?i:patient|pt)s?\b\.?,?\s{{1,3}}(?i:named|called|name(?:\sis)?:?)\s{{1,3}}({_CAPITALISED})",
        rf"\b(?i:patient|pt)\b[.,:]?\s{{1,3}}([{_UPPER}]\.\s?[{_UPPER}]\.)",
        rf"\b(?i:patient|pt)\s?:\s{{0,3}}({_CAPITALISED},?\s{_CAPITALISED})",
        rf"\b(?i:patients?,?|pts?\.?)\s{{1,3}}(?:like\s)?({_CAPITALISED}\s(?:{_CAPITALISED}|{_INITIAL}))"
        rf"(?=\s{{0,3}}(?:[.,;:!?)]|$)|\s{{1,3}}\(?(?:{_DID}|\d))",
        rf"\b[Tt]he\s({_CAPITALISED})\s(?:baby|infant|neonate|newborn|preemie|twins?)\b{_NO_GROUP}",
        rf"\b[Bb]aby\s(?:[Bb]oy|[Gg]irl)\s(?:of\s)?({_CAPITALISED})",
        rf"\b[Bb]aby\s({_CAPITALISED})(?=\s{_DID})",
        check=_named,
    ),
)
_WITH_AGES = (
    _pattern(
        "named patient",
        rf"\b({_CAPITALISED}\s{{1,3}}{_CAPITALISED})[\s,(]{{1,4}}(?:an?\s)?(?:{_AGE}|\d{{1,3}}\s?[MF]\b)",
        rf"\b{_AGE}\s{_SOMEBODY},?\s(?:named\s)?({_CAPITALISED}\s(?:{_CAPITALISED}|{_INITIAL}))(?=[\s,.;:)?!]|$)",
        check=_named,
    ),
)
_WITH_FILES = (_pattern("image", r"(?<![\w-])[\w-]{1,80}\.(?i:dcm|dicom)\b"),)
_WITH_AT = (_pattern("email", r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", level=CONTACT),)
_OF_CONTACT = (
    _pattern(
        "phone",
        r"(?<![\w.-])(?:\+\d{1,3}[\s.-]?(?:\(\d{1,4}\)[\s.-]?)?(?:\d{1,4}[\s.-]?){2,4}\d{2,4}"
        r"|\(\d{3}\)\s?\d{3}[-.\s]\d{4}|\d{3}([-.\s])\d{3}\1\d{4}|0\d{2,4}[\s-]\d{3}[\s-]?\d{3,4})(?![\w-])",
        rf"\b(?i:tel|telephone|phone|call|cell|mobile|pager|fax|bleep|ext)\b\.?{_GAP}(?:(?i:no|number)\b\.?|#)?{_GAP}"
        rf"(?:(?i:at|on|is)\b|:)?{_GAP}\(?\+?\d(?!\d?(?:[:.]\d\d|\s?(?i:[ap]m)))[\d().\s-]{{2,20}}\d",
        level=CONTACT,
        check=_is_no_day,
    ),
    _pattern(
        "address",
        rf"\b\d{{1,5}}\s{{1,3}}(?:[NSEW]\.?\s{{1,3}})?(?:[{_UPPER}][\w'’]{{1,40}}\s{{1,3}}){{1,3}}"
        rf"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Boulevard|Blvd|Drive|Dr|Court|Place)\b(?!\.?\s[{_UPPER}])",
        level=CONTACT,
    ),
)

_DIGIT = re.compile(r"\d")
_PEOPLE = re.compile(rf"\b(?:{_TITLE}|(?i:patient|pt|baby|infant|neonate|newborn|preemie|twins?))")
GROUPS = (
    (_DIGIT, _WITH_DIGITS),
    (
        re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mister|Mx)\b|\b(?i:patient|pt|baby|infant|neonate|newborn|preemie|twins?)"),
        _WITH_PEOPLE,
    ),
    (_DIGIT, _WITH_AGES),
    (re.compile(r"(?i:\.dcm|\.dicom)"), _WITH_FILES),
    (re.compile("@"), _WITH_AT),
    (_DIGIT, _OF_CONTACT),
)
"""The patterns with what a line must contain for them; in this order, the first has the words that several fit."""

PATTERNS = tuple(pattern for _, patterns in GROUPS for pattern in patterns)
NAMES = tuple(dict.fromkeys(pattern.name for pattern in PATTERNS))
"""The names of the patterns: 13 of level patient, 3 of level contact."""
