"""Lemmas as edits: a reader names the script ("l\\t--\\t-+e+n"), this makes the lemma ("gebaut" → "bauen").

The script's first letter is the case of the lemma; then come the edits at the head and at the tail of the form, a
letter a step: "=" keeps one, "-" drops one, "+x" adds an x. After Chrupała (2006) and UDPipe.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

SMALL, CAPITAL, SAME = "l", "U", "="
BREAK, WHOLE = "\t", "!"


def make_script(form: str, lemma: str) -> str:
    """The script that makes a lemma of a form.

    >>> make_script("Regierungen", "Regierung"), make_script("gebaut", "bauen"), make_script("Ging", "gehen")
    ('U\\t\\t--', 'l\\t--\\t-+e+n', 'l\\t\\t-+e+h+e=-')
    """
    case = SMALL if lemma == lemma.lower() else CAPITAL if lemma == lemma.capitalize() else SAME
    source, target = (form, lemma) if case == SAME else (form.lower(), lemma.lower())
    match = SequenceMatcher(None, source, target, autojunk=False).find_longest_match()
    if not match.size:
        return f"{case}{WHOLE}{lemma}"
    head = _edits(source[: match.a], target[: match.b])
    tail = _edits(source[match.a + match.size :], target[match.b + match.size :])
    script = f"{case}{BREAK}{head}{BREAK}{tail}"
    return script if apply_script(form, script) == lemma else f"{case}{WHOLE}{lemma}"  # "İ" has two small letters


def apply_script(form: str, script: str) -> str | None:
    """The lemma that a script makes of a form, None where the form is too short or the letters do not fit.

    >>> apply_script("gekauft", make_script("gebaut", "bauen"))
    'kaufen'
    """
    case, rest = script[0], script[1:]
    if rest.startswith(WHOLE):
        return rest[1:]
    _, head, tail = rest.split(BREAK)
    word = form if case == SAME else form.lower()
    first, last = _length(head), len(word) - _length(tail)
    if first > last:
        return None
    lemma = _apply(word[:first], head) + word[first:last] + _apply(word[last:], tail)
    return lemma.capitalize() if case == CAPITAL else lemma


def _edits(source: str, target: str) -> str:
    steps = []
    for kind, a, b, c, d in SequenceMatcher(None, source, target, autojunk=False).get_opcodes():
        if kind == "equal":
            steps.append("=" * (b - a))
        else:
            steps.append("-" * (b - a) + "".join(f"+{letter}" for letter in target[c:d]))
    return "".join(steps)


def _steps(edits: str) -> list[str]:
    return [edits[i : i + 2] if edits[i] == "+" else edits[i] for i in _starts(edits)]


def _starts(edits: str) -> list[int]:
    starts, i = [], 0
    while i < len(edits):
        starts.append(i)
        i += 2 if edits[i] == "+" else 1
    return starts


def _length(edits: str) -> int:
    return sum(len(step) == 1 for step in _steps(edits))


def _apply(letters: str, edits: str) -> str:
    left = iter(letters)
    made = []
    for step in _steps(edits):
        if len(step) == 2:
            made.append(step[1])
        elif step == "=":
            made.append(next(left))
        else:
            next(left)
    return "".join(made)


_SHORTEST = 4  # letters of a known last part; shorter ones are endings


def compound_lemma(word: str, known: Mapping[str, str]) -> str:
    """The lemma of a compound whose last part is known, the longest there is; "" where none is.

    >>> compound_lemma("Behördengänge", {"Gänge": "Gang"}), compound_lemma("hinausgegangen", {"gegangen": "gehen"})
    ('Behördengang', 'hinausgehen')
    """
    for start in range(2, len(word) - _SHORTEST + 1):
        last = word[start:]
        if word[0].isupper() and last.capitalize() in known:
            return word[:start] + known[last.capitalize()].lower()
        if word[0].islower() and last in known:
            return word[:start] + known[last]
    return ""
