"""Relations between companies: investments, acquisitions, partnerships, customers, read by the catalogue's patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.patterns import Pattern, compile_pattern
from flows.extract.scene import Draft, Scene, keys_of, times_in
from flows.extract.spans import Mention
from storage.model import Modality
from storage.values import Money, Qualifier, Status

_DENIABLE = frozenset(["acquisition", "partnership"])
_CONTRARY = re.compile(r"\bcontrary to (?:\w+ ){0,3}(?:reports?|rumou?rs?|claims?|speculation)\b", re.IGNORECASE)
_PROPOSING = frozenset("offer consider prepare mull weigh explore seek bid want hope contemplate discuss".split())


@dataclass(frozen=True, slots=True)
class Relation:
    """A predicate with its compiled patterns; `state` for those of a state."""

    predicate: Predicate
    state: str | None
    pattern: Pattern


def relations_of(catalogue: Catalogue) -> tuple[Relation, ...]:
    """All patterns of the catalogue's relations between companies; further states first."""
    found: list[Relation] = []
    for predicate in catalogue.predicates:
        if "org" not in predicate.subject or not predicate.object:
            continue
        for phrase in predicate.phrases:
            found.append(Relation(predicate, None, _compiled(predicate, phrase)))
        for state, phrases in reversed(predicate.states.items()):
            found += [Relation(predicate, state, _compiled(predicate, phrase)) for phrase in phrases]
    return tuple(found)


def _compiled(predicate: Predicate, phrase: str) -> Pattern:
    values = tuple(value for value in predicate.values if value != "status") or ("money",)
    return compile_pattern(phrase, subject=predicate.subject, object_=predicate.object, values=values)


def propose(scene: Scene, number: int, parsed: Parsed, relations: Iterable[Relation]) -> Iterator[Draft]:
    """Relation claims of one line."""
    for clause in parsed.clauses:
        verbs = {clause.group.lemma, *clause.group.chain}
        text = clause.text + " "
        done: set[tuple[str, str, str]] = set()
        for relation in relations:
            if relation.pattern.needs and not any(f"{verb}»" in text for verb in relation.pattern.needs) and not relation.pattern.needs & verbs:
                continue
            match = relation.pattern.regex.search(text)
            if not match:
                continue
            if "«" in match[0] and clause.group.tag not in match[0] and not match[0].startswith(("O ", "V ")) and "«be " not in match[0]:
                continue
            yield from _drafts(scene, number, parsed, clause, relation, match, done)


