"""Who says so: "…, sagt Susanne Stölting", "laut Polizei", „…“, and the Konjunktiv that goes on quoting.

A clause has a speaker when it is the complement of a verb of saying, stands in quotation marks beside one, is framed
by "so X", "laut X" or "X zufolge", or follows such a sentence in the Konjunktiv: "Der Kontakt sei beendet, sagt sie.
Ob es weitergehe, sei offen." Everything else the author says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from kg.extract.clause.clauses import Clause
from kg.extract.clause.modal_verbs import professes
from kg.extract.clause.modality import governor_of
from kg.extract.names.mentions import Mentions
from kg.extract.quotes import quotations
from kg.extract.speech.citations import agent_of, authored, cited
from kg.extract.speech.direct_speech import inquits, speaker_of_quotation
from kg.extract.speech.konjunktiv import (
    announces,
    continues_plan,
    continues_speech,
    has_reported_root,
    is_formulaic,
    reported_below,
)
from kg.extract.speech.reporting_clauses import NO_SPEAKERS, accusations, accuses, framed_by, is_inserted, is_saying
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.speech.source_phrases import SPEAKING, Account, is_account
from kg.extract.text.marks import QUOTES
from kg.language.verbs import words
from kg.ontology import AGENTS
from kg.reader.tokens import DASS
from kg.records import Mention


@dataclass(frozen=True, slots=True)
class Voice:
    """Who a clause is quoted from: `speaker` is None when it is quoted, but nobody is named.

    It is hearsay as well where the speaker is but a report.
    """

    speaker: Mention | None
    hearsay: bool = False


Voices: TypeAlias = Mapping[int, Voice]
"""Head token of each quoted clause → its voice; clauses in the author's own voice are not in it."""


@dataclass(frozen=True, slots=True)
class _Left:
    """What a sentence leaves to the next one of its block: whose voice it ends in, whether it tells something in that,
    whether a colon ends it, and whether it announces something.
    """

    block: int
    voice: Voice
    told: bool
    colon: bool
    announced: bool

    def reaches(self, clause: Clause, clauses: Mapping[int, Clause]) -> bool:
        """Whether the voice goes on in a clause of the next sentence: behind a colon, by Konjunktiv or sollen."""
        return self.colon or continues_speech(clause, clauses) or (self.announced and continues_plan(clause, clauses))


# How many words may stand before the colon that says who speaks: "Oberbürgermeister Sören Link:".
_LONGEST_LABEL = 6


