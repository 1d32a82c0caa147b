"""Which names mean the same organisation, place or thing: endings, legal forms, acronyms, short forms, misspellings.

A country that acts is tagged now as a place and now as an organisation: types other than Person do not part a name.
What has the name of a town or a land and is an organisation is another: the Bayern that play.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from kg.language.acronyms import abbreviates, spells
from kg.language.nouns import noun_kind, noun_list
from kg.records import Judgement
from kg.resolve.names.acronyms import Acronyms
from kg.resolve.names.firms import Firms
from kg.resolve.names.generic import bearer, homes_of, neighbour
from kg.resolve.names.lists import judge_listed, well_known
from kg.resolve.names.named import Named
from kg.resolve.names.names import describes, is_acronym, is_full_name, name_key, person_key, words_of
from kg.resolve.names.spelling import variants
from kg.system.characters import NO_WIDTH, plain

# A town's name before what tells it from others of that name.
_TOWN_WITH_ADDITION = re.compile(r"(\w[\w-]{2,}) (?:\(|am |an der |im |in |ob der |vor der |bei )")
# A bracket that closes right behind a name, whatever stands between that nobody sees.
_CLOSING_BRACKET = re.compile(f"[\u00ad{NO_WIDTH}]*\\)")


def judge_things(
    named: Sequence[Named],
    texts: Mapping[str, str],
    full: Collection[tuple[str, str]],
    mistaken: Collection[str],
) -> Iterator[Judgement]:
    """Yield what names say of each other that are no persons' names: acronyms, short forms, same names, slips: "DVV"
    and "Versorgungs- und Verkehrsgesellschaft (DVV)". `mistaken` are ids of persons that are none.
    """
    towns = [*_towns(named)]
    beside = [*_bracketed(named, texts)]
    pairs = [(long, short) for long, short in beside if _is_short_for(short, long)]
    own = {(short.mention.doc, short.key) for long, short in pairs if not _same_entry(long, short)}
    others = [n for n in named if _is_thing(n, full, mistaken)]
    teams = _teams(others)
    homes = homes_of(others)
    known = [
        n for n in others if (n.mention.doc, n.key) not in own and n.mention.id not in teams and not neighbour(n, homes)
    ]
    yield from judge_listed(known, well_known(), "known name")
    for long, short in pairs:
        yield Judgement(long.mention.id, short.mention.id, "same", "acronym", f"{long.name} ({short.name})")
    yield from _with_attribute(others, texts)
    for long, short in towns:
        yield Judgement(long.mention.id, short.mention.id, "same", "short form", f"{short.name}: {long.name}")
    loose = [n for n in named if n.mention.id not in mistaken and _is_doubtful_person(n, full)]
    firms = Firms([*others, *loose])
    asides = [
        (left, right)
        for left, right in beside
        if not _is_short_for(right, left) and _is_unlisted(right) and _are_organisations(left, right)
    ]
    yield from _same_names(others, [*pairs, *towns, *asides], teams, homes, firms)
    yield from _short_forms(others, {(short.mention.doc, short.key) for _, short in pairs})
    yield from _clubs(others, teams)
    yield from firms.judgements()
    yield from _misspelt([*others, *loose])


def _is_thing(n: Named, full: Collection[tuple[str, str]], mistaken: Collection[str]) -> bool:
    """Whether a name goes by the rules of things: one of no person, or of a "person" that is none ("Essen"); not a
    "thing" that is a surname of a full name in its document.
    """
    if n.is_person:
        return n.mention.id in mistaken
    return n.mention.type != "Thing" or (n.mention.doc, person_key(n.name)) not in full


def _is_doubtful_person(n: Named, full: Collection[tuple[str, str]]) -> bool:
    """Whether only the recogniser says that a name is a person's: no first name, no title, no full name beside:
    "Helion".
    """
    bare = n.is_person and not is_full_name(n.name) and not describes(n.mention)
    return bare and (n.mention.doc, n.key) not in full


def _bracketed(named: Sequence[Named], texts: Mapping[str, str]) -> Iterator[tuple[Named, Named]]:
    """Yield a name and the acronym in brackets behind it, or the other way round.

    "Versorgungs- und Verkehrsgesellschaft (DVV)", "ZDF (Zweites Deutsches Fernsehen)", also "Düsseldorf (NRW)"
    """
    for left, right in pairwise(named):
        if left.mention.doc != right.mention.doc or left.is_person or right.is_person:
            continue
        text = texts.get(left.mention.doc, "")
        between = plain(text[left.mention.end : right.mention.start]).strip()
        after = _CLOSING_BRACKET.match(text, right.mention.end)
        if between == "(" and after:
            yield from ((x, y) for x, y in ((left, right), (right, left)) if is_acronym(y.name) and x.key != y.key)


def _are_organisations(left: Named, right: Named) -> bool:
    """Whether both names are organisations'."""
    return left.mention.type == right.mention.type == "Organization"


