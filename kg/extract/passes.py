"""How a document is read: one table of passes, each for one phenomenon, from its blocks to its claims.

`read` runs those that end in a Reading, whose trees are mended; `extract_claims` those that find names, clauses, who
speaks, and what is said. The table is what runs: see `kg.extract.table`. `kg extract --explain` tells of a text which
pass changed what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.extract.claims.anaphora import find_pointers
from kg.extract.claims.claims import in_text_order, make_claims, weakest, weigh
from kg.extract.claims.propositions import commit, date, deny, gather_propositions
from kg.extract.claims.verb_object_relations import typed
from kg.extract.claims.verbal import find_participial, find_verbal
from kg.extract.clause.clauses import find_clauses
from kg.extract.mend import passes as mending
from kg.extract.names import passes as names
from kg.extract.names.mentions import Mentions
from kg.extract.nominal.affiliations import Office
from kg.extract.nominal.events import find_events
from kg.extract.nominal.kinds import find_kinds
from kg.extract.nominal.life_data import find_ages, find_life_data
from kg.extract.nominal.offices import find_offices
from kg.extract.nominal.relational_nouns import find_joint, find_relatives
from kg.extract.nominal.roles import find_roles
from kg.extract.nominal.whereabouts import find_whereabouts
from kg.extract.reading import (
    Reading,
    bound_sentences,
    in_ud,
    join,
    parse,
    part_sentences,
    pieces_of,
    reading_of,
    split_full_stops,
    split_words,
)
from kg.extract.speech.attribution import Speech
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.speech.source_phrases import find_account
from kg.extract.table import Known, Pass, Witness, run
from kg.extract.text.blocks import Block
from kg.reader.tokens import NOUNS_AND_FOREIGN
from kg.records import Claim, Document, Extraction

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def _analysed_sentences(reading: Reading) -> list[AnalysedSentence]:
    """Clauses: the sentences of a document, each with its clauses by head, its words and its nouns."""
    found = []
    for span in reading.sentences():
        tokens = tuple(span)
        clauses = {clause.verb.i: clause for clause in find_clauses(tokens, reading.heads)}
        words = tuple(token.text.lower() for token in tokens)
        nouns = tuple(token for token in tokens if token.pos_ in NOUNS_AND_FOREIGN)
        found.append(AnalysedSentence(span, clauses, None, words, nouns, sum(not token.is_punct for token in tokens)))
    return found


def _with_sources(mentions: Mentions, sentences: Iterable[AnalysedSentence]) -> list[AnalysedSentence]:
    """The sentences, each with the source that it names beside its verbs."""
    return [replace(sentence, account=find_account(mentions, sentence.span)) for sentence in sentences]


def _typed(claims: Iterable[Claim]) -> list[Claim]:
    """The claims, each with the relation that its verb says with its object."""
    return [typed(claim) for claim in claims]


def _nominal(name: str, phenomenon: str, example: str, find: Callable[..., Iterable[Office]]) -> Pass:
    """A pass that finds what nouns say."""
    alone = find in (find_roles, find_ages, find_life_data, find_kinds, find_whereabouts)
    needs = ("mentions",) if alone else ("mentions", "sentences", "speech")
    return Pass(name, phenomenon, needs, (name,), example, lambda *given: tuple(find(*given)))


BLOCKS = Pass(
    "blocks",
    "blocks of prose, without boilerplate",
    ("document",),
    ("pieces",),
    "Sören Link warnt vor Huawei.\n\nAuch interessant\n\nHuawei schweigt.",
    pieces_of,
)

PARSING = (
    Pass(
        "words",
        "tokens",
        ("pieces", "nlp"),
        ("words",),
        "Sören Link warnt.",
        split_words,
    ),
    Pass(
        "full stops",
        "a full stop behind an acronym or a year ends its sentence",
        ("words",),
        ("words",),
        "Sie wählten die AfD. Danach kam die PiS.",
        split_full_stops,
    ),
    Pass(
        "sentence starts",
        "a sentence begins behind a full stop, also with a dash",
        ("words",),
        ("words",),
        "Danke. – Wir zahlen.",
        part_sentences,
    ),
    Pass(
        "longest sentences",
        "what is longer than any sentence is cut",
        ("words",),
        ("words",),
        "Es kamen " + "Anna, Benno, " * 200 + "und Karla.",
        bound_sentences,
    ),
    Pass(
        "parser",
        "parts of speech, morphology, dependencies, named entities",
        ("words", "nlp"),
        ("parsed",),
        "Sören Link warnt.",
        parse,
    ),
    Pass(
        "document",
        "all blocks as one text",
        ("pieces", "parsed"),
        ("doc", "starts", "ends", "blocks"),
        "Sören Link warnt.\n\nHuawei schweigt.",
        join,
    ),
)

TREES = (
    Pass(
        "scheme",
        "TIGER dependencies become Universal Dependencies",
        ("doc",),
        ("tree",),
        "Sören Link warnt.",
        in_ud,
    ),
    *mending.PASSES,
    Pass(
        "reading",
        "which words head a clause, and where times may be named",
        ("document", "tree", "starts", "ends", "blocks"),
        ("reading",),
        "Sören Link warnte 2018.",
        reading_of,
    ),
)

FINDING = (
    *names.PASSES,
    Pass(
        "titles",
        "enge Apposition: a title or a noun of its kind before a name says what it is",
        ("reading", "names"),
        ("mentions",),
        "Die Daten-Plattform RhineCloud wächst.",
        Mentions,
    ),
    Pass(
        "clauses",
        "clauses with verb, arguments (Valenz), and understood subjects (Kontrolle)",
        ("reading",),
        ("sentences",),
        "Link versprach, die Brücke zu bauen.",
        _analysed_sentences,
    ),
    Pass(
        "sources",
        "Quellenangabe: laut, zufolge, so X",
        ("mentions", "sentences"),
        ("sentences",),
        "Laut Polizei brannte die Halle.",
        _with_sources,
    ),
    Pass(
        "speech",
        "Redewiedergabe: who is quoted, in quotation marks, complements and Konjunktiv I",
        ("mentions", "sentences"),
        ("speech",),
        "Die Stadt sei pleite, sagte Sören Link.",
        Speech,
    ),
    Pass(
        "verbal",
        "what a verb says of its subject, with each of its arguments",
        ("mentions", "sentences", "speech"),
        ("verbal",),
        "Sören Link warnt vor Huawei.",
        find_verbal,
    ),
    Pass(
        "participial",
        "erweitertes Attribut and Partizipialgruppe: what a participle says of its noun",
        ("mentions", "sentences", "speech"),
        ("participial",),
        "Das von Otto Kern gegründete Unternehmen wächst.",
        find_participial,
    ),
    _nominal(
        "roles",
        "Apposition: a role noun beside a name",
        "Felix zur Nieden, Sprecher der DVV, kam.",
        find_roles,
    ),
    _nominal(
        "ages",
        "Altersangabe: an age beside the name of a person",
        "Der 48-jährige Otto Kern kam.",
        find_ages,
    ),
    _nominal(
        "life data",
        "Lebensdaten: birth and death in brackets, between commas or before the name",
        "Otto Kern (1950–2010) war Maler.",
        find_life_data,
    ),
    _nominal(
        "kinds",
        "Apposition: a noun that says what an organisation, place, product or work is",
        "Die Nachrichtenagentur Interfax meldete es.",
        find_kinds,
    ),
    _nominal(
        "whereabouts",
        "Attribute of place and origin, possessors of works and products",
        "Pune in Indien wächst.",
        find_whereabouts,
    ),
    _nominal(
        "events",
        "Nominalisierung: an event noun with its arguments",
        "Nach der Übernahme von E-Plus durch Telefónica stieg der Preis.",
        find_events,
    ),
    _nominal(
        "kin",
        "relational nouns: Tochter, Ableger, Ehemann",
        "Die Daimler-Tochter Moovel wächst.",
        find_relatives,
    ),
    _nominal(
        "offices",
        "Funktionsverben and predicatives that give or take an office",
        "Anna Schmidt wurde zur Chefin der Bahn ernannt.",
        find_offices,
    ),
    _nominal(
        "joint",
        "reciprocal verbs: what two subjects do with each other",
        "Linde und Praxair fusionieren.",
        find_joint,
    ),
    Pass(
        "pointers",
        "Anaphern: pronouns and definite noun phrases, with the antecedent that grammar tells",
        ("mentions", "speech"),
        ("pointers",),
        "Sören Link, der Duisburg leitet, lobte seine Stadt.",
        lambda mentions, speech: tuple(find_pointers(mentions, speech)),
    ),
    Pass(
        "mentions",
        "all mentions: names, and what clauses and nouns speak of; from here on none is added",
        ("mentions", "pointers"),
        ("all mentions",),
        "Sören Link lobte die Stadt.",
        lambda mentions, pointers: mentions.all(pointers),
    ),
)

CLAIMING = (
    Pass(
        "propositions",
        "what clauses and nouns say, each in its voice",
        (
            "reading",
            "sentences",
            "speech",
            "verbal",
            "participial",
            "roles",
            "ages",
            "life data",
            "kinds",
            "whereabouts",
            "events",
            "kin",
            "offices",
            "joint",
        ),
        ("propositions",),
        "Oberbürgermeister Sören Link warnt vor Huawei.",
        gather_propositions,
    ),
    Pass(
        "negation",
        "Negation: nicht, kein, what a clause hangs on; its scope ends at sondern",
        ("reading", "propositions"),
        ("propositions",),
        "Link kaufte keine Fabrik.",
        deny,
    ),
    Pass(
        "modality",
        "Modalität: modal verbs, conditions, governors, adverbs, hearsay",
        ("reading", "propositions"),
        ("propositions",),
        "Die Stadt will eine Brücke bauen.",
        commit,
    ),
    Pass(
        "time",
        "Temporalangaben of the clause",
        ("reading", "propositions"),
        ("propositions",),
        "Bosch kaufte 2019 eine Fabrik.",
        date,
    ),
    Pass(
        "claims",
        "a claim of each proposition, with its evidence",
        ("reading", "propositions"),
        ("claims",),
        "Sören Link warnt vor Huawei.",
        make_claims,
    ),
    Pass(
        "confidence",
        "how sure a claim is, and what it risks, by the signs of its sentence",
        ("reading", "propositions", "claims"),
        ("claims",),
        "Sören Link warnt vor Huawei.",
        weigh,
    ),
    Pass(
        "relations",
        "Kollokation: a relation that a verb says only with its object",
        ("claims",),
        ("claims",),
        "Siemens streicht 1200 Stellen.",
        _typed,
    ),
    Pass(
        "weakest",
        "two readings of one sentence: the less firm one stays",
        ("claims",),
        ("claims",),
        "Paul Wegner wird Trainer des SV Meppen.",
        weakest,
    ),
    Pass("order", "the order of the text", ("claims",), ("claims",), "Sören Link warnt vor Huawei.", in_text_order),
)

PASSES = (BLOCKS, *PARSING, *TREES, *FINDING, *CLAIMING)
"""All passes, in their order; a document and a pipeline ("nlp") are known before the first."""


def read(document: Document, nlp: Language, witness: Witness | None = None) -> Reading | None:
    """Parse a document and mend its trees; None when nothing in it is worth reading (all boilerplate)."""
    known = run([BLOCKS], {"document": document, "nlp": nlp}, witness)
    return _read((*PARSING, *TREES), known, witness) if known["pieces"] else None


def of_doc(doc: Doc, id: str = "", witness: Witness | None = None) -> Reading:
    """A Doc that somebody else parsed, as one block whose offsets are the Doc's own; UD trees are mended in place."""
    starts = tuple(token.idx for token in doc)
    ends = tuple(token.idx + len(token) for token in doc)
    blocks = ((Block(0, len(doc.text), "paragraph"), 0, len(doc)),)
    known = {"document": Document(id, doc.text), "doc": doc, "starts": starts, "ends": ends, "blocks": blocks}
    return _read(TREES, known, witness)


def _read(passes: Sequence[Pass], known: dict[str, Any], witness: Witness | None = None) -> Reading:
    """The Reading in which some passes end."""
    return run(passes, known, witness)["reading"]  # type: ignore[no-any-return]


def extract_claims(reading: Reading, witness: Witness | None = None) -> Extraction:
    """All mentions and claims of a parsed document."""
    known: Known = run((*FINDING, *CLAIMING), {"reading": reading}, witness)
    return Extraction(known["all mentions"], known["claims"])