class Speech:
    """What is quoted in a document: voices of clauses, and of any token inside quotation marks."""

    def __init__(self, mentions: Mentions, sentences: Sequence[AnalysedSentence]) -> None:
        self._mentions = mentions
        self._block_starts = [first for _, first, _ in mentions.reading.blocks]
        self._quotes = [(q, Voice(speaker_of_quotation(mentions, q, sentences))) for q in quotations(mentions.reading)]
        self.inquits = inquits([quote for quote, _ in self._quotes], sentences)
        self._quote_starts = [quote.start for quote, _ in self._quotes]
        self.voices: Voices = self._attribute(sentences)

    def quoted(self, token: int) -> Voice | None:
        """Quotation marks: the voice of the quotation that a token stands in, None for a token outside of all."""
        i = bisect_right(self._quote_starts, token) - 1
        return self._quotes[i][1] if i >= 0 and token < self._quotes[i][0].end else None

    def _attribute(self, sentences: Sequence[AnalysedSentence]) -> dict[int, Voice]:
        """Attribution of each clause, by the first of: a frame in its sentence, quotation marks, speech that goes on.

        Speech goes on into a sentence of the same block without a frame behind a colon, with "Demnach" or in the
        Konjunktiv: "Der Kontakt sei beendet, sagt sie. Ob es weitergehe, sei offen."
        """
        voices: dict[int, Voice] = {}
        earlier: tuple[int, Voice | None, bool] = (-1, None, False)  # block, who spoke or acted before; whether spoke
        last: _Left | None = None
        for sentence in sentences:
            block = bisect_right(self._block_starts, sentence.span.start)
            own = dict(self._framed(sentence))
            carried = last if last is not None and last.block == block and not own else None
            refers_back = sentence.span[0].text == "Demnach"
            for head, clause in sentence.clauses.items():
                voice = own.get(head) or self.quoted(head)
                goes_on = carried and (carried.reaches(clause, sentence.clauses) or (refers_back and carried.told))
                if voice is None and carried and goes_on:
                    voice = carried.voice
                if voice is not None:
                    voices[head] = voice
            self._quote_konjunktiv(sentence, voices, earlier[1] if earlier[0] == block else None)
            _inherit_voice(sentence, voices, own)
            self._quote_oblique(sentence, voices)
            last = self._speech_left(block, sentence, voices)
            if last is None and earlier[0] == block and has_reported_root(sentence):
                continue  # in the Konjunktiv somebody from before speaks, not who acts in it
            acting = self._likely_speaker(sentence) if last is None else None
            if last is None and acting is None and earlier[0] == block:
                continue  # "Kern sprach. Aus Studien ließen sich Folgen ableiten. Die Lage sei ernst.": Kern goes on
            if acting is not None and earlier[0] == block and earlier[2] and not _is_personal(acting):
                continue  # "Lutz sagte, … Der Rat beschloss … Man müsse sparen.": Lutz goes on, not the council
            earlier = (block, Voice(last.voice.speaker) if last is not None else acting, last is not None)
        self._quote_before_frame(sentences, voices)
        return voices

    def _quote_before_frame(self, sentences: Sequence[AnalysedSentence], voices: dict[int, Voice]) -> None:
        """Indirect speech before its frame: clauses without a voice take that of the next sentence of their block.

        A Konjunktiv I does, where a main clause in the Konjunktiv is quoted there: "Man habe davon profitiert. Die
        Verträge würden weiter gelten, so Krause." A main clause does before "Das behauptet Meier" (see
        `_claimer_of_das`), also where that opens the next block.
        """
        for sentence, following in reversed(list(pairwise(sentences))):
            ours, theirs = (bisect_right(self._block_starts, s.span.start) for s in (sentence, following))
            roots = (head for head, c in following.clauses.items() if c.relation == "root" and c.mood == "Sub")
            quoted = (voices[head] for head in roots if head in voices)
            voice = next(quoted, None) if ours == theirs else None
            opens = theirs == ours + 1 and following.span.start == self._block_starts[theirs - 1]
            after = self._claimer_of_das(following) if ours == theirs or opens else None
            for head, clause in sentence.clauses.items():
                if voice is not None and head not in voices and clause.is_reported and not is_formulaic(clause):
                    voices[head] = voice
                if after is not None and head not in voices and clause.relation == "root":
                    voices[head] = after
            _inherit_voice(sentence, voices, {})

    def _claimer_of_das(self, sentence: AnalysedSentence) -> Voice | None:
        """Anaphoric "das" with a verb of saying, none of denying: the pronoun "Das" or "Dies" opens the sentence.

        It is not negated. Its subject, or an argument without preposition, is the voice of the sentence before: Meier
        in "Siemens hat betrogen. Das behauptet jedenfalls Meier."
        """
        affirming = words("saying") - words("denying")
        roots = (c for c in sentence.clauses.values() if c.relation == "root" and c.lemma in affirming)
        opens = sentence.span[0]
        frame = next(roots, None) if opens.text in ("Das", "Dies") and opens.dep_ != "det" else None
        if frame is None or frame.negation is not None:
            return None
        beside = (*frame.subjects, *(slot.head for slot in frame.slots if slot.case is None))
        who = next((t for t in beside if t.text.lower() not in NO_SPEAKERS), None)
        return Voice(self._mentions.of(who)) if who is not None else None

    def _likely_speaker(self, sentence: AnalysedSentence) -> Voice | None:
        """Likely speaker: the subject of the first active main clause, if a person, role, organisation or place; a
        Konjunktiv I without a frame is its: "Krause trat vor die Presse. Die Stadt sei pleite."
        """
        roots = (c for c in sentence.clauses.values() if c.relation == "root" and c.subjects and not c.passive)
        acting = [self._mentions.of(clause.subjects[0]) for clause in roots]
        return Voice(acting[0]) if acting and acting[0].type in SPEAKING else None

    def _quote_konjunktiv(self, sentence: AnalysedSentence, voices: dict[int, Voice], earlier: Voice | None) -> None:
        """Konjunktiv I that the tree hangs below no frame: the clause takes the nearest verb of saying before it.

        Where the sentence has no verb of saying at all, a main clause takes the voice of who spoke or acted earlier in
        the block, unless it is a formula ("Gott sei Dank"): "Krause trat vor die Presse. Die Stadt sei pleite." →
        Krause
        """
        frames = [clause for clause in sentence.clauses.values() if is_saying(clause)]
        for head, clause in sentence.clauses.items():
            if head in voices or not clause.is_reported:
                continue
            before = max((f for f in frames if f.verb.i < head), key=lambda f: f.verb.i, default=None)
            if before is not None:
                voices[head] = Voice(self._mentions.of(before.subjects[0]))
            elif earlier is not None and not frames and clause.relation == "root" and not is_formulaic(clause):
                voices[head] = earlier

    def _quote_oblique(self, sentence: AnalysedSentence, voices: dict[int, Voice]) -> None:
        """Oblique Konjunktiv below a verb that is none of saying: who acts there says or thinks so (`reported_below`).

        It has to be a person, role, organisation or place, or a pronoun: "Krause zeigte sich besorgt, dass der Preis
        steige".
        """
        below = ((head, self._mentions.of(who)) for head, who in reported_below(sentence, voices))
        found = {head: Voice(who) for head, who in below if who.form == "pronoun" or who.type in SPEAKING}
        voices.update(found)
        if found:
            _inherit_voice(sentence, voices, found)

    def _speech_left(self, block: int, sentence: AnalysedSentence, voices: Voices) -> _Left | None:
        """The voice that a sentence leaves to the next one: of its last quoted clause, else of a verb of saying in it.

        The verb of saying heads the sentence or is inserted. With the voice stand the block and whether a colon ends
        the sentence: "Weidenfeld warnte:" leaves Weidenfeld. None where nobody speaks.
        """
        spoken = told = [voices[head] for head in sentence.clauses if head in voices]
        if not told:
            own = (c for c in sentence.clauses.values() if is_saying(c))
            frames = (c for c in own if c.relation == "root" or is_inserted(c))
            spoken = [Voice(self._mentions.of(c.subjects[0])) for c in frames]
        if not spoken:
            sources = (cited(self._mentions, c) for c in sentence.clauses.values() if c.relation == "root")
            spoken = [Voice(who) for who in sources if who is not None]
        if not spoken:
            return None
        return _Left(block, spoken[-1], bool(told), colon=sentence.span[-1].text == ":", announced=announces(sentence))

    def _framed(self, sentence: AnalysedSentence) -> Iterator[tuple[int, Voice]]:
        """Frames: yield head and voice of each clause that a verb of saying, a label or a source phrase covers.

        "Link sagte, die Stadt baue", "Polizei: Der Täter ist gefasst", "Laut Polizei ist er gefasst". A source phrase
        does not cover a verb of saying below the main clause, and nothing where it stands inside indirect speech
        itself.
        """
        for clause in sentence.clauses.values():
            if is_saying(clause) and (clause.finite is not None or self._can_speak(clause)):
                voice = self._voice_of_frame(clause)
                for head in framed_by(clause, sentence):
                    yield head, voice
            elif accuses(clause):
                yield from ((head, self._accuser(clause)) for head in accusations(clause, sentence))
            if professes(clause):
                who = self._mentions.of(clause.subjects[0]) if clause.subjects else None
                yield clause.verb.i, Voice(who, hearsay=True)
            source = cited(self._mentions, clause)
            if source is not None:
                yield from ((head, Voice(source)) for head in framed_by(clause, sentence))
        yield from ((head, Voice(author)) for head, author in authored(self._mentions, sentence.clauses))
        label = self._speaker_label(sentence)
        if label is not None:
            yield from ((head, label[1]) for head in sentence.clauses if head > label[0])
        if sentence.account is not None and not _is_embedded_source(sentence, sentence.account):
            for head, clause in _in_scope_of(sentence, sentence.account):
                if not is_saying(clause) or clause.relation == "root":
                    yield head, Voice(sentence.account.speaker, sentence.account.hearsay)

    def _speaker_label(self, sentence: AnalysedSentence) -> tuple[int, Voice] | None:
        """Speaker label: a sentence opens with up to six words, articles, adjectives and nouns, and a colon.

        Where the last word is a person or organisation, it is the voice of the rest; a noun of saying leaves it open
        ("Bericht: …"). Returns the colon and the voice: "Polizei: Der Täter ist gefasst" → Polizei
        """
        colon = sentence.behind(-1, ":")
        if colon is None or colon + 1 == sentence.span.end or not 0 < colon - sentence.span.start <= _LONGEST_LABEL:
            return None
        words = sentence.span[: colon - sentence.span.start]
        if any(token.pos_ not in ("DET", "ADJ", "NOUN", "PROPN") for token in words):
            return None
        last = words[-1]
        if is_account(last):
            return colon, Voice(None)
        name = self._mentions.by_token.get(last.i)
        who = self._mentions.named(name) if name is not None else self._mentions.of(last)
        speaks = name is not None or last.pos_ == "NOUN"
        return (colon, Voice(who)) if speaks and who.type in AGENTS else None

    def _accuser(self, clause: Clause) -> Voice:
        """Who accuses in a passive: its agent, else nobody that is named: "von Lutz beschuldigt" → Lutz."""
        agent = agent_of(clause)
        return Voice(self._mentions.of(agent) if agent is not None else None)

    def _voice_of_frame(self, clause: Clause) -> Voice:
        """The voice of a verb of saying: its subject; for "ich" and "wir" in a quotation, the speaker of that.

        "„Ich glaube, dass Kern geht“, sagte Krause." → Krause
        """
        quoted = self.quoted(clause.subjects[0].i)
        if quoted is not None and quoted.speaker is not None and clause.subjects[0].text.lower() in ("ich", "wir"):
            return quoted
        return Voice(self._mentions.of(clause.subjects[0]))

    def _can_speak(self, clause: Clause) -> bool:
        """Whether an infinitive's understood subject can: none does in "Atomstrom sauber zu nennen ist falsch"."""
        who = self._mentions.of(clause.subjects[0])
        return who.form == "pronoun" or who.type in SPEAKING


