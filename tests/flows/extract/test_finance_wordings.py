"""Many ways to tell a company's figures, as wires, trade papers, releases and blogs tell them; the companies do not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage.model import Claim
from storage.values import Money, Percent, Period, Quantity

Claims = Callable[..., list[Claim]]

PREDICATES = {
    "revenue",
    "revenue_growth",
    "net_profit",
    "net_profit_growth",
    "operating_income",
    "gross_margin",
    "revenue_share",
    "market_share",
    "market_rank",
    "shipments",
    "market_cap",
    "share_price_change",
    "headcount",
    "jobs_cut",
}
Q2 = "2026-04-01..2026-06-30"
Q2_25 = "2025-04-01..2025-06-30"
Q1 = "2026-01-01..2026-03-31"
Q3 = "2026-07-01..2026-09-30"
Y25 = "2025-01-01..2025-12-31"
FY26 = "2025-07-01..2026-06-30"


def told(claims: list[Claim]) -> set[str]:
    """Each figure as one line: subject, predicate, value, qualifiers in order of name, modality unless actual."""
    found = set()
    for claim in claims:
        if claim.predicate not in PREDICATES:
            continue
        value = claim.value
        number = (
            (f"{value.number.normalize():f}" if value.number is not None else f"{value.low}..{value.high}")
            if isinstance(value, Money | Percent | Quantity)
            else str(value)
        )
        qualifiers = [
            f"{one.start}..{one.end}" if isinstance(one, Period) else str(one)
            for name, one in sorted(claim.qualifiers.items())
            if name != "converted"
        ]
        modality = [] if claim.modality == "actual" else [str(claim.modality)]
        found.add(" ".join([claim.subject, claim.predicate, number, *qualifiers, *modality]))
    return found


LEAD = "Bramante reported results for the second quarter of 2026.\n\n"
REVENUE = [
    # label and colon
    ("Bramante, second quarter of 2026\n\nRevenue: $1.2 billion\n\nNet profit: $140 million", {
        f"bramante revenue 1200000000 {Q2}", f"bramante net_profit 140000000 {Q2}"}),
    (LEAD + "Net profit: $1.2 billion.", {f"bramante net_profit 1200000000 {Q2}"}),
    # without the usual verbs
    ("Bramante took in $3.1 billion in the second quarter of 2026.", {f"bramante revenue 3100000000 {Q2}"}),
    ("In the second quarter of 2026 Bramante made $310 million on turnover of $3.1 billion.", {
        f"bramante revenue 3100000000 {Q2}", f"bramante net_profit 310000000 {Q2}"}),
    ("In 2025 Bramante earned €42 million on sales of €510 million.", {
        f"bramante revenue 510000000 {Y25}", f"bramante net_profit 42000000 {Y25}"}),
    ("In 2025 Bramante lost €42 million on sales of €510 million.", {
        f"bramante revenue 510000000 {Y25}", f"bramante net_profit -42000000 {Y25}"}),
    ("Bramante turned over €510 million in 2025.", {f"bramante revenue 510000000 {Y25}"}),
    ("Bramante had revenue of 4.4 billion kroner in 2025.", {f"bramante revenue 4400000000 {Y25}"}),
    ("Bramante, owned by nine towns, had revenue of 4.4 billion kroner in 2025.", {f"bramante revenue 4400000000 {Y25}"}),
    ("Revenue at Bramante came in at $3.1 billion in the second quarter of 2026.", {f"bramante revenue 3100000000 {Q2}"}),
    ("Bramante's second-quarter revenue came to $3.1 billion.", {f"bramante revenue 3100000000 {Q2}"}),
    ("Bramante's sales hit $3.1 billion in the second quarter of 2026.", {f"bramante revenue 3100000000 {Q2}"}),
    ("Bramante closed 2025 with sales of €510 million.", {f"bramante revenue 510000000 {Y25}"}),
    ("Bramante ended 2025 with a net profit of €42 million.", {f"bramante net_profit 42000000 {Y25}"}),
    (LEAD + "Net income was $413 million compared with $340 million a year earlier.", {
        f"bramante net_profit 413000000 {Q2}", f"bramante net_profit 340000000 {Q2_25}"}),
    (LEAD + "The company swung to a net profit of $30 million after a loss of $12 million a year earlier.", {
        f"bramante net_profit 30000000 {Q2}", f"bramante net_profit -12000000 {Q2_25}"}),
    (LEAD + "Its net profit rose by 5.5% to 690 million kroner.", {
        f"bramante net_profit_growth 5.5 yoy {Q2}", f"bramante net_profit 690000000 {Q2}"}),
    ("Bramante had revenue of €510 million in 2025. Its net profit rose by 5.5% to €42 million.", {
        f"bramante revenue 510000000 {Y25}", f"bramante net_profit_growth 5.5 yoy {Y25}", f"bramante net_profit 42000000 {Y25}"}),
    ("Bramante reported a 21.4% rise in quarterly net profit on Tuesday.\n\nNet income in the second quarter of 2026 was "
     "$413 million.", {f"bramante net_profit_growth 21.4 yoy {Q2}", f"bramante net_profit 413000000 {Q2}"}),
    (LEAD + "Revenue grew 9.2% from the same period of 2025 to $22.3 billion.", {
        f"bramante revenue_growth 9.2 yoy {Q2}", f"bramante revenue 22300000000 {Q2}"}),
    (LEAD + "Revenue doubled to $2 billion.", {f"bramante revenue_growth 100 yoy {Q2}", f"bramante revenue 2000000000 {Q2}"}),
    (LEAD + "Revenue rose nearly a fifth to $2 billion.", {
        f"bramante revenue_growth 20 yoy {Q2}", f"bramante revenue 2000000000 {Q2}"}),
    (LEAD + "Revenue, up 12%, was $2 billion.", {f"bramante revenue_growth 12 yoy {Q2}", f"bramante revenue 2000000000 {Q2}"}),
    (LEAD + "Gross margin slipped by 40 basis points to 15.0%.", {f"bramante gross_margin 15 {Q2}"}),
    (LEAD + "Gross margin came in at 41.2%, from 39% a year earlier.", {
        f"bramante gross_margin 41.2 {Q2}", f"bramante gross_margin 39 {Q2_25}"}),
    (LEAD + "It kept 41.2% of sales as gross margin.", set()),
    # segments
    (LEAD + "Infrastructure Group sales went up 24% to $5.07 billion and the unit earned an operating profit of $31 million, "
     "having lost $32 million in the quarter a year ago.", {
        f"bramante revenue_growth 24 yoy {Q2} infrastructure", f"bramante revenue 5070000000 {Q2} infrastructure",
        f"bramante operating_income 31000000 {Q2} infrastructure",
        f"bramante operating_income -32000000 {Q2_25} infrastructure"}),
    (LEAD + "Services, the most profitable arm, fetched $2.6 billion, an increase of 18%.", {
        f"bramante revenue 2600000000 {Q2} services", f"bramante revenue_growth 18 yoy {Q2} services"}),
    ("Bramante, whose client division posted sales of $12.5 billion in the second quarter of 2026, cut prices.", {
        f"bramante revenue 12500000000 {Q2} client"}),
    # fiscal periods
    ("Orlo reported a profit on Wednesday.\n\nNet income in the April-June quarter, the fourth of the company's fiscal year, was "
     "$413 million compared with $340 million a year earlier.", {
        f"orlo net_profit 413000000 {Q2}", f"orlo net_profit 340000000 {Q2_25}"}),
    ("For the six months through June Bramante made $918 million on turnover of $43.3 billion.", {
        "bramante net_profit 918000000 2026-01-01..2026-06-30", "bramante revenue 43300000000 2026-01-01..2026-06-30"}),
    # guidance
    (LEAD + "It expects revenue of between $48 billion and $50 billion in the current quarter.", {
        f"bramante revenue 49000000000 {Q3} planned"}),
    (LEAD + "Revenue was $46 billion. The company forecast between $48 billion and $50 billion in the current quarter.", {
        f"bramante revenue 46000000000 {Q2}", f"bramante revenue 49000000000 {Q3} planned"}),
    (LEAD + "Bramante guided to sales of $48 billion to $50 billion for the third quarter.", {
        f"bramante revenue 49000000000 {Q3} planned"}),
    # no claim
    ("The average estimate of nine brokers compiled by Quotelane had been for sales of $21.6 billion at Bramante.", set()),
    (LEAD + "Revenue was $46 billion. The market had hoped for $47 billion.", {f"bramante revenue 46000000000 {Q2}"}),
    (LEAD + "Revenue was $46 billion, above the $45 billion that forecasters had pencilled in.", {
        f"bramante revenue 46000000000 {Q2}"}),
    (LEAD + "Revenue was $46 billion, against an average forecast of $45 billion, LSEG data showed.", {
        f"bramante revenue 46000000000 {Q2}"}),
    (LEAD + "Revenue was $46 billion. That beat the $45.1 billion expected by Wall Street.", {
        f"bramante revenue 46000000000 {Q2}"}),
    (LEAD + "Brokers had looked for net profit of $3 billion.", set()),
    # whose figure
    ("Quarrix Semiconductor reported results for the second quarter of 2026 on Tuesday. Net sales rose 12% to $1.1 billion. The "
     "company supplies Hexa and Orlo with chips.\n\nNet profit was $90 million. Its chips go into machines by Orlo.\n\n"
     "Gross margin was 52%.", {
        f"quarrix-semiconductor revenue_growth 12 yoy {Q2}", f"quarrix-semiconductor revenue 1100000000 {Q2}",
        f"quarrix-semiconductor net_profit 90000000 {Q2}", f"quarrix-semiconductor gross_margin 52 {Q2}"}),
    (LEAD + "Revenue was $46 billion, while rival Hexa booked $12 billion in the same quarter.", {
        f"bramante revenue 46000000000 {Q2}", f"hexa revenue 12000000000 {Q2}"}),
    (LEAD + "Chips sold to Orlo, its largest customer, brought in $300 million.", set()),
]  # fmt: skip
SHARES = [
    (LEAD + "AI services accounted for 31% of revenue, from 28% in the previous quarter.", {
        f"bramante revenue_share 31 ai-services {Q2}", f"bramante revenue_share 28 ai-services {Q1}"}),
    (LEAD + "AI services made up a third of group revenue.", {f"bramante revenue_share 33.333 ai-services {Q2}"}),
    ("Orlo came first in the European kettle market in 2025 with 29%, followed by Bramante with 24%.", {
        f"orlo market_rank 1 kettle {Y25} europe", f"orlo market_share 29 kettle {Y25} europe",
        f"bramante market_share 24 kettle {Y25} europe"}),
    ("Orlo held 29% of the European server market in 2025, researcher Ketterby said.", {
        f"orlo market_share 29 servers {Y25} europe"}),
    ("Ketterby Research puts Orlo's share of the European server market at 29% in 2025.", {
        f"orlo market_share 29 servers {Y25} europe"}),
]  # fmt: skip
PRICES = [
    ("Bramante shares finished the morning 1.8% lower in Lyon.", {"bramante share_price_change -1.8 2026-08-12..2026-08-12"}),
    ("Bramante fell 3.1 per cent in early New York trading.", {"bramante share_price_change -3.1 2026-08-12..2026-08-12"}),
    ("Bramante fell 3.1 per cent in early New York trading, which left the chipmaker with a market value of some $175bn.", {
        "bramante share_price_change -3.1 2026-08-12..2026-08-12", "bramante market_cap 175000000000"}),
    ("Bramante stock jumped 26% to €31.20 on Monday.", {"bramante share_price_change 26 2026-08-10..2026-08-10"}),
    ("Shares in Bramante closed down 4%.", {"bramante share_price_change -4 2026-08-12..2026-08-12"}),
    ("Bramante's stock was up 4% in premarket trading.", {"bramante share_price_change 4 2026-08-12..2026-08-12"}),
    ("Investors sent Bramante shares 7% higher on Tuesday.", {"bramante share_price_change 7 2026-08-11..2026-08-11"}),
    ("Bramante is now worth $175 billion.", {"bramante market_cap 175000000000"}),
    ("The rally lifted Bramante's market value above $175 billion.", {"bramante market_cap 175000000000"}),
]  # fmt: skip
PEOPLE = [
    ("Bramante will shed 350 posts in Germany by the end of 2027.", {
        "bramante jobs_cut 350 None..2027-12-31 germany planned"}),
    ("Bramante plans to cut 3,000 jobs in Texas.", {"bramante jobs_cut 3000 texas planned"}),
    ("Bramante axed 400 positions in 2025.", {f"bramante jobs_cut 400 {Y25}"}),
    ("Bramante let 350 people go in 2025.", {f"bramante jobs_cut 350 {Y25}"}),
    ("Bramante has 1,150 employees, and about 120 of them will lose their jobs by the end of 2027.", {
        "bramante headcount 1150", "bramante jobs_cut 120 None..2027-12-31 planned"}),
    ("Some 350 Bramante employees will lose their jobs.", {"bramante jobs_cut 350 planned"}),
    ("Bramante announced 350 redundancies.", {"bramante jobs_cut 350 planned"}),
    ("Bramante announced the lay-offs of 350 people.", {"bramante jobs_cut 350 planned"}),
    ("Bramante is making 350 staff redundant.", {"bramante jobs_cut 350"}),
    ("At Bramante 350 jobs will go.", {"bramante jobs_cut 350 planned"}),
    ("\"Eighty-five jobs for a town that lost four hundred,\" said a resident of Bramante's plan.", set()),
    ("Bramante is to hire 200 people, taking its headcount to 3,200 by the end of 2027.", {
        "bramante headcount 3200 None..2027-12-31 planned"}),
    ("The company employed some 72,500 people as of June 30, Bramante said.", {
        "bramante headcount 72500 2026-06-30..2026-06-30"}),
    ("Bramante plans to reduce its workforce by 350.", {"bramante jobs_cut 350 planned"}),
    ("Bramante, which has 3,000 staff, is cutting one job in ten.", {"bramante headcount 3000"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [*REVENUE, *SHARES, *PRICES, *PEOPLE], ids=lambda one: one[:70] if isinstance(one, str) else ""
)
def test_figures_are_read_however_they_are_worded(claims: Claims, text: str, expected: set[str]) -> None:
    assert told(claims(text)) == expected
