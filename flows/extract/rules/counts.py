"""Counts of people and things: staff, jobs cut, units shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.periods import Reports
from flows.extract.rules.markets import Market, Words, asked_about
from flows.extract.rules.shipments import org, shipped
from flows.extract.scene import Draft, Scene
from flows.extract.scope import Scope
from flows.extract.spans import QuantityMention, TimeMention
from storage.model import Modality
from storage.values import Period, Qualifier, Quantity

_FEWER = re.compile(
    r"\b(?:more|fewer|additional|extra|new|other) $|\b(?:hire|hiring|recruit\w*|add\w*)\b[^.;]{0,24}$", re.IGNORECASE
)
_TALK = re.compile(r"\b(?:talk|rumou?rs?|speculation|reports?|whispers?) (?:of|about|that)\b", re.IGNORECASE)
_UNTRUE = re.compile(
    r"\b(?:(?:was|is|were|'s) (?:never|not|simply not) true|untrue|no truth|is (?:false|wrong|nonsense)|was (?:false|wrong|"
    r"nonsense)|not the case|pure invention|is (?:a )?(?:fake|hoax|forgery|fabrication|made up|fabricated))\b",
    re.IGNORECASE,
)
_OUTSIDERS = re.compile(
    r"\b(?:readers?|visitors?|customers?|users?|subscribers?|resellers?|developers?|students?|shareholders?|familiar|"
    r"attendees|guests|partners|people (?:with|who|close|briefed)|builders|construction)\b",
    re.IGNORECASE,
)


class Counters:
    """The catalogue's counted predicates, with the words and verbs that name them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.staff = [one for one in catalogue.predicates if one.read_as == "count" and one.unit == "person" and not _cuts(one)]
        self.cuts = [one for one in catalogue.predicates if one.read_as == "count" and one.unit == "person" and _cuts(one)]
        self.things = [one for one in catalogue.predicates if one.read_as == "count" and one.unit != "person"]


def _cuts(predicate: Predicate) -> bool:
    return "cut" in predicate.verbs


def propose(
    scene: Scene, number: int, parsed: Parsed, counters: Counters, words: Words, reports: Reports, market: Market
) -> Iterator[Draft]:
    """Claims of counts in one line."""
    line = parsed.line
    text = line.text[line.sentence.start : line.sentence.end]
    if parsed.question or line.sentence.kind in {"heading", "row"}:
        return
    for index, token in enumerate(line.tokens):
        if token.letter != "q":
            continue
        quantity = line.quantity(token)
        if not isinstance(quantity.value, Quantity) or quantity.value.unit == "rank":
            continue
        clause = parsed.clause_at(index)
        scope = scene.scope(number, clause)
        if scope.modality is None:
            scene.note(number, "count", "dropped", scope.why)
            continue
        for predicate in counters.cuts:
            yield from _cut(scene, number, parsed, index, quantity, clause, scope, predicate, text)
        for predicate in counters.staff:
            yield from _staff(scene, number, parsed, index, quantity, clause, scope, predicate, counters, text)
        for predicate in counters.things:
            yield from shipped(scene, number, parsed, index, quantity, clause, scope, predicate, words, reports, market)
    yield from _denied(scene, number, parsed, counters, text)


def _noun(parsed: Parsed, index: int, quantity: QuantityMention) -> str:
    return (quantity.noun or "").lower()


