"""How requests leave: their pace, and how long a server may have us wait."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.collect.fetch import Answer
from flows.extract.model.budget import Budget, Limits, Spent
from flows.extract.model.errors import BudgetSpent
from flows.extract.model.line import Line, Pace, asked_to_wait

TODAY = date(2026, 1, 8)


class Gate:
    """Takes requests and answers each with the next status."""

    def __init__(self, *statuses: int) -> None:
        self.statuses, self.bodies = list(statuses), list[bytes]()

    async def post(self, url: str, body: bytes, *, source: str, headers: Mapping[str, str]) -> Answer:
        self.bodies.append(body)
        await asyncio.sleep(0)
        return Answer(url=url, status=self.statuses.pop(0), headers={}, body=b'{"usage": {"total_tokens": 7}}')


def send(gate: Any, budget: Budget, pace: Pace, times: int = 1) -> tuple[list[float], list[Any]]:
    """Send at once so many times; what was slept, and what came."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(round(seconds, 1))

    async def all_() -> list[Any]:
        line = Line(gate, budget, pace, sleep=sleep, clock=lambda: 0.0)
        return await asyncio.gather(*(line.send("http://x/", {}, b"q") for _ in range(times)), return_exceptions=True)

    return slept, asyncio.run(all_())


def test_requests_leave_at_their_pace(tmp_path: Path) -> None:
    slept, came = send(Gate(200, 200, 200), Budget(Limits(), tmp_path, TODAY), Pace(per_minute=30), times=3)
    assert slept == [2.0, 4.0]  # in this test the clock stands still, so the waits add up
    assert [answer.status for answer in came] == [200, 200, 200]


def test_the_pause_grows_from_attempt_to_attempt(tmp_path: Path) -> None:
    pace = Pace(attempts=4, pause_s=1, per_minute=100_000_000)
    slept, (answer,) = send(Gate(500, 503, 429, 200), Budget(Limits(), tmp_path, TODAY), pace)
    assert [pause for pause in slept if pause] == [1, 2, 4]
    assert answer.status == 200


def test_two_at_once_cannot_both_be_the_last(tmp_path: Path) -> None:
    gate, budget = Gate(200, 200, 200), Budget(Limits(day_requests=1), tmp_path, TODAY)
    _, came = send(gate, budget, Pace(per_minute=100_000_000), times=3)
    assert len(gate.bodies) == 1
    assert sum(isinstance(one, BudgetSpent) for one in came) == 2
    assert budget.run == budget.day == Spent(1, 7)


def test_a_damaged_count_of_the_day_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "spent-2026-01-08.json").write_text("[]", encoding="utf-8")
    budget = Budget(Limits(day_requests=1), tmp_path, TODAY)
    budget.check()
    budget.spend(requests=1)
    assert Budget(Limits(), tmp_path, TODAY).day == Spent(1, 0)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "-7"}, 0),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": "Thu, 08 Jan 2026 09:00:30 GMT", "date": "Thu, 08 Jan 2026 09:00:00 GMT"}, 30),
        ({"retry-after": "Thu, 08 Jan 2026 09:00:30 GMT"}, 0),
    ],
)
def test_how_long_a_server_asks_us_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert asked_to_wait(headers) == seconds
