"""Times on the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from flows.clock import parse_time


class _Time(click.ParamType[datetime]):
    """RFC 3339 or a date."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return parse_time(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


TIME = _Time()
