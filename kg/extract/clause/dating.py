"""Temporal adverbials of a clause: which of its arguments are dates, and the time that they give.

In "Die Vereinbarung läuft im Oktober 2022 aus" the argument of the verb is a date; "1850 Wohnungen" has none, however
much 1850 looks like a year. What the words mean on a calendar is read in `times`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.clause.terms_of_office import is_term_in_vorfeld
from kg.extract.clause.verb_lemmas import is_modal_infinitive
from kg.extract.time.times import find_times, is_deictic_day, is_special_date
from kg.extract.tree.arguments import is_era
from kg.extract.tree.numbers import is_running_number
from kg.language.auxiliaries import PERFECT
from kg.language.nouns import is_person, noun_list, noun_stems, stem
from kg.language.prepositions import is_led, verbs_asking
from kg.language.verbs import is_of_what_is_to_be, words
from kg.reader.tokens import AND, NOUNS, has, opens_sentence
from kg.records import Time

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.clause.clauses import Clause
    from kg.extract.reading import Reading
    from kg.extract.tree.arguments import Slot
    from kg.records import Span


def is_time(reading: Reading, slot: Slot) -> bool:
    """Temporal adverbial: an argument that is a date, or a noun of time that is no name, or a part of such a time: "am
    Donnerstag", "im Jahr 2015", "bis Ende des Monats".
    """
    part = slot.case is not None and slot.head.text in _PARTS and any(is_clock(c.text) for c in slot.head.rights)
    when = part or is_era(slot.head) or (is_clock(slot.head.text) and slot.head.ent_type_ == "")
    return when or is_date_argument(reading, slot)


# What a part of a time is called, with the whole in the genitive: "zu Beginn der Woche".
_PARTS = ("Anfang", "Beginn", "Ende", "Lauf", "Laufe", "Mitte", "Verlauf")

_PART_OF_DAY = re.compile(
    r"(?:tag|sommer|winter|herbst|frühlings)(?:morgen|vormittag|mittag|nachmittag|abend|nacht)s?$"
)


def is_clock(noun: str) -> bool:
    """Noun of time: one of the list of `times`, or a compound of a part of the day: "Montag", "Samstagabend".

    >>> is_clock("Samstagabend"), is_clock("Montag"), is_clock("Theaterabend")
    (True, True, False)
    """
    word = noun.lower()
    return word in words("times") or bool(_PART_OF_DAY.search(word))


def lasts(slot: Slot) -> bool:
    """Adverbial of duration: "Tage", "Monate" … in the plural with a word before it, one of them, or a long or short
    time: "läuft noch mehrere Monate", "dauert etwa eine Stunde", "Lange Zeit lebten hier Nomaden".
    """
    word, before = slot.head.text.lower(), [c.text.lower() for c in slot.head.children if c.i < slot.head.i]
    units = noun_list("units_of_duration")
    plain = not any(c.dep_ in ("amod", "nmod", "acl") for c in slot.head.children)  # not "plant einen Tag der Kunst"
    one = word in noun_list("unit_of_duration") and plain and any(text in ("ein", "eine", "einen") for text in before)
    some_time = word == "zeit" and any(text.startswith(("lang", "läng", "kurz", "kürz")) for text in before)
    behind = slot.head.nbor().text.lower() if slot.head.i + 1 < len(slot.head.doc) else ""
    return bool(before) and (word in units or one or some_time) and behind not in _SINCE


# What makes a span of time a distance: "ein Jahr nach dem Brand", "drei Tage zuvor".
_SINCE = frozenset({"nach", "vor", "zuvor", "später", "danach", "darauf", "früher", "alt"})


def is_date_argument(reading: Reading, slot: Slot) -> bool:
    """Date as an argument: whether its head lies in a time that the text of its phrase gives, is no entity and counts
    nothing. It becomes the claim's time: "im Oktober 2022", not "den Preis 2015".
    """
    first = slot.case.i if slot.case is not None else slot.head.left_edge.i
    if slot.head.ent_type_ and not is_special_date(slot.head.text):
        return False
    at = reading.starts[slot.head.i]
    found = _times(reading, min(first, slot.head.i), max(slot.head.right_edge.i, _end_of_span(slot.head)))
    dates = (t for t in found if not _is_cardinal(reading, t))
    return any(time.start <= at < time.end for time in dates)  # not in "den Preis 2015"


_ORDINAL = re.compile(r"\d{1,2}\.")


def _end_of_span(year: Token) -> int:
    """The year that ends a span, where the tree hangs it elsewhere: 2008 behind 2005 in "von 2005 bis 2008"; of an
    ordinal the month and year behind it: "am 3. Mai 1960".
    """
    if _ORDINAL.fullmatch(year.text):
        return min(year.i + 2, year.sent.end - 1)
    behind = year.doc[year.i : year.i + 3]
    spans = year.like_num and len(behind) == 3 and behind[1].text == "bis" and behind[2].like_num
    return year.i + 2 if spans else year.i


def time_of(reading: Reading, clause: Clause) -> Time | None:
    """The time of a clause: the first that `times_of` finds, None for none: 2015 in "Link kaufte 2015 die Halle"."""
    return next(times_of(reading, clause), None)


def times_of(reading: Reading, clause: Clause) -> Iterator[Time]:
    """The times of a clause: the first date with one of its own words, not those of a clause below it, and those that
    "und" joins to it: "leitete 2005 bis 2008 und 2015 bis 2019 die Bahn". What dates a noun dates no clause: "Kern,
    seit 2010 Chef der Bahn, lobte Link".
    """
    text, last = reading.document.text, None
    for time in _times(reading, clause.own[0].i, clause.own[-1].i, _tense(clause)):
        gap = text[last.end : time.start].strip() if last is not None else ""
        listed = gap == "," and last is not None and last.text[0].isdigit() and time.text[0].isdigit()
        if last is not None and gap not in AND and not listed:
            return
        words = [t for t in clause.own if time.start <= reading.starts[t.i] < time.end]
        if (
            words
            and not _is_nowadays(clause, words)
            and not _is_cardinal(reading, time)
            and not _dates_noun(reading, clause, words, time)
        ):
            yield time
            last = time


def unplaced_time(reading: Reading, clause: Clause) -> Time | None:
    """Temporal adverbial that no calendar places: the first argument or deictic day that says when and not how long, as
    a time without ends, None for none: "um 12 Uhr", "am Freitag" or "heute" where the day of writing is not known.
    """
    today = next((c for c in clause.verb.children if c.dep_ == "advmod" and is_deictic_day(c.text)), None)
    led = today is not None and not opens_sentence(today) and today.nbor(-1).pos_ == "ADP"  # "das Spiel von heute"
    if today is not None and clause.verb.tag_ != "ADJA" and not led and not _is_nowadays(clause, [today]):
        return _without_ends(reading.span(today.i, today.i))
    for slot in clause.slots:
        if _says_when(reading, clause, slot) and not is_date_argument(reading, slot):
            first = slot.case if slot.case is not None else slot.head.left_edge
            before = not opens_sentence(first) and is_deictic_day(first.nbor(-1).text)  # "morgen Abend"
            behind = (c.right_edge for c in slot.head.rights if c.left_edge.i == slot.head.i + 1 and not is_led(c))
            last = max(next(behind, slot.head), first)  # a tree may hang a preposition behind its noun
            time = _without_ends(reading.span(min(first.i - before, slot.head.i), last.i))
            return None if _is_of_what_is_called(clause, time) else time
    return None


def _without_ends(span: Span) -> Time:
    return Time(span.start, span.end, span.text)


# Prepositions that lead to when something happens, and those that do before some nouns alone.
_TEMPORAL = frozenset("ab an bis in nach seit um vor während binnen innerhalb".split())
_TEMPORAL_BEFORE = {
    "zu": ("beginn", "anfang", "ende", "wechsel", "zeitpunkt"),
    "über": ("nacht",),
    "gegen": ("uhr", "mittag", "abend", "morgen", "mitternacht", "ende", "anfang"),
}


def _says_when(reading: Reading, clause: Clause, slot: Slot) -> bool:
    """Whether an argument says when: no predicate, no complement or object of the verb ("plant das nächste Jahr",
    "passte Preise an den Winter an"), no duration or measure ("vier Jahre", "um Jahre verzögert"), not "zum dritten
    Mal". Without a preposition it says which time it is.
    """
    word, led = slot.head.text.lower(), slot.preposition
    if slot.role == "pred" or word in ("mal", "male") or not is_time(reading, slot):
        return False
    if slot.case is None:
        objects = any(other.role == "obj" and other.case is None and other is not slot for other in clause.slots)
        free = objects or clause.passive or clause.lemma not in words("with_object")
        return free and any(_points(c) for c in slot.head.lefts)
    moved = led in ("an", "in", "vor") and has(slot.head, "Case", "Acc")
    asked = led != "in" and clause.lemma in verbs_asking(led, moving=moved)
    counted = stem(word) in noun_stems("units_of_time") and led == "um"
    temporal = led in _TEMPORAL or word.endswith(_TEMPORAL_BEFORE.get(led, ("\n",)))
    return temporal and not (moved or asked or counted)


def _points(word: Token) -> bool:
    """Whether a determiner or adjective tells which one of several times is meant: "jedes", "diesem", "nächsten"."""
    return word.lower_.startswith(("jed", "dies", "nächst", "letzt", "vergangen", "kommend", "vorig", "folgend"))


def _tense(clause: Clause) -> str:
    """Tense: "over" in the preterite, and in the perfect with haben or of a verb that takes sein: "hat heute besucht".

    Present tense with future reference (futurisches Präsens): "present" where the finite verb is an indicative present
    of the main verb, copula or modal, so that a weekday or month without year lies ahead, else "": the words decide.
    Not with haben, sein or werden as auxiliary, nor with a verb of saying or measuring, which news have in the present
    for what is over: "Sein Vertrag läuft im Juni aus" → present; "wie die Polizei am Freitag mitteilt" → "".
    """
    finite = clause.finite
    if finite is None or clause.mood == "Sub":
        return ""
    perfect = finite in clause.auxiliaries and finite.lemma_ in PERFECT and clause.verb.tag_ == "VVPP"
    if (perfect and not clause.passive) or (has(finite, "Tense", "Past") and finite.tag_ != "VMFIN"):
        return "over"
    if not has(finite, "Tense", "Pres"):
        return ""
    due = finite.tag_ == "VMFIN" or is_modal_infinitive(finite, clause.verb)  # "muss bis Mai zahlen", "ist zu zahlen"
    infinite = clause.verb.tag_ not in ("VVPP", "VAPP") and due  # not "kann im Mai gezahlt haben"
    main = finite == clause.verb or infinite or (finite == clause.copula and clause.verb.tag_ != "VVPP")
    verb = clause.lemma.rpartition(" ")[2]
    told = verb in words("saying") or verb in words("measuring") or verb in ("haben", "werden")
    return "present" if main and not told else ""


def _is_nowadays(clause: Clause, phrase: list[Token]) -> bool:
    """ "heute" as "these days" (heutzutage), which dates nothing: beside a present of a verb of what lasts, and behind
    "als" or "wie" of a comparison: "Das Haus gehört ihr heute", "weniger als heute"; not "Heute berät der Rat".
    """
    today = phrase[0]
    if len(phrase) > 1 or today.text.lower() != "heute":
        return False
    compared = not opens_sentence(today) and today.nbor(-1).text.lower() in ("als", "wie")
    return compared or (_tense(clause) == "present" and clause.lemma.removeprefix("sich ") in words("lasting"))


# Relations of what belongs to a noun alone, and prepositions that lead to the date of one: "der Vertrag vom 3. Mai".
_ATTRIBUTIVE = frozenset({"appos", "amod", "acl", "acl:relcl", "parataxis"})
_OF = ("von", "vom", "aus")


def _dates_noun(reading: Reading, clause: Clause, words: list[Token], time: Time) -> bool:
    """Whether a time is that of an apposition, a bracket, a participle, a document or an event, and not of the clause.

    "Kern, seit 2010 Chef der Bahn, …", "Kern (1950–2010) …", "der 1950 geborene Kern", "laut Urteil vom 3. Mai", "nach
    dem Umzug 2019", "der für Mai einen Streik ankündigt"
    """
    if clause.verb in words:
        return False
    return (
        _in_brackets(reading, clause, words[0])
        or _before_role(words)
        or (clause.verb.tag_ != "ADJA" and _behind_article(words[0]))
        or _is_behind_event(clause, words)
        or _is_of_what_is_called(clause, time)
        or (clause.finite is not None and is_term_in_vorfeld(reading, time, clause.finite.i))
        or any(_is_attribute(word, clause, time.text) for word in words if word.head not in words)
    )


def _in_brackets(reading: Reading, clause: Clause, word: Token) -> bool:
    """Whether a word stands in a bracket that its clause's verb stands outside of: "Kern (seit 2010 Chef) lobte"."""
    before = [t.text for t in reading.doc[word.sent.start : word.i]]
    opened = max((i for i, text in enumerate(before, word.sent.start) if text == "("), default=-1)
    if opened < 0 or ")" in [t.text for t in reading.doc[opened : word.i]]:
        return False
    closed = next((t.i for t in reading.doc[word.i : word.sent.end] if t.text == ")"), word.sent.end)
    return not opened < clause.verb.i < closed


