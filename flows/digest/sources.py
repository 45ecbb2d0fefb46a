"""The sources of a fact as a reader sees them: claims with their article, date and sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flows.digest.clean import QUOTE_LIMIT, clean, link
from flows.digest.document import Cite, SourceHealth
from flows.digest.names import Names
from flows.digest.words import Words
from storage.model import Article, Claim, FetchState, Source, SourceKind

MOST = 3


class Citing:
    """Turns claim ids into what is shown of them."""

    def __init__(
        self,
        words: Words,
        names: Names,
        claims: Mapping[str, Claim],
        articles: Mapping[str, Article],
        sources: Mapping[str, Source],
    ) -> None:
        self._words, self._names = words, names
        self._claims, self._articles, self._sources = claims, articles, sources

    def claims(self, ids: Iterable[str]) -> list[Claim]:
        """The claims known of these ids, in their order, each once."""
        return [self._claims[key] for key in dict.fromkeys(ids) if key in self._claims]

    def cites(self, ids: Iterable[str]) -> tuple[tuple[Cite, ...], int]:
        """The first few sources, those of different publishers before a publisher's second, and how many more there are.

        An article is cited once a fact, by its best claim.
        """
        ids = list(dict.fromkeys(ids))
        by_article: dict[str, Claim] = {}
        for claim in self.claims(ids):
            by_article.setdefault(claim.article, claim)
        seen: set[str] = set()
        first: list[Claim] = []
        second: list[Claim] = []
        for claim in by_article.values():
            (second if claim.publisher in seen else first).append(claim)
            seen.add(claim.publisher)
        chosen = (first + second)[:MOST]
        missing = sum(key not in self._claims for key in ids)
        return tuple(self._cite(claim) for claim in chosen), len(by_article) - len(chosen) + missing

    def _cite(self, claim: Claim) -> Cite:
        article = self._articles.get(claim.article)
        dated = day_of(article, self._words) if article is not None and not claim.published_estimated else None
        return Cite(
            claim=claim.id,
            article=claim.article,
            title=clean(article.title) if article else "",
            url=link(article.url) if article else None,
            source=publisher_name(claim.publisher, self._sources, self._names),
            authority=claim.authority,
            date=dated or self._words.day(claim.as_of.date()),
            estimated=claim.published_estimated,
            says=self._names.name(claim.attributed_to) if claim.attributed_to else None,
            quote=clean(claim.evidence.quote, QUOTE_LIMIT),
        )


def publisher_name(publisher: str, sources: Mapping[str, Source], names: Names) -> str:
    """Who published, as a reader knows them. A document given by hand names its publisher, by a slug or as such."""
    source = sources.get(publisher)
    return clean(source.title) if source is not None and source.title else names.name(publisher)


def day_of(article: Article, words: Words) -> str | None:
    """The day an article was published, as its publisher counts days; None where it says none."""
    if article.published_on is not None:
        return words.day(article.published_on)
    return words.day(article.published.date()) if article.published is not None else None


def health_of(sources: Sequence[Source], states: Mapping[str, FetchState], words: Words) -> tuple[SourceHealth, ...]:
    """How each polled source has been answering; those with trouble first."""
    lines = []
    for source in sources:
        if not source.enabled or source.kind is SourceKind.MANUAL:
            continue
        state = states.get(source.name)
        if state is None or state.checked_at is None:
            health, detail = "new", "not polled yet"
        elif state.failures or state.error:
            since = f"last answer {words.day(state.succeeded_at.date())}" if state.succeeded_at else "no answer yet"
            times = f"{state.failures} times, " if state.failures > 1 else ""
            health, detail = "failing", f"{clean(state.error or 'no usable answer')} ({times}{since})"
        else:
            health, detail = "ok", ""
        lines.append(SourceHealth(name=source.name, title=clean(source.title), state=health, detail=detail))
    order = {"failing": 0, "new": 1, "ok": 2}
    return tuple(sorted(lines, key=lambda line: (order[line.state], line.name)))
