"""Targets: what a company or a person wants to reach, how much, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.clauses import Clause, Parsed
from flows.extract.scene import Draft, Scene
from flows.extract.scope import Scope, wished
from flows.extract.spans import QuantityMention, TimeMention
from flows.extract.verbplaces import PREPOSITIONS
from flows.extract.wordlists import word_set
from storage.model import Modality
from storage.values import Money, Percent, Period, Qualifier, Quantity, Ratio

_AIMING = word_set("aim target want hope seek strive intend promise pledge vow commit aspire plan")
_GOAL = re.compile(r"\b(?:goal|target|aim|ambition|objective)\b", re.IGNORECASE)
_EMPTY = word_set(
    """
    the a an its their his her our your of in on at to by with from for and or as that this it them up down out over
    about around some nearly more than less annual annually yearly year years month months total whole own every each
    all whole entire next within between least most new scale size which is are be squeeze bring reach hit pass grow
    rise get raise lift cut reduce increase down world world's
    """
)
_NO_THING = _EMPTY | word_set(
    "who which than times percent times so thing things way ways step steps day days week weeks hour hours"
)
_SAVERS = word_set("customers users buyers clients operators owners households taxpayers readers consumers you us them")
_AIM_NOUNS = word_set("goal target aim ambition objective mark plan date hope figure level total sum rate value")
_VERBS_OF_FACTOR = frozenset(["quadruple", "double", "triple", "halve", "quintuple"])


def propose(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Target claims of one line."""
    if parsed.question:
        return
    line = parsed.line
    text = line.text[line.sentence.start : line.sentence.end]
    done: set[int] = set()
    for clause in parsed.clauses:
        group = clause.group
        aiming = group.lemma in _AIMING or bool(_AIMING & set(group.chain))
        goal = (group.lemma == "be" or group.be_to) and _GOAL.search(clause.head) is not None
        noun = _GOAL.search(parsed.words(clause.rest)) is not None and (
            group.lemma in {"set", "have", "give", "announce"} or ":" in text
        )
        apposed = group.be_to and _goal_follows(parsed, clause)
        wish = wished(parsed, clause)
        saving = group.lemma == "save" and not group.negated and (group.modals[:1] == ("should",) or bool(group.chain))
        saving = saving and not _SAVERS & {line.tokens[index].low for index in clause.rest}
        if not (aiming or goal or noun or apposed or wish or saving):
            continue
        if (
            not (wish or saving)
            and (
                (aiming and group.lemma in {"plan", "promise", "pledge", "commit"})
                or (not aiming and not goal and not noun and not apposed)
                or (
                    aiming
                    and set(group.chain) & {"plan", "promise", "pledge", "commit"}
                    and not (_AIMING - {"plan", "promise", "pledge", "commit"}) & {*group.chain, group.lemma}
                )
            )
            and not any(_is_factor(parsed, index) for index in _reach(parsed, clause))
        ):
            continue
        scope = scene.scope(number, clause)
        if (scope.modality is None and not saving) or scope.negated or clause.conditional:
            scene.note(number, "target", "dropped", scope.why or "negated")
            continue
        company, certain = _who(scene, number, parsed, clause)
        if company is None:
            continue
        for index in _reach(parsed, clause):
            if index in done:
                continue
            quantity = _value_at(parsed, index) or _counted(parsed, index, least=2 if goal or wish or noun else 10)
            if quantity is None or quantity.points or (saving and not isinstance(quantity.value, Money)):
                continue
            done.add(index)
            yield from _draft(scene, number, parsed, clause, index, quantity, company, scope, certain)


def _goal_follows(parsed: Parsed, clause: Clause) -> bool:
    """ "is to come from recycled sources, a goal that …"."""
    end = clause.end
    return bool(
        re.match(r",? (?:a|the|its) (?:goal|target|aim|ambition)\b", parsed.line.text[end : end + 20])
        or re.search(r", (?:a|the|its) (?:goal|target|aim|ambition)\b", parsed.words(clause.rest).replace(" ,", ","))
    )


def _reach(parsed: Parsed, clause: Clause) -> list[int]:
    """The tokens a wish covers: the rest of its clause, of the infinitives that hang on it, and its subject for "is to come"."""
    found = list(clause.rest)
    if clause.group.last > clause.group.first:
        found += range(clause.group.first, clause.group.last + 1)
    if clause.group.be_to:
        found += clause.subject_tokens
    numbers = {parsed.clauses.index(clause)}
    for position, other in enumerate(parsed.clauses):
        if other.parent in numbers and (
            other.group.lead == "infinitive" or (other.group.lead == "finite" and other.group.form == other.group.lemma)
        ):
            numbers.add(position)
            found += [*range(other.group.first, other.group.last + 1), *other.rest]
    return sorted(set(found))


