"""Figures of companies: revenue, profit, margins and the like, with their growth and what they are compared to.

A line is read from left to right. A figure's name (or the verb that states it) sets what the next
amounts are amounts of; "from", "against" and "a year earlier" make an amount the one before;
a percentage with a direction is growth of the figure, one without is the figure itself. A new
clause with a subject of its own ends the figure's reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.extract.clauses import Clause, Parsed
from flows.extract.periods import Reports
from flows.extract.rules.consensus import hoped
from flows.extract.rules.figureclues import guided, moves_in_trading
from flows.extract.rules.figureowners import company_in_mind, company_of_figure
from flows.extract.rules.figuretimes import (
    State,
    Topic,
    is_difference,
    is_previous,
    period_before,
    period_of,
    time_for,
    word_before,
)
from flows.extract.rules.growth import growth, said_by, slot_qualifiers
from flows.extract.rules.metrics import Lexicon, Metric
from flows.extract.rules.stated import is_part_grown, metric_after, metric_of_rise, states_amount
from flows.extract.scene import Draft, Scene
from flows.extract.scope import Scope
from flows.extract.spans import QuantityMention
from flows.extract.tokens import Token
from flows.extract.values import negative
from flows.extract.wordlists import word_set
from storage.model import Modality
from storage.values import Money, Percent, Ratio

__all__ = ["Topic", "propose"]

_EARLIER_GUIDANCE = re.compile(
    r"\b(?:earlier|previous|prior|former|old|original) (?:guidance|forecast|outlook|target|estimate)\b|"
    r"\b(?:instead of|rather than|in place of)\s*$",
    re.IGNORECASE,
)
_ANAPHORS = word_set("that it this those which figure these total they")
_GROWTH_BY = frozenset(["by"])


def propose(scene: Scene, number: int, parsed: Parsed, lexicon: Lexicon, reports: Reports, topic: Topic) -> Iterator[Draft]:
    """Figure claims of one line; `reports` and `topic` carry over to the next."""
    line = parsed.line
    tokens = line.tokens
    if not any(token.letter in "mcr" or (token.item >= 0 and not token.letter) for token in tokens):
        return
    text = line.text[line.sentence.start : line.sentence.end]
    metrics = lexicon.find(parsed)
    resumed = _resumes(parsed, topic, number, metrics)
    guiding = None if metrics or resumed else guided(scene, number, parsed, topic)
    if not metrics and not resumed and guiding is None and not any(moves_in_trading(parsed, one) for one in parsed.clauses):
        return
    if parsed.question:
        scene.note(number, "figure", "dropped", "a question")
        return
    hopes = hoped(text, line.sentence.start)
    if hopes:
        scene.note(number, "figure", "dropped", "what analysts expected")
    opening = {clause.group.first: clause for clause in parsed.clauses}
    state = State()
    if resumed:
        state = State(topic.metric, topic.company, topic.segment, 0.95, topic.period, 1)
    last: State | None = None
    clause: Clause | None = None
    taken: set[int] = set()
    index = 0
    while index < len(tokens):
        if index in opening:
            clause = opening[index]
            if state.metric is not None and (other := _those_of(scene, parsed, clause)) is not None:
                state = State(state.metric, *other, 0.97, state.period, 0, state.sign)
            elif _ends_reach(parsed, clause, metrics, state, resumed=resumed):
                state = State()
            if state.metric is None and clause is guiding and topic.metric is not None:
                state = State(topic.metric, topic.company, None, 0.92)
            elif state.metric is None and lexicon.price is not None and (moved := moves_in_trading(parsed, clause)) is not None:
                state = State(Metric(lexicon.price, index, index), scene.company(moved)[0], None, 0.95)
        if index in metrics and index not in taken:
            metric = metrics[index]
            if (
                metric.loss
                and tokens[index].low == "a"
                and state.metric is not None
                and state.metric.predicate.losses
                and state.values
            ):
                index = metric.last + 1  # "an operating profit of X after a loss of Y": of the same kind
                continue
            stating = metric.verb and (
                state.metric is None or (bool(metric.predicate.losses) and not (state.metric.predicate.losses and state.values))
            )
            if not metric.verb or (stating and states_amount(parsed, clause, metrics)):
                state = _entered(scene, number, parsed, metric, clause, state, topic, reports)
                index = metric.last + 1 if not metric.verb else index + 1
                continue
        token = tokens[index]
        if token.letter in {"m", "c"} and any(first <= token.start < end for first, end in hopes):
            index += 1
            continue
        grown = token.item >= 0 and (not token.letter or token.letter == "r")
        if token.letter in {"m", "c"} or grown:
            ahead = metric_after(tokens, metrics, index)
            if token.letter == "c" and _of_a_total(tokens, index):
                index += 1
                continue
            if (
                ahead is not None
                and token.letter == "m"
                and (
                    state.metric is None or state.values > 0 or state.metric.verb or ahead.predicate is not state.metric.predicate
                )
            ):
                state = _entered(scene, number, parsed, ahead, clause, state, topic, reports)
                taken.add(ahead.first)
            if token.letter == "c" and (state.metric is None or state.values > 0):
                rising = metric_of_rise(tokens, metrics, index)
                if rising is not None and (state.metric is None or rising.predicate is not state.metric.predicate):
                    state = _entered(scene, number, parsed, rising, clause, state, topic, reports)
                    taken.add(rising.first)
            if state.metric is not None:
                yield from _value(scene, number, parsed, clause or _clause_after(parsed, index), index, state, lexicon, reports)
                last = state if state.company is not None and state.values else last
        index += 1
    if last is not None:
        topic.metric, topic.company, topic.segment, topic.period = last.metric, last.company, last.segment, last.period
        topic.line = number


def _of_a_total(tokens: Sequence[Token], index: int) -> bool:
    """Whether a percentage is a part of something: "36% of revenue" is no growth."""
    return index + 1 < len(tokens) and tokens[index + 1].low == "of"


def _clause_after(parsed: Parsed, index: int) -> Clause | None:
    return next((clause for clause in parsed.clauses if clause.group.first > index), None)


def _resumes(parsed: Parsed, topic: Topic, number: int, metrics: dict[int, Metric]) -> bool:
    """Whether a line goes on about the last line's figure without naming it again."""
    tokens = parsed.line.tokens
    if topic.metric is None or topic.line != number - 1 or not tokens:
        return False
    opener = " ".join(token.low for token in tokens[:3])
    if re.match(r"(?:that|this|which|those|the figure|the total|of the|of that|of this|it) ", opener + " "):
        return not any(first < 4 for first, metric in metrics.items() if not metric.verb)
    first = next((parsed.line.mention(token) for token in tokens[:2] if token.letter == "o"), None)
    return (
        first is not None
        and first.how == "pronoun"
        and not first.possessive
        and parsed.line.text[first.start : first.end].lower() in {"those", "that", "it"}
        and not any(position < 4 for position in metrics)
    )


