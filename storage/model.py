"""The vocabulary: one frozen type per station, Source → Entry → Article → Claim → Change → Digest.

Nothing here knows a database, a clock or a network. Times are aware datetimes in UTC; days are
dates. An id is a hash of what identifies a thing (`storage.identity`), never a counter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from storage.values import Qualifier, Value


class Modality(StrEnum):
    """Whether a text says that something is, will be, should be, is said to be or is not."""

    ACTUAL = "actual"
    PLANNED = "planned"
    TARGETED = "targeted"
    RUMOURED = "rumoured"
    DENIED = "denied"

    @property
    def group(self) -> ModalityClass:
        """The class that separates slots: plans and targets share one."""
        return _CLASS_OF[self]


class ModalityClass(StrEnum):
    """Claims of different classes never meet in one slot."""

    REALISED = "realised"
    FORWARD = "forward"
    RUMOURED = "rumoured"
    DENIED = "denied"


_CLASS_OF = {
    Modality.ACTUAL: ModalityClass.REALISED,
    Modality.PLANNED: ModalityClass.FORWARD,
    Modality.TARGETED: ModalityClass.FORWARD,
    Modality.RUMOURED: ModalityClass.RUMOURED,
    Modality.DENIED: ModalityClass.DENIED,
}


class Authority(StrEnum):
    """How near a source is to the event, nearest first."""

    PRIMARY = "primary"
    PRESS = "press"
    AGGREGATOR = "aggregator"
    RUMOUR = "rumour"

    @property
    def rank(self) -> int:
        """0 for the nearest; used only as a tie-break that is shown."""
        return _RANK_OF[self]


_RANK_OF = {authority: rank for rank, authority in enumerate(Authority)}


class SourceKind(StrEnum):
    """What a source is fetched as. `manual` marks documents ingested by hand."""

    FEED = "feed"
    SITEMAP = "sitemap"
    FOLDER = "folder"
    WARC = "warc"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place articles come from, as `sources.yaml` describes it."""

    name: str
    title: str
    kind: SourceKind = SourceKind.FEED
    url: str = ""
    every: timedelta = timedelta(hours=1)
    full_text: str = "auto"  # auto | feed | page
    match: str = "all"  # all | watchlist
    authority: Authority = Authority.PRESS
    timezone: str = "UTC"
    tags: tuple[str, ...] = ()
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchState:
    """What is remembered of a source between two polls, and its health."""

    source: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    status: int | None = None
    failures: int = 0
    error: str | None = None
    retry_at: datetime | None = None
    entries: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One piece as the outside gave it: a feed's entry, a page, a file. Nothing in it is trusted."""

    source: str
    url: str
    title: str = ""
    body: str = ""
    media_type: str = "text/html"  # text/html | text/plain | text/markdown
    published: datetime | None = None
    published_on: date | None = None  # the publication day in the publisher's time zone
    updated: datetime | None = None
    language: str | None = None
    author: str | None = None
    guid: str | None = None
    publisher: str | None = None  # who published it, where the entry itself says so
    authority: Authority = Authority.PRESS
    timezone: str = "UTC"


class ArticleState(StrEnum):
    """What became of an article. Only a `read` one is extracted."""

    READ = "read"
    SET_ASIDE = "set_aside"  # no topic of the watchlist wants it
    BLOCKED = "blocked"  # a consent wall, a paywall, an empty shell
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published piece at one revision: identified by its canonical URL, its text kept as it was read.

    `text` is what evidence offsets count code points in. `fingerprint` is a MinHash signature
    (bytes) that tells copies of one story apart from stories of their own.
    """

    id: str
    revision: str
    url: str
    source: str
    publisher: str  # the key independence is counted by: who published, else the source
    title: str
    text: str
    language: str
    author: str | None = None
    published: datetime | None = None
    published_on: date | None = None
    updated: datetime | None = None
    seen_at: datetime
    authority: Authority = Authority.PRESS
    state: ArticleState = ArticleState.READ
    fingerprint: bytes = b""
    credit: str | None = None  # the agency the text says it comes from: "reuters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a revision's text, with the part it plays: `subject`, `period`, `unit`, …"""

    role: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A verbatim quote: `text[start:end] == quote` in the revision's text, counted in code points.

    `context` names the spans outside the quote that the claim rests on as well.
    """

    quote: str
    start: int
    end: int
    context: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one revision of one article asserts, with its evidence. See the fact model in CONTRIBUTING."""

    id: str
    article: str
    revision: str
    source: str
    publisher: str
    authority: Authority
    as_of: datetime
    published_estimated: bool
    subject: str
    predicate: str
    object: str | None
    qualifiers: Mapping[str, Qualifier]
    value: Value | None
    modality: Modality
    attributed_to: str | None
    evidence: Evidence
    extractor: str
    extractor_version: str
    confidence: float
    observed_at: datetime


