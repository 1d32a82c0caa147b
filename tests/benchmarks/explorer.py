"""Does the explorer stay smooth? `python tests/benchmarks/explorer.py` pans, zooms and points in a page of 2,000 things.

It makes a graph of 2,000 entities and 8,000 facts, a few of them hubs as in real texts, opens its page in a headless
Chromium, and prints how long frames took. Headless Chromium draws on the CPU; with a graphics card it is faster.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser import Browser, find_chromium, node_packages
from exploring import look

from kg.knowledge_graph import KnowledgeGraph
from kg.records import MODALITIES, TYPES, Argument, Claim, Document, Entity, Fact, Mention, Predicate, Span
from kg.show.explorer.page import page

SENTENCE = "Die Stadt Beispielhausen prüft nach Angaben des Sprechers ein Angebot der Firma Muster."

SEE_ALL = "void Object.assign(camera, whole(seen.entities))"

# In a page: 90 frames of a movement, each with the time since the frame before, in milliseconds.
FRAMES = """(move) => new Promise((done) => {
  const took = [];
  let before = performance.now();
  const next = (now) => {
    took.push(now - before);
    before = now;
    if (took.length > 90) return done(took.slice(1));
    MOVES[move](took.length);
    requestAnimationFrame(next);
  };
  const MOVES = {
    pan: (frame) => panBy(frame % 40 < 20 ? 12 : -12, frame % 20 < 10 ? 6 : -6),
    zoom: (frame) => zoomBy(frame % 60 < 30 ? 1.06 : 1 / 1.06),
    point: (frame) => moved({ clientX: 300 + 7 * frame, clientY: 200 + 4 * frame, pointerId: -1 }),
  };
  requestAnimationFrame(next);
})"""


def synthetic(entities: int, facts: int) -> KnowledgeGraph:
    """A graph in which some are spoken of much more than others, with one claim for each fact."""
    rng = random.Random(7)
    docs = tuple(Document(f"d{n:04}", SENTENCE, date=f"{2015 + n % 10}-{1 + n % 12:02}") for n in range(500))
    found = tuple(
        Entity(f"e{n:05}", rng.choice(TYPES), f"Beispiel {n}", mentions=_mentions(docs, rng.choice((1, 1, 1, 2, 5))))
        for n in range(entities)
    )
    ends = [entity.id for n, entity in enumerate(found) for _ in range(1 + 60 // (n + 1))]
    drawn = [(rng.choice(ends), rng.choice(found).id) for _ in range(facts)]
    return KnowledgeGraph(docs, found, tuple(_fact(n, *pair, rng, docs) for n, pair in enumerate(drawn)))


def _mentions(docs: tuple[Document, ...], count: int) -> tuple[Mention, ...]:
    return tuple(Mention(doc.id, 10, 24, "Beispielhausen", "named", "Place", "Beispielhausen") for doc in docs[:count])


def _fact(number: int, subject: str, object: str, rng: random.Random, docs: tuple[Document, ...]) -> Fact:
    claim = Claim(
        rng.choice(docs).id,
        Span(0, len(SENTENCE), SENTENCE),
        Argument(10, 24, "Beispielhausen", "Place"),
        Predicate("prüfen", "kgp:prüfen", ((25, 30),), "prüft"),
        Argument(73, 85, "Firma Muster", "Organization"),
    )
    modality = rng.choice((*MODALITIES, "asserted", "asserted", "asserted"))
    polarity = rng.choice(("positive", "positive", "positive", "negative"))
    return Fact(f"f{number:06}", subject, "kgp:prüfen", "prüfen", object, "", polarity, modality, claims=(claim,))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=2000)
    parser.add_argument("--facts", type=int, default=8000)
    parser.add_argument("--picture", help="where to write a screenshot")
    options = parser.parse_args()
    began = time.perf_counter()
    text = page(synthetic(options.entities, options.facts))
    print(f"page: {len(text.encode()) / 1e6:.2f} MB, made in {time.perf_counter() - began:.1f} s")
    browser = Browser(node_packages("KG_REQUIRE_BROWSER"), find_chromium())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.html"
        file.write_text(text, encoding="utf-8")
        began = time.perf_counter()
        browser.open(file.as_uri(), viewport={"width": 1400, "height": 900})
        print(f"opened in {time.perf_counter() - began:.1f} s")
        if options.picture:
            browser("page.screenshot", {"path": options.picture})
        for move in ("pan", "zoom", "point"):
            look(browser, SEE_ALL)
            took = look(browser, f"({FRAMES})({move!r})")
            late = statistics.quantiles(took, n=20)[-1]
            print(f"{move}: median {statistics.median(took):.0f} ms, 95 % within {late:.0f} ms a frame")
        look(browser, SEE_ALL)
        still = (
            "(() => { picture.moving = false; const t = performance.now(); draw(); return performance.now() - t })()"
        )
        print(f"in full detail once still: {look(browser, still):.0f} ms")
    browser.close()


if __name__ == "__main__":
    main()
