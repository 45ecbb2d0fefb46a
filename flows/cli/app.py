"""What every command shares: the flags before it, and the home they lead to, each opened when first asked for."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

import gc
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.cli.output import message

if TYPE_CHECKING:
    from flows.newsroom import Newsroom
    from flows.settings import Settings
    from flows.workspace import Workspace
    from storage.database import Database


class App:
    """One invocation. Nothing is loaded before it is used."""

    def __init__(self, *, home: Path | None, config: Path | None, now: str | None, verbose: bool, quiet: bool) -> None:
        self.home_flag = home
        self.config = config
        self.now_flag = now
        self.verbose = verbose
        self.quiet = quiet

    @cached_property
    def settings(self) -> Settings:
        """The settings in force; ConfigError where one is wrong."""
        from flows.settings import load_settings

        return load_settings(self.home_flag, self.config, now=self.now_flag)

    @cached_property
    def workspace(self) -> Workspace:
        """The home's configuration files."""
        from flows.workspace import Workspace

        return Workspace(self.settings)

    @cached_property
    def now(self) -> datetime:
        """One moment for the whole command."""
        return self.settings.clock()

    @cached_property
    def database(self) -> Database:
        """The database, its schema brought up to date: for commands that only read."""
        from storage.database import Database

        database = Database.open(self.settings.url)
        database.upgrade()
        return database

    @cached_property
    def newsroom(self) -> Newsroom:
        """Everything the stations work with."""
        from flows.newsroom import Newsroom

        gc.freeze()
        gc.enable()  # a longer command does make garbage
        return Newsroom(self.settings, self.now)

    def say(self, text: str) -> None:
        """A message for the person, on stderr; not with --quiet."""
        if not self.quiet:
            message(text)

    def close(self) -> None:
        """Let go of the database, if it was opened."""
        for name in ("database", "newsroom"):
            if name in self.__dict__:
                opened = self.database if name == "database" else self.newsroom.database
                with suppress(Exception):
                    opened.close()


pass_app = click.make_pass_decorator(App)


def _now_given(context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        context.ensure_object(App).now_flag = value
    return value


class Command(click.Command):
    """A command that takes --now after its name as well as before it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        option = click.Option(
            ["--now"], metavar="TIME", expose_value=False, callback=_now_given, help="Fix the clock for this command."
        )
        self.params.append(option)


class Group(click.Group):
    """A group whose commands are `Command`s."""

    command_class = Command
