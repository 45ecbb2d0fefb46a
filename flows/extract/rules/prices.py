"""Prices: what a product costs, by whom it is stated, where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.naming import slug
from flows.extract.rules import offers, subjects
from flows.extract.rules.delivery import region_of
from flows.extract.scene import Draft, Scene
from flows.extract.scope import REPORTING
from flows.extract.spans import QuantityMention
from flows.extract.verbs import lemma
from flows.extract.vocabulary import Vocabulary
from storage.model import Modality
from storage.values import Modifier, Money, Qualifier

_OTHER_SUM = re.compile(
    r"\b(?:cut|down|up|reduced|lowered|raised|increased) from $|\bfrom (?:its |the |an? )?(?:earlier |original |initial )?$|"
    r"\b(?:instead of|compared (?:to|with)|against|rather than|than|was|were|by|saves?|saving|discount of|off|worth|plus|"
    r"extra|"
    r"value of|earlier|originally|formerly|previously|up to now|order|contract|deal|sum|fee|deposit|subsidy|"
    r"stake)(?: of)? (?:about |around |some |the |a |an )?$",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"^\s*(?:more|less|cheaper|dearer|off|extra|discount|above|below|higher|lower|in (?:revenue|sales|funding|damages)|"
    r"worth of|deal|order|contract|price cut|rebate|voucher|(?:of|to) investment)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:start(?:s|ing|ed)?(?: price)?(?: at| from| of)?|begin(?:s|ning)?(?: at| from)?|from|upwards? of|"
    r"prices? from)\s+(?:just |only |about |around )?$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:start\w*|begin\w*|from|priced|prices?|upwards?)\b", re.IGNORECASE
)  # the words a sum's own mention may open with
_NOT_A_SALE = re.compile(
    r"\b(?:average selling price|asp|share price|contract prices?|stock price|purchase price|strike price|offer price|"
    r"market price|price target|spot price)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:cost|costs|price|prices|priced|charge|charging|expensive|how much (?:is|are|does|do|for))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Pricing:
    """The words and verbs that name a price."""

    predicate: Predicate
    nouns: re.Pattern[str]
    verbs: frozenset[str]
    regions: Vocabulary
    people: Vocabulary


def pricing_of(catalogue: Catalogue) -> Pricing | None:
    """What the catalogue says about prices of products; None where it has no such predicate."""
    predicate = next((one for one in catalogue.predicates if "product" in one.subject and one.values == ("money",)), None)
    if predicate is None:
        return None
    nouns = re.compile(
        rf"\b(?:{'|'.join(re.escape(trigger) for trigger in sorted(predicate.triggers, key=len, reverse=True)) or '(?!)'})\b",
        re.IGNORECASE,
    )
    return Pricing(
        predicate,
        nouns,
        frozenset(predicate.verbs),
        Vocabulary(catalogue.vocabularies.get("region", {})),
        Vocabulary(catalogue.vocabularies.get("region_people", {})),
    )


def propose(scene: Scene, number: int, parsed: Parsed, pricing: Pricing, taken: set[int] | None = None) -> Iterator[Draft]:
    """Price claims of one line; the tokens that only say which version a price is of are added to `taken`."""
    if parsed.question or parsed.line.sentence.kind in {"heading", "row"}:
        return
    line = parsed.line
    asked = _asked(scene, number)
    last = -1  # the last sum that was a price
    for index, token in enumerate(line.tokens):
        if token.letter != "m":
            continue
        quantity = line.quantity(token)
        value = quantity.value
        if (
            not isinstance(value, Money)
            or quantity.per is not None
            or (quantity.after_from and value.modifier is not Modifier.AT_LEAST)
        ):
            continue
        clause = _clause_of(parsed, index)
        if not (_is_priced(parsed, clause, index, quantity, pricing) or asked or _goes_on(parsed, last, index)):
            continue
        last = index
        left = line.text[max(line.sentence.start, token.start - 40) : token.start]
        right = line.text[token.end : min(line.sentence.end, token.end + 24)]
        if (
            _DIFFERENCE.match(right)
            or _NOT_A_SALE.search(line.text, line.sentence.start, line.sentence.end)
            or (_OTHER_SUM.search(left) and not _FROM.search(left))
        ):
            scene.note(number, pricing.predicate.key, "considered", "a difference, an earlier price or another kind of sum")
            continue
        version = offers.configuration_at(parsed, index, several=sum(one.letter == "m" for one in line.tokens) > 1)
        if version is not None and taken is not None:
            taken.add(version[1])
        yield from _drafts(
            scene, number, parsed, clause, index, _at_least(value, left), quantity, pricing, version[0] if version else None
        )


def _clause_of(parsed: Parsed, index: int) -> Clause | None:
    within = [
        clause
        for clause in parsed.clauses
        if index in clause.rest or index in clause.subject_tokens or clause.group.first <= index <= clause.group.last
    ]
    return within[-1] if within else None


def _is_priced(parsed: Parsed, clause: Clause | None, index: int, quantity: QuantityMention, pricing: Pricing) -> bool:
    """Whether a sum stands under a verb or beside a noun of the catalogue that makes it a price."""
    line = parsed.line
    before = line.text[max(line.sentence.start, quantity.start - 46) : line.tokens[index].start]
    after = line.text[line.tokens[index].end : line.tokens[index].end + 24]
    if re.search(r"[;:.](?!\d)", before):
        before = re.split(r"[;.](?!\d)", before)[-1]
    if _ASKING.match(line.text, quantity.start, line.tokens[index].end):
        return True
    if pricing.nouns.search(before) or re.match(rf"\s*(?:{pricing.nouns.pattern})", after, re.IGNORECASE):
        return True
    if clause is None:
        return False
    words = " ".join(token.low for token in line.tokens[clause.group.last + 1 : index + 1])
    inside = line.text[line.tokens[clause.group.first].start : line.tokens[index].end].lower()
    for verb in pricing.verbs:
        head, _, rest = verb.removeprefix("be ").partition(" ")
        if clause.group.lemma == head and rest and parsed.line.tokens[index - 1].low == rest.split()[-1]:
            return True
        if clause.group.lemma == head and (not rest or re.match(rf"(?:[\w-]+ ){{0,3}}?{re.escape(rest)}\b", words)):
            return True
        if (
            rest
            and rest in inside
            and re.search(rf"\b(?:{'|'.join(_forms(head))})(?: [\w-]+){{0,2}}? {re.escape(rest)}\b", inside)
        ):
            return True
    return False


@cache
def _forms(head: str) -> list[str]:
    from flows.extract.verbs import FORMS_OF  # noqa: PLC0415 - only for the catalogue's few verbs of price

    return [head, *FORMS_OF.get(head, ())]


def _at_least(value: Money, left: str) -> Money:
    """A price with "from" or "starting at" before it holds for the least that is asked."""
    if value.modifier is Modifier.EXACT and _FROM.search(left):
        return replace(value, low=value.number, high=None, modifier=Modifier.AT_LEAST)
    return value


def _drafts(
    scene: Scene,
    number: int,
    parsed: Parsed,
    clause: Clause | None,
    index: int,
    value: Money,
    quantity: QuantityMention,
    pricing: Pricing,
    version: str | None,
) -> Iterator[Draft]:
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated:
        scene.note(number, pricing.predicate.key, "dropped", scope.why or "negated")
        return
    line = parsed.line
    modality = Modality.RUMOURED if scope.modality is Modality.RUMOURED else Modality.ACTUAL
    qualifiers: dict[str, Qualifier] = {}
    places = offers.places_in(parsed, pricing.regions, pricing.people)
    regions = offers.regions_at(parsed, index, places)
    if not regions and len(places) < 2 and (region := region_of(parsed, clause, pricing.regions)):
        regions = [region]
    if version is not None:
        qualifiers["configuration"] = slug(version)
    if quantity.converted is not None:
        qualifiers["converted"] = quantity.converted
    for key, certain, region in (
        (key, certain, region) for key, certain in _priced(scene, number, parsed, clause, index) for region in regions or [""]
    ):
        yield Draft(
            rule="price",
            subject=key,
            predicate=pricing.predicate.key,
            line=number,
            start=line.sentence.start,
            end=line.sentence.end,
            value=value,
            qualifiers={**qualifiers, "region": region} if region else dict(qualifiers),
            modality=modality,
            attributed_to=scope.attributed_to,
            confidence=0.9 * certain,
            number=(quantity.start, quantity.end),
        )


def _goes_on(parsed: Parsed, last: int, index: int) -> bool:
    """Whether a sum is named in one breath with a price before it: "…, the one with 2 TB €1,449", "and £899 in the UK"."""
    if last < 0 or any(last < clause.group.first < index for clause in parsed.clauses):
        return False
    return index - last <= 10 and parsed.line.text[parsed.line.tokens[last].end : parsed.line.tokens[index].start].count(";") == 0


def _priced(scene: Scene, number: int, parsed: Parsed, clause: Clause | None, index: int) -> Iterator[tuple[str, float]]:
    """What has the price: the clause's product, else the one named before the sum, else the one in mind."""
    line = parsed.line
    if clause is None or (clause.group.form == "prices" and not clause.group.passive):  # "European prices start from …"
        yield from subjects.in_mind(scene, number, parsed, before=index)
        return
    if clause.group.lemma in {"ask", "charge", "want", "quote", "take"} and not subjects.products_of(parsed, clause):
        sold = next((at for at in range(index + 1, min(len(line.tokens), index + 6)) if line.tokens[at].letter == "p"), None)
        owns = any(one.low == "for" for one in line.tokens[index + 1 : sold])
        if sold is not None and owns and line.mention(line.tokens[sold]).how in subjects.NAMED:  # "asks €899 for its X"
            yield line.mention(line.tokens[sold]).key, 0.95
            return
    found = list(subjects.of_clause(scene, number, parsed, clause))
    if clause is not None and not subjects.products_of(parsed, clause):
        object_ = next(
            (
                line.mention(line.tokens[at])
                for at in (*clause.rest,)
                if at < index
                and line.tokens[at].letter == "p"
                and line.mention(line.tokens[at]).key not in scene.parts | scene.fitted
            ),
            None,
        )
        if object_ is not None and (clause.group.lemma in {"price", "sell", "offer"} or not found):
            found = [(object_.key, 0.93)]
        elif not found and clause.parent >= 0:
            found = list(subjects.of_clause(scene, number, parsed, parsed.clauses[clause.parent]))
    if not found and _asked(scene, number):
        found = list(subjects.in_mind(scene, number, parsed))
    yield from found


def _asked(scene: Scene, number: int) -> bool:
    """Whether an interview's answer begins here to a question about a price."""
    if number not in scene.speakers:
        return False
    for back in range(number - 1, max(-1, number - 3), -1):
        if scene.lines[back].question:
            sentence = scene.lines[back].line.sentence
            return bool(_ASKED.search(scene.text, sentence.start, sentence.end))
        if any(lemma(token.low) in REPORTING for token in scene.lines[back].line.tokens):
            return False
    return False
