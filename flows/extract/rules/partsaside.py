"""Parts told without a verb of containing: in lists, beside a name, and of a whole that gets its name later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.clauses import Parsed
from flows.extract.rules import listing, subjects
from flows.extract.rules.containing import Containing, part_claim, scope_of_parts
from flows.extract.rules.partlists import Part, parts_after, placed_after
from flows.extract.scene import Draft, Scene, main_product
from flows.extract.scope import Scope
from flows.extract.verbs import lemma
from storage.model import Modality

_POWERED = frozenset(["powered", "based", "equipped", "driven"])
_TOGETHER = frozenset(
    [
        "together",
        "along",
        "replace",
        "replaces",
        "replaced",
        "replacing",
        "compare",
        "compares",
        "comparing",
        "combined",
        "paired",
    ]
)
_NAMING = re.compile(r"\b(?:named|called|dubbed|christened|codenamed|known as)\b", re.IGNORECASE)


_CLUSTER = re.compile(
    r"(?:cluster|system|supercomputer|machine|installation|campus|data cent(?:re|er)|facility|farm|fleet)s? (?:of|with|from|"
    r"made up of|built from|comprising) (?P<q>‹q\d+›)"
)


def listed(scene: Scene, number: int, parsed: Parsed, relation: Containing) -> Iterator[Draft]:
    """Items of a list whose opening line, heading or label says that it lists parts."""
    line = parsed.line
    tokens = line.tokens
    if line.sentence.kind != "item" or not tokens or listing.goes_on(scene, number):
        return
    label_end, labelled = subjects.label(parsed)
    start = label_end + 1 if label_end else 0
    opened = _opened(scene, number, relation)
    first_named = labelled or (line.mention(tokens[0]).key if tokens[0].letter == "p" else None)
    if opened is not None:
        whole, scope = opened
        if first_named is not None:
            yield part_claim(parsed, number, relation, whole, Part(first_named), scope, 0.86, "list of parts")
            return
        if tokens[0].letter == "q" or (label_end and labelled is None):
            for part in parts_after(parsed, start, sentence=True):
                yield part_claim(parsed, number, relation, whole, part, scope, 0.84, "list of parts")
            return
    if labelled is not None or start >= len(tokens):
        return
    verb_first = (lemma(tokens[start].low) or "") in relation.verbs and label_end > 0
    if not verb_first and (not label_end or any(clause.subject or clause.group.modals for clause in parsed.clauses)):
        return
    subject = (
        listing.whole_of_list(scene, number)
        if not verb_first
        else listing.whole_of_list(scene, number) or main_product(scene, number)
    )
    if subject is None:
        return
    modality = Modality.PLANNED if listing.is_unbuilt(scene, number, subject) else Modality.ACTUAL
    for part in parts_after(parsed, start + verb_first, sentence=not verb_first):
        yield part_claim(parsed, number, relation, subject, part, Scope(modality), 0.84, "item about the whole")


def _opened(scene: Scene, number: int, relation: Containing) -> tuple[str, Scope] | None:
    """The whole whose parts a list gives: its opening line says that it contains, or is built on, what follows."""
    back = listing.opener_of(scene, number)
    if back is None:
        return None
    opener = scene.lines[back]
    sentence = opener.line.sentence
    text = scene.text[sentence.start : sentence.end].rstrip()
    if sentence.kind == "heading" or not text.endswith(":"):
        titled = any(re.search(rf"\b{re.escape(trigger)}\b", text, re.IGNORECASE) for trigger in relation.predicate.triggers)
        named = next((opener.line.mention(token).key for token in opener.line.tokens if token.letter == "p"), None) or (
            listing.whole_of_list(scene, number) if titled else None
        )
        return (
            (named, Scope(Modality.PLANNED if listing.is_unbuilt(scene, number, named) else Modality.ACTUAL))
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


def attached(scene: Scene, number: int, parsed: Parsed, relation: Containing) -> Iterator[Draft]:
    """ "The X, with its A chip, …", "X with 400 A GPUs", "the A-powered X": parts told in passing beside the name."""
    line = parsed.line
    tokens = line.tokens
    for index, token in enumerate(tokens):
        if token.letter != "p" or line.mention(token).how not in subjects.NAMED:
            continue
        key = line.mention(token).key
        if key in scene.fitted:  # "a Tamarin chip with 32 GB of memory": both are in something else
            continue
        parts = _before_name(parsed, index) or _after_name(parsed, index)
        if not parts:
            continue
        inside = next(
            (
                clause
                for clause in reversed(parsed.clauses)
                if clause.group.first < index and not clause.relative and not subjects.bare(clause)
            ),
            None,
        )
        inside = inside or next((clause for clause in parsed.clauses if index in clause.subject_tokens), None)
        scope = scope_of_parts(scene, number, inside, relation)
        if scope is not None:
            for part in parts:
                yield part_claim(parsed, number, relation, key, part, scope, 0.85, "beside the name")


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
    if any(token.low in _TOGETHER for token in tokens[max(0, index - 8) : index]) or any(
        token.low in {"competes", "compete", "compared"} for token in tokens[:index]
    ):
        return []
    following = tokens[at + 1]
    counted = (
        following.letter == "q"
        or following.low in {"its", "a", "an"}
        or (following.letter in {"o", "p"} and parsed.line.mention(following).possessive)
    )
    if not counted:
        return []
    end = next((place for place in range(at + 1, len(tokens)) if tokens[place].low in {",", ";", "."}), len(tokens))
    return [part for place, part in placed_after(parsed, at + 1) if place < end]


def named_later(scene: Scene, number: int, parsed: Parsed, relation: Containing) -> Iterator[Draft]:
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
        scope = scope_of_parts(scene, number, clause, relation)
        if scope is None:
            continue
        at = next(index for index, token in enumerate(parsed.line.tokens) if token.low == match["q"])
        for part in parts_after(parsed, at)[:1]:
            yield part_claim(parsed, number, relation, whole, part, scope, 0.84, "named later")
