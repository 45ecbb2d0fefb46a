"""Changes → one document. Pure: everything that is read comes as an argument.

changes ──net effect──▶ items ──by entity──▶ sections ──by owner──▶ document
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from flows.config import Catalogue, Watchlist
from flows.digest.clean import clean, clean_lines, link
from flows.digest.document import ArticleLine, Document, Fold, Headline, Item, Part, Section, SourceHealth, Tier
from flows.digest.headings import heading, subheading, summary
from flows.digest.items import Items
from flows.digest.names import OTHERS, Names, spelling
from flows.digest.net import TIERS, Net, net_changes
from flows.digest.profile import Profile
from flows.digest.rows import Row, rows
from flows.digest.sources import day_of, publisher_name
from flows.digest.words import Words
from storage.model import Article, Change, ChangeKind, Claim, Fact, Source, Window

_ARTICLE_KINDS = (ChangeKind.ARTICLE_NEW, ChangeKind.ARTICLE_EDITED, ChangeKind.ARTICLE_GONE)
_HEADLINES = 5
_OF_ENTITY = 2  # headlines of one entity, disputes apart, so that one company does not fill the summary
_WORTH = 6  # importance of a new fact that makes a headline
_DETAIL_LINES = 12


def compose(
    changes: Sequence[Change],
    facts: Mapping[str, Fact],
    claims: Mapping[str, Claim],
    articles: Mapping[str, Article],
    watchlist: Watchlist,
    catalogue: Catalogue,
    *,
    profile: Profile,
    window: Window,
    health: Sequence[SourceHealth] = (),
    now: datetime,
    sources: Mapping[str, Source] | None = None,
    baseline: bool | None = None,
) -> Document:
    """The digest of a window for a profile.

    `facts`, `claims` and `articles` are what the changes refer to, by id; what is missing there is
    left out of the sources shown and never of the changes told. `sources` gives sources' titles.
    A window that starts with the ledger is a baseline, unless `baseline` says otherwise.
    """
    baseline = window.after_seq == 0 if baseline is None else baseline
    makers = {fact.subject: fact.object for fact in facts.values() if fact.predicate == "maker" and fact.object}
    names = Names(watchlist, catalogue.vocabularies, makers, _spelled(claims.values(), watchlist))
    words = Words(names, catalogue, profile.language)
    make = Items(words, names, claims, articles, sources or {})
    nets = net_changes(changes, readings_apart=not baseline)  # who was told nothing yet has nothing to unlearn
    told = [net for net in nets if _selected(net, facts, names, words, profile)]
    items = {part: _by_entity(make.item(net, facts.get(net.fact)) for net in told if _part(net) is part) for part in Part}
    sections, folded = _sections(items[Part.NEWS], names, profile, Part.NEWS, baseline=baseline)
    reading, folded_reading = _sections(items[Part.READING], names, profile, Part.READING, baseline=baseline)
    history, folded_history = _sections(items[Part.HISTORY], names, profile, Part.HISTORY, baseline=baseline)
    lines = _article_lines(changes, articles, sources or {}, words, names)
    counts = _counts(changes, told, lines)
    return Document(
        profile=profile.name,
        title=clean(profile.title),
        heading=heading(now, words, baseline=baseline),
        subheading=subheading(window, now, words, baseline=baseline),
        language=profile.language,
        baseline=baseline,
        window=window,
        made_at=now,
        counts=counts,
        summary=summary(counts, baseline=baseline),
        headlines=_headlines(sections, names, baseline=baseline),
        sections=(*sections, *reading, *history),
        folded=_fold([*folded, *folded_reading, *folded_history]),
        articles=tuple(lines[: profile.articles]),
        articles_folded=max(0, len(lines) - profile.articles),
        source_health=tuple(health),
    )


def _spelled(claims: Iterable[Claim], watchlist: Watchlist) -> dict[str, str]:
    """Names of entities the watchlist does not hold, as the quotes write them."""
    listed, found = watchlist.by_key(), dict[str, str]()
    for claim in claims:
        for key in (claim.subject, claim.object, claim.qualifiers.get("baseline")):
            if isinstance(key, str) and key not in listed and key not in found:
                text = spelling(key, claim.evidence.quote)
                if text:
                    found[key] = text
    return found


def _part(net: Net) -> Part:
    if net.reading:
        return Part.READING
    return Part.HISTORY if net.history else Part.NEWS


def _selected(net: Net, facts: Mapping[str, Fact], names: Names, words: Words, profile: Profile) -> bool:
    """Whether the profile wants it told."""
    fact, change = facts.get(net.fact), net.changes[-1]
    subject, predicate = (fact.subject, fact.predicate) if fact else (change.subject or "", change.predicate or "")
    involved = [subject, fact.object] if fact and fact.object else [subject]
    if profile.entities and not any(names.belongs(key, profile.entities) for key in involved):
        return False
    if profile.predicates and predicate not in profile.predicates:
        return False
    if profile.kinds and net.kind not in profile.kinds:
        return False
    return net.kind is ChangeKind.DISPUTED or words.predicate(predicate).importance >= profile.least_importance


def _by_entity(items: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    """Items under the entity whose section tells them."""
    found: dict[str, list[Item]] = {}
    for entity, item in items:
        found.setdefault(entity, []).append(item)
    return found


def _weight(item: Item, names: Names, entity: str, *, baseline: bool) -> tuple[int, int, str, int, str, int]:
    """Sort key: the heaviest first, like beside like, what is watched more closely before the rest.

    In a baseline, being new or more exact weighs nothing: disputes, promises, then what matters most.
    """
    rank = {Tier.DISPUTE: 0, Tier.PROMISE: 1}.get(item.tier, 2) if baseline else item.tier.rank
    other = item.subject if item.object == entity else item.object or ""
    return (rank, -item.importance, item.predicate, names.place(other), item.label, item.seq)


def _sections(
    by_entity: Mapping[str, Sequence[Item]], names: Names, profile: Profile, part: Part, *, baseline: bool
) -> tuple[list[Section], list[Item]]:
    """Sections in the order they are told, and the items of those beyond the profile's limit."""
    made: list[Section] = []
    tails: dict[str, list[Item]] = {}
    weights: dict[str, tuple[int, int]] = {}
    of_owner: dict[str, tuple[int, int]] = {}
    for entity, unsorted in by_entity.items():
        items = sorted(unsorted, key=partial(_weight, names=names, entity=entity, baseline=baseline))
        shown, left = _cut(items, profile.rows)
        owner = names.owner(entity)
        made.append(
            Section(
                entity=entity,
                name=names.name(entity),
                kind=names.kind(entity),
                owner=owner,
                owner_name="Others" if owner == OTHERS else names.name(owner),
                theme=names.theme(entity),
                part=part,
                changes=tuple(shown),
                folded=_fold(left),
            )
        )
        tails[entity] = items
        weights[entity] = _weight(items[0], names, entity, baseline=baseline)[:2]
        # A baseline keeps the order of the watchlist; news puts the owner with the heaviest news first.
        of_owner[owner] = (0, 0) if baseline else min(of_owner.get(owner, weights[entity]), weights[entity])

    def order(section: Section) -> tuple[object, ...]:
        owner, entity = section.owner, section.entity
        place = (names.place(entity), entity)
        return (owner == OTHERS, of_owner[owner], names.place(owner), owner, entity != owner, weights[entity], *place)

    made.sort(key=order)
    kept, rest = made[: profile.sections], made[profile.sections :]
    # A dispute is never folded away, however long the tail.
    late = [section for section in rest if tails[section.entity][0].tier is Tier.DISPUTE]
    left = [item for section in rest if section not in late for item in tails[section.entity]]
    return kept + late, left


