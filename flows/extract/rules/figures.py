"""Figures of companies: revenue, profit, margins and the like, with their growth and what they are compared to.

A line is read from left to right. A figure's name (or the verb that states it) sets what the next
amounts are amounts of; "from", "against" and "a year earlier" make an amount the one before;
a percentage with a direction is growth of the figure, one without is the figure itself. A new
clause with a subject of its own ends the figure's reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.config.catalogue import Predicate
from flows.extract import times
from flows.extract.clauses import Clause, Parsed
from flows.extract.periods import POINTING, Reports, before, is_quarter
from flows.extract.rules.metrics import Lexicon, Metric
from flows.extract.scene import Draft, Scene
from flows.extract.scope import SELF_REPORTING, Scope
from flows.extract.spans import QuantityMention, TimeMention
from flows.extract.tokens import Token
from flows.extract.values import negative, percent_of_ratio
from storage.model import Modality
from storage.values import Money, Percent, Period, Qualifier, Ratio

UP = frozenset("up rise rose risen rising grow grew grown growing increase increased increasing gain gained gaining jump jumped jumping climb climbed climbing surge surged soar soared advance advanced higher more above improve improved growth add added expand expanded leap leapt".split())
DOWN = frozenset("down fall fell fallen falling drop dropped dropping decline declined declining decrease decreased lower less below slip slipped slipping slide slid tumble tumbled plunge plunged lose lost losing shrink shrank shed sink sank dip dipped ease eased retreat off".split())
_PREVIOUS = frozenset("from against versus vs compared than".split())
_CONSENSUS = re.compile(r"\b(?:consensus|polled|analysts? (?:had |have )?(?:on average )?(?:expect|forecast|estimate|predict)\w*|(?:expectations|estimates|forecasts) of|had (?:on average )?expected|than (?:analysts|the market|wall street) (?:had )?expected)\b", re.IGNORECASE)
_EARLIER_GUIDANCE = re.compile(r"\b(?:earlier|previous|prior|former|old|original) (?:guidance|forecast|outlook|target|estimate)\b", re.IGNORECASE)
_ANAPHORS = frozenset("that it this those which figure these total they".split())
_GROWTH_BY = frozenset(["by"])


@dataclass(slots=True)
class Topic:
    """What the last line's figures were about, for lines that go on about it: "That is 76% more than …"."""

    metric: Metric | None = None
    company: str | None = None
    segment: str | None = None
    period: Period | None = None
    line: int = -9


@dataclass(slots=True)
class _State:
    metric: Metric | None = None
    company: str | None = None
    segment: str | None = None
    certain: float = 1.0
    period: Period | None = None
    values: int = 0
    sign: int = 1


