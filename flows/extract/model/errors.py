"""Why a model gave nothing. The rules' claims stand in any case."""

from __future__ import annotations

from flows.errors import DeltawireError


class ModelError(DeltawireError):
    """The model gave no usable answer for one text."""


class ModelAway(ModelError):
    """The endpoint gave no answer at all, or refused us: the next text would fare no better."""


class BudgetSpent(ModelError):
    """No more may be spent, in this run or today."""