class FactStatus(StrEnum):
    """How a fact stands."""

    CURRENT = "current"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"  # only in histories
    WITHDRAWN = "withdrawn"


class Promise(StrEnum):
    """Where a forward fact stands against the clock."""

    OPEN = "open"
    DUE = "due"
    OVERDUE = "overdue"
    FULFILLED = "fulfilled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One value in a slot with the claims that carry it, best first."""

    value: Value | None
    modality: Modality
    claims: tuple[str, ...]
    as_of: datetime
    independent_sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactState:
    """What is believed of a slot at one moment.

    `sides` has one entry; several in a dispute, or where a predicate holds several values at once
    (the titles of a person), the best first.
    """

    status: FactStatus
    sides: tuple[Side, ...] = ()
    promise: Promise | None = None

    @property
    def value(self) -> Value | None:
        """The current value; None in a dispute, in a withdrawn fact and in a pure relation."""
        return self.sides[0].value if self.status is FactStatus.CURRENT and self.sides else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all live claims about one slot add up to. A pure function of claims, verdicts and the clock."""

    id: str
    subject: str
    predicate: str
    object: str | None
    qualifiers: Mapping[str, Qualifier]
    modality: Modality
    state: FactState
    superseded: tuple[Side, ...] = ()
    independent_sources: int
    first_seen: datetime
    last_changed: datetime
    verdict: str | None = None


class ChangeKind(StrEnum):
    """What can happen to a fact or an article."""

    NEW = "new"
    CONFIRMED = "confirmed"
    REFINED = "refined"
    UPDATED = "updated"
    DISPUTED = "disputed"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    DUE = "due"
    OVERDUE = "overdue"
    FULFILLED = "fulfilled"
    ARTICLE_NEW = "article_new"
    ARTICLE_EDITED = "article_edited"
    ARTICLE_GONE = "article_gone"


class Cause(StrEnum):
    """Why a fact changed."""

    NEWS = "news"  # the world said something, a promise ran out, or a person ruled
    READING = "reading"  # what had been read before was read better: no news


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the append-only ledger. `seq` is None until it is written.

    `history` marks what a backfill filled in behind the current state: it is no news. Nor is what
    has a better reading for its `cause`.
    """

    kind: ChangeKind
    observed_at: datetime
    as_of: datetime | None
    reason: str
    fact: str | None = None
    article: str | None = None
    subject: str | None = None
    predicate: str | None = None
    before: FactState | None = None
    after: FactState | None = None
    because: tuple[str, ...] = ()
    history: bool = False
    cause: Cause = Cause.NEWS
    detail: str | None = None  # an edited article's difference, as text
    seq: int | None = None


class VerdictAct(StrEnum):
    """What a person can rule."""

    ACCEPT = "accept"
    REJECT = "reject"
    PREFER = "prefer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A person's recorded, reversible judgement of a fact."""

    id: str
    fact: str
    act: VerdictAct
    claim: str | None
    why: str
    by: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
    undone_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A range of ledger numbers: after `after_seq`, up to and including `upto_seq`."""

    after_seq: int
    upto_seq: int
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A digest that was made for a profile: its window, and what it told, bound as JSON."""

    id: str
    profile: str
    window: Window
    created_at: datetime
    document: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One digest on its way to one recipient. It is in the outbox until it is delivered or given up."""

    digest: str
    recipient: str
    channel: str  # mail | file | chat | webhook
    queued_at: datetime
    delivered_at: datetime | None = None
    attempts: int = 0
    error: str | None = None
    given_up: bool = False