def propose(scene: Scene, number: int, parsed: Parsed, lexicon: Lexicon, reports: Reports, topic: Topic) -> Iterator[Draft]:
    """Figure claims of one line; `reports` and `topic` carry over to the next."""
    line = parsed.line
    tokens = line.tokens
    if not any(token.letter in "mc" or (token.item >= 0 and not token.letter) for token in tokens):
        return
    text = line.text[line.sentence.start : line.sentence.end]
    metrics = lexicon.find(parsed)
    resumed = _resumes(parsed, topic, number, metrics)
    if not metrics and not resumed:
        return
    if parsed.question:
        scene.note(number, "figure", "dropped", "a question")
        return
    if _CONSENSUS.search(text):
        scene.note(number, "figure", "dropped", "what analysts expected")
        return
    opening = {clause.group.first: clause for clause in parsed.clauses}
    state = _State()
    if resumed:
        state = _State(topic.metric, topic.company, topic.segment, 0.95, topic.period, 1)
    clause: Clause | None = None
    taken: set[int] = set()
    index = 0
    while index < len(tokens):
        if index in opening:
            clause = opening[index]
            if state.metric is not None and (other := _those_of(scene, parsed, clause)) is not None:
                state = _State(state.metric, *other, 0.97, state.period, 0, state.sign)
            elif _ends_reach(parsed, clause, metrics, state, resumed=resumed):
                state = _State()
        if index in metrics and index not in taken:
            metric = metrics[index]
            if not metric.verb or (state.metric is None and _states_amount(parsed, clause, lexicon, metrics)):
                state = _entered(scene, number, parsed, metric, clause, state, topic)
                index = metric.last + 1 if not metric.verb else index + 1
                continue
        token = tokens[index]
        grown = token.item >= 0 and not token.letter
        if token.letter in {"m", "c"} or grown:
            ahead = _metric_after(tokens, metrics, index)
            if token.letter == "c" and _of_a_total(tokens, index):
                index += 1
                continue
            if ahead is not None and token.letter == "m" and (state.metric is None or state.values > 0 or state.metric.verb or ahead.predicate is not state.metric.predicate):
                state = _entered(scene, number, parsed, ahead, clause, state, topic)
                taken.add(ahead.first)
            if state.metric is not None:
                yield from _value(scene, number, parsed, clause or _clause_after(parsed, index), index, state, lexicon, reports)
        index += 1
    if state.metric is not None and state.company is not None and state.values:
        topic.metric, topic.company, topic.segment, topic.period, topic.line = state.metric, state.company, state.segment, state.period, number


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
    return first is not None and first.how == "pronoun" and not first.possessive and parsed.line.text[first.start : first.end].lower() in {"those", "that", "it"} and not any(position < 4 for position in metrics)


def _ends_reach(parsed: Parsed, clause: Clause, metrics: dict[int, Metric], state: _State, *, resumed: bool) -> bool:
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
    if any(low in {"than"} for low in (tokens[min(own) - 1].low,) if min(own)):
        return False
    if clause.group.lemma in {"make", "have", "book", "report", "post", "earn", "record"} and (
        (min(own) and tokens[min(own) - 1].letter == "m") or any(tokens[index].letter == "m" for index in own)
    ):  # "the $44.1 billion it made"
        return False
    return not (clause.group.lemma in {"say", "announce", "add", "show"} or (len(own) == 1 and tokens[own[0]].letter in {"m", "c"}) or _only_values(tokens, own))


def _those_of(scene: Scene, parsed: Parsed, clause: Clause) -> tuple[str, str | None] | None:
    """The company of "those of Acme fell 4.2%", which keeps the figure and changes whose it is."""
    own = clause.subject_tokens
    tokens = parsed.line.tokens
    if len(own) >= 3 and tokens[own[0]].low in {"those", "that"} and tokens[own[1]].low == "of" and tokens[own[2]].letter == "o":
        return scene.company(parsed.line.mention(tokens[own[2]]).key)
    return None


def _only_values(tokens: Sequence[Token], own: tuple[int, ...]) -> bool:
    return all(tokens[index].letter in {"m", "c", "t"} or tokens[index].low in {"of", "the", "more", "less", "than", ",", "about"} for index in own)


def _states_amount(parsed: Parsed, clause: Clause | None, lexicon: Lexicon, metrics: dict[int, Metric]) -> bool:
    """Whether a verb such as "booked" states an amount itself: an amount follows right after, and no other figure's name."""
    if clause is None:
        return False
    tokens = parsed.line.tokens
    own = metrics.get(clause.group.first)
    growth = own is not None and own.predicate.read_as == "growth"
    for place, index in enumerate(clause.rest[:6]):
        if index in metrics and not metrics[index].verb:
            return True
        if tokens[index].letter == "c" and growth:
            return direction(parsed, index, None) != 0
        if tokens[index].letter == "m" and not growth:
            after = [tokens[later].low for later in clause.rest[place + 1 : place + 4]]
            return place <= 2 and not {"charge", "loss", "gain", "impairment", "write-down", "equity", "cash"} & set(after) and not (after[:1] and after[0] in {"for", "to", "into", "towards"})
        if tokens[index].low in {"to", "into", ",", "for", "a", "an"}:
            return False
    return False


