"""Availability: from when customers can buy, receive or use a product, where, and which of the three."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.patterns import Pattern, compile_pattern
from flows.extract.periods import Reports
from flows.extract.rules import listing, offers, subjects
from flows.extract.rules.readiness import attributed, match_phrase, overtaken, pending
from flows.extract.scene import Draft, Scene, keys_of
from flows.extract.scope import Scope
from flows.extract.spans import TimeMention
from flows.extract.vocabulary import Vocabulary
from storage.model import Modality
from storage.values import Period, Qualifier

_POINTING = frozenset(["year_earlier", "previous", "same", "horizon"])
_COUNT = re.compile(r"‹q\d+› (?:[\w-]+ ){0,2}?$")
_CUSTOMERS = re.compile(r"\b(?:customers?|buyers?|clients?|users?|readers|consumers|shoppers|businesses|developers)$")
_REACHING = frozenset(["reach", "hit", "enter"])
_PUT_OFF = re.compile(r"\b(?:back|off|delay|delayed|postpone|postponed|defer|deferred|slip|slipped)\b")


@dataclass(frozen=True, slots=True)
class Offering:
    """The phrases that say a product can be had, and the words that tell a delivery from a sale."""

    predicate: Predicate
    phrases: tuple[tuple[Pattern, bool], ...]  # with whether the product is the subject
    milestones: Vocabulary
    regions: Vocabulary
    people: Vocabulary
    delays: tuple[Pattern, ...]


def offering_of(catalogue: Catalogue) -> Offering | None:
    """What the catalogue says about availability; None where it has no such predicate."""
    predicate = next(
        (
            one
            for one in catalogue.predicates
            if "product" in one.subject and one.values == ("period",) and "milestone" in one.slot
        ),
        None,
    )
    if predicate is None:
        return None
    phrases = tuple(
        (compile_pattern(phrase, subject=("product",), object_=("org",)), phrase.startswith("S ")) for phrase in predicate.phrases
    )
    delays = tuple(
        compile_pattern(phrase, subject=("product",), object_=("org",))
        for one in catalogue.predicates
        if "product" in one.subject
        for phrase in one.states.get("delayed", ())
    )
    return Offering(
        predicate,
        phrases,
        Vocabulary(catalogue.vocabularies.get("milestone", {})),
        Vocabulary(catalogue.vocabularies.get("region", {})),
        Vocabulary(catalogue.vocabularies.get("region_people", {})),
        delays,
    )


def propose(scene: Scene, number: int, parsed: Parsed, offering: Offering, reports: Reports) -> Iterator[Draft]:
    """Availability claims of one line."""
    if parsed.question or parsed.line.sentence.kind in {"heading", "row"}:
        return
    done: set[tuple[str, Period | None, object]] = set()
    for clause in parsed.clauses:
        for draft in (
            *_of_clause(scene, number, parsed, clause, offering, reports),
            *_put_off(scene, number, parsed, clause, offering, reports),
        ):
            key = (draft.subject, draft.value if isinstance(draft.value, Period) else None, draft.qualifiers.get("region"))
            if key not in done:
                done.add(key)
                yield draft


def _of_clause(
    scene: Scene, number: int, parsed: Parsed, clause: Clause, offering: Offering, reports: Reports
) -> Iterator[Draft]:
    tried = [(pattern, led) for pattern, led in offering.phrases if not pattern.needs or clause.group.lemma in pattern.needs]
    text = subjects.phrase_text(parsed, clause) if tried and any(token.letter == "t" for token in parsed.line.tokens) else ""
    if clause.group.lemma in _REACHING and _reaches_place(parsed, clause):
        time = _time(parsed, clause)
        holders = list(subjects.of_clause(scene, number, parsed, clause))
        if time is not None and holders and not overtaken(parsed, clause):
            yield from _drafts(scene, number, parsed, clause, offering, reports, holders, time)
            return
    for pattern, led in tried if text else ():
        match = match_phrase(pattern, text, clause, led=led)
        if match is not None and not led and _COUNT.search(text, 0, match.start("S") if match.groupdict().get("S") else 0):
            continue  # so many of them were shipped: a count
        if match is not None and "S" in match.groupdict():
            holders = [(mention.key, 1.0 if mention.how in subjects.NAMED else 0.96) for mention in keys_of(parsed, match["S"])]
        elif match is not None:
            holders = list(_had(scene, number, parsed, clause))
        elif (
            led
            and not (clause.subject and parsed.line.tokens[clause.subject[0]].letter == "p")
            and pattern.regex.match(f"‹p0› {text[text.find('«') :]}")
        ):
            holders = list(_of_item(scene, number, parsed, clause))
        else:
            continue
        if not holders:
            continue
        if overtaken(parsed, clause) or pending(parsed, clause):
            scene.note(number, offering.predicate.key, "dropped", "a plan of the past, or a thing still awaited")
            return
        time = _time(parsed, clause)
        if time is not None:
            yield from _drafts(scene, number, parsed, clause, offering, reports, holders, time)
            for other in _further(parsed, clause, time, offering):
                yield from _drafts(scene, number, parsed, clause, offering, reports, holders, other)
            return


def _reaches_place(parsed: Parsed, clause: Clause) -> bool:
    """Whether a verb's object is a part of the world: "reaches EMEA this month"."""
    tokens = parsed.line.tokens
    after = [index for index in clause.rest[:2] if tokens[index].low not in {"the", "in"}]
    return bool(after) and tokens[after[0]].letter == "l"


