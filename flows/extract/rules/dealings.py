"""Dealings that no single verb between two companies tells: customers, money for a site, what became of a deal.

They are read from nouns and their company ("customers, among them X", "a client of Y", "the sale to Z"),
from the purpose of a contract, and from what the text has in mind where it leaves a party unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.extract.clauses import Clause, Parsed, joined
from flows.extract.rules.telling import Telling, company_in_mind, employers_and, followed, orgs, told
from flows.extract.scene import Draft, Scene, keys_of, product_in_mind
from flows.extract.spans import Mention
from flows.extract.tokens import Token
from storage.model import Modality
from storage.values import Money, Qualifier, Status

_WORDS = r"(?:(?!(?:from|to|of|with|by|for|in|on|at|and|or|than|into|as|not) )[\w'.-]+ )"
_ROLE = r"(?:customers?|clients?|buyers?|users?|tenants?|adopters?|purchasers?)"
_ORGS = rf"{_WORDS}{{0,4}}?(?P<orgs>‹o[\d+]+›)"
_LISTED = re.compile(
    rf"\b(?P<role>{_ROLE}) (?:(?:of|for|at) (?:the )?(?P<of>‹[op][\d+]+›) )?(?:, )?(?:such as|including|includes?|like|among (?:them|which|whom|those)(?: (?:are|is|were))?|"
    rf"(?:now |already |also )?«?include»?) {_ORGS}(?P<more>(?: ,? ?(?:and|,) {_WORDS}{{0,4}}?‹o[\d+]+›)*)"
)
_WHOSE = re.compile(rf"(?P<of>‹[op]\d+›) (?:'s )?{_WORDS}{{0,3}}$")
_CALLED = (
    re.compile(rf"(?P<orgs>‹o\d+›) , (?:a|an|the|one of the|another|itself a) {_WORDS}{{0,3}}{_ROLE} (?:of|for) (?:the )?(?P<of>‹o\d+›)"),
    re.compile(rf"(?P<orgs>‹o\d+›) , (?:one of |among )?(?P<of>‹o\d+›) (?:'s )?{_WORDS}{{0,3}}{_ROLE}(?= [,.])"),
    re.compile(r"(?P<of>‹o\d+›) (?:customer|client|user) (?P<orgs>‹o[\d+]+›)"),
)
_GOODS = r"(?:servers?|systems?|machines?|racks?|hardware|computers?|pcs|laptops?|notebooks?|gpus|chips|accelerators|workstations?|clusters?|gear|equipment|devices?|infrastructure|boxes|tablets|phones|switches)"
_ITS_GOODS = re.compile(rf"(?:on|of|with|by|»|using) (?:(?:one|some|two|three|several|many|most|‹q\d+›|a|the) )?(?:of )?(?:the )?(?P<of>‹o[\d+]+›) (?:'s )?{_WORDS}{{0,3}}{_GOODS}\b")
_RUNNING = frozenset("run use operate deploy install rely host work train equip adopt".split())
_BUYING = frozenset("order buy purchase install deploy operate run lease rent".split())
_AS_TENANT = re.compile(rf"«(?:[\w ]+ )?(?:be )?(?:sign|win|secure|name|land|gain)» (?:up )?(?:as|on as) {_WORDS}{{0,4}}{_ROLE}\b")
_CONTRACT = re.compile(r"«(?:[\w ]+ )?(?:sign|win|strike|ink|conclude|seal|close|reach|land|secure)» (?:[^«»;]{0,60} )?(?:agreement|deal|contract|order|pact|memorandum of understanding)\b[^«»;]{0,50}? (?:with|from) (?:the |a )?" + _ORGS)
_PICKED = re.compile(r"«(?:[\w ]+ )?(?:pick|choose|select|tap|commission|appoint|hire|contract|turn)» (?:to |out )?" + _ORGS + r"(?P<after>[^«»;]{0,80})")
_PICKED_BY = re.compile(
    r"«(?:[\w ]+ )?be (?:pick|choose|select|tap|commission|appoint|hire|contract)» by (?:the )?" + _ORGS + r"(?P<after>[^«»;]{0,80})"
)
_PAID_IN = re.compile(rf"(?P<owner>‹o\d+›) (?:'s )?{_WORDS}{{0,2}}(?P<V>‹m\d+›) {_WORDS}{{0,1}}investment in (?:the )?(?P<orgs>‹[op]\d+›)")
_AS_SUPPLIER = re.compile(r"^ (?:[^«»;]{0,30} )?(?:as (?:\S+ ){0,5}?(?:supplier|vendor|provider|contractor|builder)|for (?:\w+ ){0,4}(?:‹|the|its|a|an|their|new))")
_SUPPLYING = frozenset("supply deliver provide equip build install furnish ship sell host".split())
_TAKING = frozenset("buy purchase order lease rent take install use deploy source procure".split())

_JOINT = frozenset(["launch", "start", "begin", "set", "found", "develop", "co-develop", "build", "run", "create", "plan", "open"])
_SITE = re.compile(r"\b(?:data[- ]cent(?:re|er)s?|plants?|factory|factories|facility|facilities|campus|campuses|site|fab|hub|warehouse|laboratory|lab|centre|center|line|works|office|headquarters|complex|park)\b")
_NAMED_TARGET = re.compile(rf"{_WORDS}{{0,3}}?‹[opl][\d+]+›(?! (?:'s )?{_WORDS}{{0,3}}{_SITE.pattern[2:]})")
_INTO = re.compile(r"«(?:[\w ]+ )?(?P<verb>invest|put|pour|plough|spend|commit|pump|inject|sink|earmark)» (?:(?:a|an|another|further|some|additional|up|to|about) )*(?P<V>‹m\d+›) (?:in|into|on|for|to|towards?) (?P<what>[^«»;]*)")
_PASSIVE_INTO = re.compile(r"(?P<V>‹m\d+›) «(?:[\w ]+ )?be (?:invest|put|pour|plough|spend|pump|inject|sink)» (?:in|into|on) (?P<what>[^«»;]*?) by (?:the )?" + _ORGS)
_EQUITY = re.compile(r"«(?:[\w ]+ )?(?:contribute|inject|put|invest|chip)» (?:in |up )?(?:(?:a|another|further|some|up|to|about) )*(?P<V>‹m\d+›) (?:in (?:fresh |new )?(?:equity|capital|cash|funding)|of (?:the )?(?:equity|capital|money|sum)|to the (?:project|venture|round))")

_DEAL = re.compile(rf"(?:(?P<owner>‹o\d+›) (?:'s )?(?:(?P<price>‹m\d+›) )?{_WORDS}{{0,3}})?\b(?P<noun>sale|takeover|acquisition|purchase|merger|bid|offer|buyout)\b(?P<rest>[^;]*)$")
_OUTCOMES = {
    "completed": frozenset("complete close finalise finalize conclude".split()),
    "terminated": frozenset("call abandon scrap cancel drop block terminate collapse fail veto".split()),
}


def propose(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Claims about the dealings a line tells of."""
    if parsed.question:
        return
    yield from _roles(scene, number, parsed)
    for clause in parsed.clauses:
        telling = told(scene, number, parsed, clause)
        if telling is None:
            continue
        yield from _customers(scene, number, parsed, clause, telling)
        yield from _investments(scene, number, parsed, clause, telling)
        yield from _deals(scene, number, parsed, clause, telling)
        yield from _together(scene, parsed, clause, telling)
        yield from _under_agreement(scene, number, parsed, clause, telling)


