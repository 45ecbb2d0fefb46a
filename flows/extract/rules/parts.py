"""Components: what a product contains, integrates, is built on, and how many of each.

The catalogue's phrases say which verbs name a part ("S <integrate> O") and which a whole ("O <be> part
of S"); where the whole is the subject, the parts are read off the tokens after the verb, so that
lists, numbers and "pairs A with B" need no phrase of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules import subjects
from flows.extract.rules.containing import Containing, part_claim, scope_of_parts
from flows.extract.rules.partlists import Part, parts_after
from flows.extract.rules.partsaside import attached, listed, named_later
from flows.extract.scene import Draft, Scene, keys_of

_LOCATIVE = re.compile(
    r"^(?:(?:right |deep )?inside|within|under the (?:hood|lid|bonnet|cover)|on board|at (?:its|the) (?:heart|core|centre|"
    r"center))"
    r"(?: (?:of )?(?:the |this |each |every )?(?:new )?(?:‹p\d+›|it|[\w-]+)){0,2} ?,? (?:(?:there )?(?:is|are|sit|sits|lie|"
    r"lies|beats?|works?|hums?|ticks?|will be|you ll find|we find)\b)"
)
_VAGUE_WHOLE = re.compile(
    r"\b(?:component|part|block|heart|centrepiece|centerpiece|core|basis|foundation|backbone|engine|pillar)s? (?:of|for|"
    r"in) (?:the|this|its|their) (?:\w+ )?(?:project|programme|program|plan|initiative|effort|venture|scheme|build-out|"
    r"offering|range)\b"
)


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
    yield from listed(scene, number, parsed, relation)
    for clause in parsed.clauses:
        yield from _clause(scene, number, parsed, clause, relation)
    yield from _inverted(scene, number, parsed, relation)
    yield from attached(scene, number, parsed, relation)
    yield from named_later(scene, number, parsed, relation)


def _clause(scene: Scene, number: int, parsed: Parsed, clause: Clause, relation: Containing) -> Iterator[Draft]:
    """ "X integrates A and B", "X is built around A", "A will be part of X"."""
    if not any(token.letter == "p" for token in parsed.line.tokens):
        return
    text = clause.text + " "
    tail = text[text.find("«") : text.find("»") + 2] + parsed.words(range(clause.group.last + 1, len(parsed.line.tokens))) + " "
    for pattern in relation.leading:
        match = pattern.regex.match(tail) if clause.group.lemma in pattern.needs else None
        if match is None:
            continue
        scope = scope_of_parts(scene, number, clause, relation)
        if scope is None:
            return
        after = clause.group.last + 1 + _words_after(match[0])
        parts = parts_after(parsed, after)
        if clause.group.lemma == "run":  # software runs on machines, a machine on chips
            parts = [part for part in parts if part.key in scene.fitted]
        if not parts:
            continue
        for whole, certain in subjects.of_clause(scene, number, parsed, clause):
            for part in parts:
                yield part_claim(parsed, number, relation, whole, part, scope, 0.9 * certain, pattern.source)
        return
    for pattern in relation.whole:
        if clause.group.lemma not in pattern.needs:
            continue
        match = pattern.regex.search(subjects.phrase_text(parsed, clause))
        if match is None or text[text.find("«") : text.find("»") + 1] not in match[0]:
            continue
        scope = scope_of_parts(scene, number, clause, relation)
        if scope is None:
            return
        groups = match.groupdict()
        wholes = [mention.key for mention in keys_of(parsed, groups["S"])]
        for mention in keys_of(parsed, groups["O"]):
            for whole in wholes:
                key = whole if whole != mention.key else _project(scene, number, mention.key)
                if key is not None:
                    yield part_claim(parsed, number, relation, key, Part(mention.key), scope, 0.88, pattern.source)
        return
    if clause.group.lemma in {"be", "form", "become"} and (
        vague := _VAGUE_WHOLE.search(text) or re.search(r"\b(?:component|part|core|heart|basis) of (?:the |this )?‹p", text)
    ):
        scope = scope_of_parts(scene, number, clause, relation)
        if scope is None:
            return
        item = re.match(r"‹p[\d+]+›", text[vague.end() - 2 :])
        named = keys_of(parsed, item[0])[0].key if item else None
        for component, certain in subjects.of_clause(scene, number, parsed, clause):
            key = named if named not in {None, component} else _project(scene, number, component)
            if key is not None:
                yield part_claim(parsed, number, relation, key, Part(component), scope, 0.86 * certain, "part of the project")


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


def _inverted(scene: Scene, number: int, parsed: Parsed, relation: Containing) -> Iterator[Draft]:
    """ "Inside are 72 A and 36 B", "At the heart of X sits A"."""
    tokens = parsed.line.tokens
    text = " ".join(token.low for token in tokens)
    match = _LOCATIVE.match(text)
    if match is None:
        yield from _behind(scene, number, parsed, relation)
        return
    scope = scope_of_parts(scene, number, parsed.clauses[0] if parsed.clauses else None, relation)
    if scope is None:
        return
    after = len(match[0].split())
    named = next((parsed.line.mention(token) for token in tokens[:after] if token.letter == "p"), None)
    wholes = [(named.key, 0.98)] if named is not None else list(subjects.in_mind(scene, number, parsed))
    for whole, certain in wholes:
        for part in parts_after(parsed, after, sentence=True):
            yield part_claim(parsed, number, relation, whole, part, scope, 0.88 * certain, "inside")


def _behind(scene: Scene, number: int, parsed: Parsed, relation: Containing) -> Iterator[Draft]:
    """ "Behind a screen of 14 inches sits an A", "Under the lid of the X works an A": only what is a part by its name."""
    tokens = parsed.line.tokens
    if not tokens or tokens[0].low not in _PLACED:
        return
    verb = next((index for index, token in enumerate(tokens) if token.low in _SITS and index > 1), None)
    if verb is None or any(token.low in {",", ";"} for token in tokens[:verb]):
        return
    scope = scope_of_parts(scene, number, next((one for one in parsed.clauses if one.group.first == verb), None), relation)
    if scope is None:
        return
    named = next((parsed.line.mention(token).key for token in tokens[:verb] if token.letter == "p"), None)
    wholes = [(named, 0.97)] if named is not None else list(subjects.in_mind(scene, number, parsed))
    for whole, certain in wholes:
        for part in parts_after(parsed, verb + 1, sentence=True)[:1]:
            if part.key in scene.fitted and whole not in scene.fitted:
                yield part_claim(parsed, number, relation, whole, part, scope, 0.88 * certain, "behind")


_PLACED = frozenset(["behind", "beneath", "under", "underneath", "below", "inside", "within"])
_SITS = frozenset(["sits", "sit", "works", "hides", "lies", "lurks", "beats", "resides", "lives", "hums", "toils", "is", "are"])
