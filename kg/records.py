"""The words of kg as records: Document, Mention, Claim, Entity, Fact.

"Oberbürgermeister Sören Link warnt vor Huawei." holds two named mentions (Sören Link, Huawei) and one claim
(Sören Link – warnen vor – Huawei). The entities are what the mentions refer to; a fact is all claims that say the
same of the same entities. Records are frozen and hold no spaCy object, so they outlive the text they came from.

All offsets are Unicode code points into `Document.text`, half-open: `text[start:end]` is the span.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from kg.checks import short
from kg.errors import SourceError
from kg.modalities import TABLE, is_sure
from kg.system.text import is_date

TYPES = ("Person", "Organization", "Place", "Product", "Agreement", "Event", "Work", "Role", "Concept", "Thing")
"""What an entity can be. Role, Concept and Thing are what is left: "Sprecher", "Risiko", a name of unknown kind."""

FORMS = ("named", "nominal", "pronoun", "part")
"""How a mention refers: "Sören Link", "der Konzern", "er", and the "DVV" in "DVV-Sprecher"."""

POLARITIES = ("positive", "negative")
MODALITIES = tuple(modality.name for modality in TABLE)  # how far a clause commits itself, see `kg.modalities`
VERDICTS = ("same", "not same", "unsure")

ROLES = (
    "recipient", "complement", "content", "place", "source", "goal", "partner", "opponent", "topic", "beneficiary",
    "instrument", "cause", "purpose", "amount", "manner", "extent", "oblique",
)  # fmt: skip
"""What takes part in a clause beside subject and object; "oblique" where the preposition tells no more."""

CONCEPTS = ("none", "linked", "all")
"""Which of the things without a name a graph has, see `KnowledgeGraph.with_concepts`."""

DRAWN = ("none", "joining", "linked", "all")
"""Which of them a drawing shows, see `kg.graph.network.network`; "joining" where nobody says."""

LEVELS = ("plain", "claims", "full")
"""How much of a graph becomes triples: labels and direct triples, the facts and their sentences too, or all of it."""

UNITS = ("sentence", "paragraph", "document")
"""In what two entities may be named together, see `KnowledgeGraph.cooccurrence`."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text and where it comes from. `text` never changes: every offset points into it.

    `date` is ISO 8601 as precisely as known ("2018-01-13", "2018-01", "2022"); what is unknown is "".
    `encoding` is the one the file was decoded with ("" for text that came as Unicode).
    Raises SourceError for a field that is no string, and for another date.
    """

    id: str
    text: str
    title: str = ""
    date: str = ""
    publisher: str = ""
    url: str = ""
    encoding: str = ""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if not isinstance(value, str):
                what = f"its {name} is no string but {type(value).__name__}"
                raise SourceError(f"Document {short(self.id)}: {what}; pass a string")
        if self.date and not is_date(self.date):
            what = f'the date "{self.date[:40]}" is not ISO 8601'
            raise SourceError(f"{self.id}: {what}; write YYYY, YYYY-MM or YYYY-MM-DD")

    @classmethod
    def as_kept(cls, *values: str) -> Document:
        """A document as a file of ours holds it, unchecked: an older kg took any date, such as "Mai 2021"."""
        document = object.__new__(cls)
        for name, value in zip(cls.__slots__, values, strict=True):
            object.__setattr__(document, name, value)
        return document

    @property
    def sha256(self) -> str:
        """Digest of the text as UTF-8, in hex: two documents with the same digest say the same."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The piece of text between two offsets.

        >>> Document("a", "Huawei warnt.").span(0, 6)
        Span(start=0, end=6, text='Huawei')
        """
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a document: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span of a document that names or refers to something.

    `name` is the text as a name: one line, no quotation marks, compound part alone; a case ending stays on it,
    because whether "Duisburgs" is a genitive is for resolution to say. `description` is the noun beside the name
    ("Plattform" for "die Daten-Plattform RhineCloud"), `case`, `gender` and `number` are the UD values or ""; where
    several are possible they stand together ("Masc,Neut" for "ihm").

    `sentence` and `clause` are numbers within the document, `role` is what the mention is in its clause: "subject",
    "object", "possessor" or "". `pointing` tells that it means what the text has named elsewhere ("er", "der Konzern");
    `antecedent` is the id of the mention that grammar alone makes it stand for, as in "Link, der …", else "".
    """

    doc: str
    start: int
    end: int
    text: str
    form: str
    type: str
    name: str
    description: str = ""
    case: str = ""
    gender: str = ""
    number: str = ""
    sentence: int = 0
    clause: int = 0
    role: str = ""
    pointing: bool = False
    antecedent: str = ""

    @property
    def id(self) -> str:
        """The document and the offsets, "seite1#10-16": where a mention stands is what it is."""
        return f"{self.doc}#{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Argument:
    """What stands in a claim as subject, object or speaker: the span of one mention, and its type."""

    start: int
    end: int
    text: str
    type: str


