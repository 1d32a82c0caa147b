"""German texts in; a knowledge graph out in which every edge can show the sentence it came from.

    import kg
    graph = kg.build("artikel/")
    for fact in graph.why("Sören Link", "unterzeichnen"):
        print(fact.claims[0].sentence.text)

What reads texts or builds graphs is imported when it is first used: `import kg` takes no time and loads no spaCy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.records import Claim, Document, Entity, Fact, Mention

if TYPE_CHECKING:
    from kg.api import build, claims, open
    from kg.graph import KnowledgeGraph

__version__ = "0.1.0"

__all__ = [
    "Claim",
    "Document",
    "Entity",
    "Fact",
    "KgError",
    "KnowledgeGraph",
    "Mention",
    "build",
    "claims",
    "open",
]

_LATER = {"KnowledgeGraph": "kg.graph", "build": "kg.api", "claims": "kg.api", "open": "kg.api"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
