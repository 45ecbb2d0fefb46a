"""Shares and ranks: what part of a market a company has, where it stands in it, what part of revenue something makes up.

A sentence that speaks of a market sets the market, the region and the period; sentences that go on
about it ("Its nearest rival, HP, had to make do with 20.2%") take them over. Tables are read by
their heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract import times
from flows.extract.clauses import Clause, Parsed
from flows.extract.naming import slug
from flows.extract.periods import Reports
from flows.extract.rules.figureowners import company_in_mind
from flows.extract.rules.figuretimes import Topic
from flows.extract.rules.growth import hundredfold
from flows.extract.rules.markets import (
    MARKET_WORDS,
    POOL,
    Market,
    Words,
    asked_about,
    company_of_share,
    comparison,
    market_of,
    market_qualifiers,
    region_of,
    remember_times,
    time_near,
)
from flows.extract.rules.ranks import is_rank, leading, ranked, read_heading, read_row
from flows.extract.scene import Draft, Scene
from flows.extract.wordlists import word_set
from storage.model import Modality
from storage.values import Percent, Period, Qualifier, Ratio

__all__ = ["Market", "Words", "propose"]

_OTHER_METRIC = re.compile(
    r"\b(?:margin|revenue (?:grew|rose|fell)|shares (?:rose|fell|closed)|price|staff|jobs|faster|growth of|"
    r"yield|heat)\b",
    re.IGNORECASE,
)
_OF_REVENUE = re.compile(
    r"^(?:of|from) (?:(?:the|its|their|his|her|total|group|annual|overall|quarterly|net|company|all|‹o\d+›|"
    r"'s) ){0,4}(?:revenues?|sales|turnover)\b"
)
_NAMED_MARKET = re.compile(r"\b(?P<what>(?:[\w-]+ ){1,3}?)market\b", re.IGNORECASE)
_HAVING = word_set(
    """
    hold have account take slip grow rise fall climb command control capture win do reach lead come drop increase
    decrease improve widen gain boost follow lift expand remain stand be own enjoy claim keep edge inch narrow go
    """
)
_NO_SHARE = word_set("margin margins profit profits revenue revenues sales turnover stock growth price prices income")
_PARTS = word_set("account make generate contribute represent comprise form constitute bring provide deliver")


def propose(scene: Scene, number: int, parsed: Parsed, words: Words, reports: Reports, market: Market) -> Iterator[Draft]:
    """Share and rank claims of one line; `reports` and `market` carry over to the next."""
    line = parsed.line
    text = line.text[line.sentence.start : line.sentence.end]
    if parsed.question:
        if len(line.tokens) <= 6 and (asked := words.market.first(text)):
            market.market, market.line = asked, number
        return
    if line.sentence.kind == "heading":
        read_heading(scene, number, parsed, text, words, reports, market)
        return
    if line.sentence.kind == "row":
        yield from read_row(scene, number, parsed, words, reports, market)
        return
    remember_times(scene, parsed, reports)
    speaks = bool(MARKET_WORDS.search(text))
    if speaks or any(is_rank(parsed, index) for index in range(len(line.tokens))):
        found = market_of(text, words)
        after_question = number > 0 and scene.lines[number - 1].question and market.line == number - 1
        if found and not after_question:
            market.market = found
        elif market.market is None or number - market.line > 6:
            market.market = words.market.last(
                scene.text[max(0, line.sentence.start - 600) : line.sentence.start]
            ) or words.market.first(scene.title)
        market.line = number
        market.region = None
    going_on = number - market.line <= 4 and market.market is not None
    subject: str | None = None
    done_revenue: set[int] = set()
    for index, token in enumerate(line.tokens):
        if token.letter == "c" or (token.letter == "r" and _is_part(line.quantity(token).value)):
            after = " ".join(one.low for one in line.tokens[index + 1 : index + 9])
            if _OF_REVENUE.match(after) or (done_revenue and comparison(parsed, index) and index - max(done_revenue) < 14):
                done_revenue.add(index)
                yield from _revenue_share(scene, number, parsed, index, min(done_revenue), words, reports)
                continue
            if {one.low for one in line.tokens[max(0, index - 4) : index]} & _NO_SHARE:
                continue
            if token.letter == "r" or not (speaks or going_on) or (_OTHER_METRIC.search(text) and not speaks):
                continue
            draft = _market_share(scene, number, parsed, index, words, reports, market, speaks=speaks, before=subject)
            if draft is not None:
                subject = draft.subject
                market.line = number
                yield draft
        elif is_rank(parsed, index):
            yield from ranked(scene, number, parsed, index, words, reports, market)
    yield from leading(scene, number, parsed, text, words, reports, market)


def _is_part(value: object) -> bool:
    """Whether a ratio is a part of a whole: "a third of revenue"."""
    return isinstance(value, Ratio) and value.number is not None and value.number < 1


def _market_share(
    scene: Scene,
    number: int,
    parsed: Parsed,
    index: int,
    words: Words,
    reports: Reports,
    market: Market,
    *,
    speaks: bool,
    before: str | None,
) -> Draft | None:
    line = parsed.line
    tokens = line.tokens
    clause = parsed.clause_at(index)
    text = line.text[line.sentence.start : line.sentence.end]
    quantity = line.quantity(tokens[index])
    if not isinstance(quantity.value, Percent) or quantity.points:
        return None
    lows = [token.low for token in tokens]
    if (index + 1 < len(tokens) and lows[index + 1] in {"more", "higher", "lower", "less", "faster"}) or (
        index and lows[index - 1] in {"by", "up", "down"} and not speaks
    ):
        return None
    if index and lows[index - 1] == "by":
        return None
    previous = comparison(parsed, index)
    company, certain = company_of_share(scene, parsed, index, clause)
    if previous and before is not None and company is None:
        company, certain = before, 0.95
    if company is None and clause is not None and clause.subject == () and clause.group.lead in {"gerund", "participle"}:
        company, certain = before, 0.9
    if (
        company is None
        and speaks
        and clause is not None
        and words.market.first(clause.head.replace("-", " ") if clause.head else "")
        and re.search(r"market[- ]share|of (?:the )?[\w ]*market\b", text, re.IGNORECASE)
    ):
        market.market = words.market.first(clause.head) or market.market
        scope = scene.scope(number, clause)
        company = (
            scope.attributed_to
            if scope.attributed_to and scene.kind(scope.attributed_to) == "org"
            else scene.company_before(number)
        )
        certain = 0.92
    if company is None and not parsed.clauses:
        company, certain = scene.company_before(number), 0.9
        if re.search(r"\bof the world market\b|\bmarket for\b", text) and (asked := asked_about(scene, number)) is not None:
            company = asked
    if company is None or market.market is None or (clause is not None and _measures(parsed, clause, company)):
        return None
    if not speaks and (clause is None or clause.group.lemma not in _HAVING):
        return None
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        scene.note(number, "market_share", "dropped", scope.why or "negated or a goal")
        return None
    time = time_near(parsed, index, previous=previous)
    current = reports.current(POOL, line.sentence.paragraph)
    period: Period | None
    if previous:
        period = (
            reports.resolve(time, None, fiscal=False, report=current)
            if time is not None
            else times.year_earlier(current)
            if current is not None
            else None
        )
    elif time is not None:
        period = reports.resolve(time, POOL, fiscal=False, report=current)
        if period is not None:
            reports.remember(POOL, line.sentence.paragraph, period)
    else:
        period = current
    qualifiers = market_qualifiers(
        market.market, region_of(parsed, clause, words, text) or (market.region if not speaks else None), period
    )
    if speaks:
        market.region = region_of(parsed, clause, words, text)
    return Draft(
        rule="share: market",
        subject=company,
        predicate="market_share",
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=quantity.value,
        qualifiers=qualifiers,
        modality=scope.modality,
        attributed_to=scope.attributed_to,
        confidence=(0.9 if speaks else 0.85) * certain,
        number=(quantity.start, quantity.end),
    )


def _measures(parsed: Parsed, clause: Clause, company: str) -> bool:
    """Whether a company only measures a market: the subject of "puts", "estimates"; a researcher has no share itself."""
    if clause.group.lemma not in {"put", "estimate", "peg", "reckon", "track", "calculate", "measure"} or clause.group.passive:
        return False
    tokens = parsed.line.tokens
    return any(tokens[one].letter == "o" and parsed.line.mention(tokens[one]).key == company for one in clause.subject)


def _revenue_share(
    scene: Scene, number: int, parsed: Parsed, index: int, first: int, words: Words, reports: Reports
) -> Iterator[Draft]:
    """What part of revenue a category makes up; `first` is the percentage that names revenue, `index` may be compared to it."""
    line = parsed.line
    tokens = line.tokens
    clause = parsed.clause_at(first)
    quantity = line.quantity(tokens[index])
    value = hundredfold(quantity.value) if isinstance(quantity.value, Ratio) else quantity.value
    if (
        clause is None
        or not isinstance(value, Percent)
        or clause.group.lemma not in _PARTS | {"be", "get", "draw", "derive", "earn"}
    ):
        return
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        return
    company: str | None = None
    segment: str | None = None
    for ahead in range(first + 1, min(len(tokens), first + 9)):
        if tokens[ahead].letter == "o":
            company, segment = scene.company(line.mention(tokens[ahead]).key)
            if line.mention(tokens[ahead]).possessive and line.mention(tokens[ahead]).how == "pronoun" and segment is None:
                continue
            break
        if tokens[ahead].letter:
            break
    category = _noun_words(parsed, clause)
    subject_company = next(
        (scene.company(line.mention(tokens[position]).key)[0] for position in clause.subject if tokens[position].letter == "o"),
        None,
    )
    if subject_company is not None:
        source = re.search(
            r"\bfrom (?:the |its )?(?P<what>[\w-]+(?: [\w-]+){0,2})", line.text[tokens[first].end : line.sentence.end]
        )
        category = source["what"] if source else category
        if source is None and company in {None, subject_company}:
            return
        company = company or subject_company
    if company is None:
        by = scope.attributed_to
        company = by if by is not None and scene.kind(by) == "org" else company_in_mind(scene, number, parsed, Topic())[0]
    if company is None or not category:
        return
    previous = index != first
    time = time_near(parsed, index, previous=previous)
    current = reports.current(company, line.sentence.paragraph, within=3)
    base = time_near(parsed, first, previous=False)
    period = reports.resolve(base, company, report=current) if base is not None else None
    if base is None:
        period = current
    if previous and time is not None:
        period = reports.resolve(time, company, report=period)
    elif previous:
        period = times.year_earlier(period) if period is not None else None
    qualifiers: dict[str, Qualifier] = {"category": slug(category)}
    if segment:
        qualifiers["segment"] = slug(segment)
    if period is not None:
        qualifiers["period"] = period
    yield Draft(
        rule="share: revenue",
        subject=company,
        predicate="revenue_share",
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=value,
        qualifiers=qualifiers,
        modality=scope.modality,
        attributed_to=scope.attributed_to,
        confidence=0.9,
        number=(quantity.start, quantity.end),
    )


def _noun_words(parsed: Parsed, clause: Clause) -> str:
    """The words of a clause's subject as they stand in the text."""
    line = parsed.line
    own = [
        index
        for index in clause.subject_tokens
        if line.tokens[index].low not in {"the", "a", "its", "while", "and"} or index != clause.subject_tokens[0]
    ]
    return line.text[line.tokens[own[0]].start : line.tokens[own[-1]].end] if own else ""