def _metric_after(tokens: Sequence[Token], metrics: dict[int, Metric], index: int) -> Metric | None:
    """The figure named right after its amount: "$5.8 billion of data-center revenue", "$410 million in sales"."""
    ahead = index + 1
    if ahead >= len(tokens) or tokens[ahead].low not in {"of", "in", "worth"}:
        return None
    for position in range(ahead + 1, min(len(tokens), ahead + 6)):
        if position in metrics and not metrics[position].verb:
            return metrics[position]
        token = tokens[position]
        if token.letter and token.letter != "o" or not token.low.replace("-", "").replace("'", "").isalpha() and token.letter != "o":
            return None
    return None


def _entered(scene: Scene, number: int, parsed: Parsed, metric: Metric, clause: Clause | None, state: _State, topic: Topic) -> _State:
    """The state after a figure was named: whose it is, and of which part of the company."""
    company, segment, certain = _company(scene, number, parsed, metric, clause, state, topic)
    named = metric.segment
    if metric.verb and clause is not None and not clause.subject and clause.head and "segment" in metric.predicate.slot:
        if topic.company is None or number - topic.line > 1:
            return _State()
        named = re.sub(r" (?:business|unit|division|segment|arm)$", "", clause.head)
    return _State(metric, company, segment or named, certain, state.period, 0, -1 if metric.loss else 1)


def _company(scene: Scene, number: int, parsed: Parsed, metric: Metric, clause: Clause | None, state: _State, topic: Topic) -> tuple[str | None, str | None, float]:
    """Whose figure it is: its owner, the clause's subject, who reports it, or the company spoken of."""
    line = parsed.line
    tokens = line.tokens
    back = metric.first - 1
    steps = 0
    while back >= 0 and steps < 6 and not metric.verb:
        token = tokens[back]
        if token.letter == "o":
            mention = line.mention(token)
            if mention.members:
                break
            if mention.possessive or back == metric.first - 1 or tokens[back + 1].low == "'s":
                company, segment = scene.company(mention.key)
                return company, segment, 1.0 if mention.how != "pronoun" else 0.96
            break
        if token.letter in {"m", "c", "n"} or token.low in {",", "and", "of", "in", "to", "from", "with", ";", "for"} or back in {one.group.last for one in parsed.clauses}:
            break
        back -= 1
        steps += 1
    after = metric.last + 1
    if not metric.verb and after + 1 < len(tokens) and tokens[after].low in {"of", "at", "in"}:
        for position in range(after + 1, min(len(tokens), after + 4)):
            if tokens[position].letter == "o" and not (position + 1 < len(tokens) and tokens[position + 1].low == "'s"):
                company, segment = scene.company(line.mention(tokens[position]).key)
                return company, segment, 1.0
            if tokens[position].item >= 0:
                break
    own = clause if clause is not None and (clause.group.first <= metric.first or metric.first in clause.subject_tokens) else None
    if own is None:
        own = next((one for one in parsed.clauses if metric.first in one.subject_tokens), None) or next((one for one in parsed.clauses if metric.first in one.rest), None)
    for position in ((*own.subject, *own.owners) if own is not None else ()):
        if tokens[position].letter == "o" and not line.mention(tokens[position]).members:
            company, segment = scene.company(line.mention(tokens[position]).key)
            return company, segment, 1.0 if line.mention(tokens[position]).how != "pronoun" else 0.96
    if own is not None and metric.first not in own.subject_tokens and own.subject and not metric.verb:
        return None, None, 0.0
    if state.company is not None and state.metric is not None and not state.metric.verb:
        return state.company, state.segment if "segment" in metric.predicate.slot else None, 0.95
    for position, token in enumerate(tokens):
        if token.letter == "o" and position < metric.first and not line.mention(token).members and (own is None or position not in own.rest or True) and (position == 0 or tokens[position - 1].low not in {"by", "to", "at", "than", "of"}):
            subject_of = next((one for one in parsed.clauses if position in one.subject), None)
            if subject_of is not None and subject_of.group.lemma not in {"show"}:
                company, segment = scene.company(line.mention(token).key)
                return company, segment, 0.9
    scope = scene.scope(number, own)
    if scope.attributed_to is not None:
        if scene.kind(scope.attributed_to) == "org" and not scope.attributed_to.endswith(("-research", "-insights", "-data", "-securities")):
            return scope.attributed_to, None, 0.95
        if scope.attributed_to in scene.employers:
            company, segment = scene.employers[scope.attributed_to]
            return company, segment, 0.95
    if topic.company is not None and number - topic.line <= 2:
        return topic.company, None, 0.92
    return scene.company_before(number), None, 0.85


