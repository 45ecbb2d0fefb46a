"""Ranks: where in a market a company stands, and tables of whole markets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from flows.extract.clauses import Parsed
from flows.extract.periods import Reports
from flows.extract.rules.markets import POOL, Market, Words, company_of_share, market_of, market_qualifiers, time_near
from flows.extract.scene import Draft, Scene
from storage.model import Modality
from storage.values import Percent, Qualifier, Quantity, Value

_LISTS = re.compile(
    r"\b(?:fortune|forbes|list of|top ?500|green500|index|league table|ranking of|university|survey of)\b", re.IGNORECASE
)


def is_rank(parsed: Parsed, index: int) -> bool:
    """Whether a token is a place in a ranking."""
    token = parsed.line.tokens[index]
    if token.letter != "q":
        return False
    value = parsed.line.quantity(token).value
    return isinstance(value, Quantity) and value.unit == "rank"


def ranked(
    scene: Scene, number: int, parsed: Parsed, index: int, words: Words, reports: Reports, market: Market
) -> Iterator[Draft]:
    """The claim of a rank: "number two in servers", "came fourth"."""
    line = parsed.line
    text = line.text[line.sentence.start : line.sentence.end]
    if _LISTS.search(text):
        scene.note(number, "market_rank", "dropped", "a rank in a list, not in a market")
        return
    clause = parsed.clause_at(index) or next((one for one in parsed.clauses if one.group.first > index), None)
    value = line.quantity(line.tokens[index]).value
    after = line.text[line.tokens[index].end : line.sentence.end]
    phrase = re.split(r"[,;]| with ", after)[0]
    superlative = re.search(r"(?:largest|biggest)$", line.text[line.tokens[index].start : line.tokens[index].end])
    named = words.market.first(phrase) or (market_of(f"largest{phrase}", words) if superlative else None)
    company, certain = company_of_share(scene, parsed, index, clause)
    if (
        company is None
        and clause is not None
        and clause.subject_tokens
        and not words.market.first(clause.head or "")
        and not clause.parent >= 0
    ):
        return
    if company is None:
        clauses = [one for one in parsed.clauses if one.subject or one.owners]
        company = next(
            (
                scene.company(line.mention(line.tokens[position]).key)[0]
                for one in clauses
                for position in (*one.subject, *one.owners)
                if line.tokens[position].letter == "o" and one.group.lemma != "say"
            ),
            None,
        )
        certain = 0.9
        if company is None or any(words.market.first(one.head) for one in parsed.clauses if one.head):
            scope = scene.scope(number, clause)
            company = (
                scope.attributed_to
                if scope.attributed_to and scene.kind(scope.attributed_to) == "org"
                else company or scene.company_before(number)
            )
    chosen = named or market.market
    if company is None or chosen is None:
        return
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        return
    if (clause is not None and re.search(r"\b(?:not|never|don't|n't) (?:like |want )?(?:being|be|to be)\b", text)) or (
        clause is not None and clause.group.lemma in {"like", "hate", "want"}
    ):
        return
    market.market, market.line = chosen, number
    region = words.region.first(text.replace("Chinese", ""))
    market.region = region
    time = time_near(parsed, index, previous=False)
    current = reports.current(POOL, line.sentence.paragraph)
    period = reports.resolve(time, POOL, fiscal=False, report=current) if time is not None else current
    yield _rank_draft(
        parsed,
        number,
        company,
        value,
        market_qualifiers(chosen, region, period),
        scope.modality,
        scope.attributed_to if "according to" not in text.lower() else None,
        0.88 * certain,
        "rank",
    )


def leading(
    scene: Scene, number: int, parsed: Parsed, text: str, words: Words, reports: Reports, market: Market
) -> Iterator[Draft]:
    """ "Dell led the market for AI servers": first in rank."""
    line = parsed.line
    for clause in parsed.clauses:
        if (
            clause.group.lemma not in {"lead", "top", "dominate", "head"}
            or clause.group.passive
            or not re.match(r"(?:the |its )?(?:[\w‹›-]+ ){0,3}market\b", parsed.words(clause.rest))
        ):
            continue
        if clause.group.lemma == "dominate" or market.market is None:
            continue
        scope = scene.scope(number, clause)
        company, certain = company_of_share(scene, parsed, clause.group.last, clause)
        if company is None or scope.modality is None or scope.negated:
            continue
        time = time_near(parsed, clause.group.last, previous=False)
        current = reports.current(POOL, line.sentence.paragraph)
        period = reports.resolve(time, POOL, fiscal=False, report=current) if time is not None else current
        one = Quantity(number=Decimal(1), low=Decimal(1), high=Decimal(1), unit="rank")
        yield _rank_draft(
            parsed,
            number,
            company,
            one,
            market_qualifiers(market.market, words.region.first(text), period),
            scope.modality,
            scope.attributed_to,
            0.88 * certain,
            "leads",
        )


def _rank_draft(
    parsed: Parsed,
    number: int,
    company: str,
    value: Value,
    qualifiers: dict[str, Qualifier],
    modality: Modality,
    by: str | None,
    confidence: float,
    rule: str,
) -> Draft:
    sentence = parsed.line.sentence
    return Draft(
        rule=f"rank: {rule}",
        subject=company,
        predicate="market_rank",
        line=number,
        start=sentence.start,
        end=sentence.end,
        value=value,
        qualifiers=qualifiers,
        modality=modality,
        attributed_to=by,
        confidence=confidence,
    )


def read_heading(scene: Scene, number: int, parsed: Parsed, text: str, words: Words, reports: Reports, market: Market) -> None:
    """What a heading says of the lines under it: the market, and of a table its columns and period."""
    market.heading = number
    found = words.market.first(text)
    if found:
        market.market, market.line = found, number
    scale = re.search(r"\b(?P<scale>thousand|million|billion)?\s*(?:units|shipments)\b", text, re.IGNORECASE)
    if scale or re.search(r"\bshare\b|%", text):
        factor = {"thousand": Decimal(1000), "million": Decimal(10) ** 6, "billion": Decimal(10) ** 9}.get(
            (scale["scale"] or "").lower() if scale else "", Decimal(1)
        )
        market.columns = (factor, bool(re.search(r"\bshare\b|%", text, re.IGNORECASE)))
        for token in parsed.line.tokens:
            if token.letter == "t" and (period := parsed.line.time(token).period) is not None:
                reports.remember(POOL, parsed.line.sentence.paragraph, period)
        if market.market is None:
            market.market = words.market.last(scene.text[max(0, parsed.line.sentence.start - 800) : parsed.line.sentence.start])


def read_row(scene: Scene, number: int, parsed: Parsed, words: Words, reports: Reports, market: Market) -> Iterator[Draft]:
    """A row of a table: rank, company, units, share, as its heading says."""
    line = parsed.line
    company = next((line.mention(token) for token in line.tokens if token.letter == "o"), None)
    if company is None or market.columns is None or market.market is None:
        return
    factor, with_share = market.columns
    market.line = number
    period = reports.current(POOL, line.sentence.paragraph, within=2)
    text = line.text[line.sentence.start : line.sentence.end]
    key = scene.company(company.key)[0]
    qualifiers = market_qualifiers(market.market, None, period)
    if rank := re.match(r"\s*(\d{1,2})[.)]?\s", text):
        place = Decimal(rank[1])
        if line.text[line.sentence.start : company.start].strip().rstrip(".)") == rank[1]:
            yield _rank_draft(
                parsed,
                number,
                key,
                Quantity(number=place, low=place, high=place, unit="rank"),
                dict(qualifiers),
                Modality.ACTUAL,
                None,
                0.88,
                "row",
            )
    counted = False
    shared = False
    for token in line.tokens:
        if not token.is_value or token.start < company.end:
            continue
        quantity = line.quantity(token)
        value = quantity.value
        if isinstance(value, Percent) and with_share and not shared:
            shared = True
            yield Draft(
                rule="share: row",
                subject=key,
                predicate="market_share",
                line=number,
                start=line.sentence.start,
                end=line.sentence.end,
                value=value,
                qualifiers=dict(qualifiers),
                confidence=0.88,
                number=(quantity.start, quantity.end),
            )
        elif isinstance(value, Quantity) and value.unit in {"count", "unit"} and not counted and value.number is not None:
            counted = True
            units = Quantity(
                number=value.number * factor,
                low=None if value.low is None else value.low * factor,
                high=None if value.high is None else value.high * factor,
                unit="unit",
                modifier=value.modifier,
            )
            shipped: dict[str, Qualifier] = {"product": market.market}
            if period is not None:
                shipped["period"] = period
            yield Draft(
                rule="shipments: row",
                subject=key,
                predicate="shipments",
                line=number,
                start=line.sentence.start,
                end=line.sentence.end,
                value=units,
                qualifiers=shipped,
                confidence=0.86,
                number=(quantity.start, quantity.end),
            )
