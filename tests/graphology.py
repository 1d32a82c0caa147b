"""GraphML and GEXF as graphology's parsers read them, which are those of Gephi Lite, under a real Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path


def load(judge: Path, path: Path) -> dict:
    """What a file holds; `judge` is the fixture of that name, a folder with the parsers."""
    run = ["node", str(judge / "load.mjs"), str(path)]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def as_read(columns: Mapping[str, object], path: Path) -> dict[str, object]:
    """Attributes as graphology should give them: GEXF has no place for an empty label, and colours as rgb(…)."""
    if path.suffix == ".graphml":
        return dict(columns)
    red, green, blue = bytes.fromhex(columns["color"][1:])
    found = {name: value for name, value in columns.items() if name != "label" or value}
    return found | {"color": f"rgb({red},{green},{blue})"}
