"""What extraction reaches on invented articles, those rules were tried on (odd numbers) and those they were not (even).

The floors lie a little below what was measured when they were set (odd 0.96 and 0.73, even 0.70 and 0.37):
they hold the ground gained. The second pair is the one to raise.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("parity", "precision", "recall"), [(1, 0.90, 0.65), (0, 0.62, 0.32)], ids=["tried on", "unseen"])
def test_precision_and_recall(root: Path, tmp_path: Path, parity: int, precision: float, recall: float) -> None:
    for path in (root / "tests" / "data" / "gold").glob("3*"):
        if int(path.name[:3]) % 2 == parity:
            shutil.copy(path, tmp_path)
    command = [sys.executable, "-m", "flows.cli", "--home", str(tmp_path / "home"), "evaluate", str(tmp_path)]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=120).stdout
    found = re.search(r"7 articles, \d+ facts: precision ([\d.]+), recall ([\d.]+).* traps sprung (\d+) of", told)
    assert found is not None, told
    assert float(found[1]) >= precision, told
    assert float(found[2]) >= recall, told
    assert int(found[3]) == 0, told
