"""Makers and announcements: who makes a product, and when it was first shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules import announcements, ownership
from flows.extract.rules.telling import employers_and
from flows.extract.scene import Draft, Scene
from flows.extract.spans import Mention
from storage.model import Modality

LAUNCHING = frozenset(["introduce", "launch", "unveil", "present", "announce", "release", "debut", "reveal", "showcase"])
_MAKING = frozenset(
    ["develop", "build", "make", "manufacture", "create", "design", "produce", "assemble", "co-develop", "codevelop"]
)
_IDIOMS = re.compile(
    r"«(?:show|roll|bring|trot)» (?:off|out)|«pull» back (?:the )?curtain on|"
    r"«(?:add)» (?:(?:a|an|the|new|its) )?[^«»;,]{0,50}? to (?:its|their|the|‹o\d+›) [^«»;,]{0,30}?"
    r"(?:range|line-up|lineup|portfolio|family|series|catalogue|catalog)\b|"
    r"«(?:expand|extend|widen|refresh|broaden|round|update|complete)» (?:its|their|the|‹o\d+›) [^«»;,]{0,40}?"
    r"(?:range|line-up|lineup|portfolio|family|series|catalogue|catalog) [^«»;]{0,20}?with\b|"
    r"«(?:take|pull|lift|raise)»(?: the)? (?:wraps off|curtain (?:back )?(?:on|off)|lid on|"
    r"curtain on|veil on|covers off)"
)
_JOINING = re.compile(
    r"«(?:[\w ]+ )?(?:complete|round|head|top|join|be join by)» (?:off |out )?(?:(?:the|its|their|‹[op]\d+›) )?(?:[\w-]+ ){0,2}?"
    r"(?:line-up|lineup|range|family|trio|duo|quartet|portfolio|series|‹p\d+›)"
    r"|«(?:[\w ]+ )?be join» by (?:the |a |an )?(?:[\w-]+ ){0,3}‹p\d+›"
)

_DEBUT = re.compile(
    r"«(?:[\w ]+ )?(?:make|celebrate|have)» (?:‹[\w+]+› |the |a )?(?:[\w-]+ ){0,2}(?:debut|premiere|appearance)\b"
)

_SITES = re.compile(r"\b(?:data cent(?:re|er)|campus|supercomputer|cluster|factory|machine|system|platform|plant)\b")

_NOT_AN_OBJECT = frozenset(["pilot", "testing", "support", "plan", "expansion"])


def propose(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Maker and announcement claims of one line."""
    seen: set[tuple[str, str]] = set()
    found = (
        *_launched(scene, number, parsed),
        *ownership.owned(scene, number, parsed),
        *ownership.described(scene, number, parsed),
    )
    for draft in found:
        if draft.predicate == "maker" and draft.object is not None:
            if (draft.subject, draft.object) in seen:
                continue
            seen.add((draft.subject, draft.object))
            told = scene.makers.setdefault(draft.subject, [])
            if draft.modality is Modality.ACTUAL and draft.object not in told:
                told.append(draft.object)
        yield draft


