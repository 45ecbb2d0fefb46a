"""Whether an article is of the field, and whether a name of the watchlist means there what it means to us.

A telescope called Vera Rubin is no business of ours, though a village newspaper may mention a laptop
on the way. Two questions, both answered by the company a name keeps:

- `settled`: a name that is also a word, a place or a surname ("Blackwell") counts only where the
  text shows that sense: its maker or another company or product of the list, or technical words beside it;
- `is_of_the_field`: what part of a text is told in sentences that speak of companies, goods, work
  or technology. In a review or an obituary of a founder that is a third and more; in a feature
  about stars, a tenth.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from flows.config.watchlist import Entity, EntityKind
from flows.extract.nameclues import MODEL_TOKEN
from flows.extract.scene import Scene
from flows.extract.spans import Mention, QuantityMention
from flows.extract.tokens import Line
from flows.extract.wordlists import COMMON, DEMONYMS, HONORIFICS
from storage.values import Quantity

LEAST_SHARE = 0.25
"""Part of a text, by length, in sentences of the field. Measured: 0.33 upwards for what is of it, else 0.16 at most."""
SHORT = 40
"""Words below which a text is taken at its word: too little to judge by."""

_TECHNICAL = (
    r"laptops?|notebooks?|pcs?|computers?|computing|tablets?|smartphones?|handsets?|consoles?|handhelds?|headsets?|"
    r"touchscreens?|processors?|(?:super|micro)?chips?|chipmakers?|chipsets?|gpus?|cpus?|memory|servers?|racks?|"
    r"data ?cent(?:re|er)s?|cloud|software|apps?|hardware|gadgets?|semiconductors?|accelerators?|ai|technolog\w+|"
    r"supercomputers?|architectures?|inference"
)
_TRADE = (
    r"compan(?:y|ies)|firms?|business(?:es)?|shares?|shareholders?|stocks?|invest\w*|revenues?|turnover|profits?|"
    r"earnings|margins?|sales|sells?|sold|sellers?|buy(?:s|ers?|ing)?|bought|purchas\w+|acqui\w+|takeover|mergers?|"
    r"deals?|contracts?|order(?:s|ed)?|customers?|clients?|suppl(?:iers?|y|ies|ied)|markets?|pric(?:e|ed|es|ing)|"
    r"costs?|launch\w*|unveil\w*|releas\w+|announc\w+|ship(?:s|ped|ping|ments?)|deliver\w*|factor(?:y|ies)|"
    r"manufactur\w+|\w*makers?|found(?:ed|ers?)|executives?|ceo|chairman|chairwoman|employ\w+|staff|workforce|jobs|"
    r"hire[sd]?|start-?ups?|brands?|retail\w*|industry|analysts?|forecasts?|quarter(?:ly)?|fiscal|tenders?|lease[sd]?|"
    r"bids?|rivals?|phones?|screens?|displays?|batter(?:y|ies)|storage|devices?|keyboards?|robots?|licen[cs]\w+"
)
_TECHNICAL_WORD = re.compile(rf"\b(?:{_TECHNICAL})\b", re.IGNORECASE)
_FIELD_WORD = re.compile(rf"\b(?:{_TECHNICAL}|{_TRADE})\b", re.IGNORECASE)
_UNITS = frozenset(
    """
    w wh mah gb gbit gb_per_s gbit_per_s mt_per_s hz nm in tops flops fps px nit rpm gpu cpu superchip dpu npu core rack
    node token unit
    """.split()
)
_FIRST_NAME = re.compile(r"(?:^|[^\w-])(?P<name>[A-ZÀ-Þ][a-zà-ÿ'’-]{1,20}|[A-Z]\.) $")
_PLAIN_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_NEXT_WORDS = 40
"""How far on, in characters, a technical word explains the name before it."""


def is_of_the_field(scene: Scene) -> bool:
    """Whether enough of the article is told in sentences of business and technology."""
    lines = [parsed.line for parsed in scene.lines]
    if sum(len(scene.text[line.sentence.start : line.sentence.end].split()) for line in lines) < SHORT:
        return True
    whole = sum(line.sentence.end - line.sentence.start for line in lines)
    ours = sum(line.sentence.end - line.sentence.start for line in lines if _speaks_of_it(scene, line))
    return ours >= LEAST_SHARE * whole


def _speaks_of_it(scene: Scene, line: Line) -> bool:
    """Whether a sentence names a company or product of the list, a model number, a technical measure, or a word of the trade."""
    for item in line.items:
        if isinstance(item, QuantityMention):
            if isinstance(item.value, Quantity) and item.value.unit in _UNITS:
                return True
        elif isinstance(item, Mention) and item.how == "alias" and item.kind in {"org", "product"}:
            known = scene.entities.get(item.key)
            if known is not None or any(MODEL_TOKEN.match(word) for word in scene.text[item.start : item.end].split()):
                return True
    return _FIELD_WORD.search(scene.text, line.sentence.start, line.sentence.end) is not None


def settled(text: str, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> list[Mention]:
    """The mentions less those of names whose sense the text does not bear out."""
    doubtful = [mention for mention in mentions if _is_doubtful(text, mention, entities)]
    if not doubtful:
        return list(mentions)
    keys = {mention.key for mention in doubtful}
    sure = {mention.key for mention in mentions if mention.key not in keys and mention.kind in {"org", "product"}}
    explicit = {mention.key for mention in mentions if mention.key in keys and mention not in doubtful}
    persons = {(mention.start, mention.key) for mention in doubtful if _is_surname(text, mention)}
    surnames = {key for _, key in persons}
    dropped = {key for key in keys - explicit if not _borne_out(text, key, doubtful, sure, surnames, entities[key].makers)}
    return [mention for mention in mentions if mention.key not in dropped and (mention.start, mention.key) not in persons]


def _borne_out(
    text: str,
    key: str,
    doubtful: Sequence[Mention],
    sure: Collection[str],
    surnames: Collection[str],
    makers: Sequence[str],
) -> bool:
    """Whether its maker, another name of the list, or a technical word just after it shows what a doubtful name means."""
    if any(
        mention.key == key and _TECHNICAL_WORD.search(text, mention.end, min(len(text), mention.end + _NEXT_WORDS))
        for mention in doubtful
    ):
        return True
    return any(maker in sure for maker in makers) or (bool(sure) and key not in surnames)


def _is_doubtful(text: str, mention: Mention, entities: Mapping[str, Entity]) -> bool:
    """Whether a product is named by plain words alone: no maker, no model number, no capitals within."""
    entity = entities.get(mention.key)
    if entity is None or entity.kind is not EntityKind.PRODUCT or not entity.makers:
        return False
    words = text[mention.start : mention.end]
    if not _PLAIN_NAME.fullmatch(words):
        return False
    first = words.split()[0].lower()
    return not any(first == maker.split("-")[0] for maker in entity.makers)


def _is_surname(text: str, mention: Mention) -> bool:
    """Whether a first name, an initial or "Mrs" stands before it: "Elsie Blackwell", and no "Inside Blackwell Clusters"."""
    found = _FIRST_NAME.search(text, max(0, mention.start - 24), mention.start)
    if found is None or re.match(r" [A-Z]", text[mention.end : mention.end + 2]):
        return False
    word = found["name"].lower()
    if word in HONORIFICS:
        return True
    opens = text[: found.start("name")].rstrip()[-1:] in {"", ".", "!", "?", ":", "”", '"', "*", "#"}
    return not (opens or word in COMMON or word in DEMONYMS or _FIELD_WORD.fullmatch(word))
