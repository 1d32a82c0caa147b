"""Names that many have: every country has its "Demokratische Partei" and every town its "Stadtwerke".

Such a name means the one of its document: two documents that name the same country, or the same town, mostly mean the
same one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kg.resolve.names.lists import well_known
from kg.resolve.names.named import Named
from kg.resolve.names.names import name_key

# Last parts of what every country has, longest first; what may stand before them in a compound, and as a word alone.
_OF_COUNTRIES = (
    "regierungspartei", "geheimdienst", "gerichtshof", "ministerium", "versammlung", "luftwaffe", "parlament",
    "regierung", "gericht", "marine", "partei", "armee", "bank",
)  # fmt: skip
_FIRST_PARTS = frozenset(
    "aussen innen finanz verteidigungs justiz wirtschafts gesundheits umwelt kultus kultur verkehrs bildungs "
    "landwirtschafts arbeits arbeiter sozial volks national staats verfassungs ober zentral noten bauern "
    "zentrums".split()
)
_ADJECTIVES = frozenset(
    "demokratisch republikanisch sozialistisch kommunistisch konservativ liberal sozialdemokratisch christdemokratisch "
    "national nationalistisch oberst hoechst sozial fortschrittlich radikal islamisch christlich".split()
)
# What every town, land or house has.
_OF_TOWNS = frozenset(
    "stadtrat gemeinderat kreistag landtag senat landesregierung landgericht amtsgericht verwaltungsgericht "
    "arbeitsgericht sozialgericht oberlandesgericht oberverwaltungsgericht staatsanwaltschaft "
    "generalstaatsanwaltschaft feuerwehr berufsfeuerwehr polizei landeskriminalamt rathaus hauptbahnhof bahnhof "
    "flughafen hafen universitaet "
    "universitaetsklinikum klinikum stadtwerke sparkasse volksbank kreissparkasse stadtverwaltung jugendamt "
    "ordnungsamt gesundheitsamt finanzamt arbeitsagentur innenstadt altstadt marktplatz stadthalle stadtbibliothek "
    "stadttheater tierheim zoo dom".split()
)
# What Germany has, and other countries have too under the same name, and which countries these are.
_OF_NEIGHBOURS = frozenset(
    {"bundesrat", "rot kreuz", "rot kreuzes", "nationalrat", "bundeskanzleramt", "bundesgericht"}
)
_NEIGHBOURS = frozenset({"Österreich", "Schweiz", "Ungarn", "Liechtenstein"})
# What means this in one document and that in the next, or comes again every few years.
_OF_DOCUMENTS = frozenset(
    "union bund fraktion koalition verband verein bundestagswahl landtagswahl kommunalwahl europawahl "
    "weltmeisterschaft europameisterschaft wm em olympia".split()
) | {"olympisch spiele", "olympisch sommerspiele", "olympisch winterspiele"}


def bearer(n: Named, homes: Mapping[str, tuple[str, str]]) -> str:
    """Generic names: whose a name is that many have – a country ("Demokratische Partei"), a town ("Stadtwerke") or its
    document ("Union", or where that names neither); "" for a name of its own.

    `homes` are the country and the town of each document, as `homes_of` tells them.
    """
    key, doc = name_key(n.name), n.mention.doc
    if key in _OF_DOCUMENTS:
        return doc
    if key.startswith("fraktion "):
        return homes[doc][1] or doc
    if abroad := neighbour(n, homes):
        return abroad
    *before, head = key.split() or [""]
    if not before and head in _OF_TOWNS:
        return homes[doc][1] or doc
    ending = next((e for e in _OF_COUNTRIES if head.endswith(e)), "")
    first = head.removesuffix(ending)
    if (
        ending
        and (not first or first in _FIRST_PARTS)
        and (before or head != "bank")
        and _ADJECTIVES.issuperset(before)
    ):
        return homes[doc][0] or doc
    return ""


def neighbour(n: Named, homes: Mapping[str, tuple[str, str]]) -> str:
    """The country whose a name is that Germany has as well, "" in most texts: Bundesrat, in a text on Switzerland."""
    country = homes[n.mention.doc][0]
    return country if country in _NEIGHBOURS and name_key(n.name) in _OF_NEIGHBOURS else ""


def homes_of(named: Iterable[Named]) -> dict[str, tuple[str, str]]:
    """Document → the country and the other place that it names most often, "" where it names none."""
    counts: dict[str, tuple[Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter()))
    for n in named:
        countries, places = counts[n.mention.doc]
        entry = well_known().find(n.name, n.mention)
        if entry is not None and entry.kind == "country":
            countries[entry.label] += 1
        elif n.mention.type == "Place" and n.key not in _OF_TOWNS and (entry is None or entry.kind == "city"):
            places[n.key] += 1
    return {doc: (_most_frequent(countries), _most_frequent(places)) for doc, (countries, places) in counts.items()}


def _most_frequent(counts: Counter[str]) -> str:
    """The name that is counted most often, "" for none."""
    return min(counts, key=lambda name: (-counts[name], name), default="")