@dataclass(frozen=True, slots=True)
class Literal:
    """An object that is no thing: "offen", "12. Januar 2018", "drei". Its span, and the value as text."""

    start: int
    end: int
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Role:
    """What stands in a clause beside its subject and object: "in Stade" is its place, "Nele Prinz" the recipient.

    `role` is one of `ROLES`, `preposition` what leads it, without an article ("zu" for "zur"), or "". `argument` is a
    mention, or a text ("offen", "dass die Stadt baut").
    """

    role: str
    preposition: str
    argument: Argument | Literal


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a claim says of its subject.

    `lemma` is the verb with its particle and "sich", or with the noun or phrase that makes one idiom with it
    ("auslaufen", "zur Verfügung stellen"), or the role noun ("Sprecher"). A passive without who acts stays one
    ("gebaut werden"). `spans` are the pieces of text it was read from, `text` those pieces joined by a blank.
    `iri` is compact: "org:headOf" for a relation of `ontology/relations.toml`, "kgp:warnen" for an open one.
    """

    lemma: str
    iri: str
    spans: tuple[tuple[int, int], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Time:
    """When something holds: `since`/`until` are ISO dates ("2018", "2018-01", "2018-01-12"), "" where open; both are ""
    where no calendar places it ("um 12 Uhr"). `start`, `end` and `text` are the span that says so.
    """

    start: int
    end: int
    text: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause says, with the sentence it was read from.

    "Henrik Saller übergab Nele Prinz in Stade die Schlüssel" has the object "die Schlüssel", and as `roles`, in the
    order of the text, a recipient and a place. `object` is None where the verb needs none ("Das Lager brannte aus").
    `polarity` is one of `POLARITIES`, `modality` one of `MODALITIES`; `speaker` is None when the author says it in
    their own voice. `confidence` is how surely it is right, `risk` how likely whoever reads it alone believes something
    false about a person, firm or place that is named, both from 0 to 1.
    """

    doc: str
    sentence: Span
    subject: Argument
    predicate: Predicate
    object: Argument | Literal | None
    polarity: str = "positive"
    modality: str = "asserted"
    speaker: Argument | None = None
    time: Time | None = None
    confidence: float = 1.0
    roles: tuple[Role, ...] = ()
    risk: float = 0.0

    @property
    def arguments(self) -> tuple[Argument | Literal, ...]:
        """What the clause says something of or with: subject, object where there is one, and what has a role."""
        return (self.subject, *((self.object,) if self.object else ()), *(role.argument for role in self.roles))

    @property
    def is_located(self) -> bool:
        """Whether it is known which words say it; RDF below the level "full" keeps the sentence alone."""
        return bool(self.predicate.iri)


