"""What is compared with: "als der Dom" of "höher als der Dom", "als Bonn" of "mehr Einwohner als Bonn"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.reader.tokens import has

if TYPE_CHECKING:
    from spacy.tokens import Token


def last_compared(compared: Token, last: Token) -> Token:
    """Comparison (Vergleichsphrase): the last word of the phrase with "als" or "wie" right behind a comparative or the
    noun that it belongs to, of which `last` is the last word; `last` itself where there is none.

    Only a comparative, "mehr" or "anders" has "als", and only what stands behind "so", "genauso" … has "wie". A clause
    behind a comma stays outside. "ist höher als der Dom" → Dom; "war so gut wie im Vorjahr" → Vorjahr
    """
    if last.i + 1 >= compared.sent.end:
        return last
    marker = last.nbor()
    if marker.text not in ("als", "wie") or marker.text != _marker_asked_by(compared):
        return last
    beside = (c for word in (compared, compared.head) for c in word.rights if c.left_edge == marker)
    phrase = next(beside, marker.head if marker.head.i > marker.i else None)
    if phrase is None or phrase.left_edge.i < marker.i:
        return last
    end = phrase
    for word in phrase.rights:
        if word.left_edge.i != end.i + 1 or word.is_punct or word.dep_.startswith(("acl", "cc", "conj")):
            break
        end = word.right_edge
    return end


def _marker_asked_by(compared: Token) -> str:
    """The word that leads what an adjective or noun is compared with: "wie" behind "so", "als" behind a comparative."""
    degrees = (compared, *(c for c in compared.lefts if c.dep_ in ("advmod", "amod", "det", "nummod")))
    words = {t.text.lower() for t in (*degrees, *(c for t in degrees[1:] for c in t.lefts))}
    if any(word.endswith("so") or word == "gleich" for word in words):
        return "wie"
    higher = (compared.tag_ == "ADJD" and compared.text.endswith("er")) or any(has(t, "Degree", "Cmp") for t in degrees)
    return "als" if higher or words & {"mehr", "weniger", "anders"} else ""
