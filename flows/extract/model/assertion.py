"""What a model asserts → a draft like a rule's, or why it is none.

The model points at words; they must stand in the text, and what they mean our own readers say:
names by the mentions found in the text, numbers by the quantities, times by the calendars, hedges
by the clause. So a digit it altered, a name it made up and a date it worked out are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.config.catalogue import Predicate
from flows.extract.model.answer import Assertion
from flows.extract.naming import slug
from flows.extract.periods import Reports
from flows.extract.quantities import find as find_quantities
from flows.extract.scene import Draft, Scene
from flows.extract.spans import QuantityMention, TimeMention
from flows.extract.values import negative, percent_of_ratio
from flows.extract.vocabulary import Vocabulary
from storage.model import Modality, Span
from storage.values import Percent, Period, Qualifier, Quantity, Ratio, Status, Text, Value

CONFIDENCE = 0.7
"""Of what a model alone says: above what is dropped, below what a rule is sure of. What it thinks of itself is not asked."""
_NAMED = frozenset(["alias", "form", "surname", "abbreviation"])
_NEAR = 600
"""Code points around a quote in which the words of its period and its qualifiers may stand."""
_FALLING = re.compile(
    r"\b(?:f[ae]ll\w*|drop\w*|declin\w*|decreas\w*|down|lower|shr[aiu]nk\w*|slid\w*|sank|plung\w*|tumbl\w*|lost|slump\w*)\b",
    re.IGNORECASE,
)
_RISING = re.compile(
    r"\b(?:r[io]se\w*|rising|gr[eo]w\w*|grown|growth|increas\w*|up|higher|jump\w*|climb\w*|soar\w*|surg\w*|gain\w*|doubl\w*|tripl\w*)\b",
    re.IGNORECASE,
)
_QUOTATION = "\"'“”„«»‘’「」"
_LIKE = {
    '"': '["“”„«»]',
    "“": '["“”„«»]',
    "”": '["“”„«»]',
    "'": "['‘’]",
    "’": "['‘’]",
    "‘": "['‘’]",
    "-": "[-‐‑–—]",
    "–": "[-‐‑–—]",
    "—": "[-‐‑–—]",
}


class Refused(Exception):
    """Why an assertion is no draft."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in the text."""

    start: int
    end: int


def locate(words: str, text: str, start: int = 0, end: int | None = None) -> Place | None:
    """Where `words` stand between two places of a text: to the letter, save spacing, quotation marks and dashes."""
    end = len(text) if end is None else end
    at = text.find(words, start, end)
    if at >= 0:
        return Place(at, at + len(words))
    pattern = r"\s+".join("".join(_LIKE.get(char) or re.escape(char) for char in word) for word in words.split())
    found = re.compile(pattern).search(text, start, end) if pattern else None
    return Place(found.start(), found.end()) if found else None


