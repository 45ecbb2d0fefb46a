"""An article as the rules see it: its lines taken apart, who is who, and what the rules may propose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flows.config.catalogue import Catalogue
from flows.config.watchlist import Entity
from flows.extract.clauses import Clause, Parsed
from flows.extract.memory import is_division
from flows.extract.scope import Scope, scope_of
from flows.extract.spans import Mention, TimeMention
from flows.extract.tokens import Token
from storage.model import Modality, Span
from storage.values import Qualifier, Value


@dataclass(slots=True, kw_only=True)
class Draft:
    """A claim a rule proposes. `line` is the sentence it stands in; `start`, `end` its evidence."""

    rule: str
    subject: str
    predicate: str
    line: int
    start: int
    end: int
    object: str | None = None
    value: Value | None = None
    qualifiers: dict[str, Qualifier] = field(default_factory=dict)
    modality: Modality = Modality.ACTUAL
    attributed_to: str | None = None
    confidence: float = 0.9
    context: tuple[Span, ...] = ()
    number: tuple[int, int] | None = None  # where the value's words stand


@dataclass(slots=True, kw_only=True)
class Note:
    """One line of the trace: what a rule did at a place, or why it did not."""

    line: int
    rule: str
    outcome: str  # fired | dropped | considered
    why: str = ""


_INTRODUCED = 60
"""Lines after which an article has said what company it is about."""


@dataclass(slots=True)
class Scene:
    """Everything the rules may look at, and where they put what they find."""

    text: str
    title: str
    entities: Mapping[str, Entity]
    catalogue: Catalogue
    lines: list[Parsed]
    mentions: Sequence[Mention]  # all, by place; those by name and those that are only meant
    published: date | None
    anchor: date
    speakers: dict[int, str] = field(default_factory=dict)  # line → person speaking, in an interview
    employers: dict[str, tuple[str, str | None]] = field(default_factory=dict)  # person → company, unit
    titles: dict[str, tuple[str, str]] = field(default_factory=dict)  # person → last title told, company
    notes: list[Note] = field(default_factory=list)
    _about: dict[int, str | None] = field(default_factory=dict)
    _scopes: dict[tuple[int, int], Scope] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)  # products found to be parts of others so far
    fitted: frozenset[str] = frozenset()  # products whose names say that they are parts: chips, memory
    deals: list[tuple[str, str]] = field(default_factory=list)  # buyer and bought, in the order told
    makers: dict[str, list[str]] = field(default_factory=dict)  # product → who makes it, as told so far
    owners: dict[str, str] = field(default_factory=dict)  # place → who builds there
    landlords: list[str] = field(default_factory=list)  # who was told to build, own or run a site
    launched: dict[str, tuple[int, list[str]]] = field(default_factory=dict)  # product → line of its launch, who launched it
    rumours: list[tuple[int, str, str]] = field(default_factory=list)  # line, buyer and bought of purchases only rumoured
    invested: dict[str, str] = field(default_factory=dict)  # investor → what money last went into

    def kind(self, key: str) -> str:
        """The kind of an entity mentioned in this article."""
        entity = self.entities.get(key)
        if entity is not None:
            return str(entity.kind)
        return next((mention.kind for mention in self.mentions if mention.key == key), "")

    def company(self, key: str) -> tuple[str, str | None]:
        """The company a division reports within, and the division's name; any other entity stands for itself."""
        if is_division(key, self.entities):
            entity = self.entities[key]
            return entity.parent or key, entity.name
        return key, None

    def scope(self, number: int, clause: Clause | None) -> Scope:
        """How surely a clause of a line is said, and by whom."""
        key = (number, clause.group.first if clause is not None else -1)
        if key not in self._scopes:
            self._scopes[key] = scope_of(
                self.lines[number], clause, speaker=self.speakers.get(number), interview=number in self.speakers
            )
        return self._scopes[key]

    def reread(self, number: int, parsed: Parsed) -> None:
        """Take a line apart anew, as after learning whom its words mean."""
        self.lines[number] = parsed
        self._scopes = {key: scope for key, scope in self._scopes.items() if key[0] != number}

    def note(self, line: int, rule: str, outcome: str, why: str = "") -> None:
        """Add to the trace."""
        self.notes.append(Note(line=line, rule=rule, outcome=outcome, why=why))

    def main_company(self, upto: int | None = None) -> str | None:
        """The company named most, up to a line."""
        end = self.lines[upto].line.sentence.end if upto is not None and upto < len(self.lines) else len(self.text)
        counts: dict[str, int] = {}
        for mention in self.mentions:
            if mention.kind == "org" and mention.start < end and not mention.members:
                key = self.company(mention.key)[0]
                counts[key] = counts.get(key, 0) + 1
        return max(counts, key=lambda key: (counts[key], key)) if counts else None

    def company_of_article(self, number: int) -> str | None:
        """The company an article is about, up to a line: by title, first sentence and most subjects; None where unclear."""
        number = min(number, _INTRODUCED)
        if number not in self._about:
            self._about[number] = self._most_spoken_of(number)
        return self._about[number]

    def _most_spoken_of(self, number: int) -> str | None:
        counts: dict[str, int] = {}
        for place, parsed in enumerate(self.lines[: number + 1]):
            for clause in parsed.clauses:
                if clause.relative or clause.group.lead != "finite":
                    continue
                for index in (*clause.subject, *clause.owners):
                    token = parsed.line.tokens[index]
                    if token.letter == "o" and not parsed.line.mention(token).members:
                        key = self.company(parsed.line.mention(token).key)[0]
                        counts[key] = counts.get(key, 0) + (3 if place == 0 else 1)
                        break
        for key in counts:
            name = self.entities[key].name if key in self.entities else key.split("-")[0]
            if name.lower() in self.title.lower():
                counts[key] += 2
        ranked = sorted(counts.items(), key=lambda one: -one[1])
        if not ranked or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return None
        return ranked[0][0]

    def company_before(self, number: int, *, within: int = 4) -> str | None:
        """The company in mind at a line that names none: the subject of the nearest line before that has a company for one."""
        for back in range(number - 1, max(-1, number - 1 - within), -1):
            parsed = self.lines[back]
            for clause in parsed.clauses:
                for index in (*clause.subject, *clause.owners):
                    token = parsed.line.tokens[index]
                    if token.letter == "o" and not clause.relative and not parsed.line.mention(token).members:
                        return self.company(parsed.line.mention(token).key)[0]
        return self.main_company(number)


