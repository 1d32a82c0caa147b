"""The auxiliaries haben, sein, werden and the modal verbs by their forms: "wurde" is of werden, "könnten" of können.
And what stands beside them: which verbs take sein, and how participles are made.

They are a closed class, so a form tells its verb without a lemmatizer. `auxiliaries.toml` has the paradigms; who asks
for less than all forms says which: `is_form_of(word, "werden", SUBJUNCTIVE_2)` is "würde" alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from kg.language.verbs import (
    INSEPARABLE_TOO,
    PREFIXES,
    STEMS_WITH_E,
    is_separable,
    strong_infinitive,
    strong_verbs,
    words,
)
from kg.system.files import read_table

PRESENT = "present"
PRETERITE = "preterite"
SUBJUNCTIVE_1 = "subjunctive_1"
SUBJUNCTIVE_2 = "subjunctive_2"
INFINITE = "infinite"
"""The rows of a paradigm, to be asked for singly; INFINITE are the infinitive and the participles."""

# Forms in the table that `auxiliary_of` and `is_form_of` leave to the lemmatizer, which does not know them: "Du wirst
# gewählt" is no passive so far, and "Ihr mögt kaufen" no possibility. Who takes this away changes what texts yield.
_UNREAD = frozenset({"wirst", "mögt", "mochtest", "mochtet"})

PERFECT = ("haben", "sein")
"""The auxiliaries of the perfect ("hat gebaut", "ist gegangen"), and of the modal infinitive ("hat/ist zu bauen")."""

CAUSATIVE = ("lass", "läss", "ließ", "laß", "läß", "gelass")
"""How the forms of "lassen" begin."""


def auxiliary_of(word: str) -> str:
    """The infinitive of the auxiliary or modal verb that a word is a form of, "" for any other word.

    A clitic es and an elided -e are undone: "wird's", "wirds", "hab'".

    >>> [auxiliary_of(word) for word in ("wurde", "Müßte", "möchten", "hat’s", "hab'")]
    ['werden', 'müssen', 'mögen', 'haben', 'haben']
    >>> auxiliary_of("geworden"), auxiliary_of("würdigte")
    ('', '')
    """
    return _lemmas().get(_whole(word), "")


def is_form_of(word: str, lemma: str, *rows: str) -> bool:
    """Whether a word is a form of an auxiliary or modal verb, or of some rows of its paradigm; clitics are undone.

    >>> is_form_of("worden", "werden"), is_form_of("wurde", "werden", PRESENT), is_form_of("hat's", "haben", PRESENT)
    (True, False, True)
    """
    whole = _whole(word)
    return whole in _lemmas() and whole in forms(lemma, *rows)


@cache
def forms(lemma: str, *rows: str, person: int = 0, number: str = "") -> frozenset[str]:
    """The forms of a verb in some rows of its paradigm, all by default; of one person and number ("Sing") if told.

    >>> sorted(forms("werden", PRETERITE, person=3))
    ['wurde', 'wurden']
    >>> sorted(forms("sein", PRESENT, PRETERITE, person=3, number="Sing"))
    ['ist', 'war']
    """
    paradigm = _paradigms()[lemma]
    return frozenset(form for row in rows or paradigm for form in _cells(paradigm[row].split(), person, number))


def _cells(row: list[str], person: int, number: str) -> Iterator[str]:
    """Yield the forms of a person and number in a row of six (ich, du, er, wir, ihr, sie); 0 and "" for any."""
    for i, cell in enumerate(row):
        if person in (0, i % 3 + 1) and number in ("", "Plur" if i > 2 else "Sing"):
            yield from cell.split("/")


def _whole(word: str) -> str:
    """A form in lower case without clitic es ("wird's", "wirds") and with its elided -e ("hab'", "hab")."""
    bare = word.lower().replace("’", "'").partition("'")[0]
    return next((w for w in (bare, f"{bare}e", bare.removesuffix("s")) if w in _lemmas()), bare)


@cache
def _lemmas() -> Mapping[str, str]:
    """Each form → its infinitive; no form is of two of these verbs."""
    return {form: lemma for lemma in _paradigms() for form in forms(lemma) - _UNREAD}


@cache
def _paradigms() -> Mapping[str, Mapping[str, str]]:
    return read_table(__package__, "auxiliaries.toml")


@cache
def takes_sein(verb: str) -> bool:
    """Perfect with sein: whether a verb, or what is left of it behind a separable prefix, is listed with it.

    Then sein with its participle is no passive: "ist gekommen", "ist angekommen"; not "ist bestiegen".

    >>> [takes_sein(v) for v in ("ankommen", "entkommen", "verbreiten", "besteigen", "ausbrechen", "reiten")]
    [True, True, False, False, True, True]
    """
    listed = words("sein_perfect")
    return verb in listed or any(is_separable(verb[:i]) and verb[i:] in listed for i in range(1, len(verb)))


@cache
def participle(verb: str) -> str:
    """The past participle of a verb, strong or weak; of a weak verb with a particle that of one without.

    >>> [participle(verb) for verb in ("erreichen", "werten", "teilnehmen", "übersehen", "finanzieren", "vorbehalten")]
    ['erreicht', 'gewertet', 'teilgenommen', 'übersehen', 'finanziert', 'vorbehalten']
    """
    if past := _strong_participle(verb):
        return past
    stays = any(verb.startswith(p) and len(verb) > len(p) + 3 for p in INSEPARABLE_TOO) or verb.endswith("ieren")
    stem = verb.removesuffix("n").removesuffix("e")
    return f"{'' if stays else 'ge'}{stem}{'et' if stem.endswith(STEMS_WITH_E) else 't'}"


@cache
def _strong_participle(verb: str) -> str:
    """The participle of a listed verb, perhaps with prefixes, "" for any other."""
    pasts = {infinitive: past for infinitive, _, _, past in strong_verbs()}
    parted = ((p, _strong_participle(verb.removeprefix(p))) for p in PREFIXES if verb.startswith(p))
    found = (p + (past.removeprefix("ge") if p in INSEPARABLE_TOO else past) for p, past in parted if past)
    return pasts.get(verb) or next(found, "")


_PARTICLES = "|".join(prefix for prefix in PREFIXES if is_separable(prefix))
_WEAK_PARTICIPLE = re.compile(rf"(?:{_PARTICLES})?ge[a-zäöüß]{{3,}}t|[a-zäöüß]{{3,}}iert")
# Any word with ge- or a prefix that stays, at its beginning or behind a first part: "gesperrt", "vorbehalten".
_LIKE_PARTICIPLE = re.compile(
    r"[a-zäöüß]*(?:ge|be|emp|ent|er|hinter|miss|über|um|unter|ver|voll|wider|zer)[a-zäöüß]{3,}(?:t|en)|[a-zäöüß]{3,}iert"
)
# Adjectives of Latin that end like a weak participle: "relevant", "elegant", "präsent", "insolvent".
_LATIN = re.compile(r".*(?:[vgr]ant|[sdglv]ent)")


@cache
def is_weak_participle(word: str) -> bool:
    """Weak participle by its form, whatever the verb: with ge-, perhaps behind a particle, or in -iert.

    >>> [is_weak_participle(word) for word in ("geschmückt", "abgedichtet", "forciert", "bereit", "laut", "verletzt")]
    [True, True, True, False, False, False]
    """
    return _WEAK_PARTICIPLE.fullmatch(word) is not None and not _LATIN.fullmatch(word)


@cache
def may_be_participle(word: str) -> bool:
    """Whether a word looks like a past participle, whatever its verb.

    >>> [may_be_participle(word) for word in ("umringt", "stillgelegt", "tan", "relevant", "überragend", "kostenfrei")]
    [True, True, False, False, False, False]
    """
    like = _LIKE_PARTICIPLE.fullmatch(word) is not None and not _LATIN.fullmatch(word)
    return like or strong_infinitive(word) != ""
