"""An article and its noun are a bracket: "die sichere Zone der 2.800 Meter langen Landebahn".

What stands between them belongs to the noun, however much it is: "der von der Stadt veröffentlichte Plan", "ein 400
Jahre alter Baum". A small parser closes the bracket too early. Like `repair`, the rule changes heads and labels of a UD
tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_ARTICLES = ("ART", "PDAT", "PPOSAT", "APPRART")
# An attribute before its noun is no longer than this in words; a longer one is another construction.
_LONGEST = 12


def close_brackets(sentence: Sentence) -> None:
    """Give a noun the article and the attributes that stand before a phrase inside it."""
    for token in sentence:
        if token.tag_ in _ARTICLES and token.i + 3 < sentence.end and _opens_attribute(token):
            found = _close(token, sentence)
            if found is not None:
                _join(token, *found)


def _opens_attribute(article: Token) -> bool:
    """Whether something longer than an adjective follows: a preposition, or a number with its unit."""
    following = article.nbor()
    while following.tag_ == "ADJA" and following.i + 3 < following.sent.end:
        following = following.nbor()  # "der 51-jährige aus Hamburg stammende Mann"
    if following.tag_ in ("APPR", "APPRART"):
        return article.tag_ != "PDAT"
    return following.tag_ == "CARD" and following.nbor().pos_ == "NOUN" and following.nbor(2).tag_ == "ADJA"


def _close(article: Token, sentence: Sentence) -> tuple[Token, Token] | None:
    """The adjective that the attribute ends in and the noun that closes the bracket: "errichtete" and "Halle".

    "die in Hof mit großem Aufwand errichtete helle Halle"
    """
    inner = False
    for token in sentence.doc[article.i + 1 : min(article.i + _LONGEST, sentence.end - 1)]:
        if token.is_punct or token.tag_.endswith(("FIN", "INF", "IZU")) or token.tag_ in ("KON", "PRELS"):
            return None
        inner = inner or token.pos_ in NOUNS
        if not inner or token.tag_ != "ADJA" or _is_led_itself(token):
            continue
        last = token
        while last.nbor().tag_ == "ADJA" and last.i + 2 < sentence.end:
            last = last.nbor()
        noun = last.nbor()
        if noun.pos_ not in NOUNS:
            return None
        own = any(c.tag_ in _ARTICLES and article.i < c.i < token.i for c in noun.children)
        return None if own else (token, noun)
    return None


def _is_led_itself(adjective: Token) -> bool:
    """Whether an adjective belongs to a noun inside the attribute: großem in "mit großem Aufwand errichtete"."""
    before = adjective.nbor(-1)
    while before.tag_ == "ADJA" and before.i > before.sent.start:
        before = before.nbor(-1)
    return before.tag_ in (*_ARTICLES, "APPR")


def _join(article: Token, attribute: Token, noun: Token) -> None:
    between = noun.doc[article.i + 1 : attribute.i]
    if noun.head.i in range(article.i, noun.i) and noun.head != noun:
        first = noun.head  # the parser closed the bracket at the noun inside the attribute
        while article.i < first.head.i < noun.i and first.head != first:
            first = first.head
        if first.head == first:
            return
        above = article if first.head == article and article.head not in noun.subtree else first
        if above.head in noun.subtree:
            return
        noun.head, noun.dep_ = above.head, above.dep_
        first.head, first.dep_ = attribute, "obl"
    attribute.head, attribute.dep_ = noun, "amod"
    if article.tag_ == "APPRART":
        article.head, article.dep_ = noun, "case"
    else:
        former = article.head
        article.head, article.dep_ = noun, "det"
        for case in [c for c in former.children if c.dep_ == "case" and c.i == article.i - 1 and former != noun]:
            case.head = noun
    for token in between:
        if token.tag_ == "ADJA" and token.head != noun and not article.i < token.head.i < noun.i:
            token.head, token.dep_ = noun, "amod"
            for child in [c for c in token.children if c.i > token.i]:
                child.head = attribute
        apart = token.head == noun or not article.i < token.head.i <= noun.i
        if token.pos_ in NOUNS and apart and token.dep_ != "ROOT":
            token.head, token.dep_ = attribute, "obl"
