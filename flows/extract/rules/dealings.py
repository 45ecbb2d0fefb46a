"""Dealings that no single verb between two companies tells: customers, money for sites, what became of a deal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules import customers, dealnouns, investments, trade
from flows.extract.rules.linetags import ORGS, WORDS, flat, money_at, tags
from flows.extract.rules.telling import Telling, employers_and, followed, told
from flows.extract.scene import Draft, Scene
from storage.model import Modality
from storage.values import Qualifier, Status

_JOINT = frozenset(
    ["launch", "start", "begin", "set", "found", "develop", "co-develop", "build", "run", "create", "plan", "open"]
)
_DEAL = re.compile(
    rf"(?:(?P<owner>‹o\d+›) (?:'s )?(?:(?P<price>‹m\d+›) )?{WORDS}{{0,3}})?\b"
    r"(?P<noun>sale|takeover|acquisition|purchase|merger|bid|offer|buyout)\b(?P<rest>[^;]*)$"
)
_OUTCOMES = {
    "completed": frozenset(["complete", "close", "finalise", "finalize", "conclude"]),
    "terminated": frozenset(["call", "abandon", "scrap", "cancel", "drop", "block", "terminate", "collapse", "fail", "veto"]),
}


def propose(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Claims about the dealings a line tells of."""
    if parsed.question:
        return
    yield from customers.by_role(scene, number, parsed)
    yield from investments.by_noun(scene, number, parsed)
    yield from dealnouns.propose(scene, number, parsed)
    for clause in parsed.clauses:
        telling = told(scene, number, parsed, clause)
        if telling is None:
            continue
        yield from customers.by_trade(scene, number, parsed, clause, telling)
        yield from trade.propose(scene, number, parsed, clause, telling)
        yield from investments.by_money(scene, number, parsed, clause, telling)
        yield from _deals(scene, number, parsed, clause, telling)
        yield from _together(scene, parsed, clause, telling)
        yield from _under_agreement(scene, number, parsed, clause, telling)


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
    start = next(
        (index + 1 for index in range(group.first - 1, -1, -1) if tokens[index].low in {";", "that", "“", ":", "–", "—"}), 0
    )
    match = _DEAL.search(flat(tokens[start : group.first]))
    if match is None or (not group.passive and group.lemma not in {"close", "collapse", "fail", "fall"}):
        return
    rest = match["rest"]
    target = re.search(rf"^ (?:of|for) (?:the )?{WORDS}{{0,3}}?(‹o\d+›)", rest)
    buyer = re.search(rf" (?:to|by|with) (?:the )?{WORDS}{{0,3}}?(‹o\d+›)", rest)
    bought = tags(scene, parsed, target[1])[0] if target else None
    buying = tags(scene, parsed, buyer[1])[0] if buyer else None
    if match["owner"]:
        owner = tags(scene, parsed, match["owner"])[0]
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
    if tag is not None and (money := money_at(parsed, tag)) is not None:
        qualifiers["price"] = money
    yield from followed(
        telling, "acquisition", [(buying, bought)], value=Status(state=state), qualifiers=qualifiers, confidence=0.84
    )


def _together(scene: Scene, parsed: Parsed, clause: Clause, telling: Telling) -> Iterator[Draft]:
    """ "Together with X, Y launched …": what two companies do together is a partnership of theirs."""
    if clause.group.lemma not in _JOINT or telling.modality is Modality.DENIED or clause.relative:
        return
    around = (
        flat(parsed.line.tokens[: clause.group.first]) + " | " + " ".join(parsed.line.tokens[index].low for index in clause.rest)
    )
    match = re.search(rf"\b(?:together|jointly|in partnership|in cooperation|in collaboration) with (?:the )?{ORGS}", around)
    if match is None:
        return
    if telling.modality is Modality.PLANNED:  # what they will do is ahead, that they do it together is not
        telling = replace(telling, modality=Modality.ACTUAL)
    subjects = employers_and(scene, parsed, clause)
    partners = [key for key in tags(scene, parsed, match["orgs"]) if key not in subjects]
    pairs = [(one, other) for one in subjects for other in partners]
    yield from followed(telling, "partnership", pairs, value=Status(state="announced"), confidence=0.82)


def _under_agreement(scene: Scene, number: int, parsed: Parsed, clause: Clause, telling: Telling) -> Iterator[Draft]:
    """ "Under an agreement signed with X, Y builds …": the main clause's subject is the other party."""
    if clause.group.lemma not in {"sign", "strike", "conclude", "reach", "make"} or not re.search(
        r"\b(?:agreement|deal|contract|pact|partnership)\b", clause.head or clause.text.partition("«")[0]
    ):
        return
    match = re.search(r"» (?:[^«»;]{0,30} )?with (?:the )?" + ORGS, clause.text)
    at = parsed.clauses.index(clause)
    if match is None or clause.subject or parsed.line.tokens[0].low != "under":
        return
    for later in parsed.clauses[at + 1 :]:
        parties = [key for key in employers_and(scene, parsed, later) if key not in tags(scene, parsed, match["orgs"])]
        if later.group.lead == "finite" and not later.relative and parties:
            pairs = [(one, other) for one in parties for other in tags(scene, parsed, match["orgs"])]
            yield from followed(telling, "partnership", pairs, value=Status(state="announced"), confidence=0.8)
            return
