"""Specifications: what is measured on a product, and how much of it.

The unit says what may be measured, the words beside the number decide where it could be several
things. What differs from another product, what a test was run at and what a benchmark loads is no
property of the product.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.folding import words
from flows.extract.rules import listing, subjects
from flows.extract.scene import Draft, Scene
from flows.extract.spans import QuantityMention
from flows.extract.vocabulary import Vocabulary
from storage.model import Modality
from storage.values import Duration, Modifier, Percent, Quantity

_MORE = re.compile(
    r"^\s*(?:of )?(?:(?!and |or )\w+ )?(?:less|more|lighter|heavier|thinner|thicker|faster|slower|higher|lower|fewer|"
    r"additional|extra|longer|shorter|larger|bigger|smaller|over (?:its|the)|than|of savings?|reduction|increase|"
    r"improvement)\b",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:than|by|versus|vs\.?|against|compared (?:to|with)|instead of|up from|down from|increase of|reduction of|cut of|"
    r"savings? of|difference of|another|additional|extra|every|per|"
    r"(?:previous|predecessor's|predecessor’s|rival's|rival’s) )\s*(?:about |around |some |the |an? )?$",
    re.IGNORECASE,
)
_TESTED = re.compile(
    r"\b(?:tested|measured|benchmarked|rendered|run|ran|running|trained|training|inferr\w+|test)\b[^.;,]{0,24}\b(?:at|on|"
    r"with|in)\s+(?:an? |the )?$|^(?:on|with) an? (?:\w+ )?$",
    re.IGNORECASE,
)
_DEALING = words(
    """
    ship sell buy order deliver supply lease rent purchase invest cost say announce pay save
    """
)
_EACH = re.compile(r"^(?:\s+(?:of\s+)?[\w-]+){0,2}?\s*\b(?:per|in each|in every|for each|for every)\b", re.IGNORECASE)
_OF_MODELS = re.compile(r"^[\s-]*(?:parameters?\b|tokens?\b)", re.IGNORECASE)
_HAVING = words("have contain feature count comprise be use pack boast")
_PIECES = frozenset(["gpu", "cpu", "dpu", "npu", "rack", "node", "core", "unit", "count"])
_CLOCK = 1_000_000  # hertz from which a frequency is a clock's and not a screen's


@dataclass(frozen=True, slots=True)
class Measures:
    """The catalogue's measures: by the words that name them and by the units they come in."""

    predicate: Predicate
    words: Vocabulary
    of_unit: dict[str, tuple[str, ...]]  # unit → measures it may give
    sure: frozenset[str]  # measures that the unit alone settles
    alone: frozenset[str]  # and those that it settles in a list or before a product's name
    machine: frozenset[str]  # measures that only a whole machine has: a screen's, a battery's


def measures_of(catalogue: Catalogue) -> Measures | None:
    """The catalogue's measures of products; None where it has no such predicate."""
    predicate = next(
        (
            one
            for one in catalogue.predicates
            if "product" in one.subject and "quantity" in one.values and one.slot[:1] == ("measure",) and not one.triggers
        ),
        None,
    )
    if predicate is None:
        return None
    of_unit: dict[str, list[str]] = {}
    for measure, units in catalogue.vocabularies.get("measure_unit", {}).items():
        for unit in units:
            of_unit.setdefault(unit, []).append(measure)
    by_unit = catalogue.vocabularies.get("measure_by_unit", {})
    return Measures(
        predicate,
        Vocabulary(catalogue.vocabularies.get("measure", {})),
        {unit: tuple(found) for unit, found in of_unit.items()},
        frozenset(by_unit.get("sure", ())),
        frozenset(by_unit.get("alone", ())),
        frozenset(by_unit.get("machine", ())),
    )


def propose(scene: Scene, number: int, parsed: Parsed, measures: Measures, taken: Collection[int] = ()) -> Iterator[Draft]:
    """Spec claims of one line; `taken` are tokens that other rules have read (a comparison, a number of named parts)."""
    line = parsed.line
    if parsed.question or line.sentence.kind in {"heading", "row"}:
        return
    for index, token in enumerate(line.tokens):
        if token.letter in {"q", "c", "d"} and index not in taken:
            yield from _spec(scene, number, parsed, index, measures)


def clause_at(parsed: Parsed, index: int) -> Clause | None:
    """The clause a token belongs to: of several the innermost."""
    within = [clause for clause in parsed.clauses if index in clause.rest or index in clause.subject_tokens]
    told = [clause for clause in within if index in clause.rest]  # rather than "98% of the heat produced by …"
    return told[-1] if told else within[-1] if within else None