def _cut(
    scene: Scene,
    number: int,
    parsed: Parsed,
    index: int,
    quantity: QuantityMention,
    clause: Clause | None,
    scope: Scope,
    predicate: Predicate,
    text: str,
) -> Iterator[Draft]:
    noun = _noun(parsed, index, quantity)
    line = parsed.line
    left = line.text[max(line.sentence.start, line.tokens[index].start - 60) : line.tokens[index].start]
    losing = _those_who_lose(parsed, index)
    if losing is not None:
        clause, scope = losing, scene.scope(number, losing)
        if scope.modality is None:
            return
    told = bool(_LAYING_OFF.search(left)) or losing is not None or bool(_STAFF_BY.search(left))
    named = bool(noun) and any(noun.endswith(trigger) for trigger in predicate.triggers)
    cutting = clause is not None and _is_cutting(parsed, clause, predicate)
    people = noun.endswith(("people", "employees", "workers", "staff"))
    talk = named and (_LEAKED.search(text) or (_TALK.search(text) and noun.endswith(_CUTS)))
    going = (
        named and clause is not None and index in clause.subject_tokens and clause.group.lemma in {"go", "disappear", "vanish"}
    )
    if not (cutting and (named or people)) and not (named and noun.endswith(_CUTS)) and not going and not told:
        return
    if (
        cutting
        and not told
        and clause is not None
        and index in clause.subject_tokens
        and not clause.group.passive
        and not (people and clause.group.lemma in {"lose", "go"})
    ):
        return  # "85 jobs for a town that lost four hundred"
    company = org(scene, parsed, clause)
    if company is None and clause is not None and clause.group.lemma == "go":  # "Acme let 350 people go"
        company = next((org(scene, parsed, one) for one in parsed.clauses if one.group.lemma == "let"), None)
    certain = 1.0
    if company is None:
        company, certain = _speaking(scene, number) or scene.company_before(number), 0.9
    if company is None or scope.negated:
        return
    qualifiers = _time_and_place(scene, parsed, index, clause)
    modality = Modality.RUMOURED if talk else scope.modality
    if modality is Modality.ACTUAL and clause is not None and clause.group.lemma in {"announce", "unveil", "propose"}:
        modality = Modality.PLANNED  # what is only announced is still to come
    assert modality is not None  # noqa: S101 - checked by the caller
    yield Draft(
        rule="count: jobs cut",
        subject=company,
        predicate=predicate.key,
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=_persons(quantity.value),
        qualifiers=qualifiers,
        modality=modality,
        attributed_to=None if talk else scope.attributed_to,
        confidence=0.9 * certain,
        number=(quantity.start, quantity.end),
    )


_CUTS = ("layoffs", "lay-offs", "job cuts", "redundancies", "job losses", "dismissals")
_LAYING_OFF = re.compile(
    r"\b(?:lay-?offs?|dismissals?|redundanc(?:y|ies)|axing|sacking|firing|shedding|elimination|cutting|loss) of "
    r"(?:about |around |some |roughly |up to |as many as |another |more than |nearly |almost |at least )?$",
    re.IGNORECASE,
)
_STAFF_BY = re.compile(
    r"\b(?:reduc\w+|shrink\w*|shr[au]nk|cut\w*|trim\w*|slash\w*|pare\w*|prun\w+) (?:its |the |their |global |total )*"
    r"(?:[\w-]+ )?(?:workforce|headcount|staff|payroll) by "
    r"(?:about |around |some |roughly |up to |as many as |nearly |almost )?$",
    re.IGNORECASE,
)
_LEAKED = re.compile(
    r"\b(?:leaked|internal|alleged|purported) (?:slides?|memos?|documents?|e-?mails?|presentations?|papers?)\b|"
    r"\bmaking the rounds\b",
    re.IGNORECASE,
)


def _those_who_lose(parsed: Parsed, index: int) -> Clause | None:
    """The verb by which "about 120 of them …" lose their jobs."""
    tokens = parsed.line.tokens
    if [token.low for token in tokens[index + 1 : index + 3]] not in (["of", "them"], ["of", "these"], ["of", "whom"]):
        return None
    for clause in parsed.clauses:
        if clause.group.first > index and not any(tokens[one].is_value for one in range(index + 1, clause.group.first)):
            words = parsed.words(clause.rest)
            if (clause.group.lemma == "lose" and re.search(r"\b(?:jobs?|posts?|positions?)\b", words)) or (
                clause.group.passive and clause.group.lemma in {"dismiss", "sack", "fire", "lay"}
            ):
                return clause
    return None


def predicate_words(predicate: Predicate) -> set[str]:
    """The first words of a predicate's verbs."""
    return {verb.split()[0] for verb in predicate.verbs}