def _is_personal(voice: Voice) -> bool:
    """Whether somebody in particular acts, to whom one would turn for the words that follow: no council, no town."""
    return voice.speaker is not None and voice.speaker.type == "Person"


def _in_scope_of(sentence: AnalysedSentence, account: Account) -> Iterator[tuple[int, Clause]]:
    """Scope of a source phrase: yield all clauses of the sentence, or if in a relative or adverbial one, it and those
    below it; none beyond a semicolon or before a colon, and no main clause before one of several that it stands in.

    "so X" always covers all; what an attribute says inside the phrase itself is not covered. "Der Bau ruht, weil laut
    Stadt Geld fehlt": that the building rests is nobody's word, nor that it snowed in "Es schneite, und laut Stadt fiel
    der Strom aus".
    """
    first, doc = sentence.span.doc[account.first], sentence.span.doc
    whole = first.text.lower() == "so"
    within = [t.i for t in (first, *first.ancestors) if t.i in sentence.clauses] if not whole else []
    relative = next((i for i in within if _is_subordinate(sentence.clauses[i])), None)
    main = next((i for i in within if sentence.clauses[i].relation == "root"), None)
    later = main is not None and _is_later_main_clause(sentence.clauses[main])
    reach = range(sentence.span.start, sentence.span.end) if whole else _reach(sentence, account)
    for head, clause in sentence.clauses.items():
        above = {head, *(t.i for t in doc[head].ancestors)}
        told = clause.relation.startswith("acl") and any(account.first <= i <= account.last for i in above)
        before = later and main not in above and head < account.first
        if (
            (relative is None or relative in above)
            and not told
            and not before
            and (head in reach or clause.is_reported)
        ):
            yield head, clause