def _before_role(words: list[Token]) -> bool:
    """Whether a time opens an apposition: it stands between a comma or dash and a role noun: ", seit 2010 Chef"."""
    first, last = words[0], words[-1]
    if first.i == first.sent.start or last.i + 1 >= last.sent.end:
        return False
    return first.nbor(-1).text in (",", "–", "-", "(") and is_person(last.nbor().text) and last.nbor().pos_ == "NOUN"


def _behind_article(word: Token) -> bool:
    """Whether a time opens the attributes of a noun: a bare year or a preposition stands right behind an article, as in
    "die 1960 geborene Eva Horn", "der am Montag beschlossene Plan", not "den Sommer 2019".
    """
    if word.i == word.sent.start or word.nbor(-1).tag_ != "ART":
        return False
    return word.tag_ in ("APPR", "APPRART") or (word.text.isdecimal() and len(word) == 4)


def _is_behind_noun(date: Token, clause: Clause) -> bool:
    """Whether a date that hangs on a noun stands behind it, as attributes do, and the noun is not the predicate."""
    return date.head.i < date.i and date.head != clause.verb


# Prepositions that put the event of their noun apart from that of the verb: "nach dem Umzug 2019 kaufte er".
_ASIDE = frozenset({"nach", "vor", "seit", "wegen", "trotz", "aufgrund", "infolge", "angesichts", "dank"})


