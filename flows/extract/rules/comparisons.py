"""Performance: how many times, or how many percent, a product does better than another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.folding import words
from flows.extract.naming import slug
from flows.extract.rules import subjects
from flows.extract.rules.measures import clause_at
from flows.extract.scene import Draft, Scene
from flows.extract.spans import QuantityMention
from flows.extract.vocabulary import Vocabulary
from storage.model import Modality
from storage.values import Modifier, Percent, Qualifier, Quantity, Ratio

_LOWER = words(
    """
    lower slower less fewer cheaper smaller reduction decrease saving savings reduced cut
    """
)
_HIGHER = words(
    """
    higher faster more better greater quicker longer larger bigger increase improvement boost gain uplift jump speedup
    speed-up many much
    """
)
_PLAIN = frozenset(["lighter", "thinner", "heavier", "thicker"])
_LINKS = frozenset(["than", "compared", "over", "versus", "vs", "as", "against", "relative"])
_EARLIER = re.compile(
    r"\b(?:its |the |their )?(?P<what>predecessors?|previous(?: [\w-]+)? (?:generation|model|version)|(?:last|"
    r"prior)[- ](?:generation|year's model)|(?:previous|last|prior) generation|generation before)\b",
    re.IGNORECASE,
)
_FINANCE = re.compile(
    r"\b(?:revenues?|sales|profits?|income|earnings|shares?|stock|margin|shipments|orders|bookings|demand|market|"
    r"year on year|year over year|a year (?:ago|earlier)|quarter)\b",
    re.IGNORECASE,
)
_CLAIMING = words("claim promise cite quote state boast advertise tout say")
_STOP = words("and but while thanks because which that who when , ; : . – — (")


@dataclass(frozen=True, slots=True)
class Comparing:
    """The predicate for comparisons and the words that name what is compared."""

    predicate: Predicate
    words: Vocabulary


def comparing_of(catalogue: Catalogue) -> Comparing | None:
    """What the catalogue says about comparisons of products; None where it has no such predicate."""
    predicate = next((one for one in catalogue.predicates if "product" in one.subject and "baseline" in one.slot), None)
    return None if predicate is None else Comparing(predicate, Vocabulary(catalogue.vocabularies.get("measure", {})))


def propose(scene: Scene, number: int, parsed: Parsed, comparing: Comparing, taken: set[int]) -> Iterator[Draft]:
    """Performance claims of one line; the tokens read are added to `taken`."""
    line = parsed.line
    if parsed.question or line.sentence.kind in {"heading", "row"}:
        return
    baseline: str | None = None
    for index, token in enumerate(line.tokens):
        if not token.is_value or token.letter not in {"r", "c", "q"}:
            continue
        quantity = line.quantity(token)
        direction = _direction(parsed, index, quantity)
        if direction is None:
            continue
        found = _baseline(parsed, index)
        if found is None and baseline is None:
            if isinstance(quantity.value, Ratio | Percent) and not isinstance(quantity.value, Percent):
                scene.note(number, "performance", "considered", "compared with nothing named")
            continue
        baseline = found or baseline
        assert baseline is not None  # noqa: S101 - one of the two is there
        yield from _drafts(scene, number, parsed, comparing, index, quantity, direction, baseline, taken)


def _direction(parsed: Parsed, index: int, quantity: QuantityMention) -> str | None:
    """Whether the figure says more or less of something; None where it compares nothing."""
    value = quantity.value
    if not isinstance(value, Ratio | Percent) or quantity.points or quantity.word is not None:
        return None
    tokens = parsed.line.tokens
    following = [token.low for token in tokens[index + 1 : index + 6]]
    for place, word in enumerate(following):
        if word in _STOP or word in _PLAIN or (word in {"of", "in", "to", "from"} and place == 0):
            return None
        if word in _LOWER:
            return "lower"
        if word in _HIGHER:
            return "higher"
        if (
            word == "as"
            and place + 1 < len(following)
            and following[place + 1] in {"fast", "quick", "efficient", "powerful", "long", "large", "many", "much", "high"}
        ):
            return "higher"
        if word == "the" and isinstance(value, Ratio) and place == 0:
            return "higher"
        if place >= 1 and word not in {"times", "x", "as", "a", "an", "up"} and not isinstance(value, Ratio):
            return None
    return None


def _baseline(parsed: Parsed, index: int) -> str | None:
    """What is compared with: the first product after "than", "compared to", "as …", or an unnamed predecessor."""
    line = parsed.line
    tokens = line.tokens
    linked = -1
    for at in range(index + 1, len(tokens)):
        low = tokens[at].low
        if low in {";", "."} or tokens[at].letter in {"r", "c"}:
            break
        if (low in _LINKS and not (low == "as" and at <= index + 2)) or (low == "of" and tokens[index + 1].low == "the"):
            linked = at
        if linked >= 0 and tokens[at].letter == "p":
            mention = line.mention(tokens[at])
            if mention.possessive and mention.how == "pronoun":
                break
            return mention.key
    if linked < 0:
        return None
    earlier = _EARLIER.search(line.text, tokens[linked].end, line.sentence.end)
    if earlier is not None:  # "its predecessor, the X"
        beside = [token for token in tokens if earlier.end() <= token.start <= earlier.end() + 8]
        named = next((token for token in beside if token.letter == "p"), None)
        if (named is not None and beside[0].low in {",", "("}) or (named is not None and beside[0] is named):
            return line.mention(named).key
    return (
        slug(earlier["what"].rstrip("s") if earlier["what"].lower().startswith("predecessor") else earlier["what"])
        if earlier
        else None
    )


def _drafts(
    scene: Scene,
    number: int,
    parsed: Parsed,
    comparing: Comparing,
    index: int,
    quantity: QuantityMention,
    direction: str,
    baseline: str,
    taken: set[int],
) -> Iterator[Draft]:
    line = parsed.line
    value = quantity.value
    head = _head(parsed, index)
    measure = comparing.words.first(head) or _words(head)
    if isinstance(value, Quantity) or _FINANCE.search(head):
        return
    clause = clause_at(parsed, index)
    if measure is None or measure == "speed":
        measure = _subject_measure(parsed, clause, comparing) or measure or "speed"
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated:
        scene.note(number, comparing.predicate.key, "dropped", scope.why or "negated")
        return
    speaker = _claimer(scene, parsed, clause)
    qualifiers: dict[str, Qualifier] = {"measure": measure, "baseline": baseline, "direction": direction}
    for key, certain in _performers(scene, number, parsed, clause, baseline, speaker):
        if key == baseline:
            continue
        taken.add(index)
        yield Draft(
            rule="performance",
            subject=key,
            predicate=comparing.predicate.key,
            line=number,
            start=line.sentence.start,
            end=line.sentence.end,
            value=value if isinstance(value, Ratio | Percent) else None,
            qualifiers=dict(qualifiers),
            modality=Modality.PLANNED if scope.modality is Modality.TARGETED else scope.modality,
            attributed_to=scope.attributed_to or speaker,
            confidence=(0.9 if value.modifier is not Modifier.RANGE else 0.85) * certain,
            number=(quantity.start, quantity.end),
        )
        return


def _head(parsed: Parsed, index: int) -> str:
    """The words between the figure and what it is compared with."""
    words: list[str] = []
    for token in parsed.line.tokens[index + 1 : index + 14]:
        if token.low in {"than", "compared", "versus", "vs", ";", ".", ",", "and"} or token.is_value or token.is_entity:
            break
        words.append(token.low)
    return " ".join(words)


def _words(head: str) -> str | None:
    """A measure in the text's own words where the catalogue has none: "10x lower X per Y"."""
    kept = [
        word
        for word in head.split()
        if word
        not in _LOWER
        | _HIGHER
        | _LINKS
        | {"times", "the", "a", "an", "in", "of", "up", "to", "faster", "x", "over", "fast", "quick"}
        and word.replace("-", "").isalpha()
    ]
    return "_".join(kept[:4]) or None


