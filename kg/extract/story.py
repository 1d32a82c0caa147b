"""Which pass changed what in a text: "Kreistag: fordern/obl → Grünen/nmod" by the pass for the Vorfeld.

A `Story` watches the passes of the table at work (see `kg.extract.table`), looks at what each gave, and tells it by
sentence. Unwatched it costs nothing: the passes know nothing of it, but for the log of edits that a tree keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kg.extract.claims.propositions import Proposition, Said
from kg.extract.names.appositions import Name
from kg.extract.names.mentions import Mentions
from kg.extract.nominal.affiliations import Office
from kg.extract.passes import extract_claims, read
from kg.extract.reading import Reading
from kg.extract.speech.attribution import Speech
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.table import Known, Pass
from kg.extract.tree.edits import Attachment, Edit, keep_log, log_of
from kg.records import Claim, Document, Mention
from kg.system.text import one_line

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Change: TypeAlias = tuple[int, str]
"""The token that a change is about, and the change in words."""


class Told(NamedTuple):
    """What one pass changed at a token."""

    token: int
    by: Pass
    what: str


class Story:
    """What the passes did with one document."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self._earlier: Any = None

    def before(self, at_work: Pass, known: Known) -> None:
        """Keep what a pass may change in place."""
        self._earlier = _state_before(at_work, known)
        if (log := _log(known)) is not None:
            log.edits = []

    def after(self, at_work: Pass, known: Known) -> None:
        """Tell what it changed."""
        if at_work.name == "scheme":
            keep_log(known["tree"])
        log = _log(known)
        changes = _edits(known["tree"], log.edits) if log is not None else iter(())
        tell = _TELLING.get(at_work.name) or _TELLING.get(at_work.gives[-1])
        found = tell(self._earlier, known) if tell is not None else ()
        self.told += (Told(token, at_work, what) for token, what in chain(changes, found))


def story_lines(document: Document, nlp: Language) -> Iterator[str]:
    """Yield the lines that tell how a document is read: each sentence, below it each pass and what it changed.

    What is left out of a text as boilerplate stands in its place, in brackets.
    """
    story = Story()
    reading = read(document, nlp, story)
    yield f"# {one_line(document.id)}"
    if reading is None:
        yield from _left_out(document.text)
        return
    extract_claims(reading, story)
    by_sentence: dict[int, list[Told]] = {}
    for told in story.told:
        by_sentence.setdefault(reading.doc[told.token].sent.start, []).append(told)
    end = 0
    for sentence in reading.sentences():
        span = reading.sentence_span(sentence)
        yield from _left_out(document.text[end : span.start])
        yield one_line(span.text)
        yield from _lines(by_sentence.get(sentence.start, ()))
        end = span.end
    yield from _left_out(document.text[end:])


def _left_out(text: str) -> Iterator[str]:
    """What is left out of a text as boilerplate, in brackets; nothing where only blanks are."""
    if words := one_line(text):
        yield f"[{words}]"


def _lines(told: Iterable[Told]) -> Iterator[str]:
    """Each pass once, and below it what it changed."""
    last = None
    for each in told:
        if each.by is not last:
            yield f"  {each.by.name} – {each.by.phenomenon}"
            last = each.by
        yield f"    {one_line(each.what)}"


def _log(known: Known) -> Any:
    """The log of edits of the tree, None as long as there is none."""
    return log_of(known["tree"]) if "tree" in known else None


def _state_before(at_work: Pass, known: Known) -> Any:
    """What there was before a pass under the name that it gives, as a copy where the pass changes it in place."""
    name = at_work.gives[-1]
    if name == "words" and name in known:
        return [{token.idx: bool(token.is_sent_start) for token in doc} for doc in known[name]]
    if name == "names" and name not in known:
        return tuple(known["found"].names)
    if name == "found" and name in known:
        return tuple(known[name].names)
    return known.get(name, ())


def _tokens(earlier: Sequence[Mapping[int, bool]], known: Known) -> Iterator[Change]:
    """Full stops that became tokens of their own, and the beginnings of sentences that were set."""
    first = 0
    for before, doc in zip(earlier, known["words"], strict=False):
        for token in doc:
            if token.idx not in before:
                yield first + token.i, f"“{token.text}” is a word of its own"
            elif token.i and token.is_sent_start and not before[token.idx]:
                yield first + token.i, f"a sentence begins with “{token.text}”"
        first += len(doc)


