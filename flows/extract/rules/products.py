"""Products: what they contain, how far their production is, when they can be had, what they cost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.config.catalogue import Catalogue, Predicate
from flows.extract.clauses import Clause, Parsed
from flows.extract.patterns import Pattern, compile_pattern
from flows.extract.periods import Reports
from flows.extract.scene import Draft, Scene, keys_of, label_of, main_product, product_in_mind, subject_product
from flows.extract.scope import SELF_REPORTING

from flows.extract.vocabulary import Vocabulary
from storage.model import Modality
from storage.values import Modifier, Money, Period, Qualifier, Quantity, Status

_CONTAINING = frozenset("integrate include contain combine feature use utilize utilise incorporate carry pack house pair have employ embed bundle comprise".split())
_BUILT_ON = frozenset("base build power drive".split())
_INSIDE = re.compile(r"^(?:inside|under the hood|within)(?: (?:it|the [\w-]+|‹p\d+›))?,? (?:are|is|sit|sits|«be»|«sit»|there «be»)", re.IGNORECASE)
_PARTS_END = frozenset("for than compared versus while which that where so to against from".split())
_GENERIC_SUBJECT = re.compile(r"^(?:\w+ )?(?:units|systems|system|it|deliveries|shipments|machines|racks|samples|devices|products|models|production|first systems|customers|we|they|sales|the price|prices?|pricing|volume production|mass production)\b")
_DELIVERY = re.compile(r"\b(?:deliver\w*|customers|hands|ship\w*|in volume|arriv\w*|receive)\b", re.IGNORECASE)
_SALE = re.compile(r"\b(?:on sale|sell\b|sold|go on sale|went on sale|in stores|retail|buy)\b", re.IGNORECASE)
_AVAILABLE = re.compile(
    r"\b(?:available|availability|on sale|deliver(?:y|ed|s|ies)?|customers?(?:['’]s?)? (?:get|hands|receive)|ship(?:s|ped|ping)?|in stores|open(?:ed)? to customers|due at|expected (?:from|in)|"
    r"expected to arrive|arrives?|reach(?:es)? (?:customers|stores|shelves)|sell|launch(?:es)? in|general availability)\b",
    re.IGNORECASE,
)
_PRICED = re.compile(r"\b(?:pric(?:e|es|ed|ing)|costs?|starts? (?:at|from)|starting (?:at|from)|sells? for|retail(?:s|ing)? (?:at|for)|goes for|from|for)\b", re.IGNORECASE)
_PRICE_WORD = re.compile(r"\bpric(?:e|es|ed|ing)\b|\bcosts?\b", re.IGNORECASE)
_PRICE_VERBS = frozenset("cost start retail price sell begin go".split())


@dataclass(frozen=True, slots=True)
class StateOf:
    """A state of a product's status with one pattern for it."""

    predicate: Predicate
    state: str
    pattern: Pattern


def states_of(catalogue: Catalogue) -> tuple[StateOf, ...]:
    """The catalogue's status predicates of products, pattern by pattern, in the order given."""
    return tuple(
        StateOf(predicate, state, compile_pattern(phrase, subject=(*predicate.subject,), object_=("org",)))
        for predicate in catalogue.predicates
        if "status" in predicate.values and "product" in predicate.subject
        for state, phrases in predicate.states.items()
        for phrase in phrases
    )


def propose(scene: Scene, number: int, parsed: Parsed, states: Iterable[StateOf], regions: Vocabulary, reports: Reports) -> Iterator[Draft]:
    """Product claims of one line."""
    if parsed.question:
        scene.note(number, "product", "dropped", "a question")
        return
    yield from _components(scene, number, parsed)
    yield from _status(scene, number, parsed, states)
    yield from _availability(scene, number, parsed, regions, reports)
    yield from _price(scene, number, parsed, regions)


# -- components ---------------------------------------------------------------------------------


