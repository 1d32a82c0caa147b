"""The infinitive of a German verb form: "übernahm" → übernehmen, "gestohlen" → stehlen.

A trained lemmatizer guesses strong verbs by analogy ("stohlen"); there are few enough of them to be listed. What is not
on the list is left to the pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kg.system.files import read_table

# "erzieln", "verurteiln" for erzielen, verurteilen: behind a long vowel the -e- stays.
_MISSING_E = re.compile(r"(ie|ei|au|eu|äu|[aouäöü]h?|[ei]h)ln$")

PREFIXES = tuple(
    sorted(
        """ab an auf aus bei be da dar durch ein emp ent er fehl fest fort frei ge gegen heim her herab heran heraus
        herbei herein hervor herum hin hinaus hinein hinter hinweg hinzu hoch in los miss mit nach nieder statt teil
        über um umher unter ver voll vor voran voraus vorbei vorher vorüber weg weiter wider wieder zer zu zurecht
        zurück zusammen zuvor gegenüber gleich klar kennen bekannt bereit auseinander aneinander aufeinander
        durcheinander gegeneinander dazu geheim hinauf hinunter hinüber herauf herunter herüber empor entgegen raus rein
        ran rauf runter rum rüber hindurch fern nahe vorweg dagegen dazwischen blank bloß fertig gesund kaputt krank
        lahm satt schön schwarz sicher still tot trocken wach warm""".split(),
        key=lambda prefix: (-len(prefix), prefix),
    )
)
"""Prefixes of German verbs, those that part from the verb and those that do not, longest first."""

_INSEPARABLE = frozenset("be emp ent er ge miss ver zer fehl kennen".split())
INSEPARABLE_TOO = _INSEPARABLE | {"über", "unter", "um", "durch", "wider", "wieder", "hinter", "voll"}
"""Prefixes that are inseparable on some verbs at least: "übernommen", but "niedergelegt"."""

# Those of two letters or more before which a particle can stand: "ein-be-rufen".
_STAYING = ("be", "emp", "ent", "er", "miss", "ver", "zer")

# "wiegelen", "verhinderen" is how a lemmatizer guesses; German has "wiegeln", "verhindern" (but "spielen", "scheren").
_GUESSED = re.compile(r"(?:(?<=[bcdfgkmnprstvwz])el|(?<=[bdfgklmnpstß])er|(?<=[eaä]u)er|(?<=fei)er|(?<=[^s]ch)er)en$")

# "beschränkn", "anordneen", "verharrn": the lemmatizer's cuts at the wrong place.
_NO_ENDING = re.compile(r"([bcdfghjkmnpqstvwxzß]|rr|ll|h[rl])(?:n|een)$")

# Preterites that no infinitive looks like, where the lemmatizer leaves them as they are: "beklatschten", not "achten".
# Weak preterites of verbs in -eln: "wiegelten", "wechselten", not "vergelten".
_EL = "(?<=[aeiouäöü][bdfgkmnpst])el|(?<=mm|pp|tt|ff|gg|ss|tz|nd|ng|st|ns|rf)el|(?<=chs|ich)el"
_PRETERITE = re.compile(rf"(sch|ck|[bgkmßz]|h[nrl]|(?<![wh])er|bar|{_EL})ten$")

# A weak participle, and the weak verbs whose ge- is their own.
_GE = re.compile(r"ge[a-zäöüß]{2,}t$")
_WITH_GE = tuple(
    """gebühr gebrauch gedeih gefährd gehorch gehör gelang geleit gelüst genehmig generi genüg gerei geschwind gestalt
    gestatt gestikul gewähr gewärtig gewöhn gesell gewicht gelob gebiet gebärd genes gegn gegen gefangen
    geißel gend gelt general""".split()
)

STEMS_WITH_E = ("t", "d", "chn", "ffn", "gn", "dn", "tm")
"""How the stems of verbs end whose ending is -et: "rechnet", "öffnet", "regnet", "atmet"."""

# Verbs whose present is an old preterite and takes no -t: "er kann", "sie weiß".
_PRETERITE_PRESENT = frozenset("können wollen sollen müssen dürfen mögen wissen".split())


@cache
def _forms() -> dict[str, str]:
    """Every form of the listed verbs → infinitive; a form of two verbs belongs to the one listed first."""
    table: dict[str, str] = {}
    done = {participle for *_, participle in strong_verbs()}
    for infinitive, present, preterite, participle in strong_verbs():
        for form in _conjugated(infinitive, present, preterite, participle):
            if form != f"{preterite}t" or f"ge{form}" not in done:  # "erbracht" is of bringen, no "ihr bracht"
                table.setdefault(form, infinitive)
    return table


@cache
def _regular_presents() -> Mapping[str, str]:
    """The present in -t of each listed verb that keeps its vowel → its infinitive: "gewinnt", "steht", "findet"."""
    keep = (
        infinitive.removesuffix("n").removesuffix("e") for infinitive, present, _, _ in strong_verbs() if present == "-"
    )
    return {f"{stem}{'et' if stem.endswith(STEMS_WITH_E) else 't'}": f"{stem}en" for stem in keep}


@cache
def _participles() -> Mapping[str, str]:
    """The participle of each listed verb → its infinitive, where the ge- is that of participles: not "gelungen"."""
    return {
        participle: infinitive
        for infinitive, _, _, participle in reversed(strong_verbs())
        if not infinitive.startswith("ge") or participle.startswith("geg")  # "gegangen" of gehen
    }


@cache
def strong_verbs() -> tuple[tuple[str, str, str, str], ...]:
    """Infinitive, present, preterite and participle of each listed verb."""
    lines = files(__package__).joinpath("strong_verbs.txt").read_text(encoding="utf-8").splitlines()
    fields = (line.split() for line in lines if line and not line.startswith("#"))
    return tuple((infinitive, present, preterite, participle) for infinitive, present, preterite, participle in fields)


def strong_preterites() -> tuple[str, ...]:
    """The stems of the preterites of strong verbs, as they stand in the third person: "schwamm", "begann"."""
    return tuple(sorted({preterite for _, _, preterite, _ in strong_verbs() if preterite != "-"}))


def _conjugated(infinitive: str, present: str, preterite: str, participle: str) -> Iterator[str]:
    """Conjugation: yield the forms of a verb from its principal parts; "-" is a present that keeps its vowel.

    stehlen, stiehl, stahl, gestohlen → stiehlt, stahlst, stählen …; preterite-presents have no -t: "kann".
    """
    yield infinitive
    yield infinitive.removesuffix("n")  # "aussehe"
    yield participle
    if present != "-":
        yield present
        if infinitive not in _PRETERITE_PRESENT:  # "kann", not "kannt"
            yield from (f"{present}t", f"{present}st")
    weak = preterite.endswith("t") and participle.endswith("t")
    yield from (f"{preterite}{ending}" for ending in (("e", "en", "est") if weak else ("", "en", "st", "t", "et")))
    yield from (f"{_umlaut(preterite)}{ending}" for ending in ("e", "en"))


def _umlaut(preterite: str) -> str:
    """A preterite with umlaut on its last vowel, the stem of the Konjunktiv II: "gab" → "gäb"."""
    return re.sub(r"(au|[aou])(?=[^aou]*$)", lambda m: {"a": "ä", "o": "ö", "u": "ü", "au": "äu"}[m[1]], preterite)


@cache
def _konjunktiv_ii() -> frozenset[str]:
    """The forms of listed verbs that can only be a Konjunktiv II: "gäbe", "gäben", "ließe", not "ließen", "brachte"."""
    found = set()
    for _, _, preterite, participle in strong_verbs():
        umlaut, weak = _umlaut(preterite), preterite.endswith("t") and participle.endswith("t")
        if umlaut != preterite or re.search("[äöü]", preterite):
            found |= {f"{umlaut}e", f"{umlaut}en"}
        elif not weak:
            found.add(f"{preterite}e")
    return frozenset(found - {form for line in strong_verbs() for form in (line[0], line[0][:-1])})


@cache
def is_konjunktiv_ii(word: str) -> bool:
    """Konjunktiv II: whether a form of a listed verb, perhaps with a prefix, is one that no indicative looks like.

    >>> [is_konjunktiv_ii(w) for w in ("gäbe", "ließe", "entstünden", "gebe", "ließen", "führe", "brachte", "käme")]
    [True, True, True, False, False, False, False, True]
    """
    word = word.lower()
    if _weak_infinitive(word):
        return False
    return word in _konjunktiv_ii() or any(
        word.startswith(prefix) and word.removeprefix(prefix) in _konjunktiv_ii() for prefix in PREFIXES
    )


@cache
def infinitive(form: str, lemma: str = "") -> str:
    """Lemma of a verb form: the infinitive of a listed verb, else `lemma` (what the pipeline says) made an infinitive.

    What a lemmatizer leaves or guesses wrong is mended: ge- and -t of participles, -ten of preterites, "-eln", "-ern".

    >>> infinitive("übernahm"), infinitive("abgebrochen"), infinitive("zurückzuziehen"), infinitive("stiehlt")
    ('übernehmen', 'abbrechen', 'zurückziehen', 'stehlen')
    >>> infinitive("wiegelten", "wiegelen"), infinitive("verhindert", "verhinderen"), infinitive("gehört", "gehören")
    ('wiegeln', 'verhindern', 'gehören')
    >>> infinitive("erzielte", "erzieln"), infinitive("wandelte", "wandeln")
    ('erzielen', 'wandeln')
    """
    word = in_todays_spelling(form.lower())
    form, lemma = in_todays_spelling(form), in_todays_spelling(lemma)
    if known := _weak_infinitive(word) or strong_infinitive(word):
        return known
    guess = form if form.lower().endswith("n") and "zu" in (lemma or "") and "zu" not in form else lemma or form
    guess = _with_own_vowels(word, guess)
    if form.endswith("t") and guess.lower() == f"{form.lower()}n":
        guess = form  # "sponsertn"
    if _GE.match(form) and not guess.startswith(_WITH_GE):
        guess = guess.removeprefix("ge")  # "geblicken", as if "geblickt" were of a verb like "gehören"
    guess = _participle_infinitive(form, guess) or _PRETERITE.sub(r"\1en", guess)
    guess = _without_t(guess.lower())
    guess = _MISSING_E.sub(r"\1len", _GUESSED.sub(lambda m: f"{m[0][:2]}n", guess))
    return _NO_ENDING.sub(r"\1en", re.sub(r"(?<!e)iern$", "ieren", guess))  # "tolerieren", but "feiern"


# "ss" where the vowel before it is long, as Switzerland writes it; not the "ss" of "weissagen".
_SWISS = re.compile(r"(ie|ei|äu|gr[öü]|st[oö]|bü|blö)ss(?!agen)")
# Stems whose vowel is short, before "ß" as it was written until 1996.
_BEFORE_1996 = re.compile(r"(mi|ri|bi|wu|mu|fa|ha|la|lä|pa|kü|ki|pre|go|flo|scho|schlo|geno)ß")


@cache
def in_todays_spelling(word: str) -> str:
    """Spelling: a form of a verb as Germany and Austria write it since 1996, whoever writes it otherwise.

    >>> [in_todays_spelling(word) for word in ("abschiessen", "heisst", "vergrössert", "weissagen")]
    ['abschießen', 'heißt', 'vergrößert', 'weissagen']
    >>> [in_todays_spelling(word) for word in ("mißbraucht", "faßte", "beschloß", "genießt", "grüßte", "saß")]
    ['missbraucht', 'fasste', 'beschloss', 'genießt', 'grüßte', 'saß']
    """
    return _BEFORE_1996.sub(r"\1ss", _SWISS.sub(r"\1ß", word))


_BARE = str.maketrans("äöü", "aou")


def _with_own_vowels(form: str, guess: str) -> str:
    """Weak preterite: it keeps the vowels of its infinitive, so a guess with others is mended.

    >>> _with_own_vowels("erläuterte", "erlautern"), _with_own_vowels("fragte", "fragen")
    ('erläutern', 'fragen')
    """
    stem = re.sub(r"te(?:[nt]|st)?$", "", form)
    own = stem != form and guess.translate(_BARE).startswith(stem.translate(_BARE))
    return stem + guess[len(stem) :] if own else guess


def _without_t(guess: str) -> str:
    """A present or participle in -t, or a listed stem, that the lemmatizer left as it is, made an infinitive.

    >>> [_without_t(form) for form in ("gewinnt", "bewertet", "erneuert", "bring", "lesen")]
    ['gewinnen', 'bewerten', 'erneuern', 'bringen', 'lesen']
    """
    if f"{guess}en" in _forms():
        return f"{guess}en"
    if not guess.endswith("t") or len(guess) < 4:
        return guess
    if guess.endswith(("tet", "det")):
        return f"{guess[:-2]}en"
    stem = guess[:-1]
    weak = stem.endswith(("el", "er")) and not stem.endswith(("ier", "iel", "ehr", "eer"))
    return f"{stem}n" if weak else f"{stem}en"


def _participle_infinitive(form: str, guess: str) -> str:
    """Separable verb: the infinitive of a weak participle whose ge- the lemmatizer left, "" for other forms.

    "hochgestuft" → hochstufen; not of "angehören" and "zugehören", whose ge- is their own
    """
    word = form.lower()
    for prefix in PREFIXES:
        kept = f"{prefix}ge"
        if prefix in _INSEPARABLE or not word.startswith(kept) or not guess.lower().startswith(kept):
            continue
        own = word.startswith((f"{kept}steh", f"{kept}meind"))  # "zugestehen", "eingemeinden"
        own = own or (prefix in ("an", "zu", "dazu") and word.startswith(f"{kept}hör"))  # "angehören"
        if word.endswith("t") and len(word) > len(kept) + 3 and not own:
            return prefix + word[len(kept) : -1] + "en"
    return ""


def _weak_infinitive(form: str) -> str:
    """The infinitive of a form of a listed weak verb with a prefix or without, "" for others.

    "beschwerte" → beschweren, "abzuschalten" → abschalten
    """
    weak: list[str] = table()["weak"]
    for verb in weak:
        at = form.find(verb.removesuffix("en"))
        if at >= 0 and form[at + len(verb) - 2 :] in ("e", "en", "t", "te", "ten", "st", "et", "ete", "eten"):
            before = form[:at].removesuffix("ge")
            prefixes = ("", *PREFIXES)
            prefix = next((p for p in (before, before.removesuffix("zu")) if p in prefixes), None)  # "abzuschalten"
            if prefix is not None:
                return prefix + verb
    return ""


@cache
def without_zu(form: str) -> str:
    """Zu-infinitive of a separable verb: the infinitive without the zu inside it; nothing else is touched.

    >>> without_zu("auszurichten"), without_zu("zuzuordnen"), without_zu("besuchen")
    ('ausrichten', 'zuordnen', 'besuchen')
    """
    word = form.lower()
    particle = particle_before_zu(word)
    return particle + word[len(particle) + 2 :] if particle else form


def strong_infinitive(word: str) -> str:
    """The infinitive of a form of a strong verb, with a prefix or without, "" for any other word.

    Case counts, so that the noun "Stahl" is no form of stehlen. "übernommen" → übernehmen, "abgebrochen" → abbrechen,
    "gelingt" → gelingen, "einberufen" → einberufen
    """
    forms = _forms()
    if known := forms.get(word) or _regular_presents().get(word):
        return known
    for prefix in PREFIXES:
        rest = word.removeprefix(prefix)
        if rest == word:
            continue
        bare = rest.removeprefix("zu")
        if prefix != "ge" and rest in _regular_presents():  # "gehängt" is no present
            return prefix + _regular_presents()[rest]
        if rest in forms or bare in forms:
            return prefix + (forms.get(rest) or forms[bare])
        # A particle before a prefix that stays: "einberufen", "anerkannte", "vorbehielt".
        if prefix not in _INSEPARABLE and rest.startswith(_STAYING) and (inner := strong_infinitive(rest)):
            return prefix + (rest if rest == "erlegen" else inner)
        # The participle of a verb with an inseparable prefix lacks the ge-: "übernommen", "verboten", "erbracht"; what
        # looks like one of liegen mostly is an infinitive of legen: "widerlegen", but "unterlegen".
        own = rest == "legen" and prefix not in ("er", "unter")
        if rest.endswith(("en", "t")) and prefix in INSEPARABLE_TOO and f"ge{rest}" in _participles() and not own:
            return prefix + _participles()[f"ge{rest}"]
    return ""


@cache
def is_separable(word: str) -> bool:
    """Separable prefix: whether a word can be the separated particle of a verb: "aus" in "läuft aus", not "ohne".

    >>> is_separable("aus"), is_separable("ohne"), is_separable("ver")
    (True, False, False)
    """
    return word in PREFIXES and word not in _INSEPARABLE


@cache
def is_particle_verb(verb: str) -> bool:
    """Whether an infinitive has a particle already, or a full prefix like one, so that it takes no other.

    That is told of verbs whose rest is a listed one: "einnehmen", "einführen", "unterschreiben", "überzeugen".

    >>> [is_particle_verb(verb) for verb in ("einführen", "unterschreiben", "überzeugen", "arbeiten", "erkennen")]
    [True, True, True, False, False]
    """
    if verb.startswith(("über", "unter")) and len(verb) > 8:
        return True
    rests = (verb.removeprefix(prefix) for prefix in PREFIXES if prefix not in _INSEPARABLE and verb.startswith(prefix))
    return any(_forms().get(rest) == rest or rest in words("weak") for rest in rests)


@cache
def particle_before_zu(form: str) -> str:
    """The particle of a zu-infinitive that is one word, "" for any other word.

    >>> particle_before_zu("auszurichten"), particle_before_zu("zuzuordnen"), particle_before_zu("besuchen")
    ('aus', 'zu', '')
    """
    return next((p for p in PREFIXES if form.startswith(f"{p}zu") and form[-1] == "n" and len(form) > len(p) + 5), "")


def is_of_what_is_to_be(verb: str) -> bool:
    """Whether the object of a verb is still to come: of "beschließen", not of "anheben"."""
    return any(verb in words(kind) for kind in ("planning", "requiring", "intended"))


@cache
def words(kind: str) -> frozenset[str]:
    """The words of a class of `verbs.toml`, casefolded: "saying", "planning", "denying", "phrases", …

    >>> "bestreiten" in words("denying")
    True
    """
    return frozenset(word.lower() for word in table()[kind])


@cache
def table() -> Mapping[str, Any]:
    """The classes of `verbs.toml`."""
    return read_table(__package__, "verbs.toml")


@cache
def adverbs() -> Mapping[str, str]:
    """Sentence adverb → the modality that it gives its clause.

    >>> adverbs()["möglicherweise"]
    'possible'
    """
    lists: Mapping[str, list[str]] = table()["adverbs"]
    return {word.lower(): kind for kind, entries in lists.items() for word in entries}


ROLE_KINDS = ("former", "planned", "reported", "possible")
"""How adjectives qualify a role: "former" for what is over, else a modality."""


@cache
def role_adjectives(kind: str) -> tuple[str, ...]:
    """The adjectives of one of `ROLE_KINDS`, without endings.

    >>> "designiert" in role_adjectives("planned")
    True
    """
    lists: Mapping[str, list[str]] = table()["roles"]
    return tuple(word.lower() for word in lists[kind])
