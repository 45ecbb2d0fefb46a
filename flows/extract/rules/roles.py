"""Roles: who holds which post at which company, from titles beside names and from appointments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.posts import HEADS, TITLE, Post, before, beside, post_at
from flows.extract.rules.tenures import role, told
from flows.extract.scene import Draft, Scene, times_in
from flows.extract.scope import Scope
from flows.extract.spans import Mention
from flows.extract.wordlists import UNNAMED_HEADS, word_set
from storage.model import Modality
from storage.values import Period, Qualifier

_BEFORE = re.compile(
    rf"(?P<past>\b(?:former|ex-|then|late|previous|outgoing) ?)?\b(?P<title>{TITLE}(?: (?:of|for) (?:[\w-]+ ?){{1,4}})?),? $",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?: \([^)]{{1,24}}\))?,? (?:\(|, ?)?(?:aged \d+, )?(?P<past>(?:formerly|previously|a former|former|then|"
    rf"until recently|once)\b ?)?(?:who is |now |currently |the newly appointed |newly appointed )?"
    rf"(?:the |a |an |its |their |one of its |who serves as )?(?P<title>{TITLE})(?P<of>(?: (?:of|for|at|with|"
    rf"in) [^,.;:!?()“”\"]{{2,80}}?)?)(?=[,.;:!?()“”\"]|$| (?:said|says|told|added|will|is|was|has|called|wrote|and)\b)",
    re.IGNORECASE,
)
_AS = re.compile(
    rf"^(?:as |to )?(?:the |an? |its |their |new |next |first )*(?P<title>{TITLE}(?: (?:of|for) (?:[\w-]+ ?){{1,5}})?)",
    re.IGNORECASE,
)
_APPOINTING = word_set("become appoint name promote hire elect serve take stay remain install recruit")
_JOINING = frozenset(["join", "rejoin"])
_LEAVING = word_set("leave quit retire resign depart step")
_BEGAN = word_set("became took left stood began was were quit made")
_STOP_WORDS = re.compile(
    r"\s+(?:with|in|on|from|at|since|after|when|who|which|effective|until|starting|next|last|this|by|once|as|and)\s.*$",
    re.IGNORECASE,
)


def propose(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Role claims of one line."""
    line = parsed.line
    titled: dict[str, tuple[str, str | None, dict[str, Qualifier]]] = {}
    for index, token in enumerate(line.tokens):
        if token.letter != "n":
            continue
        person = line.mention(token)
        if person.how not in {"alias", "form"}:
            continue
        found = _beside(scene, number, parsed, index, person)
        if found is None:
            continue
        title, company, qualifiers = found
        if company is None:
            scene.note(number, "role", "dropped", f"no company for {person.key}")
            continue
        titled[person.key] = (title, company, qualifiers)
        scene.titles[person.key] = (title, company)
    for clause in parsed.clauses:
        scope = scene.scope(number, clause)
        yield from _appointed(scene, number, parsed, clause, scope, titled)
    for key, (title, company, qualifiers) in titled.items():
        yield role(parsed, number, key, title, company or "", qualifiers, Modality.ACTUAL, "beside the name")


