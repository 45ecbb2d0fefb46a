"""Shares and ranks: what part of a market a company has, where it stands in it, what part of revenue something makes up.

A sentence that speaks of a market sets the market, the region and the period; sentences that go on
about it ("Its nearest rival, HP, had to make do with 20.2%") take them over. Tables are read by
their heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flows.extract import times
from flows.extract.clauses import Clause, Parsed
from flows.extract.naming import slug
from flows.extract.periods import Reports
from flows.extract.scene import Draft, Scene
from flows.extract.spans import TimeMention
from flows.extract.vocabulary import Vocabulary
from storage.model import Modality
from storage.values import Percent, Period, Qualifier, Quantity, Value

POOL = "market"  # the key under which `Reports` keeps the periods of market figures
_MARKET_WORDS = re.compile(r"\b\d[\d.]*\s?(?:%|per ?cent)\s+(?:market )?share\b|\bshare of \d|\btop spot\b|\bmarket[- ]share|\bshare of (?:the |its )?(?:[\w'’-]+ ){0,3}market|\bof (?:the |its )?(?:[\w'’-]+ ){0,4}market\b|\bled the market|\bmarkets? leader|\bof what the (?:world|market) spen[dt]|\bmarket for\b|\bworld market\b|\bshare was\b|\bshare (?:grew|rose|fell|slipped|climbed|of)\b", re.IGNORECASE)
_OTHER_METRIC = re.compile(r"\b(?:margin|revenue (?:grew|rose|fell)|shares (?:rose|fell|closed)|price|staff|jobs|faster|growth of|of (?:all )?notebooks|yield|heat)\b", re.IGNORECASE)
_OF_REVENUE = re.compile(r"^(?:of|from) (?:(?:the|its|their|his|her|total|group|annual|overall|quarterly|net|company|all|‹o\d+›|'s) ){0,4}(?:revenues?|sales|turnover)\b")
_MARKET_FOR = re.compile(r"\bmarkets? for (?:the )?(?P<what>[\w-]+(?: [\w-]+){0,2}?)(?= (?:in|with|by|from|and|,|to|last|this|at)\b|[,.;]|$)", re.IGNORECASE)
_SPENT_ON = re.compile(r"\bspen[dt] on (?P<what>[\w-]+(?: [\w-]+){0,2}?)(?= (?:went|in|last|goes|this)\b|[,.;]|$)", re.IGNORECASE)
_NAMED_MARKET = re.compile(r"\b(?P<what>(?:[\w-]+ ){1,3}?)market\b", re.IGNORECASE)
_LISTS = re.compile(r"\b(?:fortune|forbes|list of|top ?500|green500|index|league table|ranking of|university|survey of)\b", re.IGNORECASE)
_HAVING = frozenset("hold have account take slip grow rise fall climb command control capture win do reach lead come drop increase decrease improve widen gain boost lift expand remain stand be own enjoy claim keep edge inch narrow go".split())
_PARTS = frozenset("account make generate contribute represent comprise form constitute bring provide deliver".split())


@dataclass(slots=True)
class Market:
    """The market spoken of, carried from line to line."""

    market: str | None = None
    region: str | None = None
    line: int = -9
    columns: tuple[Decimal, bool] | None = None  # of a table: factor of its counts, and whether it gives shares
    heading: int = -9


class Words:
    """The vocabularies this rule needs."""

    def __init__(self, vocabularies: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self.market = Vocabulary(vocabularies.get("market", {}))
        self.region = Vocabulary(vocabularies.get("region", {}))


def propose(scene: Scene, number: int, parsed: Parsed, words: Words, reports: Reports, market: Market) -> Iterator[Draft]:
    """Share and rank claims of one line; `reports` and `market` carry over to the next."""
    line = parsed.line
    text = line.text[line.sentence.start : line.sentence.end]
    if parsed.question:
        if len(line.tokens) <= 6 and (asked := words.market.first(text)):
            market.market, market.line = asked, number
        return
    if line.sentence.kind == "heading":
        _read_heading(scene, number, parsed, text, words, reports, market)
        return
    if line.sentence.kind == "row":
        yield from _row(scene, number, parsed, words, reports, market)
        return
    _remember_times(scene, parsed, reports)
    speaks = bool(_MARKET_WORDS.search(text))
    if speaks or any(_is_rank(parsed, index) for index in range(len(line.tokens))):
        found = _market_of(text, words)
        asked = number > 0 and scene.lines[number - 1].question and market.line == number - 1
        if found and not asked:
            market.market = found
        elif market.market is None or number - market.line > 6:
            market.market = words.market.last(scene.text[max(0, line.sentence.start - 600) : line.sentence.start]) or words.market.first(scene.title)
        market.line = number
        market.region = None
    going_on = number - market.line <= 4 and market.market is not None
    subject: str | None = None
    done_revenue: set[int] = set()
    for index, token in enumerate(line.tokens):
        if token.letter == "c":
            after = " ".join(one.low for one in line.tokens[index + 1 : index + 9])
            if _OF_REVENUE.match(after) or (done_revenue and _comparison(parsed, index) and index - max(done_revenue) < 14):
                done_revenue.add(index)
                yield from _revenue_share(scene, number, parsed, index, min(done_revenue), words, reports)
                continue
            if not (speaks or going_on) or _OTHER_METRIC.search(text) and not speaks:
                continue
            draft = _market_share(scene, number, parsed, index, words, reports, market, speaks=speaks, before=subject)
            if draft is not None:
                subject = draft.subject
                market.line = number
                yield draft
        elif _is_rank(parsed, index):
            yield from _rank(scene, number, parsed, index, words, reports, market)
    yield from _leader(scene, number, parsed, text, words, reports, market)


def _remember_times(scene: Scene, parsed: Parsed, reports: Reports) -> None:
    for token in parsed.line.tokens:
        if token.letter == "t":
            time = parsed.line.time(token)
            if time.form in {"quarter", "half", "year"} and time.period is not None and time.period.start and time.period.end and (scene.published is None or time.period.start <= scene.published):
                known = reports.known.get(POOL)
                if not known or known[-1][1].start is None or time.period.start >= known[-1][1].start or parsed.line.sentence.paragraph - known[-1][0] > 1:
                    reports.remember(POOL, parsed.line.sentence.paragraph, Period(start=time.period.start, end=time.period.end))


def _market_of(text: str, words: Words) -> str | None:
    for pattern in (_MARKET_FOR, _SPENT_ON):
        if match := pattern.search(text):
            return words.market.slug(match["what"])
    ranked = re.search(r"\bnumber \w+ in (?P<what>[\w-]+(?: [\w-]+)?)", text, re.IGNORECASE)
    if ranked and (found := words.market.first(ranked["what"])):
        return found
    return words.market.first(text)


def _region_of(parsed: Parsed, clause: Clause | None, words: Words, text: str) -> str | None:
    return words.region.first(text.replace("Chinese", "").replace("chinese", ""))


def _is_rank(parsed: Parsed, index: int) -> bool:
    token = parsed.line.tokens[index]
    if token.letter != "q":
        return False
    value = parsed.line.quantity(token).value
    return isinstance(value, Quantity) and value.unit == "rank"


def _company(scene: Scene, parsed: Parsed, index: int, clause: Clause | None) -> tuple[str | None, float]:
    """Whose share: "X with 14%", "went to X", the owner or the subject of the clause."""
    line = parsed.line
    tokens = line.tokens
    if index >= 2 and tokens[index - 1].low in {"with", "on", "at"} and tokens[index - 2].letter == "o":
        return scene.company(line.mention(tokens[index - 2]).key)[0], 1.0
    for ahead in range(index + 1, min(len(tokens), index + 16)):
        if tokens[ahead].low in {",", ";"} or tokens[ahead].letter == "c":
            break
        if tokens[ahead].letter == "o" and tokens[ahead - 1].low in {"to", "by"} and any(token.low in {"went", "goes", "go", "held", "controlled", "taken"} for token in tokens[index:ahead]):
            return scene.company(line.mention(tokens[ahead]).key)[0], 1.0
    if clause is not None:
        for position in (*clause.subject, *clause.owners):
            if tokens[position].letter == "o" and not line.mention(tokens[position]).members:
                return line.mention(tokens[position]).key if line.mention(tokens[position]).key not in scene.entities else scene.company(line.mention(tokens[position]).key)[0], 1.0
    return None, 0.0


def _market_share(
    scene: Scene, number: int, parsed: Parsed, index: int, words: Words, reports: Reports, market: Market, *, speaks: bool, before: str | None
) -> Draft | None:
    line = parsed.line
    tokens = line.tokens
    clause = parsed.clause_at(index)
    text = line.text[line.sentence.start : line.sentence.end]
    quantity = line.quantity(tokens[index])
    if not isinstance(quantity.value, Percent) or quantity.points:
        return None
    lows = [token.low for token in tokens]
    if index + 1 < len(tokens) and lows[index + 1] in {"more", "higher", "lower", "less", "faster"} or (index and lows[index - 1] in {"by", "up", "down"} and not speaks):
        return None
    if index and lows[index - 1] == "by":
        return None
    previous = _comparison(parsed, index)
    company, certain = _company(scene, parsed, index, clause)
    if previous and before is not None and company is None:
        company, certain = before, 0.95
    if company is None and clause is not None and clause.subject == () and clause.group.lead in {"gerund", "participle"}:
        company, certain = before, 0.9
    if company is None and speaks and clause is not None and words.market.first(clause.head.replace("-", " ") if clause.head else "") and re.search(r"market[- ]share|of (?:the )?[\w ]*market\b", text, re.IGNORECASE):
        market.market = words.market.first(clause.head) or market.market
        scope = scene.scope(number, clause)
        company = scope.attributed_to if scope.attributed_to and scene.kind(scope.attributed_to) == "org" else scene.company_before(number)
        certain = 0.92
    if company is None and not parsed.clauses:
        company, certain = scene.company_before(number), 0.9
        if re.search(r"\bof the world market\b|\bmarket for\b", text) and (asked := asked_about(scene, number)) is not None:
            company = asked
    if company is None or market.market is None:
        return None
    if not speaks and (clause is None or clause.group.lemma not in _HAVING):
        return None
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        scene.note(number, "market_share", "dropped", scope.why or "negated or a goal")
        return None
    time = _time_near(parsed, index, previous=previous)
    current = reports.current(POOL, line.sentence.paragraph)
    period: Period | None
    if previous:
        period = reports.resolve(time, None, fiscal=False, report=current) if time is not None else times.year_earlier(current) if current is not None else None
    elif time is not None:
        period = reports.resolve(time, POOL, fiscal=False, report=current)
        if period is not None:
            reports.remember(POOL, line.sentence.paragraph, period)
    else:
        period = current
    qualifiers = _qualifiers(market.market, _region_of(parsed, clause, words, text) or (market.region if not speaks else None), period)
    if speaks:
        market.region = _region_of(parsed, clause, words, text)
    return Draft(
        rule="share: market", subject=company, predicate="market_share", line=number, start=line.sentence.start, end=line.sentence.end, value=quantity.value,
        qualifiers=qualifiers, modality=scope.modality, attributed_to=scope.attributed_to, confidence=(0.9 if speaks else 0.85) * certain,
        number=(quantity.start, quantity.end),
    )  # fmt: skip


def asked_about(scene: Scene, number: int) -> str | None:
    """The company a figure without a subject is of, where the line before asks what is being bought: the target."""
    for parsed in scene.lines[max(0, number - 1) : number]:
        if parsed.question:
            for mention in scene.mentions:
                if mention.how == "noun" and "target" in scene.text[mention.start : mention.end].lower() and mention.start < parsed.line.sentence.start:
                    return mention.key
    return None


def _comparison(parsed: Parsed, index: int) -> bool:
    tokens = parsed.line.tokens
    window = [token.low for token in tokens[max(0, index - 3) : index]]
    if window[-1:] and window[-1] in {"from", "against", "versus", "with"} and (window[-1] != "with" or "compared" in window):
        return True
    if "having" in window or "had" in window:
        after = next((parsed.line.time(token) for token in tokens[index + 1 : index + 4] if token.letter == "t"), None)
        return after is not None and after.form == "year_earlier"
    return False


def _time_near(parsed: Parsed, index: int, *, previous: bool) -> TimeMention | None:
    tokens = parsed.line.tokens
    for ahead in range(index + 1, min(len(tokens), index + 10)):
        if tokens[ahead].letter in {"c", "m"} or tokens[ahead].low in {";", "while"} or (tokens[ahead].low == "," and not previous):
            break
        if tokens[ahead].letter == "t":
            return parsed.line.time(tokens[ahead])
    if previous:
        return None
    for back in range(index - 1, -1, -1):
        if tokens[back].low == ";":
            break
        if tokens[back].letter == "t" and parsed.line.time(tokens[back]).form in {"quarter", "half", "year", "same", "month", "fiscal"}:
            return parsed.line.time(tokens[back])
    return None


def _qualifiers(market: str, region: str | None, period: Period | None) -> dict[str, Qualifier]:
    qualifiers: dict[str, Qualifier] = {"market": market}
    if region:
        qualifiers["region"] = region
    if period is not None:
        qualifiers["period"] = period
    return qualifiers


def _rank(scene: Scene, number: int, parsed: Parsed, index: int, words: Words, reports: Reports, market: Market) -> Iterator[Draft]:
    line = parsed.line
    text = line.text[line.sentence.start : line.sentence.end]
    if _LISTS.search(text):
        scene.note(number, "market_rank", "dropped", "a rank in a list, not in a market")
        return
    clause = parsed.clause_at(index) or next((one for one in parsed.clauses if one.group.first > index), None)
    value = line.quantity(line.tokens[index]).value
    after = line.text[line.tokens[index].end : line.sentence.end]
    named = words.market.first(re.split(r"[,;]| with ", after)[0])
    company, certain = _company(scene, parsed, index, clause)
    if company is None and clause is not None and clause.subject_tokens and not words.market.first(clause.head or "") and not clause.parent >= 0:
        return
    if company is None:
        clauses = [one for one in parsed.clauses if one.subject or one.owners]
        company = next((scene.company(line.mention(line.tokens[position]).key)[0] for one in clauses for position in (*one.subject, *one.owners) if line.tokens[position].letter == "o" and one.group.lemma not in {"say"}), None)
        certain = 0.9
        if company is None or any(words.market.first(one.head) for one in parsed.clauses if one.head):
            scope = scene.scope(number, clause)
            company = scope.attributed_to if scope.attributed_to and scene.kind(scope.attributed_to) == "org" else company or scene.company_before(number)
    chosen = named or market.market
    if company is None or chosen is None:
        return
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        return
    if clause is not None and re.search(r"\b(?:not|never|don't|n't) (?:like |want )?(?:being|be|to be)\b", text) or (clause is not None and clause.group.lemma in {"like", "hate", "want"}):
        return
    market.market, market.line = chosen, number
    region = words.region.first(text.replace("Chinese", ""))
    market.region = region
    time = _time_near(parsed, index, previous=False)
    current = reports.current(POOL, line.sentence.paragraph)
    period = reports.resolve(time, POOL, fiscal=False, report=current) if time is not None else current
    yield _rank_draft(parsed, number, company, value, _qualifiers(chosen, region, period), scope.modality, scope.attributed_to if "according to" not in text.lower() else None, 0.88 * certain, "rank")


def _leader(scene: Scene, number: int, parsed: Parsed, text: str, words: Words, reports: Reports, market: Market) -> Iterator[Draft]:
    """ "Dell led the market for AI servers": first in rank."""
    line = parsed.line
    for clause in parsed.clauses:
        if clause.group.lemma not in {"lead", "top", "dominate", "head"} or clause.group.passive or not re.match(r"(?:the |its )?(?:[\w‹›-]+ ){0,3}market\b", parsed.words(clause.rest)):
            continue
        if clause.group.lemma == "dominate" or market.market is None:
            continue
        scope = scene.scope(number, clause)
        company, certain = _company(scene, parsed, clause.group.last, clause)
        if company is None or scope.modality is None or scope.negated:
            continue
        time = _time_near(parsed, clause.group.last, previous=False)
        current = reports.current(POOL, line.sentence.paragraph)
        period = reports.resolve(time, POOL, fiscal=False, report=current) if time is not None else current
        one = Quantity(number=Decimal(1), low=Decimal(1), high=Decimal(1), unit="rank")
        yield _rank_draft(parsed, number, company, one, _qualifiers(market.market, words.region.first(text), period), scope.modality, scope.attributed_to, 0.88 * certain, "leads")


def _rank_draft(parsed: Parsed, number: int, company: str, value: Value, qualifiers: dict[str, Qualifier], modality: Modality, by: str | None, confidence: float, rule: str) -> Draft:
    sentence = parsed.line.sentence
    return Draft(
        rule=f"rank: {rule}", subject=company, predicate="market_rank", line=number, start=sentence.start, end=sentence.end, value=value,
        qualifiers=qualifiers, modality=modality, attributed_to=by, confidence=confidence,
    )  # fmt: skip


def _revenue_share(scene: Scene, number: int, parsed: Parsed, index: int, first: int, words: Words, reports: Reports) -> Iterator[Draft]:
    """What part of revenue a category makes up; `first` is the percentage that names revenue, `index` may be one compared to it."""
    line = parsed.line
    tokens = line.tokens
    clause = parsed.clause_at(first)
    quantity = line.quantity(tokens[index])
    if clause is None or not isinstance(quantity.value, Percent) or clause.group.lemma not in _PARTS | {"be", "get", "draw", "derive", "earn"}:
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
    subject_company = next((scene.company(line.mention(tokens[position]).key)[0] for position in clause.subject if tokens[position].letter == "o"), None)
    if subject_company is not None:
        source = re.search(r"\bfrom (?:the |its )?(?P<what>[\w-]+(?: [\w-]+){0,2})", line.text[tokens[first].end : line.sentence.end])
        category = source["what"] if source else category
        if source is None and company in {None, subject_company}:
            return
        company = company or subject_company
    if company is None:
        by = scope.attributed_to
        company = by if by is not None and scene.kind(by) == "org" else scene.company_before(number)
    if company is None or not category:
        return
    previous = index != first
    time = _time_near(parsed, index, previous=previous)
    current = reports.current(company, line.sentence.paragraph, within=0)
    base = _time_near(parsed, first, previous=False)
    period = reports.resolve(base, company, report=current) if base is not None else None
    if previous:
        period = times.year_earlier(period) if period is not None else None
        if time is not None and time.period is not None:
            period = time.period
    qualifiers: dict[str, Qualifier] = {"category": slug(category)}
    if segment:
        qualifiers["segment"] = slug(segment)
    if period is not None:
        qualifiers["period"] = period
    yield Draft(
        rule="share: revenue", subject=company, predicate="revenue_share", line=number, start=line.sentence.start, end=line.sentence.end, value=quantity.value,
        qualifiers=qualifiers, modality=scope.modality, attributed_to=scope.attributed_to, confidence=0.9, number=(quantity.start, quantity.end),
    )  # fmt: skip


def _noun_words(parsed: Parsed, clause: Clause) -> str:
    """The words of a clause's subject as they stand in the text."""
    line = parsed.line
    own = [index for index in clause.subject_tokens if line.tokens[index].low not in {"the", "a", "its", "while", "and"} or index != clause.subject_tokens[0]]
    return line.text[line.tokens[own[0]].start : line.tokens[own[-1]].end] if own else ""


