from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import prefect_server
from flows.settings import prefect_variables

PARENT = """
import sys, time
from pathlib import Path
from flows import prefect_server
from flows.settings import prefect_variables
prefect_server.bring_along(Path(sys.argv[1]))
print(prefect_server._started[0].pid, flush=True)
time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_server_ends_with_its_run_even_if_that_is_killed(tmp_path: Path, root: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], cwd=root, env=clean, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        server = int(parent.stdout.readline())
        assert alive(server)
        parent.send_signal(signal.SIGKILL)
    for _ in range(300):
        if not alive(server):
            break
        time.sleep(0.1)
    assert not alive(server)


def test_a_server_of_the_users_own_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.intranet/api")
    for name in prefect_variables(tmp_path).keys() | {"PREFECT_HOME"}:
        monkeypatch.setenv(name, "theirs")
    prefect_server.bring_along(tmp_path)
    assert os.environ["PREFECT_API_URL"] == "http://prefect.intranet/api"
    assert os.environ["PREFECT_HOME"] == "theirs"
    assert list(tmp_path.iterdir()) == []
    assert not prefect_server.has_stopped()
