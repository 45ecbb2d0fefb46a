"""The command line.

Importing it costs little: every command imports the stations it uses when it runs, so `--help`
and what only reads answer at once. Data goes to stdout, messages to stderr.
"""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from flows.cli import articles, documents, facts, judging, running, upkeep
from flows.cli.app import App, Group

HELP = """Tracks the news about companies as facts with evidence, and tells you what changed.

\b
Begin with:
  deltawire init                      files to make your own
  deltawire run                       read what is new, write the digest
  deltawire facts lenovo              what is known
  deltawire show 3f2a                 one fact with every quote behind it

Times are RFC 3339 or dates. Exit status: 0 done, 1 failed, 2 wrong usage or
configuration, 3 done in part, 75 try again later.
"""


@click.group(cls=Group, help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="deltawire", message="%(prog)s %(version)s")
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="Where everything is kept [env: DELTAWIRE_HOME].")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="Settings file instead of HOME/deltawire.toml.")
@click.option("--now", metavar="TIME", help="Fix the clock for this command [env: DELTAWIRE_NOW].")
@click.option("-v", "--verbose", is_flag=True, help="Say more, with tracebacks where something fails unexpectedly.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def cli(context: click.Context, home: Path | None, config: Path | None, now: str | None, verbose: bool, quiet: bool) -> None:  # noqa: D103 - HELP
    context.obj = App(home=home, config=config, now=now, verbose=verbose, quiet=quiet)
    context.call_on_close(context.obj.close)


for module in (running, facts, judging, articles, documents, upkeep):
    for command in module.COMMANDS:
        cli.add_command(command)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status (the console script hands it to `sys.exit`)."""
    gc.disable()  # importing makes many objects and no garbage: a tenth of the start-up of a command that only reads
    from flows.cli import failures

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = failures.run(cli, arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has seen enough. What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


if __name__ == "__main__":
    sys.exit(main())
