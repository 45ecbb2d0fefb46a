"""A made-up week of news, built change by change: what every test of the digest reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from flows.config import Catalogue, Entity, EntityKind, Predicate, Topic, Watchlist
from flows.digest.compose import compose
from flows.digest.document import Document, SourceHealth
from flows.digest.profile import Profile
from storage.identity import article_id, claim_id, fact_id, revision_id
from storage.model import (
    Article,
    Authority,
    Change,
    ChangeKind,
    Claim,
    Evidence,
    Fact,
    FactState,
    FactStatus,
    Modality,
    Promise,
    Side,
    Source,
    Window,
)
from storage.values import Duration, Modifier, Money, Percent, Period, Quantity, Ratio, Status, Text, Value

NOW = datetime(2026, 1, 8, 7, 0, tzinfo=UTC)


WATCHLIST = Watchlist(
    entities=(
        Entity(key="lenovo", name="Lenovo", kind=EntityKind.ORG, fiscal_year_end="03-31"),
        Entity(key="nvidia", name="NVIDIA", kind=EntityKind.ORG, fiscal_year_end="last-sunday-of-january"),
        Entity(key="volcengine", name="Volcengine", kind=EntityKind.ORG),
        Entity(key="infrastructure-solutions-group", name="Infrastructure Solutions Group", kind=EntityKind.ORG, parent="lenovo"),
        Entity(key="neptune", name="Neptune", kind=EntityKind.PRODUCT, maker="lenovo"),
        Entity(key="gigafactory", name="AI Cloud Gigafactory", kind=EntityKind.PRODUCT, maker=("lenovo", "nvidia")),
        Entity(key="vera-rubin", name="Vera Rubin", kind=EntityKind.PRODUCT, maker="nvidia"),
        Entity(key="vera-rubin-nvl72", name="Vera Rubin NVL72", kind=EntityKind.PRODUCT, maker="nvidia", parent="vera-rubin"),
        Entity(key="rubin-gpu", name="Rubin GPU", kind=EntityKind.PRODUCT, maker="nvidia"),
        Entity(key="vera-cpu", name="Vera CPU", kind=EntityKind.PRODUCT, maker="nvidia"),
        Entity(key="blackwell", name="Blackwell", kind=EntityKind.PRODUCT, maker="nvidia"),
        Entity(key="yang-yuanqing", name="Yang Yuanqing", kind=EntityKind.PERSON, employer="lenovo"),
        Entity(key="jensen-huang", name="Jensen Huang", kind=EntityKind.PERSON, employer="nvidia"),
        Entity(key="ces-2026", name="CES 2026", kind=EntityKind.EVENT, start=date(2026, 1, 6), end=date(2026, 1, 9)),
    ),
    topics=(Topic(name="lenovo-nvidia", entities=("lenovo", "nvidia")),),
)


def _predicate(key: str, title: str, theme: str, importance: int, **more: Any) -> Predicate:
    return Predicate(key=key, title=title, theme=theme, importance=importance, **more)


CATALOGUE = Catalogue(
    predicates=(
        _predicate("revenue", "Revenue", "figures", 9, values=("money",), slot=("period", "segment")),
        _predicate(
            "revenue_growth",
            "Revenue growth",
            "figures",
            8,
            values=("percent",),
            slot=("period", "basis"),
            shape="growth",
            of="revenue",
        ),
        _predicate("net_profit", "Net profit", "figures", 9, values=("money",), slot=("period",)),
        _predicate(
            "net_profit_growth",
            "Net profit growth",
            "figures",
            8,
            values=("percent",),
            slot=("period", "basis"),
            shape="growth",
            of="net_profit",
        ),
        _predicate("market_share", "Market share", "figures", 7, values=("percent",), slot=("market", "region", "period")),
        _predicate(
            "market_rank", "Market rank", "figures", 6, values=("quantity",), unit="rank", slot=("market", "region", "period")
        ),
        _predicate("market_cap", "Market value", "figures", 5, values=("money",)),
        _predicate("target", "Target", "figures", 8, values=("ratio", "money"), slot=("measure",)),
        _predicate("acquisition", "Acquisition", "relations", 9, values=("status",), object=("org",)),
        _predicate("partnership", "Partnership", "relations", 8, values=("status",), object=("org",), symmetric=True),
        _predicate("customer", "Customer", "relations", 6, object=("org",), many=True),
        _predicate("maker", "Maker", "products", 4, object=("org",), many=True),
        _predicate("announced", "Announced", "products", 6, values=("period",)),
        _predicate("availability", "Availability", "products", 8, values=("period",), slot=("region", "milestone")),
        _predicate("production_status", "Production status", "products", 8, values=("status",)),
        _predicate("price", "Price", "products", 6, values=("money",), slot=("configuration", "region")),
        _predicate("component", "Component", "products", 4, values=("quantity",), object=("product",), many=True),
        _predicate("spec", "Specification", "products", 4, values=("quantity", "percent"), slot=("measure",), shape="measure"),
        _predicate("performance", "Performance", "products", 6, values=("ratio", "percent"), slot=("measure", "baseline")),
        _predicate("deployment_time", "Deployment time", "products", 6, values=("duration",)),
        _predicate("role", "Role", "people", 6, values=("text",), object=("org",), many=True),
        _predicate("statement", "Statement", "people", 3, values=("text",), slot=("text",), many=True),
        _predicate("order_backlog", "Order backlog", "figures", 7, values=("money",), slot=("period",)),
    ),
    vocabularies={"market": {"ai-pc": ("AI PC",)}},
)


def money(number: str, currency: str = "USD", modifier: Modifier = Modifier.EXACT) -> Money:
    return Money(number=Decimal(number), low=Decimal(number), high=Decimal(number), modifier=modifier, currency=currency)


def percent(number: str, modifier: Modifier = Modifier.EXACT) -> Percent:
    return Percent(number=Decimal(number), low=Decimal(number), high=Decimal(number), modifier=modifier)


@dataclass
class Story:
    """Collects articles, claims, facts and the ledger; `state` and `change` return what later ones build on."""

    articles: dict[str, Article] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    health: tuple[SourceHealth, ...] = ()

    def article(
        self, url: str, title: str, source: str, day: date | None, authority: Authority = Authority.PRESS, text: str = ""
    ) -> Article:
        """An article, entered into the ledger as new."""
        key = article_id(url)
        published = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) if day else None
        article = Article(
            id=key,
            revision=revision_id(key, text or title),
            url=url,
            source=source,
            publisher=source,
            title=title,
            text=text,
            language="en",
            published=published,
            published_on=day,
            seen_at=NOW,
            authority=authority,
        )
        self.articles[key] = article
        self.sources.setdefault(source, Source(name=source, title=source.replace("-", " ").title(), authority=authority))
        self.ledger(ChangeKind.ARTICLE_NEW, article=key)
        return article

    def claim(
        self,
        article: Article,
        quote: str,
        subject: str,
        predicate: str,
        value: Value | None = None,
        *,
        object: str | None = None,
        qualifiers: Mapping[str, Any] | None = None,
        modality: Modality = Modality.ACTUAL,
        says: str | None = None,
    ) -> Claim:
        """One claim of an article; where it stands in the text plays no part here."""
        qualifiers = qualifiers or {}
        key = claim_id(article.revision, len(self.claims), 0, subject, predicate, object, qualifiers, value, str(modality), says)
        claim = Claim(
            id=key,
            article=article.id,
            revision=article.revision,
            source=article.source,
            publisher=article.publisher,
            authority=article.authority,
            as_of=article.published or NOW,
            published_estimated=article.published is None,
            subject=subject,
            predicate=predicate,
            object=object,
            qualifiers=qualifiers,
            value=value,
            modality=modality,
            attributed_to=says,
            evidence=Evidence(quote=quote, start=0, end=len(quote)),
            extractor="rules",
            extractor_version="1",
            confidence=0.9,
            observed_at=NOW,
        )
        self.claims[key] = claim
        return claim

    def state(self, *sides: Sequence[Claim], status: FactStatus | None = None, promise: Promise | None = None) -> FactState:
        """A state with one side for each group of claims, the best claim first."""
        made = tuple(
            Side(
                value=group[0].value,
                modality=group[0].modality,
                claims=tuple(claim.id for claim in group),
                as_of=group[0].as_of,
                independent_sources=len({claim.publisher for claim in group}),
            )
            for group in sides
        )
        return FactState(
            status=status or (FactStatus.DISPUTED if len(made) > 1 else FactStatus.CURRENT), sides=made, promise=promise
        )

    def change(
        self, kind: ChangeKind, claim: Claim, before: FactState | None, after: FactState | None, **more: Any
    ) -> FactState | None:
        """A ledger entry about the claim's fact, which now stands as `after`."""
        qualifiers = {name: value for name, value in claim.qualifiers.items() if name in self._slot(claim.predicate)}
        key = fact_id(claim.subject, claim.predicate, claim.object, qualifiers, claim.modality.group)
        self.facts[key] = Fact(
            id=key,
            subject=claim.subject,
            predicate=claim.predicate,
            object=claim.object,
            qualifiers=claim.qualifiers,
            modality=claim.modality,
            state=after or FactState(status=FactStatus.WITHDRAWN),
            independent_sources=1,
            first_seen=NOW,
            last_changed=NOW,
        )
        self.ledger(kind, fact=key, claim=claim, before=before, after=after, **more)
        return after

    def new(self, article: Article, quote: str, subject: str, predicate: str, value: Value | None = None, **more: Any) -> Claim:
        """A claim that is the first in its slot."""
        claim = self.claim(article, quote, subject, predicate, value, **more)
        self.change(ChangeKind.NEW, claim, None, self.state([claim]))
        return claim

    def ledger(self, kind: ChangeKind, *, claim: Claim | None = None, **more: Any) -> None:
        """A raw ledger entry with the next number."""
        self.changes.append(
            Change(
                kind=kind,
                observed_at=NOW,
                as_of=claim.as_of if claim else None,
                reason="",
                subject=claim.subject if claim else None,
                predicate=claim.predicate if claim else None,
                because=(claim.id,) if claim else (),
                seq=len(self.changes) + 1,
                **more,
            )
        )

    @staticmethod
    def _slot(predicate: str) -> tuple[str, ...]:
        known = CATALOGUE.by_key.get(predicate)
        return known.slot if known else ()

    def document(self, *, after: int = 0, profile: Profile | None = None, baseline: bool | None = None, **more: Any) -> Document:
        """The digest of everything after ledger number `after`."""
        start = datetime(2026, 1, 7, 7, 0, tzinfo=UTC) if after else None
        given: dict[str, Any] = {"watchlist": WATCHLIST, "catalogue": CATALOGUE, "health": self.health, "now": NOW}
        return compose(
            [change for change in self.changes if (change.seq or 0) > after],
            self.facts,
            self.claims,
            self.articles,
            **(given | more),
            profile=profile or Profile(),
            window=Window(after_seq=after, upto_seq=len(self.changes), start=start, end=NOW),
            sources=self.sources,
            baseline=baseline,
        )