def _is_short_for(short: Named, long: Named) -> bool:
    """Whether an acronym has the letters of what it stands beside; one that is known everywhere ("SPD") needs all of
    them.
    """
    return (abbreviates if _is_unlisted(short) else spells)(short.name, long.name)


def _towns(named: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """Yield a town with its addition and without, where a document has one such: "Frankfurt (Oder)", "Frankfurt"."""
    whole: dict[tuple[str, str], dict[str, Named]] = defaultdict(dict)
    for n in named:
        if n.mention.type == "Place" and (town := _TOWN_WITH_ADDITION.match(n.name)):
            whole[n.mention.doc, name_key(town[1])].setdefault(n.key, n)
    for n in named:
        found = whole.get((n.mention.doc, n.key), {}) if n.mention.type == "Place" else {}
        for long in found.values() if len(found) == 1 else ():
            yield long, n


def _with_attribute(named: Sequence[Named], texts: Mapping[str, str]) -> Iterator[Judgement]:
    """Prepositional or genitive attribute: "Enterprise Business Group von Huawei" is "Huawei Enterprise Business
    Group", where the document has that name; "von", "der" or "des" stand alone between the two.
    """
    first = {(n.mention.doc, name_key(n.name)): n for n in reversed(named)}
    for left, right in pairwise(named):
        between = plain(texts.get(left.mention.doc, "")[left.mention.end : right.mention.start]).split()
        if left.mention.doc == right.mention.doc and len(between) == 1 and between[0] in ("von", "der", "des"):
            whole = first.get((left.mention.doc, name_key(f"{right.name} {left.name}")))
            if whole is not None and " " in left.name:
                why = f"{left.name} {between[0]} {right.name}"
                yield Judgement(whole.mention.id, left.mention.id, "same", "short form", why)


def _is_unlisted(n: Named) -> bool:
    """Whether no list of well-known names has a name, so that its text tells what it means: "DVV", not "SPD"."""
    return well_known().find(n.name, n.mention) is None


def _same_entry(left: Named, right: Named) -> bool:
    """Whether two names have the same entry in the list of well-known names, or neither has one."""
    return well_known().find(left.name, left.mention) == well_known().find(right.name, right.mention)


def _teams(named: Sequence[Named]) -> frozenset[str]:
    """Metonymy: ids of mentions of organisations of one word that have a place's name – by a noun beside it or as a
    landscape: the "Bayern" that play. What the noun calls a company is none: "der Landmaschinenbauer Reinecke" stays
    one firm with "Reinecke" though one of these was read as a place.
    """
    places = {n.key for n in named if n.mention.type == "Place"}
    found = (n for n in named if n.mention.type == "Organization" and " " not in n.name and not is_acronym(n.name))
    entries = ((n, well_known().find(n.name, n.mention)) for n in found)
    return frozenset(
        n.mention.id
        for n, known in entries
        if (
            describes(n.mention)
            and noun_kind(n.mention.description) != "company"
            and (n.key in places if known is None else known.type == "Place")
        )
        or (known is not None and known.kind == "landscape")
    )


def _clubs(named: Sequence[Named], teams: Collection[str]) -> Iterator[Judgement]:
    """Short form of a club, within a document: a team and the one organisation with its word in the name: "die Bayern",
    "FC Bayern München".
    """
    clubs: dict[tuple[str, str], dict[str, Named]] = defaultdict(dict)
    for n in named:
        if n.mention.type == "Organization" and " " in n.name:
            for word in set(words_of(n.name)):
                clubs[n.mention.doc, word].setdefault(n.key, n)
    for n in named:
        fitting = clubs.get((n.mention.doc, n.key), {}) if n.mention.id in teams else {}
        if len(fitting) == 1:
            (club,) = fitting.values()
            yield Judgement(club.mention.id, n.mention.id, "same", "short form", f"{n.name} of {club.name}")


def _same_names(
    named: Sequence[Named],
    pairs: Sequence[tuple[Named, Named]],
    teams: Collection[str],
    homes: Mapping[str, tuple[str, str]],
    firms: Firms,
) -> Iterator[Judgement]:
    """Same name, in whatever document: one entity, if the senses are the same – of an acronym its long form ("CDU"), of
    a generic name its bearer ("Stadtwerke"), of a first word its firm ("Helion"), of a team its document.
    """
    acronyms = Acronyms((long.mention.doc, short.name, long.name) for long, short in pairs)
    settled = {short.mention.id: acronyms.of(short.name, long.name) for long, short in pairs}
    first: dict[tuple[str, str], Named] = {}
    for n in named:
        sense = settled.get(n.mention.id) or acronyms.sense(n.mention.doc, n.name) or bearer(n, homes)
        sense = sense or firms.sense(n)
        sense = sense if n.mention.id not in teams else f"team of {n.mention.doc}"
        other = first.setdefault((name_key(n.name), sense), n)
        if other is not n:
            yield Judgement(other.mention.id, n.mention.id, "same", "same name", n.name)


def _short_forms(named: Sequence[Named], settled: Collection[tuple[str, str]]) -> Iterator[Judgement]:
    """Short forms within a document: an acronym and the one name whose letters it has ("VKW"), and a firm with and
    without its last word: "Greenbridge Capital", "Greenbridge".
    """
    docs: dict[str, dict[str, Named]] = defaultdict(dict)
    for n in named:
        docs[n.mention.doc].setdefault(name_key(n.name), n)
    for doc, names in docs.items():
        longs = {key: n for key, n in names.items() if " " in n.name and n.mention.type != "Place"}
        for key, n in names.items():
            if is_acronym(n.name) and _is_unlisted(n) and (doc, n.key) not in settled:
                fitting = [long for long in longs.values() if spells(n.name, long.name)]
                if len(fitting) == 1:
                    why = f"the letters of {fitting[0].name}"
                    yield Judgement(fitting[0].mention.id, n.mention.id, "same", "acronym", why)
            elif words_of(n.name)[-1:] and words_of(n.name)[-1] in noun_list("optional_last_words"):
                short = names.get(" ".join(key.split()[:-1]))
                if short is not None:
                    yield Judgement(n.mention.id, short.mention.id, "same", "short form", f"{short.name} of {n.name}")


def _misspelt(named: Sequence[Named]) -> Iterator[Judgement]:
    """Misspelling: a rare name that is a frequent one but for a letter ("Huawai"): "same" where both stand in one text,
    or their texts share a name, else "unsure".
    """
    counts: dict[str, int] = defaultdict(int)
    docs: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Named] = {}
    around: dict[str, set[str]] = defaultdict(set)
    for n in named:
        key = name_key(n.name)
        counts[key] += 1
        docs[key].add(n.mention.doc)
        first.setdefault(key, n)
        around[n.mention.doc].add(key)
    for rare, frequent in variants(counts):
        left, right = first[frequent], first[rare]
        beside, others = (set().union(*(around[doc] for doc in docs[key])) for key in (rare, frequent))
        verdict = "same" if docs[rare] & docs[frequent] or beside & others else "unsure"
        why = f"{right.name} ({counts[rare]}×) is {left.name} ({counts[frequent]}×) but for a letter"
        yield Judgement(left.mention.id, right.mention.id, verdict, "spelling", why)
