"""Words that a full stop abbreviates: "Dr.", "bzw.", "usw."; that full stop ends no sentence, or need not end one."""

from __future__ import annotations

import re

DEGREES = frozenset("Dr Prof Dipl Ing Mag PD Priv Doz med jur phil rer nat pol theol habil mult h c".split())
"""Academic degrees and their parts: "Prof. Dr. med. h. c."."""

TITLES = DEGREES | {"St", "Hl"}
"""What stands before a name: "St. Pauli" too."""

# A sentence goes on behind these, and may end with those. The lists are ours: what German newspapers abbreviate.
_WITHIN = TITLES | frozenset(
    "Abb Abs Art Bd Kap Nr Tel Ziff bspw bzw ca ehem evtl geb gest ggf inkl insb sog verh vgl zzgl Mio Mrd".split()
)
_AT_END = frozenset("Chr etc usw".split())

_LAST_WORD = re.compile(r"(?<!\w)(\w+)\.$")
_LONGEST = max(map(len, _WITHIN)) + 2


def is_abbreviation(word: str) -> bool:
    """Whether a word is an abbreviation with its full stop, or one letter with it, a piece of "z. B.", "H. Müller".

    >>> [is_abbreviation(word) for word in ("bzw.", "usw.", "B.", "12.", "Rat.", "bzw")]
    [True, True, True, False, False, False]
    """
    body = word.removesuffix(".")
    return body != word and (body in _WITHIN or body in _AT_END or (len(body) == 1 and body.isalpha()))


def ends_in_abbreviation(text: str) -> bool:
    """Whether a text ends in an abbreviation behind which its sentence goes on; "usw." may be the last word of one.

    >>> [ends_in_abbreviation(text) for text in ("Es kam Prof.", "J. F.", "Bus bzw.", "Bus usw.", "Es kam ein Rat.")]
    [True, True, True, False, False]
    """
    last = _LAST_WORD.search(text[-_LONGEST:])
    return last is not None and last[1] not in _AT_END and is_abbreviation(last[0])