def flat(tokens: Sequence[Token]) -> str:
    """Tokens as a normalised line, without what stands in brackets, lists of names as one tag."""
    words: list[str] = []
    depth = 0
    for token in tokens:
        depth += token.low == "("
        if not depth:
            words.append(token.low)
        depth -= token.low == ")" and depth > 0
    return joined(" ".join(words))


def _tags(scene: Scene, parsed: Parsed, text: str) -> list[str]:
    return [key for tag in re.findall(r"‹o[\d+]+›", text) for key in orgs(scene, keys_of(parsed, tag))]


def _supplier(scene: Scene, number: int, parsed: Parsed, tag: str) -> str | None:
    """The company a tag names, or that makes the product it names."""
    mention = keys_of(parsed, tag)[0]
    if mention.kind == "org":
        return orgs(scene, [mention])[0]
    return maker_of(scene, mention.key)


def maker_of(scene: Scene, product: str) -> str | None:
    """Who makes a product: by the list, else as the text told so far; None where several do."""
    known = scene.entities.get(product)
    makers = known.makers if known is not None and known.makers else tuple(scene.makers.get(product, ()))
    if not makers and (family := next((entity for key, entity in scene.entities.items() if entity.makers and product.startswith(f"{key}-")), None)) is not None:
        makers = family.makers
    return makers[0] if len(makers) == 1 else None


