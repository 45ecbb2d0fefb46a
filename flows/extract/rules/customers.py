"""Customers: who buys, rents or runs what another company makes.

They are read from the noun of their role ("customers, among them X", "a client of Y"), from what is ordered
or run, from the purpose of a contract, and from who is chosen to supply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.linetags import ORGS, WORDS, flat, tags
from flows.extract.rules.ownedby import maker_of
from flows.extract.rules.telling import Telling, company_in_mind, employers_and, followed, orgs, told
from flows.extract.scene import Draft, Scene, keys_of, product_in_mind
from storage.model import Modality

_ROLE = r"(?:customers?|clients?|buyers?|users?|tenants?|adopters?|purchasers?)"
_LISTED = re.compile(
    rf"\b(?P<role>{_ROLE}) (?:(?:of|for|at) (?:the )?(?P<of>‹[op][\d+]+›) )?(?:, )?"
    rf"(?:such as|including|includes?|like|among (?:them|which|whom|those)(?: (?:are|is|were))?|(?:now |already |also )?include) "
    rf"{ORGS}(?P<more>(?: ,? ?(?:and|,) {WORDS}{{0,4}}?‹o[\d+]+›)*)"
)
_WHOSE = re.compile(rf"(?P<of>‹[op]\d+›) (?:, )?(?:'s |whose )?{WORDS}{{0,3}}$")
_CALLED = (
    re.compile(
        rf"(?P<orgs>‹o\d+›) , (?:a|an|the|one of the|another|itself a) {WORDS}{{0,3}}{_ROLE} (?:of|for) (?:the )?(?P<of>‹o\d+›)"
    ),
    re.compile(rf"(?P<orgs>‹o\d+›) , (?:one of |among )?(?P<of>‹o\d+›) (?:'s )?{WORDS}{{0,3}}{_ROLE}(?= [,.])"),
    re.compile(r"(?P<of>‹o\d+›) (?:customer|client|user) (?P<orgs>‹o[\d+]+›)"),
)
_GOODS = (
    r"(?:servers?|systems?|machines?|racks?|hardware|computers?|pcs|laptops?|notebooks?|gpus|chips|accelerators|workstations?|"
    r"clusters?|gear|equipment|devices?|infrastructure|boxes|tablets|phones|switches)"
)
_ITS_GOODS = re.compile(
    r"(?:on|of|with|by|»|using) (?:(?:one|some|two|three|several|many|most|‹q\d+›|a|the) )?(?:of )?(?:the )?"
    rf"(?P<of>‹o[\d+]+›) (?:'s )?{WORDS}{{0,3}}{_GOODS}\b"
)
_TRYING = re.compile(r"\b(?:benchmarks?|tests?|trials?|demos?|demonstrations?)\b")
_RUNNING = frozenset(["run", "use", "operate", "deploy", "install", "rely", "host", "work", "train", "equip", "adopt"])
_BUYING = frozenset(["order", "buy", "purchase", "install", "deploy", "operate", "run", "lease", "rent"])
_AS_TENANT = re.compile(rf"«(?:[\w ]+ )?(?:be )?(?:sign|win|secure|name|land|gain)» (?:up )?(?:as|on as) {WORDS}{{0,4}}{_ROLE}\b")
_CONTRACT = re.compile(
    r"«(?:[\w ]+ )?(?:sign|win|strike|ink|conclude|seal|close|reach|land|secure)» (?:[^«»;]{0,60} )?"
    r"(?:agreement|deal|contract|order|pact|memorandum of understanding)\b[^«»;]{0,50}? (?:with|from) (?:the |a )?" + ORGS
)
_CHOOSING = r"(?:pick|choose|select|tap|commission|appoint|hire|contract|turn)"
_PICKED = re.compile(rf"«(?:[\w ]+ )?{_CHOOSING}» (?:to |out )?{ORGS}(?P<after>[^«»;]{{0,80}})")
_PICKED_BY = re.compile(rf"«(?:[\w ]+ )?be {_CHOOSING}» by (?:the )?{ORGS}(?P<after>[^«»;]{{0,80}})")
_AS_SUPPLIER = re.compile(
    r"^ (?:[^«»;]{0,30} )?(?:as (?:\S+ ){0,5}?(?:supplier|vendor|provider|contractor|builder)"
    r"|for (?:\w+ ){0,4}(?:‹|the|its|a|an|their|new))"
)
_SUPPLYING = frozenset(["supply", "deliver", "provide", "equip", "build", "install", "furnish", "ship", "sell", "host"])
_FOR_SUPPLY = re.compile(
    r"\bfor (?:the |a )?(?:supply|delivery|installation) of\b"
    r"|\bto (?P<verb>supply|deliver|provide|build|equip|buy|purchase|order|lease|rent)\b"
)
_TAKING = frozenset(["buy", "purchase", "order", "lease", "rent", "take", "install", "use", "deploy", "source", "procure"])


def by_role(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Customers by name of their role: "customers such as X and Y", "X, a client of Y", "Y customer X"."""
    text = flat(parsed.line.tokens)
    for match in _LISTED.finditer(text):
        buyers = tags(scene, parsed, match["orgs"] + match["more"])
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
    for pattern in _CALLED:
        for match in pattern.finditer(text):
            telling = told(scene, number, parsed, None)
            seller = _supplier(scene, number, parsed, match["of"])
            if telling is not None and seller is not None:
                yield from followed(
                    telling,
                    "customer",
                    [(seller, buyer) for buyer in tags(scene, parsed, match["orgs"]) if buyer != seller],
                    confidence=0.8,
                )


