"""How a relation is told: how surely, by whom, denied or not, and which companies a clause has for its subject."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from flows.extract.clauses import Clause, Parsed
from flows.extract.scene import Draft, Scene
from flows.extract.spans import Mention
from storage.model import Modality
from storage.values import Money, Qualifier, Value

DENYING = frozenset(["deny", "rebut", "refute", "dismiss", "reject", "contradict"])
_ENDING = frozenset(["use", "stop", "cease", "quit", "avoid", "refuse", "decline", "fail"])
_UNREACHED = frozenset(
    [
        "refuse",
        "decline",
        "fail",
        "lose",
        "expect",
        "want",
        "urge",
        "ask",
        "allow",
        "press",
        "need",
        "hope",
        "wait",
        "try",
        "miss",
    ]
)
_CIRCUMSTANCES = frozenset(["once", "when", "after", "until", "before", "whether", "unless", "should", "lest"])
_CONTRARY = re.compile(r"\bcontrary to (?:\w+ ){0,3}(?:reports?|rumou?rs?|claims?|speculation)\b", re.IGNORECASE)
_OTHERS_REPORT = re.compile(
    r"\b(?:reports?|rumou?rs?|claims?|speculation|suggestions?|allegations?|story|stories|article|gossip|talk)\b"
)
_TALKS = re.compile(r"\b(?:talks|negotiations|discussions)\b")
_WISHING = frozenset(["like", "love", "prefer"])
_CLOSE = re.compile(r"\b(?:close|near|closing in|on the verge)\b")
_INNER_NEGATION = re.compile(r"[^«]*«[^»]*» (?:\W )?(?:not|neither|no longer|no|never) ")
_SYMMETRIC = frozenset(["partnership"])


@dataclass(frozen=True, slots=True)
class Telling:
    """How a clause tells what it tells. `contrary`: it denies what it says others report."""

    scene: Scene
    number: int
    parsed: Parsed
    modality: Modality
    attributed_to: str | None = None
    speakers: tuple[str, ...] = ()
    negated: bool = False
    contrary: bool = False


def told(scene: Scene, number: int, parsed: Parsed, clause: Clause | None) -> Telling | None:
    """How a clause is told, or None where it is no claim: a question, a condition, a circumstance, a plain negation."""
    scope = scene.scope(number, clause)
    if scope.modality is None:
        scene.note(number, "relation", "dropped", scope.why)
        return None
    attributed, modality, speakers = scope.attributed_to, scope.modality, scope.speakers
    if clause is None:
        return Telling(scene, number, parsed, modality, attributed, speakers)
    first = min([*clause.subject_tokens, clause.group.first])
    if first and parsed.line.tokens[first - 1].low in _CIRCUMSTANCES:
        scene.note(number, "relation", "considered", "a circumstance, not what is said")
        return None
    if clause.group.modals[:1] in {("should",), ("ought",), ("can",), ("need",)}:
        scene.note(number, "relation", "dropped", f"only {clause.group.modals[0]}")
        return None
    if (
        clause.group.lead in {"gerund", "infinitive"}
        and 0 <= clause.parent < len(parsed.clauses)
        and _declined(parsed.clauses[clause.parent])
    ):
        scene.note(number, "relation", "dropped", "what it depends on is negated")
        return None
    if set(clause.group.chain) & _ENDING:
        scene.note(number, "relation", "dropped", "it has come to an end, or never came about")
        return None
    if _wished(parsed, clause):
        scene.note(number, "relation", "dropped", "only wished for")
        return None
    if modality in {Modality.ACTUAL, Modality.PLANNED} and _only_discussed(scene, number, parsed, clause):
        modality = Modality.RUMOURED
    contrary = _CONTRARY.search(parsed.line.text, parsed.line.sentence.start, parsed.line.sentence.end) is not None
    negated = scope.negated or _INNER_NEGATION.match(clause.text) is not None
    denier, disputing = _denier(scene, parsed, clause)
    contrary = contrary or disputing
    if denier is not None and not negated:
        return Telling(scene, number, parsed, Modality.DENIED, denier or attributed, speakers, negated=True, contrary=contrary)
    if negated:
        if not (attributed or speakers or contrary):
            scene.note(number, "relation", "dropped", "negated")
            return None
        return Telling(scene, number, parsed, Modality.DENIED, attributed, speakers, negated=True, contrary=contrary)
    return Telling(scene, number, parsed, modality, attributed, speakers, contrary=contrary)


def _declined(parent: Clause) -> bool:
    """Whether what a clause depends on does not happen: "is not interested in", "refused to"."""
    return parent.group.negated or parent.group.lemma in _UNREACHED or _INNER_NEGATION.match(parent.text) is not None


def _before(parsed: Parsed, clause: Clause) -> Clause | None:
    """The clause that an infinitive or a gerund hangs on: "is in talks" of "to buy", "is close" of "to buying"."""
    if clause.group.lead not in {"infinitive", "gerund"}:
        return None
    if 0 <= clause.parent < len(parsed.clauses):
        return parsed.clauses[clause.parent]
    at = parsed.clauses.index(clause)
    return parsed.clauses[at - 1] if at and not parsed.clauses[at - 1].relative else None


def _wished(parsed: Parsed, clause: Clause) -> bool:
    """Whether somebody only would like to: "would like to buy"."""
    parent = _before(parsed, clause)
    if parent is None or parent.group.modals[:1] not in {("would",), ("'d",)}:
        return False
    following = parsed.line.tokens[parent.group.last + 1].low if parent.group.last + 1 < len(parsed.line.tokens) else ""
    return parent.group.lemma in _WISHING or following in _WISHING


def _only_discussed(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> bool:
    """Whether a clause hangs on talks, or on one that is itself a rumour: talks held are no deal done."""
    parent = _before(parsed, clause)
    if parent is None:
        return False
    words = " ".join(parsed.line.tokens[index].low for index in range(parent.group.last, clause.group.first))
    return _TALKS.search(words) is not None or scene.scope(number, parent).modality is Modality.RUMOURED


def _denier(scene: Scene, parsed: Parsed, clause: Clause) -> tuple[str | None, bool]:
    """Who denies what a clause says ("" where unnamed, None where nobody does), and whether it is others' report of it."""
    line = parsed.line
    for other in parsed.clauses:
        if other.group.lemma not in DENYING or other.group.negated or other.group.first >= clause.group.first or other is clause:
            continue
        if re.search(r"[;:]|\.\s", line.text[line.tokens[other.group.last].end : clause.start]):
            continue
        what = " ".join(token.low for token in line.tokens[other.group.last + 1 : other.group.last + 7])
        disputing = _OTHERS_REPORT.search(what) is not None
        for index in (*other.subject, *other.owners):
            token = line.tokens[index]
            if token.letter in {"o", "n"}:
                return line.mention(token).key, disputing
        return "", disputing
    return None, False


