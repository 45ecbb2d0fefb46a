"""Tenures told by a verb: who is, remains, takes over as or steps down as what, and from or until when."""

from __future__ import annotations

import re

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.posts import Post, post_at
from flows.extract.scene import Draft, Scene
from flows.extract.scope import Scope
from flows.extract.spans import Mention
from flows.extract.wordlists import word_set
from storage.model import Modality
from storage.values import Period, Qualifier, Text

_HOLDING = word_set("be remain stay serve continue run lead head act chair")
_BEGINNING = word_set("become join rejoin take start begin")
_LEAVING = word_set("leave quit retire resign depart step stand go exit")
_PAST = word_set(
    "was were had 'd ran led headed remained stayed served acted chaired left quit retired resigned departed stepped stood"
)
_AS = re.compile(r"\bas (?=\w)")


def told(scene: Scene, number: int, parsed: Parsed, clause: Clause, scope: Scope, day: Period | None) -> Draft | None:
    """The role a clause with a person for its subject tells of today or announces; one that is over is none."""
    line = parsed.line
    group = clause.group
    people = [line.mention(line.tokens[index]) for index in clause.subject if line.tokens[index].letter == "n"]
    if len(people) != 1 or group.negated or scope.modality not in {Modality.ACTUAL, Modality.PLANNED}:
        return None
    if any(line.tokens[index].letter == "n" for index in clause.rest):
        return None
    start = line.tokens[group.last].end + 1
    end = min(clause.end + 1, line.sentence.end)
    past = line.tokens[group.first].low in _PAST or (group.form in _PAST and not group.perfect)
    ahead = scope.modality is Modality.PLANNED or (day is not None and (day.start or scene.anchor) > scene.anchor)
    if group.lemma in _HOLDING and not group.passive:
        if past:
            return None
        at = start if group.lemma in {"be", "remain", "stay"} else None
        if at is None or post_at(parsed, at, end) is None:
            found = _AS.search(line.text, start, end)
            at = found.end() if found else None
        kind = "held"
    elif group.lemma in _BEGINNING and ahead:
        found = _AS.search(line.text, start, end)
        at = start if group.lemma == "become" else found.end() if found else None
        kind = "begun"
    elif group.lemma in _LEAVING and not (past and day is None):
        found = _AS.search(line.text, start, end) or re.compile(r"\bfrom (?=the |her |his |their )").search(line.text, start, end)
        at = found.end() if found else None
        kind = "left"
    else:
        return None
    post = post_at(parsed, at, end) if at is not None else None
    if post is None:
        return None
    return _draft_of(scene, number, parsed, clause, people[0], post, kind, day, ahead=ahead)


def _draft_of(
    scene: Scene,
    number: int,
    parsed: Parsed,
    clause: Clause,
    person: Mention,
    post: Post,
    kind: str,
    day: Period | None,
    *,
    ahead: bool,
) -> Draft | None:
    line = parsed.line
    owner = post.owner
    if owner is None:
        owner = next((line.mention(line.tokens[index]) for index in clause.rest if line.tokens[index].letter == "o"), None)
        if owner is not None and re.search(r"\b(?:from|of|by|with|than) $", line.text[max(0, owner.start - 6) : owner.start]):
            owner = None
    qualifiers: dict[str, Qualifier] = {}
    if owner is not None:
        company, unit = scene.company(owner.key)
        if unit:
            qualifiers["unit"] = unit
    else:
        known = scene.employers.get(person.key)
        entity = scene.entities.get(person.key)
        said = known[0] if known else entity.employer if entity else None
        company = said or scene.company_before(number) or ""
    if not company:
        return None
    modality = Modality.PLANNED if ahead and kind == "begun" else Modality.ACTUAL
    if kind == "held" and ahead:
        modality = Modality.PLANNED if clause.group.lemma == "be" else Modality.ACTUAL
    if day is not None:
        qualifiers["until" if kind == "left" else "from"] = day
    if modality is Modality.ACTUAL:
        scene.employers[person.key] = (company, str(qualifiers["unit"]) if "unit" in qualifiers else None)
    scene.titles[person.key] = (post.title, company)
    return role(parsed, number, person.key, post.title, company, qualifiers, modality, kind)


def role(
    parsed: Parsed,
    number: int,
    person: str,
    title: str,
    company: str,
    qualifiers: dict[str, Qualifier],
    modality: Modality,
    rule: str,
) -> Draft:
    """The claim that a person holds, or will hold, a post."""
    sentence = parsed.line.sentence
    return Draft(
        rule=f"role: {rule}",
        subject=person,
        object=company,
        predicate="role",
        line=number,
        start=sentence.start,
        end=sentence.end,
        value=Text(text=title),
        qualifiers=qualifiers,
        modality=modality,
        confidence=0.92,
    )