def _ends_reach(parsed: Parsed, clause: Clause, metrics: dict[int, Metric], state: State, *, resumed: bool) -> bool:
    """Whether a clause with a subject of its own leaves the figure behind."""
    if state.metric is None or clause.group.lead != "finite" or clause.relative:
        return False
    own = clause.subject_tokens
    if not own or any(first in own for first in metrics) or (state.metric.first in own and not state.metric.verb):
        return False
    if clause.parent >= 0:
        return False
    tokens = parsed.line.tokens
    lows = [tokens[index].low for index in own]
    if resumed and lows and min(own) <= 2 and (lows[0] in _ANAPHORS or tokens[own[0]].letter == "o"):
        return False
    if clause.head in {"unit", "division", "business", "segment", "arm"} and not clause.subject and not clause.owners:
        return False  # "… and the unit earned an operating profit of"
    if min(own) and tokens[min(own) - 1].low == "than":
        return False
    if len(own) == 1 and clause.group.lemma == "be" and line_text(parsed, own[0]) in {"it", "that", "this"}:
        return False  # "…; against the June quarter it was 6% higher"
    if clause.group.lemma in {"make", "have", "book", "report", "post", "earn", "record"} and (
        (min(own) and tokens[min(own) - 1].letter == "m") or any(tokens[index].letter == "m" for index in own)
    ):  # "the $44.1 billion it made"
        return False
    return not (
        clause.group.lemma in {"say", "announce", "add", "show"}
        or (len(own) == 1 and tokens[own[0]].letter in {"m", "c"})
        or _only_values(tokens, own)
    )


