"""The README's commands are run as a reader would run them, and print what the README shows.

Every line beginning with "$ " in a ```console block is run, in order, in one empty folder with one
home. The lines below it must appear in the command's output in that order; "…" stands for anything,
and ids, which hash the text they come from, are compared as such.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

DONE, DONE_IN_PART = 0, 3


def commands(readme: str) -> list[tuple[str, list[str]]]:
    """Each command of the README with the lines it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", readme, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip() and found:
                found[-1][1].append(line)
    return found


def as_pattern(line: str) -> re.Pattern[str]:
    """A line as the README shows it: any spacing, and "…" for anything."""
    parts = [r"\s+".join(re.escape(word) for word in part.split()) for part in line.split("…")]
    return re.compile(r".*?".join(parts))


def test_every_command_runs_and_prints_what_is_shown(root: Path, tmp_path: Path) -> None:
    told = commands((root / "README.md").read_text(encoding="utf-8"))
    assert len(told) >= 8
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DELTAWIRE_", "PREFECT_", "COV_"))},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DELTAWIRE_NOW": "2026-01-08T07:00:00Z",
        "COLUMNS": "160",
    }
    for command, shown in told:
        ran = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=240
        )
        assert ran.returncode in ({DONE, DONE_IN_PART} if " run" in command else {DONE}), f"{command}\n{ran.stdout}{ran.stderr}"
        printed = re.sub(r"\s+", " ", ran.stdout + "\n" + ran.stderr)
        position = 0
        for line in shown:
            match = as_pattern(line).search(printed, position)
            assert match is not None, f"{command}\ndoes not print, in its place: {line}\nbut:\n{ran.stdout}{ran.stderr}"
            position = match.end()


def test_every_command_of_the_program_is_in_the_tour(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    help_text = subprocess.run(
        [sys.executable, "-m", "flows.cli", "--help"], cwd=root, capture_output=True, text=True, check=True, timeout=60
    ).stdout
    listed = re.findall(r"^  ([a-z]+) {2,}\S", help_text.split("Commands:")[1], re.MULTILINE)
    assert listed
    assert not [name for name in listed if f"deltawire {name}" not in readme]
