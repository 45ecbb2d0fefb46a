"""When a figure is about: which time stands beside an amount, and which amounts are only compared with."""

from __future__ import annotations

from dataclasses import dataclass

from flows.extract import times
from flows.extract.clauses import Clause, Parsed
from flows.extract.periods import POINTING, Reports, shared_span
from flows.extract.rules.metrics import Metric
from flows.extract.scene import Scene
from flows.extract.spans import TimeMention
from flows.extract.wordlists import word_set
from storage.values import Period

_COMPARED_WITH = frozenset(
    {("with", "compared"), ("to", "compared"), ("on", "up"), ("on", "down"), ("over", "up"), ("over", "down")}
)
_PREVIOUS = word_set("from against versus vs compared than")


@dataclass(slots=True)
class Topic:
    """What the last line's figures were about, for lines that go on about it: "That is 76% more than …"."""

    metric: Metric | None = None
    company: str | None = None
    segment: str | None = None
    period: Period | None = None
    line: int = -9


@dataclass(slots=True)
class State:
    """The figure that the next amounts are amounts of, whose it is and when."""

    metric: Metric | None = None
    company: str | None = None
    segment: str | None = None
    certain: float = 1.0
    period: Period | None = None
    values: int = 0
    sign: int = 1


def word_before(parsed: Parsed, index: int) -> str:
    """The last word before an amount that is no article or hedge."""
    tokens = parsed.line.tokens
    back = index - 1
    while back >= 0 and (
        tokens[back].low in {"the", "a", "an", "about", "around", "roughly", "some", "nearly", "just", "almost", "with", ":", "("}
        or tokens[back].letter == "t"
        or tokens[back].low in {"loss", "profit", "of", "net", "operating"}
    ):
        back -= 1
    return tokens[back].low if back >= 0 else ""


def is_difference(parsed: Parsed, index: int) -> bool:
    """Whether an amount is only by how much something rose or fell."""
    tokens = parsed.line.tokens
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    return after in {"more", "less", "higher", "lower", "above", "below", "short"}


def is_previous(parsed: Parsed, index: int, before_word: str) -> bool:
    """Whether an amount is the one compared with."""
    tokens = parsed.line.tokens
    if before_word in _PREVIOUS or (
        before_word == "after" and "loss" in [token.low for token in tokens[max(0, index - 5) : index]]
    ):
        return True
    opening = [token for token in tokens[:3] if token.letter == "t" and parsed.line.time(token).form == "year_earlier"]
    if opening and not any(token.is_value for token in tokens[:index]):
        return True  # "A year earlier the firm had made a profit of"
    nearest = [token.low for token in tokens[max(0, index - 3) : index]]
    if "after" in nearest or ("losing" in nearest and "after" in [token.low for token in tokens[max(0, index - 5) : index]]):
        return True
    if any(
        tokens[back].letter == "t" and parsed.line.time(tokens[back]).form in {"year_earlier", "previous"}
        for back in range(max(0, index - 3), index)
    ):
        return any(token.low in {":", "was", "were"} for token in tokens[max(0, index - 3) : index])
    after = next(
        (
            tokens[ahead]
            for ahead in range(index + 1, min(len(tokens), index + 5))
            if tokens[ahead].letter in {"m", "c"}
            or (tokens[ahead].letter == "t" and not (ahead + 1 < len(tokens) and tokens[ahead + 1].letter == "t"))
        ),
        None,
    )
    return bool(
        after is not None
        and after.letter == "t"
        and parsed.line.time(after).form == "year_earlier"
        and before_word in {"booked", "losing", "having", "had", "lost", "was"}
    )


def time_for(parsed: Parsed, index: int, *, previous: bool, clause: Clause | None, growth: bool = False) -> TimeMention | None:
    """The time an amount belongs to: right after it, else (for the figure itself) before it in the line."""
    tokens = parsed.line.tokens
    line = parsed.line
    shared = shared_span(parsed)
    if shared is not None and (not previous or word_before(parsed, index) == "from"):
        return None if previous else shared
    for ahead in range(index + 1, min(len(tokens), index + 14)):
        token = tokens[ahead]
        if token.low in {";", "and", "while", "although", "though"} or (token.low == "," and not previous):
            break
        if token.low == "(" and not previous and not (ahead + 2 < len(tokens) and tokens[ahead + 2].low == ")"):
            break  # "31.5% (Q2 2025: 35.0%)"
        if token.letter in {"m", "c"} and not (growth and token.letter == "m" and tokens[ahead - 1].low == "to"):
            break
        if not previous and token.low in {"from", "than", "against", "versus", "compared", "above", "below"}:
            break
        if token.letter == "t" and previous and ahead + 1 < len(tokens) and tokens[ahead + 1].letter == "t":
            continue  # "in the quarter a year ago"
        if token.letter == "t":
            mention = line.time(token)
            if previous or (mention.form not in {"year_earlier", "previous"} and _is_span(mention)):
                return mention
    if previous:
        for back in range(index - 1, max(-1, index - 4), -1):
            if tokens[back].letter == "t" and line.time(tokens[back]).form in POINTING:
                return line.time(tokens[back])
        return next((line.time(one) for one in tokens[:3] if one.letter == "t" and line.time(one).form == "year_earlier"), None)
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
            if (
                mention.form not in {"year_earlier", "previous", "open", "horizon", "day"}
                and mention.unit != "day"
                and _is_span(mention)
                and low in {"in", "for", "during", "of", "the"}
                and _same_clause_time(parsed, index, ahead)
            ):
                return mention
    return None


def _compared(parsed: Parsed, place: int) -> bool:
    """Whether a time belongs to an amount that another was compared with."""
    tokens = parsed.line.tokens
    led = place - 1
    while led >= 0 and tokens[led].low in {"the", "its", "a"}:
        led -= 1
    if led > 0 and (
        tokens[led].low in {"from", "than", "against", "versus", "vs"} or (tokens[led].low, tokens[led - 1].low) in _COMPARED_WITH
    ):
        return True
    for back in range(place - 1, max(-1, place - 6), -1):
        if tokens[back].letter in {"m", "c"}:
            return is_previous(parsed, back, word_before(parsed, back))
        if tokens[back].low in {",", ";"}:
            return False
    return False


def _same_clause_time(parsed: Parsed, index: int, ahead: int) -> bool:
    return not any(clause.group.first in range(index, ahead) and clause.subject_tokens for clause in parsed.clauses)


def _is_span(mention: TimeMention) -> bool:
    return mention.form in {"quarter", "half", "year", "fiscal", "same", "month"} or mention.unit in {
        "quarter",
        "half",
        "year",
        "month",
        "period",
    }


def period_of(
    scene: Scene,
    number: int,
    parsed: Parsed,
    reports: Reports,
    state: State,
    time: TimeMention | None,
    *,
    ahead: bool,
    slot: bool,
) -> Period | None:
    """The period of a figure: the time beside it, else that of the figures just before."""
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
    return reports.current(company, paragraph, within=3)


def period_before(reports: Reports, state: State, time: TimeMention | None) -> Period | None:
    """The period of an amount compared with: its own time, else a year earlier."""
    if time is not None:
        found = reports.resolve(time, state.company, report=state.period)
        if found is not None:
            return found
    return times.year_earlier(state.period) if state.period is not None else None