def _value_at(parsed: Parsed, index: int) -> QuantityMention | None:
    token = parsed.line.tokens[index]
    if token.letter in {"m", "c", "r", "q"} or (token.item >= 0 and not token.letter):
        quantity = parsed.line.items[token.item]
        if isinstance(quantity, QuantityMention) and isinstance(quantity.value, Money | Percent | Ratio | Quantity):
            if isinstance(quantity.value, Quantity) and (
                quantity.value.unit in {"rank", "count", "year", "month"} or not quantity.noun
            ):
                return None
            return quantity
    return None


def _counted(parsed: Parsed, index: int, *, least: int) -> QuantityMention | None:
    """A plain number of things that are named behind it: "thirty repair shops"."""
    tokens = parsed.line.tokens
    item = parsed.line.items[tokens[index].item] if tokens[index].item >= 0 else None
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if not isinstance(item, QuantityMention) or not isinstance(item.value, Quantity) or item.value.unit != "count":
        return None
    if following is None or following.is_value or following.low in _NO_THING or not following.low[:1].isalpha():
        return item if item.noun and item.value.number is not None and item.value.number >= least else None
    return item if item.value.number is not None and item.value.number >= least else None


def _is_factor(parsed: Parsed, index: int) -> bool:
    quantity = _value_at(parsed, index)
    return quantity is not None and isinstance(quantity.value, Ratio)


