"""Relations between companies: investments, acquisitions, partnerships, customers, read by the catalogue's patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.patterns import Pattern, compile_pattern
from flows.extract.rules.telling import Telling, company_in_mind, followed, orgs, told
from flows.extract.scene import Draft, Scene, keys_of, times_in
from storage.model import Modality
from storage.values import Money, Period, Qualifier, Status

_DENIABLE = frozenset(["acquisition", "partnership"])
_PROPOSING = frozenset(
    ["offer", "consider", "prepare", "mull", "weigh", "explore", "seek", "bid", "want", "hope", "contemplate", "discuss"]
)
_BUYING = frozenset(["buy", "acquire", "purchase", "take", "snap", "pay", "sell", "gobble", "swallow", "absorb"])
_LURKING = frozenset(["circle", "eye", "court", "woo", "stalk"])
_BEGINNING = frozenset(["launch", "start", "begin"])
_IN_COMMON = re.compile(
    r"‹p|\b(?:project|program(?:me)?|initiative|venture|pilot|trial|service|lab(?:oratory)?|cent(?:re|er)|campus|partnership|"
    r"alliance|collaboration|cooperation|platform|factory|fund|scheme|cloud)s?\b"
)
_NOT_YET = {
    "prepare": Modality.PLANNED,
    "plan": Modality.PLANNED,
    "consider": Modality.RUMOURED,
    "weigh": Modality.RUMOURED,
    "mull": Modality.RUMOURED,
}
_NO_GOODS = re.compile(
    r"\b(?:stakes?|shares?|units?|business|division|plants?|factory|factories|warehouses?|buildings?|brand|subsidiary|holding|arm|start-up|patents?|data|"
    r"letters?|compan(?:y|ies)|talks)\b"
)
_TALKS = re.compile(r"\b(?:talks|negotiations|discussions)\b|«(?:[\w ]+ )?negotiate»")
RECENT = timedelta(days=30)
"""How fresh a dated purchase must be to be the announcement of one; an older one is done."""


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
        found += [Relation(predicate, None, _compiled(predicate, phrase)) for phrase in predicate.phrases]
        for state, phrases in reversed(predicate.states.items()):
            found += [Relation(predicate, state, _compiled(predicate, phrase)) for phrase in phrases]
    return tuple(found)


def _compiled(predicate: Predicate, phrase: str) -> Pattern:
    values = tuple(value for value in predicate.values if value != "status") or ("money",)
    return compile_pattern(phrase, subject=predicate.subject, object_=predicate.object, values=values)


def propose(scene: Scene, number: int, parsed: Parsed, relations: Iterable[Relation]) -> Iterator[Draft]:
    """Relation claims of one line."""
    for clause in parsed.clauses:
        asked = [one for one in relations if not (one.pattern.needs and one.pattern.needs.isdisjoint(clause.lemmas))]
        if not asked:
            continue
        text = _whole(parsed, clause) + " "
        done: set[tuple[str, str, str]] = set()
        for relation in asked:
            match = relation.pattern.regex.search(text)
            if not match:
                continue
            if (
                "«" in match[0]
                and clause.group.tag not in match[0]
                and not match[0].startswith(("O ", "V "))
                and "«be " not in match[0]
            ):
                continue
            telling = told(scene, number, parsed, clause)
            if telling is None:
                break
            yield from _drafts(scene, number, parsed, clause, relation, match, telling, done)


def _whole(parsed: Parsed, clause: Clause) -> str:
    """A clause's line with the object that "which" stands for: "a start-up, which X acquired" as "‹X› «acquire» ‹start-up›"."""
    tokens = parsed.line.tokens
    first = min([*clause.subject_tokens, clause.group.first])
    if (
        clause.group.lead == "infinitive" and not clause.subject and first == 1 and tokens[0].letter == "o"
    ):  # a headline: "X to buy Y"
        return f"{tokens[0].low} {clause.text}"
    if not clause.subject or clause.group.passive or not first or tokens[first - 1].low not in {"which", "that", "whom"}:
        return clause.text
    back = first - 2
    while back > 0 and tokens[back].low in {",", "for", "in", "into"}:
        back -= 1
    if back < 0 or not tokens[back].is_entity:
        return clause.text
    between = " ".join(token.low for token in tokens[back + 1 : first - 1] if token.low != ",")
    head, mark, tail = clause.text.partition("» ")
    money, _, rest = tail.partition(" ")
    if between and re.fullmatch(r"‹m\d+›", money):
        return f"{head}» {money} {between} {tokens[back].low} {rest}"
    return f"{head}» {between + ' ' if between else ''}{tokens[back].low} {tail}" if mark else clause.text


