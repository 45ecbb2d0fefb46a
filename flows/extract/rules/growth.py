"""Growth: the percentages beside a figure, with the sign that the words around them give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.config.catalogue import Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.periods import Reports, before, is_quarter
from flows.extract.rules.figuretimes import State, period_of, time_for
from flows.extract.rules.metrics import Lexicon
from flows.extract.scene import Draft, Scene
from flows.extract.scope import SELF_REPORTING, Scope
from flows.extract.spans import QuantityMention, TimeMention
from flows.extract.values import negative, percent_of_ratio
from flows.extract.wordlists import word_set
from storage.model import Modality
from storage.values import Percent, Period, Qualifier, Ratio

UP = word_set(
    """
    up rise rose risen rising grow grew grown growing increase increased increasing gain gained gaining jump jumped
    jumping climb climbed climbing surge surged soar soared advance advanced higher more above improve improved growth
    add added expand expanded leap leapt leaped
    swell swelled swelling balloon ballooned mushroomed rocketed rallied rebound rebounded edged inched ticked crept
    accelerated improving increases rises gains jumps climbs surges soars advances recovered adding expanding
    """
)
DOWN = word_set(
    """
    down fall fell fallen falling drop dropped dropping decline declined declining decrease decreased lower less below
    slip slipped slipping slide slid tumble tumbled plunge plunged lose lost losing shrink shrank shed sink sank dip
    dipped ease eased retreat off easing retreated slump slumped slumping plummet plummeted dived nosedived contract
    contracted contracting crashed sagged softened weakened worse deteriorated shrinking sinking sliding reduction
    contraction
    """
)


def growth(
    scene: Scene,
    number: int,
    parsed: Parsed,
    clause: Clause | None,
    index: int,
    quantity: QuantityMention,
    state: State,
    lexicon: Lexicon,
    reports: Reports,
    scope: Scope,
) -> Iterator[Draft]:
    """A percentage (or "doubled") under a figure of money: its growth, with the sign of the words around it."""
    line = parsed.line
    metric = state.metric
    if metric is None or state.company is None or scope.modality is None:
        return
    predicate = lexicon.growth.get(metric.predicate.key) or (metric.predicate if metric.predicate.read_as == "growth" else None)
    if predicate is None:
        return
    if isinstance(quantity.value, Ratio) and quantity.word is None:
        part = quantity.value
        value, sign = hundredfold(part), direction(parsed, index, clause)
    elif quantity.word is not None and isinstance(quantity.value, Ratio):
        times = percent_of_ratio(quantity.value)
        if times is None:
            return
        value, sign = times, 1
    else:
        if not isinstance(quantity.value, Percent):
            return
        found = direction(parsed, index, clause)
        if found == 0:
            scene.note(number, predicate.key, "considered", "a percentage without a direction")
            return
        value, sign = quantity.value, found
    if sign < 0:
        value = negative(value)
    if metric.predicate.read_as == "growth":
        yield from _share_price(scene, number, parsed, clause, index, quantity, value, state, scope)
        return
    time = time_for(parsed, index, previous=False, clause=clause, growth=True)
    period = period_of(scene, number, parsed, reports, state, time, ahead=scope.modality is Modality.PLANNED, slot=True)
    if period is not None:
        state.period = period
        reports.remember(state.company, line.sentence.paragraph, period)
    qualifiers = slot_qualifiers(predicate, period, state.segment)
    qualifiers["basis"] = _basis(parsed, index, period, reports, state)
    yield Draft(
        rule=f"growth: {predicate.key}",
        subject=state.company,
        predicate=predicate.key,
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=value,
        qualifiers=qualifiers,
        modality=scope.modality,
        attributed_to=said_by(scope, clause, parsed, state.company),
        confidence=0.92 * state.certain,
        number=(quantity.start, quantity.end),
    )


def hundredfold(part: Ratio) -> Percent:
    """A fraction ("a fifth") as a percentage; rounded to three digits after the point."""
    low, high = (None if end is None else round(end * 100, 3) for end in (part.low, part.high))
    return Percent(
        number=None if part.number is None else round(part.number * 100, 3), low=low, high=high, modifier=part.modifier
    )


def direction(parsed: Parsed, index: int, clause: Clause | None) -> int:
    """+1 or -1 by the words beside a percentage or the verb of its clause; 0 where nothing tells."""
    tokens = parsed.line.tokens
    for ahead in range(index + 1, min(len(tokens), index + 3)):
        low = tokens[ahead].low
        if low in {"more", "higher", "above", "growth", "increase", "rise", "gain", "jump", "up"}:
            return 1
        if low in {"less", "lower", "below", "fall", "drop", "decline", "decrease", "down"}:
            return -1
        if tokens[ahead].item >= 0 or low in {",", "of"}:
            break
    for back in range(index - 1, max(-1, index - 6), -1):
        low = tokens[back].low
        if low in UP:
            return 1
        if low in DOWN:
            return -1
        if low in {";", "while"} or tokens[back].letter == "c":
            break
    if clause is not None:
        form = clause.group.form
        if form in UP or clause.group.lemma in UP:
            return 1
        if form in DOWN or clause.group.lemma in DOWN:
            return -1
    return 0


def _basis(parsed: Parsed, index: int, period: Period | None, reports: Reports, state: State) -> str:
    """Against what a growth is measured: the year before, unless the words right after say the quarter before."""
    line = parsed.line
    tokens = line.tokens
    phrase = line.text[tokens[index].end : tokens[min(len(tokens) - 1, index + 12)].end].lower()
    cut = re.split(r"[;]|\d%|,? (?:though|although|while|and) ", phrase)[0]
    if re.search(
        r"quarter[- ]on[- ]quarter|quarter[- ]over[- ]quarter|sequential|\bqoq\b|\bq/q\b|(?:previous|prior|"
        r"preceding) (?:quarter|three months)|three months (?:earlier|before)",
        cut,
    ):
        return "qoq"
    if is_quarter(period):
        for ahead in range(index + 1, min(len(tokens), index + 10)):
            if tokens[ahead].letter in {"c", "m"} or tokens[ahead].low == ";":
                break
            if (
                tokens[ahead].letter == "t"
                and period is not None
                and before(period, reports.resolve(line.time(tokens[ahead]), state.company, report=period))
            ):
                return "qoq"
        earlier = _compared_before(parsed, index)
        if period is not None and earlier is not None and before(period, reports.resolve(earlier, state.company, report=period)):
            return "qoq"
    return "yoy"


def _compared_before(parsed: Parsed, index: int) -> TimeMention | None:
    """The time that "against the June quarter it was 6% higher" compares with."""
    tokens = parsed.line.tokens
    for back in range(index - 1, max(0, index - 9), -1):
        if tokens[back].letter in {"c", "m"} or tokens[back].low == ";":
            return None
        if tokens[back].letter == "t":
            led = {token.low for token in tokens[max(0, back - 2) : back]}
            return parsed.line.time(tokens[back]) if led & {"against", "from", "versus", "than"} else None
    return None


def _share_price(
    scene: Scene,
    number: int,
    parsed: Parsed,
    clause: Clause | None,
    index: int,
    quantity: QuantityMention,
    value: Percent,
    state: State,
    scope: Scope,
) -> Iterator[Draft]:
    """A move of a share's price; without a day of its own it is that of publication."""
    line = parsed.line
    tokens = line.tokens
    time = None
    for ahead in range(index + 1, min(len(tokens), index + 10)):
        if tokens[ahead].letter in {"c", "m"} and tokens[ahead - 1].low not in {"to", "at"}:
            break
        if tokens[ahead].letter == "t":
            time = line.time(tokens[ahead])
            break
    if time is None:
        near = {*clause.rest, *clause.subject_tokens} if clause is not None else set()
        time = next(
            (
                line.time(token)
                for place, token in enumerate(tokens[:index])
                if token.letter == "t"
                and (place < 3 or place in near)
                and (line.time(token).unit == "day" or line.time(token).form == "day")
            ),
            None,
        )
    period: Period | None = state.period if time is None else None
    if time is not None and time.period is not None:
        period = time.period
        if time.preposition == "since" and scene.published is not None:
            period = Period(start=period.start, end=scene.published)
    elif period is None and scene.published is not None:
        period = Period(start=scene.published, end=scene.published)
    qualifiers: dict[str, Qualifier] = {}
    if period is not None:
        qualifiers["period"] = period
    state.period = period  # "while those of … gained": the same day
    if state.company is None or state.metric is None or scope.modality is not Modality.ACTUAL:
        return
    yield Draft(
        rule="growth: share price",
        subject=state.company,
        predicate=state.metric.predicate.key,
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=value,
        qualifiers=qualifiers,
        attributed_to=None,
        confidence=0.92 * state.certain,
        number=(quantity.start, quantity.end),
    )


def slot_qualifiers(predicate: Predicate, period: Period | None, segment: str | None) -> dict[str, Qualifier]:
    """The qualifiers a predicate has room for."""
    qualifiers: dict[str, Qualifier] = {}
    if period is not None and "period" in predicate.slot:
        qualifiers["period"] = replace(period)
    if segment and "segment" in predicate.slot:
        qualifiers["segment"] = segment
    return qualifiers


def said_by(scope: Scope, clause: Clause | None, parsed: Parsed, company: str) -> str | None:
    """Who says a figure: the speaker, or the company that reports it of itself."""
    if scope.attributed_to is not None:
        return scope.attributed_to
    for one in parsed.clauses:
        if one.group.lemma in SELF_REPORTING and one.group.lead == "finite" and not one.group.passive:
            for index in one.subject:
                if parsed.line.tokens[index].letter == "o" and parsed.line.mention(parsed.line.tokens[index]).key == company:
                    return company
    return None
