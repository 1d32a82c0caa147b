"""What an acronym is short for: "CDU" is the party in one text and the "Curling-Damen Union (CDU)" in another.

Letters alone join nothing: an acronym goes with the long form of its own document. Long forms of one acronym are the
same when one has all the words of the other ("Duisburger Versorgungs- und Verkehrsgesellschaft").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.resolve.names.names import name_key, words_of

_ENDING = re.compile(r"(?<=\w{4})(?:e[nmrs]?|s)$")
_SMALL = frozenset("und für der die das des den dem in im von vom zu zur zum of the and for".split())


class Acronyms:
    """The long forms of acronyms: `pairs` are (document, acronym, long form), one for each "long form (ACRONYM)".

    >>> acronyms = Acronyms([("a", "CDU", "Christlich Demokratische Union"), ("b", "CDU", "Curling-Damen Union")])
    >>> acronyms.sense("a", "CDU")
    'christlich demokratisch union'
    >>> acronyms.sense("c", "CDU"), acronyms.sense("c", "SPD")
    ('', '')
    >>> football = [("a", "DFB", "Deutscher Fußball-Bund"), ("b", "DFB", "Deutschen Fußballbund")]
    >>> Acronyms(football).sense("a", "DFB") == Acronyms(football).sense("b", "DFB")
    True
    """

    def __init__(self, pairs: Iterable[tuple[str, str, str]]) -> None:
        """Learn the long forms of each acronym, and which of them each document has."""
        found = sorted(set(pairs))
        forms: dict[str, set[frozenset[str]]] = defaultdict(set)
        self._spelt: dict[str, frozenset[str]] = {}
        for _, acronym, long in found:
            forms[name_key(acronym)].add(self._words(long))
        self._senses = {acronym: _merged(words) for acronym, words in forms.items()}
        self._own: dict[tuple[str, str], set[str]] = defaultdict(set)
        for doc, acronym, long in found:
            self._own[doc, name_key(acronym)].add(self.of(acronym, long))

    def of(self, acronym: str, long: str) -> str:
        """What an acronym means beside a long form: the one longer form with all its words, else this one itself."""
        return self._senses[name_key(acronym)][self._words(long)]

    def _words(self, long: str) -> frozenset[str]:
        """The words of a long form, as first spelt: "Deutscher Fußball-Bund" and "Deutscher Fußballbund" are one."""
        words = _key_words(long)
        return self._spelt.setdefault("".join(words), frozenset(words))

    def sense(self, doc: str, name: str) -> str:
        """What a name means in a document as an acronym, "" for one without a long form or with several elsewhere.

        Where one document has two long forms, its bare acronym means neither, and not that of other texts either.
        """
        own = self._own.get((doc, name_key(name)), set())
        known = own or set(self._senses.get(name_key(name), {}).values())
        if len(known) == 1:
            return next(iter(known))
        return f"{doc}?" if own else ""


def _merged(forms: Iterable[frozenset[str]]) -> Mapping[frozenset[str], str]:
    """Each long form, as its words → the sense it stands for: that of the one form which has all its words and more."""
    known = set(forms)
    widest = [form for form in known if not any(form < other for other in known)]
    senses = {}
    for form in known:
        wider = [other for other in widest if form <= other]
        senses[form] = " ".join(sorted(wider[0] if len(wider) == 1 else form))
    return senses


def _key_words(long: str) -> tuple[str, ...]:
    """The words of a long form without endings and small words: "Demokratische Union" → demokratisch, union."""
    words = words_of(name_key(long))
    return tuple(_ENDING.sub("", word) for word in words if word not in _SMALL) or words