def claim_order(claim: Claim) -> tuple[object, ...]:
    """The order of claims: by their places in the texts; of what stands at one place, by what it says."""
    said, end = claim.predicate, (claim.object.start, claim.object.end) if claim.object else (-1, -1)
    how = (said.lemma, said.iri, claim.polarity, claim.modality)
    ends = (claim.subject.end, claim.sentence.end, claim.speaker.start if claim.speaker else -1)
    roles = tuple((role.argument.start, role.argument.end, role.role, role.preposition) for role in claim.roles)
    when = (claim.time.start, claim.time.end, claim.time.since, claim.time.until) if claim.time else (-1, -1, "", "")
    return (claim.doc, claim.sentence.start, said.spans, claim.subject.start, *end, *how, *ends, roles, when)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields; depends on the document and the model alone.

    `mentions` are sorted by offset, `claims` by `claim_order`. Each Argument of a claim has the offsets of a mention.
    """

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two mentions (by id) are the same: `verdict` is "same", "not same" or "unsure".

    `by` is who decided (the name of a rule, or of a person), `why` the reason in words, `score` how sure it is,
    between 0 and 1; persons are sure. `when` is the ISO date of a person's verdict; a rule has none. `left_name` and
    `right_name` are the names that the person judged: the verdict is on these, whatever stands there after an edit.
    """

    left: str
    right: str
    verdict: str
    by: str
    why: str = ""
    score: float = 1.0
    when: str = ""
    left_name: str = ""
    right_name: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """How a graph was made: the version of kg, the pipeline that read the texts ("de_kg_news 0.2.0"), the options.

    `gazetteers` are the names of their files, sorted. `relations` is the text of the user's own relations and classes,
    which goes where the graph goes. `date` is ISO 8601 and the caller's word: kg has no clock. What is unknown is "".
    """

    version: str = ""
    model: str = ""
    concepts: str = ""
    gazetteers: tuple[str, ...] = ()
    date: str = ""
    relations: str = ""

    def settings(self) -> tuple[str, ...]:
        """What decides the result, as "name=value": everything but the date.

        >>> Run("0.1.0", concepts="linked").settings()
        ('version=0.1.0', 'concepts=linked')
        """
        pairs = [("version", self.version), ("model", self.model), ("concepts", self.concepts)]
        pairs += [*(("gazetteer", name) for name in self.gazetteers), ("relations", self.relations)]
        return tuple(f"{name}={value}" for name, value in pairs if value)


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a gazetteer: what somebody knows to be there, under all its names, with its external IRIs."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    type: str = "Thing"
    same_as: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions refer to. `id` is readable and unique in its graph ("Sören_Link"), and the end of its IRI.

    `label` is the fullest proper form, `aliases` the other names found, sorted; `same_as` holds external IRIs.
    `kind` is finer than the type where the text tells ("company", "public body", "city", of `ontology.kinds`), else "".
    `named` tells a real name from a concept ("unkalkulierbare Risiken"). A concept's `parts` are the ids of the
    entities named inside its phrase: Huawei in "Komponenten von Huawei".
    """

    id: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    same_as: tuple[str, ...] = ()
    named: bool = True
    parts: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = field(default=(), repr=False)
    kind: str = ""

    @property
    def weight(self) -> int:
        """How many documents mention it."""
        return len({mention.doc for mention in self.mentions})


_LIGHT = frozenset(f"kgp:{verb}" for verb in ("sein", "haben", "werden", "geben", "machen", "kommen", "gehen"))


@dataclass(frozen=True, slots=True, order=True)
class FactRole:
    """What has a role in a fact, see `Role`: the entity of that id, or where it is none the text `value`."""

    role: str
    preposition: str = ""
    entity: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """All claims with the same predicate and the same entities in the same roles, that agree in how firmly and when.

    `subject` and `speaker` are entity ids ("" for the author's own voice), so is `object`, or it is "" and `literal`
    the text ("", too, where there is none). `roles` are sorted, `lemma` and `predicate` (compact IRI) the claims' own,
    `since`/`until` the time that these name; `weight` counts documents, `confidence`, `risk` follow from the claims'.
    """

    id: str
    subject: str
    predicate: str
    lemma: str
    object: str
    literal: str = ""
    polarity: str = "positive"
    modality: str = "asserted"
    speaker: str = ""
    since: str = ""
    until: str = ""
    weight: int = 1
    claims: tuple[Claim, ...] = field(default=(), repr=False)
    roles: tuple[FactRole, ...] = ()
    confidence: float = 1.0
    risk: float = 0.0

    @property
    def ends(self) -> tuple[str, ...]:
        """The ids of the entities that take part, subject first, then the object; each once."""
        return tuple(dict.fromkeys(filter(None, (self.subject, self.object, *(role.entity for role in self.roles)))))

    @property
    def direct(self) -> bool:
        """Whether it may be a plain triple: it has an object, is sure and safe, asserted, in the author's own voice."""
        plain = self.polarity == "positive" and self.modality == "asserted" and not self.speaker
        return plain and bool(self.object or self.literal) and not self.light and is_sure(self.confidence, self.risk)

    @property
    def light(self) -> bool:
        """Whether a light verb alone joins subject and object: "hat", "macht" say nothing of two without more."""
        return self.predicate in _LIGHT and bool(self.object) and not self.roles