def _edits(doc: Doc, edits: Iterable[Edit]) -> Iterator[Change]:
    """Each word that a pass moved, from where it stood before the pass to where it stands after it."""
    moved: dict[int, tuple[Attachment, Attachment]] = {}
    for edit in edits:
        moved[edit.word] = (moved[edit.word][0] if edit.word in moved else edit.old, edit.new)
    for word, (old, new) in sorted(moved.items()):
        tags = f" ({old.tag} → {new.tag})" if old.tag != new.tag else ""
        if old[:2] != new[:2]:
            yield word, f"{doc[word].text}: {_where(doc, word, old)} → {_where(doc, word, new)}{tags}"
        elif tags:
            yield word, f"{doc[word].text}: {old.tag} → {new.tag}"


def _where(doc: Doc, word: int, place: Attachment) -> str:
    """How a word is attached, in words: "fordern/obl", of a root "ROOT"."""
    return place.relation if place.head == word else f"{doc[place.head].text}/{place.relation}"


def _names(earlier: Sequence[Name], known: Known) -> Iterator[Change]:
    """Names that were found."""
    before = set(earlier)
    yield from ((name.first, f"{name.text} ({name.type})") for name in known["found"].names if name not in before)


def _types(earlier: Sequence[Name], known: Known) -> Iterator[Change]:
    """Names that have another type now, or are told in full: "Kern → Eva Kern"."""
    before = {(name.last, name.cut): name for name in earlier}
    for name in known["names"]:
        old = before[name.last, name.cut]
        if old.text != name.text:
            yield name.first, f"{old.text} → {name.text}"
        if old.type != name.type:
            yield name.first, f"{name.text}: {old.type} → {name.type}"


def _titles(_: object, known: Known) -> Iterator[Change]:
    """Names whose type a noun beside them tells, and what they are called by it."""
    mentions: Mentions = known["mentions"]
    for name in mentions.names:
        mention = mentions.named(name)
        if mention.type != name.type:
            yield name.first, f"{name.text}: {name.type} → {mention.type}"
        if mention.description:
            yield name.first, f"{name.text}: {mention.description}"


def _clauses(_: object, known: Known) -> Iterator[Change]:
    """Clauses by their verb, with their subjects."""
    for sentence in known["sentences"]:
        for head, clause in sentence.clauses.items():
            subjects = ", ".join(subject.text for subject in clause.subjects)
            yield head, f"{clause.lemma}: {subjects}" if subjects else clause.lemma


def _sources(_: object, known: Known) -> Iterator[Change]:
    """Sources that sentences name beside their verbs."""
    sentences: Sequence[AnalysedSentence] = known["sentences"]
    for account in (s.account for s in sentences if s.account is not None):
        yield account.first, account.speaker.text if account.speaker is not None else "nobody named"


def _voices(_: object, known: Known) -> Iterator[Change]:
    """Clauses that are quoted, and of whom."""
    speech: Speech = known["speech"]
    clauses = {head: clause for sentence in known["sentences"] for head, clause in sentence.clauses.items()}
    for head, voice in sorted(speech.voices.items()):
        who = voice.speaker.text if voice.speaker is not None else "nobody named"
        yield head, f"{clauses[head].lemma}: {who}{' (hearsay)' if voice.hearsay else ''}"


def _verbal(name: str) -> Callable[[object, Known], Iterator[Change]]:
    """What clauses or participles say by one of the passes for these."""

    def tell(_: object, known: Known) -> Iterator[Change]:
        found: Sequence[Proposition] = known[name]
        yield from ((each.sentence.span.start, _in_words(each.said)) for each in found)

    return tell


def _nominal(name: str) -> Callable[[object, Known], Iterator[Change]]:
    """What nouns say by one of the passes for these."""

    def tell(_: object, known: Known) -> Iterator[Change]:
        found: Sequence[Office] = known[name]
        yield from ((each.token, _line(each.subject, each.predicate, each.object)) for each in found)

    return tell