def followed(
    telling: Telling,
    predicate: str,
    pairs: Iterable[tuple[str, str]],
    *,
    value: Value | None = None,
    converted: Money | None = None,
    qualifiers: Mapping[str, Qualifier] | None = None,
    rule: str = "",
    confidence: float = 0.85,
) -> Iterator[Draft]:
    """The claims a telling makes of some pairs, symmetric ones in alphabetical order.

    What is denied against the reports of others is claimed as their rumour as well.
    """
    line = telling.parsed.line
    scene = telling.scene
    for one, other in dict.fromkeys(pairs):
        if one == other:
            continue
        subject, object_ = sorted((one, other)) if predicate in _SYMMETRIC else (one, other)
        carried: dict[str, Qualifier] = dict(qualifiers or {})
        if converted is not None:
            carried["converted"] = converted
        if telling.speakers:
            carried["speakers"] = ", ".join(telling.speakers)
        if predicate == "acquisition" and (subject, object_) not in scene.deals:
            scene.deals.append((subject, object_))
        if predicate == "acquisition" and telling.modality is Modality.RUMOURED:
            scene.rumours.append((telling.number, subject, object_))
        if predicate == "investment":
            scene.invested[subject] = object_
            if scene.kind(object_) in {"product", "place"} and telling.modality in {Modality.ACTUAL, Modality.PLANNED}:
                scene.landlords.append(subject)
        modalities = [telling.modality]
        if telling.modality is Modality.DENIED and telling.contrary:
            modalities.append(Modality.RUMOURED)
        for modality in modalities:
            yield Draft(
                rule=rule or predicate,
                subject=subject,
                object=object_,
                predicate=predicate,
                line=telling.number,
                start=line.sentence.start,
                end=line.sentence.end,
                value=value,
                qualifiers=dict(carried),
                modality=modality,
                attributed_to=telling.attributed_to if modality is telling.modality else None,
                confidence=confidence,
            )


def orgs(scene: Scene, mentions: Iterable[Mention]) -> list[str]:
    """The companies some mentions stand for, divisions as their company, groups as their members."""
    keys: list[str] = []
    for mention in mentions:
        for key in mention.members or (mention.key,):
            company = scene.company(key)[0] if mention.kind == "org" else key
            if company not in keys:
                keys.append(company)
    return keys


def employers_and(scene: Scene, parsed: Parsed, clause: Clause) -> list[str]:
    """The companies that are a clause's subject, with those a conjunction joins to it.

    "The Hon Hai group" is the company, and so is whose group, company or firm the subject is.
    """
    line = parsed.line
    tokens = line.tokens
    indices = [index for index in clause.subject if tokens[index].letter == "o"]
    if not indices and clause.head.split()[-1:] and clause.head.split()[-1] in {"group", "company", "firm", "subsidiary"}:
        indices = [index for index in clause.owners if tokens[index].letter == "o"]
    if clause.subject_tokens:
        first = min(clause.subject_tokens)
        listed = False  # a comma goes on with a list only where an "and" ends it
        while (
            first >= 2
            and tokens[first - 1].low in {"and", ","}
            and tokens[first - 2].letter == "o"
            and (tokens[first - 1].low == "and" or listed)
        ):
            listed = listed or tokens[first - 1].low == "and"
            first -= 2
            indices.insert(0, first)
    return orgs(scene, [line.mention(tokens[index]) for index in indices])


def company_in_mind(scene: Scene, number: int, exclude: Collection[str], *, within: int = 5) -> str | None:
    """The company a reader thinks of at a line: the subject of the nearest line before, or whom its speaker speaks for."""
    for back in range(number - 1, max(-1, number - 1 - within), -1):
        parsed = scene.lines[back]
        tokens = parsed.line.tokens
        for clause in parsed.clauses:
            for index in (*clause.subject, *clause.owners):
                mention = parsed.line.mention(tokens[index]) if tokens[index].letter in {"o", "n"} else None
                if mention is None or mention.members:
                    continue
                if mention.kind == "org":
                    key: str | None = scene.company(mention.key)[0]
                else:
                    key = scene.employers[mention.key][0] if mention.key in scene.employers else None
                if key is not None and key not in exclude:
                    return key
        for token in tokens:
            if (
                token.letter == "o"
                and not parsed.line.mention(token).members
                and (key := scene.company(parsed.line.mention(token).key)[0]) not in exclude
            ):
                return key
    return None