def _value(scene: Scene, number: int, parsed: Parsed, clause: Clause | None, index: int, state: _State, lexicon: Lexicon, reports: Reports) -> Iterator[Draft]:
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
    before_word = _word_before(parsed, index)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        scene.note(number, metric.predicate.key, "dropped", scope.why or ("negated" if scope.negated else "a goal"))
        state.values += 1
        return
    value = quantity.value
    grown = isinstance(value, Ratio) and quantity.word is not None
    if isinstance(value, Percent) or grown:
        measured = "percent" in metric.predicate.values and metric.predicate.read_as == "figure"
        if not measured or grown:
            yield from _growth(scene, number, parsed, clause, index, quantity, state, lexicon, reports, scope)
            return
    kinds = metric.predicate.values
    if (isinstance(value, Money) and "money" not in kinds) or (isinstance(value, Percent) and "percent" not in kinds):
        return
    if before_word == "by" or _is_difference(parsed, index):
        scene.note(number, metric.predicate.key, "considered", "a difference, not the figure")
        return
    if _EARLIER_GUIDANCE.search(line.text[max(line.sentence.start, tokens[index].start - 50) : tokens[index].start]) or (quantity.per is not None):
        scene.note(number, metric.predicate.key, "dropped", "a superseded forecast or a rate")
        return
    planned = scope.modality is Modality.PLANNED
    previous = _is_previous(parsed, index, before_word)
    time = _time_for(parsed, index, previous=previous, clause=clause)
    if previous:
        period = _previous_period(reports, state, time)
        if planned and time is None:
            return
    else:
        period = _period(scene, number, parsed, reports, state, time, ahead=planned, slot="period" in metric.predicate.slot)
        state.period = period
        state.values += 1
    sign = -1 if _loses(parsed, index, clause, state) else 1
    if sign < 0:
        value = negative(value)  # type: ignore[assignment, arg-type]
    segment = state.segment
    if clause is not None and clause.group.lemma in {"come", "stem", "derive"} and index in clause.subject_tokens:
        words = _after_from(parsed, clause)
        segment = words or segment
    qualifiers = _qualifiers(metric.predicate, period, segment)
    if quantity.converted is not None:
        qualifiers["converted"] = quantity.converted
    if metric.predicate.key == "gross_margin" and re.search(r"\bnon-?gaap\b|\badjusted\b", line.text[line.sentence.start : tokens[index].start], re.IGNORECASE):
        qualifiers["basis"] = "adjusted"
    if period is not None and not previous and "period" in metric.predicate.slot:
        reports.remember(state.company, line.sentence.paragraph, period)
    modality = scope.modality if not previous else Modality.ACTUAL
    yield Draft(
        rule=f"figure: {metric.predicate.key}{' before' if previous else ''}", subject=state.company, predicate=metric.predicate.key, line=number,
        start=line.sentence.start, end=line.sentence.end, value=value, qualifiers=qualifiers, modality=modality,
        attributed_to=_attributed(scope, clause, parsed, state.company), confidence=0.93 * state.certain - (0.04 if previous else 0), number=(quantity.start, quantity.end),
    )  # fmt: skip


