"""Names in a parsed text: "Sören Link", "Memorandum of Understanding" in quotation marks, the DVV in "DVV-Sprecher".

The entity recogniser finds most of them; German orthography gives the rest. What stands in quotation marks and is
written like a title is a name; a long form before "(DVV)" is one; a name found once is the same name wherever its
words stand again; and the first part of a hyphen compound can hide one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name, head_noun, is_native, own_type
from kg.extract.names.firms import places
from kg.extract.reading import Reading
from kg.extract.text.marks import PARTNERS
from kg.extract.tree.arguments import is_era
from kg.language.name_words import LEGAL_FORMS, PARTICLES, parted_nickname, turned
from kg.language.nouns import is_kind, is_noun, is_person, noun_list, noun_type
from kg.language.thematic_roles import is_currency
from kg.reader.tokens import NAMES_AND_FOREIGN, NOUNS, PLACES, VERBS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Entity labels of German pipelines (CoNLL, OntoNotes) → our types.
_LABELS = {
    "PER": "Person", "PERSON": "Person", "LOC": "Place", "GPE": "Place", "FAC": "Place", "ORG": "Organization",
    "MISC": "Thing", "PRODUCT": "Product", "EVENT": "Event", "WORK_OF_ART": "Work", "LAW": "Work",
    "NORP": "Organization",
}  # fmt: skip

_QUOTATION_MARKS = "".join(sorted({*PARTNERS, *"".join(PARTNERS.values())}))
_LONGEST_QUOTED_NAME = 6

# What leads to an institution that is called after somebody.
_DEFINITE_ARTICLES = frozenset("das die der dem des den im am beim vom zum zur".split())
_ARTICLES = frozenset({"der", "dem", "den", "des"})
_WITH_ARABIC_ARTICLE = re.compile(r"(?:[Aa][lnst]|[Aa]sch|[Ee]l)-[A-ZÄÖÜ]\w+$")
_ACRONYM = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ0-9&]+[a-z]?$")


def recognised(reading: Reading) -> Iterator[Name]:
    """Named entities of the recogniser, trimmed to the name: no article, title, quotation mark or verb, and no argument
    behind a person ("sagte Wolbers | der Hessischen Allgemeinen"), and no nickname within („Otto „Kalle“ Kern“);
    broken-off ones in full. Yields those with a capital.
    """
    doc = reading.doc
    for entity in doc.ents:
        type_ = _type_of(entity)
        if not type_:
            continue
        first, last = _trimmed(entity, type_)
        if is_era(doc[first]):
            continue
        if last > first and doc[last].text in LEGAL_FORMS:
            type_ = "Organization"
        if type_ == "Person":  # "sagte Wolbers der Hessischen Allgemeinen"
            inside = doc[first + 1 : last + 1]
            articles = (t.i for t in inside if t.text in _ARTICLES and t.nbor(-1).text not in PARTICLES)
            last = next(articles, last + 1) - 1
            while first and doc[first].text.isupper() and _is_particle_in_capitals(doc[first - 1]):
                first -= 1
        if type_ in ("Organization", "Thing"):
            last = _last_of_whole_name(doc, first, last)
        while last > first and (doc[last].is_punct or doc[last].is_space) and not _is_last_mark_of_name(doc[last]):
            last -= 1
        text = doc[first : last + 1].text.strip(_QUOTATION_MARKS + " ")
        text = _in_usual_order(doc, first, last, parted_nickname(text)[0]) if type_ == "Person" else text
        plain = first == last and doc[first].pos_ in ("DET", "PRON", "ADV", "SCONJ")
        plain |= type_ == "Person" and text in noun_list("offences")
        if any(c.isupper() for c in text) and not plain:
            yield Name(first, last, own_type(text, type_), text)


_BEFORE_LISTED = frozenset(";:(•–-)*")
_BEHIND_LISTED = frozenset(";:(.)–-")


def _is_particle_in_capitals(token: Token) -> bool:
    """Whether a word is a particle of a surname in capitals, as minutes have it: the VON of "VON BERG, Otto"."""
    return len(token) > 1 and token.text.isupper() and token.text.casefold() in PARTICLES


def _in_usual_order(doc: Doc, first: int, last: int, text: str) -> str:
    """Surname first: the text of a person's name in its usual order, where it stands in a list: before a semicolon, or
    between a mark or nothing and another; or where the surname is in capitals, as in minutes.

    "Müller, Petra; Schmidt, Hans-Peter" → Petra Müller, Hans-Peter Schmidt; "KERN, Anna" → Anna Kern
    """
    if "," not in text or not turned(text):
        return text
    behind = doc[last + 1].text if last + 1 < len(doc) and not doc[last + 1].is_sent_start else "."
    opens = bool(doc[first].is_sent_start) or first == 0 or doc[first - 1].text in _BEFORE_LISTED
    listed = behind == ";" or (opens and behind in _BEHIND_LISTED)
    return turned(text) if listed or text.partition(",")[0].isupper() else text


def _type_of(entity: Span) -> str:
    """The type of an entity of the recogniser, "" where it is no name: a unit ("Dollar"), a single letter, an origin
    ("die Tübingerin"), a place with a number in quotation marks (read as quoted), a common noun of another type.
    """
    doc, first, last = entity.doc, entity.start, entity.end - 1
    type_ = _LABELS.get(entity.label_, "Thing")
    alone = first == last
    if all(token.text in noun_list("units") or is_currency(token.text) for token in entity):
        return ""
    if alone and (len(doc[first]) == 1 or is_native(doc[first], type_)):
        return ""
    if all(map(_is_particle_in_capitals, entity)):
        return ""  # "VON DER LEYEN, Ursula" taken for two names
    if type_ == "Place" and _is_numbered(doc, first):
        return ""  # what stands in quotation marks is a name by itself
    if alone and doc[first].text in noun_list("acronyms_of_things"):
        type_ = "Thing"
    head = head_noun(doc[last].text) if doc[last].pos_ != "PROPN" else ""
    if alone and is_noun(doc[last].text) and noun_type(doc[last].text) not in ("", type_):
        return ""  # "Stadt und DVV wiegelten ab"
    return "" if head and noun_type(head) != type_ else type_


def _trimmed(entity: Span, type_: str) -> tuple[int, int]:
    """First and last token of an entity without what leads to the name, without an argument of the clause at its end,
    and without a verb and all behind it: "Bosch verkauft Blaupunkt" taken for one name → Bosch.
    """
    doc, first, last = entity.doc, entity.start, entity.end - 1
    if is_era(doc[first]) and first < last:  # "753 v. Chr. von Romulus"
        first += 1 + (doc[first + 1].text == "von" and first + 1 < last)
    while first < last and (_only_leads_to_name(doc[first], type_) or _tells_product(doc[first])):
        first += 1
    while last > first and _is_argument(doc[last], first):
        last -= 1
    verbs = (t.i for t in doc[first + 1 : last + 1] if t.tag_ in ("VVFIN", "VVPP", "VAFIN") and t.text[0].islower())
    return first, next(verbs, last + 1) - 1  # "Bosch verkauft Blaupunkt" taken for one name


def _tells_product(token: Token) -> bool:
    """Close apposition: a common noun of products or works at the start of an entity is no part of the name: "die
    Daten-Plattform RhineCloud".
    """
    return token.tag_ == "NN" and noun_type(token.text) in ("Product", "Work")


def _is_argument(token: Token, first: int) -> bool:
    """Whether a common noun at the end of an entity is subject or object of a word outside it: "griffen Anonymus |
    Seiten an".
    """
    apart = token.head.i not in range(first, token.i)
    return token.tag_ == "NN" and token.dep_ in ("obj", "nsubj", "obl:arg") and apart


def _is_numbered(doc: Doc, first: int) -> bool:
    """Whether a place and a number stand in quotation marks, and so mean a plan or an event: „Stuttgart 21“."""
    if not first or first + 2 >= len(doc) or doc[first + 1].pos_ != "NUM":
        return False
    return doc[first + 2].text in PARTNERS.get(doc[first - 1].text, "")


def _is_last_mark_of_name(token: Token) -> bool:
    """Whether a mark can be the last of a name: a bracket ("Halle (Saale)"), a full stop that ends no sentence."""
    return token.text == ")" or (token.text == "." and token.i + 1 < len(token.doc) and not token.nbor().is_sent_start)


def _last_of_whole_name(doc: Doc, first: int, last: int) -> int:
    """The last token of a name that the recogniser broke off: with the capitalised proper nouns right behind it ("…
    Institute for China | Studies"), and, in a name with "für", with the noun behind "in", "im" or "und" that hangs on
    it: "Bundesamt für Sicherheit | in der Informationstechnik".
    """
    words = {token.text for token in doc[first : last + 1]}
    i = last + 1
    while i < len(doc) and not doc[i].is_sent_start and not doc[i].ent_type_ and doc[i].pos_ in NAMES_AND_FOREIGN:
        if not doc[i].text[0].isupper():
            break
        last, i = i, i + 1
    if "für" in words and i < len(doc) and doc[i].text in ("in", "und", "im"):
        noun = next((t for t in doc[i : i + 4] if t.pos_ in NOUNS), None)
        if noun is not None and not noun.ent_type_ and first <= noun.head.i <= last and noun.dep_ in ("nmod", "conj"):
            return noun.i
    return last


def _only_leads_to_name(token: Token, type_: str) -> bool:
    """Whether the first token of an entity only leads to the name: a mark, an article, preposition or conjunction (but
    no particle of a person), a verb or adjective in lower case, a person's title, a kind before a proper noun ("Stadt
    Essen").
    """
    text, pos = token.text, token.pos_
    if not any(c.isalnum() for c in text):
        return True
    if pos in ("DET", "ADP", "CCONJ") and text[0].islower():
        return text.casefold() not in PARTICLES or type_ != "Person"
    if text[0].islower() and (pos in VERBS or token.tag_ in ("VVPP", "VVFIN", "ADJD")):
        return True
    if type_ != "Person":
        return pos in NOUNS and is_kind(text) and token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN"
    return noun_type(text) == "Person" if pos == "PROPN" else is_person(text)


def with_particles(reading: Reading, names: Iterable[Name]) -> Iterator[Name]:
    """Surname with a particle: a first name of one word, then one or two particles, then a capitalised name. Yields the
    whole and each further place of the surname with its particle: "Felix zur Nieden", "zur Nieden".
    """
    doc = reading.doc
    surnames: set[tuple[str, ...]] = set()
    for name in names:
        if name.type == "Person" and name.first == name.last:
            last = name.last + 1
            while last < len(doc) and doc[last].text in PARTICLES and last - name.last < 3:
                last += 1
            named = (
                last < len(doc) and doc[last].text[0].isupper() and (doc[last].pos_ == "PROPN" or doc[last].ent_type_)
            )
            if name.last + 1 < last and named and doc[name.first].pos_ == "PROPN":
                yield Name(name.first, last, "Person", doc[name.first : last + 1].text)
                surnames.add(tuple(t.text for t in doc[name.last + 1 : last + 1]))
        elif name.type == "Person" and doc[name.first + 1].text in PARTICLES:
            yield name
            surnames.add(tuple(t.text for t in doc[name.first + 1 : name.last + 1]))
    for words, i in sorted(places(reading, surnames)):
        yield Name(i, i + len(words) - 1, "Person", " ".join(words))


def quoted(reading: Reading) -> Iterator[Name]:
    """Title in quotation marks: up to six words between a pair of marks, written like a title (`_is_title`). Yields it
    as a thing, or what its head noun tells: „Frag den Staat“, not „momentan keine“.
    """
    doc = reading.doc
    start, closing = None, ""
    for i, word in enumerate(reading.words):
        if start is None:
            if word in PARTNERS:
                start, closing = i, PARTNERS[word]
        elif word in closing:
            inside = doc[start + 1 : i]
            start = None
            if 0 < len(inside) <= _LONGEST_QUOTED_NAME and _is_title(inside):
                type_ = "Thing"
                yield Name(inside.start, inside.end - 1, own_type(inside.text, type_), inside.text)
        elif i - start > _LONGEST_QUOTED_NAME and doc[i].is_sent_start:
            start = None


def _is_title(span: Span) -> bool:
    """Whether words are written like a title: they start with a capital or digit, end in a capitalised noun or name or
    in a number, and hold no finite verb in lower case, no pronoun and no mark: "Frag den Staat".
    """
    tokens = list(span)
    if not (tokens[0].text[0].isupper() or tokens[0].text[0].isdigit()):
        return False
    if tokens[-1].pos_ not in ("NOUN", "PROPN", "NUM", "X") or tokens[-1].text[0].islower():
        return False
    return not any(
        t.text in ",;:.!?" or ("Fin" in t.morph.get("VerbForm") and not t.text[0].isupper()) or t.pos_ == "PRON"
        for t in tokens
    )


def repeated(reading: Reading, known: Mapping[str, str], taken: Sequence[bool]) -> Iterator[Name]:
    """Repetition: yields known names where the recogniser missed them, with or without genitive -s, and persons by
    their surname or all but their first name: "Link", "zur Nieden". A single word has to look like a name
    (`_looks_like_name`).
    """
    doc = reading.doc
    patterns = {tuple(text.split()): type_ for text, type_ in known.items()}
    surnames = {tuple(t.split()[-1:]) for t, type_ in known.items() if type_ == "Person" and len(t.split()) > 1}
    for text, type_ in known.items():
        words = text.split()
        if type_ == "Person" and len(words) > 1:
            patterns.setdefault(tuple(words[1:]), type_)
            patterns.setdefault((words[-1],), type_)
    lengths = _lengths(patterns)
    i = 0
    while i < len(doc):
        hit = next(
            (
                w
                for n in lengths.get(reading.words[i], ())
                if (w := _match(reading.words, i, n, patterns))
                and _looks_like_name(doc, i, len(w), _without_genitive(w, patterns) in surnames)
            ),
            None,
        )
        if hit and not any(taken[i : i + len(hit)]):
            yield Name(i, i + len(hit) - 1, patterns[_without_genitive(hit, patterns)], " ".join(hit))
        i += len(hit) if hit else 1


def _lengths(patterns: Iterable[tuple[str, ...]]) -> dict[str, list[int]]:
    """First word of a pattern, for one of one word with its genitive → how many words to try, most first.

    >>> _lengths([("Sören", "Link"), ("Link",), ("Sören",)])
    {'Sören': [2, 1], 'Link': [1], 'Links': [1], 'Sörens': [1]}
    """
    found: dict[str, set[int]] = {}
    for words in patterns:
        found.setdefault(words[0], set()).add(len(words))
        if len(words) == 1:
            found.setdefault(words[0] + "s", set()).add(1)
    return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}


def _match(text: tuple[str, ...], i: int, n: int, patterns: dict[tuple[str, ...], str]) -> tuple[str, ...] | None:
    """The n tokens from i where they are a known name, with or without a genitive -s."""
    words = text[i : i + n]
    return words if len(words) == n and _without_genitive(words, patterns) in patterns else None


def _without_genitive(words: tuple[str, ...], patterns: dict[tuple[str, ...], str]) -> tuple[str, ...]:
    """The words of a name without the genitive -s of the last, unless they are known as they are: "Links" → Link."""
    if words in patterns or not words[-1].endswith("s"):
        return words
    return (*words[:-1], words[-1][:-1])


def _is_bare_noun(token: Token) -> bool:
    """Whether what is tagged a noun can be a surname: no listed noun, without article, attribute or preposition, and
    its verb is not plural: "Wolkenhauer soll Geld angenommen haben".
    """
    if is_noun(token.text) or any(c.dep_ in ("det", "amod", "nummod", "nmod", "case") for c in token.children):
        return False
    beside = sorted((token.head, *token.head.children)) if token.dep_.startswith("nsubj") else []
    finite = next((t for t in beside if t.tag_.endswith("FIN")), None)
    return finite is None or finite.morph.get("Number") != ["Plur"]


def _looks_like_name(doc: Doc, i: int, n: int, surname: bool = False) -> bool:
    """Whether words are a known name here: several are; one alone must be a proper noun, an acronym, or have a capital
    inside, or, as a surname of the text, be a bare noun. "Link" after an article is a hyperlink, "Essen" a meal.
    """
    token = doc[i]
    if n > 1:
        return True
    if surname and token.tag_ == "NN" and _is_bare_noun(token):
        return True  # "Wolkenhauer soll Geld angenommen haben", after "Sabine Wolkenhauer"
    if not token.text[0].isupper() or token.pos_ in ("VERB", "AUX", "ADV", "ADJ", "DET", "PRON"):
        return False
    inside = any(c.isupper() for c in token.text[1:])
    return token.pos_ in NAMES_AND_FOREIGN or bool(_ACRONYM.match(token.text)) or inside


def parts(reading: Reading, known: Mapping[str, str]) -> Iterator[Name]:
    """Yield names that are the first part of a hyphen compound.

    "DVV-Konzernsprecher" → DVV: an acronym, or a name of this document
    "Smart City-Projekte" → Smart City: a name of this document, its last word glued to the noun
    "Tesla-Chef"          → Tesla: before a role noun, though the text has it nowhere else
    "al-Qaida-Führer"         → al-Qaida: before a role noun also with an Arabic article
    "Ex-DVV-Sprecher"         → DVV: a role that is over is one of the same name
    "Rhein-Ruhr-Gebiet"   → nothing: the compound is itself a name
    "Folkwang-Institut"   → the whole: an institution that is called after somebody
    """
    for i, word in enumerate(reading.words):
        part, _, rest = word.rpartition("-")
        if not part or not rest[:1].isupper() or rest.isupper() or reading.doc[i].ent_type_ in PLACES:
            continue
        if word in noun_list("units") or is_currency(part):
            continue
        token, cut = reading.doc[i], len(part)
        part = part.removeprefix("Ex-") if is_person(rest) else part
        skip = cut - len(part)
        for lead in (0,) if skip else (2, 1, 0):
            words = [*reading.words[max(0, i - lead) : i], part]
            text = " ".join(words)
            if text in known and len(words) == lead + 1:
                yield Name(token.i - lead, token.i, known[text], text, cut=cut, skip=skip)
                break
        else:
            arabic = is_person(rest) and _WITH_ARABIC_ARTICLE.match(part)
            if (
                part in noun_list("nameless_first_parts")
                or ("-" in part and not arabic)
                or noun_type(part)
                or rest.startswith(tuple(noun_list("standards")))
                or rest == "Netz"
            ):
                continue
            if _is_named_after(token, part, rest):
                yield Name(token.i, token.i, "Organization", token.text)
            elif arabic or _ACRONYM.match(part) or (is_person(rest) and part[0].isupper() and _may_be_name(part)):
                yield Name(token.i, token.i, known.get(f"{part}s", "Organization"), part, cut=cut, skip=skip)


def _is_named_after(token: Token, part: str, rest: str) -> bool:
    """Institution that is called after somebody: behind a definite article, a first part that can be a name, and
    "Institut", "Stiftung" …: "das Folkwang-Institut", not "ein Kunst-Museum".
    """
    definite = token.i > 0 and token.nbor(-1).text.lower() in _DEFINITE_ARTICLES
    common = part in noun_list("common_first_parts") or part.endswith("s")
    proper = len(part) > 3 and _may_be_name(part) and not common
    return definite and proper and rest in noun_list("called_after")


def _may_be_name(part: str) -> bool:
    """Whether a first part can be a name at all: letters, and no linking -s or -n of a common noun ("Regierungs-")."""
    return (
        part.isalpha() and len(part) > 2 and not part.endswith(("ungs", "heits", "keits", "schafts", "tions", "täts"))
    )
