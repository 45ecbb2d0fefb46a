"""Investments that no pattern of the catalogue tells: in a site at a place, in a company left unsaid, in shares still held."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.linetags import ORGS, WORDS, converted_at, flat, money_at, tags
from flows.extract.rules.ownedby import subject_before
from flows.extract.rules.telling import Telling, company_in_mind, employers_and, followed, orgs, told
from flows.extract.scene import Draft, Scene, keys_of
from flows.extract.spans import Mention
from storage.model import Modality
from storage.values import Money

_SITE = (
    r"(?:data[- ]cent(?:re|er)s?|plants?|factory|factories|facility|facilities|campus|campuses|site|fab|hub|warehouse|"
    r"laboratory|lab|centre|center|line|works|office|headquarters|complex|park)\b"
)
_AT_SITE = re.compile(rf"\b{_SITE}")
_NAMED_TARGET = re.compile(rf"{WORDS}{{0,3}}?‹[opl][\d+]+›(?! (?:'s )?{WORDS}{{0,3}}{_SITE})")
_INTO = re.compile(
    r"«(?:[\w ]+ )?(?P<verb>invest|put|pour|plough|spend|commit|pump|inject|sink|earmark)» "
    r"(?:(?:a|an|another|further|some|additional|up|to|about) )*(?P<V>‹m\d+›) (?:in|into|on|for|to|towards?) (?P<what>[^«»;]*)"
)
_PASSIVE_INTO = re.compile(
    r"(?P<V>‹m\d+›) «(?:[\w ]+ )?be (?:invest|put|pour|plough|spend|pump|inject|sink)» (?:in|into|on) "
    r"(?P<what>[^«»;]*?) by (?:the )?" + ORGS
)
_EQUITY = re.compile(
    r"«(?:[\w ]+ )?(?:contribute|inject|put|invest|chip)» (?:in |up )?(?:(?:a|another|further|some|up|to|about) )*(?P<V>‹m\d+›) "
    r"(?:in (?:fresh |new )?(?:equity|capital|cash|funding)|of (?:the )?(?:equity|capital|money|sum)|"
    r"to the (?:project|venture|round))"
)
_PART = r"(?:stake|holding|interest|shares|share|slice)"
_STAKE = re.compile(
    rf"«(?:(?!be )[\w'-]+ )*(?P<verb>buy|acquire|take|purchase|pay|pick|get|build|snap)» (?:up )?(?:(?P<before>‹m\d+›) for )?"
    rf"(?:(?:a|an|the|another|about|around|nearly|almost|some) )*"
    rf"(?:(?:‹c\d+› |(?!(?:from|to|by|in|of|for|with) )[\w-]+ ){{0,4}}?{_PART} (?:in|of)|‹[cr]\d+› of) {ORGS}(?! 's)"
    rf"(?P<after>[^«»;]*)"
)
_ROUND = re.compile(
    rf"«(?:(?!be )[\w'-]+ )*(?:lead|co-lead|join|anchor)» (?:(?:a|an|the|its|‹m\d+›|latest|first|new|series|\w) )*"
    rf"(?:funding|financing|fundraising|investment|seed|capital) round (?:in|of|for|at|by) {ORGS}"
    r"(?= [.,;]|$| (?:in|on|last|with|for|that|‹t))"
)
_BACKED = re.compile(rf"(?P<into>‹o\d+›) «(?:[\w' -]+ )?be (?:back|fund|bankroll)» by {ORGS}")
_INVESTOR = re.compile(
    rf"«(?:[\w' -]+ )?(?:be|become)» (?:a|an|the|one of the) {WORDS}{{0,3}}(?:investor|shareholder|backer) (?:in|of) {ORGS}"
)
_INVESTED = re.compile(rf"«(?:(?!be )[\w'-]+ )*(?:invest|buy)» in(?:to)? (?!‹m){ORGS}(?! 's)")
_HOLDING = re.compile(
    rf"«(?:(?!be )[\w'-]+ )*pay» (?P<before>‹m\d+›) for (?:(?:a|an|its|the|‹c\d+›|[\w-]+) ){{1,4}}?{_PART}(?! (?:in|of) )"
)
_PAID_IN = re.compile(
    rf"(?P<owner>‹o\d+›) (?:'s )?{WORDS}{{0,2}}(?P<V>‹m\d+›) {WORDS}{{0,1}}investment in (?:the )?(?P<orgs>‹[op]\d+›)"
)


def by_noun(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """ "X's $700 million investment in Y"."""
    text = flat(parsed.line.tokens)
    for match in _PAID_IN.finditer(text):
        telling = told(scene, number, parsed, None)
        if telling is not None:
            pair = (tags(scene, parsed, match["owner"])[0], orgs(scene, keys_of(parsed, match["orgs"]))[0])
            yield from followed(telling, "investment", [pair], value=money_at(parsed, match["V"]), confidence=0.8)


def by_money(scene: Scene, number: int, parsed: Parsed, clause: Clause, telling: Telling) -> Iterator[Draft]:
    """Money that goes into a site, into a company left unsaid, or that went into shares still held."""
    if telling.modality is Modality.DENIED:
        return
    subjects = employers_and(scene, parsed, clause)
    line = parsed.line
    passive = _PASSIVE_INTO.search(clause.text)
    if (
        (match := passive or _INTO.search(clause.text)) is not None
        and not _NAMED_TARGET.match(match["what"])
        and _AT_SITE.search(match["what"])
    ):
        investors = tags(scene, parsed, match["orgs"]) if passive else subjects
        target = _place(parsed, clause, match["what"])
        if target is not None:
            yield from followed(
                telling,
                "investment",
                [(one, target) for one in investors],
                value=money_at(parsed, match["V"]),
                converted=converted_at(parsed, match["V"]),
                confidence=0.84,
            )
            for one in investors:
                scene.owners.setdefault(target, one)
    elif (match := _EQUITY.search(clause.text)) is not None and len(subjects) == 1:
        target = company_in_mind(scene, number, subjects)
        if target is not None:
            yield from followed(
                telling,
                "investment",
                [(subjects[0], target)],
                value=money_at(parsed, match["V"]),
                converted=converted_at(parsed, match["V"]),
                confidence=0.74,
            )
    else:
        yield from _of_shares(scene, parsed, clause, telling, subjects)
    if clause.group.lemma in {"hold", "own", "have", "keep"} and len(subjects) == 1:
        words = line.text[clause.start : line.sentence.end]
        bought = re.search(r"\b(?:shares|stock|stake|holding)\b[^.;]{0,40}?\b(?:bought|acquired|purchased) for\b", words)
        if bought is None:
            return
        paid = next(
            (token for token in line.tokens if token.letter == "m" and token.start >= clause.start + bought.end() - 1), None
        )
        into = scene.invested.get(subjects[0])
        if paid is not None and into is not None and isinstance(value := line.quantity(paid).value, Money):
            yield from followed(telling, "investment", [(subjects[0], into)], value=value, confidence=0.76)


def _of_shares(scene: Scene, parsed: Parsed, clause: Clause, telling: Telling, subjects: list[str]) -> Iterator[Draft]:
    """A part of a company bought, a round led, backing given: the sum is there only where it is told."""
    text = clause.text
    if (match := _BACKED.search(text)) is not None:
        pairs = [(one, into) for one in tags(scene, parsed, match["orgs"]) for into in tags(scene, parsed, match["into"])]
        yield from followed(telling, "investment", pairs, confidence=0.76)
        return
    if clause.group.passive or not subjects:
        return
    if (match := _STAKE.search(text)) is not None and not (match["verb"] == "pay" and match["before"] is None):
        paid = match["before"] or _sum_in(match["after"])
        value = money_at(parsed, paid) if paid else None
        pairs = [(one, into) for one in subjects for into in tags(scene, parsed, match["orgs"])]
        yield from followed(telling, "investment", pairs, value=value, confidence=0.82)
    elif (match := _HOLDING.search(text)) is not None:
        target = scene.deals[0][1] if scene.deals else subject_before(scene, telling.number, subjects)
        pairs = [(one, target) for one in subjects] if target is not None else []
        yield from followed(telling, "investment", pairs, value=money_at(parsed, match["before"]), confidence=0.74)
    elif (match := _ROUND.search(text) or _INVESTOR.search(text) or _INVESTED.search(text)) is not None:
        pairs = [(one, into) for one in subjects for into in tags(scene, parsed, match["orgs"])]
        yield from followed(telling, "investment", pairs, confidence=0.76)


def _sum_in(words: str) -> str | None:
    found = re.search(r"\b(?:for|at|worth) (?:(?:about|around|some|nearly|over|up|to) )*(‹m\d+›)", words)
    return found[1] if found else None


def _place(parsed: Parsed, clause: Clause, what: str) -> str | None:
    """Where a site is: the place named with it, else the one that "where" points back to."""
    if match := re.search(r"‹l(?P<item>\d+)[\d+]*›", what):
        item = parsed.line.items[int(match["item"])]
        return item.key if isinstance(item, Mention) else None
    tokens = parsed.line.tokens
    first = min([*clause.subject_tokens, clause.group.first])
    if first and tokens[first - 1].low == "where":
        return next(
            (parsed.line.mention(tokens[index]).key for index in range(first - 2, -1, -1) if tokens[index].letter == "l"), None
        )
    return None