class Reader:
    """Reads the assertions of one article."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._reports = Reports(scene.entities, scene.published)
        self._keys = dict(_names(scene))
        self._quantities = find_quantities(scene.text)
        self._times = sorted(
            {item for parsed in scene.lines for item in parsed.line.items if isinstance(item, TimeMention)},
            key=lambda mention: mention.start,
        )
        self._lines = [(parsed.line.sentence.start, parsed.line.sentence.end) for parsed in scene.lines]

    def draft(self, said: Assertion) -> Draft:
        """The draft of an assertion; Refused, saying why, where it is none."""
        predicate = self._scene.catalogue.by_key.get(said.predicate)
        if predicate is None:
            raise Refused(f"no predicate {said.predicate}")
        quote = locate(said.quote, self._scene.text)
        if quote is None:
            raise Refused("the quote does not stand in the text")
        subject, unit = self._scene.company(self._key(said.subject, "subject", predicate.subject))
        object_ = None
        if predicate.object:
            if said.object is None:
                raise Refused("names no object")
            object_ = self._scene.company(self._key(said.object, "object", predicate.object))[0]
            if object_ == subject:
                raise Refused("subject and object are one")
        place = locate(said.value, self._scene.text, quote.start, quote.end) if said.value else None
        if said.value and place is None:
            raise Refused("the value does not stand in the quote")
        number, modality = self._scope(place or quote, said)
        context: list[Span] = []
        qualifiers = self._qualifiers(said, predicate, quote, subject, modality, context)
        if unit is not None and "segment" in predicate.slot:
            qualifiers.setdefault("segment", slug(unit))
        return Draft(
            rule="model",
            subject=subject,
            predicate=predicate.key,
            object=object_,
            line=number,
            start=quote.start,
            end=quote.end,
            value=self._value(said, predicate, quote, place, modality),
            qualifiers=qualifiers,
            modality=modality,
            attributed_to=self._keys.get(_fold(said.attributed_to)) if said.attributed_to else None,
            confidence=CONFIDENCE,
            context=tuple(context),
            number=(place.start, place.end) if place else None,
        )

    def _key(self, name: str, role: str, kinds: Iterable[str]) -> str:
        key = self._keys.get(_fold(name))
        if key is None:
            raise Refused(f"{role} {name!r} is not named in the text")
        kind, wanted = self._scene.kind(key), tuple(kinds)
        if kind and wanted and kind not in wanted:
            raise Refused(f"{role} {key} is {kind}, not {' or '.join(wanted)}")
        return key

    def _scope(self, place: Place, said: Assertion) -> tuple[int, Modality]:
        """The line something stands in and how surely it is said there: where the text hedges, the text counts."""
        number = next((index for index, (start, end) in enumerate(self._lines) if start <= place.start < end), None)
        if number is None:
            raise Refused("stands in no sentence that is read")
        parsed = self._scene.lines[number]
        clause = next((clause for clause in parsed.clauses if clause.start <= place.start < clause.end), None)
        scope = self._scene.scope(number, clause)
        if scope.modality is None:
            raise Refused(scope.why or "the sentence asserts nothing")
        given = Modality(said.modality)
        return number, given if scope.modality is Modality.ACTUAL else scope.modality

    def _value(
        self, said: Assertion, predicate: Predicate, quote: Place, place: Place | None, modality: Modality
    ) -> Value | None:
        kinds = predicate.values
        if "status" in kinds:
            if said.state not in {state for chain in predicate.chains for state in chain}:
                raise Refused(f"no state {said.state}")
            return Status(state=said.state)
        if not kinds:
            return None
        if place is None:
            if predicate.read_as == "relation":
                return None
            raise Refused("gives no value")
        if "text" in kinds:
            return Text(text=self._words(predicate, place, quote))
        if "period" in kinds:
            return self._period(place, None, ahead=modality is not Modality.ACTUAL)
        return self._figure(said, predicate, quote, place)

    def _words(self, predicate: Predicate, place: Place, quote: Place) -> str:
        text = self._scene.text
        words = text[place.start : place.end].strip(_QUOTATION + " ,")
        if "text" in predicate.slot:  # a quotation: it stands between marks
            before, after = text[quote.start : place.start + 1], text[place.end - 1 : quote.end]
            if not (any(mark in before for mark in _QUOTATION) and any(mark in after for mark in _QUOTATION)):
                raise Refused("no quotation")
        return words

    def _figure(self, said: Assertion, predicate: Predicate, quote: Place, place: Place) -> Value:
        mention = _most_of(place, (one for one in self._quantities if quote.start <= one.start and one.end <= quote.end + 1))
        if not isinstance(mention, QuantityMention):
            raise Refused("no number that can be read")
        value: Value = mention.value
        if mention.points:
            raise Refused("a difference of percentages is no value")
        if isinstance(value, Ratio) and "ratio" not in predicate.values and "percent" in predicate.values:
            value = percent_of_ratio(value) or value
        if value.kind not in predicate.values:
            raise Refused(f"a {value.kind} is no {' or '.join(predicate.values)}")
        if isinstance(value, Quantity) and predicate.unit is not None and value.unit != predicate.unit:
            raise Refused(f"counts {value.unit}, not {predicate.unit}")
        if predicate.read_as == "growth" and isinstance(value, Percent):
            value = self._signed(value, said, quote)
        return value

    def _signed(self, value: Percent, said: Assertion, quote: Place) -> Percent:
        words = self._scene.text[quote.start : quote.end]
        falls, rises = bool(_FALLING.search(words)), bool(_RISING.search(words))
        down = said.direction == "down"
        if (down and rises and not falls) or (not down and falls and not rises):
            raise Refused("the text gives it the other sign")
        return negative(value) if down and value.number is not None and value.number > 0 else value

    def _qualifiers(
        self, said: Assertion, predicate: Predicate, quote: Place, subject: str, modality: Modality, context: list[Span]
    ) -> dict[str, Qualifier]:
        found: dict[str, Qualifier] = {}
        if said.period is not None and "period" in predicate.slot:
            place = self._near(said.period, quote, "period", context)
            found["period"] = self._period(place, subject, ahead=modality is not Modality.ACTUAL)
        for name, words in said.qualifiers.items():
            if name not in predicate.slot or name in {"period", "text"}:
                continue
            self._near(words, quote, name, context)
            table = self._scene.catalogue.vocabularies.get(name)
            found[name] = self._keys.get(_fold(words)) or (Vocabulary(table).slug(words) if table else slug(words))
        return found

    def _near(self, words: str, quote: Place, role: str, context: list[Span]) -> Place:
        """Where words stand: in the quote, else near it, and then they are part of the evidence."""
        text = self._scene.text
        place = locate(words, text, quote.start, quote.end)
        if place is None:
            place = locate(words, text, max(0, quote.start - _NEAR), min(len(text), quote.end + _NEAR))
            if place is None:
                raise Refused(f"{role} {words!r} does not stand near the quote")
            context.append(Span(role=role, start=place.start, end=place.end, quote=text[place.start : place.end]))
        return place

    def _period(self, place: Place, company: str | None, *, ahead: bool) -> Period:
        mention = _most_of(place, self._times)
        period = self._reports.resolve(mention, company, ahead=ahead) if isinstance(mention, TimeMention) else None
        if period is None:
            raise Refused("no time that can be read")
        return period


def _most_of(place: Place, mentions: Iterable[QuantityMention | TimeMention]) -> QuantityMention | TimeMention | None:
    """The mention that most of the words belong to."""
    best, most = None, 0
    for mention in mentions:
        shared = min(mention.end, place.end) - max(mention.start, place.start)
        if shared > most:
            best, most = mention, shared
    return best


def _names(scene: Scene) -> Iterator[tuple[str, str]]:
    """How the text writes the names of those it mentions, and what the watchlist calls them."""
    mentioned = {mention.key for mention in scene.mentions if mention.how in _NAMED}
    for key in sorted(mentioned):
        entity = scene.entities.get(key)
        for name in (entity.name, *entity.aliases) if entity else ():
            yield _fold(name), key
    for mention in scene.mentions:
        if mention.how in _NAMED and not mention.members:
            yield _fold(scene.text[mention.start : mention.end]), mention.key


def _fold(name: str) -> str:
    plain = re.sub(r"\s+", " ", name).strip(" .,").casefold().replace("’", "'")
    return plain.removeprefix("the ").removesuffix("'s")
