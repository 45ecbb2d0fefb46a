"""How far a product is: its production status, and since when or from when customers can have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.folding import words
from flows.extract.patterns import Pattern, compile_pattern
from flows.extract.rules import subjects
from flows.extract.scene import Draft, Scene, keys_of
from flows.extract.scope import Scope
from storage.model import Modality
from storage.values import Period, Qualifier, Status

_DENYING = frozenset(["deny", "refute", "reject", "rebut", "dismiss", "contradict"])
_RUMOUR = re.compile(r"\b(?:reports?|rumou?rs?|talk|speculation|claims?|gossip|suggestions?)\b", re.IGNORECASE)
_SPOKEN_FOR = re.compile(r"\bspokes(?:man|woman|person|people)\b", re.IGNORECASE)
_PENDING = frozenset(["before", "until", "till", "once", "when", "whether", "unless", "should"])
_OVERTAKEN = words("mean suppose supposed due expect schedule scheduled plan set slate slated intend")


@dataclass(frozen=True, slots=True)
class State:
    """One phrase for one state of a status."""

    predicate: Predicate
    state: str
    pattern: Pattern
    led: bool  # the product is the subject


def states_of(catalogue: Catalogue) -> tuple[State, ...]:
    """The phrases of the catalogue's status predicates of products, state by state in the order given."""
    return tuple(
        State(predicate, state, compile_pattern(phrase, subject=predicate.subject, object_=("org",)), phrase.startswith("S "))
        for predicate in catalogue.predicates
        if "status" in predicate.values and "product" in predicate.subject
        for state, phrases in predicate.states.items()
        for phrase in phrases
    )


def propose(scene: Scene, number: int, parsed: Parsed, states: Sequence[State]) -> Iterator[Draft]:
    """Status claims of one line."""
    if parsed.question or parsed.line.sentence.kind in {"heading", "row"}:
        return
    done: set[tuple[str, str]] = set()
    for clause in parsed.clauses:
        for draft in _of_clause(scene, number, parsed, clause, states):
            key = (draft.subject, str(draft.modality))
            if key not in done:
                done.add(key)
                yield draft


def _of_clause(scene: Scene, number: int, parsed: Parsed, clause: Clause, states: Sequence[State]) -> Iterator[Draft]:
    tried = [state for state in states if not state.pattern.needs or clause.group.lemma in state.pattern.needs]
    text = subjects.phrase_text(parsed, clause) if tried else ""
    for state in tried:
        found = list(_holders(scene, number, parsed, clause, state, text))
        if not found or not _stands(clause, state):
            continue
        if overtaken(parsed, clause) or pending(parsed, clause):
            scene.note(number, state.predicate.key, "dropped", "a plan of the past, or a thing still awaited")
            return
        yield from _drafts(scene, number, parsed, clause, state, found)
        return


def _holders(scene: Scene, number: int, parsed: Parsed, clause: Clause, state: State, text: str) -> Iterator[tuple[str, float]]:
    """The products a phrase says the state of: the one it names, or what its stand-in subject means."""
    match = match_phrase(state.pattern, text, clause, led=state.led)
    if match is not None and not match.groupdict().get("S"):  # "volume production is to start": of what the text speaks of
        named = {parsed.line.mention(token).key for token in parsed.line.tokens if token.letter == "p"}
        if len(named) == 1 and not clause.subject:
            yield named.pop(), 0.95
        else:
            yield from subjects.in_mind(scene, number, parsed, before=clause.group.first)
        return
    if match is not None:
        for mention in keys_of(parsed, match["S"]):
            yield mention.key, 1.0 if mention.how in subjects.NAMED else 0.96
        return
    following = parsed.line.tokens[clause.group.last + 1 : clause.group.last + 2]
    if clause.group.form.endswith("ing") and following and following[0].low == "of":  # "sampling of the X starts": a noun
        return
    if not state.led or (clause.subject and parsed.line.tokens[clause.subject[0]].letter == "p"):
        return
    if state.pattern.regex.match(f"‹p0› {text[text.find('«') :]}"):
        yield from subjects.of_clause(scene, number, parsed, clause)


def match_phrase(pattern: Pattern, text: str, clause: Clause, *, led: bool) -> re.Match[str] | None:
    """A phrase where it is said of this clause's own verb, not of one that its object or a reported clause has."""
    if led:
        return pattern.regex.match(text)
    found = pattern.regex.search(text)
    return found if found is not None and ("«" not in found[0] or text[text.find("«") : text.find("»") + 1] in found[0]) else None


def _stands(clause: Clause, state: State) -> bool:
    """Whether a phrase says how things stand: "ships" alone is no more than a habit or a promise."""
    group = clause.group
    if state.state != "shipping":
        return True
    if group.modals or set(group.chain) - {"begin", "start"}:
        return False  # to ship later: that is availability
    return (
        group.lemma != "ship"
        or group.progressive
        or group.perfect
        or bool(group.chain)
        or bool({"already", "now"} & set(group.adverbs))
        or group.form.endswith("ed")
    )


