"""Extraction: articles a second on one core, where the time goes, and how it grows with length. Run as a script.

The floor measured in the same run is what any extractor must at least do with a text: find the
watchlist's names (Aho-Corasick), the numbers and the times, and cut it into sentences.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time

from flows.config import load_catalogue, load_watchlist
from flows.extract import quantities, sentences, times
from flows.extract.engine import Extractor
from flows.extract.mentions import Gazetteer
from storage.model import Article

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NOW = datetime(2026, 9, 1, tzinfo=UTC)
SHAPES = [
    "{a} said on Tuesday that revenue rose {n}% to ${m} billion in the second quarter of 2026, from ${k} billion a year earlier.",
    "{a} has signed a partnership with {b}, the cloud provider, and will buy from it a cluster of {k} thousand GPUs.",
    "The company, which employs about {m},000 people, expects deliveries to begin in the fourth quarter.",
    "“We are ordering full racks, not boards,” said Ida Brandt, head of sales at {b}. “It is a different business.”",
    "According to two people familiar with the matter, {a} is considering a bid for {b}; neither would comment.",
    "The market for AI servers grew by {n}% last year, and {b} led it with a share of {k}%, followed by {a} with {n}%.",
    "Memory remained dear, and nobody on the call expected that to change before the spring.",
    "The rack weighs {k} kg, draws {m} kW and carries 72 Rubin GPUs and 36 Vera CPUs, tied together by NVLink 6.",
]


def text(rng: random.Random, words: int) -> str:
    """About so many words that read like news."""
    parts: list[str] = []
    while sum(len(part.split()) for part in parts) < words:
        first, second = rng.sample(["Lenovo", "Nvidia", "Dell", "Calder Photonics", "Orlo Compute", "Qualcomm"], 2)
        shape = rng.choice(SHAPES)
        parts.append(shape.format(a=first, b=second, n=rng.randint(2, 60), m=rng.randint(2, 90), k=rng.randint(2, 40)))
        if rng.random() < 0.3:
            parts.append("\n\n")
    return " ".join(parts).replace(" \n\n ", "\n\n")


def article(number: int, body: str) -> Article:
    """The text as a dated article."""
    return Article(
        id=str(number),
        revision=str(number),
        url=str(number),
        source="s",
        publisher="s",
        title="",
        text=body,
        language="en",
        published=NOW,
        published_on=date(2026, 8, 12),
        seen_at=NOW,
    )


def cost(work: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of processor time of the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = process_time()
        work()
        best = min(best, process_time() - start)
    return best


def main() -> None:
    """Print the figures."""
    rng = random.Random(7)
    start = perf_counter()
    watchlist, catalogue = load_watchlist(SEEDS / "watchlist.yaml"), load_catalogue(SEEDS / "catalogue.yaml")
    loaded = perf_counter()
    extractor = Extractor(watchlist, catalogue)
    built = perf_counter()
    print(f"start-up: files {loaded - start:.3f} s, extractor {built - loaded:.3f} s")
    gazetteer = Gazetteer(watchlist)
    articles = [article(number, text(rng, 400)) for number in range(60)]

    def floor() -> None:
        for one in articles:
            gazetteer.find(one.text)
            quantities.find(one.text)
            times.find(one.text, anchor=date(2026, 8, 12), events=extractor.events)
            sentences.split(one.text)

    claims = sum(len(extractor.extract(one, now=NOW).claims) for one in articles)
    whole = cost(lambda: [extractor.extract(one, now=NOW) for one in articles])
    least = cost(floor)
    print(
        f"400 words: {1000 * whole / len(articles):.1f} ms an article, {len(articles) / whole:.0f} articles/s, "
        f"{claims / len(articles):.1f} claims each; {whole / least:.1f} times the floor of {1000 * least / len(articles):.1f} ms"
    )
    short, long = article(1, text(rng, 2_000)), article(2, text(rng, 20_000))
    ratio = cost(lambda: extractor.extract(long, now=NOW), 1) / cost(lambda: extractor.extract(short, now=NOW), 1)
    print(f"ten times the length costs {ratio:.1f} times as much")
    for name, body in {
        "one sentence of 1 MB": "Orlo said revenue rose and " * 38_000,
        "100,000 brackets": "(" * 50_000 + ")" * 50_000,
        "50,000 numbers": "$5 billion " * 50_000,
        "20,000 names": "Orlo Hexa " * 10_000,
        "quotation marks": '"' * 100_000,
    }.items():
        start = process_time()
        extractor.extract(article(3, body), now=NOW)
        print(f"{name}: {process_time() - start:.2f} s")


if __name__ == "__main__":
    main()
