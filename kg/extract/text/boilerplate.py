"""Lines of a news page that are no part of the article: "Auch interessant: …", "Foto: Kolumna/dpa", "Jetzt anmelden!"

The phrases are data (`boilerplate.toml`). Here is what is general about them: a line wholly in square brackets, a
line without letters, bare addresses, and the credit at the end of a caption.
"""

from __future__ import annotations

import re
from functools import cache

from kg.system.files import read_table

# No teaser, advert or share line is longer: what is longer is a paragraph that happens to begin like one.
_LONGEST_LINE = 300

# A longer line that ends in a credit is a paragraph with a credit behind it, a shorter one the caption of a picture.
_LONGEST_CAPTION = 200

_LONGEST_CREDIT = 60

_ADDRESS = r"(?:https?://|www\.)\S+|<?(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?"
_ADDRESSES = re.compile(rf"(?:[\w-]+:\s+)?[<(\[]?(?:{_ADDRESS})(?:[\s,;|]+(?:{_ADDRESS}))*[>)\]]?[.,;]?", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\[\]]*\]\.?|\[\[.*\]\]")
_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|\|.*\|\s*|<[^<>]+>|\[\^?\d+\]:.*")


@cache
def phrases() -> dict[str, list[str]]:
    """The lists of `boilerplate.toml`: regular expressions, and the labels that are no speakers."""
    return read_table(__package__, "boilerplate.toml")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """A pattern for whole lines with the phrases of a list: "teasers", "starts", "lines" or "credits"."""
    any_of = "|".join(f"(?:{phrase})" for phrase in phrases()[name])
    wrap = {
        "teasers": r"\W{{0,4}}(?:{})(?:\s?[.!?…»>]*|\s?[:–—|»>+→-]\s*(?P<headline>.*))",
        "starts": r"\W{{0,6}}(?:{}).*",
        "lines": r"\W{{0,6}}(?:{})\W*",
        # A credit opens the line, or follows the end of a sentence, a bracket, a bar or a dash.
        "credits": r"(?:^|(?P<before>.*?(?:[.!?…“”\"«»)]\s|\s?[(\[|/]|\s[–—-])\s*))"
        r"(?:(?:{})\s?[:|/]\s*|©)(?P<credit>.+)",
    }
    return re.compile(wrap[name].format(any_of), re.IGNORECASE)


def furniture(line: str) -> str:
    """What kind of furniture a cleaned line is: "teaser", "caption", "other" or, for a line to be read, "".

    >>> furniture("Auch interessant: So wird das Wetter"), furniture("Auch interessant ist der Vorschlag.")
    ('teaser', '')
    >>> furniture("Das Rathaus in Xheim. (Foto: Kolumna/dpa)"), furniture("Anzeige"), furniture("[Jetzt anmelden!]")
    ('caption', 'other', 'other')
    """
    if _wordless(line):
        return "other"
    if len(line) > _LONGEST_LINE:
        return ""
    if _pattern("teasers").fullmatch(line):
        return "teaser"
    if _pattern("lines").fullmatch(line) or _pattern("starts").fullmatch(line):
        return "other"
    return "caption" if len(line) <= _LONGEST_CAPTION and credit(line) is not None else ""


def _wordless(line: str) -> bool:
    """Whether a line is a rule, a page number, an address, a Markdown picture or table row, or all in brackets."""
    if not any(char.isalpha() for char in line):
        return True
    return any(pattern.fullmatch(line) for pattern in (_ADDRESSES, _BRACKETED, _MARKUP))


def is_teaser(line: str) -> bool:
    """Whether a line is a teaser without a headline, so that headlines come on the lines below it.

    >>> is_teaser("Mehr zum Thema:"), is_teaser("Mehr zum Thema: Brücke wird saniert")
    (True, False)
    """
    match = _pattern("teasers").fullmatch(line)
    return match is not None and not match["headline"]


def credit(line: str) -> int | None:
    """Credit of a picture: where it begins in a line, None when it has none.

    It opens the line, or stands behind a sentence, a bracket, a bar or a dash: then it is short, holds no sentence, and
    ends the line.

    >>> credit("Ina Krause vor dem Rathaus. Foto: Benno Blume / dpa"), credit("Krause zeigte ein Foto: das Rathaus.")
    (27, None)
    """
    match = _pattern("credits").fullmatch(line)
    if not match:
        return None
    if match["before"] is None:
        return 0
    words = match["credit"].rstrip(")]. ")
    short = len(words) <= _LONGEST_CREDIT and not re.search(r"[.!?]\s|[)\]]", words)
    return len(match["before"].rstrip(" ([|/–—-")) if short else None


_PLACE = r"[A-ZÄÖÜ][\w.ß]*(?:(?:[ /-]| an der | am | im | bei | ob der | in der )[A-ZÄÖÜ(][\w.ß)]*){0,3}"
_DATELINE = re.compile(
    rf"""(?:{_PLACE}(?:,\s\d{{1,2}}\.\s?\w+\.?(?:\s?\d{{4}})?)?\s?)?   # Frankfurt/Main, 3. März
    (?:\(+(?:{_PLACE}\s)?\(?(?i:dpa|afp|ap|apa|reuters|rtr|epd|kna|sid|ots|dts|pts|pm|fen|mt|red|[\w-]*news[\w.-]*)(?![A-Za-zäöüß])
       [^()]{{0,40}}\)+)                                           # (dpa/lnw)
    \s*(?:[-–—.:]+\s*)*
    | (?:[A-ZÄÖÜ][\wß]+(?:/[A-ZÄÖÜ][\wß]+)?|(?:Bad|New|San|St\.|Los|Tel|Den)\s[A-ZÄÖÜ]\w+
        |[A-ZÄÖÜ]{{3,}}(?:[ /][A-ZÄÖÜ]{{3,}}){{0,2}})
      (?:,\s(?:\d{{1,2}}\.\s?)?\w+\.?\s\d{{4}})?\s[-–—]+\s+(?=[„"»A-ZÄÖÜ])(?!.{{1,120}}\s[-–—]\s)     # Paris –
    """,
    re.VERBOSE,
)


def dateline(line: str) -> int:
    """Dateline (Ortsmarke): the length of town and agency before the first sentence of a report, 0 without one.

    A town alone needs a dash and a capital behind it, and no second dash that would make a parenthesis of the rest.

    >>> dateline("Bochum (dpa/lnw) - Bei BP wird verhandelt."), dateline("Paris – Die Fluggesellschaft streikt.")
    (19, 8)
    >>> dateline("Duisburg – die Stadt am Rhein – wächst."), dateline("Link (SPD) will bauen.")
    (0, 0)
    """
    match = _DATELINE.match(line)
    return match.end() if match and line[match.end() :].strip() else 0
