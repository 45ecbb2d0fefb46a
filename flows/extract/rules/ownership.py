"""Makers by possession, brand, apposition or description: "its X", "Y's new X", "X, Y's assistant", "the X comes from Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.telling import employers_and
from flows.extract.scene import Draft, Scene
from flows.extract.spans import Mention

MANUFACTURER = re.compile(
    r"«(?:[\w ]+ )?(?:be|become)» (?:the |a |an )?(?:\w+ ){0,3}(?:manufacturer|maker|builder|producer|"
    r"supplier) of (?:the )?(?P<p>‹p[\d+]+›)"
)
_COMES_FROM = re.compile(r"«(?:[\w ]+ )?(?:come|hail|be)» (?:from )?(?:the )?(?P<o>‹o\d+›)(?P<own> 's)?")
_SITES = frozenset(["plant", "factory", "site", "fab", "office", "offices", "headquarters", "laboratory", "lab", "mill", "works"])
BARRED = frozenset(
    [
        "for",
        "by",
        "on",
        "in",
        "at",
        "of",
        "from",
        "than",
        "against",
        "about",
        "like",
        "over",
        "beyond",
        "under",
        "into",
        "inside",
        "alongside",
        "using",
        "via",
        "including",
    ]
)
_BARRED_BEFORE = BARRED | {",", ".", ":", ";", "that", "with", "to"}


def described(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Makers by description: "the X is Y's first workstation", "the X comes from Y"."""
    if parsed.question:
        return
    line = parsed.line
    for clause in parsed.clauses:
        if clause.group.lemma not in {"be", "come", "hail"} or clause.group.negated or clause.group.passive:
            continue
        match = _COMES_FROM.search(clause.text)
        if (
            match is None
            or (clause.group.lemma == "be") != bool(match["own"])
            or (clause.group.lemma != "be" and " from " not in match[0])
        ):
            continue
        scope = scene.scope(number, clause)
        item = line.items[int(match["o"][2:-1])]
        if scope.modality is None or not isinstance(item, Mention):
            continue
        maker = scene.company(item.key)[0]
        for index in clause.subject or clause.owners:
            mention = line.mention(line.tokens[index]) if line.tokens[index].letter == "p" else None
            if (
                mention is None
                or mention.how not in {"alias", "form", "abbreviation"}
                or not may_make(scene, mention.key, maker, launching=True)
            ):
                continue
            yield Draft(
                rule="maker: described as its maker's",
                subject=mention.key,
                object=maker,
                predicate="maker",
                line=number,
                start=line.sentence.start,
                end=line.sentence.end,
                modality=scope.modality,
                attributed_to=None if scope.attributed_to == maker else scope.attributed_to,
                confidence=0.84,
            )


def owned(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Makers by possession, brand or apposition: "its X", "Y's new X systems", "X, Y's assistant", "Y X"."""
    line = parsed.line
    tokens = line.tokens
    if parsed.question:
        return
    for index, token in enumerate(tokens):
        if token.letter != "p" or line.mention(token).how not in {"alias", "form", "abbreviation"}:
            continue
        mention = line.mention(token)
        if index + 1 < len(tokens) and tokens[index + 1].low in _SITES:
            continue
        for owner in _owners(scene, parsed, index):
            known = scene.entities.get(mention.key)
            if known is not None and known.makers and owner not in known.makers:
                continue
            if known is None and scene.entities.get(owner) is None and mention.how != "form":
                continue
            yield Draft(
                rule="maker: possessive or brand",
                subject=mention.key,
                object=owner,
                predicate="maker",
                line=number,
                start=line.sentence.start,
                end=line.sentence.end,
                confidence=0.86,
            )


def _owners(scene: Scene, parsed: Parsed, index: int) -> Iterator[str]:
    line = parsed.line
    tokens = line.tokens
    token = tokens[index]
    mention = line.mention(token)
    known = scene.entities.get(mention.key)
    words = line.text[token.start : token.end].split()
    for maker in known.makers if known else ():  # the brand inside the name: "NVIDIA Blackwell Ultra"
        entity = scene.entities.get(maker)
        if entity and words and words[0].lower() == entity.name.lower() and len(words) > 1:
            yield maker
    back = index - 1
    steps = 0
    while (
        back >= 0
        and steps < 6
        and (tokens[back].item < 0 or tokens[back].letter == "p")
        and tokens[back].low not in _BARRED_BEFORE
        and tokens[back].low != "'s"
    ):
        back -= 1
        steps += 1
    if back >= 0 and tokens[back].low == "'s" and back and tokens[back - 1].letter == "o":
        yield scene.company(line.mention(tokens[back - 1]).key)[0]
    elif (
        back >= 0
        and tokens[back].letter == "o"
        and (line.mention(tokens[back]).possessive or (back == index - 1 and mention.how != "abbreviation"))
        and line.mention(tokens[back]).kind == "org"
    ):
        owner = line.mention(tokens[back])
        if owner.how in {"pronoun", "noun"} and not owner.possessive:
            return
        for member in owner.members or (owner.key,):
            yield scene.company(member)[0]
    for apposition in parsed.appositions:
        if apposition.token != index:
            continue
        inside = apposition.words
        for position, word in enumerate(inside[:4]):
            if tokens[word].letter == "o" and position + 1 < len(inside) and tokens[inside[position + 1]].low == "'s":
                yield scene.company(line.mention(tokens[word]).key)[0]


def manufacturer(scene: Scene, number: int, parsed: Parsed, clause: Clause, match: re.Match[str]) -> Iterator[Draft]:
    """The maker a clause names as the manufacturer of a product."""
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated:
        return
    line = parsed.line
    item = line.items[int(match["p"][2:-1].split("+")[0])]
    for maker in employers_and(scene, parsed, clause):
        if isinstance(item, Mention):
            yield Draft(
                rule="maker: manufacturer of",
                subject=item.key,
                object=maker,
                predicate="maker",
                line=number,
                start=line.sentence.start,
                end=line.sentence.end,
                modality=scope.modality,
                attributed_to=scope.attributed_to,
                confidence=0.88,
            )


def may_make(scene: Scene, product: str, maker: str, *, launching: bool) -> bool:
    """Whether the list allows it: who launches what is known to be another's only presents it."""
    known = scene.entities.get(product)
    return known is None or not known.makers or maker in known.makers or not launching
