"""Which names mean the same person: "Sören Link", "Link" and "OB Link" of one text; across texts never a bare surname.

Each rule gives its verdict with a reason, as a person would in the ledger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from kg.language.nouns import noun_kind, stem
from kg.records import Judgement
from kg.resolve.names.genders import SURE, gender_of, genders
from kg.resolve.names.named import Named, contexts
from kg.resolve.names.names import describes, is_full_name, name_key, person_key, surnames, words_of
from kg.resolve.names.spelling import Spellings

# Fields of work that one person seldom has in common with another of them.
_FIELDS_APART = frozenset({"sports", "arts", "science", "church", "medicine", "politics", "force", "nobility", "trade"})


# Whoever has an initial that more people fit is not asked for: "A. Müller" in a thousand articles.
_MOST_QUESTIONS = 4

# How many first names, their initials, the place of one that is written out, and that one, "" for none.
_Form: TypeAlias = tuple[int, str, int, str]


def full_names(named: Sequence[Named]) -> dict[tuple[str, str], dict[str, Named]]:
    """Document and surname → the full names it stands for there, each with its first mention; without those that are
    another's of the document in short: "H. Kern" beside "Hans Kern".
    """
    full = _by_surname(named)
    for persons in full.values():
        namesakes = _Namesakes(persons.values() if len(persons) > 1 else ())
        for key in [key for key, n in persons.items() if len(namesakes.written_out(n)) == 1]:
            del persons[key]
    return full


def _by_surname(named: Iterable[Named]) -> dict[tuple[str, str], dict[str, Named]]:
    """Document and surname → all full names that have it there, each with its first mention."""
    full: dict[tuple[str, str], dict[str, Named]] = defaultdict(dict)
    for n in named:
        if n.is_person and is_full_name(n.name):
            for surname in surnames(n.name):
                full[n.mention.doc, surname].setdefault(n.key, n)
    return full


class _Namesakes:
    """Persons of one surname, to be found by a name that is short for theirs: a name is compared with those alone that
    begin with its initials, so that a thousand of the surname cost no million comparisons.
    """

    def __init__(self, persons: Iterable[Named]) -> None:
        """Put each person under all that shorter forms of the first names have for certain."""
        self._persons = [(n, _first_names(n)) for n in persons]
        self._by_form: dict[_Form, list[int]] = defaultdict(list)
        for i, (_, own) in enumerate(self._persons):
            for form in _forms(own):
                self._by_form[form].append(i)
        self._found: dict[tuple[tuple[str, ...], str], list[Named]] = {}

    def written_out(self, n: Named) -> list[Named]:
        """Initials: which persons a name can be short for, the longest forms alone; none that the title of the short
        one rules out: "Frau H. Kern" is no Hans.
        """
        said = _first_names(n), _title_gender(n)
        if said not in self._found:  # the same for all mentions of a name with titles of one gender
            longer = [i for i in self._longer(said[0]) if said[1] in ("", self._gender(i))]
            among = set(longer)
            longest = [i for i in longer if among.isdisjoint(self._longer(self._persons[i][1]))]
            self._found[said] = [self._persons[i][0] for i in longest]
        return self._found[said]

    def _longer(self, short: tuple[str, ...]) -> list[int]:
        """The persons whose first names these can be short for, by their places."""
        near = min((self._by_form.get(form, []) for form in _forms_of_short(short)), key=len, default=[])
        return [i for i in near if _is_short_for(short, self._persons[i][1])]

    def _gender(self, i: int) -> str:
        """The gender of a person's first name."""
        return gender_of(self._persons[i][0].name.split()[0])


def _forms(long: Sequence[str]) -> Iterator[_Form]:
    """What a shorter form of first names has for certain: one initial; the first name, where initials alone follow; of
    as many, all initials and the place of each word that is written out.
    """
    if len(long) > 1:
        yield 1, long[0][0], 0, ""
        if all(len(word) == 1 for word in long[1:]):
            yield 1, long[0][0], 0, long[0]
    initials = "".join(word[0] for word in long)
    yield len(long), initials, 0, ""
    for i, word in enumerate(long):
        if len(long) > 1 and len(word) > 1:
            yield len(long), initials, i, word