def _is_later_main_clause(clause: Clause) -> bool:
    """Whether a clause is a coordinated main clause with a subject and a finite verb of its own."""
    own = any(subject in clause.own for subject in clause.subjects)
    return clause.verb.dep_ == "conj" and own and clause.finite in clause.own


def _reach(sentence: AnalysedSentence, account: Account) -> range:
    """The words of a sentence that a source phrase can reach: from a semicolon or colon before it to a semicolon, those
    in quotation marks aside.
    """
    start, end, quoted = sentence.span.start, sentence.span.end, False
    for token in sentence.span:
        quoted = quoted != (token.text in QUOTES)
        if token.i < account.first and token.text in (";", ":") and not quoted:
            start = token.i + 1
        elif token.i > account.last and token.text == ";" and not quoted:
            end = min(end, token.i)
    return range(start, end)


def _is_subordinate(clause: Clause) -> bool:
    """Whether a clause is relative, or adverbial with a conjunction of its own: "weil laut Polizei Öl auslief"."""
    return clause.relation == "acl:relcl" or (clause.relation == "advcl" and clause.mark not in ("", "wie", "so"))


def _is_embedded_source(sentence: AnalysedSentence, account: Account) -> bool:
    """Source phrase inside indirect speech: it stands in a complement clause whose verb of saying comes before it.

    Then it frames nothing, and the outer speaker answers: "Meier sagte, nach Erkenntnissen der Polizei sei …" → Meier
    """
    first = sentence.span.doc[account.first]
    around = [sentence.clauses[t.i] for t in (first, *first.ancestors) if t.i in sentence.clauses]
    inner = around[0] if around else None
    above = governor_of(inner, sentence.clauses) if inner is not None else None
    told = (
        inner is not None
        and (inner.relation == "ccomp" or inner.mark in DASS)
        and not _is_subjectless_or_inserted(inner)
    )
    return told and above is not None and is_saying(above) and above.verb.i < account.first


