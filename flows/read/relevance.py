"""Which topics of the watchlist want an article, and why.

An article is wanted for what it is about, not for a name dropped in passing: a name in the title
weighs three, one in the first paragraphs two, any other one, and a topic asks for three in all
(with at most three counted of one name's mentions outside title and opening).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from flows.config.watchlist import Entity, Topic, Watchlist
from flows.read.boilerplate import boilerplate_spans
from flows.read.names import Name, Names
from storage.model import Article

ENOUGH = 3
_OPENING = 600
"""Characters of text that count as its opening."""
_COMPANY = 250
"""Characters around a name in which a word of `not_near` gives it another meaning."""


@dataclass(frozen=True, slots=True)
class Match:
    """The topics that want an article, and the reasons, one line each, of those that do and those that do not."""

    topics: tuple[str, ...]
    reasons: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.topics)

    def __str__(self) -> str:
        verdict = f"wanted by {', '.join(self.topics)}" if self.topics else "wanted by no topic"
        return "\n  ".join((verdict, *self.reasons))


def wanted(article: Article, watchlist: Watchlist) -> Match:
    """Which topics of `watchlist` want `article`, judged by its title and its text without boilerplate."""
    return relevance(watchlist).judge(article)


def relevance(watchlist: Watchlist) -> Relevance:
    """The compiled judge of a watchlist; the one asked for last is kept."""
    if not _last or _last[0].watchlist is not watchlist:
        _last[:] = [Relevance(watchlist)]
    return _last[0]


class Relevance:
    """A watchlist made ready for judging many articles."""

    def __init__(self, watchlist: Watchlist) -> None:
        """Compile names, terms and what belongs to each topic's entities."""
        self.watchlist = watchlist
        entities = watchlist.by_key()
        self._topics = watchlist.topics or (Topic(name="watchlist", entities=tuple(entities)),)
        self._belonging = {topic.name: _belonging(topic, entities) for topic in self._topics}
        self._names = Names((entity.key, name) for entity in entities.values() for name in (entity.name, *entity.aliases))
        self._not_near = {
            entity.key: Names(((entity.key, word) for word in entity.not_near), any_case=True)
            for entity in entities.values()
            if entity.not_near
        }
        terms = {term for topic in self._topics for term in (*topic.required, *topic.any, *topic.excluded)}
        self._terms = Names(((term, term) for term in sorted(terms)), any_case=True)

    def judge(self, article: Article) -> Match:
        """The topics that want the article, and why."""
        text = f"{article.title}\n\n{article.text}"
        start = len(article.title) + 2
        skip = [(a + start, b + start) for a, b in boilerplate_spans(article.text)]
        names = [name for name in self._names.find(text) if not _within(name, skip) and self._meant(name, text)]
        terms = {term.key for term in self._terms.find(text) if not _within(term, skip)}
        topics, reasons = [], []
        for topic in self._topics:
            reason, want = self._ask(topic, names, terms, start)
            reasons.append(f"{topic.name}: {reason}")
            if want:
                topics.append(topic.name)
        return Match(tuple(topics), tuple(reasons))

    def _meant(self, name: Name, text: str) -> bool:
        other = self._not_near.get(name.key)
        return other is None or not other.find(text[max(0, name.start - _COMPANY) : name.end + _COMPANY])

    def _ask(self, topic: Topic, names: list[Name], terms: set[str], start: int) -> tuple[str, bool]:
        if excluded := sorted(terms & set(topic.excluded)):
            return f"not wanted, it says {_listed(excluded)}", False
        if missing := [term for term in topic.required if term not in terms]:
            return f"not wanted, it does not say {_listed(missing)}", False
        if topic.any and not terms & set(topic.any):
            return f"not wanted, it says none of {_listed(topic.any)}", False
        if not topic.entities:
            said = sorted(terms & {*topic.required, *topic.any})
            return (f"wanted, it says {_listed(said)}", True) if said else ("not wanted, the topic asks for nothing", False)
        mine = [name for name in names if name.key in self._belonging[topic.name]]
        if not mine:
            return "not wanted, it names none of its entities", False
        weight, places = _weigh(mine, start)
        if weight < ENOUGH:
            return f"not wanted, named in passing only: {places}", False
        return f"wanted for {places}", True


_last: list[Relevance] = []


def _weigh(names: list[Name], start: int) -> tuple[int, str]:
    """How much an article is about the things these names stand for, and where they are named."""
    called = {name.key: name.name for name in reversed(names)}
    title = Counter(called[name.key] for name in names if name.start < start)
    opening = Counter(called[name.key] for name in names if start <= name.start < start + _OPENING)
    later = Counter(called[name.key] for name in names if name.start >= start + _OPENING)
    weight = 3 * len(title) + 2 * len(opening) + sum(min(count, 3) for count in later.values())
    weight += sum(count - 1 for count in opening.values())
    parts = [
        f"{_listed(counted)} in {place}"
        for counted, place in ((title, "the title"), (opening, "the opening"), (later, "the text"))
        if counted
    ]
    return weight, "; ".join(parts)


def _belonging(topic: Topic, entities: dict[str, Entity]) -> set[str]:
    """The topic's entities with all that has them as maker, parent or employer, however far down."""
    keys = set(topic.entities)
    grew = True
    while grew:
        more = {
            entity.key
            for entity in entities.values()
            if entity.key not in keys and keys & {*entity.makers, entity.parent, entity.employer}
        }
        keys |= more
        grew = bool(more)
    return keys


def _within(name: Name, spans: list[tuple[int, int]]) -> bool:
    return any(start <= name.start < end for start, end in spans)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(list(words)[:6])
