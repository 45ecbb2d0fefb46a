"""How much a model may cost: requests and tokens, in a run and in a day."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.extract.model.errors import BudgetSpent


@dataclass(frozen=True, slots=True)
class Spent:
    """What was used."""

    requests: int = 0
    tokens: int = 0

    def __add__(self, other: Spent) -> Spent:
        """Both together."""
        return Spent(self.requests + other.requests, self.tokens + other.tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that may be used; None is no limit. A request under way when tokens run out is let finish."""

    run_requests: int | None = None
    run_tokens: int | None = None
    day_requests: int | None = None
    day_tokens: int | None = None


class Budget:
    """Counts what is used. The day's count is kept in `folder`, so that it holds over runs."""

    def __init__(self, limits: Limits, folder: Path, today: date) -> None:
        self._limits = limits
        self._path = folder / f"spent-{today.isoformat()}.json"
        self.run = Spent()

    @property
    def day(self) -> Spent:
        """What was used today, by all runs. A file that cannot be read counts for nothing."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return Spent(int(kept["requests"]), int(kept["tokens"]))
        return Spent()

    def check(self) -> None:
        """BudgetSpent where another request would go beyond a limit."""
        limits, day = self._limits, self.day
        for what, used, most in (
            ("requests in a run", self.run.requests, limits.run_requests),
            ("tokens in a run", self.run.tokens, limits.run_tokens),
            ("requests in a day", day.requests, limits.day_requests),
            ("tokens in a day", day.tokens, limits.day_tokens),
        ):
            if most is not None and used >= most:
                raise BudgetSpent(f"the language model's budget is spent: {used} of {most} {what}")

    def spend(self, requests: int = 0, tokens: int = 0) -> None:
        """Count what was used."""
        more = Spent(requests, tokens)
        self.run += more
        day = self.day + more
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".part")
        unfinished.write_text(json.dumps({"requests": day.requests, "tokens": day.tokens}), encoding="utf-8")
        unfinished.replace(self._path)
