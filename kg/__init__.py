"""German texts in; a knowledge graph out in which every edge can show the sentence it came from.

    import kg
    graph = kg.build("artikel/")
    for fact in graph.why("Sören Link", "unterzeichnen"):
        print(fact.claims[0].sentence.text)

Everything is imported when it is first used: `import kg` takes no time and loads no spaCy.
"""

from __future__ import annotations

from importlib import import_module

from kg.version import __version__ as __version__

TYPE_CHECKING = False  # what type checkers take for true; `typing` takes longer to import than all of this

if TYPE_CHECKING:
    from typing import Any

    from kg.api import add, build, claims, explain, open, remove
    from kg.errors import KgError
    from kg.knowledge_graph import KnowledgeGraph
    from kg.records import Claim, Document, Entity, Fact, Mention

__all__ = [
    "Claim",
    "Document",
    "Entity",
    "Fact",
    "KgError",
    "KnowledgeGraph",
    "Mention",
    "add",
    "build",
    "claims",
    "explain",
    "open",
    "remove",
]

_LATER = {
    **dict.fromkeys(("add", "build", "claims", "explain", "open", "remove"), "kg.api"),
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.knowledge_graph",
    **dict.fromkeys(("Claim", "Document", "Entity", "Fact", "Mention"), "kg.records"),
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
