"""Who is speaking where the text itself says nothing of it: the answers of an interview.

Two ways to print one: each turn opens with the speaker's name, or Q and A, and a colon; or the questions are
headings and all between them is the answer of the one person the text introduces.
"""

from __future__ import annotations

import re
from collections import Counter

from flows.extract.naming import slug
from flows.extract.parsed import Parsed
from flows.extract.scene import Scene
from flows.extract.spans import Mention

QUESTIONS = 3
"""Headings that ask something, from which on a text is an interview."""

_LABEL = re.compile(r"(?:^|\n)[ \t]*(?P<name>[A-Z][\w.'’-]*(?: [A-Z(][\w.'’)-]*){0,3}):[ \t]+$")
_ASKED = frozenset(["Q", "Question", "Frage"])
_ANSWERED = frozenset(["A", "Answer", "Antwort"])
_WE = re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)


def find_speakers(scene: Scene) -> None:
    """Mark the answers of an interview with who gives them, and what the interviewer says as questions."""
    _labelled(scene)
    if not scene.speakers:
        _between_questions(scene)


def _label(scene: Scene, parsed: Parsed) -> re.Match[str] | None:
    start = parsed.line.sentence.start
    return _LABEL.search(scene.text, max(0, start - 90), start)


def _label_of(scene: Scene, parsed: Parsed) -> str:
    label = _label(scene, parsed)
    return "" if label is None else label["name"]


def _labelled(scene: Scene) -> None:
    """Blocks that open with a person's name and a colon."""
    people = list(dict.fromkeys(mention.key for mention in scene.mentions if mention.kind == "person"))
    current: tuple[int, str] | None = None
    asked = [number for number, parsed in enumerate(scene.lines) if _label_of(scene, parsed) in _ASKED]
    for number, parsed in enumerate(scene.lines):
        sentence = parsed.line.sentence
        label = _label(scene, parsed)
        if label is not None and label["name"] in _ASKED:
            parsed.question, current = True, None
        elif label is not None and label["name"] in _ANSWERED:
            guest = _introduced(scene, scene.lines[next(iter(asked), number)].line.sentence.start)
            current = None if guest is None else (sentence.paragraph, guest)
        elif label is not None:
            name = slug(label["name"])
            person = next((key for key in people if key == name or key.endswith(f"-{name}") or key.startswith(f"{name}-")), None)
            current = (sentence.paragraph, person) if person is not None and sentence.kind != "heading" else None
        elif (
            sentence.kind != "heading"
            and len(tokens := parsed.line.tokens) > 2
            and tokens[0].letter == "n"
            and tokens[1].low == ":"
        ):
            current = (sentence.paragraph, parsed.line.mention(tokens[0]).key)
        if current is not None and current[0] == sentence.paragraph:
            scene.speakers[number] = current[1]


def _between_questions(scene: Scene) -> None:
    """What stands between headings that ask: the answers, but for paragraphs that speak of the person by name."""
    headings = [number for number, parsed in enumerate(scene.lines) if parsed.line.sentence.kind == "heading"]
    asked = [number for number in headings if scene.lines[number].question]
    if len(asked) < QUESTIONS:
        return
    first = asked[0]
    person = _introduced(scene, scene.lines[first].line.sentence.start)
    if person is None:
        return
    named = {
        parsed.line.sentence.paragraph
        for parsed in scene.lines
        if any(isinstance(item, Mention) and item.key == person and item.how != "pronoun" for item in parsed.line.items)
    }
    answering = False
    for number in range(first, len(scene.lines)):
        parsed = scene.lines[number]
        sentence = parsed.line.sentence
        if sentence.kind == "heading":
            answering = parsed.question = True
        elif sentence.paragraph in named:
            answering = False
        elif answering:
            scene.speakers[number] = person


def _introduced(scene: Scene, before: int) -> str | None:
    """The person the lines before the first question speak of: whom they name most, the first of equals."""
    names = [mention.key for mention in scene.mentions if mention.kind == "person" and mention.start < before]
    return Counter(names).most_common(1)[0][0] if names else None


def ours(scene: Scene, number: int) -> list[Mention]:
    """Whom an interviewed person means by "we": the company, or the part of it, that they speak for."""
    employer = scene.employers.get(scene.speakers[number])
    if employer is None:
        return []
    company, unit = employer
    key = next((entity.key for entity in scene.entities.values() if unit is not None and entity.name == unit), company)
    sentence = scene.lines[number].line.sentence
    return [
        Mention(start=found.start(), end=found.end(), key=key, kind="org", how="pronoun", possessive=found[0].lower() == "our")
        for found in _WE.finditer(scene.text, sentence.start, sentence.end)
    ]
