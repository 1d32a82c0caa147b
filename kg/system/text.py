"""Text in one line, and counts with their noun: "2 documents", "Huawei warnt."."""

from __future__ import annotations


def one_line(text: str) -> str:
    r"""Text with its line breaks and runs of blanks as single blanks.

    >>> one_line("Huawei\n  warnt.")
    'Huawei warnt.'
    """
    return " ".join(text.split())


def counted(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "document"), counted(2, "document"), counted(0, "entity", "entities")
    ('1 document', '2 documents', '0 entities')
    """
    return f"{count} {noun if count == 1 else plural or noun + 's'}"
