"""A document as the parser sees it: long blocks in pieces, full stops as tokens, offsets where they were."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.extract
from kg.errors import ExtractionError
from kg.extract import extract
from kg.extract.claims import verbal
from kg.extract.passes import read
from kg.extract.reading import cut, pieces_of
from kg.extract.text.blocks import find_blocks
from kg.extract.text.sentences import full_stops
from kg.records import Document, Time


@given(st.text(alphabet="ab .!?“😀", max_size=200), st.integers(1, 30))
def test_pieces_are_short_and_lose_nothing_but_blanks(text, longest):
    text = " ".join(text.split())
    pieces = list(cut(text, longest))
    assert all(0 < end - start <= longest for start, end in pieces)
    assert [end for _, end in pieces] == sorted(end for _, end in pieces)
    assert "".join(text[start:end] for start, end in pieces).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "longest", "pieces"),
    [
        ("Er kam. Sie ging.", 20, ["Er kam. Sie ging."]),
        ("Er kam. Sie ging.", 10, ["Er kam.", "Sie ging."]),
        ("„Er kam.“ Sie ging.", 12, ["„Er kam.“", "Sie ging."]),
        ("Er kam spät", 8, ["Er kam", "spät"]),
        ("Donaudampf", 4, ["Dona", "udam", "pf"]),
        ("", 4, []),
    ],
)
def test_pieces_end_with_a_sentence_where_they_can(text, longest, pieces):
    assert [text[start:end] for start, end in cut(text, longest)] == pieces


def test_no_piece_is_longer_than_spacy_allows(nlp):
    assert max(end - start for start, end in cut("Huawei warnt Duisburg. " * 3000)) <= nlp.max_length


@pytest.mark.slow
def test_a_block_may_be_longer_than_spacy_allows(nlp, monkeypatch):
    monkeypatch.setattr(nlp, "max_length", 2_000)  # a million, where there is time
    monkeypatch.setattr("kg.extract.reading.cut", partial(cut, longest=2_000))
    longer = Document("a", "Huawei warnt Duisburg. " * 100)
    reading = read(longer, nlp)
    assert len(reading.blocks) == 2
    assert {block.kind for block, _, _ in reading.blocks} == {"paragraph"}
    for block, first, last in reading.blocks:
        assert reading.span(first, last - 1) == longer.span(block.start, block.end)
        assert block.end - block.start <= 2_000


@pytest.mark.slow
def test_each_piece_keeps_the_speaker_of_its_block(nlp, monkeypatch):
    monkeypatch.setattr("kg.extract.reading.cut", partial(cut, longest=2_000))
    reading = read(Document("a", "Ina Krause: „" + "Wir bauen die Brücke. " * 200 + "“"), nlp)
    speakers = {block.speaker for block, _, _ in reading.blocks}
    assert len(reading.blocks) > 1
    assert speakers == {(0, 10)}


ENDLESS = ["a", "SPD/", "iVBORw0K+", "Kern;Falk;Bonn;", "die\u00adSPD,"]
MARKS = ['"', "'", "„“", "» « ", "(", ".", "!", "…", "😀", "\u0301", "- ", "_", "§ ", "\n\n", '"\n', "-\n", '"\n\n']


@pytest.mark.parametrize("marks", MARKS + ENDLESS)
@pytest.mark.slow
def test_thousands_of_marks_are_no_prose(nlp, marks):
    """Each would take its millisecond, as would what has no blanks; what stands around them is read, and stays where it is."""
    sentence = "Angela Merkel besuchte Paris."
    text = f"{sentence} {marks * 20_000} {sentence}"
    begun = time.process_time()
    found = extract(Document("a", text), nlp)
    assert time.process_time() - begun < 8
    assert [claim.subject.text for claim in found.claims] == ["Angela Merkel"] * 2
    for claim in found.claims:
        assert text[claim.subject.start : claim.subject.end] == "Angela Merkel"
    assert {mention.text for mention in found.mentions} == {"Angela Merkel", "Paris"}


@pytest.mark.parametrize(
    "line",
    ["„Anna Meier\n", "Hartung: Ja.\n\n", "Begründung:\n", "Anna Hartung: Ja.\n\n"],
    ids=lambda line: line.strip(),
)
def test_what_a_line_asks_of_the_whole_text_is_asked_once(line, monkeypatch):
    """The blocks of many lines took minutes, for each looked through all the others."""
    looked = []
    whole = re.findall
    monkeypatch.setattr(re, "findall", lambda pattern, text, *args: looked.append(text) or whole(pattern, text, *args))
    assert list(find_blocks(line * 1_000))
    assert len(looked) <= 5


@pytest.mark.parametrize("marks", ["." * 80, "- " * 50, "“" * 20])
def test_fewer_marks_are_read_as_they_stand(nlp, marks):
    text = f"Angela Merkel {marks} besuchte Paris."
    assert "".join(token.text for token in read(Document("a", text), nlp).doc) == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("und " * 500, 300),
        ("Die Frau des Mannes, " * 100, 300),
        ('"das ' * 400, 300),
        (", ".join(f"Anna Krause{i}" for i in range(350)) + " kamen.", 300),
        ("Die Stadt und Sören Link prüfen mit Huawei den Plan für das neue Rathaus am Rhein " * 40, 300),
        ("/" * 2000 + " Haus", 300),
        ("Huawei warnt Duisburg. " * 100, 5),
    ],
    ids=["und", "genitives", "quotation marks", "names", "no full stop", "one word", "news"],
)
@pytest.mark.slow
def test_no_sentence_is_longer_than_anybody_writes(nlp, text, longest):
    """What parsing and our rules take goes by the square of it; long texts of these took minutes."""
    found = read(Document("a", text), nlp)
    assert max(map(len, found.sentences())) <= longest


def test_no_more_is_parsed_at_once_than_memory_has_room_for(nlp, monkeypatch):
    sizes = []
    pipe = nlp.pipe

    def measured(docs):
        sizes.append(sum(map(len, docs)))
        return pipe(docs)

    monkeypatch.setattr(nlp, "pipe", measured)
    monkeypatch.setattr("kg.extract.reading._LARGEST_BATCH", 100)
    read(Document("a", "Huawei warnt Duisburg.\n\n" * 60), nlp)
    assert sizes == [100, 100, 40]


def test_short_lines_are_read_at_once_and_are_a_sentence_each(nlp, monkeypatch):
    texts = []
    pipe = nlp.pipe

    def noted(docs):
        texts.extend(doc.text.strip() for doc in docs)
        return pipe(docs)

    monkeypatch.setattr(nlp, "pipe", noted)
    lines = ["Ulm", "Otto Kern", "Die Stadt Ulm kaufte im Mai ein Haus am Markt.", "Hof", "Celle"]
    found = read(Document("a", "\n\n".join(lines)), nlp)
    assert texts == ["Ulm Otto Kern", lines[2], "Hof Celle"]
    assert [found.sentence_span(sentence).text for sentence in found.sentences()] == lines


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Er ging. Sie kam.", True),
        ("Anna, Ben, Ida und Ulf. " * 30, True),
        ("a,b,c,d,e, " * 60, True),
        ("a,b,c,d,e, " * 2_500, False),
        ("3:1, 2:0, 1:1 " * 2_500, False),
        ("Am 3. Mai 2010 kaufte Bosch 3,5 % der AG für 2 Mio. €. " * 1_500, True),
    ],
)
def test_much_that_is_no_prose_is_not_read(text, kept):
    assert bool(pieces_of(Document("a", text))) == kept


@pytest.mark.parametrize(
    ("words", "stops"),
    [
        ("Er wählt die AfD. Danach ging er", ["AfD."]),
        ("Er wählt die AfD. “ Danach", ["AfD."]),
        ("die AfD. „ Wir gehen", ["AfD."]),
        ("die AfD. sagte er", []),
        ("Bei KiK. Und bei der Muster GmbH. Dort", ["KiK."]),
        ("Das war 2017. das weiß man", ["2017."]),
        ("Am 13. Januar", []),
        ("Er kam am 13.", ["13."]),
        ("J. F. Kennedy", []),
        ("Er heißt J.", []),
        ("Wilhelm II. Danach", []),
        ("Ludwig XIV. Er kam", []),
        ("Es war Wilhelm II.", ["II."]),
        ("Der Mieterbund e.V. Er half", []),
        ("Der Mieterbund e.V.", []),
        ("z.B. Berlin", []),
        ("Prof. Meier und Dr. Schulz", []),
        ("( AfD. )", ["AfD."]),
        ("…", []),
        ("Und dann ...", []),
    ],
)
def test_full_stops_that_the_tokenizer_left_on_a_word(words, stops):
    split = words.split()
    assert [split[i] for i in full_stops(split)] == [*stops, *(["GmbH."] if "GmbH." in split else [])]


def test_a_sentence_ends_behind_an_acronym(nlp):
    document = Document("a", "Sie wählten  die AfD. Danach kam die PiS. Es war 2017.")
    reading = read(document, nlp)
    words = [token.text for token in reading.doc]
    assert words == "Sie wählten die AfD . Danach kam die PiS . Es war 2017 .".split()
    assert [document.text[a:b] for a, b in zip(reading.starts, reading.ends, strict=True)] == words


@pytest.mark.parametrize(
    "error",
    [
        ValueError("[E088] zu lang"),
        IndexError("list index"),
        RecursionError("tief"),
        RuntimeError("[E039] ein Kreis im Baum"),
        KeyError("Kasus"),
        TypeError("None"),
        AssertionError(),
        ZeroDivisionError("durch null"),
        UnicodeError("kein Zeichen"),
    ],
)
def test_what_goes_wrong_with_a_text_names_the_document(nlp, monkeypatch, error):
    def stumble(document, nlp):
        raise error

    monkeypatch.setattr("kg.extract.read", stumble)
    with pytest.raises(
        ExtractionError, match=rf"^zeitung/7: cannot be analysed \({type(error).__name__}: .*leave"
    ) as hit:
        extract(Document("zeitung/7", "Link warnt."), nlp)
    assert hit.value.__cause__ is error
    assert "\n" not in str(hit.value)


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("can't start new thread"), KeyboardInterrupt()])
def test_what_the_machine_lacks_is_no_fault_of_a_text(nlp, monkeypatch, error):
    def stumble(document, nlp):
        raise error

    monkeypatch.setattr("kg.extract.read", stumble)
    with pytest.raises(type(error)):
        extract(Document("a", "Link warnt."), nlp)


def test_what_stands_beside_many_subjects_is_sought_once(nlp, monkeypatch):
    """Coordination: seventy towns that met seventy others took minutes, for each looked at all again."""
    towns = ["Ulm", "Bonn", "Kiel", "Trier", "Essen", "Berlin", "Jena", "Mainz", "Worms", "Hagen"]
    listed = f"{', '.join(towns[:-1])} und {towns[-1]}"
    sought = []
    found = verbal.fillers_of
    monkeypatch.setattr(verbal, "fillers_of", lambda *args, **kwargs: sought.append(args) or found(*args, **kwargs))
    claims = extract(Document("a", f"{listed} kooperieren mit {listed}."), nlp).claims
    assert {claim.subject.text for claim in claims} == set(towns)
    assert len(sought) == 1


def test_of_two_long_lists_everybody_is_told_once(nlp):
    """Cumulative reading: twenty towns that met twenty others made four hundred claims, and lines of them minutes."""
    few = ["Ulm", "Bonn", "Kiel", "Trier"]
    towns = [*few, "Essen", "Berlin", "Jena", "Mainz", "Worms", "Hagen", "Hof", "Fulda", "Kassel", "Celle", "Emden"]
    for listed, pairs in ((few, 16), (towns, 0)):
        words = f"{', '.join(listed[:-1])} und {listed[-1]}"
        claims = extract(Document("a", f"{words} verklagten {words}."), nlp).claims
        subjects, objects = {c.subject.text for c in claims}, {c.object.text for c in claims}
        assert set(few) <= subjects <= objects == set(listed)
        assert len(claims) == (pairs or len(subjects) + len(objects) - 1)


@pytest.mark.parametrize(
    "text",
    [
        f"Krause warnt {'in der Stadt vor dem Haus am Fluss ' * 30}.",
        "der 2019 beschlossen wurde. 1990 der Masterplan Digitales seit | | den Antrag von + | | das auf | ankündigen 1945 "
        "besetzt. | Japan",
        "„ – “, sagte Kern, ’ – und ging.",
    ],
)
def test_a_mention_never_ends_before_it_begins(nlp, text):
    """A tree may hang an article behind its noun; a mention without words made a store that nobody could read."""
    found = extract(Document("a", text), nlp)
    assert all(m.start < m.end and m.text == text[m.start : m.end] for m in found.mentions)


@pytest.mark.parametrize("text", ["aber, Montag, am den, Lübeck, rennen, sagte ", "Januar, in dem Lübeck aufstieg."])
def test_a_time_never_ends_before_it_begins(nlp, text):
    """A tree may hang a preposition behind its noun."""
    times = [claim.time for claim in extract(Document("a", text), nlp).claims]
    assert all(time is None or time.text == text[time.start : time.end] for time in times)


def test_a_text_read_with_a_broken_span_costs_only_itself(nlp, monkeypatch):
    """What a store would refuse is said of its text, which is left out, not of the whole build."""
    broken = kg.extract.extract_claims

    def breaking(reading):
        found = broken(reading)
        return replace(found, claims=tuple(replace(c, time=Time(9, 2, "")) for c in found.claims))

    monkeypatch.setattr(kg.extract, "extract_claims", breaking)
    with pytest.raises(ExtractionError, match=r"a: cannot be analysed .*a span that ends before it begins"):
        extract(Document("a", "Siemens kaufte Alstom."), nlp)


@pytest.mark.parametrize("row", ["1m ", "Er,er,sie,"])
def test_rows_of_short_words_are_no_prose(row):
    """ "1m" is two words to the reader; eighty thousand of them would take minutes, so such a row is left out."""
    prose = "Angela Merkel besuchte am Montag die Stadt Ulm. "
    assert not pieces_of(Document("a", row * 40_000))
    assert len("".join(words for _, words, _ in pieces_of(Document("a", prose * 4000)))) > 190_000


def test_what_is_no_prose_is_told_of(caplog):
    """A long text of which nothing is read does not end as "0 entities" without a word."""
    caplog.set_level("WARNING", "kg")
    assert not kg.build([Document("a", "z. B. u. a. d. h. " * 2_000)]).entities
    assert "characters are left out, for they are no prose" in caplog.text