def _beside(
    scene: Scene, number: int, parsed: Parsed, index: int, person: Mention
) -> tuple[str, str | None, dict[str, Qualifier]] | None:
    """The title before or after a name, and whose."""
    line = parsed.line
    text = line.text
    post = (None if person.possessive else beside(parsed, person)) or before(parsed, person)
    if post is not None and (post.owner is not None or post.title.lower().split()[-1] not in UNNAMED_HEADS):
        return _placed(scene, number, person, post.title, post.owner, {})
    left = text[max(line.sentence.start, person.start - 110) : person.start]
    if (match := _BEFORE.search(left)) and not match["past"]:
        title = match["title"].strip()
        begins = person.start - (len(left) - match.start("title"))
        owner = next(
            (
                line.mention(token)
                for token in reversed(line.tokens[:index])
                if token.letter == "o" and token.end <= begins and text[token.end : begins] in {" ", "'s ", "’s ", "' ", "’ "}
            ),
            None,
        )
        if owner is None:  # "The chief executive of Hexa, Jane Kelso,"
            within = next((token for token in line.tokens if token.letter == "o" and begins <= token.start < person.start), None)
            if within is not None and (whose := re.search(r" (?:of|at|for) (?:the )?$", text[begins : within.start])):
                owner, title = line.mention(within), text[begins : begins + whose.start()]
        if title.lower().split()[-1] in UNNAMED_HEADS and owner is None:
            return None
        if (
            owner is None
            and re.search(r"[\w’']\s+$", text[line.sentence.start : begins])
            and not re.search(
                r"(?:\b(?:by|and|the|to|from|with|as|that|while|when|its|their|said|but|whose|of|his|her|asked|new|"
                r"under)|[,”\"–—])\s+$",
                text[line.sentence.start : begins],
                re.IGNORECASE,
            )
        ):
            return None
        return _placed(scene, number, person, title, owner, {})
    right = text[person.end : min(line.sentence.end, person.end + 170)]
    if person.possessive:
        return None
    match = _AFTER.match(right)
    if (
        not match
        or match["past"]
        or (not right.lstrip().startswith((",", "(", "–")) and not re.match(r" \([^)]{1,24}\),", right))
    ):
        return None
    title, rest = match["title"].strip(), match["of"]
    ends = person.end + match.end()
    inside = (
        [
            line.mention(token)
            for token in line.tokens
            if token.letter == "o" and person.end + match.start("of") <= token.start < ends
        ]
        if rest
        else []
    )
    qualifiers: dict[str, Qualifier] = {}
    if inside:
        owner = inside[0]
        between = text[person.end + match.start("of") : owner.start]
        if (part := re.match(r" (?:of|for) (?P<unit>.+?) at (?:the )?$", between)) or (
            part := re.match(r" (?:of|for|in) (?P<unit>.+?),? (?:of|with|for) (?:the )?$", between)
        ):
            title = f"{title} of {part['unit']}"
        after = text[owner.end : ends]
        if unit := re.match(
            r"(?:['’]s)? (?P<unit>[\w&’' -]{2,60}?)(?: (?:business|division|unit|arm|group|segment|operations?|"
            r"department|team))?$",
            after.rstrip(" ,.;"),
        ):
            qualifiers["unit"] = unit["unit"].strip()
        return _placed(scene, number, person, title, owner, qualifiers)
    if rest:
        described = re.sub(r"^ (?:of|for|at|with|in) (?:the )?", "", rest).strip()
        if re.match(r"(?:company|group|firm|chipmaker|broker|business|start-up|school)\b", described, re.IGNORECASE):
            pass
        elif re.match(r" (?:of|for) ", rest):
            title = f"{title}{rest}".strip()
        elif described[:1].isupper():
            return None
    return _placed(scene, number, person, title, None, qualifiers)


def _placed(
    scene: Scene, number: int, person: Mention, title: str, owner: Mention | None, qualifiers: dict[str, Qualifier]
) -> tuple[str, str | None, dict[str, Qualifier]]:
    """A title with its company: the one named, else the one the watchlist knows, else the one spoken of."""
    if owner is not None:
        company, unit = scene.company(owner.key)
        if unit:
            qualifiers["unit"] = unit
        scene.employers.setdefault(person.key, (company, unit))
        return title, company, qualifiers
    known = scene.entities.get(person.key)
    company_key = (
        scene.employers[person.key][0]
        if person.key in scene.employers
        else known.employer
        if known and known.employer
        else scene.company_before(number)
    )
    if company_key is not None:
        scene.employers.setdefault(person.key, (company_key, None))
    return title, company_key, qualifiers