def _after_from(parsed: Parsed, clause: Clause) -> str | None:
    """The part of a company an amount came from: "the Data Center business"."""
    match = re.match(r"from (?:the |its )?((?:[\w&-]+ ){1,4}?)(?:business|unit|segment|division|arm|group)\b", parsed.words(clause.rest))
    return match[1].strip() if match else None


def _scope(scene: Scene, number: int, parsed: Parsed, clause: Clause | None, metric: Metric) -> Scope:
    """The scope of the clause the figure stands in."""
    for one in parsed.clauses:
        if metric.first in one.subject_tokens:
            return scene.scope(number, one)
    return scene.scope(number, clause)


def _attributed(scope: Scope, clause: Clause | None, parsed: Parsed, company: str) -> str | None:
    if scope.attributed_to is not None:
        return scope.attributed_to
    for one in parsed.clauses:
        if one.group.lemma in SELF_REPORTING and one.group.lead == "finite" and not one.group.passive:
            for index in one.subject:
                if parsed.line.tokens[index].letter == "o" and parsed.line.mention(parsed.line.tokens[index]).key == company:
                    return company
    return None


def _word_before(parsed: Parsed, index: int) -> str:
    """The last word before an amount that is no article or hedge."""
    tokens = parsed.line.tokens
    back = index - 1
    while back >= 0 and (tokens[back].low in {"the", "a", "an", "about", "around", "roughly", "some", "nearly", "just", "almost", "with", ":", "("} or tokens[back].letter == "t" or tokens[back].low in {"loss", "profit", "of", "net", "operating"}):
        back -= 1
    return tokens[back].low if back >= 0 else ""


def _is_difference(parsed: Parsed, index: int) -> bool:
    tokens = parsed.line.tokens
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    return after in {"more", "less", "higher", "lower", "above", "below", "short"}


def _is_previous(parsed: Parsed, index: int, before_word: str) -> bool:
    """Whether an amount is the one compared with."""
    tokens = parsed.line.tokens
    if before_word in _PREVIOUS:
        return not (before_word == "from" and _to_follows(parsed, index) and False)
    nearest = [token.low for token in tokens[max(0, index - 3) : index]]
    if "after" in nearest or "losing" in nearest and "after" in [token.low for token in tokens[max(0, index - 5) : index]]:
        return True
    if any(tokens[back].letter == "t" and parsed.line.time(tokens[back]).form in {"year_earlier", "previous"} for back in range(max(0, index - 3), index)):
        return any(token.low in {":", "was", "were"} for token in tokens[max(0, index - 3) : index])
    after = next((tokens[ahead] for ahead in range(index + 1, min(len(tokens), index + 5)) if tokens[ahead].letter in {"t", "m", "c"}), None)
    if after is not None and after.letter == "t" and parsed.line.time(after).form == "year_earlier" and before_word in {"booked", "losing", "having", "had", "lost", "was"}:
        return True
    return False


def _to_follows(parsed: Parsed, index: int) -> bool:
    tokens = parsed.line.tokens
    return index + 1 < len(tokens) and tokens[index + 1].low == "to"