def line_text(parsed: Parsed, index: int) -> str:
    """The words of a token, in small letters."""
    token = parsed.line.tokens[index]
    return parsed.line.text[token.start : token.end].lower()


def _those_of(scene: Scene, parsed: Parsed, clause: Clause) -> tuple[str, str | None] | None:
    """The company of "those of Acme fell 4.2%", which keeps the figure and changes whose it is."""
    own = clause.subject_tokens
    tokens = parsed.line.tokens
    if len(own) >= 3 and tokens[own[0]].low in {"those", "that"} and tokens[own[1]].low == "of" and tokens[own[2]].letter == "o":
        return scene.company(parsed.line.mention(tokens[own[2]]).key)
    return None


def _only_values(tokens: Sequence[Token], own: tuple[int, ...]) -> bool:
    return all(
        tokens[index].letter in {"m", "c", "t"} or tokens[index].low in {"of", "the", "more", "less", "than", ",", "about"}
        for index in own
    )


def _entered(
    scene: Scene,
    number: int,
    parsed: Parsed,
    metric: Metric,
    clause: Clause | None,
    state: State,
    topic: Topic,
    reports: Reports | None = None,
) -> State:
    """The state after a figure was named: whose it is, and of which part of the company."""
    company, segment, certain = company_of_figure(scene, number, parsed, metric, clause, state, topic)
    named = metric.segment
    if metric.verb and clause is not None and not clause.subject and clause.head and "segment" in metric.predicate.slot:
        told = company_in_mind(scene, number, parsed, topic)[0]
        company = told if told == topic.company and number - topic.line <= 1 else None
        if company is None and reports is not None:
            company = told if told and reports.current(told, parsed.line.sentence.paragraph, within=3) else None
        if company is None:
            return State()
        named = _PART.sub("", clause.head)
    elif named is None and segment is None and clause is not None and company is not None:
        named = _part_of(parsed, metric, clause)
    return State(metric, company, segment or named, certain, state.period, 0, -1 if metric.loss else 1)


_PART = re.compile(r" (?:business|unit|division|segment|arm|group)$")


def _part_of(parsed: Parsed, metric: Metric, clause: Clause) -> str | None:
    """The part of a company that a clause is about: "Acme, whose client division posted sales of …"."""
    if metric.first in clause.subject_tokens or not _PART.search(clause.head) or not clause.subject_tokens:
        return None
    words = [parsed.line.tokens[index] for index in clause.subject_tokens if not parsed.line.tokens[index].letter]
    named = [word.low for word in words if word.low not in _DETERMINING]
    return " ".join(named[:-1]) or None if " ".join(named) == clause.head else None


_DETERMINING = word_set("the its their whose a an this that 's")