def _read_heading(scene: Scene, number: int, parsed: Parsed, text: str, words: Words, reports: Reports, market: Market) -> None:
    """What a heading says of the lines under it: the market, and of a table its columns and period."""
    market.heading = number
    found = words.market.first(text)
    if found:
        market.market, market.line = found, number
    scale = re.search(r"\b(?P<scale>thousand|million|billion)?\s*(?:units|shipments)\b", text, re.IGNORECASE)
    if scale or re.search(r"\bshare\b|%", text):
        factor = {"thousand": Decimal(1000), "million": Decimal(10) ** 6, "billion": Decimal(10) ** 9}.get((scale["scale"] or "").lower() if scale else "", Decimal(1))
        market.columns = (factor, bool(re.search(r"\bshare\b|%", text, re.IGNORECASE)))
        for token in parsed.line.tokens:
            if token.letter == "t" and (period := parsed.line.time(token).period) is not None:
                reports.remember(POOL, parsed.line.sentence.paragraph, period)
        if market.market is None:
            market.market = words.market.last(scene.text[max(0, parsed.line.sentence.start - 800) : parsed.line.sentence.start])


def _row(scene: Scene, number: int, parsed: Parsed, words: Words, reports: Reports, market: Market) -> Iterator[Draft]:
    """A row of a table: rank, company, units, share, as its heading says."""
    line = parsed.line
    company = next((line.mention(token) for token in line.tokens if token.letter == "o"), None)
    if company is None or market.columns is None or market.market is None:
        return
    factor, with_share = market.columns
    period = reports.current(POOL, line.sentence.paragraph, within=2)
    text = line.text[line.sentence.start : line.sentence.end]
    key = scene.company(company.key)[0]
    qualifiers = _qualifiers(market.market, None, period)
    if rank := re.match(r"\s*(\d{1,2})[.)]?\s", text):
        place = Decimal(rank[1])
        if line.text[line.sentence.start : company.start].strip().rstrip(".)") == rank[1]:
            yield _rank_draft(parsed, number, key, Quantity(number=place, low=place, high=place, unit="rank"), dict(qualifiers), Modality.ACTUAL, None, 0.88, "row")
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
                rule="share: row", subject=key, predicate="market_share", line=number, start=line.sentence.start, end=line.sentence.end, value=value,
                qualifiers=dict(qualifiers), confidence=0.88, number=(quantity.start, quantity.end),
            )  # fmt: skip
        elif isinstance(value, Quantity) and value.unit in {"count", "unit"} and not counted and value.number is not None:
            counted = True
            units = Quantity(
                number=value.number * factor, low=None if value.low is None else value.low * factor, high=None if value.high is None else value.high * factor,
                unit="unit", modifier=value.modifier,
            )  # fmt: skip
            shipped: dict[str, Qualifier] = {"product": market.market}
            if period is not None:
                shipped["period"] = period
            yield Draft(
                rule="shipments: row", subject=key, predicate="shipments", line=number, start=line.sentence.start, end=line.sentence.end, value=units,
                qualifiers=shipped, confidence=0.86, number=(quantity.start, quantity.end),
            )  # fmt: skip