def _time_for(parsed: Parsed, index: int, *, previous: bool, clause: Clause | None, growth: bool = False) -> TimeMention | None:
    """The time an amount belongs to: right after it, else (for the figure itself) before it in the line."""
    tokens = parsed.line.tokens
    line = parsed.line
    for ahead in range(index + 1, min(len(tokens), index + 14)):
        token = tokens[ahead]
        if token.low in {";", "and", "while", "although", "though"} or (token.low == "," and not previous):
            break
        if token.letter in {"m", "c"} and not (growth and token.letter == "m" and tokens[ahead - 1].low == "to"):
            break
        if not previous and token.low in {"from", "than", "against", "versus", "compared", "above", "below"}:
            break
        if token.letter == "t":
            mention = line.time(token)
            if previous or (mention.form not in {"year_earlier", "previous"} and _is_span(mention)):
                return mention
    if previous:
        for back in range(index - 1, max(-1, index - 4), -1):
            if tokens[back].letter == "t" and line.time(tokens[back]).form in POINTING:
                return line.time(tokens[back])
        return None
    for back in range(index - 1, -1, -1):
        token = tokens[back]
        if token.low == ";":
            break
        if token.letter == "t" and not _compared(parsed, back):
            mention = line.time(token)
            if mention.form not in {"year_earlier", "previous", "open", "horizon"} and _is_span(mention):
                return mention
    for ahead in range(index + 1, len(tokens)):
        token = tokens[ahead]
        if token.low in {";", "while", "although", "from", "than", "against", "versus", "compared"}:
            break
        if token.letter == "t":
            mention = line.time(token)
            low = tokens[ahead - 1].low
            if mention.form not in {"year_earlier", "previous", "open", "horizon", "day"} and mention.unit != "day" and _is_span(mention) and low in {"in", "for", "during", "of", "the"} and _same_clause_time(parsed, index, ahead):
                return mention
    return None


def _compared(parsed: Parsed, place: int) -> bool:
    """Whether a time belongs to an amount that another was compared with."""
    tokens = parsed.line.tokens
    for back in range(place - 1, max(-1, place - 6), -1):
        if tokens[back].letter in {"m", "c"}:
            return _is_previous(parsed, back, _word_before(parsed, back))
        if tokens[back].low in {",", ";"}:
            return False
    return False


def _same_clause_time(parsed: Parsed, index: int, ahead: int) -> bool:
    return not any(clause.group.first in range(index, ahead) and clause.subject_tokens for clause in parsed.clauses)


def _is_span(mention: TimeMention) -> bool:
    return mention.form in {"quarter", "half", "year", "fiscal", "same", "month"} or mention.unit in {"quarter", "half", "year", "month", "period"}


def _period(scene: Scene, number: int, parsed: Parsed, reports: Reports, state: _State, time: TimeMention | None, *, ahead: bool, slot: bool) -> Period | None:
    if not slot:
        return None
    company = state.company or ""
    paragraph = parsed.line.sentence.paragraph
    if time is not None:
        found = reports.resolve(time, company, ahead=ahead, report=state.period or reports.current(company, paragraph, within=3))
        if found is not None:
            return found
    if state.period is not None:
        return state.period
    if ahead:
        return None
    return reports.current(company, paragraph)


def _previous_period(reports: Reports, state: _State, time: TimeMention | None) -> Period | None:
    if time is not None:
        found = reports.resolve(time, state.company, report=state.period)
        if found is not None:
            return found
    return times.year_earlier(state.period) if state.period is not None else None


def _loses(parsed: Parsed, index: int, clause: Clause | None, state: _State) -> bool:
    """Whether an amount is a loss: a noun of loss before it, or the verb "lose"."""
    tokens = parsed.line.tokens
    window = [token.low for token in tokens[max(0, index - 4) : index]]
    if "profit" in window and "loss" not in window:
        return False
    return "loss" in window or "losses" in window or "losing" in window or "lost" in window or (state.sign < 0 and "from" not in window)


