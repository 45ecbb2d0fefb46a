"""Deployment times: how long it takes to put a product to work, and how long it took before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Parsed
from flows.extract.rules import subjects
from flows.extract.rules.measures import clause_at
from flows.extract.scene import Draft, Scene, main_product
from flows.extract.spans import QuantityMention
from storage.model import Modality, Span
from storage.values import Duration, Qualifier

_UNITS = frozenset(["min", "h", "hour", "day", "week", "month", "year"])
_SPAN_OF_TIME = re.compile(
    r"\b(?:next|past|last|coming|first|over|for|within the|after|ago|every|each|of|since)\s+(?:the )?(?:next |past |last |"
    r"coming |first )?(?:about |around |some |nearly |almost )?$",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\b(?:in|to|takes?|took|taken|needs?|needed|within|requires?|required|lasts?|lasted|is|was|be|only|just|under|"
    r"than)\s+(?:just |only |about |around |under |as little as |less than |fewer than |no more than |some |a mere |"
    r"well under )*(?:a )?$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:previous(?:ly)?|before|earlier|a year ago|used to|had (?:\w+ )?(?:taken|needed|required)|last (?:year|time)|"
    r"predecessors?|formerly|in the past|until now|instead of|rather than|down from|compared (?:to|with)|against|usual|"
    r"normally|typical(?:ly)?|"
    r"conventional(?:ly)?|traditional(?:ly)?|(?:it|they|we|that|one) (?:took|needed|was|had needed)|older|opened in)\b",
    re.IGNORECASE,
)
_DESIGNED = re.compile(
    r"\b(?:designed|promis\w+|meant|supposed|expected|intended|planned|aims?|scheduled|plans|pledg\w+|targets?|will|should)\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"^\s*(?:ago|earlier|later|after|before|old|long|of (?:support|video|battery|playback|war|work)|warranty|contract|"
    r"from now|in a row|and counting)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rollout:
    """The predicate for deployment times and the words that speak of deploying."""

    predicate: Predicate
    words: re.Pattern[str]


def rollout_of(catalogue: Catalogue) -> Rollout | None:
    """What the catalogue says about deploying; None where it has no such predicate."""
    predicate = next((one for one in catalogue.predicates if "product" in one.subject and one.values == ("duration",)), None)
    if predicate is None or not predicate.triggers:
        return None
    words = "|".join(
        re.escape(trigger).replace(r"\.\.", r"[^.;]{0,30}?").replace(r"\ ", r"\s+") for trigger in predicate.triggers
    )
    return Rollout(predicate, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))


def propose(scene: Scene, number: int, parsed: Parsed, rollout: Rollout) -> Iterator[Draft]:
    """Deployment time claims of one line."""
    line = parsed.line
    if parsed.question or line.sentence.kind in {"heading", "row"}:
        return
    text = line.text[line.sentence.start : line.sentence.end]
    if not any(token.letter == "d" for token in line.tokens) or not rollout.words.search(text):
        return
    chosen, before = _now_and_before(parsed, text)
    if chosen is None:
        return
    index, quantity = chosen
    context: tuple[Span, ...] = ()
    if before is None:
        before, context = _told_next(scene, number)
    clause = clause_at(parsed, index)
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated:
        scene.note(number, rollout.predicate.key, "dropped", scope.why or "negated")
        return
    holder = _holder(scene, number, parsed, index)
    if holder is None:
        scene.note(number, rollout.predicate.key, "dropped", "no product it belongs to")
        return
    modality = scope.modality
    led = text[: quantity.start - line.sentence.start]
    if modality is Modality.TARGETED or (modality is Modality.ACTUAL and _DESIGNED.search(led)):
        modality = Modality.PLANNED
    qualifiers: dict[str, Qualifier] = {"from": before.value} if before is not None else {}
    yield Draft(
        rule="deployment time",
        subject=holder[0],
        predicate=rollout.predicate.key,
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=_duration(quantity),
        qualifiers=qualifiers,
        modality=modality,
        attributed_to=scope.attributed_to,
        confidence=0.88 * holder[1],
        number=(quantity.start, quantity.end),
        context=context,
    )


def _duration(quantity: QuantityMention) -> Duration | None:
    return quantity.value if isinstance(quantity.value, Duration) else None


def _now_and_before(parsed: Parsed, text: str) -> tuple[tuple[int, QuantityMention] | None, QuantityMention | None]:
    """The time it takes, and the time it took: "from months to weeks", "in nine days, where the last had taken eleven weeks"."""
    line = parsed.line
    chosen: tuple[int, QuantityMention] | None = None
    before: QuantityMention | None = None
    last_end = 0
    for index, token in enumerate(line.tokens):
        if token.letter != "d":
            continue
        quantity = line.quantity(token)
        if not isinstance(quantity.value, Duration) or quantity.value.unit not in _UNITS:
            continue
        at = quantity.start - line.sentence.start
        left, right = text[max(last_end, at - 70) : at], text[quantity.end - line.sentence.start :][:24]
        last_end = quantity.end - line.sentence.start
        if _AGO.match(right):
            continue
        if (
            re.search(r"\b(?:from|instead of|rather than|not)\s+(?:about |around |some |several |many )?$", left)
            or quantity.after_from
            or (chosen is not None and _BEFORE.search(left))
        ):
            before = before or quantity
        elif (
            chosen is None
            and before is None
            and re.search(
                r"\b(?:used to|previously|until now|formerly|so far|normally|usually|typically)\b", text[:at], re.IGNORECASE
            )
        ):
            before = quantity
        elif (
            chosen is None
            and _LEADS.search(left)
            and not _SPAN_OF_TIME.search(left)
            and not re.search(r"\b(?:previous|predecessor|used to|formerly)\b", left, re.IGNORECASE)
        ):
            chosen = (index, quantity)
    return chosen, before


def _told_next(scene: Scene, number: int) -> tuple[QuantityMention | None, tuple[Span, ...]]:
    """What it took before, where only the next sentence says so."""
    if number + 1 >= len(scene.lines):
        return None, ()
    following = scene.lines[number + 1].line
    if following.sentence.paragraph != scene.lines[number].line.sentence.paragraph or not _BEFORE.search(
        scene.text, following.sentence.start, following.sentence.end
    ):
        return None, ()
    for token in following.tokens:
        if token.letter == "d":
            quantity = following.quantity(token)
            if (
                isinstance(quantity.value, Duration)
                and quantity.value.unit in _UNITS
                and not _AGO.match(scene.text[quantity.end : quantity.end + 24])
            ):
                return quantity, (
                    Span(role="from", start=quantity.start, end=quantity.end, quote=scene.text[quantity.start : quantity.end]),
                )
    return None, ()


def _holder(scene: Scene, number: int, parsed: Parsed, index: int) -> tuple[str, float] | None:
    """What is deployed in that time: the product put to work, else the clause's, else the one the text speaks of."""
    line = parsed.line
    clause = clause_at(parsed, index)
    named = [line.mention(token) for token in line.tokens if token.letter == "p" and not line.mention(token).possessive]
    got = next((one.subject for one in parsed.clauses if one is clause and one.group.lead == "gerund" and one.subject), ())
    for position in got:
        if line.tokens[position].letter == "p":
            return line.mention(line.tokens[position]).key, 0.97
    if clause is not None:
        for key, certain in subjects.of_clause(scene, number, parsed, clause):
            return key, certain
    if named:
        return named[0].key, 0.93
    product = next((key for key, _ in subjects.in_mind(scene, number, parsed)), None) or main_product(scene, number)
    return (product, 0.88) if product is not None else None