def _is_subjectless_or_inserted(clause: Clause) -> bool:
    """Whether a clause has no subject or is an inserted frame ("…, sagt Lange"), so that it is no complement."""
    return not clause.subjects or is_inserted(clause)


def _inherit_voice(sentence: AnalysedSentence, voices: dict[int, Voice], own: Mapping[int, Voice]) -> None:
    """Subordination: what hangs on a quoted clause is quoted with it, over the noun of a relative clause too.

    A conjunct shares the frame of the first. Verbs of saying without a frame of their own, and clauses that hang on the
    source phrase, stay the author's: "Link sagte, die Stadt baue, weil sie wachse" → both clauses are Link's.
    """
    clauses, account = sentence.clauses, sentence.account
    if not own and voices.keys().isdisjoint(clauses):
        return
    frames = {clause.verb.i for clause in clauses.values() if is_saying(clause) and clause.verb.i not in own}
    for head, clause in clauses.items():
        governor = governor_of(clause, clauses)  # over the noun of a relative clause
        parent = governor.verb.i if governor is not None else None
        told = account is not None and clause.parent is not None and account.first <= clause.parent.i <= account.last
        if head in voices or head in frames or told or _is_behind_semicolon(clause):
            continue
        if parent in voices:
            voices[head] = voices[parent]
        elif clause.verb.dep_ == "conj" and clause.verb.head.i in own:
            voices[head] = own[clause.verb.head.i]


def _is_behind_semicolon(clause: Clause) -> bool:
    """Whether a semicolon parts a clause from the one that it hangs on, so that it is another sentence, unless its
    Konjunktiv says that speech goes on.
    """
    if clause.is_reported:
        return False
    verb, above = clause.verb.i, clause.verb.head.i
    return any(token.text == ";" for token in clause.verb.doc[min(verb, above) : max(verb, above)])