def _drafts(
    scene: Scene,
    number: int,
    parsed: Parsed,
    clause: Clause,
    relation: Relation,
    match: re.Match[str],
    telling: Telling,
    done: set[tuple[str, str, str]],
) -> Iterator[Draft]:
    predicate = relation.predicate
    if telling.modality is Modality.DENIED and predicate.key not in _DENIABLE:
        scene.note(number, predicate.key, "dropped", "denied")
        return
    if predicate.key == "customer" and _NO_GOODS.search(match[0]):
        scene.note(number, predicate.key, "considered", "no goods change hands")
        return
    if predicate.key == "partnership" and clause.group.lemma in _BEGINNING and not _IN_COMMON.search(match[0]):
        scene.note(number, predicate.key, "considered", "nothing is begun in common")
        return
    money = _money(parsed, match, "value")
    pairs = [
        pair
        for pair in _pairs(scene, number, parsed, predicate, match)
        if pair[0] != pair[1] and (pair[0], predicate.key, pair[1]) not in done
    ]
    if predicate.key == "investment" and "from S" in relation.pattern.source and len(pairs) > 1:
        return  # what each of several gave is not said
    done.update((one, predicate.key, other) for one, other in pairs)
    qualifiers: dict[str, Qualifier] = {}
    state = relation.state
    if predicate.key == "acquisition":
        state, telling = _stage(scene, parsed, clause, state or "announced", telling, match)
        if (price := money or _price(parsed, clause)) is not None:
            qualifiers["price"] = price
        if (when := _when(parsed, clause)) is not None:
            qualifiers["period"] = when
    elif telling.modality is Modality.ACTUAL and _TALKS.search(match[0]):
        telling = replace(telling, modality=Modality.RUMOURED)
    elif (
        predicate.key == "partnership"
        and state in {"announced", "expanded", "renewed"}
        and telling.modality is Modality.PLANNED
        and clause.group.progressive
        and not clause.group.chain
    ):
        telling = replace(telling, modality=Modality.ACTUAL)
    elif predicate.key == "investment" and telling.modality is Modality.ACTUAL and clause.group.lemma in _NOT_YET:
        telling = replace(telling, modality=_NOT_YET[clause.group.lemma])
    converted = _money(parsed, match, "converted")
    yield from followed(
        telling, predicate.key, pairs, value=Status(state=state) if state else money if predicate.values else None,
        converted=converted, qualifiers=qualifiers, rule=f"{predicate.key}: {relation.pattern.source}", confidence=0.88,
    )  # fmt: skip