def _is_behind_event(clause: Clause, words: list[Token]) -> bool:
    """Vorfeld: a date before the finite verb, behind a phrase with "nach", "vor", "wegen" … that opens the clause, is
    that of its event, for only one phrase stands before a German finite verb; so is one that hangs on such a phrase.

    "Nach seinem Umzug 2019 kaufte er ein Haus" says when he moved; "Nach 2019 kaufte er" and "Beim Umzug 2019 fiel er"
    date the verb.
    """
    first, date = clause.own[0], words[0]
    phrase = next((c.head for c in (first, *clause.own[1:2]) if c.dep_ == "case" and c.text.lower() in _ASIDE), None)
    if phrase is not None and clause.finite is not None and not clause.mark and not is_clock(phrase.text):
        before = phrase.i < date.i and words[-1].i < clause.finite.i and phrase not in words
        if before and phrase.pos_ == "NOUN" and not any(t.is_punct for t in date.doc[phrase.i : date.i]):
            return True
    nouns = (w.head for w in words if w.dep_ == "nmod" and w.head not in words and w.head.pos_ == "NOUN")
    return any(c.dep_ == "case" and c.text.lower() in _ASIDE for noun in nouns for c in noun.children)


def _is_of_what_is_called(clause: Clause, time: Time) -> bool:
    """Announced event: whether a date with "für" beside a verb of calling says when that is to be, not when one called:
    "ruft für Dienstag zu einer Kundgebung auf", not "plant für Dienstag eine Kundgebung".
    """
    return clause.lemma in words("calling") and not clause.passive and time.text.lower().startswith("für ")