def _speaking(scene: Scene, number: int) -> str | None:
    """The company of the person interviewed around a line."""
    for near in (number, number + 1, number - 1):
        if near in scene.speakers and scene.speakers[near] in scene.employers:
            return scene.employers[scene.speakers[near]][0]
    return None


def _is_cutting(parsed: Parsed, clause: Clause, predicate: Predicate) -> bool:
    words = parsed.words(clause.rest)
    for verb in predicate.verbs:
        head, _, rest = verb.partition(" ")
        if clause.group.lemma == head and (not rest or re.search(rf"(?:^|\s){re.escape(rest)}\b", words)):
            return head != "let" or bool(re.search(r"\bgo\b", words))
    return (
        clause.group.lemma == "go"
        and "let" in predicate_words(predicate)
        and any(one.group.lemma == "let" for one in parsed.clauses)
    )


def _time_and_place(scene: Scene, parsed: Parsed, index: int, clause: Clause | None) -> dict[str, Qualifier]:
    qualifiers: dict[str, Qualifier] = {}
    line = parsed.line
    inside = [*range(index + 1, min(len(line.tokens), index + 14))]
    for position in inside:
        token = line.tokens[position]
        if token.low in {";", "while", "and"} and position - index > 6:
            break
        if token.letter == "t" and "period" not in qualifiers:
            time = line.time(token)
            if time.period is not None and time.form != "horizon" and time.unit != "day":
                qualifiers["period"] = Period(start=time.period.start, end=time.period.end)
        if token.letter == "l" and "region" not in qualifiers and line.tokens[position - 1].low in {"in", "at", "across"}:
            qualifiers["region"] = line.mention(token).key
    return qualifiers


def _persons(value: object) -> Quantity | None:
    if not isinstance(value, Quantity):
        return None
    return Quantity(number=value.number, low=value.low, high=value.high, unit="person", modifier=value.modifier)


