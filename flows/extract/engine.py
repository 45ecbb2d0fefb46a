"""The extractor: an article in, its claims out, each with evidence and the rule that made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from flows.config.catalogue import Catalogue
from flows.config.watchlist import Watchlist
from flows.extract import coreference, quantities, sentences, times, unknown
from flows.extract.clauses import Parsed, parse
from flows.extract.field import is_of_the_field, settled
from flows.extract.fitted import fitted
from flows.extract.grounding import Ground
from flows.extract.interviews import find_speakers, ours
from flows.extract.mentions import Gazetteer
from flows.extract.plaintext import plain
from flows.extract.rules import registry, roles
from flows.extract.scene import Draft, Scene
from flows.extract.spans import Event, Mention, Sentence
from flows.extract.tokens import Item, tokenise
from flows.read.boilerplate import boilerplate_spans
from storage.identity import claim_id
from storage.model import Article, Claim, Evidence

NAME = "rules"
VERSION = "1"
LEAST_CONFIDENCE = 0.5
LONGEST = 400_000
"""Code points read of one article; what lies beyond is left unread, and the trace says so."""


@dataclass(frozen=True, slots=True)
class TraceLine:
    """What happened at a sentence: which rule `fired`, was `dropped` or only `considered`, and why."""

    start: int
    end: int
    rule: str
    outcome: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article yields. `as_of` is when the world said it; estimated where no date was given."""

    claims: tuple[Claim, ...]
    as_of: datetime
    published_estimated: bool
    trace: tuple[TraceLine, ...]
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """An article taken apart, before any reader looks for claims in it."""

    article: Article
    text: str  # what is read of it, mark-up out of the way: the scene's places count in it
    scene: Scene
    as_of: datetime
    estimated: bool
    sentences: tuple[Sentence, ...]  # by their places in the text as given