def keys_of(parsed: Parsed, tag: str) -> list[Mention]:
    """The mentions a tag such as "‹o1+4›" stands for."""
    found: list[Mention] = []
    for part in tag[2:-1].split("+"):
        item = parsed.line.items[int(part)]
        if isinstance(item, Mention):
            found.append(item)
    return found


def times_in(parsed: Parsed, tokens: Sequence[Token] | None = None) -> list[TimeMention]:
    """The times among some tokens of a line, or in all of it."""
    return [parsed.line.time(token) for token in (tokens if tokens is not None else parsed.line.tokens) if token.letter == "t"]


def product_in_mind(scene: Scene, number: int, *, within: int = 3) -> str | None:
    """The product a line is about that names none as its subject.

    An item of a list belongs to the heading or the line that introduces the list; any other line
    to the first product of the nearest line before it.
    """
    kind = scene.lines[number].line.sentence.kind
    if kind == "item":
        if number and "\n" not in scene.text[scene.lines[number - 1].line.sentence.end : scene.lines[number].line.sentence.start]:
            return first_product(scene.lines[number - 1], scene.parts, scene.fitted) or product_in_mind(
                scene, number - 1, within=within
            )
        back = number - 1
        while back >= 0 and scene.lines[back].line.sentence.kind == "item":
            back -= 1
        for earlier in range(back, max(-1, back - 3), -1):
            if (key := first_product(scene.lines[earlier], scene.parts, scene.fitted)) is not None:
                return key
        return main_product(scene, number)
    for earlier in range(number - 1, max(-1, number - 1 - within), -1):
        if (key := first_product(scene.lines[earlier], scene.parts, scene.fitted)) is not None:
            return key
    return None


def first_product(parsed: Parsed, parts: Collection[str] = (), fitted: Collection[str] = ()) -> str | None:
    """The product a line is about: the subject of its first clause, else the first it names; parts of others last.

    What is `fitted` into others counts only as a subject, or in a heading.
    """
    line = parsed.line
    named: list[str] = []
    for clause in parsed.clauses:
        if clause.group.lead == "finite" and not clause.relative:
            named += [line.mention(line.tokens[index]).key for index in clause.subject if line.tokens[index].letter == "p"]
    others = [line.mention(token).key for token in line.tokens if token.letter == "p"]
    named += others if line.sentence.kind == "heading" else [key for key in others if key not in fitted]
    return next((key for key in named if key not in parts), None)


def main_product(scene: Scene, upto: int) -> str | None:
    """The product named most, up to a line; of equals the one named first."""
    end = scene.lines[upto].line.sentence.end
    counts: dict[str, int] = {}
    for mention in scene.mentions:
        if mention.kind == "product" and mention.start < end and mention.key not in scene.parts:
            counts[mention.key] = counts.get(mention.key, 0) + 1
    whole = {key: count for key, count in counts.items() if key not in scene.fitted}
    if not whole and any(count < 2 for count in counts.values()):
        return None  # only parts are named, each in passing
    return max(whole or counts, key=lambda key: counts[key]) if counts else None


def label_of(parsed: Parsed) -> tuple[int, str | None]:
    """Where the "NAME:" that opens a line ends (a token index, 0 for none), and the product it names."""
    tokens = parsed.line.tokens
    for index, token in enumerate(tokens[:9]):
        if token.low == ":" and index:
            product = next((parsed.line.mention(one).key for one in tokens[:index] if one.letter == "p"), None)
            return index, product
        if token.low in {".", ",", ";"} or token.letter == "t":
            break
    return 0, None


def subject_product(scene: Scene, number: int, parsed: Parsed, clause: Clause | None) -> tuple[str | None, float]:
    """The product a clause speaks of, and how sure that is (to be multiplied into a confidence)."""
    line = parsed.line
    if clause is not None:
        for index in (*clause.subject, *clause.owners):
            if line.tokens[index].letter == "p":
                mention = line.mention(line.tokens[index])
                return mention.key, 1.0 if mention.how in {"alias", "form", "abbreviation"} else 0.95
        if clause.subject and line.tokens[clause.subject[0]].letter in {"o", "n"}:
            return None, 0.0
    _, labelled = label_of(parsed)
    if labelled is not None:
        return labelled, 0.97
    return product_in_mind(scene, number), 0.9