def _appointed(
    scene: Scene,
    number: int,
    parsed: Parsed,
    clause: Clause,
    scope: Scope,
    titled: dict[str, tuple[str, str | None, dict[str, Qualifier]]],
) -> Iterator[Draft]:
    """Appointments, departures and successions."""
    line = parsed.line
    group = clause.group
    if scope.modality is None or scope.negated or group.chain[:1] == ("use",):
        return
    people = [line.mention(line.tokens[index]) for index in clause.subject if line.tokens[index].letter == "n"]
    rest_people = [line.mention(line.tokens[index]) for index in clause.rest if line.tokens[index].letter == "n"]
    forward = scope.modality is Modality.PLANNED or (
        not group.perfect and not group.passive and group.form not in _BEGAN and not group.form.endswith("ed")
    )
    day = next(
        (
            time.ahead if forward and time.ahead else time.period
            for time in times_in(parsed, [line.tokens[index] for index in clause.rest])
            if time.form in {"day", "open", "month"} and time.period
        ),
        None,
    )
    after = line.text[line.tokens[group.last].end : clause.end].strip()
    if (draft := told(scene, number, parsed, clause, scope, day)) is not None:
        if draft.subject in titled and titled[draft.subject][1] == draft.object:
            del titled[draft.subject]  # what the clause says of the post, it says with its dates
        yield draft
        return
    if people and not rest_people and group.lemma in _APPOINTING | _JOINING:
        match = _title_after(after, joining=group.lemma in _JOINING)
        if match is None or (group.lemma == "take" and "over as" not in after):
            return
        title = match
        named = [line.mention(line.tokens[index]) for index in clause.rest if line.tokens[index].letter == "o"]
        owner = next((one for one in named if scene.company(one.key)[1]), named[0] if named else None)
        if owner is not None and re.search(
            r"\b(?:from|after leaving|formerly of)\s+$", line.text[max(line.sentence.start, owner.start - 16) : owner.start]
        ):
            owner = None
        qualifiers: dict[str, Qualifier] = {}
        person = people[0]
        modality = scope.modality
        if day and modality is Modality.PLANNED:
            qualifiers["from"] = Period(start=day.start, end=day.end)
        if owner is not None:
            company: str | None
            company, unit = scene.company(owner.key)
            if unit:
                qualifiers["unit"] = unit
        else:
            known = scene.entities.get(person.key)
            company = known.employer if known and known.employer else scene.company_before(number)
        if owner is not None:  # "officer of Hexa": the company is no part of the title
            title = re.sub(rf"\s+(?:of|at|for)\s+(?:the )?{re.escape(line.text[owner.start : owner.end])}.*$", "", title)
        if company:
            scene.employers[person.key] = (
                (company, str(qualifiers["unit"]) if "unit" in qualifiers else None)
                if modality is Modality.ACTUAL
                else scene.employers.get(person.key, (company, None))
            )
            yield role(parsed, number, person.key, title, company, qualifiers, modality, "appointed")
        return
    if (
        rest_people
        and group.lemma in {"appoint", "name", "hire", "promote", "recruit", "elect", "poach", "bring"}
        and not group.passive
    ):
        person = rest_people[0]
        employer = next((line.mention(line.tokens[index]) for index in clause.subject if line.tokens[index].letter == "o"), None)
        match = _title_after(line.text[person.end : clause.end].strip(), joining=False)
        if match and employer is not None:
            company, unit = scene.company(employer.key)
            yield role(parsed, number, person.key, match, company, {}, scope.modality, "appointed by")
        return
    if (people and rest_people and (group.lemma, after[:5].lower()) in {("hand", "over "), ("make", "way f")}) or (
        people and rest_people and group.lemma in {"succeed", "replace"}
    ):
        leaver, newcomer = (
            (rest_people[0], people[0])
            if group.lemma in {"succeed", "replace"} and not group.passive
            else (people[0], rest_people[0])
        )
        if leaver.key not in titled and (post := _said_as(parsed, clause)) is not None:
            whose = post.owner or next(
                (line.mention(token) for token in line.tokens if token.letter == "o" and token.end < newcomer.start), None
            )
            if whose is not None:
                scene.titles[leaver.key] = (post.title, scene.company(whose.key)[0])
        if leaver.key in titled or leaver.key in scene.titles:
            title, succeeded, qualifiers = titled[leaver.key] if leaver.key in titled else (*scene.titles[leaver.key], {})
            forward = scope.modality is Modality.PLANNED or (day is not None and (day.start or scene.anchor) > scene.anchor)
            if day:
                qualifiers["until"] = day
            if succeeded:
                begins = dict(qualifiers)
                begins.pop("until", None)
                if day:
                    begins["from"] = day
                scene.employers[newcomer.key] = (succeeded, str(begins["unit"]) if "unit" in begins else None)
                yield role(
                    parsed,
                    number,
                    newcomer.key,
                    title,
                    succeeded,
                    begins,
                    Modality.PLANNED if forward else Modality.ACTUAL,
                    "successor",
                )
        return
    if people and group.lemma in _LEAVING and people[0].key in titled and day:
        titled[people[0].key][2]["until"] = day


def _said_as(parsed: Parsed, clause: Clause) -> Post | None:
    """The post a successor takes over, where the clause says it: "to succeed Erik Lunde as chief executive of Hexa"."""
    line = parsed.line
    start = line.tokens[clause.group.last].end
    found = re.compile(r"\bas (?=\w)").search(line.text, start, clause.end)
    return None if found is None else post_at(parsed, found.end(), min(clause.end + 1, line.sentence.end))


def _title_after(words: str, *, joining: bool) -> str | None:
    """The title an appointment is to, at the head of some words."""
    if joining:
        found = re.search(r"\bas (?=(?:an? |the |its )?[a-z])", words)
        if not found:
            return None
        words = words[found.end() :]
    words = re.sub(r"^(?:on|over) as ", "", words)
    match = _AS.match(words)
    if match is None:
        return None
    title = match["title"].strip()
    return re.sub(
        r"\s+(?:with|in|on|from|at|since|after|effective|until|next|last|this|once|of|for)$",
        "",
        _STOP_WORDS.sub("", title) if not re.search(rf"\b(?:and|&) (?:{HEADS})", title, re.IGNORECASE) else title,
    )