def _cut(items: Sequence[Item], most: int) -> tuple[list[Item], list[Item]]:
    """Items of the first `most` sentences, and the rest; a dispute is never in the rest."""
    told = rows(items)
    keep = {id(item) for number, row in enumerate(told) for item in row.items if number < most or row.lead.tier is Tier.DISPUTE}
    return [item for item in items if id(item) in keep], [item for item in items if id(item) not in keep]


def _fold(items: Iterable[Item]) -> tuple[Fold, ...]:
    by_kind: dict[ChangeKind, list[Item]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item)
    return tuple(
        Fold(kind=kind, count=len(of_kind), seqs=tuple(sorted(seq for item in of_kind for seq in item.seqs)))
        for kind, of_kind in sorted(by_kind.items(), key=lambda pair: (TIERS[pair[0]].rank, pair[0]))
    )


def _headlines(sections: Sequence[Section], names: Names, *, baseline: bool) -> tuple[Headline, ...]:
    """The heaviest sentences, where there are enough that a summary helps."""
    told = [(section, row) for section in sections for row in rows(section.changes)]
    if len(told) <= _HEADLINES + 2:
        return ()

    def weight(pair: tuple[Section, Row]) -> tuple[object, ...]:
        section, row = pair
        heavy = _weight(row.lead, names, section.entity, baseline=baseline)[:2]
        return (*heavy, names.place(section.owner), names.place(section.entity))

    chosen: list[tuple[Section, Row]] = []
    for section, row in sorted(told, key=weight):
        of_entity = sum(section is other for other, _ in chosen)
        worth = row.lead.tier.rank < Tier.NEW.rank or (row.lead.importance >= _WORTH and (baseline or row.lead.tier is Tier.NEW))
        if worth and (of_entity < _OF_ENTITY or row.lead.tier is Tier.DISPUTE) and len(chosen) < _HEADLINES:
            chosen.append((section, row))
    return tuple(Headline(name=section.name, sentence=row.sentence, kind=row.kind, fact=row.lead.fact) for section, row in chosen)