def _staff(
    scene: Scene,
    number: int,
    parsed: Parsed,
    index: int,
    quantity: QuantityMention,
    clause: Clause | None,
    scope: Scope,
    predicate: Predicate,
    counters: Counters,
    text: str,
) -> Iterator[Draft]:
    line = parsed.line
    tokens = line.tokens
    noun = _noun(parsed, index, quantity)
    value = quantity.value
    assert isinstance(value, Quantity)  # noqa: S101 - checked by the caller
    if value.unit not in {"person", "count"} or quantity.per is not None or (value.number is not None and value.number < 10):
        return
    if clause is not None and any(_is_cutting(parsed, clause, cut) for cut in counters.cuts) and clause.group.lemma != "lose":
        return
    if any(noun.endswith(trigger) for cut in counters.cuts for trigger in cut.triggers):
        return
    left = line.text[max(line.sentence.start, line.tokens[index].start - 60) : line.tokens[index].start]
    right = line.text[line.tokens[index].end : min(line.sentence.end, line.tokens[index].end + 40)]
    if (
        _FEWER.search(left)
        or re.match(r"\s*(?:more|fewer|extra|additional)\b", right)
        or _OUTSIDERS.search(noun)
        or _OUTSIDERS.search(right[:24])
    ):
        return
    if _STAFF_BY.search(left):
        return
    heads = ("workforce", "headcount", "payroll", "staff", "head count")
    by_noun = noun.split()[-1:] and noun.split()[-1] in {"employees", "people", "staff", "workers", "strong"}
    about = next((back for back in range(index - 1, max(-1, index - 12), -1) if tokens[back].low in heads), None)
    if clause is not None and about is None and clause.subject_tokens:
        about = next((position for position in clause.subject_tokens if tokens[position].low in heads), None)
    if not by_noun and about is None:
        return
    if (
        by_noun
        and about is None
        and clause is not None
        and clause.group.lemma
        not in {"have", "employ", "be", "count", "number", "get", "buy", "acquire", "reach", "expect", "keep", "retain"}
    ):
        return
    company = (
        org(scene, parsed, clause)
        if not (about is not None and clause is not None and clause.subject and tokens[clause.subject[0]].letter != "o")
        else None
    )
    certain = 1.0
    if about is not None:
        for back in range(about - 1, max(-1, about - 4), -1):
            if tokens[back].letter == "o":
                company = scene.company(line.mention(tokens[back]).key)[0]
                break
    if company is None:
        if clause is not None and clause.subject and about is None:
            return
        company, certain = _continued(scene, number, parsed), 0.9
    if company is None or scope.negated:
        return
    previous = bool(re.search(r"\b(?:from|than|against)\s+(?:about |around |some |roughly )?$", left))
    qualifiers: dict[str, Qualifier] = {}
    time = _near_time(parsed, index)
    modality = scope.modality if not previous else Modality.ACTUAL
    assert modality is not None  # noqa: S101 - checked by the caller
    if (
        modality is Modality.ACTUAL
        and time is not None
        and time.period is not None
        and time.period.end is not None
        and scene.published is not None
        and time.period.end > scene.published
        and time.form != "same"
    ):
        modality = Modality.PLANNED  # "taking its headcount to 3,200 by the end of next year"
    if modality is Modality.TARGETED:
        return
    if previous and time is None:
        return
    if time is not None:
        period = time.ahead if modality is Modality.PLANNED and time.ahead is not None else time.period
        if period is not None and time.form not in {"same", "horizon"}:
            qualifiers["period"] = Period(start=period.start, end=period.end)
    attributed = scope.attributed_to
    if attributed is None and clause is not None and modality is Modality.PLANNED:
        parent = next(
            (
                one
                for one in parsed.clauses
                if one.group.lemma in {"expect", "forecast"} and not one.group.passive and one.subject
            ),
            None,
        )
        if parent is not None and tokens[parent.subject[0]].letter == "o":
            attributed = scene.company(line.mention(tokens[parent.subject[0]]).key)[0]
    yield Draft(
        rule="count: staff",
        subject=company,
        predicate=predicate.key,
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=_persons(value),
        qualifiers=qualifiers,
        modality=modality,
        attributed_to=attributed,
        confidence=0.9 * certain,
        number=(quantity.start, quantity.end),
    )


def _continued(scene: Scene, number: int, parsed: Parsed) -> str | None:
    """The company a sentence about "the workforce" goes on about; after a question about a purchase, the target."""
    return asked_about(scene, number) or scene.company_before(number)


def _near_time(parsed: Parsed, index: int) -> TimeMention | None:
    tokens = parsed.line.tokens
    for ahead in range(index + 1, min(len(tokens), index + 8)):
        if tokens[ahead].is_value or tokens[ahead].low in {",", ";", "while", "and"}:
            break
        if tokens[ahead].letter == "t":
            return parsed.line.time(tokens[ahead])
    return None


def _denied(scene: Scene, number: int, parsed: Parsed, counters: Counters, text: str) -> Iterator[Draft]:
    """The answer that a rumour of job cuts is not true."""
    if number == 0 or not _UNTRUE.search(text):
        return
    before = scene.text[scene.lines[number - 1].line.sentence.start : scene.lines[number - 1].line.sentence.end]
    if not re.search(r"\b(?:lay-?offs|job cuts|redundancies|cut [\d,]+ jobs)\b", before):
        return
    company = _speaking(scene, number) or scene.company_before(number)
    if company is None:
        return
    earlier = scene.lines[number - 1].line
    rumoured = next((earlier.quantity(token) for token in earlier.tokens if token.letter == "q"), None)
    sentence = parsed.line.sentence
    for predicate in counters.cuts:
        yield Draft(
            rule="count: denied",
            subject=company,
            predicate=predicate.key,
            line=number,
            start=sentence.start,
            end=sentence.end,
            value=_persons(rumoured.value) if rumoured else None,
            modality=Modality.DENIED,
            attributed_to=scene.speakers.get(number) or scene.scope(number, None).attributed_to,
            confidence=0.82,
            number=(rumoured.start, rumoured.end) if rumoured else None,
        )