def _value(
    scene: Scene,
    number: int,
    parsed: Parsed,
    clause: Clause | None,
    index: int,
    state: State,
    lexicon: Lexicon,
    reports: Reports,
) -> Iterator[Draft]:
    """The claim an amount makes under the current figure, if any."""
    line = parsed.line
    tokens = line.tokens
    metric = state.metric
    if metric is None or state.company is None:
        return
    quantity = line.items[tokens[index].item]
    if not isinstance(quantity, QuantityMention) or quantity.points:
        return
    scope = _scope(scene, number, parsed, clause, metric)
    before_word = word_before(parsed, index)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        scene.note(number, metric.predicate.key, "dropped", scope.why or ("negated" if scope.negated else "a goal"))
        state.values += 1
        return
    value = quantity.value
    grown = isinstance(value, Ratio) and (quantity.word is not None or is_part_grown(parsed, clause, index, value))
    if isinstance(value, Percent) or grown:
        measured = "percent" in metric.predicate.values and metric.predicate.read_as == "figure"
        if not measured or grown:
            yield from growth(scene, number, parsed, clause, index, quantity, state, lexicon, reports, scope)
            return
    kinds = metric.predicate.values
    if not isinstance(value, Money | Percent):
        return
    if (isinstance(value, Money) and "money" not in kinds) or (isinstance(value, Percent) and "percent" not in kinds):
        return
    if before_word == "by" or is_difference(parsed, index):
        scene.note(number, metric.predicate.key, "considered", "a difference, not the figure")
        return
    if _EARLIER_GUIDANCE.search(line.text[max(line.sentence.start, tokens[index].start - 50) : tokens[index].start]) or (
        _is_rate(line.text, quantity)
    ):
        scene.note(number, metric.predicate.key, "dropped", "a superseded forecast or a rate")
        return
    planned = scope.modality is Modality.PLANNED
    previous = is_previous(parsed, index, before_word)
    time = time_for(parsed, index, previous=previous, clause=clause)
    if previous:
        if state.period is None:
            state.period = reports.current(state.company, line.sentence.paragraph, within=3)
        period = period_before(reports, state, time)
        if planned and time is None:
            return
    else:
        period = period_of(scene, number, parsed, reports, state, time, ahead=planned, slot="period" in metric.predicate.slot)
        state.period = period
        state.values += 1
    sign = -1 if _loses(parsed, index, clause, state) else 1
    if sign < 0 and isinstance(value, Money | Percent):
        value = negative(value)
    segment = state.segment
    if clause is not None and clause.group.lemma in {"come", "stem", "derive"} and index in clause.subject_tokens:
        words = _after_from(parsed, clause)
        segment = words or segment
    qualifiers = slot_qualifiers(metric.predicate, period, segment)
    if quantity.converted is not None:
        qualifiers["converted"] = quantity.converted
    if metric.predicate.key == "gross_margin" and re.search(
        r"\bnon-?gaap\b|\badjusted\b", line.text[line.sentence.start : tokens[index].start], re.IGNORECASE
    ):
        qualifiers["basis"] = "adjusted"
    if period is not None and not previous and not planned and "period" in metric.predicate.slot:
        reports.remember(state.company, line.sentence.paragraph, period)
    modality = scope.modality if not previous else Modality.ACTUAL
    if (
        modality is Modality.ACTUAL
        and not previous
        and clause is not None
        and clause.group.lemma in {"see", "project", "predict"}
    ):
        ahead = period is not None and period.end is not None and scene.published is not None and period.end > scene.published
        modality = Modality.PLANNED if ahead else modality
    yield Draft(
        rule=f"figure: {metric.predicate.key}{' before' if previous else ''}",
        subject=state.company,
        predicate=metric.predicate.key,
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=value,
        qualifiers=qualifiers,
        modality=modality,
        attributed_to=said_by(scope, clause, parsed, state.company),
        confidence=0.93 * state.certain - (0.04 if previous else 0),
        number=(quantity.start, quantity.end),
    )


def _is_rate(text: str, quantity: QuantityMention) -> bool:
    """Whether an amount is so much a year or a share; "$40 million a year earlier" is not."""
    return quantity.per is not None and not re.match(
        r"\s*(?:an? \w+ )?(?:ago|earlier|before|previously)\b", text[quantity.end : quantity.end + 24]
    )


def _after_from(parsed: Parsed, clause: Clause) -> str | None:
    """The part of a company an amount came from: "the Data Center business"."""
    match = re.match(
        r"from (?:the |its )?((?:[\w&-]+ ){1,4}?)(?:business|unit|segment|division|arm|group)\b", parsed.words(clause.rest)
    )
    return match[1].strip() if match else None


def _scope(scene: Scene, number: int, parsed: Parsed, clause: Clause | None, metric: Metric) -> Scope:
    """The scope of the clause the figure stands in."""
    for one in parsed.clauses:
        if metric.first in one.subject_tokens:
            return scene.scope(number, one)
    return scene.scope(number, clause)


def _loses(parsed: Parsed, index: int, clause: Clause | None, state: State) -> bool:
    """Whether an amount is a loss: a noun of loss before it, or the verb "lose"."""
    tokens = parsed.line.tokens
    window = [token.low for token in tokens[max(0, index - 4) : index]]
    if "profit" in window and "loss" not in window:
        return False
    return "loss" in window or "losses" in window or "losing" in window or "lost" in window or state.sign < 0
