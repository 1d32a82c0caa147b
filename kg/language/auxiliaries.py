"""The auxiliaries haben, sein, werden and the modal verbs by their forms: "wurde" is of werden, "könnten" of können.

They are a closed class, so a form tells its verb without a lemmatizer. `auxiliaries.toml` has the paradigms; who asks
for less than all forms says which: `is_form_of(word, "werden", SUBJUNCTIVE_2)` is "würde" alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

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