def _subject_measure(parsed: Parsed, clause: Clause | None, comparing: Comparing) -> str | None:
    """ "Its cost per token is up to 10x lower than …": the measure is the clause's subject."""
    if clause is None:
        return None
    words = " ".join(parsed.line.tokens[index].low for index in clause.subject_tokens)
    return comparing.words.last(words)


def _claimer(scene: Scene, parsed: Parsed, clause: Clause | None) -> str | None:
    """The company whose claim of its own product a clause tells: "A claims up to ten times …"."""
    for one in (clause, *parsed.clauses):
        if one is None or one.group.lemma not in _CLAIMING:
            continue
        for index in one.subject:
            if parsed.line.tokens[index].letter == "o":
                return scene.company(parsed.line.mention(parsed.line.tokens[index]).key)[0]
    return None


def _performers(
    scene: Scene, number: int, parsed: Parsed, clause: Clause | None, baseline: str, speaker: str | None
) -> Iterator[tuple[str, float]]:
    """What performs so: the clause's product; in a company's own claim the product of its that the text is about."""
    line = parsed.line
    if line.sentence.kind == "item" and (clause is None or not clause.subject):
        yield from subjects.in_mind(scene, number, parsed)
        return
    if clause is not None:
        compared = [line.mention(line.tokens[index]).key for index in clause.subject if line.tokens[index].letter == "p"]
        if not compared or compared == [baseline]:
            for other in _before(parsed, clause):
                yield from subjects.of_clause(scene, number, parsed, other)
        else:
            yield from subjects.of_clause(scene, number, parsed, clause)
    if speaker is not None:
        own = subjects.last_of_maker(scene, number, speaker)
        if own is not None and own != baseline:
            yield own, 0.92
            return
        for key, certain in subjects.in_mind(scene, number, parsed):
            if subjects.makes(scene, speaker, key):
                yield key, certain
        return
    if clause is None or not clause.subject:
        yield from ((key, 0.95 * certain) for key, certain in subjects.in_mind(scene, number, parsed))


def _before(parsed: Parsed, clause: Clause) -> Iterator[Clause]:
    """The clause itself and the ones before it, nearest first: "offers up to 10x lower cost … compared to"."""
    at = parsed.clauses.index(clause)
    yield from (one for one in reversed(parsed.clauses[: at + 1]) if one.group.lemma not in _CLAIMING)
