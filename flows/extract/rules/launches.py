"""Makers and announcements: who makes a product, and when it was first shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.telling import employers_and
from flows.extract.scene import Draft, Scene, times_in
from flows.extract.spans import Mention, TimeMention
from storage.model import Modality
from storage.values import Period, Qualifier

LAUNCHING = frozenset(["introduce", "launch", "unveil", "present", "announce", "release", "debut", "reveal", "showcase"])
_MAKING = frozenset(
    ["develop", "build", "make", "manufacture", "create", "design", "produce", "assemble", "co-develop", "codevelop"]
)
_IDIOMS = re.compile(
    r"«show» off|«(?:take|pull|lift|raise)»(?: the)? (?:wraps off|curtain (?:back )?(?:on|off)|lid on|"
    r"curtain on|veil on|covers off)"
)
_MANUFACTURER = re.compile(
    r"«(?:[\w ]+ )?(?:be|become)» (?:the |a |an )?(?:\w+ ){0,3}(?:manufacturer|maker|builder|producer|"
    r"supplier) of (?:the )?(?P<p>‹p[\d+]+›)"
)
_DEBUT = re.compile(
    r"«(?:[\w ]+ )?(?:make|celebrate|have)» (?:‹[\w+]+› |the |a )?(?:[\w-]+ ){0,2}(?:debut|premiere|appearance)\b"
)
_COMES_FROM = re.compile(r"«(?:[\w ]+ )?(?:come|hail|be)» (?:from )?(?:the )?(?P<o>‹o\d+›)(?P<own> 's)?")
_SITES = re.compile(r"\b(?:data cent(?:re|er)|campus|supercomputer|cluster|factory|machine|system|platform|plant)\b")
_BARRED = frozenset(
    [
        "for",
        "by",
        "on",
        "in",
        "at",
        "of",
        "from",
        "than",
        "against",
        "about",
        "like",
        "over",
        "beyond",
        "under",
        "into",
        "inside",
        "alongside",
        "using",
        "via",
        "including",
    ]
)
_NOT_AN_OBJECT = frozenset(["pilot", "testing", "support", "plan", "expansion"])


def propose(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Maker and announcement claims of one line."""
    seen: set[tuple[str, str]] = set()
    for draft in (*_launched(scene, number, parsed), *_owned(scene, number, parsed), *_described(scene, number, parsed)):
        if draft.predicate == "maker" and draft.object is not None:
            if (draft.subject, draft.object) in seen:
                continue
            seen.add((draft.subject, draft.object))
            told = scene.makers.setdefault(draft.subject, [])
            if draft.modality is Modality.ACTUAL and draft.object not in told:
                told.append(draft.object)
        yield draft


