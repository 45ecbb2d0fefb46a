"""Specifications, performance and deployment times: what is measured on a product."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.products import heading_product, is_ahead, unbuilt
from flows.extract.scene import Draft, Scene, label_of, main_product, product_in_mind, subject_product
from flows.extract.spans import QuantityMention
from flows.extract.vocabulary import Vocabulary
from storage.model import Modality
from storage.values import Duration, Percent, Qualifier, Quantity, Ratio

_DIFFERENCE = re.compile(r"^\s*(?:\w+ )?(?:less|more|lighter|heavier|thinner|thicker|faster|slower|higher|lower|fewer|additional|extra|over its|than)\b", re.IGNORECASE)
_TEST = re.compile(r"\b(?:tested|measured|at a|test)\b[^.;]{0,12}$|\bon an? $", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:than (?:that of |those of |its |the |a )?|compared (?:to|with) |over |versus |vs\.? |as (?:the|a|an|its) |(?:of|against) (?:the )?(?:previous|last|prior) )", re.IGNORECASE)
_COMPARATIVE = re.compile(r"^(?:(?:times|x|as|percent|per cent) )*(?:up to )?(?P<dir>lower|higher|faster|slower|more|less|better|greater|fewer|quicker|cheaper|longer|lighter|smaller|larger|bigger|as many|as much|the|as)\b", re.IGNORECASE)
_LOWER = frozenset("lower slower less fewer cheaper smaller lighter".split())
_DEPLOYING = re.compile(
    r"\b(?:deploy\w*|install\w*|commission\w*|into production|to production|from order|time to first token|first token|loading dock|up and running|get\w* [^.;]{0,24}running|"
    r"get a customer|go live|operational|online|set ?up|rolled? out|roll-?out|build time|from delivery|bring\w* [^.;]{0,30}online|lead time)\b",
    re.IGNORECASE,
)
_SHORTENING = re.compile(r"\b(?:reduc\w+|cut\w*|shorten\w*|compress\w*|shrink\w*|slash\w*|bring\w* down|speed\w*|from)\b", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:previous|previously|before|earlier|a year ago|used to|had (?:taken|needed)|took|last|needed|was|were|instead of|rather than)\b", re.IGNORECASE)
_BATTERY = re.compile(r"\b(?:battery|playback|charge|runtime|video)\b", re.IGNORECASE)


class Measures:
    """The catalogue's measures, by word and by unit."""

    def __init__(self, vocabularies: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self.words = Vocabulary(vocabularies.get("measure", {}))
        self.of_unit = {unit: measure for measure, units in vocabularies.get("measure_unit", {}).items() for unit in units}


def propose(scene: Scene, number: int, parsed: Parsed, measures: Measures) -> Iterator[Draft]:
    """Measured claims of one line."""
    line = parsed.line
    if parsed.question or line.sentence.kind in {"heading", "row"}:
        return
    used: set[int] = set()
    yield from _performance(scene, number, parsed, measures, used)
    for index, token in enumerate(line.tokens):
        if index in used:
            continue
        if token.letter in {"q", "c", "d", "r"}:
            yield from _spec(scene, number, parsed, index, measures)
    yield from _deployment(scene, number, parsed)


def _subject(scene: Scene, number: int, parsed: Parsed, clause: Clause | None, index: int) -> tuple[str | None, float]:
    """The product a measure is of; none where the clause is about a company or a person."""
    line = parsed.line
    tokens = line.tokens
    if index + 1 < len(tokens) and tokens[index + 1].letter == "p" and tokens[index].end - line.text.find("-", tokens[index].start, tokens[index].end + 4) < 8 and "-" in line.text[tokens[index].start : tokens[index + 1].start]:
        return line.mention(tokens[index + 1]).key, 1.0
    label_end, labelled = label_of(parsed)
    if line.sentence.kind == "item" and label_end and labelled is None and (whole := heading_product(scene, number)) is not None:
        return whole, 0.92
    if clause is not None:
        product, certain = subject_product(scene, number, parsed, clause)
        if product is not None:
            if not clause.subject and clause.subject_tokens and line.sentence.kind != "item" and label_of(parsed)[1] is None and not clause.owners:
                head = clause.head
                if head and not re.search(r"\b(?:memory|storage|battery|screen|display|panel|power|it|system|thing|that|which|bandwidth|loops?|units?|machine|capacity|rack|weight|hbm\w*|version|model|chassis)\b", head) and clause.group.lead == "finite":
                    return None, 0.0
            return product, certain
        return None, 0.0
    if labelled is not None:
        return labelled, 0.97
    if line.sentence.kind == "item":
        return product_in_mind(scene, number), 0.92
    return None, 0.0


def _spec(scene: Scene, number: int, parsed: Parsed, index: int, measures: Measures) -> Iterator[Draft]:
    line = parsed.line
    tokens = line.tokens
    quantity = line.quantity(tokens[index])
    value = quantity.value
    if quantity.points or quantity.per is not None and not isinstance(value, Quantity):
        return
    left = line.text[max(line.sentence.start, tokens[index].start - 50) : tokens[index].start]
    right = line.text[tokens[index].end : min(line.sentence.end, tokens[index].end + 60)]
    if _DIFFERENCE.match(right) or _TEST.search(left) or re.search(r"\b(?:than|by)\s+(?:about |around |some )?$", left):
        return
    measure = _measure(line.text[line.sentence.start : line.sentence.end], quantity, left, right, measures)
    if measure is None:
        return
    if isinstance(value, Quantity) and value.unit in {"gpu", "cpu"} and index + 1 < len(tokens) and tokens[index + 1].letter == "p" and "-" not in line.text[tokens[index].end - 6 : tokens[index + 1].start]:
        return  # named parts are components
    clause = parsed.clause_at(index)
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        scene.note(number, "spec", "dropped", scope.why or "negated or a goal")
        return
    if clause is not None and clause.group.lemma in {"ship", "sell", "buy", "order", "deliver", "supply"}:
        return
    product, certain = _subject(scene, number, parsed, clause, index)
    if product is None:
        return
    modality = scope.modality
    if line.sentence.kind == "item" and modality is Modality.ACTUAL and heading_product(scene, number) == product and (is_ahead(scene, parsed) or unbuilt(scene, product)):
        modality = Modality.PLANNED
    if isinstance(value, Duration):
        amount = value.high if value.low is None else value.low
        value = Quantity(number=amount, low=value.low, high=value.high, unit=value.unit, modifier=value.modifier)
    yield Draft(
        rule="spec", subject=product, predicate="spec", line=number, start=line.sentence.start, end=line.sentence.end, value=value,  # type: ignore[arg-type]  # never text
        qualifiers={"measure": measure}, modality=modality, attributed_to=scope.attributed_to, confidence=0.88 * certain, number=(quantity.start, quantity.end),
    )  # fmt: skip


def _measure(text: str, quantity: QuantityMention, left: str, right: str, measures: Measures) -> str | None:
    """What an amount measures: by its unit, and among several by the words beside it."""
    value = quantity.value
    near = left[-40:] + " | " + right[:40]
    if isinstance(value, Percent | Ratio):
        if re.search(r"^\s*(?:of (?:the |all )?(?:\w+ )?heat|heat)\b", right, re.IGNORECASE):
            return "heat_removed"
        return None
    if isinstance(value, Duration):
        if value.unit in {"h", "hour", "min"} and _BATTERY.search(near):
            return "battery_life"
        return None
    unit = value.unit if isinstance(value, Quantity) else ""
    if unit in {"gb", "tb", "mb", "pb"}:
        found = measures.words.first(right[:36]) or measures.words.last(left)
        return found if found in {"memory", "storage"} else None
    if quantity.noun and re.search(r"\bparameters?\b", quantity.noun, re.IGNORECASE):
        return None
    measure = measures.of_unit.get(unit)
    if measure == "bandwidth" and re.search(r"\bmemory\b", near):
        return "memory_bandwidth"
    return measure


# -- performance --------------------------------------------------------------------------------


def _performance(scene: Scene, number: int, parsed: Parsed, measures: Measures, used: set[int]) -> Iterator[Draft]:
    line = parsed.line
    tokens = line.tokens
    baseline: str | None = None
    for index, token in enumerate(tokens):
        if token.letter not in {"r", "c"}:
            continue
        quantity = line.quantity(token)
        value = quantity.value
        after = " ".join(one.low for one in tokens[index + 1 : index + 12])
        match = _COMPARATIVE.match(after)
        if match is None or not isinstance(value, Ratio | Percent) or quantity.points:
            continue
        if isinstance(value, Percent) and match["dir"].lower() in {"more", "less", "higher", "lower", "the", "as"} and not re.search(r"\b(?:performance|throughput|tokens|efficien|power|bandwidth|cost per)\b", after):
            continue
        if match["dir"].lower() in {"the", "as", "more", "less"} and not re.search(r"\b(?:performance|throughput|tokens?|speed|bandwidth|cost|efficien\w*|memory|inference|training)\b", after):
            continue
        tail = line.text[tokens[index].end : line.sentence.end]
        found = _baseline(scene, parsed, index)
        if found is None and baseline is None:
            continue
        if found is not None:
            baseline = found
        clause = parsed.clause_at(index)
        scope = scene.scope(number, clause)
        if scope.modality is None or scope.negated or baseline is None:
            continue
        product, certain = _performer(scene, number, parsed, clause, baseline)
        if product is None or product == baseline:
            continue
        used.add(index)
        qualifiers: dict[str, Qualifier] = {"baseline": baseline, "direction": "lower" if match["dir"].lower() in _LOWER else "higher"}
        measure = _measured(tail, measures)
        qualifiers["measure"] = measure or "speed"
        yield Draft(
            rule="performance", subject=product, predicate="performance", line=number, start=line.sentence.start, end=line.sentence.end, value=value,
            qualifiers=qualifiers, modality=scope.modality, attributed_to=scope.attributed_to or _claimer(scene, parsed, clause), confidence=0.87 * certain,
            number=(quantity.start, quantity.end),
        )  # fmt: skip


def _claimer(scene: Scene, parsed: Parsed, clause: Clause | None) -> str | None:
    """ "Nvidia claims up to ten times …": who claims it in so many words."""
    if clause is None or clause.group.lemma not in {"claim", "promise", "cite", "quote", "report", "state"}:
        return None
    for index in clause.subject:
        if parsed.line.tokens[index].letter == "o":
            return scene.company(parsed.line.mention(parsed.line.tokens[index]).key)[0]
    return None


def _performer(scene: Scene, number: int, parsed: Parsed, clause: Clause | None, baseline: str) -> tuple[str | None, float]:
    if clause is not None:
        for position in clause.subject:
            if parsed.line.tokens[position].letter == "p":
                return parsed.line.mention(parsed.line.tokens[position]).key, 1.0
    _, labelled = label_of(parsed)
    if labelled is not None:
        return labelled, 0.95
    product = product_in_mind(scene, number)
    main = main_product(scene, number)
    if product is None or product == baseline or (main is not None and main != baseline and _named(scene, main) > 2 * _named(scene, product)):
        product = main
    return product, 0.9


def _named(scene: Scene, product: str) -> int:
    return sum(mention.key == product for mention in scene.mentions)


def _baseline(scene: Scene, parsed: Parsed, index: int) -> str | None:
    """The product compared with: the first one after the comparison word."""
    line = parsed.line
    tokens = line.tokens
    seen = False
    for position in range(index + 1, len(tokens)):
        low = tokens[position].low
        if low in {"than", "compared", "over", "versus", "vs", "as", "against"}:
            seen = True
        if seen and tokens[position].letter == "p":
            return line.mention(tokens[position]).key
        if low in {";", "."} or (tokens[position].letter in {"r", "c"}):
            break
    return None


def _measured(tail: str, measures: Measures) -> str | None:
    head = re.split(r"\b(?:than|compared|versus|vs)\b", tail)[0][:70]
    return measures.words.first(head) or (re.sub(r"[^a-z]+", "_", match[1].lower()).strip("_") if (match := re.match(r"\s*(?:lower|higher|better|greater|more|the|as many|as much|less)\s+([\w ]{3,30})", head)) else None)


# -- deployment time ----------------------------------------------------------------------------


def _deployment(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    line = parsed.line
    text = line.text[line.sentence.start : line.sentence.end]
    if not _DEPLOYING.search(text):
        return
    durations = [(index, line.quantity(token)) for index, token in enumerate(line.tokens) if token.letter == "d"]
    durations = [(index, one) for index, one in durations if isinstance(one.value, Duration) and one.value.unit in {"day", "week", "month", "hour", "h", "year"}]
    if not durations:
        return
    chosen: tuple[int, QuantityMention] | None = None
    before: QuantityMention | None = None
    for index, quantity in durations:
        left = text[max(0, quantity.start - line.sentence.start - 45) : quantity.start - line.sentence.start]
        if re.search(r"\bfrom\s+$", left) or (chosen is not None and _EARLIER.search(left)):
            before = quantity
            continue
        if re.search(r"\b(?:next|past|last|over the|within the next|first|for)\s+$", left):
            continue
        if chosen is None and re.search(r"\b(?:in|to|takes?|took|need|needs|within|just|only|than|about|under|to just|of)\s+(?:just |only |about |under |as little as |less than )*$", left):
            chosen = (index, quantity)
    if chosen is None:
        return
    if before is None:
        before = _before_next(scene, number)
    index, quantity = chosen
    clause = parsed.clause_at(index)
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated:
        scene.note(number, "deployment_time", "dropped", scope.why or "negated")
        return
    product = None
    if clause is not None:
        product = next((line.mention(line.tokens[i]).key for i in (*clause.subject, *clause.rest) if line.tokens[i].letter == "p"), None)
    product = product or next((line.mention(token).key for token in line.tokens if token.letter == "p"), None) or product_in_mind(scene, number) or main_product(scene, number)
    if product is None:
        return
    qualifiers: dict[str, Qualifier] = {}
    if before is not None:
        qualifiers["from"] = before.value
    modality = scope.modality
    if modality is Modality.ACTUAL and re.search(r"\b(?:designed|promising|promises|aims?|supposed|meant|expected|intended|plans?)\b", text[: quantity.start - line.sentence.start]):
        modality = Modality.PLANNED
    if modality is Modality.TARGETED:
        modality = Modality.PLANNED
    yield Draft(
        rule="deployment time", subject=product, predicate="deployment_time", line=number, start=line.sentence.start, end=line.sentence.end, value=quantity.value,
        qualifiers=qualifiers, modality=modality, attributed_to=scope.attributed_to, confidence=0.84, number=(quantity.start, quantity.end),
    )  # fmt: skip


def _before_next(scene: Scene, number: int) -> QuantityMention | None:
    """What it took before, where only the next sentence says so."""
    if number + 1 >= len(scene.lines):
        return None
    following = scene.lines[number + 1]
    if following.line.sentence.paragraph != scene.lines[number].line.sentence.paragraph:
        return None
    text = scene.text[following.line.sentence.start : following.line.sentence.end]
    if not re.search(r"\b(?:previous|a year ago|before|earlier|used to|had taken)\b", text, re.IGNORECASE):
        return None
    return next((following.line.quantity(token) for token in following.line.tokens if token.letter == "d"), None)