def _is_attribute(word: Token, clause: Clause, said: str) -> bool:
    """Whether a date hangs on a noun: below an apposition, participle or relative clause, by "von" or "aus", or right
    behind a lone "vom", wherever the tree hangs that: "mit den Überfällen vom Mai". Beside a present tense any
    preposition before a date without year will do, for what is so now is not of then: "Das Urteil im März stellt …".
    """
    present = _tense(clause) == "present" and re.search(r"\d{4}", said) is None
    if _follows_noun_and_vom(word):
        return True
    while word != clause.verb and word.head != word:
        span = word.i < word.head.i and " bis " in said  # "war von 1925 bis 1929 Präsident"
        of = said.split()[0].lower() in _OF or any(c.dep_ == "case" and c.text.lower() in _OF for c in word.children)
        led = (of and not span) or (present and _is_behind_noun(word, clause)) or _is_effective_date(word, clause)
        if word.dep_ in _ATTRIBUTIVE or (word.dep_ == "nmod" and led and word.head.tag_ != "CARD"):
            return True
        word = word.head
    return False


def _is_effective_date(date: Token, clause: Clause) -> bool:
    """Whether a date with "zum" hangs on the object of a verb of deciding or planning, and says when that is to be:
    "beschloss die Schließung zum Sommer 2028".
    """
    led = any(c.dep_ == "case" and c.text == "zum" for c in date.children)
    return led and date.head.dep_ == "obj" and is_of_what_is_to_be(clause.lemma)


