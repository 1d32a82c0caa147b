"""From a document to its mentions and claims: one document at a time, with no memory of the others.

What a text yields depends on the text and the pipeline alone. That is why documents can be skipped, withdrawn, or read
by several processes without changing the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kg.errors import ExtractionError, KgError, WorkerError
from kg.extract.passes import extract_claims, read
from kg.extract.spawning import UNGUARDED, Spawning, foreign_modules_ignored
from kg.extract.story import story_lines as lines_of
from kg.extract.text.placing import placed
from kg.ontology import speaking
from kg.ontology.user_vocabulary import vocabulary
from kg.reader.pipeline import load
from kg.records import Document, Extraction
from kg.system.characters import plain_text
from kg.system.memory import shortage
from kg.system.processes import RAISE_PROCESSES, check_threads, end_with_parent
from kg.system.text import one_line

if TYPE_CHECKING:
    from spacy.language import Language

T = TypeVar("T")


def extract(document: Document, nlp: Language) -> Extraction:
    """The mentions and claims of one document; a text that is all boilerplate yields none.

    The text is read as it looks, see `kg.system.characters`; the spans are those of the text as it came.
    Raises ExtractionError, which names the document, where its text is too odd for the pipeline or for our rules.
    """
    with _telling_of(document):
        words = plain_text(document.text)
        found = _found(document if words is None else replace(document, text=words.text), nlp)
        _check_spans(found)
        return found if words is None else placed(found, words, document)


def _check_spans(found: Extraction) -> None:
    """Raise ValueError for a span that ends before it begins: a store would refuse it, and with it all other texts."""
    for claim in found.claims:
        parts = (claim.sentence, *claim.arguments, claim.speaker, claim.time)
        if not all(part.start < part.end for part in parts if part is not None):
            raise ValueError(f"a claim with a span that ends before it begins, {one_line(claim.sentence.text)[:80]}")
    if not all(mention.start < mention.end for mention in found.mentions):
        raise ValueError("a mention that ends before it begins")


def explain(document: Document, nlp: Language) -> tuple[str, ...]:
    """The lines that tell how a document is read: each sentence, and below it which pass changed what.

    Raises ExtractionError as `extract` does.
    """
    with _telling_of(document):
        words = plain_text(document.text)
        return tuple(lines_of(document if words is None else replace(document, text=words.text), nlp))


@contextmanager
def _telling_of(document: Document) -> Iterator[None]:
    """Name the document whose text is too odd to be analysed, whatever a library or a rule of ours says to it.

    Where the machine has too little of something, that is no fault of the text.
    """
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        if shortage(error):
            raise
        raise ExtractionError(
            f"{document.id}: cannot be analysed ({type(error).__name__}: {one_line(str(error))[:200]}); "
            "leave this document out, and report it to the authors of kg",
            (document.id,),
        ) from error


def _found(document: Document, nlp: Language) -> Extraction:
    """The mentions and claims of one document of plain characters; none where all of it is boilerplate."""
    reading = read(document, nlp)
    return Extraction((), ()) if reading is None else extract_claims(reading)


def extract_all(
    documents: Iterable[Document], model: str | None = None, workers: int = 1, relations: str = ""
) -> Iterator[tuple[Document, Extraction] | ExtractionError]:
    """Yield each document with what it says, in the order given, or in its place the error that it ends in.

    `relations` is the text of a user's own vocabulary (`kg.ontology.user_vocabulary`), with whose words it is read.

    See `_each` for `workers` and for what is raised.
    """
    return _each(extract, documents, model, workers, relations)


def explain_all(
    documents: Iterable[Document], model: str | None = None, workers: int = 1, relations: str = ""
) -> Iterator[tuple[Document, tuple[str, ...]] | ExtractionError]:
    """Yield each document with the lines that tell how it is read, as `extract_all` does what it says."""
    return _each(explain, documents, model, workers, relations)


def _each(
    work: Callable[[Document, Language], T],
    documents: Iterable[Document],
    model: str | None,
    workers: int,
    relations: str,
) -> Iterator[tuple[Document, T] | ExtractionError]:
    """Yield each document with what becomes of it by some work, or the error that it ends in.

    `workers` processes share the work. Raises ModelError when `model` is no German spaCy pipeline, WorkerError when
    the processes cannot be started, one was ended from outside, or one runs the script that called this once more.
    """
    nlp = load(model)
    if workers <= 1:
        for document in documents:
            yield _attempt(work, document, nlp, relations)
        return
    check_threads(_THREADS_OF_POOL + _THREADS_OF_WORKER * workers)
    context = Spawning()
    try:
        with foreign_modules_ignored():  # what keeps count of semaphores is started here
            pool = ProcessPoolExecutor(workers, mp_context=context, initializer=end_with_parent)
        with pool:
            yield from pool.map(partial(_work_with, work, model, relations), documents, chunksize=4)
    except BrokenProcessPool as error:
        if context.ran_the_script_again():
            raise WorkerError(UNGUARDED) from None
        raise WorkerError(
            "a process of --workers was ended from outside, perhaps for want of memory; "
            "take fewer workers and run it again: a build into a .kg goes on behind the last text it finished"
        ) from error
    except OSError as error:
        raise WorkerError(
            f"the processes of --workers cannot be started ({error.strerror or error}); "
            f"take fewer workers, or {RAISE_PROCESSES}"
        ) from error


# What runs beside each other at the least: two threads that hand out work, one process that tidies up; in a worker
# itself, the thread that watches the parent, and one that hands back.
_THREADS_OF_POOL, _THREADS_OF_WORKER = 3, 3


def _work_with(
    work: Callable[[Document, Language], T], model: str | None, relations: str, document: Document
) -> tuple[Document, T] | ExtractionError:
    """Do some work on a document in a process of its own, with its own pipeline."""
    return _attempt(work, document, load(model), relations)


def _attempt(
    work: Callable[[Document, Language], T], document: Document, nlp: Language, relations: str
) -> tuple[Document, T] | ExtractionError:
    """The document with what becomes of it by some work, or the error that the work ends in."""
    try:
        with speaking(vocabulary(relations)):
            return document, work(document, nlp)
    except ExtractionError as error:
        return error