def _stage(
    scene: Scene, parsed: Parsed, clause: Clause, state: str, telling: Telling, match: re.Match[str]
) -> tuple[str, Telling]:
    """How far a purchase has come by the words of the clause, and how surely that is told."""
    group = clause.group
    if state == "proposed" and group.lemma in _LURKING and telling.modality is Modality.ACTUAL:
        return state, replace(telling, modality=Modality.RUMOURED)
    if state == "announced":
        if telling.modality in {Modality.DENIED, Modality.RUMOURED} or set(group.chain) & _PROPOSING:
            return "proposed", telling
        if telling.modality is Modality.PLANNED:
            return state, replace(telling, modality=Modality.ACTUAL)
        done = (
            group.lemma in _BUYING
            and not group.chain
            and not group.modals
            and not group.progressive
            and not any(token.low == "being" for token in parsed.line.tokens[group.first : group.last])
            and (group.perfect or group.passive or (group.form != group.lemma and not group.form.endswith("s")))
        )
        if done:
            when = _when(parsed, clause)
            recent = when is not None and (when.end is None or when.end >= scene.anchor - RECENT)
            return ("announced" if recent and not group.perfect else "completed"), telling
    if state == "proposed" and telling.modality is Modality.ACTUAL and telling.attributed_to is None and _TALKS.search(match[0]):
        return state, replace(telling, modality=Modality.RUMOURED)
    return state, telling


def _when(parsed: Parsed, clause: Clause) -> Period | None:
    times = times_in(parsed, [parsed.line.tokens[index] for index in clause.rest])
    return next(
        (time.ahead if clause.group.modals and time.ahead else time.period for time in times if time.period is not None), None
    )


def _pairs(scene: Scene, number: int, parsed: Parsed, predicate: Predicate, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    groups = match.groupdict()
    if groups.get("SO"):
        keys = orgs(scene, keys_of(parsed, groups["SO"]))
        for index, first in enumerate(keys):
            for second in keys[index + 1 :]:
                yield first, second
        return
    if predicate.key == "acquisition" and not groups.get(
        "O"
    ):  # "is preparing a bid", "the transaction will be completed": of what is for sale
        if scene.deals:
            for buyer in orgs(scene, keys_of(parsed, groups["S"])) if groups.get("S") else [scene.deals[0][0]]:
                yield buyer, scene.deals[0][1]
        return
    if not groups.get("S"):
        return
    subjects = orgs(scene, keys_of(parsed, groups["S"]))
    if not groups.get("O"):
        if predicate.key == "partnership":  # "has joined the Bergen project": with whose project it is
            for subject in subjects:
                if (owner := _host(scene, number, match[0], parsed, subject)) is not None:
                    yield subject, owner
        return
    for subject in subjects:
        for other in orgs(scene, keys_of(parsed, groups["O"])):
            yield subject, other


def _host(scene: Scene, number: int, words: str, parsed: Parsed, guest: str) -> str | None:
    """Whose project a company joins: who builds at the place it is named after, who made it, else whom the text has in mind."""
    for tag in re.findall(r"‹[lpo][\d+]+›", words):
        for mention in keys_of(parsed, tag):
            if mention.kind == "place" and mention.key in scene.owners:
                return scene.owners[mention.key]
            if mention.kind == "product":
                makers = [key for key in scene.makers.get(mention.key, ()) if key != guest]
                return makers[0] if len(makers) == 1 else None
            if mention.kind == "org" and scene.company(mention.key)[0] != guest:
                return scene.company(mention.key)[0]
    return company_in_mind(scene, number, [guest])


def _money(parsed: Parsed, match: re.Match[str], which: str) -> Money | None:
    tag = match.groupdict().get("V")
    found = getattr(parsed.line.items[int(tag[2:-1])], which, None) if tag else None
    return found if isinstance(found, Money) else None


def _price(parsed: Parsed, clause: Clause) -> Money | None:
    """The sum a deal is for: "for $1.15 billion", "at $870 million", "in a $2 billion deal"."""
    tokens = parsed.line.tokens
    for index in sorted({*clause.rest, *range(min([*clause.subject_tokens, clause.group.first]), clause.group.first)}):
        if (
            tokens[index].letter == "m"
            and index
            and tokens[index - 1].low in {"for", "at", "a", "of", "worth", "about", "around", "to", "pay", "its", "the"}
        ):
            value = parsed.line.quantity(tokens[index]).value
            return value if isinstance(value, Money) else None
    return None