def _who(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> tuple[str | None, float]:
    """Whose aim it is: an organisation; of a person, the company they speak for."""
    line = parsed.line
    for position in (*clause.subject, *clause.owners):
        mention = line.mention(line.tokens[position])
        if mention.kind == "org" and not mention.members:
            return scene.company(mention.key)[0], 1.0
        if mention.kind == "person":
            employer = scene.employers.get(mention.key)
            if employer is not None:
                return employer[0], 0.95
            known = scene.entities.get(mention.key)
            if known is not None and known.employer:
                return known.employer, 0.95
        if mention.kind == "product":
            return mention.key, 0.85
    if number in scene.speakers and scene.speakers[number] in scene.employers:
        return scene.employers[scene.speakers[number]][0], 0.95
    if clause.group.lemma == "save":
        helped = next((line.mention(line.tokens[index]) for index in clause.rest if line.tokens[index].letter == "o"), None)
        if helped is not None:
            return scene.company(helped.key)[0], 0.95
    after = next((line.mention(token).key for token in line.tokens if token.letter == "o" and token.start > clause.end), None)
    return (scene.company(after)[0] if after else scene.company_before(number)), 0.9


def _draft(
    scene: Scene,
    number: int,
    parsed: Parsed,
    clause: Clause,
    index: int,
    quantity: QuantityMention,
    company: str,
    scope: Scope,
    certain: float,
) -> Iterator[Draft]:
    line = parsed.line
    measure = _partner_business(parsed, _measure(parsed, clause, index), company)
    if not measure:
        scene.note(number, "target", "dropped", "no measure named")
        return
    qualifiers: dict[str, Qualifier] = {"measure": measure}
    time = _deadline(parsed, index)
    if time is not None:
        period = time.ahead or time.period
        if period is not None:
            start = period.start if time.form in {"horizon", "fiscal", "year", "quarter"} and time.preposition is None else None
            if time.form == "horizon" and period.start == period.end:
                start = None
            qualifiers["by"] = Period(start=start, end=period.end)
    by = scope.attributed_to
    if by is None and clause.subject:
        mention = line.mention(line.tokens[clause.subject[0]])
        by = mention.key if mention.kind == "person" and not clause.group.passive else None
    if by is None and number in scene.speakers:
        by = scene.speakers[number]
    yield Draft(
        rule="target",
        subject=company,
        predicate="target",
        line=number,
        start=line.sentence.start,
        end=line.sentence.end,
        value=quantity.value,
        qualifiers=qualifiers,
        modality=Modality.TARGETED,
        attributed_to=by,
        confidence=0.86 * certain,
        number=(quantity.start, quantity.end),
    )


def _partner_business(parsed: Parsed, measure: str, company: str) -> str:
    """One measure for "the scale of its business with Nvidia", "its Nvidia-related business" and "the Nvidia business"."""
    words = measure.split()
    if "business" not in words:
        return measure
    line = parsed.line
    partners = {line.mention(token).key for token in line.tokens if token.letter == "o"} - {company}
    partner = next((word for word in words if word in partners), None)
    return measure if partner is None or set(words) - {partner, "business", "scale", "related"} else f"{partner}_business_scale"


def _noun_of(parsed: Parsed, index: int) -> str:
    """The noun phrase whose "of" a number follows: "a market share of 10%"."""
    tokens = parsed.line.tokens
    if index < 2 or tokens[index - 1].low != "of":
        return ""
    words: list[str] = []
    for back in range(index - 2, max(-1, index - 6), -1):
        token = tokens[back]
        if token.is_entity or token.is_value or not token.low.replace("-", "").isalpha() or token.low in _NO_THING - {"share"}:
            break
        words.insert(0, token.low)
    words = [word for word in words if word not in {"wants", "want", "likes", "sees", "have", "has", "for", "reaching"}]
    return "" if not words or words[-1] in _AIM_NOUNS else " ".join(words[-3:])


def _measure(parsed: Parsed, clause: Clause, index: int) -> str:
    """What is to be reached, in a few words: those after the number, else the object before it."""
    line = parsed.line
    tokens = line.tokens
    if clause.group.lemma == "save":
        return "cost savings"
    if named := _noun_of(parsed, index):
        return named
    after: list[str] = []
    for token in tokens[index + 1 :]:
        if (
            token.letter == "t"
            or token.low in {",", ";", ".", "while", "although", "by", "within", "over", "until", "as", "when", ":", "—", "is"}
            or token.is_value
        ):
            if token.low == "is" and after:
                source = re.match(r".*?\bfrom (\w+)", parsed.words(range(tokens.index(token), len(tokens))))
                if source:
                    return " ".join([source[1], *[word for word in after if word not in _EMPTY][:1]])
            break
        if token.is_entity and line.mention(token).how == "pronoun":
            after.append("its")
            continue
        after.append(line.mention(token).key if token.is_entity else token.low)
    words = [word for word in after if word not in _EMPTY and word not in {"'s", "n't"} and word.replace("-", "").isalnum()]
    if "with" in after:
        words = (
            [word for word in after[after.index("with") + 1 :] if word not in _EMPTY]
            if clause.group.lemma in {"cover", "power", "run", "meet", "supply", "operate"}
            or re.search(r"\b(?:cover|power|meet|supply)\b", line.text[line.sentence.start : tokens[index].start])
            else words
        )
    if words and _counted(parsed, index, least=0) is not None:
        stop = next((place for place, word in enumerate(after) if word in PREPOSITIONS), len(after))
        return " ".join([word for word in after[:stop] if word in words][:4])
    if (words and after[:1] and after[0] in {"of", "in", "the", "lower", "higher", "less", "more", "worth"}) or (
        _is_factor(parsed, index) and words
    ):
        if (tokens[index].letter == "c" or (_is_factor(parsed, index) and after[0] == "of")) and "market" in after:
            return " ".join([*[word for word in words if word != "market"][:2], "market share"]).replace("pcs", "pc")
        if len(after) > 1 and "scale" in after:
            words = [*words[:4], "scale"]
        return " ".join(words[:5])
    before: list[str] = []
    for back in range(index - 1, -1, -1):
        token = tokens[back]
        if token.is_value or token.low in {",", ";", ":"}:
            break
        if token.low in {"them", "it"} and (earlier := _figure_named(parsed, back)):
            return earlier
        if back in range(clause.group.first, clause.group.last + 1) or (
            token.low == "to" and before and back and tokens[back - 1].low in {"wants", "aims", "intends"}
        ):
            break
        if token.letter != "o" and token.low not in _EMPTY and token.low.replace("-", "").isalpha():
            before.insert(0, token.low)
        if token.low in {"bring", "get", "raise", "lift", "cut", "reduce", "increase", "grow"}:
            break
    before = [word for word in before if word not in {"bring", "want", "also", "wants"}]
    return " ".join(before[-4:])


def _figure_named(parsed: Parsed, index: int) -> str | None:
    found = re.findall(
        r"\b(sales|revenue|profit|shipments|margin|headcount|costs)\b",
        " ".join(token.low for token in parsed.line.tokens[:index]),
    )
    return found[0] if found else None


def _deadline(parsed: Parsed, index: int) -> TimeMention | None:
    """By when: the nearest time after the number, else one that opens the line."""
    line = parsed.line
    for token in line.tokens[index + 1 :]:
        if token.letter == "t" and line.time(token).form in {
            "open",
            "horizon",
            "year",
            "fiscal",
            "quarter",
            "month",
            "relative",
            "day",
        }:
            return line.time(token)
    for token in line.tokens[:index]:
        if token.letter == "t" and line.time(token).preposition in {"by", "until", "before"}:
            return line.time(token)
    return None