def _launched(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    line = parsed.line
    for clause in parsed.clauses:
        group = clause.group
        idiom = _IDIOMS.search(clause.text) or _DEBUT.search(clause.text)
        launching = group.lemma in LAUNCHING or idiom is not None
        making = group.lemma in _MAKING
        if not launching and not making:
            if match := _MANUFACTURER.search(clause.text):
                yield from _manufacturer(scene, number, parsed, clause, match)
            elif group.lemma == "show" and (product := _shown(parsed, clause)) is not None:
                yield from _announced(scene, number, parsed, clause, product)
            continue
        scope = scene.scope(number, clause)
        if scope.modality is None or scope.negated:
            scene.note(number, "maker", "dropped", scope.why or "negated")
            continue
        makers, products = _arguments(scene, parsed, clause)
        if making and makers and not products and (built := _built_next(scene, number, clause)) is not None:
            products = [(built.key, built)]
        if makers and not products and (called := _called_next(parsed, clause)) is not None:
            products = [(called.key, called)]
        for product, mention in products:
            if making and not launching and group.lead in {"infinitive", "gerund"} and scope.modality is not Modality.ACTUAL:
                continue
            for maker in makers:
                if not _may_make(scene, product, maker, launching=launching):
                    continue
                yield Draft(
                    rule=f"maker: {group.lemma}", subject=product, object=maker, predicate="maker", line=number, start=line.sentence.start,
                    end=line.sentence.end, modality=Modality.ACTUAL if launching and scope.modality is Modality.PLANNED and group.lead == "infinitive" else scope.modality,
                    attributed_to=None if scope.attributed_to == maker else scope.attributed_to, confidence=0.9 if mention.how != "pronoun" else 0.85,
                )  # fmt: skip
            if launching:
                yield from _announced(scene, number, parsed, clause, product)


def _arguments(scene: Scene, parsed: Parsed, clause: Clause) -> tuple[list[str], list[tuple[str, Mention]]]:
    """The makers and the products of a launching clause, active or passive."""
    line = parsed.line
    tokens = line.tokens
    rest = list(clause.rest)
    named = [index for index in clause.subject if tokens[index].letter == "p"] or [
        index for index in clause.owners if tokens[index].letter == "p" and not _owns(parsed, index)
    ]
    subject_products = [(line.mention(tokens[index]).key, line.mention(tokens[index])) for index in named]
    if clause.group.lemma == "debut" or _DEBUT.search(clause.text):
        return [], subject_products
    if clause.group.passive or (clause.group.lead == "participle" and subject_products):
        by = [
            index
            for position, index in enumerate(rest)
            if tokens[index].letter in {"o", "n"}
            and any(tokens[earlier].low == "by" for earlier in rest[max(0, position - 6) : position])
        ]
        makers: list[str] = []
        for index in by:
            mention = line.mention(tokens[index])
            key = _company_of(scene, mention)
            if key and key not in makers:
                makers.append(key)
        return makers, subject_products
    makers = employers_and(scene, parsed, clause)
    for index in clause.subject:
        if not tokens[index].is_entity:
            continue
        mention = line.mention(tokens[index])
        for member in mention.members or (mention.key,):
            key = scene.company(member)[0] if mention.kind == "org" else _company_of(scene, mention)
            if key and key not in makers and mention.kind in {"org", "person"}:
                makers.append(key)
    products: list[tuple[str, Mention]] = []
    antecedent = min([*clause.subject_tokens, clause.group.first]) - 1
    if antecedent >= 1 and tokens[antecedent].low in {"that", "which"}:
        back = antecedent - 1
        while back > 0 and tokens[back].low in {",", "programme", "program", "platform", "system"}:
            back -= 1
        if tokens[back].letter == "p":
            products.append((line.mention(tokens[back]).key, line.mention(tokens[back])))
    for position, index in enumerate(rest):
        if tokens[index].letter != "p":
            continue
        start = position
        while start > 0 and not (
            tokens[rest[start - 1]].low in _BARRED | {",", ":", "and", "with"} or rest[start - 1] != rest[start] - 1
        ):
            start -= 1
        lead = tokens[rest[start - 1]].low if start else ""
        before = tokens[rest[start - 2]].low if start > 1 else ""
        if (
            lead in _BARRED
            and not (lead in {"on", "off"} and before in {"back", "curtain", "lid", "wraps"})
            and not (lead == "of" and before in {"version", "generation", "launch"})
        ):
            if lead == "of" or lead in {"for", "by", "than", "at", "in", "from"} or not products:
                break
        if lead == "with" and before not in {"together", "along"}:
            break
        if index + 1 < len(tokens) and tokens[index + 1].low == "'s":
            continue
        products.append((line.mention(tokens[index]).key, line.mention(tokens[index])))
    return makers, products


def _company_of(scene: Scene, mention: Mention) -> str | None:
    if mention.kind == "org":
        return scene.company(mention.key)[0]
    if mention.kind == "person":
        if mention.key in scene.employers:
            return scene.employers[mention.key][0]
        known = scene.entities.get(mention.key)
        return known.employer if known else None
    return None


def _may_make(scene: Scene, product: str, maker: str, *, launching: bool) -> bool:
    """Whether the list allows it: who launches what is known to be another's only presents it."""
    known = scene.entities.get(product)
    return known is None or not known.makers or maker in known.makers or not launching


def _manufacturer(scene: Scene, number: int, parsed: Parsed, clause: Clause, match: re.Match[str]) -> Iterator[Draft]:
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated:
        return
    line = parsed.line
    item = line.items[int(match["p"][2:-1].split("+")[0])]
    for maker in employers_and(scene, parsed, clause):
        if isinstance(item, Mention):
            yield Draft(
                rule="maker: manufacturer of", subject=item.key, object=maker, predicate="maker", line=number, start=line.sentence.start,
                end=line.sentence.end, modality=scope.modality, attributed_to=scope.attributed_to, confidence=0.88,
            )  # fmt: skip


def _announced(scene: Scene, number: int, parsed: Parsed, clause: Clause, product: str) -> Iterator[Draft]:
    """When a product was shown: a day or an event in the clause, or beside the verb of saying that governs it."""
    line = parsed.line
    times = times_in(parsed, [line.tokens[index] for index in clause.rest])
    times += [time for time in times_in(parsed) if time not in times]
    day = next((time for time in times if (time.form == "day" or time.unit == "day") and time.period), None)
    event = next((time for time in times if time.event), None)
    forms = {"month", "relative"} | ({"year", "quarter", "season"} if clause.group.form != clause.group.lemma else set())
    month = next((time for time in times if time.form in forms and time.period), None)
    scope = scene.scope(number, clause)
    if scope.modality is None:
        return
    modality = scope.modality
    chosen: TimeMention | None = day or event or month
    if chosen is None or chosen.period is None:
        return
    qualifiers: dict[str, Qualifier] = {}
    if event is None:
        event = _event_near(scene, number, chosen.period)
    if event is not None and event.event:
        qualifiers["event"] = event.event
    if modality is Modality.PLANNED and clause.group.lead == "infinitive":
        modality = Modality.ACTUAL
    forward = modality is Modality.PLANNED or bool(clause.group.modals) or clause.group.lead == "infinitive"
    period = chosen.ahead if forward and chosen.ahead else chosen.period
    yield Draft(
        rule=f"announced: {clause.group.lemma}", subject=product, predicate="announced", line=number, start=line.sentence.start, end=line.sentence.end,
        value=Period(start=period.start, end=period.end), qualifiers=qualifiers, modality=modality, attributed_to=scope.attributed_to, confidence=0.88,
        number=(chosen.start, chosen.end),
    )  # fmt: skip


def _event_near(scene: Scene, number: int, period: Period) -> TimeMention | None:
    """An event named in the next or the last sentence whose days include the day."""
    for other in (number + 1, number - 1):
        if 0 <= other < len(scene.lines):
            for time in times_in(scene.lines[other]):
                if (
                    time.event
                    and time.period
                    and time.period.start
                    and time.period.end
                    and period.start
                    and time.period.start <= period.start <= time.period.end
                ):
                    return time
    return None


def _owns(parsed: Parsed, index: int) -> bool:
    """Whether "'s" follows a name."""
    tokens = parsed.line.tokens
    return index + 1 < len(tokens) and tokens[index + 1].low == "'s"


def _shown(parsed: Parsed, clause: Clause) -> str | None:
    """The product "first shown at …" speaks of: its subject, else that of the clause it opens."""
    if not (clause.group.passive or clause.group.first <= 2 or clause.group.lead == "participle"):
        return None
    for other in (clause, *parsed.clauses[parsed.clauses.index(clause) + 1 :][:1]):
        for index in (*other.subject, *other.owners):
            if parsed.line.tokens[index].letter == "p":
                return parsed.line.mention(parsed.line.tokens[index]).key
    return None


def _called_next(parsed: Parsed, clause: Clause) -> Mention | None:
    """The product a naming right after a clause's verb names: "is developing a handheld called X"."""
    at = parsed.clauses.index(clause)
    for later in parsed.clauses[at + 1 : at + 2]:
        if later.group.lemma in {"call", "name", "dub", "codename"} and len(later.subject_tokens) <= 6:
            token = next((parsed.line.tokens[index] for index in later.rest[:3] if parsed.line.tokens[index].letter == "p"), None)
            return parsed.line.mention(token) if token is not None else None
    return None


def _built_next(scene: Scene, number: int, clause: Clause) -> Mention | None:
    """What is built, where a line says only what kind of thing and the next one opens with its name, never named before."""
    words = scene.text[clause.start : scene.lines[number].line.sentence.end]
    if number + 1 >= len(scene.lines) or not _SITES.search(words.lower()) or clause.group.passive:
        return None
    following = scene.lines[number + 1]
    opening = next((token for token in following.line.tokens[:3] if token.letter == "p"), None)
    if opening is None or following.line.sentence.paragraph != scene.lines[number].line.sentence.paragraph:
        return None
    mention = following.line.mention(opening)
    earlier = any(other.key == mention.key and other.start < scene.lines[number].line.sentence.start for other in scene.mentions)
    return None if earlier or mention.how not in {"alias", "form"} else mention


def _described(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Makers by description: "the X is Y's first workstation", "the X comes from Y"."""
    if parsed.question:
        return
    line = parsed.line
    for clause in parsed.clauses:
        if clause.group.lemma not in {"be", "come", "hail"} or clause.group.negated or clause.group.passive:
            continue
        match = _COMES_FROM.search(clause.text)
        if (
            match is None
            or (clause.group.lemma == "be") != bool(match["own"])
            or (clause.group.lemma != "be" and " from " not in match[0])
        ):
            continue
        scope = scene.scope(number, clause)
        item = line.items[int(match["o"][2:-1])]
        if scope.modality is None or not isinstance(item, Mention):
            continue
        maker = scene.company(item.key)[0]
        for index in clause.subject or clause.owners:
            mention = line.mention(line.tokens[index]) if line.tokens[index].letter == "p" else None
            if (
                mention is None
                or mention.how not in {"alias", "form", "abbreviation"}
                or not _may_make(scene, mention.key, maker, launching=True)
            ):
                continue
            yield Draft(
                rule="maker: described as its maker's", subject=mention.key, object=maker, predicate="maker", line=number, start=line.sentence.start,
                end=line.sentence.end, modality=scope.modality, attributed_to=None if scope.attributed_to == maker else scope.attributed_to, confidence=0.84,
            )  # fmt: skip


def _owned(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Makers by possession or brand: "its Qira", "Lenovo's new Neptune systems", "Qira, Lenovo's assistant", "AMD Instinct MI455X"."""
    line = parsed.line
    tokens = line.tokens
    if parsed.question:
        return
    for index, token in enumerate(tokens):
        if token.letter != "p" or line.mention(token).how not in {"alias", "form", "abbreviation"}:
            continue
        mention = line.mention(token)
        for owner in _owners(scene, parsed, index):
            known = scene.entities.get(mention.key)
            if known is not None and known.makers and owner not in known.makers:
                continue
            if known is None and scene.entities.get(owner) is None and mention.how != "form":
                continue
            yield Draft(
                rule="maker: possessive or brand", subject=mention.key, object=owner, predicate="maker", line=number, start=line.sentence.start,
                end=line.sentence.end, confidence=0.86,
            )  # fmt: skip


def _owners(scene: Scene, parsed: Parsed, index: int) -> Iterator[str]:
    line = parsed.line
    tokens = line.tokens
    token = tokens[index]
    mention = line.mention(token)
    known = scene.entities.get(mention.key)
    words = line.text[token.start : token.end].split()
    for maker in known.makers if known else ():  # the brand inside the name: "NVIDIA Blackwell Ultra"
        entity = scene.entities.get(maker)
        if entity and words and words[0].lower() == entity.name.lower() and len(words) > 1:
            yield maker
    back = index - 1
    steps = 0
    while (
        back >= 0
        and steps < 6
        and (tokens[back].item < 0 or tokens[back].letter == "p")
        and tokens[back].low not in _BARRED | {",", ".", ":", ";", "that", "with", "to"}
        and tokens[back].low != "'s"
    ):
        back -= 1
        steps += 1
    if back >= 0 and tokens[back].low == "'s" and back and tokens[back - 1].letter == "o":
        yield scene.company(line.mention(tokens[back - 1]).key)[0]
    elif (
        back >= 0
        and tokens[back].letter == "o"
        and (line.mention(tokens[back]).possessive or (back == index - 1 and mention.how != "abbreviation"))
        and line.mention(tokens[back]).kind == "org"
    ):
        owner = line.mention(tokens[back])
        if owner.how in {"pronoun", "noun"} and not owner.possessive:
            return
        for member in owner.members or (owner.key,):
            yield scene.company(member)[0]
    for apposition in parsed.appositions:
        if apposition.token != index:
            continue
        inside = apposition.words
        for position, word in enumerate(inside[:4]):
            if tokens[word].letter == "o" and position + 1 < len(inside) and tokens[inside[position + 1]].low == "'s":
                yield scene.company(line.mention(tokens[word]).key)[0]