HALF = Period(start=date(2025, 4, 1), end=date(2025, 9, 30))
LATE_2026 = Period(start=date(2026, 7, 1), end=date(2026, 12, 31))


def week() -> Story:
    """Every kind of change once and a few in combination."""
    s = Story()
    wire = s.article("https://wire.example/lenovo-half-year", "Lenovo's half year in figures", "tech-wire", date(2026, 1, 7))
    press = s.article(
        "https://news.lenovo.example/gigafactory",
        "Lenovo and NVIDIA present the Gigafactory",
        "lenovo-newsroom",
        date(2026, 1, 6),
        Authority.PRIMARY,
    )
    blog = s.article("file:/notes/hands-on.md", "Notes from the stand", "cooling-blog", None)
    gossip = s.article("https://rumours.example/a?b=1&c=2", "What we hear", "chip-gossip", date(2026, 1, 5), Authority.RUMOUR)
    old = s.article("https://wire.example/2024", "A look back at 2024", "tech-wire", date(2024, 11, 15))
    period = {"period": HALF}
    yoy = {"period": HALF, "basis": "yoy"}

    # New, then told more exactly by another source: one item.
    profit = s.claim(
        wire, "Net profit came to $846 million.", "lenovo", "net_profit", money("846000000"), qualifiers=period, says="lenovo"
    )
    s.change(ChangeKind.NEW, profit, None, s.state([profit]))
    vague = s.claim(blog, "Profit rose by over 40%.", "lenovo", "net_profit_growth", percent("40", Modifier.OVER), qualifiers=yoy)
    exact = s.claim(
        wire, "That is 40.49% more than a year before.", "lenovo", "net_profit_growth", percent("40.49"), qualifiers=yoy
    )
    first = s.change(ChangeKind.NEW, vague, None, s.state([vague]))
    refined = s.change(ChangeKind.REFINED, exact, first, s.state([exact, vague]))
    s.change(ChangeKind.CONFIRMED, vague, refined, s.state([exact, vague]))

    # A value that moved.
    q = {"market": "ai-pc", "region": "global"}
    before = s.claim(old, "Its share of AI PCs was 28.2%.", "lenovo", "market_share", percent("28.2"), qualifiers=q)
    after = s.claim(wire, "Lenovo holds 31.1% of the AI PC market.", "lenovo", "market_share", percent("31.1"), qualifiers=q)
    s.change(ChangeKind.UPDATED, after, s.state([before]), s.state([after]))

    # New and at once in dispute.
    heat = {"measure": "heat_removed"}
    most = s.claim(press, "Neptune removes 98% of the heat.", "neptune", "spec", percent("98"), qualifiers=heat)
    all_ = s.claim(wire, "All of the heat, 100% of it, leaves by water.", "neptune", "spec", percent("100"), qualifiers=heat)
    alone = s.change(ChangeKind.NEW, most, None, s.state([most]))
    s.change(ChangeKind.DISPUTED, all_, alone, s.state([most], [all_]))

    # A dispute that was settled, and a fact nobody stands by any more.
    rank_q = {"market": "ai-pc", "region": "global"}
    one = s.claim(wire, "Lenovo leads the market.", "lenovo", "market_rank", _rank(1), qualifiers=rank_q)
    two = s.claim(gossip, "Lenovo is second.", "lenovo", "market_rank", _rank(2), qualifiers=rank_q)
    s.change(ChangeKind.RESOLVED, one, s.state([one], [two]), s.state([one]))
    gone = s.claim(wire, "The rack starts at $49,999.", "vera-rubin-nvl72", "price", money("49999", modifier=Modifier.AT_LEAST))
    s.change(ChangeKind.WITHDRAWN, gone, s.state([gone]), s.state(status=FactStatus.WITHDRAWN))

    # Promises against the clock.
    for subject, kind, promise, window in (
        ("vera-rubin", ChangeKind.DUE, Promise.DUE, LATE_2026),
        ("gigafactory", ChangeKind.OVERDUE, Promise.OVERDUE, Period(start=None, end=date(2025, 12, 31))),
        ("blackwell", ChangeKind.FULFILLED, Promise.FULFILLED, Period(start=date(2026, 1, 1), end=date(2026, 3, 31))),
    ):
        promised = s.claim(
            press,
            f"{subject} ships then.",
            subject,
            "availability",
            window,
            qualifiers={"milestone": "delivery"},
            modality=Modality.PLANNED,
        )
        s.change(kind, promised, s.state([promised], promise=Promise.OPEN), s.state([promised], promise=promise))

    # Confirmed, and the many small facts of a launch.
    status = s.claim(
        press,
        "Vera Rubin is in mass production.",
        "vera-rubin",
        "production_status",
        Status(state="mass_production"),
        says="jensen-huang",
    )
    again = s.claim(wire, "Mass production has begun.", "vera-rubin", "production_status", Status(state="mass_production"))
    s.change(ChangeKind.CONFIRMED, again, s.state([status]), s.state([status, again]))
    sentence = "Each rack joins 72 Rubin GPUs and 36 Vera CPUs at a tenth of Blackwell's cost per token."
    for part, number, unit in (("rubin-gpu", 72, "gpu"), ("vera-cpu", 36, "cpu")):
        s.new(
            press,
            sentence,
            "vera-rubin-nvl72",
            "component",
            Quantity(number=Decimal(number), low=None, high=None, unit=unit),
            object=part,
        )
    s.new(
        press,
        sentence,
        "vera-rubin-nvl72",
        "performance",
        Ratio(number=Decimal(10), low=None, high=Decimal(10), modifier=Modifier.UP_TO),
        qualifiers={"measure": "cost_per_token", "baseline": "blackwell", "direction": "lower"},
    )
    weeks = Duration(low=None, high=None, unit="week")
    months = Duration(low=None, high=None, unit="month")
    s.new(
        press,
        "Weeks instead of months.",
        "gigafactory",
        "deployment_time",
        weeks,
        qualifiers={"from": months},
        modality=Modality.PLANNED,
    )
    s.new(
        blog,
        "The hall is said to hold hundreds of thousands of GPUs.",
        "gigafactory",
        "spec",
        _vague(),
        qualifiers={"measure": "gpus"},
    )
    s.new(
        press,
        "First shown at CES.",
        "gigafactory",
        "announced",
        Period(start=date(2026, 1, 6), end=date(2026, 1, 9)),
        qualifiers={"event": "ces-2026"},
    )
    s.new(
        press,
        "Volcengine and Lenovo widen their partnership.",
        "lenovo",
        "partnership",
        Status(state="expanded"),
        object="volcengine",
    )
    s.new(press, "Lenovo and NVIDIA are partners.", "lenovo", "partnership", Status(state="expanded"), object="nvidia")
    s.new(wire, "Chairman and CEO Yang Yuanqing spoke.", "yang-yuanqing", "role", Text(text="chairman and CEO"), object="lenovo")
    s.new(
        wire,
        "“We deliver in weeks,” said Yang.",
        "yang-yuanqing",
        "statement",
        Text(text="We deliver in weeks"),
        qualifiers={"text": "We deliver in weeks"},
    )
    four = Ratio(number=Decimal(4), low=Decimal("3.5"), high=Decimal("4.5"))
    horizon = {"measure": "nvidia_business_scale", "by": Period(start=None, end=date(2029, 12, 31))}
    s.new(
        wire,
        "Business with NVIDIA should grow fourfold.",
        "lenovo",
        "target",
        four,
        qualifiers=horizon,
        modality=Modality.TARGETED,
        says="yang-yuanqing",
    )
    s.new(
        wire,
        "Backlog stood at a record.",
        "infrastructure-solutions-group",
        "order_backlog",
        money("18000000000", modifier=Modifier.OVER),
        qualifiers=period,
    )

    # Hearsay and its denial.
    talks = Status(state="proposed")
    s.new(
        gossip,
        "Talks about buying Halden are under way.",
        "nvidia",
        "acquisition",
        talks,
        object="halden",
        modality=Modality.RUMOURED,
    )
    s.new(
        wire,
        "NVIDIA said it is not in talks with Halden.",
        "nvidia",
        "acquisition",
        talks,
        object="halden",
        modality=Modality.DENIED,
        says="nvidia",
    )

    # What an old article fills in behind the current value.
    then = s.claim(old, "The market valued Lenovo at $11 billion.", "lenovo", "market_cap", money("11000000000"))
    now = s.claim(wire, "It is now worth HK$147 billion.", "lenovo", "market_cap", money("147000000000", "HKD", Modifier.ABOUT))
    s.change(ChangeKind.UPDATED, then, s.state([then]), s.state([now]), history=True)

    s.ledger(
        ChangeKind.ARTICLE_EDITED,
        article=press.id,
        detail="--- before\n+++ after\n-removes 97% of the heat\n+removes 98% of the heat\n",
    )
    s.changes[-1] = replace(s.changes[-1], article=article_id("https://wire.example/edited"))
    edited = replace(
        wire, id=article_id("https://wire.example/edited"), url="https://wire.example/edited", title="A corrected report"
    )
    s.articles[edited.id] = edited
    s.ledger(ChangeKind.ARTICLE_GONE, article=gossip.id)
    s.health = (
        SourceHealth(
            name="chip-gossip",
            title="Chip Gossip",
            state="failing",
            detail="HTTP 503 (3 times, last answer 5 January 2026)",
        ),
        SourceHealth(name="lenovo-newsroom", title="Lenovo Newsroom", state="ok", detail=""),
    )
    return s


def _rank(number: int) -> Quantity:
    return Quantity(number=Decimal(number), low=Decimal(number), high=Decimal(number), unit="rank")


def _vague() -> Quantity:
    return Quantity(number=None, low=Decimal(100_000), high=Decimal(999_999), modifier=Modifier.RANGE, unit="gpu")


@pytest.fixture
def story() -> Story:
    """An empty story to tell one's own."""
    return Story()


@pytest.fixture
def told() -> Story:
    """The week."""
    return week()


@pytest.fixture(scope="session")
def shared_week() -> Story:
    """The week, made once, for tests that only read it many times over."""
    return week()


@pytest.fixture
def news(told: Story) -> Document:
    """The week's digest as news: not the profile's first."""
    return told.document(after=5)


@pytest.fixture
def baseline(told: Story) -> Document:
    """The week's digest as a first one."""
    return told.document()
