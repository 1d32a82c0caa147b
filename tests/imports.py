"""Who imports whom in kg, lazy imports and those for type checkers included: `python tests/imports.py [MODULE]`.

Prints the layers, lowest first, with what each room imports of the others; for a module, what it imports and who imports it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "kg"

# Each layer may import what stands above it in this list, and its own kind.
LAYERS = (
    ("version", "errors", "modalities"),
    ("system",),
    ("checks", "records"),
    ("ontology",),
    ("language",),
    ("reader",),
    ("extract",),
    ("resolve",),
    ("graph",),
    ("store",),
    ("rdf",),
    ("show",),
    ("formats",),
    ("sources",),
    ("review",),
    ("building",),
    ("knowledge_graph",),
    ("opening",),
    ("api",),
    ("__init__",),
    ("serve",),
    ("cli",),
    ("__main__",),
)

# Not part of the program: how the bundled model was made, and the model.
APART = {"training", "models"}


def files() -> list[Path]:
    """The modules of the program."""
    return [p for p in sorted(PACKAGE.rglob("*.py")) if p.relative_to(PACKAGE).parts[0] not in APART]


def name_of(path: Path) -> str:
    """The name of a module, as one imports it: kg/rdf/__init__.py is "kg.rdf"."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """The room of a module: "extract" of "kg.extract.names.firms"."""
    return [*module.split("."), "__init__"][1]


@cache
def tree_of(path: Path) -> ast.Module:
    """What a file says, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path, names: frozenset[str]) -> Iterator[str]:
    """Yield the modules of kg that a file imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in names or node.module in names:
                    yield whole if whole in names else str(node.module)


def imports() -> dict[str, frozenset[str]]:
    """Module → the other modules of kg that it imports."""
    paths = {name_of(path): path for path in files()}
    return {name: frozenset(imported(path, frozenset(paths))) - {name} for name, path in paths.items()}


def main(module: str = "") -> None:
    """Print the layers, or the neighbours of one module."""
    found = imports()
    if module:
        print(f"{module} imports", *sorted(found[module]), sep="\n  ")
        print(
            f"{module} is imported by", *sorted(name for name, others in found.items() if module in others), sep="\n  "
        )
        return
    for layer in LAYERS:
        for room in layer:
            reached = {room_of(other) for name, others in found.items() if room_of(name) == room for other in others}
            print(f"{room:16}", *sorted(reached - {room}))


if __name__ == "__main__":
    main(*sys.argv[1:])
