"""Reading: each step beside a floor measured in the same run. Run as a script.

Pages against bare trafilatura and against lxml's text_content (which keeps all the page's furniture);
texts, boilerplate, fingerprints and relevance in milliseconds for 2.5 kB, the length of a news article.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from lxml import html
from trafilatura import bare_extraction

from flows.config import load_watchlist
from flows.read import read, wanted
from flows.read.boilerplate import boilerplate_spans
from flows.read.fingerprint import fingerprint, similarity
from flows.read.relevance import relevance
from storage.model import Entry

NOW = datetime(2026, 1, 8, tzinfo=UTC)
WATCHLIST = Path(__file__).resolve().parents[2] / "seeds" / "watchlist.yaml"
NOUNS = [
    "revenue", "profit", "platform", "server", "rack", "quarter", "customer", "plant", "chip", "laptop", "cloud", "partner",
    "market", "share", "memory", "cooling",
]  # fmt: skip
VERBS = ["rose", "fell", "announced", "shipped", "said", "expects", "plans", "opened", "signed", "sold"]


def sentence(rng: random.Random) -> str:
    """About 90 characters that read like news."""
    who, what = rng.choice(["Lenovo", "Nvidia", "Acme", "Northwind"]), rng.choices(NOUNS, k=8)
    amount = f"${rng.randint(1, 99)}.{rng.randint(0, 9)} billion"
    return f"{who} {rng.choice(VERBS)} {what[0]} of {amount} as {' and '.join(what[1:4])} grew in {what[5]}."


def text(number: int) -> str:
    """An article of about 2.5 kB with some furniture around it."""
    rng = random.Random(number)
    body = [" ".join(sentence(rng) for _ in range(4)) for _ in range(7)]
    return "\n\n".join(["By Jo Lund", *body, "Related stories\n" + "\n".join(sentence(rng)[:60] for _ in range(4))])


def page(number: int) -> str:
    """The same as a page of some 60 kB: navigation, teasers, comments and scripts around it."""
    rng = random.Random(number)
    links = "".join(f'<li><a href="/{n}"><span>{sentence(rng)[:50]}</span></a></li>' for n in range(150))
    story = "".join(f"<p>{paragraph}</p>" for paragraph in text(number).split("\n\n")[1:-1])
    script = f"<script>{'var x = 1;' * 2000}</script>"
    return (
        f"<!doctype html><html lang=en><head><title>News {number}</title>{script}</head><body><nav><ul>{links}</ul></nav>"
        f"<article><h1>News {number}</h1>{story}</article><aside><ul>{links}</ul></aside></body></html>"
    )


def timed(work: Callable[[str], object], inputs: Iterable[str]) -> float:
    """Seconds of CPU an input, the fastest of five rounds."""
    given = list(inputs)
    best = float("inf")
    for _ in range(5):
        start = process_time()
        for one in given:
            work(one)
        best = min(best, process_time() - start)
    return best / len(given)


def entry(body: str, media_type: str) -> Entry:
    """As a feed gives it: title and date are there."""
    return Entry(
        source="x", url="https://x.example/1", title="News", body=body, media_type=media_type, published=NOW, language="en"
    )


def main() -> None:
    """Print the ratios."""
    pages, texts = [page(number) for number in range(40)], [text(number) for number in range(200)]
    watchlist = load_watchlist(WATCHLIST)
    relevance(watchlist)
    floor = timed(lambda one: html.document_fromstring(one).text_content(), pages)
    bare = timed(lambda one: bare_extraction(one, fast=True, include_comments=False), pages)
    ours = timed(lambda one: read(entry(one, "text/html"), now=NOW), pages)
    kilobytes = f"{len(pages[0]) / 1000:.0f} kB"
    print(f"a page of {kilobytes}: {ours * 1e3:.2f} ms; {bare / ours:.2f} of bare trafilatura's rate ({bare * 1e3:.2f} ms)")
    print(f"  lxml text_content, no judgement: {floor * 1e3:.2f} ms, {ours / floor:.1f} times quicker")

    articles = [read(entry(one, "text/plain"), now=NOW) for one in texts]
    size = sum(map(len, texts)) / len(texts)
    for name, each in (
        ("read a text", timed(lambda one: read(entry(one, "text/plain"), now=NOW), texts)),
        ("boilerplate", timed(boilerplate_spans, texts)),
        ("fingerprint", timed(fingerprint, texts)),
    ):
        print(f"{name}: {each * 1e3:.2f} ms for {size / 1000:.1f} kB, {size / each / 1e6:.1f} MB/s")
    by_text = {article.text: article for article in articles}
    each = timed(lambda one: wanted(by_text[one], watchlist), by_text)
    print(f"relevance, {len(watchlist.entities)} entities: {each * 1e3:.2f} ms for {size / 1000:.1f} kB")
    prints = [article.fingerprint for article in articles]
    start = process_time()
    for a in prints:
        for b in prints:
            similarity(a, b)
    print(f"similarity of two fingerprints: {(process_time() - start) / len(prints) ** 2 * 1e6:.1f} µs")


if __name__ == "__main__":
    main()
