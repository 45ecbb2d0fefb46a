"""What is skipped, on pages of sites nobody has seen, and what must never be."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.read.boilerplate import boilerplate_spans, without_boilerplate

FIRST = (
    "Northwind Systems said on Monday that its revenue rose 12 percent to $3.4 billion in the second quarter, helped"
    " by demand for"
    " liquid-cooled servers and a weaker yen, and that it now expects the year to end better than it began."
)
SECOND = (
    "The company, which employs 12,400 people, will open a plant in Gdansk in March 2027 and wants to ship the first"
    " racks from there"
    " to customers in Scandinavia before the summer, its chief executive Ines Falk told reporters in Copenhagen."
)
THIRD = (
    "Analysts had been less hopeful, since memory has become dearer by a third within a year, but Falk said that long"
    " contracts signed"
    " in the autumn cover four fifths of what Northwind needs for the coming twelve months."
)


def skipped(text: str) -> list[str]:
    return [text[start:end] for start, end in boilerplate_spans(text)]


@pytest.mark.parametrize(
    "tail",
    [
        "Related stories\nKestrel buys rival for $2 billion\nWhy copper is the new gold",
        "READ NEXT\n\nKestrel buys rival for $2 billion\n\nBy Tom Hale\n\n3 days ago",
        "More from Business\n1. Kestrel buys rival for $2 billion\n2. Chip tax dropped",
        "You may also be interested in\n- Kestrel buys rival for $2 billion",
        "Trending now: Kestrel buys rival for $2 billion | Chip tax dropped",
        "Most popular this week\nKestrel buys rival for $2 billion\nHow three founders lost a fortune and found a better one...",
        "Recommended for you\nKestrel buys rival\nThe deal values the firm at $2 billion and would be the largest in"
        " its field, people...\nRead more",
        "12 comments\njo77: They will go bust by 2027, mark my words, revenue of 3 billion or not.\nReply\nann: lol",
        "Leave a comment\nYour email address will not be published. Required fields are marked *",
        "Comments are closed.",
        "Have your say! Join the discussion below.",
        "相关阅读\n英伟达市值突破五万亿美元\n联想发布新款服务器",
        "Lesen Sie auch\nKestrel kauft Rivalen für 2 Milliarden Dollar",
        "About Northwind Systems\nNorthwind Systems is a maker of servers with revenue of $12 billion and 12,000 employees.",
        "Forward-looking statements\nThis release speaks of expected revenue of $14 billion and other things that may not come.",
        "Sign up for our newsletter and never miss a story.",
        "Join 120,000 subscribers who start their day with the Chip Letter. Unsubscribe at any time.",
        "Get the Morning Brief\nDelivered to your inbox at 6 a.m., read by 48,000 people.",
        "Tom Hale is a senior reporter who covers chips and lives in Bergen with two dogs.",
        "(Reporting by Tom Hale in Oslo and Mia Berg in Copenhagen; Editing by Jo Lund)",
        "Correction: An earlier version of this story gave the plant's cost as $900 million.",
        "This article was updated on 4 May to correct the number of employees to 12,400.",
        "© 2026 Fjord Media AS. All rights reserved.",
        "Share this article on Facebook | X | LinkedIn",
        "Photo: Fjord Media / Mia Berg",
        "Tags: Northwind, servers, earnings",
        "* An earlier version of this article misstated the price as $1.5 billion.",
        "UPDATE (3 May): The article has been updated with a comment from Kestrel.",
        "Editor's note: This interview has been edited for length.",
        "With reporting from Mia Berg in Copenhagen.",
        "More stories you might like\nKestrel buys rival for $2 billion",
        "Subscribe to our YouTube channel for more.",
        "Sign in to comment",
        "免责声明：本文不构成投资建议。",
        "Got a tip? Write to tips@fjord.example",
        "Media contact: Mia Berg, press@northwind.example, +45 555 0100",
    ],
)
def test_what_follows_a_story_is_skipped_and_the_story_is_not(tail: str) -> None:
    text = f"{FIRST}\n\n{SECOND}\n\n{tail}"
    assert without_boilerplate(text).strip() == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "head",
    [
        "Home | News | Chips | Reviews | About us",
        "Skip to content",
        "We use cookies to give you the best experience. Accept all or manage your preferences.",
        "By Tom Hale and Mia Berg",
        "By Tom Hale, Chief Correspondent | 4 May 2026",
        "Image credit: Northwind Systems",
        "4 min read",
        "(Image credit: Fjord Media)",
        "Mia Berg | Senior Technology Reporter",
        "Advertisement",
        "Updated 3 hours ago",
        "3 comments",
        "SUBSCRIBERS ONLY: Inside the fight for the last foundry",
        "记者：王明",
    ],
)
def test_what_stands_before_a_story_is_skipped_and_the_story_is_not(head: str) -> None:
    text = f"{head}\n\n{FIRST}\n\n{SECOND}"
    assert without_boilerplate(text).strip() == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "inset",
    [
        "Also read: Kestrel buys rival for $2 billion",
        "Read more: Kestrel buys rival for $2 billion",
        "[See also: Kestrel buys rival for $2 billion]",
        "Related\nKestrel buys rival for $2 billion\nChip tax dropped",
        "RECOMMENDED STORIES\n- Kestrel buys rival for $2 billion\n- Chip tax dropped",
        "Inside Kestrel's $2 billion deal →",
        "Story continues below advertisement",
        "Watch: How a rack is built",
        "Sponsored: Get 40% off a rack",
        "Advertisement. Scroll to continue reading.",
    ],
)
def test_an_inset_takes_only_itself_out_of_a_story(inset: str) -> None:
    text = f"{FIRST}\n\n{inset}\n\n{SECOND}\n\n{THIRD}"
    left = without_boilerplate(text)
    assert [line for line in left.split("\n") if line.strip()] == [FIRST, SECOND, THIRD]


def test_a_lead_in_within_a_line_leaves_the_sentences_around_it() -> None:
    text = f"{FIRST} Also read: Kestrel buys rival. {SECOND} (See also: Chip tax dropped) {THIRD}"
    left = without_boilerplate(text)
    assert "Kestrel" not in left
    assert "Chip tax" not in left
    assert all(part in left for part in (FIRST, SECOND, THIRD))


@pytest.mark.parametrize(
    "line",
    [
        "Photos from the plant show that Northwind has installed at least 40 racks behind the western hall.",
        "Google said it will keep third-party cookies in Chrome and let users choose their preferences.",
        "Copyright suits against Northwind were settled for $40 million in March.",
        "By March 2029 the buyer wants to save $75 million a year.",
        "About 40% of revenue came from Europe.",
        "Published by Kantor Research on Monday, the figures put Northwind's share at 14%.",
        "The company has written off $300 million on its stake in Kestrel.",
        "Subscribers to its cloud service rose to 4 million, Northwind said in a newsletter to investors.",
        "Northwind expects revenue to reach at least $5 billion.",
        "Lenovo 16.4 25.7%",
        "1. Lenovo | 16.4 | 25.7%",
        "- up to 29 hours of video playback on a single charge",
        "• Phase 1: 250 racks (18,000 GPUs), 48 MW, open to customers in the first quarter of 2027",
        "Pricing and availability",
        "NOT AVAILABLE: the four-GPU model has been scrapped.",
        "“Customers are ordering full racks, not boards,” Falk said. “More on that later.”",
        "Ines Falk, Chief Executive",
        "An update: the plant will cost $900 million, the company said.",
        "Next: the plant in Gdansk, which opens in March 2027.",
        "Update: Northwind confirmed on Tuesday that the plant will cost $900 million.",
    ],
)
def test_lines_of_a_story_are_kept(line: str) -> None:
    for text in (f"{FIRST}\n\n{line}\n\n{SECOND}", f"{FIRST}\n{line}\n{SECOND}\n{THIRD}"):
        assert skipped(text) == []


def test_a_caption_loses_only_its_credit() -> None:
    text = f"Ines Falk opens the hall in Gdansk, where 400 people will work. Photo: Fjord Media\n\n{FIRST}"
    assert skipped(text) == ["Photo: Fjord Media"]


def test_a_heading_before_the_story_swallows_nothing() -> None:
    body = "\n\n".join([FIRST, SECOND, THIRD] * 3)
    for heading in ("Related", "Comments", "3 comments", "About Northwind", "Latest news", "Newsletter", "Most read"):
        assert without_boilerplate(f"{heading}\n\n{body}").strip() == body


def test_spans_are_sorted_apart_and_within_their_lines() -> None:
    text = f"  By Tom Hale  \n\n{FIRST}\n\nAlso read: x y\n\nRelated\nA headline\n"
    assert skipped(text) == ["By Tom Hale", "Also read: x y\n\nRelated\nA headline"]


pieces = st.lists(
    st.sampled_from([FIRST, SECOND, "Related", "3 comments", "By Tom Hale", "x | y | z", "", "Also read: a", "A headline", "→"]),
    max_size=12,
)


@given(st.one_of(st.text(max_size=300), pieces.map("\n".join)))
def test_spans_of_any_text_are_in_order(text: str) -> None:
    at = 0
    for start, end in boilerplate_spans(text):
        assert at <= start < end <= len(text)
        assert not text[start:end][0].isspace()
        at = end


IS_BOILERPLATE = re.compile(
    r"boilerplate|reader's comment|comment form|cookie|credit|author (?:line|box|and)|\"Also Read\""
    r"|\"Related Articles\"|correction: "
)


def test_the_gold_articles(shared: Path) -> None:
    """Every trap that is boilerplate is skipped; no required fact's evidence is."""
    missed, swallowed, traps, facts = [], [], 0, 0
    for path in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "traps" not in gold:
            continue
        folder = "gold" if gold["article"].endswith(".md") else "seeds"
        text = (shared / folder / gold["article"]).read_text(encoding="utf-8")
        if text.startswith("---"):
            text = text.split("\n---\n", 1)[1]
        spans = boilerplate_spans(text)
        for trap in gold["traps"]:
            start = text.index(trap["quote"])
            if IS_BOILERPLATE.search(trap["why"]):
                traps += 1
                if not any(a <= start and start + len(trap["quote"]) <= b for a, b in spans):
                    missed.append(trap["quote"])
        for fact in gold["facts"]:
            start = text.index(fact["quote"])
            facts += 1
            if not fact["optional"] and any(a < start + len(fact["quote"]) and start < b for a, b in spans):
                swallowed.append(fact["quote"])
    assert traps >= 40
    assert facts >= 400
    assert (missed, swallowed) == ([], [])
