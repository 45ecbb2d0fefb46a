"""Shipments: how many of what a company shipped, sold or delivered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.config.catalogue import Predicate
from flows.extract import times
from flows.extract.clauses import Clause, Parsed
from flows.extract.periods import Reports
from flows.extract.rules.markets import POOL, Market, Words
from flows.extract.scene import Draft, Scene
from flows.extract.scope import Scope
from flows.extract.spans import QuantityMention
from flows.extract.tokens import Token
from storage.model import Modality
from storage.values import Period, Qualifier, Quantity

_THINGS = frozenset(["unit", "count", "rack", "server", "gpu", "chip", "phone", "pc"])


def shipped(
    scene: Scene,
    number: int,
    parsed: Parsed,
    index: int,
    quantity: QuantityMention,
    clause: Clause | None,
    scope: Scope,
    predicate: Predicate,
    words: Words,
    reports: Reports,
    market: Market,
) -> Iterator[Draft]:
    """The claim of a number shipped, with the product and the period."""
    line = parsed.line
    tokens = line.tokens
    value = quantity.value
    assert isinstance(value, Quantity)  # noqa: S101 - checked by the caller
    if (
        value.unit not in _THINGS
        or quantity.per is not None
        or scope.negated
        or scope.modality is Modality.TARGETED
        or clause is None
    ):
        return
    text = line.text[line.sentence.start : line.sentence.end]
    verbs = {verb for verb in predicate.verbs if " " not in verb}
    shipping = clause.group.lemma in verbs and not clause.group.passive
    named = re.search(r"\bnumber of (?P<what>[\w .-]+?) (?:shipped|sold|delivered)\b", text, re.IGNORECASE)
    in_market = (
        number - market.line <= 1
        and value.unit == "unit"
        and market.market is not None
        and tokens[index - 1].low in {"or", "with", "and", "of", "(", ","}
    )
    previous = index > 0 and tokens[index - 1].low in {"against", "from", "than", "versus"} and (shipping or in_market)
    if (
        not shipping
        and not (named and value.unit in {"count", "rack", "unit"} and tokens[index - 1].low == "at")
        and not in_market
    ):
        return
    if not previous and shipping and value.unit == "count" and not quantity.noun and not named:
        return
    if (
        "-" in line.text[max(tokens[index].start, tokens[index].end - 1) : tokens[index].end + 1]
    ):  # "a 5,000-GPU system" is one system
        return
    if value.number is not None and value.number < 10:
        return
    company = org(scene, parsed, clause)
    if named and (company is None or scene.kind(company) != "org"):
        company = scene.company_before(number)
        speaker = scope.attributed_to or next(
            (line.mention(tokens[position]).key for position in clause.subject if tokens[position].letter == "n"), None
        )
        company = scene.employers.get(speaker or "", (company, None))[0]
    if company is None:
        return
    what = _product(scene, parsed, index, quantity, named["what"] if named else None, words, market)
    current = reports.current(POOL, line.sentence.paragraph) or reports.current(company, line.sentence.paragraph, within=3)
    time = None
    for position in range(index + 1, min(len(tokens), index + 8)):
        if tokens[position].low in {",", ";"} or tokens[position].is_value:
            break
        if tokens[position].letter == "t" and (previous or line.time(tokens[position]).form not in {"year_earlier", "previous"}):
            time = line.time(tokens[position])
            break
    if time is None and not previous:
        time = next(
            (
                line.time(token)
                for token in tokens
                if token.letter == "t"
                and line.time(token).form in {"same", "quarter", "year", "half", "fiscal"}
                and not _after_a_value(tokens, token)
            ),
            None,
        )
    period = (
        reports.resolve(time, company, fiscal=False, report=current, ahead=scope.modality is Modality.PLANNED)
        if time is not None
        else None
    )
    if period is None and time is None:
        period = times.year_earlier(current) if previous and current is not None else current
    qualifiers: dict[str, Qualifier] = {}
    if what:
        qualifiers["product"] = what
    if period is not None:
        qualifiers["period"] = Period(start=period.start, end=period.end)
    modality = Modality.ACTUAL if previous else scope.modality
    assert modality is not None  # noqa: S101 - checked by the caller
    speaker = scope.attributed_to
    if named and speaker is None:
        speaker = next(
            (line.mention(tokens[position]).key for position in clause.subject if tokens[position].letter in "no"), None
        )
    unit = value.unit if value.unit != "count" else ("rack" if what and "rack" in (named["what"] if named else "") else "unit")
    yield Draft(
        rule="count: shipped",
        subject=company,
        predicate=predicate.key,
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=Quantity(number=value.number, low=value.low, high=value.high, unit=unit, modifier=value.modifier),
        qualifiers=qualifiers,
        modality=modality,
        attributed_to=speaker,
        confidence=0.88,
        number=(quantity.start, quantity.end),
    )


def _after_a_value(tokens: Sequence[Token], token: Token) -> bool:
    """Whether a time follows another amount, which it then belongs to."""
    place = tokens.index(token)
    return any(one.letter in {"c", "m"} for one in tokens[max(0, place - 5) : place])


def _product(
    scene: Scene, parsed: Parsed, index: int, quantity: QuantityMention, named: str | None, words: Words, market: Market
) -> str | None:
    line = parsed.line
    if named is not None:
        product = next(
            (
                line.mention(token).key
                for token in line.tokens
                if token.letter == "p" and line.text[token.start : token.end] in named
            ),
            None,
        )
        return product or words.market.first(named) or named.strip().lower().replace(" ", "-")
    if index + 1 < len(line.tokens) and line.tokens[index + 1].letter == "p":
        return line.mention(line.tokens[index + 1]).key
    noun = (quantity.noun or "").lower()
    return words.market.first(noun) or (
        market.market if noun in {"", "machines", "units", "computers", "devices"} else noun.rstrip("s") or None
    )


def org(scene: Scene, parsed: Parsed, clause: Clause | None) -> str | None:
    """The company that is, or owns, the subject of a clause."""
    if clause is None:
        return None
    line = parsed.line
    for position in (*clause.subject, *clause.owners):
        if line.tokens[position].letter == "o":
            mention = line.mention(line.tokens[position])
            if not mention.members:
                return scene.company(mention.key)[0]
    return None