def _pointers(_: object, known: Known) -> Iterator[Change]:
    """What points elsewhere, and to what as far as grammar tells."""
    reading: Reading = known["reading"]
    mentions: Sequence[Mention] = known["pointers"]
    texts = {mention.id: mention.text for mention in known["mentions"].all()}
    places = {start: i for i, start in enumerate(reading.starts)}
    for mention in mentions:
        whom = texts.get(mention.antecedent, mention.antecedent)
        yield places[mention.start], f"{mention.text} → {whom}" if whom else mention.text


def _propositions(earlier: Sequence[Proposition], known: Known) -> Iterator[Change]:
    """What is said in another way now: denied, planned, of another time."""
    for old, new in zip(earlier, known["propositions"], strict=False):
        for before, now in ((old.polarity, new.polarity), (old.modality, new.modality)):
            if before != now:
                yield new.sentence.span.start, f"{_in_words(new.said)}: {before} → {now}"
        if new.time is not None and old.time is None:
            yield new.sentence.span.start, f"{_in_words(new.said)}: {new.time.text}"


def _relations(earlier: Sequence[Claim], known: Known) -> Iterator[Change]:
    """Claims whose predicate is another relation now."""
    for old, new in zip(earlier, known["claims"], strict=True):
        if old.predicate.iri != new.predicate.iri:
            yield _first_token(known, new), f"{_claim_in_words(new)}: {old.predicate.iri} → {new.predicate.iri}"


def _dropped_claims(earlier: Sequence[Claim], known: Known) -> Iterator[Change]:
    """Claims that are dropped."""
    left = set(map(id, known["claims"]))
    yield from (
        (_first_token(known, claim), f"dropped: {_claim_in_words(claim)}") for claim in earlier if id(claim) not in left
    )


def _claims(_: object, known: Known) -> Iterator[Change]:
    """The claims that there are in the end."""
    claims: Sequence[Claim] = known["claims"]
    for claim in claims:
        speaker = f"{claim.speaker.text} says" if claim.speaker is not None else ""
        time = claim.time.text if claim.time is not None else ""
        signs = (claim.polarity, claim.modality, speaker, time, f"{claim.confidence:.2f}")
        yield _first_token(known, claim), f"{_claim_in_words(claim)}: {', '.join(filter(None, signs))}"


def _first_token(known: Known, claim: Claim) -> int:
    """The first token of a claim's sentence."""
    return int(known["reading"].starts.index(claim.sentence.start))


def _in_words(said: Said) -> str:
    """What is said in one line: "Link – übergeben – die Schlüssel – recipient Nele Prinz – place in Stade"."""
    roles = ((filler.role, filler.preposition, filler.what.text) for filler in said.roles)
    return _line(said.subject, said.predicate, said.object, roles)


def _claim_in_words(claim: Claim) -> str:
    """A claim in one line, as what is said."""
    roles = ((role.role, role.preposition, role.argument.text) for role in claim.roles)
    return _line(claim.subject, claim.predicate, claim.object, roles)


def _line(subject: Any, predicate: Any, object: Any, roles: Iterable[tuple[str, str, str]] = ()) -> str:
    """Subject, predicate, object and roles in words."""
    ends = [object.text] if object is not None else []
    return " – ".join((subject.text, predicate.lemma, *ends, *(" ".join(filter(None, role)) for role in roles)))


_TELLING: Mapping[str, Callable[[Any, Known], Iterable[Change]]] = {
    "words": _tokens,
    "found": _names,
    "names": _types,
    "titles": _titles,
    "clauses": _clauses,
    "sources": _sources,
    "speech": _voices,
    "verbal": _verbal("verbal"),
    "participial": _verbal("participial"),
    **{
        name: _nominal(name)
        for name in ("roles", "ages", "life data", "kinds", "whereabouts", "events", "kin", "offices", "joint")
    },
    "pointers": _pointers,
    "propositions": _propositions,
    "relations": _relations,
    "weakest": _dropped_claims,
    "order": _claims,
}
"""How what a pass changed is told, by the name of the pass, else by what it gives."""
