"""Names of chips, memory and other parts that are built into devices: what is never a machine's screen, battery or price.

A part is told by its name ("… GPU", "LPDDR5X"), by what the watchlist calls its family (`nouns: [processor]`), or by the
noun that follows it in the text ("the Tamarin 7 processor"). An article about the chip itself still finds it as a subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flows.config.watchlist import Entity
from flows.extract.spans import Mention
from flows.extract.wordlists import word_set

_IN_NAME = re.compile(r"(?:^|-)(?:[gcdnt]pus?|lpddr\w*|gddr\w*|ddr\d\w*|hbm\d*\w*|ssds?|superchips?|supernics?|socs?)(?:$|-)")
_BEHIND = re.compile(
    r"\s+(?:[a-z][\w-]* ){0,1}(?:processors?|chips?|[CGND]PUs?|SoCs?|chipsets?|memory|RAM|graphics|superchips?|SSDs?|"
    r"accelerators?)\b(?! (?:rack|server|system|cluster|platform|company|maker|giant|group|firm|unit|business))"
)
_PARTS = word_set("chip chips processor processors cpu gpu accelerator accelerators superchip memory chipset")


def fitted(text: str, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> frozenset[str]:
    """The keys among some mentions that name parts rather than machines."""
    found: set[str] = set()
    seen: set[str] = set()
    for mention in mentions:
        if mention.kind != "product" or mention.how in {"noun", "pronoun"} or mention.key in found:
            continue
        if _BEHIND.match(text, mention.end) or (mention.key not in seen and is_part_name(mention.key, entities)):
            found.add(mention.key)
        seen.add(mention.key)
    return frozenset(found)


def is_part_name(key: str, entities: Mapping[str, Entity]) -> bool:
    """Whether a product's name alone says that it is a part: by a word of it, or by what its family is called."""
    if _IN_NAME.search(key):
        return True
    words = key.split("-")
    for end in range(len(words), 0, -1):
        family = entities.get("-".join(words[:end]))
        if family is not None and family.kind == "product":
            return bool({word for noun in family.nouns for word in noun.lower().split()[-1:]} & _PARTS)
    return False
