"""Where a line names a figure: the nouns and verbs of the catalogue, found among its tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Parsed
from flows.extract.tokens import Token
from flows.extract.wordlists import word_set

_GENERIC = word_set(
    """
    about additional adjusted after-tax annual annually april-june around attributable billion combined company
    company's comparable consolidated current double-digit expected first first-half first-quarter fiscal fourth
    fourth-quarter full full-year gaap global gross group group's half half's half-year headline higher in income
    interim its january-march july-september last like-for-like loss losses lower million monthly more net new
    non-gaap october-december of one operating organic overall own past preliminary previous profit profits quarter
    quarter's quarterly quarterly's record recurring-basis reported robust roughly second second-half second-quarter
    solid some statutory strong stronger that their third third-quarter this total total's underlying weaker whole
    worldwide year year's yearly
    """
)


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure named at tokens `first`..`last`; `loss` where the word turns its sign."""

    predicate: Predicate
    first: int
    last: int
    loss: bool = False
    verb: bool = False
    segment: str | None = None


class Lexicon:
    """The nouns and verbs of all figure predicates, by first word."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.nouns: dict[str, list[tuple[tuple[str, ...], Predicate, bool]]] = {}
        self.verbs: dict[str, list[tuple[tuple[str, ...], Predicate]]] = {}
        self.unless: dict[str, list[tuple[str, ...]]] = {}
        self.growth: Mapping[str, Predicate] = {
            predicate.of: predicate for predicate in catalogue.predicates if predicate.read_as == "growth" and predicate.of
        }
        self.price = next((one for one in catalogue.predicates if one.read_as == "growth" and not one.of), None)
        for predicate in catalogue.predicates:
            if (
                predicate.object
                or predicate.read_as not in {"figure", "growth"}
                or "org" not in predicate.subject
                or predicate.key == "target"
            ):
                continue
            for phrases, loss in ((predicate.triggers, False), (predicate.losses, True)):
                for phrase in phrases:
                    words = tuple(phrase.lower().split())
                    self.nouns.setdefault(words[0], []).append((words, predicate, loss))
            for verb in predicate.verbs:
                words = tuple(verb.lower().split())
                self.verbs.setdefault(words[0], []).append((words, predicate))
            for phrase in predicate.unless:
                words = tuple(phrase.lower().split())
                self.unless.setdefault(words[0], []).append(words)
        for many in self.nouns.values():
            many.sort(key=lambda entry: -len(entry[0]))
        for verbs in self.verbs.values():
            verbs.sort(key=lambda entry: -len(entry[0]))

    def find(self, parsed: Parsed) -> dict[int, Metric]:
        """Metrics by the token they begin at; a longer name wins, and a phrase of `unless` blinds its words."""
        tokens = parsed.line.tokens
        lows = [token.low for token in tokens]
        blind: set[int] = set()
        found: dict[int, Metric] = {}
        for index, low in enumerate(lows):
            for words in self.unless.get(low, ()):
                if tuple(lows[index : index + len(words)]) == words and not self._is_noun(lows, index, len(words)):
                    blind.update(range(index, index + len(words)))
        index = 0
        while index < len(lows):
            metric = self._noun_at(tokens, lows, index, blind, parsed.line.text)
            if metric is not None:
                found[index] = metric
                index = metric.last + 1
                continue
            index += 1
        for clause in parsed.clauses:
            group = clause.group
            for words, predicate in self.verbs.get(
                group.lemma if words_begin(group.lemma, self.verbs) else "be" if group.lemma == "be" else "", ()
            ):
                rest = words[1:]
                begin = group.last + 1
                while begin < len(lows) and lows[begin] in {"now", "currently", "still", "today", "already", "then"}:
                    begin += 1
                after = lows[begin : begin + len(rest) + 1]
                passive = words[0] == "be" and len(words) > 1 and group.passive and group.lemma == words[1]
                if passive or (rest == tuple(after[: len(rest)]) and (words[0] == group.lemma)):
                    found.setdefault(group.first, Metric(predicate, group.first, group.last, verb=True))
                    break
        return found

    def _is_noun(self, lows: Sequence[str], index: int, length: int) -> bool:
        return any(
            tuple(lows[index : index + len(words)]) == words and len(words) >= length
            for words, _, _ in self.nouns.get(lows[index], ())
        )

    def _noun_at(self, tokens: Sequence[Token], lows: Sequence[str], index: int, blind: set[int], text: str) -> Metric | None:
        for words, predicate, loss in self.nouns.get(lows[index], ()):
            end = index + len(words)
            if tuple(lows[index:end]) != words or index in blind:
                continue
            return Metric(
                predicate,
                index,
                end - 1,
                loss,
                segment=_modifiers(tokens, lows, index, end, text) if "segment" in predicate.slot else None,
            )
        return None


def words_begin(lemma: str, verbs: Mapping[str, object]) -> bool:
    """Whether a verb begins one of the verb phrases."""
    return lemma in verbs


def _modifiers(tokens: Sequence[Token], lows: Sequence[str], index: int, end: int, text: str) -> str | None:
    """What narrows a figure: "data-center revenue", "revenue from services", "gaming sales"."""
    back = index - 1
    words: list[str] = []
    while (
        back >= 0
        and tokens[back].item < 0
        and (lows[back].replace("-", "").replace("&", "").isalpha())
        and lows[back] not in _STOPS
        and len(words) < 4
    ):
        words.insert(0, tokens_text(tokens[back], lows[back]))
        back -= 1
    words = [word for word in words if word not in _GENERIC]
    if words:
        return " ".join(words)
    if end < len(lows) and lows[end] in {"from", "at", "in"}:
        ahead = end + 1
        rest: list[str] = []
        while ahead < len(lows) and (lows[ahead] in {"the", "its"} or tokens[ahead].letter == "o"):
            ahead += 1
        if ahead < len(lows) and tokens[ahead].letter == "l":  # sales in a country are a part of sales
            return parsed_words(tokens[ahead], text)
        while (
            ahead < len(lows)
            and tokens[ahead].item < 0
            and lows[ahead].replace("-", "").isalpha()
            and lows[ahead] not in _NO_PART
            and len(rest) < 5
        ):
            rest.append(lows[ahead])
            ahead += 1
        if rest and rest[-1] in {"business", "unit", "segment", "division", "arm"}:
            return " ".join(rest[:-1]) or None
        if rest and lows[end] == "from" and rest != ["a"] and rest[0] not in {"a", "an", "operations"}:
            return " ".join(rest)
    return None


def parsed_words(token: Token, text: str) -> str:
    """The words a token stands for."""
    return text[token.start : token.end]


def tokens_text(token: Token, low: str) -> str:
    """A token's word."""
    return low if token.item < 0 else ""


_VERBISH = word_set(
    "rose fell grew was were reached came climbed jumped slipped dropped increased declined totalled hit "
    "stood more up down by to for"
)
_STOPS = word_set(
    """
    's 'sole's a about achieved after against all also although an and are around as at because before between booked
    boosted both brought but by delivered down drive driven drove during earned expected expects fell for from
    generated grew had has have her his hit how if in into is its just less lifted lost made make making more most
    much nearly no not of on only or our over pass posted posting pushed quarter raised reach recorded report reported
    reporting reports rose said saw see sees since so some swing swung than that the their though to took under up was
    were when where which while who with year your
    """
)
_NO_PART = _STOPS | _VERBISH