def _article_lines(
    changes: Sequence[Change], articles: Mapping[str, Article], sources: Mapping[str, Source], words: Words, names: Names
) -> list[ArticleLine]:
    """Articles of the window, each told once: gone and edited ones first, then the newest."""
    last: dict[str, Change] = {}
    for change in sorted(changes, key=lambda change: change.seq or 0):
        if change.kind in _ARTICLE_KINDS and change.article is not None and not change.history:
            before = last.get(change.article)
            # New and edited within one window is new: the reader never saw the first text.
            if before is None or before.kind is not ChangeKind.ARTICLE_NEW or change.kind is ChangeKind.ARTICLE_GONE:
                last[change.article] = change
    lines = []
    for key, change in last.items():
        article = articles.get(key)
        lines.append(
            ArticleLine(
                seq=change.seq or 0,
                kind=change.kind,
                article=key,
                title=(clean(article.title) if article else "") or key,
                url=link(article.url) if article else None,
                source=publisher_name(article.publisher, sources, names) if article else "unknown source",
                authority=article.authority if article else None,
                date=day_of(article, words) if article else None,
                detail=clean_lines(change.detail or "", _DETAIL_LINES) if change.kind is ChangeKind.ARTICLE_EDITED else (),
            )
        )
    order = {ChangeKind.ARTICLE_GONE: 0, ChangeKind.ARTICLE_EDITED: 1, ChangeKind.ARTICLE_NEW: 2}
    return sorted(lines, key=lambda line: (order[line.kind], -line.seq))


def _counts(changes: Sequence[Change], told: Sequence[Net], lines: Sequence[ArticleLine]) -> dict[str, int]:
    kinds = Counter(str(net.kind) for net in told if _part(net) is Part.NEWS)
    counts = {"changes": len(changes), "facts": len({net.fact for net in told}), "articles": len(lines)}
    counts |= {str(kind): kinds[kind] for kind in ChangeKind if kinds[kind]}
    counts |= {str(kind): number for kind in _ARTICLE_KINDS if (number := sum(line.kind is kind for line in lines))}
    reading = sum(net.reading for net in told)
    history = sum(_part(net) is Part.HISTORY for net in told)
    older = len({change.article for change in changes if change.kind in _ARTICLE_KINDS and change.history})
    counts |= {"reading": reading} if reading else {}
    return counts | ({"history": history} if history else {}) | ({"older_articles": older} if older else {})