def _components(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    line = parsed.line
    tokens = line.tokens
    kind = line.sentence.kind
    seen: set[tuple[str, str]] = set()
    label_end, labelled = label_of(parsed)
    introduced = _introducer(scene, number) if kind == "item" else None
    if introduced is not None:
        whole, modality = introduced
        head = labelled or (line.mention(tokens[0]).key if tokens and tokens[0].letter == "p" else None)
        if head is not None and head != whole:
            seen.add((whole, head))
            yield _component(parsed, number, whole, head, None, modality, None, 0.86, "list under a line that opens it")
    for clause in parsed.clauses:
        yield from _clause_components(scene, number, parsed, clause, labelled, seen)
    text = " ".join(token.low for token in tokens)
    if _INSIDE.match(text):
        verb = parsed.clauses[0].group.first if parsed.clauses else 2
        whole_here = next((line.mention(token).key for token in tokens[:verb] if token.letter == "p"), None) or product_in_mind(scene, number)
        scope = scene.scope(number, parsed.clauses[0] if parsed.clauses else None)
        if whole_here is not None and scope.modality is not None:
            for part, quantity in _parts(parsed, list(range(len(tokens))), whole_here, anywhere=True):
                if (whole_here, part) not in seen:
                    seen.add((whole_here, part))
                    yield _component(parsed, number, whole_here, part, quantity, scope.modality, scope.attributed_to, 0.86, "inside")
    if kind == "item" and labelled is None and label_end and introduced is None and not any(clause.subject or clause.group.modals for clause in parsed.clauses):
        whole_of_list = heading_product(scene, number)
        if whole_of_list is not None:
            planned = is_ahead(scene, parsed)
            for part, quantity in _parts(parsed, list(range(label_end + 1, len(tokens))), whole_of_list, anywhere=True):
                if (whole_of_list, part) not in seen:
                    seen.add((whole_of_list, part))
                    modality = Modality.PLANNED if planned or unbuilt(scene, whole_of_list) else Modality.ACTUAL
                    yield _component(parsed, number, whole_of_list, part, quantity, modality, None, 0.82, "item under a heading")


def unbuilt(scene: Scene, product: str) -> bool:
    """Whether a text speaks of a product as still being built or opened later."""
    for number, parsed in enumerate(scene.lines):
        for clause in parsed.clauses:
            own = [parsed.line.mention(parsed.line.tokens[index]).key for index in clause.subject if parsed.line.tokens[index].letter == "p"]
            if product in own and (clause.group.progressive and clause.group.lemma in {"go", "build", "construct", "rise"} or clause.group.modals[:1] == ("will",)):
                return True
            if product in own and scene.scope(number, clause).modality is Modality.PLANNED:
                return True
    return False


def is_ahead(scene: Scene, parsed: Parsed) -> bool:
    """Whether a line without a verb gives a time that lies ahead."""
    day = scene.published or scene.anchor
    for token in parsed.line.tokens:
        if token.letter == "t":
            period = parsed.line.time(token).period
            if period is not None and (period.start or period.end or day) > day:
                return True
    return False


def heading_product(scene: Scene, number: int) -> str | None:
    """The product the heading over a list names."""
    back = number - 1
    while back >= 0 and scene.lines[back].line.sentence.kind == "item":
        back -= 1
    if back < 0:
        return None
    line = scene.lines[back].line
    return next((line.mention(token).key for token in line.tokens if token.letter == "p"), None)


def _introducer(scene: Scene, number: int) -> tuple[str, Modality] | None:
    """The whole whose parts a list names: its opening line ends in a colon and says it is built on, or contains, what follows."""
    back = number - 1
    while back >= 0 and scene.lines[back].line.sentence.kind == "item":
        back -= 1
    if back < 0:
        return None
    opener = scene.lines[back]
    text = scene.text[opener.line.sentence.start : opener.line.sentence.end].rstrip()
    if not text.endswith(":"):
        return None
    for clause in opener.clauses:
        if clause.group.lemma in _CONTAINING | _BUILT_ON:
            product = next((opener.line.mention(token).key for token in opener.line.tokens if token.letter == "p"), None) or product_in_mind(scene, back)
            scope = scene.scope(back, clause)
            if product is not None and scope.modality is not None:
                return product, scope.modality
    return None


def _clause_components(scene: Scene, number: int, parsed: Parsed, clause: Clause, labelled: str | None, seen: set[tuple[str, str]]) -> Iterator[Draft]:
    line = parsed.line
    group = clause.group
    words = parsed.words(clause.rest)
    containing = group.lemma in _CONTAINING and not group.passive
    built_on = (group.lemma in {"base", "build"} and (group.passive or group.lead == "participle") and re.match(r"(?:on|around|upon|with)\b", words) is not None) or (
        group.lemma in {"power", "drive"} and group.passive and words.startswith("by")
    )
    with_it = group.lemma in {"ship", "come"} and not group.passive and re.match(r"(?:\w+ )?with\b", words) is not None
    a_part_of = re.search(r"(?:component|part|heart|core|basis) of (?:the |this )?(‹p[\d+]+›)", words) if group.lemma in {"be", "form", "become"} else None
    is_a = group.lemma == "be" and re.match(r"(?:an? )(‹p\d+›)", words)
    if not (containing or built_on or with_it or a_part_of or is_a):
        return
    scope = scene.scope(number, clause)
    if scope.modality is None or scope.negated or scope.modality is Modality.TARGETED:
        scene.note(number, "component", "dropped", scope.why or "negated")
        return
    if a_part_of is not None:
        part, _ = subject_product(scene, number, parsed, clause)
        for whole in keys_of(parsed, a_part_of[1]):
            if part is not None and part != whole.key:
                yield _component(parsed, number, whole.key, part, None, scope.modality, scope.attributed_to, 0.88, "part of")
        return
    whole_key, certain = subject_product(scene, number, parsed, clause)
    if whole_key is None and not clause.subject and line.sentence.kind == "item":
        whole_key, certain = main_product(scene, number), 0.9
    if whole_key is None:
        return
    own = [index for index in clause.subject if line.tokens[index].letter == "p"]
    if not own and labelled is None and (group.lemma in {"have", "use", "include"} and line.sentence.kind != "item" or (clause.subject_tokens and not _GENERIC_SUBJECT.match(clause.head or " ") and line.sentence.kind != "item" and group.lead == "finite")):
        return
    if line.sentence.kind == "item" and labelled is None and not own:
        certain *= 0.97
    for part, quantity in _parts(parsed, list(clause.rest), whole_key, anywhere=False):
        if (whole_key, part) in seen:
            continue
        seen.add((whole_key, part))
        yield _component(parsed, number, whole_key, part, quantity, scope.modality, scope.attributed_to, 0.9 * certain, group.lemma)
        if is_a:
            break


def _parts(parsed: Parsed, indices: list[int], whole: str, *, anywhere: bool) -> Iterator[tuple[str, Quantity | None]]:
    """The products named among some tokens, each with the number of them where one stands before it."""
    line = parsed.line
    tokens = line.tokens
    for place, index in enumerate(indices):
        token = tokens[index]
        if token.low in _PARTS_END and not anywhere and place > 1:
            break
        if token.letter != "p":
            continue
        mention = line.mention(token)
        if mention.key == whole or mention.how == "pronoun" or (mention.how == "noun" and not anywhere) or mention.possessive:
            continue
        before = index - 1
        while before >= 0 and (tokens[before].letter == "o" or tokens[before].low in {"-"}):
            before -= 1
        quantity: Quantity | None = None
        if before >= 0 and tokens[before].letter == "q":
            value = line.quantity(tokens[before]).value
            if isinstance(value, Quantity) and value.unit != "rank":
                quantity = value
        yield mention.key, quantity


def _component(parsed: Parsed, number: int, whole: str, part: str, quantity: Quantity | None, modality: Modality, by: str | None, confidence: float, rule: str) -> Draft:
    sentence = parsed.line.sentence
    return Draft(
        rule=f"component: {rule}", subject=whole, object=part, predicate="component", line=number, start=sentence.start, end=sentence.end, value=quantity,
        modality=modality, attributed_to=by, confidence=confidence,
    )  # fmt: skip


# -- production status --------------------------------------------------------------------------


def _status(scene: Scene, number: int, parsed: Parsed, states: Iterable[StateOf]) -> Iterator[Draft]:
    done: set[tuple[str, str]] = set()
    for clause in parsed.clauses:
        text = clause.text + " "
        stood_in = _stood_in(scene, number, parsed, clause)
        for state in states:
            if state.pattern.needs and not any(f"{verb}»" in text for verb in state.pattern.needs):
                continue
            subject: str | None = None
            certain = 1.0
            match = state.pattern.regex.search(text)
            if match is not None and match.groupdict().get("S"):
                mention = next(iter(keys_of(parsed, match["S"])), None)
                subject = mention.key if mention is not None else None
            elif stood_in is not None and (match := state.pattern.regex.search(stood_in[0])) is not None:
                subject, certain = stood_in[1], 0.92
            if subject is None or match is None or (subject, state.state) in done:
                continue
            if state.state == "shipping" and (clause.group.modals or clause.group.chain):
                continue
            scope = scene.scope(number, clause)
            if scope.modality is None:
                scene.note(number, state.predicate.key, "dropped", scope.why)
                continue
            modality = scope.modality
            if scope.negated:
                if scope.attributed_to is None and not _quoted_denial(scene, number, parsed, clause):
                    scene.note(number, state.predicate.key, "dropped", "negated")
                    continue
                modality = Modality.DENIED
            by = scope.attributed_to or (_quoted_denial(scene, number, parsed, clause) if modality is Modality.DENIED else None)
            done.add((subject, state.state))
            sentence = parsed.line.sentence
            yield Draft(
                rule=f"{state.predicate.key}: {state.pattern.source}", subject=subject, predicate=state.predicate.key, line=number, start=sentence.start,
                end=sentence.end, value=Status(state=state.state), modality=modality, attributed_to=by, confidence=0.88 * certain,
            )  # fmt: skip
            break


def _stood_in(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> tuple[str, str] | None:
    """A clause whose subject only stands for a product ("Units are already shipping"), rewritten with a tag for it."""
    if clause.subject and parsed.line.tokens[clause.subject[0]].letter != "p":
        return None
    if clause.subject:
        return None
    if not _GENERIC_SUBJECT.match(clause.head or ""):
        return None
    product = product_in_mind(scene, number)
    if product is None:
        return None
    tag = clause.text.find("«")
    return f"‹p999› {clause.text[tag:]} ", product


def _quoted_denial(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> str | None:
    """The company a quoted denial comes from: its spokesperson's, named here or in the sentence before."""
    sentence = parsed.line.sentence
    if not any(start <= clause.start < end for start, end in sentence.quoted):
        return None
    if not re.search(r"\bspokes\w+\b", scene.text[sentence.start : sentence.end]):
        return None
    return scene.company_before(number)


# -- availability -------------------------------------------------------------------------------


def _availability(scene: Scene, number: int, parsed: Parsed, regions: Vocabulary, reports: Reports) -> Iterator[Draft]:
    line = parsed.line
    done: set[str] = set()
    for clause in parsed.clauses or [None]:
        indices = [*clause.subject_tokens, *range(clause.group.first, clause.group.last + 1), *clause.rest] if clause is not None else list(range(len(line.tokens)))
        times = [(index, line.time(line.tokens[index])) for index in indices if line.tokens[index].letter == "t"]
        times = [(index, time) for index, time in times if time.form not in {"year_earlier", "previous", "same", "horizon"} and (time.period or time.fiscal) and not time.event]
        if not times:
            continue
        words = line.text[min(line.tokens[index].start for index in indices) : max(line.tokens[index].end for index in indices)]
        if not _AVAILABLE.search(words):
            continue
        if clause is not None and clause.group.lemma in {"launch", "announce", "introduce", "sign", "report", "book", "supply", "buy", "renew", "say", "tell", "need", "take"} and not clause.group.passive and clause.subject and line.tokens[clause.subject[0]].letter != "p":
            continue
        product = _product_had(scene, number, parsed, clause, words)
        if product is None or product[0] in done:
            continue
        scope = scene.scope(number, clause)
        if scope.modality is None:
            scene.note(number, "availability", "dropped", scope.why)
            continue
        trigger = _AVAILABLE.search(words)
        assert trigger is not None  # noqa: S101 - searched above
        index, time = next(((i, t) for i, t in times if line.tokens[i].start > min(line.tokens[j].start for j in indices) + trigger.start()), times[-1])
        modality = scope.modality
        if scope.negated and time.preposition not in {"before", "until", "from"}:
            continue
        future = time.ahead if modality is not Modality.ACTUAL and time.ahead else time.period
        company = next((scene.company(line.mention(line.tokens[i]).key)[0] for i in (clause.subject if clause else ()) if line.tokens[i].letter == "o"), None) or _maker(scene, product[0])
        period = reports.resolve(time, company, ahead=modality is not Modality.ACTUAL, fiscal=time.form == "fiscal") or future
        if period is None:
            continue
        if modality is Modality.ACTUAL and _is_future(scene, period) and (clause is None or clause.group.form == clause.group.lemma or clause.group.form.endswith("s") or clause.group.lemma == "be"):
            modality = Modality.PLANNED
        if modality is Modality.ACTUAL and clause is not None and re.search(r"\bsince\b", words):
            continue
        qualifiers: dict[str, Qualifier] = {}
        if _SALE.search(words):
            qualifiers["milestone"] = "sale"
        elif _DELIVERY.search(words) and not re.search(r"\bopen(?:ed)? to customers\b", words):
            qualifiers["milestone"] = "delivery"
        region = _region(parsed, indices, regions) or _region_opening(parsed, regions)
        if region:
            qualifiers["region"] = region
        done.add(product[0])
        yield Draft(
            rule="availability", subject=product[0], predicate="availability", line=number, start=line.sentence.start, end=line.sentence.end,
            value=Period(start=period.start, end=period.end), qualifiers=qualifiers, modality=modality, attributed_to=_attributed(scope.attributed_to, scene, parsed, clause),
            confidence=0.88 * product[1], number=(time.start, time.end),
        )  # fmt: skip
        _ = index


def _attributed(by: str | None, scene: Scene, parsed: Parsed, clause: Clause | None) -> str | None:
    if by is not None or clause is None:
        return by
    if clause.group.lemma in SELF_REPORTING or "expect" in clause.group.chain:
        for index in clause.subject:
            if parsed.line.tokens[index].letter == "o" and not clause.group.passive:
                return scene.company(parsed.line.mention(parsed.line.tokens[index]).key)[0]
    return None


def _maker(scene: Scene, product: str) -> str | None:
    entity = scene.entities.get(product)
    return entity.makers[0] if entity is not None and entity.makers else None


def _is_future(scene: Scene, period: Period) -> bool:
    day = scene.published or scene.anchor
    first = period.start or period.end
    return first is not None and first > day


def _product_had(scene: Scene, number: int, parsed: Parsed, clause: Clause | None, words: str) -> tuple[str, float] | None:
    """The product that can be had: the clause's subject or object, else the one in mind where the subject only stands for it."""
    line = parsed.line
    label_end, labelled = label_of(parsed)
    if line.sentence.kind == "item" and label_end and labelled is None and (whole := heading_product(scene, number)) is not None:
        return whole, 0.92
    if clause is None:
        product = labelled or (product_in_mind(scene, number) if line.sentence.kind == "item" else None)
        return (product, 0.88) if product else None
    for index in clause.subject:
        if line.tokens[index].letter == "p":
            return line.mention(line.tokens[index]).key, 1.0
    if clause.subject and line.tokens[clause.subject[0]].letter in {"o", "n"} or clause.head.endswith("customers"):
        objects = [line.mention(line.tokens[index]) for index in clause.rest if line.tokens[index].letter == "p"]
        if objects and clause.group.lemma in {"sell", "ship", "deliver", "release", "get", "receive", "offer", "start", "begin"}:
            return objects[0].key, 0.95
        if clause.head.endswith("customers") and re.search(r"\btheirs\b|\bit\b", words):
            product = product_in_sentence(parsed) or product_in_mind(scene, number)
            return (product, 0.9) if product else None
        return None
    if line.sentence.kind == "item" and labelled is not None:
        return labelled, 0.95
    if not clause.subject and (_GENERIC_SUBJECT.match(clause.head or "") or line.sentence.kind == "item" or not clause.subject_tokens):
        earlier = product_in_sentence(parsed, before=clause.group.first)
        product = earlier or product_in_mind(scene, number)
        return (product, 0.9) if product else None
    return None


def product_in_sentence(parsed: Parsed, before: int | None = None) -> str | None:
    """The first product a line names (before a token)."""
    line = parsed.line
    return next((line.mention(token).key for place, token in enumerate(line.tokens) if token.letter == "p" and (before is None or place < before)), None)


def _region(parsed: Parsed, indices: list[int], regions: Vocabulary) -> str | None:
    line = parsed.line
    for index in indices:
        token = line.tokens[index]
        if token.letter == "l" and index and line.tokens[index - 1].low in {"in", "across", "for", "the", "throughout"}:
            return regions.slug(line.text[token.start : token.end])
    return None


def _region_opening(parsed: Parsed, regions: Vocabulary) -> str | None:
    """ "In North America it is expected …": a region the sentence opens with."""
    tokens = parsed.line.tokens
    for index, token in enumerate(tokens[:4]):
        if token.letter == "l" and index and tokens[index - 1].low in {"in", "the", "across"}:
            return regions.slug(parsed.line.text[token.start : token.end])
    return None


# -- price --------------------------------------------------------------------------------------


def _price(scene: Scene, number: int, parsed: Parsed, regions: Vocabulary) -> Iterator[Draft]:
    line = parsed.line
    text = line.text[line.sentence.start : line.sentence.end]
    for index, token in enumerate(line.tokens):
        if token.letter != "m":
            continue
        quantity = line.quantity(token)
        value = quantity.value
        assert isinstance(value, Money)  # noqa: S101 - the letter said so
        clause = next((one for one in reversed(parsed.clauses) if index in one.rest or index in one.subject_tokens), None)
        near = line.text[max(line.sentence.start, token.start - 60) : token.end]
        asking = value.modifier is Modifier.AT_LEAST and re.search(r"\b(?:start\w*|from|begin\w*|upwards)\b", line.text[max(line.sentence.start, token.start - 24) : token.end])
        costing = clause is not None and clause.group.lemma in {"cost", "retail"} or (clause is not None and clause.group.lemma == "price" and clause.group.passive) or re.search(r"\bpric(?:e|es|ed|ing)\b[^.;]{0,40}$", near[: len(near) - (token.end - token.start)], re.IGNORECASE)
        answered = _asked_for_price(scene, number)
        if not (asking or costing or answered):
            continue
        if quantity.per is not None or re.search(r"\b(?:cut from|down from|was|instead of|average selling price|market price|share price|earlier version|shares? at)\b", near, re.IGNORECASE):
            continue
        if clause is not None and clause.subject and line.tokens[clause.subject[0]].letter == "o" and not asking:
            continue
        product: str | None = None
        certain = 1.0
        if clause is not None:
            for position in (*clause.subject, *clause.owners):
                if line.tokens[position].letter == "p":
                    product = line.mention(line.tokens[position]).key
        if product is None:
            product = label_of(parsed)[1] or product_in_sentence(parsed, before=index)
            if product is None and (answered or not clause or not clause.subject):
                product, certain = product_in_mind(scene, number), 0.92
        if product is None:
            continue
        scope = scene.scope(number, clause)
        if scope.modality is None and not (asking and clause is not None and not clause.conditional and not parsed.question):
            scene.note(number, "price", "dropped", scope.why)
            continue
        if scope.negated:
            continue
        modality = Modality.RUMOURED if scope.modality is Modality.RUMOURED or _leaked(scene, parsed) else Modality.ACTUAL
        qualifiers: dict[str, Qualifier] = {}
        region = _region(parsed, list(range(len(line.tokens))), regions) or _region_opening(parsed, regions)
        if region:
            qualifiers["region"] = region
        if quantity.converted is not None:
            qualifiers["converted"] = quantity.converted
        yield Draft(
            rule="price", subject=product, predicate="price", line=number, start=line.sentence.start, end=line.sentence.end, value=value, qualifiers=qualifiers,
            modality=modality, attributed_to=scope.attributed_to, confidence=0.88 * certain, number=(quantity.start, quantity.end),
        )  # fmt: skip
    _ = text


def _asked_for_price(scene: Scene, number: int) -> bool:
    """Whether the answer belongs to the question "What does one cost?" a line or two before."""
    if number not in scene.speakers:
        return False
    for back in (number - 1, number - 2):
        if back >= 0 and scene.lines[back].question:
            sentence = scene.lines[back].line.sentence
            return bool(re.search(r"\bcosts?\b|\bprice\b", scene.text[sentence.start : sentence.end], re.IGNORECASE))
    return False


def _leaked(scene: Scene, parsed: Parsed) -> bool:
    return bool(re.search(r"\b(?:leak\w*|rumou?r\w*|reportedly)\b", scene.text[parsed.line.sentence.start : parsed.line.sentence.end], re.IGNORECASE))


