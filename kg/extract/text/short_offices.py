"""Short forms of offices beside names, which the reader reads in full: "GF Otto Kern", "MdB Weiß", "Otto Kern, MdL".

No treebank has many of them, so that a parser takes "MdB Otto Kern" for a noun with an apposition, or "StS" for a firm.
What they are short for it knows; the words of the text stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.language.acronyms import OFFICES_BEHIND_NAMES, SHORT_OFFICES, retired
from kg.language.nouns import is_degree, is_noun

# Adjectival nouns behind an article: "der Abg. Kern" is "der Abgeordnete Kern", "dem Abg." "dem Abgeordneten".
_WEAK = {"der": "e", "die": "e", "dem": "en", "den": "en", "des": "en", "vom": "en", "zum": "en", "beim": "en"}
_LIKE_PART_OF_NAME = "jun."
_ADJECTIVAL = ("neter", "zender")


def offices_in_full(words: Sequence[str]) -> list[str]:
    """Abbreviated office: the words, with the noun in the place of a short form before a name, or behind one and a
    comma; in that of "MdB" right behind a name "jun.", which the reader knows there. What follows "GF", "RA" has to be
    capitalised like a name, and be no common noun; degrees and "a. D." may stand between.

    >>> " ".join(offices_in_full("GF Otto Kern lobte den SPD-Abg. Prof. Weiß".split()))
    'Geschäftsführer Otto Kern lobte den SPD-Abgeordneten Prof. Weiß'
    >>> " ".join(offices_in_full("Kern , MdL , mied 12 MP Kameras und die RA Fraktion".split()))
    'Kern , Landtagsabgeordneter , mied 12 MP Kameras und die RA Fraktion'
    >>> " ".join(offices_in_full("Otto Kern MdB kam".split()))
    'Otto Kern jun. kam'
    """
    found = list(words)
    for i, word in enumerate(words):
        first, dash, short = word.rpartition("-")
        full = SHORT_OFFICES.get(short)
        if full is not None and (_is_before_name(words, i) or _is_behind_name(words, i)):
            weak = _WEAK.get(words[i - 1].lower(), "er") if i and full.endswith(_ADJECTIVAL) else ""
            found[i] = first + dash + (full.removesuffix("er") + weak if weak else full)
        elif word in OFFICES_BEHIND_NAMES and i > 1 and all(before.istitle() for before in words[i - 2 : i]):
            found[i] = _LIKE_PART_OF_NAME
    return found


def _is_before_name(words: Sequence[str], i: int) -> bool:
    """Whether the word behind a short office, and behind degrees, can begin a person's name: "GF Dr. Kern"."""
    behind = i + 1 + retired(words[i + 1 : i + 3])
    after = next((word for word in words[behind : behind + 4] if not is_degree(word)), "")
    like_name = after[:1].isupper() and not after.isupper() and after.replace("-", "").isalpha()
    counted = i > 0 and words[i - 1][:1].isdigit()
    return (like_name or _is_initial(after)) and not is_noun(after) and not counted


def _is_behind_name(words: Sequence[str], i: int) -> bool:
    """Whether a short office stands behind a capitalised word and a comma, and goes no further: "Otto Kern, MdB,"."""
    apposed = i > 1 and words[i - 1] == "," and words[i - 2].istitle()
    return apposed and (
        i + 1 == len(words) or words[i + 1] in (",", "a.", "a.D.", ".", "der", "des", "und", "sowie", "(", ";")
    )


def _is_initial(word: str) -> bool:
    """Whether a word is an initial of a first name: "H."."""
    return len(word) == 2 and word[0].isupper() and word[1] == "."
