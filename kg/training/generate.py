"""Sentences that corpora lack, with trees that are right by construction: "Am Freitag besuchte Olaf Scholz Kiew."

No treebank at hand has two names side by side often enough to learn that they are two, or lists of full names, offices
before "Dr.", nicknames in quotation marks. A small grammar makes such clauses from names of the corpora and invented
ones. It knows verb-second and verb-last order, the verbal bracket, coordination, apposition and reported speech; labels
follow GSD. Features are left open, since a form like "Studierende" does not tell its case.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kg.training.decode import split_names
from kg.training.sentences import Sentence


@dataclass(eq=False, slots=True)
class Token:
    """A word of a sentence in the making; `head` is None for the root."""

    form: str
    pos: str
    tag: str
    lemma: str = ""
    ent: str = "O"
    space: bool = True
    dep: str = "root"
    head: Token | None = None


@dataclass(slots=True)
class Phrase:
    """Tokens in their order, and the one that the others hang on."""

    tokens: list[Token]
    head: Token
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """`infinitive` without its particle; `past` and `present` are third person singular and plural."""

    infinitive: str
    past: tuple[str, str]
    present: tuple[str, str]
    participle: str
    particle: str = ""

    @property
    def lemma(self) -> str:
        return self.particle + self.infinitive


def weak(word: str) -> Verb:
    """Conjugate a weak verb; "ab|lösen" has a particle.

    >>> weak("ab|lösen").participle, weak("verklagen").past, weak("fürchten").present[0]
    ('abgelöst', ('verklagte', 'verklagten'), 'fürchtet')
    """
    particle, _, infinitive = word.rpartition("|")
    stem = infinitive.removesuffix("n") if infinitive.endswith(("ern", "eln")) else infinitive.removesuffix("en")
    joint = "e" if re.search(r"([dt]|[^lrhaeiouäöüm]m|[^lrhaeiouäöün]n)$", stem) else ""
    prefixed = infinitive.startswith(("be", "ver", "er", "ent", "zer", "über", "unter", "miss")) or infinitive.endswith("ieren")
    ge = "" if prefixed and infinitive not in ("beten", "ernten") else "ge"
    past = stem + joint + "te"
    return Verb(infinitive, (past, past + "n"), (stem + joint + "t", infinitive), f"{particle}{ge}{stem}{joint}t", particle)


def strong(line: str) -> Verb:
    """Read "an|rufen rief ruft angerufen"."""
    word, past, present, participle = line.split()
    particle, _, infinitive = word.rpartition("|")
    many = past + ("n" if past.endswith("e") else "en")
    return Verb(infinitive, (past, many), (present, infinitive), participle, particle)


# Verbs by what may act and what may be acted upon: P a person, O an organization, L a place.
TRANSITIVE: dict[str, list[Verb]] = {
    "PL": [weak(w) for w in "besuchen erkunden verlassen|x erobern regieren bereisen durchqueren meiden|x".split() if "|x" not in w]
    + [strong(x) for x in ("verlassen verließ verlässt verlassen", "verteidigen verteidigte verteidigt verteidigt",
        "betreten betrat betritt betreten", "meiden mied meidet gemieden", "sehen sah sieht gesehen", "erreichen erreichte erreicht erreicht")],
    "PP": [weak(w) for w in "kritisieren loben besuchen heiraten verklagen unterstützen beerben ab|lösen ersetzen beraten|x ehren "
        "attackieren verteidigen besiegen überraschen würdigen ermorden ermahnen fotografieren porträtieren begrüßen "
        "verspotten verhöhnen informieren warnen befragen interviewen begleiten kontaktieren umarmen beleidigen "
        "beschuldigen entmachten stürzen verdrängen überholen beschäftigen engagieren nominieren an|zeigen".split() if "|x" not in w]
    + [strong(x) for x in ("treffen traf trifft getroffen", "schlagen schlug schlägt geschlagen", "an|rufen rief ruft angerufen",
        "empfangen empfing empfängt empfangen", "ernennen ernannte ernennt ernannt", "an|greifen griff greift angegriffen",
        "vor|schlagen schlug schlägt vorgeschlagen", "ein|laden lud lädt eingeladen", "kennen kannte kennt gekannt",
        "bezwingen bezwang bezwingt bezwungen", "beraten beriet berät beraten", "vertreten vertrat vertritt vertreten",
        "bitten bat bittet gebeten", "erschießen erschoss erschießt erschossen", "entlassen entließ entlässt entlassen")],
    "PO": [weak(w) for w in "leiten führen gründen kritisieren verklagen loben retten sanieren beraten|x verteidigen beliefern "
        "managen übernehmen|x modernisieren beerben boykottieren unterstützen besuchen verraten|x".split() if "|x" not in w]
    + [strong(x) for x in ("verlassen verließ verlässt verlassen", "übernehmen übernahm übernimmt übernommen",
        "beraten beriet berät beraten", "vertreten vertrat vertritt vertreten", "verkaufen verkaufte verkauft verkauft")],
    "OO": [weak(w) for w in "kaufen verklagen beliefern kritisieren warnen schlucken überholen besiegen beauftragen finanzieren "
        "boykottieren kontrollieren retten unterstützen attackieren verdrängen an|zeigen ab|mahnen aus|stechen|x".split() if "|x" not in w]
    + [strong(x) for x in ("übernehmen übernahm übernimmt übernommen", "schlagen schlug schlägt geschlagen",
        "betreiben betrieb betreibt betrieben", "an|greifen griff greift angegriffen", "bezwingen bezwang bezwingt bezwungen",
        "erwerben erwarb erwirbt erworben", "besitzen besaß besitzt besessen", "ab|werben warb wirbt abgeworben")],
    "OP": [weak(w) for w in "verklagen verpflichten ehren kritisieren nominieren suspendieren feuern wählen befördern an|hören "
        "beschuldigen ein|stellen aus|zeichnen verurteilen an|zeigen unterstützen vor|laden|x beurlauben".split() if "|x" not in w]
    + [strong(x) for x in ("entlassen entließ entlässt entlassen", "berufen berief beruft berufen",
        "aus|schließen schloss schließt ausgeschlossen", "ernennen ernannte ernennt ernannt", "laden lud lädt geladen",
        "ein|laden lud lädt eingeladen", "frei|sprechen sprach spricht freigesprochen", "vor|ziehen zog zieht vorgezogen")],
    "LL": [weak(w) for w in "besiegen beliefern warnen überfallen|x besetzen kritisieren unterstützen überholen bedrohen".split() if "|x" not in w]
    + [strong(x) for x in ("an|greifen griff greift angegriffen", "schlagen schlug schlägt geschlagen",
        "überfallen überfiel überfällt überfallen", "an|erkennen erkannte erkennt anerkannt")],
}  # fmt: skip

INTRANSITIVE = [
    strong(x) for x in ("zurück|treten trat tritt zurückgetreten", "sterben starb stirbt gestorben", "aus|scheiden schied scheidet ausgeschieden",
    "sprechen sprach spricht gesprochen", "gewinnen gewann gewinnt gewonnen", "verlieren verlor verliert verloren",
    "schweigen schwieg schweigt geschwiegen", "kommen kam kommt gekommen", "bleiben blieb bleibt geblieben",
    "ab|reisen reiste reist abgereist", "an|treten trat tritt angetreten", "auf|treten trat tritt aufgetreten")
] + [weak(w) for w in "arbeiten kandidieren protestieren demonstrieren gratulieren lehren forschen unterrichten ermitteln".split()]  # fmt: skip
BE = frozenset("zurücktreten sterben ausscheiden kommen bleiben abreisen antreten auftreten".split())

SAYING = [strong(x) for x in ("sagen sagte sagt gesagt", "erklären erklärte erklärt erklärt", "betonen betonte betont betont",
    "berichten berichtete berichtet berichtet", "behaupten behauptete behauptet behauptet", "teilen teilte teilt geteilt",
    "versichern versicherte versichert versichert", "meinen meinte meint gemeint")]  # fmt: skip

# Nouns that act: article in the nominative and in the accusative, noun, whether plural, whether a name may be its apposition.
PEOPLE = """der den Kanzler|die die Ministerin|der den Minister|die die Anwältin|der den Trainer|die die Bürgermeisterin|der den Präsidenten
die die Präsidentin|der den Unternehmer|die die Forscherin|der den Politiker|die die Rektorin|der den Vorsitzenden|die die Chefin|der den Sänger
die die Schauspielerin|der den Bischof|die die Oppositionsführerin|der den Stürmer|die die Richterin|der den Kläger|die die Autorin
der den Regisseur|die die Landrätin|der den Aufsichtsratschef|die die Finanzministerin|der den Intendanten|die die Zeugin"""
BODIES = """die die Opposition|die die Presse|der den Verein|das das Gericht|die die Stadt|der den Konzern|das das Unternehmen|die die Polizei
die die Partei|der den Verband|die die Bahn|die die Regierung|das das Ministerium|die die Gewerkschaft|der den Klub|die die Kommission
das das Parlament|die die Fraktion|der den Stadtrat|die die Staatsanwaltschaft|das das Kartellamt|die die Firma|der den Hersteller
der den Rechnungshof|die die Behörde|das das Institut|die die Universität|die die Klinik|der den Landkreis|die die Zeitung"""
CROWDS = """Studierenden|Abgeordneten|Anwohner|Lehrer*innen|Kund:innen|Aktionäre|Grünen|Demonstranten|Fans|Mitarbeiter|Kritiker|Ermittler
Gesellschafter|Schüler|Gläubiger|Forscher|Landwirte|Delegierten|Mitglieder|Kläger|Eltern|Beschäftigten|Mieter|Behörden"""
WEAK = {"Präsidenten": "Präsident", "Vorsitzenden": "Vorsitzende", "Intendanten": "Intendant"}

OFFICES = """Bundeskanzler Außenministerin Oberbürgermeister Landrat Ministerpräsidentin Vorstandschef Trainerin Geschäftsführer
Finanzvorstand Personalvorständin Generalsekretär Staatssekretärin Rechtsanwalt Professorin Historiker Parteichefin Pressesprecher
Bürgermeisterin Kommissar Pfarrer Intendantin Chefarzt Sängerin Rapper Kapitän Torhüterin Stürmer Architekt Autorin Regisseur Bischof
Aufsichtsratschef Gründerin Präsident Vizepräsidentin Innensenator Verteidigungsminister SPD-Chef CDU-Abgeordnete Grünen-Politiker
FDP-Fraktionschefin Linken-Vorsitzende VW-Manager Siemens-Chefin Bayern-Trainer US-Präsident EU-Kommissarin MdB MdL RA GF OB""".split()
DEGREES = ["Dr.", "Prof.", "Prof. Dr.", "Dr. med.", "Dr.-Ing.", "Dipl.-Ing.", "Dr. h. c.", "PD Dr.", "Prof. Dr. Dr."]
RETIRED = ["a. D.", "i. R.", "i. G.", "h. c.", "jun.", "sen."]
PARTIES = "SPD CDU CSU FDP AfD Grüne Linke BSW parteilos FW SSW".split()
NICKNAMES = "Kalle Jay Manni The_Rock Bibi Eisenfuß Mutti Ata Hansi Icke Rocky Der_Kaiser Jimmy Atze Lilli Bobby Don King".split()
PARTICLES = ["von", "van", "de", "zu", "von der", "van der", "zur", "vom", "de la", "von und zu", "ten", "el", "dos", "di"]

FIRST = """Anna Otto Eva Uwe Jens Maria Thomas Karl Ursula Felix Petra Aylin Mehmet Jan Sofia Nele Henrik Kurt Paul Lena Tim Ole Ida
Greta Emil Rosa Hugo Fatma Yusuf Li Wei Jean-Luc Amélie Pierre Dmitri Olga Tomasz Agnieszka Lars Ingrid Sven Björn Özlem Cem Ali Noor
Giulia Marco Ana João Carlos Kenji Yuki John Mary William Sean Aisha Kofi Ngozi Hans-Peter Karl-Heinz Anne-Marie Eva-Maria Heinz Gerda
Werner Ilse Dieter Renate Klaus Ute Jürgen Silke Bernd Heike Frank Kerstin Torsten Anja Mirko Katja Dennis Laura Kevin Julia""".split()
LAST = """Kern Brandt Horn Lang Lange Link Essen Falk Beil Sand Roth Sommer Winter Koch Weber Kaiser König Fuchs Wolf Vogel Hahn Berg Stein
Bach Stern Kraft Ernst Jung Groß Klein Kurz Reich Frank Peters Otto Ludwig Schwarz Weiß Braun Grün Müller-Lüdenscheidt Öztürk Yılmaz
Nguyen Kim O’Neill Kowalski Nowak Novák Ivanow Petrow García López Silva Rossi Bianchi Dupont Leroy Jansen Visser Hansen Olsen Lindqvist
Šimić Horváth Popescu Haddad Al-Masri Okonkwo Diallo Tanaka Sato Chen Wang Li Smith Johnson Kelly Sträßer Grüneberg Hölderle Zwiebler
Tauber Mohnfeld Rettich Kübler Striezel Abendroth Morgenstern Feierabend Amend Saller Prinz Morgen Freitag Mai März Sonntag Neumann""".split()
FIRM_HEADS = """Falk Krone Rhenag Nordwind Heliotec Voltara Bioxa Kaltmann Elbwerft Ostalb Sano Medvia Quantis Lumo Zeta Orbis Terrano
Alpenmilch Hanseatic Techno Mira Optima Delta Weserstahl Aqua Solaris Veritas Ventum""".split()
FIRM_TAILS = ["AG", "GmbH", "SE", "KG", "e. V.", "GmbH & Co. KG", "Bank", "Werke", "Energie", "Holding", "Logistik", "Group", "Medien"]


def word(form: str, pos: str, tag: str, lemma: str = "", **more: object) -> Token:
    return Token(form, pos, tag, lemma or form, **more)  # type: ignore[arg-type]


def hang(phrase: Phrase, head: Token, dep: str) -> Phrase:
    """Hang a phrase on a token."""
    phrase.head.head, phrase.head.dep = head, dep
    return phrase


def named(forms: Sequence[str], kind: str) -> list[Token]:
    """Tokens of a name: the first is the head, the others are flat."""
    tokens = [word(form, "PROPN", "NE", ent=f"{'I' if i else 'B'}-{kind}") for i, form in enumerate(forms)]
    for token in tokens[1:]:
        token.head, token.dep = tokens[0], "flat"
    return tokens


def mark(sign: str, head: Token, space: bool = True, tag: str = "$(") -> Token:
    return word(sign, "PUNCT", tag, space=space, head=head, dep="punct")


class Names:
    """Names to draw from: those of the corpora, by kind, and made-up ones."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        found: dict[str, set[tuple[str, ...]]] = {"PER": set(), "LOC": set(), "ORG": set(), "MISC": set()}
        for sentence in sentences:
            tags = sentence.ents or []
            for span in split_names(tags):
                kind = tags[span.start][2:]
                words = tuple(sentence.words[i] for i in span)
                if tags[span.start][:1] == "B" and kind in found and len(words) <= 4 and is_plain(words):
                    found[kind].add(words)
        self.known = {kind: sorted(names) for kind, names in found.items()}

    def draw(self, kind: str, rng: random.Random) -> tuple[str, ...]:
        """A name as its words."""
        if kind == "PER" and rng.random() < 0.65:
            return made_up_person(rng)
        if kind == "ORG" and rng.random() < 0.3:
            return (rng.choice(FIRM_HEADS), *rng.choice(FIRM_TAILS).split(" "))
        return rng.choice(self.known[kind])