def by_trade(scene: Scene, number: int, parsed: Parsed, clause: Clause, telling: Telling) -> Iterator[Draft]:
    """Customers by what is bought, run or signed."""
    if telling.modality is Modality.DENIED:
        return
    subjects = employers_and(scene, parsed, clause)
    lemma = clause.group.lemma
    if _AS_TENANT.search(clause.text):
        later = tags(scene, parsed, " ".join(token.low for token in parsed.line.tokens[clause.group.last :]))
        seller = next((key for key in later if key not in subjects), None) or company_in_mind(scene, number, subjects)
        if seller is not None:
            yield from followed(telling, "customer", [(seller, buyer) for buyer in subjects], confidence=0.8)
        return
    if not subjects:
        return
    if lemma in _RUNNING and not clause.group.passive:
        for match in () if _TRYING.search(clause.text) else _ITS_GOODS.finditer(clause.text):
            sellers = [key for key in tags(scene, parsed, match["of"]) if key not in subjects]
            yield from followed(
                telling,
                "customer",
                [(seller, buyer) for seller in sellers for buyer in subjects if not _makes(scene, buyer)],
                confidence=0.82,
            )
    if lemma in _BUYING and not clause.group.passive:
        product = next(
            (
                parsed.line.mention(parsed.line.tokens[index])
                for index in clause.rest[:6]
                if parsed.line.tokens[index].letter == "p"
            ),
            None,
        )
        seller = maker_of(scene, product.key) if product is not None else None
        if seller is not None and not re.search(r"\bfrom (?:\w+ ){0,2}‹o", clause.text):
            yield from followed(
                telling,
                "customer",
                [(seller, buyer) for buyer in subjects if buyer != seller and not _makes(scene, buyer)],
                confidence=0.8,
            )
    if (contract := _CONTRACT.search(clause.text)) is not None:
        purpose = _purpose(parsed, clause)
        others = [key for key in tags(scene, parsed, contract["orgs"]) if key not in subjects]
        pairs = [(one, other) for one in subjects for other in others]
        if purpose in _SUPPLYING:
            yield from followed(telling, "customer", pairs, confidence=0.82)
        elif purpose in _TAKING:
            yield from followed(telling, "customer", [(other, one) for one, other in pairs], confidence=0.82)
    if (chosen := _PICKED_BY.search(clause.text)) is not None and (
        _purpose(parsed, clause) in _SUPPLYING or _AS_SUPPLIER.match(chosen["after"])
    ):
        pairs = [(one, other) for one in subjects for other in tags(scene, parsed, chosen["orgs"])]
        yield from followed(telling, "customer", pairs, confidence=0.82)
    if (picked := _PICKED.search(clause.text)) is not None:
        others = [key for key in tags(scene, parsed, picked["orgs"]) if key not in subjects]
        if _purpose(parsed, clause) in _SUPPLYING or _AS_SUPPLIER.match(picked["after"]):
            yield from followed(telling, "customer", [(other, one) for one in subjects for other in others], confidence=0.82)


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


def _supplier(scene: Scene, number: int, parsed: Parsed, tag: str) -> str | None:
    """The company a tag names, or that makes the product it names."""
    mention = keys_of(parsed, tag)[0]
    if mention.kind == "org":
        return orgs(scene, [mention])[0]
    return maker_of(scene, mention.key)


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
    if match := _FOR_SUPPLY.search(words):
        return match["verb"] or "supply"
    return ""