def _drafts(
    scene: Scene, number: int, parsed: Parsed, clause: Clause, relation: Relation, match: re.Match[str], done: set[tuple[str, str, str]]
) -> Iterator[Draft]:
    predicate = relation.predicate
    scope = scene.scope(number, clause)
    first_word = min([*clause.subject_tokens, clause.group.first])
    if first_word and parsed.line.tokens[first_word - 1].low in {"once", "when", "after", "until", "before", "whether"}:
        scene.note(number, predicate.key, "considered", "a circumstance, not what is said")
        return
    if scope.modality is None:
        scene.note(number, predicate.key, "dropped", scope.why)
        return
    modality = scope.modality
    negated = scope.negated
    pairs = list(_pairs(scene, parsed, predicate, match))
    value = _money(parsed, match)
    for subject, other in pairs:
        if subject == other or (subject, predicate.key, other) in done:
            continue
        done.add((subject, predicate.key, other))
        state = relation.state
        qualifiers: dict[str, Qualifier] = {}
        if predicate.key == "acquisition":
            price = value or _price(parsed, clause)
            if price is not None:
                qualifiers["price"] = price
            if state == "announced" and (set(clause.group.chain) & _PROPOSING or modality is Modality.RUMOURED):
                state = "proposed"
            if state == "announced" and modality is Modality.PLANNED:
                modality = Modality.ACTUAL
            when = next((time.period for time in times_in(parsed, [parsed.line.tokens[index] for index in clause.rest]) if time.period is not None), None)
            if when is not None:
                qualifiers["period"] = when
        if predicate.key == "partnership" and state in {"announced", "expanded", "renewed"} and modality in {Modality.PLANNED, Modality.ACTUAL} and clause.group.progressive:
            modality = Modality.ACTUAL
        inner = re.match(r"[^«]*«[^»]*» (?:\W )?(?:not|neither|no longer) ", clause.text) is not None
        if negated or inner:
            if predicate.key not in _DENIABLE:
                scene.note(number, predicate.key, "dropped", "negated")
                continue
            if not (scope.attributed_to or _CONTRARY.search(parsed.line.text[parsed.line.sentence.start : parsed.line.sentence.end])):
                scene.note(number, predicate.key, "dropped", "negated")
                continue
            modality = Modality.DENIED
            if state == "announced" and predicate.key == "acquisition":
                state = "proposed"
        converted = _converted(parsed, match)
        if converted is not None:
            qualifiers["converted"] = converted
        if scope.speakers:
            qualifiers["speakers"] = ", ".join(scope.speakers)
        first, second = sorted((subject, other)) if predicate.symmetric else (subject, other)
        attributed = None if scope.attributed_to in {first, second} and not _reported(scope.attributed_to, clause) else scope.attributed_to
        draft = Draft(
            rule=f"{predicate.key}: {relation.pattern.source}",
            subject=first,
            object=second,
            predicate=predicate.key,
            line=number,
            start=parsed.line.sentence.start,
            end=parsed.line.sentence.end,
            value=Status(state=state) if state else value if predicate.values else None,
            qualifiers=qualifiers,
            modality=modality,
            attributed_to=attributed if attributed is not None else scope.attributed_to,
            confidence=0.88,
        )
        if predicate.key == "acquisition" and (second, first) not in scene.deals:
            scene.deals.append((first, second))
        yield draft
        if modality is Modality.DENIED and _CONTRARY.search(parsed.line.text[parsed.line.sentence.start : parsed.line.sentence.end]):
            yield Draft(
                rule=draft.rule, subject=first, object=second, predicate=predicate.key, line=number, start=draft.start, end=draft.end,
                value=draft.value, qualifiers=dict(qualifiers), modality=Modality.RUMOURED, confidence=0.8,
            )  # fmt: skip


def _reported(key: str | None, clause: Clause) -> bool:
    return key is not None


def _pairs(scene: Scene, parsed: Parsed, predicate: Predicate, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    groups = match.groupdict()
    if groups.get("SO"):
        keys = _keys(scene, keys_of(parsed, groups["SO"]))
        for index, first in enumerate(keys):
            for second in keys[index + 1 :]:
                yield first, second
        return
    if predicate.key == "acquisition" and not groups.get("O"):  # "is preparing a bid", "the sale to X was called off": of what is for sale
        if not scene.deals:
            return
        buyers = _keys(scene, keys_of(parsed, groups["S"])) if groups.get("S") else [scene.deals[0][0]]
        for buyer in buyers:
            yield buyer, scene.deals[0][1]
        return
    if not groups.get("S") or not groups.get("O"):
        return
    for subject in _keys(scene, keys_of(parsed, groups["S"])):
        for other in _keys(scene, keys_of(parsed, groups["O"])):
            yield subject, other


def _keys(scene: Scene, mentions: Iterable[Mention]) -> list[str]:
    keys: list[str] = []
    for mention in mentions:
        for key in mention.members or (mention.key,):
            company = scene.company(key)[0] if mention.kind == "org" else key
            if company not in keys:
                keys.append(company)
    return keys


def _money(parsed: Parsed, match: re.Match[str]) -> Money | None:
    tag = match.groupdict().get("V")
    if not tag:
        return None
    item = parsed.line.items[int(tag[2:-1])]
    value = getattr(item, "value", None)
    return value if isinstance(value, Money) else None


def _converted(parsed: Parsed, match: re.Match[str]) -> Money | None:
    tag = match.groupdict().get("V")
    if not tag:
        return None
    converted = getattr(parsed.line.items[int(tag[2:-1])], "converted", None)
    return converted if isinstance(converted, Money) else None


def _price(parsed: Parsed, clause: Clause) -> Money | None:
    """The sum a deal is for: "for $1.15 billion", "at $870 million", "in a $2 billion deal"."""
    tokens = parsed.line.tokens
    for index in sorted({*clause.rest, *range(min([*clause.subject_tokens, clause.group.first]), clause.group.first)}):
        if tokens[index].letter == "m" and index and tokens[index - 1].low in {"for", "at", "a", "of", "worth", "about", "around", "to", "pay"}:
            value = parsed.line.quantity(tokens[index]).value
            return value if isinstance(value, Money) else None
    return None
