"""Firms and their first word alone: "Helion Energie GmbH" and, behind it, "Helion".

A first word means the firm of its own document. In a document without that firm it means it only where no other firm of
all the documents begins so, and one has been called so; else a person has to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.language.name_words import LEGAL_FORMS
from kg.ontology import AGENTS
from kg.records import Judgement
from kg.resolve.names.named import Named
from kg.resolve.names.names import describes


class Firms:
    """Which firm a bare first word means; `named` are names that are no persons', or nobody knows whether they are."""

    def __init__(self, named: Sequence[Named]) -> None:
        """Learn the firms of each document by their legal form, and its bare first words."""
        docs: dict[str, dict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
        for n in named:
            if n.mention.type in AGENTS:
                docs[n.mention.doc][n.key].append(n)
        self._firms: dict[str, dict[str, Named]] = defaultdict(dict)
        self._own: dict[tuple[str, str], tuple[Named, Named]] = {}
        self._meant: dict[str, set[str]] = defaultdict(set)  # a bare first word → the firms that documents call so
        self._without_firm: dict[tuple[str, str], Named] = {}
        for doc, names in docs.items():
            longs = {key: ns[0] for key, ns in names.items() if " " in key and any(map(_has_legal_form, ns))}
            by_first: dict[str, list[Named]] = defaultdict(list)
            for key, long in longs.items():
                self._firms[key.split()[0]].setdefault(key, long)
                by_first[key.split()[0]].append(long)
            for key, found in names.items():
                if " " not in key and not any(describes(n.mention) or _has_legal_form(n) for n in found):
                    self._add_first_word(doc, found[0], by_first.get(key, ()))

    def _add_first_word(self, doc: str, short: Named, longs: Sequence[Named]) -> None:
        """Remember a bare word of a document: without a firm there that begins so it is a lone one; with one firm,
        named before it and no person's name, it means that. "eine Tochter von Helion, die Helion Energie GmbH": this
        Helion is another.
        """
        if not longs:
            self._without_firm[doc, short.key] = short
        elif len(longs) == 1 and longs[0].mention < short.mention and not short.is_person:
            self._own[doc, short.key] = longs[0], short
            self._meant[short.key].add(longs[0].key)

    def sense(self, n: Named) -> str:
        """Short form of a firm: the firm that a bare first word means, "" for none or one of several.

        The firm of its own document; in a document without it the only firm of all that begins so, if it was called so.
        """
        own = self._own.get((n.mention.doc, n.key))
        if own is not None:
            return own[0].key
        lone = (n.mention.doc, n.key) in self._without_firm and not n.is_person
        used = self._meant.get(n.key, ()) if lone else ()
        return next(iter(used)) if len(used) == 1 == len(self._firms[n.key]) else ""

    def judgements(self) -> Iterator[Judgement]:
        """Yield the firm of each bare word ("Helion" of "Helion Energie GmbH"), and what is undecided: the first of a
        word in texts without its firm.
        """
        for long, short in self._own.values():
            yield Judgement(long.mention.id, short.mention.id, "same", "short form", f"{short.name} of {long.name}")
        asked: set[tuple[str, bool]] = set()
        for short in self._without_firm.values():
            if self.sense(short) or (short.key, short.is_person) in asked:
                continue
            asked.add((short.key, short.is_person))
            for long in self._firms.get(short.key, {}).values():
                why = f"{short.name}, in another text, of {long.name}?"
                yield Judgement(long.mention.id, short.mention.id, "unsure", "short form", why)


def _has_legal_form(n: Named) -> bool:
    """Whether a name ends in a legal form: "Helion Energie GmbH"."""
    return n.name.split()[-1] in LEGAL_FORMS