def _follows_noun_and_vom(date: Token) -> bool:
    """Whether a date stands right behind a noun and "vom": "Überfälle vom Mai", not "stammt vom Mai"."""
    before = date.doc[max(date.sent.start, date.i - 2) : date.i]
    return len(before) == 2 and before[1].text == "vom" and before[0].pos_ in NOUNS


def _times(reading: Reading, first: int, last: int, tense: str = "") -> Iterator[Time]:
    """The times that the text names between two tokens, from the cheap look of `triggers` on: "im Oktober 2022"."""
    start, end = reading.starts[first], reading.ends[last]
    i = bisect_left(reading.triggers, start)
    if i < len(reading.triggers) and reading.triggers[i] < end:
        yield from find_times(reading.document.text[start:end], start, reading.document.date, tense)


def _is_cardinal(reading: Reading, time: Time) -> bool:
    """Number that looks like a year: it counts the noun right behind it ("1850 Wohnungen") or numbers the one before it
    ("Resolution 1612").
    """
    i = bisect_left(reading.ends, time.end)
    number = reading.doc[min(i, len(reading.doc) - 1)]
    counted = number.head
    counts = number.dep_ == "nummod" and counted.i == number.i + 1 and counted.pos_ == "NOUN"
    return counts or is_running_number(number)