def _of_item(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> Iterator[tuple[str, float]]:
    """What a clause without a product of its own speaks of; in a labelled item ("Phase 1: … open to …") the list's whole."""
    label_end, labelled = subjects.label(parsed)
    if parsed.line.sentence.kind == "item" and label_end and labelled is None:
        whole = listing.whole_of_list(scene, number)
        if whole is not None:
            yield whole, 0.93
        return
    yield from subjects.of_clause(scene, number, parsed, clause)


def _had(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> Iterator[tuple[str, float]]:
    """What "customers get theirs", "deliveries start" are about: the product named in the line, else the one in mind."""
    line = parsed.line
    first = clause.group.first
    named = [
        line.mention(token).key
        for token in line.tokens[:first]
        if token.letter == "p" and line.mention(token).key not in scene.parts
    ]
    if named:
        yield named[-1], 0.93
        return
    yield from subjects.in_mind(scene, number, parsed)


def _time(parsed: Parsed, clause: Clause, prepositions: Sequence[str] = ()) -> TimeMention | None:
    """The time of a clause: the first after its verb, else the one the sentence opens with."""
    line = parsed.line
    for index in subjects.reach(parsed, clause):
        if (
            line.tokens[index].letter == "t"
            and _usable(line.time(line.tokens[index]))
            and (
                not prepositions
                or (index and line.tokens[index - 1].low in prepositions)
                or line.time(line.tokens[index]).preposition in prepositions
            )
        ):
            return line.time(line.tokens[index])
    if prepositions:
        return None
    end = min([*clause.subject_tokens, clause.group.first])
    early = [token for token in line.tokens[:end] if token.letter == "t"]
    if (
        early
        and not any(other.group.first < clause.group.first for other in parsed.clauses if other is not clause)
        and _usable(line.time(early[0]))
    ):
        return line.time(early[0])
    inside = [index for index in clause.subject_tokens if line.tokens[index].letter == "t"]
    return line.time(line.tokens[inside[0]]) if inside and _usable(line.time(line.tokens[inside[0]])) else None


def _further(parsed: Parsed, clause: Clause, first: TimeMention, offering: Offering) -> Iterator[TimeMention]:
    """The times after the first that a line gives with a place each: "in Japan in June and in Europe in July"."""
    line = parsed.line
    places = offers.places_in(parsed, offering.regions, offering.people)
    told: set[str] = set()
    for index in range(clause.group.last + 1, len(line.tokens)):
        if line.tokens[index].letter != "t" or not _usable(line.time(line.tokens[index])):
            continue
        regions = set(offers.regions_at(parsed, index, places))
        if line.time(line.tokens[index]) is not first and regions and not regions & told:
            yield line.time(line.tokens[index])
        told |= regions


def _usable(time: TimeMention) -> bool:
    return time.form not in _POINTING and not time.event and (time.period is not None or time.fiscal is not None)


def _drafts(
    scene: Scene,
    number: int,
    parsed: Parsed,
    clause: Clause,
    offering: Offering,
    reports: Reports,
    holders: Sequence[tuple[str, float]],
    time: TimeMention,
) -> Iterator[Draft]:
    scope = scene.scope(number, clause)
    if scope.modality is None:
        scene.note(number, offering.predicate.key, "dropped", scope.why)
        return
    if scope.negated and time.preposition not in {"before", "until", "till", "from"}:
        scene.note(number, offering.predicate.key, "dropped", "negated")
        return
    line = parsed.line
    modality = Modality.PLANNED if scope.modality is Modality.TARGETED else scope.modality
    present = (
        clause.group.form in {clause.group.lemma, clause.group.lemma + "s", clause.group.lemma + "es", "is", "are"}
        or clause.group.lead in {"participle", "gerund"}
        or clause.group.progressive
    )
    for key, certain in holders:
        period = _period(scene, parsed, clause, key, time, reports, ahead=modality is not Modality.ACTUAL or present)
        if period is None:
            continue
        if scope.negated or clause.group.lemma == "wait":  # "not until May", "have to wait until May": from then on
            begin = None
            if time.preposition in {"until", "till"} and time.inner is not None and period.end is not None:
                inner = time.inner
                begin = period.end - (inner.end - inner.start) if inner.start is not None and inner.end is not None else None
            period = Period(start=begin or period.start or period.end, end=None)
        stated = modality
        if stated is Modality.ACTUAL and is_future(scene, period):
            stated = Modality.PLANNED
        qualifiers: dict[str, Qualifier] = {}
        reached = subjects.reach(parsed, clause)
        words = line.text[clause.start : max([clause.end, *(line.tokens[index].end for index in reached)])]
        milestone = offering.milestones.first(words)
        if milestone and milestone != "opening":
            qualifiers["milestone"] = milestone
        places = offers.places_in(parsed, offering.regions, offering.people)
        at = next(index for index, token in enumerate(line.tokens) if token.letter == "t" and line.time(token) is time)
        regions = offers.regions_at(parsed, at, places)
        if not regions and len(places) < 2 and (region := region_of(parsed, clause, offering.regions)):
            regions = [region]
        for region in regions or [""]:
            yield Draft(
                rule="availability",
                subject=key,
                predicate=offering.predicate.key,
                line=number,
                start=line.sentence.start,
                end=line.sentence.end,
                value=period,
                qualifiers={**qualifiers, "region": region} if region else dict(qualifiers),
                modality=stated,
                attributed_to=attributed(scope, scene, parsed, clause),
                confidence=0.9 * certain,
                number=(time.start, time.end),
            )


def _period(
    scene: Scene, parsed: Parsed, clause: Clause, product: str, time: TimeMention, reports: Reports, *, ahead: bool
) -> Period | None:
    """The days meant; fiscal parts go by the calendar of the speaking company or of the product's maker."""
    found: Period | None = None
    if time.form == "fiscal":
        known = scene.entities.get(product)
        company = next(
            (
                scene.company(parsed.line.mention(parsed.line.tokens[index]).key)[0]
                for index in clause.subject
                if parsed.line.tokens[index].letter == "o"
            ),
            None,
        )
        company = company or (known.makers[0] if known is not None and known.makers else None)
        found = reports.resolve(time, company, ahead=ahead, fiscal=True)
    if found is None:
        found = time.ahead if ahead and time.ahead is not None else time.period
    return Period(start=found.start, end=found.end) if found is not None else None


def _put_off(scene: Scene, number: int, parsed: Parsed, clause: Clause, offering: Offering, reports: Reports) -> Iterator[Draft]:
    """ "X was pushed back to the third quarter": the new date is when it is to be had."""
    tried = [pattern for pattern in offering.delays if clause.group.lemma in pattern.needs and "S" in pattern.regex.groupindex]
    text = subjects.phrase_text(parsed, clause) if tried else ""
    if not _PUT_OFF.search(text):
        return
    for pattern in tried:
        match = match_phrase(pattern, text, clause, led=pattern.source.startswith("S "))
        if match is None:
            continue
        time = _time(parsed, clause, ("to", "until", "till", "into"))
        if time is None or scene.scope(number, clause).negated or overtaken(parsed, clause):
            return
        if time.preposition in {"until", "till"} and time.inner is not None:
            time = TimeMention(start=time.start, end=time.end, form="relative", period=time.inner)
        scope = scene.scope(number, clause)
        for mention in keys_of(parsed, match["S"]):
            period = _period(scene, parsed, clause, mention.key, time, reports, ahead=True)
            if period is not None and scope.modality is not None:
                yield _plain(parsed, number, offering, mention.key, period, scope, time)
        return


def _plain(parsed: Parsed, number: int, offering: Offering, key: str, period: Period, scope: Scope, time: TimeMention) -> Draft:
    sentence = parsed.line.sentence
    modality = Modality.RUMOURED if scope.modality is Modality.RUMOURED else Modality.PLANNED
    return Draft(
        rule="availability: put off",
        subject=key,
        predicate=offering.predicate.key,
        line=number,
        start=sentence.start,
        end=sentence.end,
        value=period,
        modality=modality,
        attributed_to=scope.attributed_to,
        confidence=0.84,
        number=(time.start, time.end),
    )


def is_future(scene: Scene, period: Period) -> bool:
    """Whether a period begins after the article's day."""
    day = scene.published or scene.anchor
    first = period.start or period.end
    return first is not None and first > day


def region_of(parsed: Parsed, clause: Clause | None, regions: Vocabulary) -> str | None:
    """The part of the world a clause speaks of, or the one its sentence opens with ("In North America it …")."""
    tokens = parsed.line.tokens
    indices = [*clause.subject_tokens, *clause.rest] if clause is not None else list(range(len(tokens)))
    for index in [*indices, *range(min(4, len(tokens)))]:
        if tokens[index].letter == "l" and index and tokens[index - 1].low in {"in", "across", "for", "the", "throughout", "to"}:
            return regions.slug(parsed.line.text[tokens[index].start : tokens[index].end])
    return None
