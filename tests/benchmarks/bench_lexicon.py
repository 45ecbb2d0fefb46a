"""What the lexicon costs: sentences, quantities and times of news-like text, against one plain regex pass.

Run: python tests/benchmarks/bench_lexicon.py
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from time import process_time

from flows.extract import quantities, sentences, times
from flows.extract.spans import Event

# Two paragraphs as news writes them, one dense with figures and one without, in about equal parts.
DENSE = """Revenue for the twelve months to March 31 came to $61.4 billion, 12.6% more than a year earlier, the company said on
Thursday. In the third quarter of 2026 it shipped about 14,200 racks, nearly 18% of them to Europe, and expects $16 billion, plus
or minus 2%, by the end of the year. Profit climbed to €1.79 billion ($2.1 billion) from €1.38 billion. """
PLAIN = """The platform is built around a new generation of processors and will be sold through partners, said the head of the
infrastructure business. “Customers are asking for whole systems, not for parts,” she told reporters after the presentation.
Analysts had expected as much, although some of them doubt that the plants can keep up with the orders that were announced. """
EVENTS = (Event(key="ces-2026", names=("CES 2026",), start=date(2026, 1, 6), end=date(2026, 1, 9)),)
FLOOR = re.compile(r"[$€£]?\d[\d,.]*\s?(?:%|million|billion)?|\b(?:January|March|June|Monday|Thursday)\b")
KILOBYTES = 2.5


def best(run: Callable[[str], object], text: str, rounds: int = 200) -> float:
    """The least processor time of one run, in milliseconds per 2.5 kB."""
    least = float("inf")
    for _ in range(rounds):
        start = process_time()
        run(text)
        least = min(least, process_time() - start)
    return least * 1000 * KILOBYTES * 1000 / len(text)


def main() -> None:
    """Print a table of costs, and what a text ten times as long costs."""
    text = "\n\n".join([DENSE + PLAIN] * 4)
    parts: dict[str, Callable[[str], object]] = {
        "one plain regex pass": lambda text: list(FLOOR.finditer(text)),
        "sentences": sentences.split,
        "quantities": quantities.find,
        "times": lambda text: times.find(text, anchor=date(2026, 6, 1), events=EVENTS),
    }
    costs = {name: best(run, text) for name, run in parts.items()}
    floor = costs["one plain regex pass"]
    total = sum(costs.values()) - floor
    print(f"lexicon, ms per {KILOBYTES} kB of text ({len(quantities.find(text))} amounts in {len(text)} characters)")
    for name, cost in (costs | {"whole lexicon": total}).items():
        print(f"  {name:22}{cost:8.3f}  {cost / floor:6.1f} x floor")
    long = text * 10
    for name, run in list(parts.items())[1:]:
        print(f"  {name:22}{best(run, long, 10) / costs[name]:8.2f} x per character in a text ten times as long")


if __name__ == "__main__":
    main()