def is_plain(words: Sequence[str]) -> bool:
    """Whether a name is one without signs, in the form of the nominative as far as one sees."""
    return all(re.fullmatch(r"[\w&.'’-]+", w) for w in words) and words[0][0].isupper() and not words[-1].endswith(("s", "-"))


def made_up_person(rng: random.Random) -> tuple[str, ...]:
    first, last = rng.choice(FIRST), rng.choice(LAST)
    roll = rng.random()
    if roll < 0.25:
        return (last,)
    if roll < 0.32:
        return (first, *rng.choice(PARTICLES).split(), last)
    if roll < 0.38:
        return (first, f"{last}-{rng.choice(LAST)}")
    if roll < 0.44:
        return (first, f"{rng.choice('ABCDEFGHJKLMRSTW')}.", last)
    return (first, last)


class Grammar:
    """Draws sentences; `rng` decides everything."""

    def __init__(self, names: Names, rng: random.Random) -> None:
        self.names, self.rng = names, rng
        self.nominative = True  # the case of the phrase in the making

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    # --- phrases -----------------------------------------------------------------------------------------------------

    def bare(self, kind: str) -> Phrase:
        """A name alone."""
        tokens = named(self.names.draw({"P": "PER", "O": "ORG", "L": "LOC"}[kind], self.rng), {"P": "PER", "O": "ORG", "L": "LOC"}[kind])
        return Phrase(tokens, tokens[0])

    def full_name(self) -> Phrase:
        while True:
            name = self.names.draw("PER", self.rng)
            if len(name) > 1:
                tokens = named(name, "PER")
                return Phrase(tokens, tokens[0])

    def person(self, plain: float = 0.55) -> Phrase:
        """A person: a name, or one with office, degrees, nickname, party or what else stands around names."""
        if self.chance(plain):
            return self.bare("P")
        way = self.rng.choice([self.with_office, self.with_degree, self.with_nickname, self.with_party, self.retired,
                               self.mister, self.named_noun, self.with_office, self.office_degree, self.surname_first])  # fmt: skip
        return way()

    def office(self) -> Token:
        form = self.rng.choice(OFFICES)
        return word(form, "NOUN", "NN")

    def with_office(self) -> Phrase:
        title, name = self.office(), self.bare("P")
        hang(name, title, "appos")
        return Phrase([title, *name.tokens], title)

    def degrees(self, head: Token) -> list[Token]:
        return [word(part, "NOUN", "NN", head=head, dep="compound") for part in self.rng.choice(DEGREES).split(" ")]

    def with_degree(self) -> Phrase:
        name = self.bare("P")
        return Phrase([*self.degrees(name.head), *name.tokens], name.head)

    def office_degree(self) -> Phrase:
        title, name = self.office(), self.with_degree()
        hang(name, title, "appos")
        return Phrase([title, *name.tokens], title)

    def mister(self) -> Phrase:
        name = self.bare("P")
        title = word(self.rng.choice(["Frau", "Herr", "Bischof", "Pater", "Schwester"]), "NOUN", "NN", head=name.head, dep="compound")
        return Phrase([title, *name.tokens], name.head)

    def with_nickname(self) -> Phrase:
        first, last = self.rng.choice(FIRST), self.rng.choice(LAST)
        nick = self.rng.choice(NICKNAMES).split("_")
        a, b = self.rng.choice([("„", "“"), ("„", "“"), ("»", "«"), ('"', '"'), ("“", "”"), ("‚", "‘")])
        tokens = named((first, a, *nick, b, last), "PER")
        for token in (tokens[1], tokens[-2]):
            token.pos, token.tag, token.dep, token.head = "PUNCT", "$(", "punct", tokens[2]
        tokens[1].space = tokens[-3].space = False
        name = Phrase(tokens, tokens[0])
        if self.chance(0.4):
            title = self.office()
            hang(name, title, "appos")
            return Phrase([title, *tokens], title)
        return name

    def surname_first(self) -> Phrase:
        """ "KERN, Anna" """
        last = self.rng.choice(LAST)
        tokens = named((last.upper() if self.chance(0.5) else last, ",", self.rng.choice(FIRST)), "PER")
        tokens[1].pos, tokens[1].tag, tokens[1].dep, tokens[1].head = "PUNCT", "$,", "punct", tokens[2]
        tokens[0].space = False
        return Phrase(tokens, tokens[0])

    def with_party(self) -> Phrase:
        name = self.full_name()
        if self.chance(0.3):
            title = self.office()
            name = Phrase([title, *hang(name, title, "appos").tokens], title)
        party = self.rng.choice(PARTIES)
        inner = word(party, "ADJ", "ADJD") if party == "parteilos" else word(party, "PROPN", "NE", ent="B-ORG")
        core = next(token for token in name.tokens if token.ent == "B-PER")
        inner.head, inner.dep, inner.space = core, "appos", False
        return Phrase([*name.tokens, mark("(", inner, space=False), inner, mark(")", inner)], name.head)

    def retired(self) -> Phrase:
        title, name = self.office(), self.full_name()
        hang(name, title, "appos")
        after = [word(part, "ADJ", "ADJD", head=title, dep="amod") for part in self.rng.choice(RETIRED).split(" ")]
        return Phrase([title, *after, *name.tokens], title)

    def named_noun(self) -> Phrase:
        noun = self.noun_of(PEOPLE, self.nominative)
        hang(name := self.full_name(), noun.head, "appos")
        return Phrase([*noun.tokens, *name.tokens], noun.head)

    def noun_of(self, table: str, subject: bool) -> Phrase:
        """An article and a noun, in the nominative or the accusative."""
        nominative, accusative, form = self.rng.choice([row for row in re.split(r"[|\n]", table)]).split()
        lemma = WEAK.get(form, form)
        article = word(nominative if subject else accusative, "DET", "ART", "der")
        noun = word(lemma if subject else form, "NOUN", "NN", lemma)
        article.head, article.dep = noun, "det"
        if self.chance(0.15):
            ending = "e" if article.form != "den" else "en"
            adjective = self.rng.choice("neu klein groß alt französisch japanisch ehemalig örtlich jung bekannt".split())
            form = {"ehemalig": "ehemalig"}.get(adjective, adjective) + ending
            extra = word(form, "ADJ", "ADJA", adjective, head=noun, dep="amod")
            return Phrase([article, extra, noun], noun)
        return Phrase([article, noun], noun)

    def crowd(self) -> Phrase:
        form = self.rng.choice(re.split(r"[|\n]", CROWDS))
        noun = word(form, "NOUN", "NN", lemma="")
        noun.lemma = ""
        article = word("die", "DET", "ART", "der", head=noun, dep="det")
        return Phrase([article, noun], noun, plural=True)

    def party_of(self, kind: str, subject: bool = True) -> Phrase:
        """Whoever takes part: mostly a name, sometimes a noun, sometimes several."""
        self.nominative = subject
        roll = self.rng.random()
        if roll < 0.14:
            return self.series(kind)
        if kind == "P":
            return self.noun_of(PEOPLE, subject) if roll < 0.24 else self.person()
        if kind == "O":
            if roll < 0.40:
                return self.noun_of(BODIES, subject) if self.chance(0.7) else self.crowd()
            return self.with_article(subject) if roll < 0.55 else self.bare("O")
        return self.bare(kind)

    def with_article(self, subject: bool) -> Phrase:
        """ "die Falk AG" """
        head, *tail = (self.rng.choice(FIRM_HEADS), self.rng.choice(["AG", "GmbH", "KG", "Bank", "Holding", "SE"]))
        tokens = named((head, *tail), "ORG")
        article = word("die", "DET", "ART", "der", head=tokens[0], dep="det")
        return Phrase([article, *tokens], tokens[0])

    def series(self, kind: str) -> Phrase:
        """Two to five of a kind with commas and "und"."""
        few = self.rng.choice([2, 2, 3, 3, 3, 4, 5])
        make: Callable[[], Phrase]
        if kind == "P":
            make = self.rng.choice([self.full_name, self.full_name, lambda: self.bare("P"), self.with_party, lambda: self.person(0.3), self.named_noun])
        else:
            make = lambda: self.bare(kind)  # noqa: E731
        parts = [make() for _ in range(few)]
        tokens = list(parts[0].tokens)
        for i, part in enumerate(parts[1:], 1):
            hang(part, parts[0].head, "conj")
            if i < few - 1:
                tokens[-1].space = False
                tokens.append(mark(",", part.head, tag="$,"))
            else:
                tokens.append(word(self.rng.choice(["und", "und", "und", "sowie"]), "CCONJ", "KON", head=part.head, dep="cc"))
            tokens += part.tokens
        return Phrase(tokens, parts[0].head, plural=True)

    def adverbial(self, verb: Token) -> Phrase:
        """What stands before or behind the verb: a time, a place, an adverb."""
        rng = self.rng
        way = rng.randrange(7)
        if way == 0:
            day = word(rng.choice("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Wochenende Abend Vormittag".split()), "NOUN", "NN")
            tokens = [word("am", "ADP", "APPRART", "an", head=day, dep="case"), day]
            return hang(Phrase(tokens, day), verb, "obl")
        if way == 1:
            month = word(rng.choice("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()), "NOUN", "NN")
            tokens = [word("im", "ADP", "APPRART", "in", head=month, dep="case"), month]
            if self.chance(0.5):
                tokens.append(word(str(rng.randint(1950, 2026)), "NUM", "CARD", head=month, dep="nmod"))
            return hang(Phrase(tokens, month), verb, "obl")
        if way == 2:
            year = word(str(rng.randint(1850, 2026)), "NUM", "CARD")
            return hang(Phrase([year], year), verb, "obl")
        if way in (3, 4):
            adverb = word(rng.choice("gestern heute zuvor später daraufhin inzwischen schließlich dort überraschend damals kürzlich zuletzt "
                                     "vorgestern dennoch deshalb danach offenbar bald".split()), "ADV", "ADV")  # fmt: skip
            return hang(Phrase([adverb], adverb), verb, "advmod")
        if way == 5:
            place = self.bare("L")
            case = word("in", "ADP", "APPR", head=place.head, dep="case")
            return hang(Phrase([case, *place.tokens], place.head), verb, "obl")
        form, article = rng.choice([("Wahl", "der"), ("Sitzung", "der"), ("Prozess", "dem"), ("Gipfel", "dem"), ("Streik", "dem"), ("Insolvenz", "der"), ("Pause", "der")])
        noun = word(form, "NOUN", "NN")
        case = word(rng.choice(["nach", "vor", "bei"]), "ADP", "APPR", head=noun, dep="case")
        det = word(article, "DET", "ART", "der", head=noun, dep="det")
        return hang(Phrase([case, det, noun], noun), verb, "obl")

    # --- clauses -----------------------------------------------------------------------------------------------------

    def verb_words(self, verb: Verb, plural: bool, be: bool = False) -> tuple[Token, list[Token], Token]:
        """Return the finite verb, the words of the right bracket, and the lexical verb among them."""
        way = self.rng.random()
        n = int(plural)
        if way < 0.62:
            forms = verb.past if self.chance(0.72) else verb.present
            finite = word(forms[n], "VERB", "VVFIN", verb.infinitive)
            right = []
            if verb.particle:
                right = [word(verb.particle, "ADP", "PTKVZ", head=finite, dep="compound:prt")]
            return finite, right, finite
        if way < 0.86:
            lexical = word(verb.participle, "VERB", "VVPP", verb.lemma)
            auxiliary = ("ist", "sind", "war", "waren", "sein") if be else ("hat", "haben", "hatte", "hatten", "haben")
            finite = word(auxiliary[n + 2 * self.rng.randrange(2)], "AUX", "VAFIN", auxiliary[4], head=lexical, dep="aux")
            return finite, [lexical], lexical
        lexical = word(verb.lemma, "VERB", "VVINF", verb.lemma)
        form, lemma, tag = self.rng.choice([(("will", "wollen"), "wollen", "VMFIN"), (("soll", "sollen"), "sollen", "VMFIN"),
            (("kann", "können"), "können", "VMFIN"), (("wird", "werden"), "werden", "VAFIN"), (("wollte", "wollten"), "wollen", "VMFIN"),
            (("musste", "mussten"), "müssen", "VMFIN"), (("könnte", "könnten"), "können", "VMFIN")])  # fmt: skip
        finite = word(form[n], "AUX", tag, lemma, head=lexical, dep="aux")
        return finite, [lexical], lexical

    def main(self) -> Phrase:
        """A verb-second clause with a subject and an object: adverb first, subject first, or a list."""
        frame = self.rng.choice(["PL", "PP", "PP", "PO", "OO", "OO", "OP", "LL"])
        verb = self.rng.choice(TRANSITIVE[frame])
        subject, thing = self.party_of(frame[0]), self.party_of(frame[1], subject=False)
        finite, right, lexical = self.verb_words(verb, subject.plural)
        hang(subject, lexical, "nsubj")
        hang(thing, lexical, "obj")
        front = self.adverbial(lexical) if self.chance(0.72) else None
        middle = [*self.adverbial(lexical).tokens] if self.chance(0.2) else []
        if front:
            tokens = [*front.tokens, finite, *subject.tokens, *thing.tokens, *middle, *right]
        elif self.chance(0.12) and subject.plural and not thing.plural:
            tokens = [*thing.tokens, finite, *middle, *subject.tokens, *right]
        else:
            tokens = [*subject.tokens, finite, *(middle if self.chance(0.5) else []), *thing.tokens, *right]
            if len(tokens) == len(subject.tokens) + 1 + len(thing.tokens) + len(right) and middle:
                tokens[len(subject.tokens) + 1 : len(subject.tokens) + 1] = middle
        return Phrase(tokens, lexical)

    def simple(self) -> Phrase:
        """A verb-second clause without an object: an apposition stays with its noun."""
        verb = self.rng.choice(INTRANSITIVE)
        self.nominative = True
        subject = self.person(0.3) if self.chance(0.7) else self.party_of("P")
        finite, right, lexical = self.verb_words(verb, subject.plural, verb.lemma in BE)
        hang(subject, lexical, "nsubj")
        front = self.adverbial(lexical)
        behind = self.adverbial(lexical).tokens if self.chance(0.4) else []
        if self.chance(0.7):
            return Phrase([*front.tokens, finite, *subject.tokens, *behind, *right], lexical)
        return Phrase([*subject.tokens, finite, *front.tokens, *right], lexical)

    def last(self, conjunction: str) -> Phrase:
        """A verb-last clause."""
        frame = self.rng.choice(["PL", "PP", "PO", "OO", "OP"])
        verb = self.rng.choice(TRANSITIVE[frame])
        subject, thing = self.party_of(frame[0]), self.party_of(frame[1], subject=False)
        finite, right, lexical = self.verb_words(verb, subject.plural)
        if right and right[-1].dep == "compound:prt":
            finite.form, right = verb.particle + finite.form, []
            finite.lemma = verb.lemma
        hang(subject, lexical, "nsubj")
        hang(thing, lexical, "obj")
        opener = word(conjunction, "SCONJ", "KOUS", head=lexical, dep="mark")
        middle = self.adverbial(lexical).tokens if self.chance(0.3) else []
        place = self.rng.randrange(2)
        tokens = [opener, *(middle if place else []), *subject.tokens, *([] if place else middle), *thing.tokens, *right, finite]
        return Phrase(tokens, lexical)

    def complex(self) -> Phrase:
        """A clause before or behind another: "Als Merkel Paris besuchte, regnete es", "…, weil …"."""
        inner = self.last(self.rng.choice(["als", "nachdem", "weil", "während", "obwohl", "bevor", "seit", "wenn", "da"]))
        outer = self.rng.choice([self.main, self.simple])()
        hang(inner, outer.head, "advcl")
        if self.chance(0.5):
            inner.tokens[-1].space = False
            verbs = [t for t in outer.tokens if t.tag.endswith("FIN")]
            finite = verbs[0]
            place = outer.tokens.index(finite)
            front, rest = outer.tokens[:place], outer.tokens[place + 1 :]
            subject = [t for t in front if t.head is outer.head and t.dep == "nsubj"]
            comma = mark(",", inner.head, tag="$,")
            # what stood before the verb goes behind it
            return Phrase([*inner.tokens, comma, finite, *(front if subject or not front else []), *rest], outer.head) if subject else Phrase(
                [*inner.tokens, comma, finite, *rest], outer.head)
        outer.tokens[-1].space = False
        return Phrase([*outer.tokens, mark(",", inner.head, tag="$,"), *inner.tokens], outer.head)

    def said(self) -> Phrase:
        """Somebody says something: content first or last, with or without "dass"."""
        verb = self.rng.choice(SAYING[:-3] + SAYING[-2:])
        self.nominative = True
        speaker = self.person(0.4) if self.chance(0.8) else self.noun_of(PEOPLE, True)
        finite = word(verb.past[0], "VERB", "VVFIN", verb.infinitive)
        hang(speaker, finite, "nsubj")
        after = self.adverbial(finite).tokens if self.chance(0.3) else []
        if self.chance(0.4):
            content = self.last("dass")
            hang(content, finite, "ccomp")
            opening = [*speaker.tokens, finite, *after]
            opening[-1].space = False
            return Phrase([*opening, mark(",", content.head, tag="$,"), *content.tokens], finite)
        content = self.main()
        hang(content, finite, "ccomp")
        content.tokens[-1].space = False
        if self.chance(0.5):
            a, b = self.rng.choice([("„", "“"), ("»", "«"), ('"', '"')])
            quoted = [mark(a, content.head, space=False), *content.tokens, mark(b, content.head, space=False)]
            return Phrase([*quoted, mark(",", content.head, tag="$,"), finite, *speaker.tokens, *after], finite)
        return Phrase([*content.tokens, mark(",", content.head, tag="$,"), finite, *speaker.tokens, *after], finite)

    def both(self) -> Phrase:
        """Two main clauses, the second with its own subject."""
        one, two = self.rng.choice([self.main, self.simple])(), self.rng.choice([self.main, self.simple])()
        hang(two, one.head, "conj")
        link = word(self.rng.choice(["und", "und", "aber", "doch"]), "CCONJ", "KON", head=two.head, dep="cc")
        middle = [link]
        if link.form != "und" or self.chance(0.4):
            one.tokens[-1].space = False
            middle = [mark(",", two.head, tag="$,"), link]
        return Phrase([*one.tokens, *middle, *two.tokens], one.head)

    def possessive(self) -> Phrase:
        """ "Müllers Anwalt Peter Roth": who owns stands before, does not act."""
        owner = named((self.rng.choice(LAST) if self.chance(0.6) else self.rng.choice(self.names.known["LOC"])[0],), "PER")
        known = owner[0].form
        owner[0].ent = "B-PER" if known in LAST else "B-LOC"
        if known.endswith(("s", "ß", "z", "x")):
            owner[0].form = known + "’"
        else:
            owner[0].form = known + "s"
        owner[0].lemma = known
        noun = word(self.rng.choice("Anwalt Anwältin Sprecher Trainer Bürgermeisterin Chef Bruder Tochter Nachfolgerin Vorgänger Berater".split()), "NOUN", "NN")
        hang(Phrase(owner, owner[0]), noun, "nmod")
        name = self.full_name()
        hang(name, noun, "appos")
        subject = Phrase([*owner, noun, *name.tokens], noun)
        verb = self.rng.choice(TRANSITIVE["PP"])
        thing = self.party_of(self.rng.choice("PO"), subject=False)
        finite, right, lexical = self.verb_words(verb, False)
        hang(subject, lexical, "nsubj")
        hang(thing, lexical, "obj")
        if self.chance(0.5):
            return Phrase([*self.adverbial(lexical).tokens, finite, *subject.tokens, *thing.tokens, *right], lexical)
        return Phrase([*subject.tokens, finite, *thing.tokens, *right], lexical)

    def loose(self) -> Phrase:
        """An apposition between commas: "…, Chef der Falk AG, …"."""
        subject = self.full_name()
        noun = word(self.rng.choice("Chef Chefin Sprecher Sprecherin Gründer Präsidentin Leiter Vorsitzende Geschäftsführerin".split()), "NOUN", "NN")
        firm = self.with_article(True)
        firm.tokens[0].form = "der"
        hang(firm, noun, "nmod")
        noun.head, noun.dep = subject.head, "appos"
        subject.tokens[-1].space = False
        firm.tokens[-1].space = False
        group = Phrase([*subject.tokens, mark(",", noun, tag="$,"), noun, *firm.tokens, mark(",", noun, tag="$,")], subject.head)
        verb = self.rng.choice(TRANSITIVE[frame := self.rng.choice(["PL", "PP", "PO"])])
        thing = self.party_of(frame[1], subject=False)
        finite, right, lexical = self.verb_words(verb, False)
        hang(group, lexical, "nsubj")
        hang(thing, lexical, "obj")
        if self.chance(0.5):
            return Phrase([*self.adverbial(lexical).tokens, finite, *group.tokens, *thing.tokens, *right], lexical)
        return Phrase([*group.tokens, finite, *thing.tokens, *right], lexical)

    def sentence(self) -> Sentence:
        """A whole sentence, now and then without its full stop or as a capital headline."""
        way = self.rng.choice([self.main] * 7 + [self.simple] * 2 + [self.complex] * 2 + [self.said] * 2 + [self.both] * 2 + [self.possessive, self.loose])
        clause = way()
        tokens = list(clause.tokens)
        tokens[0].form = tokens[0].form[0].upper() + tokens[0].form[1:]
        stop = self.rng.random()
        if stop < 0.93:
            tokens[-1].space = False
            tokens.append(mark("." if stop < 0.9 else "!", clause.head, tag="$."))
        if self.chance(0.01):
            for token in tokens:
                token.form = token.form.upper()
        places = {id(token): i for i, token in enumerate(tokens)}
        heads = [places[id(token.head)] if token.head else i for i, token in enumerate(tokens)]
        return Sentence(
            words=[t.form for t in tokens],
            spaces=[t.space for t in tokens],
            tags=[t.tag for t in tokens],
            pos=[t.pos for t in tokens],
            lemmas=[t.lemma for t in tokens],
            heads=heads,
            deps=["root" if h == i else t.dep for i, (t, h) in enumerate(zip(tokens, heads, strict=True))],
            ents=[t.ent for t in tokens],
        )


def generate(names: Names, count: int, rng: random.Random) -> list[Sentence]:
    """Return `count` sentences."""
    grammar = Grammar(names, rng)
    return [grammar.sentence() for _ in range(count)]


def rename(sentence: Sentence, names: Names, rng: random.Random, share: float) -> Sentence:
    """Put other names of the same kind and length in the place of a share of the names: the labels stay right."""
    tags, words = sentence.ents, list(sentence.words)
    if not tags:
        return sentence
    for span in split_names(tags):
        kind = tags[span.start][2:]
        plain = tags[span.start][:1] == "B" and kind in names.known and is_plain(tuple(words[i] for i in span))
        if plain and rng.random() < share:
            for _ in range(4):
                other = names.draw(kind, rng)
                if len(other) == len(span):
                    words[span.start : span.stop] = other
                    break
    return replace(sentence, words=words)