class Extractor:
    """Reads articles by rules and data. Building one costs some milliseconds; it keeps no state between articles."""

    def __init__(self, watchlist: Watchlist, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.gazetteer = Gazetteer(watchlist)
        self.events = tuple(
            Event(key=entity.key, names=(entity.name, *entity.aliases), start=entity.start, end=entity.end or entity.start)
            for entity in watchlist.entities
            if entity.kind == "event" and entity.start is not None
        )
        self.rules = registry.Rules(catalogue)

    def survey(self, article: Article, *, now: datetime) -> Survey:
        """The article taken apart, dated by its text where its source gives no date."""
        reading = plain(article.text[:LONGEST])
        text = reading.text
        skipped = [reading.forth(start, end) for start, end in boilerplate_spans(reading.given)]
        found = _renumbered(sentences.split(text, skipped))
        anchor = _publication_day(article)
        scene = self._scene(article, text, found, anchor)
        estimated = anchor is None
        as_of = article.published or (None if anchor is None else datetime.combine(anchor, time(), tzinfo=UTC))
        if as_of is None:
            as_of = earliest(scene, now)
            scene = self._scene(article, text, found, as_of.date())
        return Survey(article, text, scene, as_of, estimated, tuple(map(reading.sentence_back, found)))

    def extract(self, article: Article, *, now: datetime) -> Extraction:
        """All claims of an article's text, in the order of their evidence. Never raises on any text."""
        return self.read(self.survey(article, now=now), now=now)

    def read(self, survey: Survey, *, now: datetime) -> Extraction:
        """All claims that the rules find in an article that was taken apart."""
        article, text, scene, as_of, estimated = survey.article, survey.text, survey.scene, survey.as_of, survey.estimated
        found, reading = survey.sentences, plain(article.text[:LONGEST])
        trace: list[TraceLine] = []
        claims: list[Claim] = []
        if len(article.text) > LONGEST:
            trace.append(TraceLine(LONGEST, len(article.text), "length", "dropped", "beyond what is read of one article"))
        if not is_of_the_field(scene):
            trace.insert(0, TraceLine(0, len(text), "field", "dropped", "nothing in the text speaks of business or technology"))
            return Extraction((), as_of, estimated, tuple(trace), found)
        ground = Ground(text, scene.mentions, scene.entities)
        seen: dict[str, int] = {}
        for draft in self.rules.propose(scene):
            evidence = ground.evidence(draft)
            span = reading.back(max(0, draft.start), min(draft.end, len(text)))
            if isinstance(evidence, str):
                trace.append(TraceLine(*span, draft.rule, "dropped", evidence))
                continue
            if draft.confidence < LEAST_CONFIDENCE:
                trace.append(TraceLine(*span, draft.rule, "dropped", f"confidence {draft.confidence:.2f}"))
                continue
            claim = claim_of(article, draft, evidence, as_of, estimated=estimated, now=now)
            if claim.id in seen:
                if claims[seen[claim.id]].confidence < claim.confidence:
                    claims[seen[claim.id]] = claim
                continue
            seen[claim.id] = len(claims)
            claims.append(claim)
            trace.append(TraceLine(*span, draft.rule, "fired", f"{draft.subject} {draft.predicate} {draft.object or ''}".strip()))
        for note in scene.notes:
            sentence = scene.lines[note.line].line.sentence
            trace.append(TraceLine(*reading.back(sentence.start, sentence.end), note.rule, note.outcome, note.why))
        claims.sort(key=lambda claim: (claim.evidence.start, claim.evidence.end, claim.predicate, claim.subject, claim.id))
        trace.sort(key=lambda line: (line.start, line.outcome, line.rule))
        return Extraction(tuple(claims), as_of, estimated, tuple(trace), found)

    def _scene(self, article: Article, text: str, found: Sequence[Sentence], anchor: date | None) -> Scene:
        """The article taken apart: names, what stands for them, numbers, times, clauses."""
        starts = [(sentence.start, sentence.end) for sentence in found]
        known = settled(text, _inside(self.gazetteer.find(text), starts), self.gazetteer.entities)
        named = sorted([*known, *unknown.find(text, found, known)], key=lambda mention: mention.start)
        meant = coreference.resolve(text, found, named, self.gazetteer.entities)
        mentions = sorted([*named, *meant], key=lambda mention: mention.start)
        values = quantities.find(text)
        moments = times.find(text, anchor=anchor, events=self.events)
        lines: list[Parsed] = []
        pieces: list[list[Item]] = []
        cursors = [0, 0, 0]
        things = [mention for mention in mentions if mention.kind != "event"]  # an event is read as the time it takes place
        pools: tuple[Sequence[Item], ...] = (things, values, moments)
        for sentence in found:
            items: list[Item] = []
            for which, pool in enumerate(pools):
                at = cursors[which]
                while at < len(pool) and pool[at].start < sentence.start:
                    at += 1
                while at < len(pool) and pool[at].start < sentence.end:
                    if pool[at].end <= sentence.end:
                        items.append(pool[at])
                    at += 1
                cursors[which] = at
            pieces.append(items)
            lines.append(parse(tokenise(text, sentence, items)))
        scene = Scene(
            text=text,
            title=article.title,
            entities=self.gazetteer.entities,
            catalogue=self.catalogue,
            lines=lines,
            mentions=mentions,
            published=anchor,
            anchor=anchor or date(1970, 1, 1),
            fitted=fitted(text, named, self.gazetteer.entities),
        )
        find_speakers(scene)
        for number, parsed in enumerate(lines):
            for _ in roles.propose(scene, number, parsed):  # only to learn who works where
                pass
        scene.notes.clear()
        for number in scene.speakers:
            if we := ours(scene, number):
                scene.reread(number, parse(tokenise(text, lines[number].line.sentence, [*pieces[number], *we])))
        return scene


def claim_of(
    article: Article,
    draft: Draft,
    evidence: Evidence,
    as_of: datetime,
    *,
    estimated: bool,
    now: datetime,
    extractor: str = NAME,
    version: str = VERSION,
) -> Claim:
    """The claim that a draft is with evidence found in the plain text: the claim quotes the text as given."""
    evidence = plain(article.text[:LONGEST]).evidence_back(evidence)
    return Claim(
        id=claim_id(
            article.revision,
            evidence.start,
            evidence.end,
            draft.subject,
            draft.predicate,
            draft.object,
            draft.qualifiers,
            draft.value,
            str(draft.modality),
            draft.attributed_to,
        ),
        article=article.id,
        revision=article.revision,
        source=article.source,
        publisher=article.publisher,
        authority=article.authority,
        as_of=as_of,
        published_estimated=estimated,
        subject=draft.subject,
        predicate=draft.predicate,
        object=draft.object,
        qualifiers=draft.qualifiers,
        value=draft.value,
        modality=draft.modality,
        attributed_to=draft.attributed_to,
        evidence=evidence,
        extractor=extractor,
        extractor_version=version,
        confidence=round(min(draft.confidence, 0.99), 2),
        observed_at=now,
    )


def _renumbered(found: Sequence[Sentence]) -> list[Sentence]:
    """The sentences with their paragraphs counted without gaps, so that what was skipped parts nothing."""
    ranks: dict[int, int] = {}
    return [replace(sentence, paragraph=ranks.setdefault(sentence.paragraph, len(ranks))) for sentence in found]


def _inside(mentions: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> list[Mention]:
    kept: list[Mention] = []
    at = 0
    for mention in mentions:
        while at < len(spans) and spans[at][1] <= mention.start:
            at += 1
        if at < len(spans) and spans[at][0] <= mention.start and mention.end <= spans[at][1]:
            kept.append(mention)
    return kept


def _publication_day(article: Article) -> date | None:
    """The day of publication where the publisher is."""
    if article.published_on is not None:
        return article.published_on
    return article.published.date() if article.published is not None else None


def earliest(scene: Scene, now: datetime) -> datetime:
    """The earliest time an undated text allows: the latest day it reports on as past, else `now`."""
    latest: date | None = None
    for number, parsed in enumerate(scene.lines):
        for token in parsed.line.tokens:
            if token.letter != "t":
                continue
            mention = parsed.line.time(token)
            period = mention.period
            if period is None or period.start is None or mention.form in {"open", "horizon"}:
                continue
            clause = next((one for one in parsed.clauses if one.start <= token.start < one.end), None)
            scope = scene.scope(number, clause)
            if (
                scope.modality is None
                or str(scope.modality) != "actual"
                or (clause is not None and clause.group.lemma == "expect")
            ):
                continue
            day = (
                period.start
                if mention.event or mention.form in {"day", "month", "year", "season"}
                else (period.end or period.start)
            )
            if day <= now.date() and (latest is None or day > latest):
                latest = day
    return now if latest is None else min(now, datetime.combine(latest, time(), tzinfo=UTC))