def _launched(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    line = parsed.line
    for clause in parsed.clauses:
        group = clause.group
        idiom = _IDIOMS.search(clause.text) or _DEBUT.search(clause.text)
        launching = group.lemma in LAUNCHING or idiom is not None
        making = group.lemma in _MAKING
        if not launching and _JOINING.search(clause.text):
            yield from _joining(scene, number, parsed, clause)
            continue
        if not launching and not making:
            if match := ownership.MANUFACTURER.search(clause.text):
                yield from ownership.manufacturer(scene, number, parsed, clause, match)
            elif group.lemma == "show" and (product := announcements.shown(parsed, clause)) is not None:
                yield from announcements.announced(scene, number, parsed, clause, product)
            continue
        scope = scene.scope(number, clause)
        if scope.modality is None or scope.negated:
            scene.note(number, "maker", "dropped", scope.why or "negated")
            continue
        makers, products = _arguments(scene, parsed, clause)
        if making and makers and not products and (built := _built_next(scene, number, clause)) is not None:
            products = [(built.key, built)]
        if makers and not products and (called := _called_next(parsed, clause)) is not None:
            products = [(called.key, called)]
        if launching and makers and not group.passive:
            products += [one for one in _listed(parsed, clause) if one[0] not in {key for key, _ in products}]
        for product, mention in products:
            if launching and (idiom is None or makers):
                scene.launched[product] = (number, list(makers))
            if making and not launching and group.lead in {"infinitive", "gerund"} and scope.modality is not Modality.ACTUAL:
                continue
            for maker in makers:
                if not ownership.may_make(scene, product, maker, launching=launching):
                    continue
                yield Draft(
                    rule=f"maker: {group.lemma}",
                    subject=product,
                    object=maker,
                    predicate="maker",
                    line=number,
                    start=line.sentence.start,
                    end=line.sentence.end,
                    modality=Modality.ACTUAL
                    if launching and scope.modality is Modality.PLANNED and group.lead == "infinitive"
                    else scope.modality,
                    attributed_to=None if scope.attributed_to == maker else scope.attributed_to,
                    confidence=0.9 if mention.how != "pronoun" else 0.85,
                )
            if launching:
                yield from announcements.announced(scene, number, parsed, clause, product)


def _listed(parsed: Parsed, clause: Clause) -> list[tuple[str, Mention]]:
    """The products that a colon lists after a launch, each at the head of its item: "three: the A, which …, the B and the C"."""
    tokens = parsed.line.tokens
    last = max(clause.rest, default=clause.group.last)
    colon = next((index for index in range(clause.group.last + 1, min(last + 1, len(tokens))) if tokens[index].low == ":"), None)
    if colon is None:
        return []
    found = []
    for index in range(colon + 1, len(tokens)):
        if tokens[index].low in {";", ".", ":"}:
            break
        back = index - 1
        while back > colon and tokens[back].low in {"the", "a", "an", "new", "its", "and"}:
            back -= 1
        headed = tokens[back].low in {":", ","} or (tokens[back + 1].low == "and" and tokens[back].letter == "p")
        if tokens[index].letter == "p" and headed:
            found.append((parsed.line.mention(tokens[index]).key, parsed.line.mention(tokens[index])))
    return found


def _joining(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> Iterator[Draft]:
    """What joins a launch just told: "a monitor, the X, completes the line-up", "it is joined by the Y": same maker, same day."""
    line = parsed.line
    at = max((one for one, _ in scene.launched.values()), default=-9)
    if number - at > 1 or scene.scope(number, clause).modality is not Modality.ACTUAL:
        return
    makers = {maker for one, names in scene.launched.values() if one == at for maker in names}
    places = clause.rest if " by " in clause.text and clause.group.passive else clause.subject
    fresh = [line.mention(line.tokens[index]) for index in places if line.tokens[index].letter == "p"]
    for mention in fresh:
        if mention.key in scene.launched or len(makers) != 1 or mention.how not in {"alias", "form"}:
            continue
        maker = next(iter(makers))
        known = scene.entities.get(mention.key)
        if known is not None and known.makers and maker not in known.makers:
            continue
        yield Draft(
            rule="maker: joins a launch", subject=mention.key, object=maker, predicate="maker", line=number,
            start=line.sentence.start, end=line.sentence.end, confidence=0.82,
        )  # fmt: skip


def _arguments(scene: Scene, parsed: Parsed, clause: Clause) -> tuple[list[str], list[tuple[str, Mention]]]:
    """The makers and the products of a launching clause, active or passive."""
    line = parsed.line
    tokens = line.tokens
    rest = list(clause.rest)
    named = [index for index in clause.subject if tokens[index].letter == "p"] or [
        index for index in clause.owners if tokens[index].letter == "p" and not _owns(parsed, index)
    ]
    subject_products = [(line.mention(tokens[index]).key, line.mention(tokens[index])) for index in named]
    if clause.group.lemma == "debut" or _DEBUT.search(clause.text):
        return [], subject_products
    if clause.group.passive or (clause.group.lead == "participle" and subject_products):
        by = [
            index
            for position, index in enumerate(rest)
            if tokens[index].letter in {"o", "n"}
            and any(tokens[earlier].low == "by" for earlier in rest[max(0, position - 6) : position])
        ]
        makers: list[str] = []
        for index in by:
            mention = line.mention(tokens[index])
            key = _company_of(scene, mention)
            if key and key not in makers:
                makers.append(key)
        return makers, subject_products
    makers = employers_and(scene, parsed, clause)
    for index in clause.subject:
        if not tokens[index].is_entity:
            continue
        mention = line.mention(tokens[index])
        for member in mention.members or (mention.key,):
            key = scene.company(member)[0] if mention.kind == "org" else _company_of(scene, mention)
            if key and key not in makers and mention.kind in {"org", "person"}:
                makers.append(key)
    products: list[tuple[str, Mention]] = []
    antecedent = min([*clause.subject_tokens, clause.group.first]) - 1
    if antecedent >= 1 and tokens[antecedent].low in {"that", "which"}:
        back = antecedent - 1
        while back > 0 and tokens[back].low in {",", "programme", "program", "platform", "system"}:
            back -= 1
        if tokens[back].letter == "p":
            products.append((line.mention(tokens[back]).key, line.mention(tokens[back])))
    for position, index in enumerate(rest):
        if tokens[index].letter != "p":
            continue
        start = position
        while start > 0 and not (
            tokens[rest[start - 1]].low in ownership.BARRED | {",", ":", "and", "with"} or rest[start - 1] != rest[start] - 1
        ):
            start -= 1
        lead = tokens[rest[start - 1]].low if start else ""
        before = tokens[rest[start - 2]].low if start > 1 else ""
        if (
            lead in ownership.BARRED
            and not (lead in {"on", "off"} and before in {"back", "curtain", "lid", "wraps"})
            and not (lead == "of" and before in {"version", "generation", "launch"})
        ) and (lead == "of" or lead in {"for", "by", "than", "at", "in", "from"} or not products):
            break
        if lead == "with" and before not in {"together", "along", "range", "line-up", "lineup", "portfolio", "family"}:
            break
        if index + 1 < len(tokens) and tokens[index + 1].low == "'s":
            continue
        products.append((line.mention(tokens[index]).key, line.mention(tokens[index])))
    return makers, products


def _company_of(scene: Scene, mention: Mention) -> str | None:
    if mention.kind == "org":
        return scene.company(mention.key)[0]
    if mention.kind == "person":
        if mention.key in scene.employers:
            return scene.employers[mention.key][0]
        known = scene.entities.get(mention.key)
        return known.employer if known else None
    return None


def _owns(parsed: Parsed, index: int) -> bool:
    """Whether "'s" follows a name."""
    tokens = parsed.line.tokens
    return index + 1 < len(tokens) and tokens[index + 1].low == "'s"


def _called_next(parsed: Parsed, clause: Clause) -> Mention | None:
    """The product a naming right after a clause's verb names: "is developing a handheld called X"."""
    at = parsed.clauses.index(clause)
    for later in parsed.clauses[at + 1 : at + 2]:
        if later.group.lemma in {"call", "name", "dub", "codename"} and len(later.subject_tokens) <= 6:
            token = next((parsed.line.tokens[index] for index in later.rest[:3] if parsed.line.tokens[index].letter == "p"), None)
            return parsed.line.mention(token) if token is not None else None
    return None


def _built_next(scene: Scene, number: int, clause: Clause) -> Mention | None:
    """What is built, where a line says only what kind of thing and the next one opens with its name, never named before."""
    words = scene.text[clause.start : scene.lines[number].line.sentence.end]
    if number + 1 >= len(scene.lines) or not _SITES.search(words.lower()) or clause.group.passive:
        return None
    following = scene.lines[number + 1]
    opening = next((token for token in following.line.tokens[:3] if token.letter == "p"), None)
    if opening is None or following.line.sentence.paragraph != scene.lines[number].line.sentence.paragraph:
        return None
    mention = following.line.mention(opening)
    earlier = any(other.key == mention.key and other.start < scene.lines[number].line.sentence.start for other in scene.mentions)
    return None if earlier or mention.how not in {"alias", "form"} else mention
