"""Components: what a product contains, integrates, is built on, and how many of each.

The catalogue's phrases say which verbs name a part ("S <integrate> O") and which a whole ("O <be> part
of S"); where the whole is the subject, the parts are read off the tokens after the verb, so that
lists, numbers and "pairs A with B" need no phrase of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.patterns import Pattern, compile_pattern
from flows.extract.rules import subjects
from flows.extract.rules.partlists import Part, parts_after, placed_after
from flows.extract.scene import Draft, Scene, keys_of, main_product
from flows.extract.scope import Scope
from flows.extract.verbs import lemma
from storage.model import Modality

_LOCATIVE = re.compile(
    r"^(?:(?:right |deep )?inside|within|under the (?:hood|lid|bonnet|cover)|on board|at (?:its|the) (?:heart|core|centre|center))"
    r"(?: (?:of )?(?:the |this |each |every )?(?:new )?(?:‹p\d+›|it|[\w-]+)){0,2} ?,? (?:(?:there )?(?:is|are|sit|sits|lie|lies|beats?|works?|hums?|ticks?|will be|you ll find|we find)\b)"
)
_VAGUE_WHOLE = re.compile(
    r"\b(?:component|part|block|heart|centrepiece|centerpiece|core|basis|foundation|backbone|engine|pillar)s? (?:of|for|in) (?:the|this|its|their) (?:\w+ )?(?:project|programme|program|plan|initiative|effort|venture|scheme|build-out|offering|range)\b"
)
_CLUSTER = re.compile(
    r"(?:cluster|system|supercomputer|machine|installation|campus|data cent(?:re|er)|facility|farm|fleet)s? (?:of|with|from|made up of|built from|comprising) (?P<q>‹q\d+›)"
)
_POWERED = frozenset(["powered", "based", "equipped", "driven"])
_TOGETHER = frozenset(["together", "along", "replace", "replaces", "replaced", "replacing", "compare", "compares", "comparing", "combined", "paired"])
_NAMING = re.compile(r"\b(?:named|called|dubbed|christened|codenamed|known as)\b", re.IGNORECASE)


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


def propose(scene: Scene, number: int, parsed: Parsed, relations: Sequence[Containing]) -> Iterator[Draft]:
    """Component claims of one line; what is found to be a part is remembered in the scene."""
    if parsed.question or parsed.line.sentence.kind in {"heading", "row"}:
        return
    seen: set[tuple[str, str]] = set()
    for relation in relations:
        for draft in _drafts(scene, number, parsed, relation):
            pair = (draft.subject, draft.object or "")
            if draft.subject == draft.object or pair in seen or pair[::-1] in seen:
                continue
            seen.add(pair)
            scene.parts.add(draft.object or "")
            yield draft


def _drafts(scene: Scene, number: int, parsed: Parsed, relation: Containing) -> Iterator[Draft]:
    yield from _listed(scene, number, parsed, relation)
    for clause in parsed.clauses:
        yield from _clause(scene, number, parsed, clause, relation)
    yield from _inverted(scene, number, parsed, relation)
    yield from _attached(scene, number, parsed, relation)
    yield from _named_later(scene, number, parsed, relation)


def _clause(scene: Scene, number: int, parsed: Parsed, clause: Clause, relation: Containing) -> Iterator[Draft]:
    """ "X integrates A and B", "X is built around A", "A will be part of X"."""
    text = clause.text + " "
    tail = text[text.find("«") : text.find("»") + 2] + parsed.words(range(clause.group.last + 1, len(parsed.line.tokens))) + " "
    for pattern in relation.leading:
        match = pattern.regex.match(tail)
        if match is None:
            continue
        scope = _scope(scene, number, clause, relation)
        if scope is None:
            return
        after = clause.group.last + 1 + _words_after(match[0])
        parts = parts_after(parsed, after)
        if not parts:
            continue
        for whole, certain in subjects.of_clause(scene, number, parsed, clause):
            for part in parts:
                yield _draft(parsed, number, relation, whole, part, scope, 0.9 * certain, pattern.source)
        return
    for pattern in relation.whole:
        match = pattern.regex.search(text)
        if match is None or clause.group.tag not in match[0]:
            continue
        scope = _scope(scene, number, clause, relation)
        if scope is None:
            return
        groups = match.groupdict()
        wholes = [mention.key for mention in keys_of(parsed, groups["S"])]
        for mention in keys_of(parsed, groups["O"]):
            for whole in wholes:
                key = whole if whole != mention.key else _project(scene, number, mention.key)
                if key is not None:
                    yield _draft(parsed, number, relation, key, Part(mention.key), scope, 0.88, pattern.source)
        return
    if clause.group.lemma in {"be", "form", "become"} and (
        vague := _VAGUE_WHOLE.search(text) or re.search(r"\b(?:component|part|core|heart|basis) of (?:the |this )?‹p", text)
    ):
        scope = _scope(scene, number, clause, relation)
        if scope is None:
            return
        item = re.match(r"‹p[\d+]+›", text[vague.end() - 2 :])
        named = keys_of(parsed, item[0])[0].key if item else None
        for component, certain in subjects.of_clause(scene, number, parsed, clause):
            key = named if named not in {None, component} else _project(scene, number, component)
            if key is not None:
                yield _draft(parsed, number, relation, key, Part(component), scope, 0.86 * certain, "part of the project")


def _words_after(matched: str) -> int:
    """How many tokens a phrase takes beyond its verb ("on", "by", "with")."""
    return len(matched[matched.index("»") + 1 :].split())


def _project(scene: Scene, number: int, part: str) -> str | None:
    """The product that "the project" means to which a part belongs: the one the lines before are about."""
    for back in range(number - 1, max(-1, number - 5), -1):
        line = scene.lines[back].line
        for token in line.tokens:
            if token.letter == "p" and line.mention(token).key != part and line.mention(token).key not in scene.parts:
                return line.mention(token).key
    return None


def _scope(scene: Scene, number: int, clause: Clause | None, relation: Containing) -> Scope | None:
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        scene.note(number, relation.predicate.key, "dropped", scope.why or ("negated" if scope.negated else "only a wish"))
        return None
    return scope


def _inverted(scene: Scene, number: int, parsed: Parsed, relation: Containing) -> Iterator[Draft]:
    """ "Inside are 72 A and 36 B", "At the heart of X sits A"."""
    tokens = parsed.line.tokens
    text = " ".join(token.low for token in tokens)
    match = _LOCATIVE.match(text)
    if match is None:
        return
    scope = _scope(scene, number, parsed.clauses[0] if parsed.clauses else None, relation)
    if scope is None:
        return
    after = len(match[0].split())
    named = next((parsed.line.mention(token) for token in tokens[:after] if token.letter == "p"), None)
    wholes = [(named.key, 0.98)] if named is not None else list(subjects.in_mind(scene, number, parsed))
    for whole, certain in wholes:
        for part in parts_after(parsed, after, sentence=True):
            yield _draft(parsed, number, relation, whole, part, scope, 0.88 * certain, "inside")


def _attached(scene: Scene, number: int, parsed: Parsed, relation: Containing) -> Iterator[Draft]:
    """ "The X, with its A chip, …", "X with 400 A GPUs", "the A-powered X": parts told in passing beside the name."""
    line = parsed.line
    tokens = line.tokens
    for index, token in enumerate(tokens):
        if token.letter != "p" or line.mention(token).how not in subjects.NAMED:
            continue
        key = line.mention(token).key
        parts = _before_name(parsed, index) or _after_name(parsed, index)
        if not parts:
            continue
        inside = next((clause for clause in reversed(parsed.clauses) if clause.group.first < index and not clause.relative and not subjects.bare(clause)), None)
        inside = inside or next((clause for clause in parsed.clauses if index in clause.subject_tokens), None)
        scope = _scope(scene, number, inside, relation)
        if scope is not None:
            for part in parts:
                yield _draft(parsed, number, relation, key, part, scope, 0.85, "beside the name")


def _before_name(parsed: Parsed, index: int) -> list[Part]:
    """The part in "the A-powered X", "an A-based X"."""
    tokens = parsed.line.tokens
    back = index - 1
    if back >= 1 and tokens[back].low.lstrip("-") in _POWERED and tokens[back].low.startswith("-"):
        back -= 1
    elif back >= 2 and tokens[back].low in _POWERED and tokens[back - 1].low == "-":
        back -= 2
    else:
        return []
    return [Part(parsed.line.mention(tokens[back]).key)] if tokens[back].letter == "p" else []


def _after_name(parsed: Parsed, index: int) -> list[Part]:
    """The parts in "X with 400 A GPUs", "X, with its A chip,"; a plain "with A" may mean company and says nothing."""
    tokens = parsed.line.tokens
    at = index + 1
    if at < len(tokens) and tokens[at].low == ",":
        at += 1
    if at + 1 >= len(tokens) or tokens[at].low not in {"with", "featuring", "packing"}:
        return []
    if any(token.low in _TOGETHER for token in tokens[max(0, index - 8) : index]) or any(token.low in {"competes", "compete", "compared"} for token in tokens[:index]):
        return []
    following = tokens[at + 1]
    counted = following.letter == "q" or following.low in {"its", "a", "an"} or (following.letter in {"o", "p"} and parsed.line.mention(following).possessive)
    if not counted:
        return []
    end = next((place for place in range(at + 1, len(tokens)) if tokens[place].low in {",", ";", "."}), len(tokens))
    return [part for place, part in placed_after(parsed, at + 1) if place < end]


def _named_later(scene: Scene, number: int, parsed: Parsed, relation: Containing) -> Iterator[Draft]:
    """ "Will buy a cluster of 4,096 A GPUs … The machine, named X, …": the whole gets its name in the next sentences."""
    for clause in parsed.clauses:
        match = _CLUSTER.search(clause.text)
        if match is None or subjects.products_of(parsed, clause):
            continue
        whole = None
        for later in scene.lines[number : number + 3]:
            naming = _NAMING.search(scene.text, later.line.sentence.start, later.line.sentence.end)
            if naming is not None:
                whole = next(
                    (
                        later.line.mention(token).key
                        for token in later.line.tokens
                        if token.letter == "p" and token.start >= naming.end()
                    ),
                    None,
                )
                break
        if whole is None:
            continue
        scope = _scope(scene, number, clause, relation)
        if scope is None:
            continue
        at = next(index for index, token in enumerate(parsed.line.tokens) if token.low == match["q"])
        for part in parts_after(parsed, at)[:1]:
            yield _draft(parsed, number, relation, whole, part, scope, 0.84, "named later")


def _listed(scene: Scene, number: int, parsed: Parsed, relation: Containing) -> Iterator[Draft]:
    """Items of a list whose opening line, heading or label says that it lists parts."""
    line = parsed.line
    tokens = line.tokens
    if line.sentence.kind != "item" or not tokens or subjects.goes_on(scene, number):
        return
    label_end, labelled = subjects.label(parsed)
    start = label_end + 1 if label_end else 0
    opened = _opened(scene, number, relation)
    first_named = labelled or (line.mention(tokens[0]).key if tokens[0].letter == "p" else None)
    if opened is not None:
        whole, scope = opened
        if first_named is not None:
            yield _draft(parsed, number, relation, whole, Part(first_named), scope, 0.86, "list of parts")
            return
        if tokens[0].letter == "q" or (label_end and labelled is None):
            for part in parts_after(parsed, start, sentence=True):
                yield _draft(parsed, number, relation, whole, part, scope, 0.84, "list of parts")
            return
    if labelled is not None or start >= len(tokens):
        return
    verb_first = (lemma(tokens[start].low) or "") in relation.verbs and label_end > 0
    if not verb_first and (not label_end or any(clause.subject or clause.group.modals for clause in parsed.clauses)):
        return
    subject = (
        subjects.whole_of_list(scene, number)
        if not verb_first
        else subjects.whole_of_list(scene, number) or main_product(scene, number)
    )
    if subject is None:
        return
    modality = Modality.PLANNED if subjects.is_unbuilt(scene, number, subject) else Modality.ACTUAL
    for part in parts_after(parsed, start + verb_first, sentence=not verb_first):
        yield _draft(parsed, number, relation, subject, part, Scope(modality), 0.84, "item about the whole")


def _opened(scene: Scene, number: int, relation: Containing) -> tuple[str, Scope] | None:
    """The whole whose parts a list gives: its opening line says that it contains, or is built on, what follows."""
    back = subjects.opener_of(scene, number)
    if back is None:
        return None
    opener = scene.lines[back]
    sentence = opener.line.sentence
    text = scene.text[sentence.start : sentence.end].rstrip()
    if sentence.kind == "heading" or not text.endswith(":"):
        titled = any(re.search(rf"\b{re.escape(trigger)}\b", text, re.IGNORECASE) for trigger in relation.predicate.triggers)
        named = next((opener.line.mention(token).key for token in opener.line.tokens if token.letter == "p"), None) or (
            subjects.whole_of_list(scene, number) if titled else None
        )
        return (
            (named, Scope(Modality.PLANNED if subjects.is_unbuilt(scene, number, named) else Modality.ACTUAL))
            if titled and named
            else None
        )
    for clause in opener.clauses:
        words = clause.text[clause.text.find("«") :] + " "
        if not any(pattern.regex.match(words) for pattern in relation.leading):
            continue
        scope = scene.scope(back, clause)
        whole = next((key for key, _ in subjects.of_clause(scene, back, opener, clause)), None)
        whole = whole or next(
            (opener.line.mention(token).key for token in opener.line.tokens if token.letter == "p" and token.start < clause.end),
            None,
        )
        if whole is not None and scope.modality is not None and not scope.negated:
            return whole, scope
    return None


def _draft(
    parsed: Parsed, number: int, relation: Containing, whole: str, part: Part, scope: Scope, confidence: float, rule: str
) -> Draft:
    sentence = parsed.line.sentence
    assert scope.modality is not None  # noqa: S101 - _scope and _opened see to it
    return Draft(
        rule=f"{relation.predicate.key}: {rule}", subject=whole, object=part.key, predicate=relation.predicate.key, line=number, start=sentence.start,
        end=sentence.end, value=part.quantity, modality=scope.modality, attributed_to=scope.attributed_to, confidence=confidence, number=part.place,
    )  # fmt: skip