def _growth(
    scene: Scene, number: int, parsed: Parsed, clause: Clause | None, index: int, quantity: QuantityMention, state: _State, lexicon: Lexicon, reports: Reports, scope: Scope
) -> Iterator[Draft]:
    """A percentage (or "doubled") under a figure of money: its growth, with the sign of the words around it."""
    line = parsed.line
    metric = state.metric
    if metric is None or state.company is None or scope.modality is None:
        return
    predicate = lexicon.growth.get(metric.predicate.key) or (metric.predicate if metric.predicate.read_as == "growth" else None)
    if predicate is None:
        return
    if quantity.word is not None and isinstance(quantity.value, Ratio):
        value, sign = percent_of_ratio(quantity.value), 1
        if value is None:
            return
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
    time = _time_for(parsed, index, previous=False, clause=clause, growth=True)
    period = _period(scene, number, parsed, reports, state, time, ahead=scope.modality is Modality.PLANNED, slot=True)
    if period is not None:
        state.period = period
        reports.remember(state.company, line.sentence.paragraph, period)
    qualifiers = _qualifiers(predicate, period, state.segment)
    qualifiers["basis"] = _basis(parsed, index, period, reports, state)
    yield Draft(
        rule=f"growth: {predicate.key}", subject=state.company, predicate=predicate.key, line=number, start=line.sentence.start, end=line.sentence.end,
        value=value, qualifiers=qualifiers, modality=scope.modality, attributed_to=_attributed(scope, clause, parsed, state.company),
        confidence=0.92 * state.certain, number=(quantity.start, quantity.end),
    )  # fmt: skip


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
        if low in {";", "while"} or tokens[back].letter in {"c"}:
            break
    if clause is not None:
        form = clause.group.form
        if form in UP or clause.group.lemma in UP:
            return 1
        if form in DOWN or clause.group.lemma in DOWN:
            return -1
    return 0


def _basis(parsed: Parsed, index: int, period: Period | None, reports: Reports, state: _State) -> str:
    """Against what a growth is measured: the year before, unless the words right after say the quarter before."""
    line = parsed.line
    tokens = line.tokens
    phrase = line.text[tokens[index].end : tokens[min(len(tokens) - 1, index + 12)].end].lower()
    cut = re.split(r"[;]|\d%|,? (?:though|although|while|and) ", phrase)[0]
    if re.search(r"quarter[- ]on[- ]quarter|quarter[- ]over[- ]quarter|sequential|\bqoq\b|\bq/q\b|(?:previous|prior|preceding) (?:quarter|three months)|three months (?:earlier|before)", cut):
        return "qoq"
    if is_quarter(period):
        for ahead in range(index + 1, min(len(tokens), index + 10)):
            if tokens[ahead].letter in {"c", "m"}:
                break
            if tokens[ahead].letter == "t" and period is not None and before(period, reports.resolve(line.time(tokens[ahead]), state.company, report=period)):
                return "qoq"
    return "yoy"


def _share_price(
    scene: Scene, number: int, parsed: Parsed, clause: Clause | None, index: int, quantity: QuantityMention, value: Percent, state: _State, scope: Scope
) -> Iterator[Draft]:
    """A move of a share's price; without a day of its own it is that of publication."""
    line = parsed.line
    tokens = line.tokens
    time = None
    for ahead in range(index + 1, min(len(tokens), index + 10)):
        if tokens[ahead].letter in {"c", "m"}:
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
                if token.letter == "t" and (place < 3 or place in near) and (line.time(token).unit == "day" or line.time(token).form == "day")
            ),
            None,
        )
    period: Period | None = None
    if time is not None and time.period is not None:
        period = time.period
        if time.preposition == "since" and scene.published is not None:
            period = Period(start=period.start, end=scene.published)
    elif scene.published is not None:
        period = Period(start=scene.published, end=scene.published)
    qualifiers: dict[str, Qualifier] = {}
    if period is not None:
        qualifiers["period"] = period
    if state.company is None or state.metric is None or scope.modality is not Modality.ACTUAL:
        return
    yield Draft(
        rule="growth: share price", subject=state.company, predicate=state.metric.predicate.key, line=number, start=line.sentence.start, end=line.sentence.end,
        value=value, qualifiers=qualifiers, attributed_to=None, confidence=0.92 * state.certain, number=(quantity.start, quantity.end),
    )  # fmt: skip


def _qualifiers(predicate: Predicate, period: Period | None, segment: str | None) -> dict[str, Qualifier]:
    qualifiers: dict[str, Qualifier] = {}
    if period is not None and "period" in predicate.slot:
        qualifiers["period"] = replace(period)
    if segment and "segment" in predicate.slot:
        qualifiers["segment"] = segment
    return qualifiers