def _spec(scene: Scene, number: int, parsed: Parsed, index: int, measures: Measures) -> Iterator[Draft]:
    line = parsed.line
    tokens = line.tokens
    quantity = line.quantity(tokens[index])
    left = line.text[max(line.sentence.start, tokens[index].start - 50) : tokens[index].start]
    right = line.text[tokens[index].end : min(line.sentence.end, tokens[index].end + 50)]
    attributive = _attributive(parsed, index)
    clause = clause_at(parsed, index)
    measure = _measure(quantity, left, right, measures, alone=attributive is not None or line.sentence.kind == "item")
    if measure is None:
        return
    if (
        quantity.points
        or _EACH.match(right)
        or _MORE.match(right)
        or _NOT_ITS_OWN.search(left)
        or _TESTED.search(left)
        or (quantity.after_from and _is_change(quantity))
    ):
        scene.note(number, measures.predicate.key, "considered", "a difference, a test's setting or another's figure")
        return
    if _OF_MODELS.match(right) and (
        right[:1] == "-" or clause is None or clause.group.lemma not in _HAVING or index - clause.group.last > 2
    ):
        scene.note(number, measures.predicate.key, "considered", "the size of the models it runs, not its own")
        return
    if (
        attributive is None
        and isinstance(quantity.value, Quantity)
        and quantity.value.unit in _PIECES
        and index + 1 < len(tokens)
        and _next_name(parsed, index) == "p"
    ):
        return  # parts with a name are components
    scope = scene.scope(number, clause)
    if attributive is not None and scope.modality is None:
        return
    if scope.modality is None or (scope.negated and attributive is None) or scope.modality is Modality.TARGETED:
        scene.note(number, measures.predicate.key, "dropped", scope.why or ("negated" if scope.negated else "a goal"))
        return
    holders = [(attributive, 0.97)] if attributive is not None else list(_holders(scene, number, parsed, clause, index))
    for key, certain in holders:
        if key in scene.fitted and measure in measures.machine:
            scene.note(number, measures.predicate.key, "dropped", "what only a machine has, for a part of one")
            continue
        modality = Modality.ACTUAL if attributive is not None and scope.modality is not Modality.RUMOURED else scope.modality
        if (
            line.sentence.kind == "item"
            and modality is Modality.ACTUAL
            and listing.whole_of_list(scene, number) == key
            and listing.is_unbuilt(scene, number, key)
        ):
            modality = Modality.PLANNED
        yield Draft(
            rule=f"spec: {measure}",
            subject=key,
            predicate=measures.predicate.key,
            line=number,
            start=line.sentence.start,
            end=line.sentence.end,
            value=_plain(quantity),
            qualifiers={"measure": measure},
            modality=modality,
            attributed_to=scope.attributed_to,
            confidence=0.9 * certain,
            number=(quantity.start, quantity.end),
        )


def _is_change(quantity: QuantityMention) -> bool:
    return not isinstance(quantity.value, Duration) and quantity.value.modifier is not Modifier.RANGE


def _next_name(parsed: Parsed, index: int) -> str:
    """The letter of the name right behind a number (a company or a hyphen between them does not count)."""
    tokens = parsed.line.tokens
    at = index + 1
    while at < len(tokens) and (tokens[at].letter == "o" or tokens[at].low in {"of", "'s", "the"}):
        at += 1
    return tokens[at].letter if at < len(tokens) else ""


def _attributive(parsed: Parsed, index: int) -> str | None:
    """The product before whose name a figure stands: "the four-GPU X", "a 14-inch X"."""
    line = parsed.line
    tokens = line.tokens
    at = index + 1
    hyphen = "-" in line.text[tokens[index].start : tokens[at].start if at < len(tokens) else tokens[index].end]
    words = 0
    while at < len(tokens) and (
        tokens[at].low == "-" or (tokens[at].item < 0 and tokens[at].low.isalpha() and words < 2) or tokens[at].letter == "o"
    ):
        words += tokens[at].low.isalpha()
        at += 1
    if not hyphen or at >= len(tokens) or tokens[at].letter != "p" or line.mention(tokens[at]).how not in subjects.NAMED:
        return None
    return (
        None
        if any(token.low in {"and", "or", "for", "with", "to", "in", "of", "on", "than"} for token in tokens[index + 1 : at])
        else line.mention(tokens[at]).key
    )


