"""Pages as a person meets them: a headless Chromium, driven by playwright-core under Node.

`tests/node` has the packages; they are installed once with npm into a cache outside the repository (KG_NODE_CACHE, else
~/.cache/kg). Where Node, npm's registry or Chromium is missing the tests are skipped; with KG_REQUIRE_NODE=1 and
KG_REQUIRE_BROWSER=1, as on CI, they fail instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NoReturn

import pytest

SOURCES = Path(__file__).parent / "node"


def give_up(reason: str, variable: str) -> NoReturn:
    """Skip the test, or fail it where the environment says that nothing may be skipped."""
    if os.environ.get(variable):
        pytest.fail(f"{reason}, and {variable} is set")
    pytest.skip(reason)


def node_packages(variable: str) -> Path:
    """A folder with the scripts of `tests/node` and the packages they need, at the versions of package-lock.json."""
    missing = [name for name in ("node", "npm") if not shutil.which(name)]
    if missing:
        give_up(f"no {' and no '.join(missing)} on this machine", variable)
    files = sorted(path for path in SOURCES.iterdir() if path.is_file())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    cache = Path(os.environ.get("KG_NODE_CACHE") or Path.home() / ".cache" / "kg") / f"node-{digest}"
    if not (cache / "done").exists():
        cache.mkdir(parents=True, exist_ok=True)
        for path in files:
            shutil.copy(path, cache)
        run = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(run, cwd=cache, capture_output=True, text=True, timeout=300)
        if done.returncode:
            give_up(f"npm could not install the packages ({done.stderr.strip()[-200:]})", variable)
        (cache / "done").touch()
    return cache


def find_chromium() -> str:
    """The path of Chromium or Chrome."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    give_up("no Chromium on this machine", "KG_REQUIRE_BROWSER")


class Browser:
    """One Chromium with one page; call it with the name of a method of playwright's page and its arguments.

    browser.open("file:///tmp/graph.html", colorScheme="dark")
    browser("page.fill", "#search", "Link")
    browser("page.keyboard.press", "Enter")
    browser("page.textContent", "h2")
    """

    def __init__(self, packages: Path, chromium: str) -> None:
        run = ["node", str(packages / "browse.mjs"), chromium]
        self._process = subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def __call__(self, call: str, *args: Any) -> Any:
        """What the method answers; raises AssertionError with playwright's message where it fails."""
        sent, received = self._process.stdin, self._process.stdout
        assert sent is not None
        assert received is not None
        sent.write(json.dumps({"call": call, "args": args}) + "\n")
        sent.flush()
        line = received.readline()
        assert line, f"{call}: the browser is gone"
        reply = json.loads(line)
        assert "error" not in reply, f"{call}: {reply['error']}"
        return reply["value"]

    def open(self, url: str, **context: Any) -> None:
        """Open an address in a fresh window; `context` is what playwright's newContext takes (viewport, locale, …)."""
        self("open", url, context)

    def requests(self) -> list[str]:
        """The addresses asked for since `open`, the page's own first."""
        return self("requests")

    def errors(self) -> list[str]:
        """What went wrong in the page's scripts since `open`, and what its Content-Security-Policy refused."""
        return self("errors")

    def serious_faults(self) -> list[dict[str, Any]]:
        """What axe-core finds in the page as it is now and calls serious or critical."""
        return [fault for fault in self("axe") if fault["impact"] in ("serious", "critical")]

    def close(self) -> None:
        """End Chromium and Node."""
        self._process.communicate(timeout=60)