def _drafts(
    scene: Scene, number: int, parsed: Parsed, clause: Clause, state: State, found: Sequence[tuple[str, float]]
) -> Iterator[Draft]:
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.modality is Modality.TARGETED:
        scene.note(number, state.predicate.key, "dropped", scope.why or "only a wish")
        return
    modality, by = scope.modality, scope.attributed_to
    denier = _denier(scene, parsed, clause)
    rumoured = False
    if denier is not None:
        modality, by, rumoured = (
            Modality.DENIED,
            denier,
            bool(_RUMOUR.search(parsed.line.text, parsed.line.sentence.start, clause.start)),
        )
    elif scope.negated:
        by = by or _spoken_for(scene, number, parsed, clause)
        if by is None:
            scene.note(number, state.predicate.key, "dropped", "negated")
            return
        modality = Modality.DENIED
    qualifiers: dict[str, Qualifier] = {}
    if (period := _when(parsed, clause, ahead=modality is Modality.PLANNED)) is not None:
        qualifiers["period"] = period
        if modality is Modality.ACTUAL and period.start is not None and period.start > (scene.published or scene.anchor):
            modality = Modality.PLANNED  # what is dated ahead has not come about
    sentence = parsed.line.sentence
    for key, certain in found:
        for how, who in [(modality, by), *([(Modality.RUMOURED, None)] if rumoured else [])]:
            yield Draft(
                rule=f"{state.predicate.key}: {state.pattern.source}",
                subject=key,
                predicate=state.predicate.key,
                line=number,
                start=sentence.start,
                end=sentence.end,
                value=Status(state=state.state),
                qualifiers=dict(qualifiers),
                modality=how,
                attributed_to=who,
                confidence=0.9 * certain,
            )


def overtaken(parsed: Parsed, clause: Clause) -> bool:
    """Whether a clause tells a plan of the past ("was meant to ship in May"), no claim of today's but in reported speech."""
    group = clause.group
    words = {token.low for token in parsed.line.tokens[group.first : group.last + 1]}
    after = parsed.line.tokens[group.last + 1].low if group.last + 1 < len(parsed.line.tokens) else ""
    planned = bool(_OVERTAKEN & {group.lemma, *group.chain}) or group.be_to or (group.lemma == "be" and after in _OVERTAKEN)
    told = any(
        other.group.lemma in {"say", "confirm", "announce", "tell", "add"} for other in parsed.clauses if other is not clause
    )
    return planned and not told and (bool({"was", "were"} & words) or "had" in words or "originally" in words)


def pending(parsed: Parsed, clause: Clause) -> bool:
    """Whether a clause in the present tense is only waited for: "before it enters production", "once it ships"."""
    first = min([*clause.subject_tokens, clause.group.first])
    before = parsed.line.tokens[first - 1].low if first else ""
    past = clause.group.form.endswith("ed") or clause.group.form not in {
        clause.group.lemma,
        clause.group.lemma + "s",
        clause.group.lemma + "es",
        "is",
        "are",
    }
    return before in _PENDING and not past


def _when(parsed: Parsed, clause: Clause, *, ahead: bool) -> Period | None:
    """The time a state is dated to; not the one it lasts until."""
    for index in subjects.reach(parsed, clause):
        if parsed.line.tokens[index].letter == "t":
            time = parsed.line.time(parsed.line.tokens[index])
            if (index and parsed.line.tokens[index - 1].low in {"to", "until", "till", "by"}) or time.preposition in {
                "until",
                "before",
                "by",
            }:
                continue
            if time.period is not None and time.form not in {"horizon", "same", "year_earlier", "previous"}:
                period = time.ahead if ahead and time.ahead is not None else time.period
                return Period(start=period.start, end=period.end)
    return None


def _denier(scene: Scene, parsed: Parsed, clause: Clause) -> str | None:
    """Who denies what a clause says: "A denied that X was delayed"."""
    for other in parsed.clauses:
        if other.group.lemma not in _DENYING or other.group.negated or other.group.first >= clause.group.first:
            continue
        between = parsed.line.text[parsed.line.tokens[other.group.last].end : clause.start]
        if re.search(r"[;.]|\bbut\b|\band said\b", between):
            continue
        for index in (*other.subject, *other.owners):
            mention = parsed.line.mention(parsed.line.tokens[index])
            if mention.kind in {"org", "person"}:
                return scene.company(mention.key)[0]
    return None


def _spoken_for(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> str | None:
    """The company whose unnamed spokesperson is quoted: the one named beside the word, else the one in the line before."""
    sentence = parsed.line.sentence
    if not any(start <= clause.start < end for start, end in sentence.quoted):
        return None
    spoken = _SPOKEN_FOR.search(scene.text, sentence.start, sentence.end)
    if spoken is None:
        return None
    near = [
        parsed.line.mention(token).key
        for token in parsed.line.tokens
        if token.letter == "o" and abs(token.start - spoken.start()) < 40
    ]
    return scene.company(near[0])[0] if near else scene.company_before(number)


def attributed(scope: Scope, scene: Scene, parsed: Parsed, clause: Clause | None) -> str | None:
    """Who says it: the scope's speaker, or the company whose own expectation it is."""
    if scope.attributed_to is not None or clause is None:
        return scope.attributed_to
    if clause.group.passive or not {"expect", "plan", "intend"} & {clause.group.lemma, *clause.group.chain}:
        return None
    for index in clause.subject:
        if parsed.line.tokens[index].letter == "o":
            return scene.company(parsed.line.mention(parsed.line.tokens[index]).key)[0]
    return None