def _plain(quantity: QuantityMention) -> Quantity | Percent:
    value = quantity.value
    if isinstance(value, Duration):
        return Quantity(
            number=value.high if value.low is None else value.low,
            low=value.low,
            high=value.high,
            unit=value.unit,
            modifier=value.modifier,
        )
    if (
        isinstance(value, Quantity)
        and value.modifier is Modifier.EXACT
        and quantity.noun
        and value.number is not None
        and value.number == value.number.to_integral_value()
    ):
        return replace(value, low=value.number, high=value.number)  # a count is not rounded to half a piece
    assert isinstance(value, Quantity | Percent)  # noqa: S101 - _measure lets nothing else through
    return value


def _measure(quantity: QuantityMention, left: str, right: str, measures: Measures, *, alone: bool) -> str | None:
    """What an amount measures: by its unit, and among several measures by the nearest word of one.

    Where a figure stands `alone` (in a list, before a product's name) its unit is enough.
    """
    value = quantity.value
    if isinstance(value, Percent):
        unit = "percent"
    elif isinstance(value, Quantity | Duration):
        unit = value.unit
    else:
        return None
    if isinstance(value, Quantity) and unit == "hz" and value.number is not None and value.number >= _CLOCK:
        unit = "mhz"
    if unit == "count" and quantity.noun:
        unit = quantity.noun.lower().split()[-1]
    choices = measures.of_unit.get(unit, ())
    if not choices:
        return None
    before = re.split(r"[;:,](?!\d)| and ", left)[-1]
    after = re.split(r"[;:,](?!\d)| and | with ", right)[0]
    label = left.partition(":")[0] if ":" in left else ""
    named = [slug for _, _, slug in measures.words.find(after)] + [slug for _, _, slug in reversed(measures.words.find(before))]
    named += [slug for _, _, slug in measures.words.find(label)]
    beside = next((slug for slug in named if slug in choices), None)
    if beside is not None:
        return beside
    return next((choice for choice in choices if choice in measures.sure or (alone and choice in measures.alone)), None)


def _holders(scene: Scene, number: int, parsed: Parsed, clause: Clause | None, index: int) -> Iterator[tuple[str, float]]:
    """The products a figure belongs to."""
    line = parsed.line
    label_end, labelled = subjects.label(parsed)
    if line.sentence.kind == "item" and (clause is None or not clause.subject):
        if labelled is not None and index > label_end:
            yield labelled, 0.97
        elif (whole := listing.whole_of_list(scene, number)) is not None:
            yield whole, 0.93
        return
    beside = next((one for one in parsed.appositions if index in one.words and line.tokens[one.token].letter == "p"), None)
    if beside is not None:  # "X, a 90 MW site"
        yield line.mention(line.tokens[beside.token]).key, 0.95
        return
    near = _phrase_owner(parsed, index)
    if near is not None and not (near in scene.fitted and clause is not None and _is_told_of(parsed, clause, near)):
        yield near, 0.95
        return
    if clause is None:
        before = {line.mention(token).key for token in line.tokens[:index] if token.letter == "p"}
        if labelled is not None or len(before) == 1:
            yield labelled or before.pop(), 0.93
        return
    if clause.group.lemma in _DEALING and clause.group.lemma != "ship":
        return
    if clause.group.lemma == "ship" and "with" not in [line.tokens[at].low for at in clause.rest if at < index]:
        return
    if index in clause.subject_tokens and not subjects.products_of(parsed, clause):  # "95% of the heat is removed"
        named = [
            line.mention(token) for token in line.tokens[:index] if token.letter == "p" and not line.mention(token).possessive
        ]
        if named:
            yield named[-1].key, 0.92
        else:
            yield from subjects.in_mind(scene, number, parsed)
        return
    yield from subjects.of_clause(scene, number, parsed, clause)


def _is_told_of(parsed: Parsed, clause: Clause, part: str) -> bool:
    """Whether a clause speaks of something else than a part it names: "it runs on the P with 32 GB of memory"."""
    return all(mention.key != part for mention in subjects.products_of(parsed, clause))


def _phrase_owner(parsed: Parsed, index: int) -> str | None:
    """The product whose phrase holds a figure: "the X, with its 64 GB of memory, …", "an X with 64 GB"."""
    line = parsed.line
    tokens = line.tokens
    back = index - 1
    while back >= 0 and (
        (tokens[back].item < 0 and tokens[back].low not in {"with", "featuring", "offering", "packing", ".", ";", ":"})
        or tokens[back].is_value
    ):
        if tokens[back].low in {"to", "for", "by", "than", "from", "at"}:
            return None
        back -= 1
    if back < 1 or tokens[back].low not in {"with", "featuring", "offering", "packing"}:
        return None
    back -= 1
    if tokens[back].low == ",":
        back -= 1
    if back >= 0 and tokens[back].letter == "p" and line.mention(tokens[back]).how in subjects.NAMED:
        return line.mention(tokens[back]).key
    return None
