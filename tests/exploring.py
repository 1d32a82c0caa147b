"""The explorer page in a browser, and what one does to it and reads from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from browser import Browser

DESKTOP = {"viewport": {"width": 1400, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "hasTouch": True, "isMobile": True}

HOSTILE = "</script><script>document.title = 'gekapert'</script><img src=https://example.org/x onerror=alert(1)>"


def opener(browser: Browser, path: Path) -> Callable[..., Browser]:
    """A function that opens a page in a fresh window, with the fragment and playwright's context that it is given."""

    def opened(fragment: str = "", **context: Any) -> Browser:
        browser.open(path.as_uri() + fragment, **{**DESKTOP, "reducedMotion": "reduce", **context})
        return browser

    return opened


def text(browser: Browser, selector: str) -> str:
    """The visible words of an element, blanks as single ones."""
    return " ".join(browser("page.innerText", selector).split())


def press(browser: Browser, *keys: str) -> None:
    for key in keys:
        browser("page.keyboard.press", key)


def focused(browser: Browser) -> str:
    """What has the keyboard: its id or its words."""
    return browser("page.evaluate", "document.activeElement.id || document.activeElement.innerText")


def look(browser: Browser, code: str) -> Any:
    """What JavaScript makes of what the explorer's scripts export to the page as `explorer`: "camera.zoom"."""
    return browser("page.evaluate", f"with (explorer) {{ {code} }}")


def click_edge(browser: Browser, number: int) -> None:
    """Click the middle of the first edge of a fact."""
    middle = f"(() => {{ const p = pointOn(facts[{number}].edges[0], 0.5); return toScreen(p.x, p.y); }})()"
    x, y = look(browser, middle)
    browser("page.click", "#canvas", {"position": {"x": x, "y": y}})
