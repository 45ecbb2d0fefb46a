"""What analysts and the market expected: stretches of a sentence whose figures are nobody's."""

from __future__ import annotations

import re

_CONSENSUS = re.compile(
    r"\b(?:consensus|polled|lseg|factset|refinitiv|visible alpha|pencill?ed in|"
    r"(?:analysts?|brokers?|forecasters?|economists?|investors|traders|(?:the )?(?:stock )?markets?|the street|wall street|"
    r"observers|bankers)['’]? (?:had |have |were |was |are |is )?(?:on average |been |generally |widely )*"
    r"(?:expect|forecast|estimat|"
    r"predict|hope|hoping|look|anticipat|project|pencil|reckon|bet|bank|model|want|guess|bargain|count)\w*|"
    r"(?:expectations|estimates|forecasts|predictions) (?:of|for)|(?:average|mean|median|analyst|analysts['’]|broker|brokers['’]|"
    r"market|street) (?:estimate|forecast|expectation|prediction|projection|target)s?|"
    r"(?:expected|forecast|estimated|predicted|anticipated|hoped for) by (?:the )?(?:analysts|brokers|forecasters|economists|"
    r"market|wall street|investors|bankers)|had (?:on average )?expected|"
    r"than (?:analysts|the market|wall street|brokers) (?:had )?(?:expected|forecast|predicted|hoped for))\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"[,;:–—()]|\b(?:and|but|while|than|above|below|against|versus|beating|beats?|topping|topped|exceeding|exceeded|"
    r"missing|missed|short of|ahead of|compared (?:with|to)|surpassing|trailing|undershooting)\b",
    re.IGNORECASE,
)


def hoped(text: str, start: int) -> list[tuple[int, int]]:
    """The stretches of a sentence that tell what analysts expected: from the comparison before them to the next pause."""
    found: list[tuple[int, int]] = []
    for match in _CONSENSUS.finditer(text):
        cuts = [cut.start() for cut in _COMPARES.finditer(text)]
        first = max((cut for cut in cuts if cut < match.start()), default=0)
        ends = [cut for cut in cuts if cut >= match.end()]
        between = text[first : match.start()]
        if not re.search(r"\d", between) and not re.search(r"\d", text[match.end() : min(ends, default=len(text))]):
            ends = ends[1:]  # "analysts, on average, had expected"
            first = max((cut for cut in cuts if cut < first), default=0)
        found.append((start + first, start + min(ends, default=len(text))))
    return found