def _roles(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Customers by name of their role: "customers such as X and Y", "X, a client of Y", "Y customer X"."""
    text = flat(parsed.line.tokens)
    for match in _LISTED.finditer(text):
        buyers = _tags(scene, parsed, match["orgs"] + match["more"])
        role = next((index for index, token in enumerate(parsed.line.tokens) if token.low == match["role"]), 0)
        clause = parsed.clause_at(role)
        telling = told(scene, number, parsed, clause)
        if telling is None or telling.modality is Modality.DENIED:
            continue
        seller: str | None = None
        if match["of"] is not None:
            seller = _supplier(scene, number, parsed, match["of"])
        elif (whose := _WHOSE.search(text[: match.start()])) is not None:
            seller = _supplier(scene, number, parsed, whose["of"])
        elif clause is not None:
            seller = _seller_of(scene, number, parsed, clause)
        if seller is not None:
            yield from followed(telling, "customer", [(seller, buyer) for buyer in buyers if buyer != seller], confidence=0.82)
    for match in _PAID_IN.finditer(text):
        telling = told(scene, number, parsed, None)
        if telling is not None:
            pair = (_tags(scene, parsed, match["owner"])[0], orgs(scene, keys_of(parsed, match["orgs"]))[0])
            yield from followed(telling, "investment", [pair], value=_money(parsed, match["V"]), confidence=0.8)
    for pattern in _CALLED:
        for match in pattern.finditer(text):
            telling = told(scene, number, parsed, None)
            seller = _supplier(scene, number, parsed, match["of"])
            if telling is not None and seller is not None:
                yield from followed(telling, "customer", [(seller, buyer) for buyer in _tags(scene, parsed, match["orgs"]) if buyer != seller], confidence=0.8)


def _seller_of(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> str | None:
    """Whose customers a clause speaks of: those of its subject, or of the maker of what it is about."""
    line = parsed.line
    for index in (*clause.subject, *clause.owners):
        if line.tokens[index].letter == "o":
            return orgs(scene, [line.mention(line.tokens[index])])[0]
        if line.tokens[index].letter == "p":
            return maker_of(scene, line.mention(line.tokens[index]).key)
    product = product_in_mind(scene, number)
    return maker_of(scene, product) if product is not None else None


def _customers(scene: Scene, number: int, parsed: Parsed, clause: Clause, telling: Telling) -> Iterator[Draft]:
    """Customers by what is bought, run or signed."""
    if telling.modality is Modality.DENIED:
        return
    subjects = employers_and(scene, parsed, clause)
    lemma = clause.group.lemma
    if _AS_TENANT.search(clause.text):
        later = _tags(scene, parsed, " ".join(token.low for token in parsed.line.tokens[clause.group.last :]))
        seller = next((key for key in later if key not in subjects), None) or company_in_mind(scene, number, subjects)
        if seller is not None:
            yield from followed(telling, "customer", [(seller, buyer) for buyer in subjects], confidence=0.8)
        return
    if not subjects:
        return
    if lemma in _RUNNING and not clause.group.passive:
        for match in _ITS_GOODS.finditer(clause.text):
            sellers = [key for key in _tags(scene, parsed, match["of"]) if key not in subjects]
            yield from followed(telling, "customer", [(seller, buyer) for seller in sellers for buyer in subjects if not _makes(scene, buyer)], confidence=0.82)
    if lemma in _BUYING and not clause.group.passive:
        product = next((parsed.line.mention(parsed.line.tokens[index]) for index in clause.rest[:6] if parsed.line.tokens[index].letter == "p"), None)
        seller = maker_of(scene, product.key) if product is not None else None
        if seller is not None and not re.search(r"\bfrom (?:\w+ ){0,2}‹o", clause.text):
            yield from followed(telling, "customer", [(seller, buyer) for buyer in subjects if buyer != seller and not _makes(scene, buyer)], confidence=0.8)
    if (contract := _CONTRACT.search(clause.text)) is not None:
        purpose = _purpose(parsed, clause)
        others = [key for key in _tags(scene, parsed, contract["orgs"]) if key not in subjects]
        pairs = [(one, other) for one in subjects for other in others]
        if purpose in _SUPPLYING:
            yield from followed(telling, "customer", pairs, confidence=0.82)
        elif purpose in _TAKING:
            yield from followed(telling, "customer", [(other, one) for one, other in pairs], confidence=0.82)
    if (chosen := _PICKED_BY.search(clause.text)) is not None and (_purpose(parsed, clause) in _SUPPLYING or _AS_SUPPLIER.match(chosen["after"])):
        pairs = [(one, other) for one in subjects for other in _tags(scene, parsed, chosen["orgs"])]
        yield from followed(telling, "customer", pairs, confidence=0.82)
    if (picked := _PICKED.search(clause.text)) is not None:
        others = [key for key in _tags(scene, parsed, picked["orgs"]) if key not in subjects]
        if _purpose(parsed, clause) in _SUPPLYING or _AS_SUPPLIER.match(picked["after"]):
            yield from followed(telling, "customer", [(other, one) for one in subjects for other in others], confidence=0.82)


def _makes(scene: Scene, company: str) -> bool:
    """Whether a company makes machines itself: what it takes from others is a part, not an installation."""
    return any(company in entity.makers for entity in scene.entities.values())


def _purpose(parsed: Parsed, clause: Clause) -> str:
    """The verb of the infinitive that follows a clause: "signed a contract … to supply", or of "for the supply of"."""
    at = parsed.clauses.index(clause)
    for later in parsed.clauses[at + 1 : at + 2]:
        if later.group.lead == "infinitive" and later.parent == at:
            return later.group.lemma
    words = " ".join(parsed.line.tokens[index].low for index in clause.rest)
    if match := re.search(r"\bfor (?:the |a )?(?:supply|delivery|installation) of\b|\bto (?P<verb>supply|deliver|provide|build|equip|buy|purchase|order|lease|rent)\b", words):
        return match["verb"] or "supply"
    return ""


def _investments(scene: Scene, number: int, parsed: Parsed, clause: Clause, telling: Telling) -> Iterator[Draft]:
    """Money that goes into a site, into a company left unsaid, or that went into shares still held."""
    if telling.modality is Modality.DENIED:
        return
    subjects = employers_and(scene, parsed, clause)
    line = parsed.line
    passive = _PASSIVE_INTO.search(clause.text)
    if (match := passive or _INTO.search(clause.text)) is not None and not _NAMED_TARGET.match(match["what"]) and _SITE.search(match["what"]):
        investors = _tags(scene, parsed, match["orgs"]) if passive else subjects
        target = _place(parsed, clause, match["what"])
        if target is not None:
            yield from followed(telling, "investment", [(one, target) for one in investors], value=_money(parsed, match["V"]), converted=_converted(parsed, match["V"]), confidence=0.84)
            for one in investors:
                scene.owners.setdefault(target, one)
    elif (match := _EQUITY.search(clause.text)) is not None and len(subjects) == 1:
        target = company_in_mind(scene, number, subjects)
        if target is not None:
            yield from followed(telling, "investment", [(subjects[0], target)], value=_money(parsed, match["V"]), converted=_converted(parsed, match["V"]), confidence=0.74)
    if clause.group.lemma in {"hold", "own", "have", "keep"} and len(subjects) == 1:
        words = line.text[clause.start : line.sentence.end]
        bought = re.search(r"\b(?:shares|stock|stake|holding)\b[^.;]{0,40}?\b(?:bought|acquired|purchased) for\b", words)
        if bought is None:
            return
        paid = next((token for token in line.tokens if token.letter == "m" and token.start >= clause.start + bought.end() - 1), None)
        into = scene.invested.get(subjects[0])
        if paid is not None and into is not None and isinstance(value := line.quantity(paid).value, Money):
            yield from followed(telling, "investment", [(subjects[0], into)], value=value, confidence=0.76)


def _place(parsed: Parsed, clause: Clause, what: str) -> str | None:
    """Where a site is: the place named with it, else the one that "where" points back to."""
    if match := re.search(r"‹l(?P<item>\d+)[\d+]*›", what):
        item = parsed.line.items[int(match["item"])]
        return item.key if isinstance(item, Mention) else None
    tokens = parsed.line.tokens
    first = min([*clause.subject_tokens, clause.group.first])
    if first and tokens[first - 1].low == "where":
        return next((parsed.line.mention(tokens[index]).key for index in range(first - 2, -1, -1) if tokens[index].letter == "l"), None)
    return None


def _money(parsed: Parsed, tag: str) -> Money | None:
    value = getattr(parsed.line.items[int(tag[2:-1])], "value", None)
    return value if isinstance(value, Money) else None


def _converted(parsed: Parsed, tag: str) -> Money | None:
    converted = getattr(parsed.line.items[int(tag[2:-1])], "converted", None)
    return converted if isinstance(converted, Money) else None


def _deals(scene: Scene, number: int, parsed: Parsed, clause: Clause, telling: Telling) -> Iterator[Draft]:
    """What became of a deal that the subject names by a noun: "an earlier sale to X, at $870 million, was called off"."""
    group = clause.group
    state = next((state for state, verbs in _OUTCOMES.items() if group.lemma in verbs), None)
    tokens = parsed.line.tokens
    after = tokens[group.last + 1].low if group.last + 1 < len(tokens) else ""
    if group.lemma == "fall" and after in {"through", "apart"}:
        state = "terminated"
    if state is None or (group.lemma == "call" and after != "off") or telling.modality is Modality.DENIED:
        return
    start = next((index + 1 for index in range(group.first - 1, -1, -1) if tokens[index].low in {";", "that", "“", ":", "–", "—"}), 0)
    match = _DEAL.search(flat(tokens[start : group.first]))
    if match is None or (not group.passive and group.lemma not in {"close", "collapse", "fail", "fall"}):
        return
    rest = match["rest"]
    target = re.search(rf"^ (?:of|for) (?:the )?{_WORDS}{{0,3}}?(‹o\d+›)", rest)
    buyer = re.search(rf" (?:to|by|with) (?:the )?{_WORDS}{{0,3}}?(‹o\d+›)", rest)
    bought = _tags(scene, parsed, target[1])[0] if target else None
    buying = _tags(scene, parsed, buyer[1])[0] if buyer else None
    if match["owner"]:
        owner = _tags(scene, parsed, match["owner"])[0]
        if match["noun"] == "sale":
            bought = bought or owner
        else:
            buying = buying or owner
    if buying is None and bought is None:
        return
    if buying is None or bought is None:
        if not scene.deals:
            return
        buying, bought = buying or scene.deals[0][0], bought or scene.deals[0][1]
    if buying == bought:
        return
    qualifiers: dict[str, Qualifier] = {}
    price = re.search(r" (?:at|for|worth) (‹m\d+›)", rest)
    tag = match["price"] or (price[1] if price else None)
    if tag is not None and (money := _money(parsed, tag)) is not None:
        qualifiers["price"] = money
    yield from followed(telling, "acquisition", [(buying, bought)], value=Status(state=state), qualifiers=qualifiers, confidence=0.84)


def _together(scene: Scene, parsed: Parsed, clause: Clause, telling: Telling) -> Iterator[Draft]:
    """ "Together with X, Y launched …": what two companies do together is a partnership of theirs."""
    if clause.group.lemma not in _JOINT or telling.modality is Modality.DENIED or clause.relative:
        return
    first = min([*clause.subject_tokens, clause.group.first])
    around = flat(parsed.line.tokens[:first]) + " | " + " ".join(parsed.line.tokens[index].low for index in clause.rest)
    match = re.search(rf"\b(?:together|jointly|in partnership|in cooperation|in collaboration) with (?:the )?{_ORGS}", around)
    if match is None:
        return
    partners = _tags(scene, parsed, match["orgs"])
    pairs = [(one, other) for one in employers_and(scene, parsed, clause) for other in partners if one not in partners]
    yield from followed(telling, "partnership", pairs, value=Status(state="announced"), confidence=0.82)


def _under_agreement(scene: Scene, number: int, parsed: Parsed, clause: Clause, telling: Telling) -> Iterator[Draft]:
    """ "Under an agreement signed with X, Y builds …": the main clause's subject is the other party."""
    if clause.group.lemma not in {"sign", "strike", "conclude", "reach", "make"} or not re.search(r"\b(?:agreement|deal|contract|pact|partnership)\b", clause.head or clause.text.partition("«")[0]):
        return
    match = re.search(r"» (?:[^«»;]{0,30} )?with (?:the )?" + _ORGS, clause.text)
    at = parsed.clauses.index(clause)
    if match is None or clause.subject or not parsed.line.tokens[0].low == "under":
        return
    for later in parsed.clauses[at + 1 :]:
        parties = [key for key in employers_and(scene, parsed, later) if key not in _tags(scene, parsed, match["orgs"])]
        if later.group.lead == "finite" and not later.relative and parties:
            pairs = [(one, other) for one in parties for other in _tags(scene, parsed, match["orgs"])]
            yield from followed(telling, "partnership", pairs, value=Status(state="announced"), confidence=0.8)
            return
