"""Customers in the verbs of every day: who gets, uses, rents or takes what another company makes or lets.

The goods decide. "Gets its chips from X" makes a customer, "gets a third of its revenue from X" none; so
every pattern here asks for a noun of goods between the two companies, or a product that one company makes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.linetags import ORGS, WORDS, tags
from flows.extract.rules.ownedby import maker_of, subject_before
from flows.extract.rules.telling import Telling, employers_and, followed, orgs
from flows.extract.scene import Draft, Scene, keys_of
from storage.model import Modality

GOODS = (
    r"(?:servers?|systems?|machines?|racks?|cabinets?|hardware|computers?|supercomputers?|pcs|laptops?|notebooks?|desktops?|"
    r"g?c?n?t?pus|processors?|chips|chipsets?|semiconductors?|wafers?|accelerators?|workstations?|boards?|cards|modules?|memory|"
    r"components?|parts|optics|lasers|transceivers?|panels?|displays?|monitors?|screens|batteries|drives|storage|"
    r"clusters?|gear|equipment|kit|devices?|infrastructure|boxes|tablets|phones|handsets|switches|routers?|sensors?|cameras|"
    r"robots|capacity|compute|bandwidth|software|licences|licenses|models|tools|cooling|pumps|turbines|transformers|"
    r"generators|technology|platform|services?)"
)
_GETTING = (
    r"(?:get|receive|obtain|acquire|rent|hire|source|draw|procure|buy|order|purchase|lease|take|reserve|book|license|fetch)"
)
_USING = (
    r"(?:use|run|operate|deploy|install|buy|order|purchase|lease|rent|adopt|take|receive|"
    r"choose|pick|select|license|fit|procure)"
)
_RESTING = r"(?:run|rely|standardise|standardize|train|depend|settle|host|opt|switch|migrate|move)"
_FROM = re.compile(
    rf"«(?:(?!be )[\w'-]+ )*{_GETTING}» (?:up )?(?:(?!(?:from|to|for|by|than|of|in|with) )[^\s«»;]+ ){{0,5}}?"
    rf"(?:‹[qm]\d+› )?(?:(?!(?:from|to|by) )[^\s«»;]+ ){{0,4}}?{GOODS} (?:[^«»;,]{{0,40}} )?from {ORGS}(?! 's)"
)
_NAMED = re.compile(
    rf"«(?:(?!be )[\w'-]+ )*(?:{_USING}|{_RESTING})» (?:(?:on|in|of|with|for|to|upon|all|only|some|more|about|another|most|"
    rf"one|two|three|several|many|thousands|hundreds|dozens|its|the|a|an|‹q\d+›) ){{0,4}}?"
    rf"(?P<orgs>‹o\d+›) (?:'s )?{WORDS}{{0,3}}?{GOODS}\b"
)
_PASSIVE = re.compile(
    rf"(?P<of>‹o\d+›) (?:'s )?{WORDS}{{0,3}}?{GOODS} «(?:[\w' -]+ )?be (?:use|buy|order|deploy|install|adopt|lease|rent|operate|"
    rf"choose|select|pick)» (?:[^«»;,]{{0,30}} )?by {ORGS}(?! 's)"
)
_HANDED = re.compile(
    rf"{GOODS} «(?:[\w' -]+ )?be (?:sell|deliver|ship|supply|lease|provide|hand)» (?:over )?to {ORGS} (?:[^«»;,]{{0,30}} )?by "
    r"(?:the )?(?P<of>‹o\d+›)"
)
_SUPPLIED = re.compile(
    rf"«(?:(?!be )[\w'-]+ )*(?:provide|supply|build|deliver|furnish|install)» (?:[^«»;,]{{0,40}}? )?{GOODS} (?:for|to) "
    rf"(?:(?!that )[\w-]+ ){{0,3}}?(?P<orgs>‹o[\d+]+›)(?! (?:'s|that|which|{WORDS}{{0,2}}{GOODS}))"
)
_WARE_HANDED = re.compile(
    rf"(?P<ware>‹p\d+›) (?:{WORDS}{{0,2}})?«(?:[\w' -]+ )?be (?:sell|deliver|ship|supply|lease|hand)» (?:over )?to {ORGS}(?! 's)"
)
_WARE_USED = re.compile(
    rf"(?P<ware>‹p\d+›) (?:{WORDS}{{0,2}})?«(?:[\w' -]+ )?(?:be (?:use|order|buy|deploy|install|operate|adopt)» "
    rf"(?:[^«»;,]{{0,30}} )?by|(?:run|be run|be install|operate|be deploy)» at) {ORGS}(?! 's)"
)
_WARE_TAKEN = re.compile(
    rf"«(?:(?!be )[\w'-]+ )*{_USING}» (?:(?!(?:from|to|for|by|than|in|with|against) )[^\s«»;‹]+ |‹q\d+› )"
    rf"{{0,5}}?(?P<ware>‹p\d+›)(?! 's)"
)
_SPACE = re.compile(
    r"«(?:(?!be )[\w'-]+ )*(?:lease|rent|take|occupy|book|reserve|let)» (?:[^«»;]{0,40} )?"
    r"(?:hall|halls|space|capacity|floor|floors|building|campus|site|data cent(?:re|er)s?)\b(?![^«»;]*\bfrom ‹)"
)
_LETTING = frozenset(["run", "build", "operate", "own", "plan", "construct", "develop", "open"])
_SITE = re.compile(r"\b(?:hall|building|campus|site|data cent(?:re|er))\b")
_ROLE = r"(?:customers?|clients?|buyers?|users?|tenants?|adopters?)"
_ARE = re.compile(
    rf"(?P<orgs>‹o[\d+]+›) «(?:[\w' -]+ )?(?:be|remain|become)» (?:(?:the|its|their|‹o\d+›|'s|one|two|of|first|among|biggest|"
    rf"largest|main|best|launch|only|top|anchor|key|main|sole|most|important|by|far|also|still) ){{1,7}}{_ROLE}(?= [.,;]|$)"
)
_SUCH = re.compile(
    rf"^(?:(?:the|its|their|‹o\d+›|first|biggest|largest|main|launch|only|top|anchor|key|early|other|current|existing) )"
    rf"{{0,4}}{_ROLE} «(?:[\w' -]+ )?(?:be|include)» {ORGS}"
)
_AMONG = re.compile(rf"^among (?:(?:the|its|their|‹o\d+›|first|biggest|largest|main) ){{0,3}}{_ROLE} «(?:[\w' -]+ )?be» {ORGS}")


def propose(scene: Scene, number: int, parsed: Parsed, clause: Clause, telling: Telling) -> Iterator[Draft]:
    """Customers a clause tells of by its goods, its product, its space or the role it names."""
    if clause.group.lemma in _LETTING and _SITE.search(clause.text):
        for owner in employers_and(scene, parsed, clause)[:1]:
            scene.landlords.append(owner)
    if telling.modality is Modality.DENIED:
        return
    pairs = [*_by_goods(scene, parsed, clause), *_by_product(scene, parsed, clause), *_by_role(scene, number, parsed, clause)]
    if not pairs and _SPACE.search(clause.text) and len(set(scene.landlords)) == 1:
        landlord = scene.landlords[0]
        pairs += [(landlord, tenant) for tenant in employers_and(scene, parsed, clause)]
    if _NO_GOODS.search(clause.text):
        return
    yield from followed(telling, "customer", pairs, rule="customer: goods", confidence=0.82)


def _by_goods(scene: Scene, parsed: Parsed, clause: Clause) -> Iterator[tuple[str, str]]:
    """Seller and buyer of goods that a clause names between them."""
    text = clause.text
    buyers = employers_and(scene, parsed, clause)
    if not buyers and clause.owners and re.search(rf"{_PLACES}$", clause.head):
        buyers = orgs(scene, [parsed.line.mention(parsed.line.tokens[i]) for i in clause.owners if _is_org(parsed, i)])
    if not clause.group.passive:
        for pattern in (_FROM, _NAMED):
            if match := pattern.search(text):
                yield from _across(tags(scene, parsed, match["orgs"]), buyers)
        if match := _SUPPLIED.search(text):
            yield from _across(buyers, tags(scene, parsed, match["orgs"]))
        if (goods := _which(parsed, clause)) is not None and clause.group.lemma in _TAKEN:
            yield from _across(orgs(scene, keys_of(parsed, goods)), buyers)
    for pattern in (_PASSIVE, _HANDED):
        if match := pattern.search(text):
            yield from _across(tags(scene, parsed, match["of"]), tags(scene, parsed, match["orgs"]))


_NO_GOODS = re.compile(
    r"\b(?:business|division|unit|arm|subsidiary|stake|shares|start-up|idea|revenue|income|profit|benchmarks?|tests?|trials?)\b"
)
_PLACES = r"(?:data cent(?:re|er)s?|clouds?|supercomputers?|factory|factories|plants?|labs?|banks?|stores|offices|group|unit)"
_TAKEN = frozenset(["use", "buy", "order", "deploy", "install", "operate", "lease", "rent", "purchase", "adopt"])


def _which(parsed: Parsed, clause: Clause) -> str | None:
    """The company whose goods "which" stands for: "X's processors, which Y uses"."""
    tokens = parsed.line.tokens
    at = min([*clause.subject_tokens, clause.group.first]) - 1
    if at < 2 or tokens[at].low not in {"which", "that"} or not clause.subject:
        return None
    before = " ".join(token.low for token in tokens[max(0, at - 7) : at])
    match = re.search(rf"(?P<of>‹o\d+›) (?:'s )?{WORDS}{{0,3}}?{GOODS}(?: ,)?$", before)
    return match["of"] if match else None


def _by_product(scene: Scene, parsed: Parsed, clause: Clause) -> Iterator[tuple[str, str]]:
    """Seller and buyer of a product that one company is known to make."""
    for pattern in (_WARE_HANDED, _WARE_USED):
        if (match := pattern.search(clause.text)) and (maker := maker_of(scene, keys_of(parsed, match["ware"])[0].key)):
            yield from _across([maker], tags(scene, parsed, match["orgs"]))
    if not clause.group.passive and (match := _WARE_TAKEN.search(clause.text)):
        maker = maker_of(scene, keys_of(parsed, match["ware"])[0].key)
        makes = {one for entity in scene.entities.values() for one in entity.makers}
        if maker is not None:
            yield from _across(
                [maker], [one for one in employers_and(scene, parsed, clause) if one not in makes or _hosts(clause)]
            )


def _hosts(clause: Clause) -> bool:
    """Whether what is used runs in a place of the user's: then even a maker of machines is a customer."""
    return (
        re.search(r"\b(?:in|at|for) (?:(?:its|their|the|own|‹[opl]\d+›|'s) ){0,3}(?:cloud|data cent|‹[lp])", clause.text)
        is not None
    )


def _by_role(scene: Scene, number: int, parsed: Parsed, clause: Clause) -> Iterator[tuple[str, str]]:
    """Seller and buyer where the seller is the company spoken of: "X and Y are the largest customers"."""
    if clause.group.lemma not in {"be", "remain", "become", "include"}:
        return
    match = _ARE.search(clause.text) or _SUCH.search(clause.text) or _AMONG.search(clause.text)
    if match is None:
        return
    buyers = tags(scene, parsed, match["orgs"])
    named = [key for tag in re.findall(r"‹o\d+›", match[0].replace(match["orgs"], "", 1)) for key in tags(scene, parsed, tag)]
    sellers = [key for key in named if key not in buyers]
    seller = sellers[0] if sellers else subject_before(scene, number, buyers)
    if seller is not None:
        yield from _across([seller], buyers)


def _across(sellers: Collection[str], buyers: Collection[str]) -> list[tuple[str, str]]:
    return [(seller, buyer) for seller in sellers for buyer in buyers if seller != buyer]


def _is_org(parsed: Parsed, index: int) -> bool:
    return parsed.line.tokens[index].letter == "o"