def _forms_of_short(short: Sequence[str]) -> Iterator[_Form]:
    """Under which forms stands all that first names can be short for."""
    initials = "".join(word[0] for word in short)
    written_out = [(i, word) for i, word in enumerate(short) if len(word) > 1]
    for i, word in written_out:
        yield len(short), initials, i, word
    if short and not written_out:
        yield len(short), initials, 0, ""


def _first_names(n: Named) -> tuple[str, ...]:
    """The words of a full name before the surname: "Hans-Peter zur Nieden" → hans, peter."""
    return words_of(n.name)[: -len(surnames(n.name)[0].split())]


def _is_short_for(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether first names are others with initials in their place, or without further initials.

    >>> _is_short_for(["h"], ["hans"]), _is_short_for(["martin"], ["martin", "k"]), _is_short_for(["h"], ["h", "peter"])
    (True, True, True)
    >>> _is_short_for(["hans"], ["hans", "peter"]), _is_short_for(["george", "w"], ["george", "h", "w"])
    (False, False)
    """
    pairs, more = list(zip(short, long, strict=False)), long[len(short) :]
    if not short or len(short) > len(long) or tuple(short) == tuple(long):
        return False
    fits = all(one == other or (len(one) == 1 and other.startswith(one)) for one, other in pairs)
    left_out = len(short) == 1 and (len(short[0]) == 1 or all(len(word) == 1 for word in more))
    return fits and (not more or left_out)


def judge_people(named: Sequence[Named], full: Mapping[tuple[str, str], Mapping[str, Named]]) -> Iterator[Judgement]:
    """Yield what the names of persons say of each other: surnames within documents, then full names and titles across
    them: "Sören Link", "Link", "OB Link".
    """
    yield from _within_documents(named, full)
    short = _in_short(named)
    yield from _initials(named, short)
    known = {place for place, longer in short.items() if len(longer) == 1}
    yield from _full_names([n for n in named if (n.mention.doc, n.key) not in known or len(_first_names(n)[0]) > 1])
    yield from _titled(named, full)


def _in_short(named: Sequence[Named]) -> dict[tuple[str, str], list[Named]]:
    """Document and key of a name that is short for others of its document → these: "H. Kern" → Hans Kern."""
    found: dict[tuple[str, str], list[Named]] = {}
    for (doc, _), persons in _by_surname(named).items():
        namesakes = _Namesakes(persons.values() if len(persons) > 1 else ())
        for key, n in persons.items() if len(persons) > 1 else ():
            if longer := namesakes.written_out(n):
                found[doc, key] = longer
    return found


def _initials(named: Sequence[Named], short: Mapping[tuple[str, str], Sequence[Named]]) -> Iterator[Judgement]:
    """Initials: a name with an initial, or without one that another has, is the one longer name of its document that it
    fits; "unsure" between several, and where only other texts have such a name.

    "H. Kern" and "Hans Kern", "Martin Lindner" and "Martin K. Lindner"
    """
    people = [n for n in named if n.is_person and is_full_name(n.name)]
    everywhere: dict[str, dict[str, Named]] = defaultdict(dict)
    for n in people:
        everywhere[surnames(n.name)[0]].setdefault(n.key, n)
    namesakes = {surname: _Namesakes(persons.values()) for surname, persons in everywhere.items()}
    asked: set[str] = set()
    for n in people:
        all_fitting = namesakes[surnames(n.name)[0]].written_out(n)
        own = short.get((n.mention.doc, n.key), ())
        certain = len(own) == 1 and (len(_first_names(n)[0]) == 1 or len(all_fitting) == 1)
        if certain:
            yield Judgement(own[0].mention.id, n.mention.id, "same", "initials", f"{n.name}: {own[0].name}")
        elif all_fitting and len(all_fitting) < _MOST_QUESTIONS and n.key not in asked:
            asked.add(n.key)
            for other in own or all_fitting:
                yield Judgement(other.mention.id, n.mention.id, "unsure", "initials", f"{n.name}: {other.name}?")


def no_persons(named: Sequence[Named], full: Container[tuple[str, str]]) -> set[str]:
    """Ids of "persons" of one word that are more often the name of something else: "Essen" is the city.

    Not of one whose full name, or whose title beside it, stands in the same document, whatever it is elsewhere.
    """
    titled = {(n.mention.doc, n.key) for n in named if n.is_person and describes(n.mention)}
    bare = [
        n
        for n in named
        if n.is_person
        and " " not in n.name
        and (n.mention.doc, n.key) not in full
        and (n.mention.doc, n.key) not in titled
    ]
    persons = Counter(name_key(n.name) for n in bare)
    others = Counter(name_key(n.name) for n in named if n.mention.type not in ("Person", "Thing"))
    return {n.mention.id for n in bare if others[name_key(n.name)] > persons[name_key(n.name)]}


def _within_documents(
    named: Sequence[Named], full: Mapping[tuple[str, str], Mapping[str, Named]]
) -> Iterator[Judgement]:
    """Surname or first name alone: it is the one full name of its document that has it; between two, the gender of a
    title decides. Without a full name, one that differs by a letter is meant, else the bare name is one person.

    "Sören Link" and "Link" are one; of two named Link, "Frau Link" is the woman; what stays open is "unsure".
    """
    known = _known_genders(named)
    firsts: dict[tuple[str, str], dict[str, Named]] = defaultdict(dict)
    for persons in full.values():
        for key, n in persons.items():
            firsts[n.mention.doc, person_key(n.name.split()[0])].setdefault(key, n)
    known_surnames = _Surnames(full)
    alone: dict[tuple[str, str, str], Named] = {}
    titled: dict[tuple[str, str, str], dict[str, Named]] = {}
    for n in named:
        place = n.mention.doc, person_key(n.name)
        if n.mention.type not in ("Person", "Thing") or is_full_name(n.name):
            continue
        title = _title_gender(n)
        by = "surname" if place in full else "first name"
        persons = full.get(place) or (firsts.get(place, {}) if n.is_person else {})
        if len(persons) > 1 and title:
            if (*place, title) not in titled:  # once for all mentions
                fitting = {key: p for key, p in persons.items() if known[n.mention.doc, key] in ("", title)}
                titled[*place, title] = fitting if len(fitting) == 1 else {}
            fitting = titled[*place, title]
            persons, by = (fitting, f"{by} and title") if fitting else (persons, by)
        if len(persons) == 1:
            person = next(iter(persons.values()))
            yield Judgement(person.mention.id, n.mention.id, "same", by, f"{n.name}: only {person.name} here has it")
        elif n.is_person and not persons and (alike := known_surnames.misspelt(n)) is not None:
            verdict = "unsure" if describes(n.mention) else "same"  # who has a title of his own is introduced here
            why = f"{n.name}: {alike.name} but for a letter"
            yield Judgement(alike.mention.id, n.mention.id, verdict, "spelling", why)
        elif n.is_person:
            first = alone.setdefault((*place, title if len(persons) > 1 else ""), n)
            if first is not n:
                yield Judgement(first.mention.id, n.mention.id, "same", "same name", f"{n.name} in the same text")
            for person in persons.values() if first is n else ():
                yield Judgement(person.mention.id, n.mention.id, "unsure", by, f"{n.name}: several here have it")


class _Surnames:
    """The surnames of each document that one person alone has there, to be found by a misspelling."""

    def __init__(self, full: Mapping[tuple[str, str], Mapping[str, Named]]) -> None:
        """Take the surnames of one person from those of all full names."""
        self._persons: dict[str, dict[str, Named]] = defaultdict(dict)
        for (doc, surname), persons in full.items():
            self._persons[doc].update((surname, n) for n in persons.values() if len(persons) == 1)
        self._spellings: dict[str, Spellings] = {}

    def misspelt(self, n: Named) -> Named | None:
        """Misspelling: the one person of a document whose surname is this name but for a slip: "Kalweit" for "Heidrun
        Kallweit". None for none or several.
        """
        doc, persons = n.mention.doc, self._persons.get(n.mention.doc, {})
        if doc not in self._spellings:  # of most documents nobody asks
            self._spellings[doc] = Spellings(persons)
        found = self._spellings[doc].slips(n.key)
        return persons[found[0]] if len(found) == 1 else None


def _title_gender(n: Named) -> str:
    """The gender that a title beside a name tells, "" for none."""
    return next((gender for gender, weight in genders(n.mention) if weight >= SURE), "") if describes(n.mention) else ""


def _known_genders(named: Sequence[Named]) -> defaultdict[tuple[str, str], str]:
    """Document and full name → the gender most is said for, "" when little is."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for n in named:
        if n.is_person and is_full_name(n.name):
            for gender, weight in genders(n.mention):
                votes[n.mention.doc, n.key][gender] += weight
    known: defaultdict[tuple[str, str], str] = defaultdict(str)
    known.update({place: max(sorted(counts), key=counts.__getitem__) for place, counts in votes.items()})
    return known


def _full_names(named: Sequence[Named]) -> Iterator[Judgement]:
    """Full name: the same person within a text and in all texts, unless these give fields of work that lie far apart.

    Then there is one person per field, and a text without a field goes to the one whose texts share most places and
    organisations with it: "Peter Müller" the minister and the boxer.
    """
    found: dict[str, dict[str, Named]] = defaultdict(dict)
    fields: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for n in named:
        if not n.is_person or not is_full_name(n.name):
            continue
        first = found[n.key].setdefault(n.mention.doc, n)
        if first is not n:
            yield Judgement(first.mention.id, n.mention.id, "same", "full name", f"{n.name} in the same text")
        if n.mention.description and (kind := noun_kind(n.mention.description)) in _FIELDS_APART:
            fields[n.key, n.mention.doc][kind] += 1
    around = contexts(named)
    for key, docs in found.items():
        groups: dict[str, list[Named]] = defaultdict(list)
        for doc, n in sorted(docs.items()):
            kinds = fields.get((key, doc))
            groups[min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else ""].append(n)
        known = [kind for kind in groups if kind]
        if len(known) < 2:
            groups = {"": [n for group in groups.values() for n in group]}
        among = {kind: Counter(key for o in groups.get(kind, ()) for key in around[o.mention.doc]) for kind in known}
        for n in groups.pop("", []) if len(known) > 1 else []:
            near = around[n.mention.doc]
            shared = {kind: sum(among[kind][key] for key in near) for kind in known}
            best = max(sorted(shared), key=shared.__getitem__)
            groups[best if shared[best] else ""].append(n)
            among[best].update(near if shared[best] else ())
        for kind, group in sorted(groups.items()):
            group.sort(key=lambda n: n.mention)
            for n in group[1:]:
                yield Judgement(group[0].mention.id, n.mention.id, "same", "full name", n.name)
            if kind and kind != known[0]:
                other = groups[known[0]][0]
                why = f"{group[0].name}: {known[0]} here, {kind} there"
                yield Judgement(other.mention.id, group[0].mention.id, "unsure", "full name", why)


def _titled(named: Sequence[Named], full: Mapping[tuple[str, str], Mapping[str, Named]]) -> Iterator[Judgement]:
    """Surname with title: a person of another text who has both, if the texts share a place or an organisation, else
    "unsure"; not if several full names have both, nor where the text has a full name for the surname.

    "Bürgermeister Kessler" and "Bürgermeister Ralf Kessler", both in Tannau; never "Kessler" alone.
    """
    around = contexts(named)
    found: dict[tuple[str, str], dict[str, Named]] = defaultdict(dict)
    for n in named:
        if n.is_person and describes(n.mention):
            surname = surnames(n.name)[0] if is_full_name(n.name) else n.key
            found[surname, stem(n.mention.description)].setdefault(n.mention.doc, n)
    for (surname, _), docs in found.items():
        whole = [n for n in docs.values() if is_full_name(n.name)]
        if len({n.key for n in whole}) > 1:
            continue
        group = sorted(docs.values(), key=lambda n: (not is_full_name(n.name), n.mention))
        for n in group[1:]:
            if (n.mention.doc, surname) in full and not is_full_name(n.name):
                continue
            shared = around[group[0].mention.doc] & around[n.mention.doc]
            verdict = "same" if shared else "unsure"
            why = f"{n.mention.description} {n.name}, both texts with {min(shared)}" if shared else "same title only"
            yield Judgement(group[0].mention.id, n.mention.id, verdict, "surname and title", why)
