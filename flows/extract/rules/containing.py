"""The relation between a product and its parts, as the catalogue words it, and the claim it makes."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.patterns import Pattern, compile_pattern
from flows.extract.rules.partlists import Part
from flows.extract.scene import Draft, Scene
from flows.extract.scope import Scope
from storage.model import Modality


@dataclass(frozen=True, slots=True)
class Containing:
    """The phrases of one predicate that ties a product to its parts.

    `leading` are the phrases whose subject is the whole, without their "S" and "O"; `whole` the other ones.
    """

    predicate: Predicate
    leading: tuple[Pattern, ...]
    whole: tuple[Pattern, ...]
    verbs: frozenset[str] = field(default_factory=frozenset)


def containing_of(catalogue: Catalogue) -> tuple[Containing, ...]:
    """The catalogue's relations between products, with their phrases compiled."""
    found: list[Containing] = []
    for predicate in catalogue.predicates:
        if "product" not in predicate.subject or "product" not in predicate.object:
            continue
        leading: list[Pattern] = []
        whole: list[Pattern] = []
        verbs: set[str] = set()
        for phrase in predicate.phrases:
            if phrase.startswith("S ") and phrase.endswith(" O"):
                pattern = compile_pattern(phrase[2:-2], subject=("product",), object_=("product",))
                leading.append(pattern)
                if phrase.endswith("> O"):
                    verbs |= pattern.needs
            else:
                whole.append(compile_pattern(phrase, subject=("product",), object_=("product",)))
        found.append(Containing(predicate, tuple(leading), tuple(whole), frozenset(verbs)))
    return tuple(found)


def scope_of_parts(scene: Scene, number: int, clause: Clause | None, relation: Containing) -> Scope | None:
    """How surely a clause says what it says of parts; None, with a note, where that is no claim."""
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        scene.note(number, relation.predicate.key, "dropped", scope.why or ("negated" if scope.negated else "only a wish"))
        return None
    return scope


def part_claim(
    parsed: Parsed, number: int, relation: Containing, whole: str, part: Part, scope: Scope, confidence: float, rule: str
) -> Draft:
    """The claim that `whole` contains `part`, with the line as evidence."""
    sentence = parsed.line.sentence
    assert scope.modality is not None  # noqa: S101 - _scope and _opened see to it
    return Draft(
        rule=f"{relation.predicate.key}: {rule}",
        subject=whole,
        object=part.key,
        predicate=relation.predicate.key,
        line=number,
        start=sentence.start,
        end=sentence.end,
        value=part.quantity,
        modality=scope.modality,
        attributed_to=scope.attributed_to,
        confidence=confidence,
        number=part.place,
    )
