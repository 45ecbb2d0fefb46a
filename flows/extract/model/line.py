"""How requests leave: through the egress gate, one after the other at their pace, with patience, within the budget."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from flows.collect.fetch import Answer, Gate
from flows.errors import FetchError
from flows.extract.model.budget import Budget
from flows.extract.model.errors import ModelAway, ModelError

SOURCE = "language model"
LONGEST_WAIT_S = 60.0
_PASSING = {"authorization", "content-type", "accept"}
"""The headers that go out; what a client library adds about the machine and the person stays here."""
_CHARACTERS_A_TOKEN = 4
"""A rough measure, for endpoints that do not tell what they used."""

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`attempts` at a request, the pause before the second (doubled for each further one), requests a minute."""

    attempts: int = 4
    pause_s: float = 1.0
    per_minute: int = 60


class Line:
    """Sends what the client library wants sent."""

    def __init__(
        self, gate: Gate, budget: Budget, pace: Pace, *, sleep: Sleep = asyncio.sleep, clock: Callable[[], float] | None = None
    ) -> None:
        self._gate, self._budget, self._pace, self._sleep, self._clock = gate, budget, pace, sleep, clock
        self._free_at = 0.0
        self._turn = asyncio.Lock()

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The answer to a POST. Overload and failures of the server and the network are tried again, then ModelAway.

        Answers of other statuses are the caller's: 200 among them.
        """
        passing = {name: value for name, value in headers.items() if name.lower() in _PASSING}
        problem, wait = "", 0.0
        for attempt in range(self._pace.attempts):
            if attempt:
                await self._sleep(wait)
            await self._my_turn()
            self._budget.check()  # nothing is awaited between this and the counting: two at once cannot both be the last
            self._budget.spend(requests=1)
            wait = self._pace.pause_s * 2**attempt
            try:
                answer = await self._gate.post(url, body, source=SOURCE, headers=passing)
            except FetchError as error:
                problem = str(error)
                if "refused: " in problem:  # by our own gate: asking again changes nothing
                    break
                continue
            if 300 <= answer.status < 400:  # a key is not carried to wherever a server points
                raise ModelAway(f"{SOURCE}: HTTP status {answer.status}, it points elsewhere: is llm_base_url complete?")
            if answer.status != 429 and answer.status < 500:
                self._budget.spend(tokens=_tokens(answer, body))
                return answer
            problem = f"{SOURCE}: HTTP status {answer.status}"
            wait = max(wait, asked_to_wait(answer.headers))
            if wait > LONGEST_WAIT_S:
                break
        raise ModelAway(f"{problem}, in {attempt + 1} attempts" if attempt else problem)

    async def _my_turn(self) -> None:
        """Wait until the next request may begin. The loop's clock paces; it tells no time of day."""
        async with self._turn:
            now = (self._clock or asyncio.get_running_loop().time)()
            if self._free_at > now:
                await self._sleep(self._free_at - now)
            self._free_at = max(now, self._free_at) + 60 / self._pace.per_minute


def asked_to_wait(headers: Mapping[str, str]) -> float:
    """Seconds a server asks us to wait; 0 where it says nothing that can be understood."""
    said, date = headers.get("retry-after", ""), headers.get("date", "")
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(said) - parsedate_to_datetime(date)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _tokens(answer: Answer, body: bytes) -> int:
    """Tokens used, as the endpoint says, else as the length of question and answer suggests."""
    try:
        fields: Any = json.loads(answer.body)
        return int(fields["usage"]["total_tokens"])
    except (ValueError, KeyError, TypeError):
        return (len(body) + len(answer.body)) // _CHARACTERS_A_TOKEN


def ours(error: BaseException) -> ModelError | None:
    """The error of ours that a client library has wrapped into its own."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ModelError):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None
