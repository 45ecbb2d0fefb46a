"""The Prefect API a run brings along where the user has no server of their own.

Prefect would start one itself, late, noisily and with all its services. This one starts in the
background before the flow is even imported, listens from the first moment (requests wait in the
socket's queue until it answers), writes what it has to say to a file, and ends when the process
that started it ends, however that happens: it watches a pipe whose other end only we hold.
"""

# ruff: noqa: PLC0415 - only the child process imports Prefect
from __future__ import annotations

import atexit
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

from flows.settings import prefect_api_given, prefect_variables

LOG = Path("logs", "prefect.log")
LOG_LIMIT = 1_000_000  # bytes; a longer log of earlier runs is begun anew

_started: list[subprocess.Popen[bytes]] = []

# What a run of a few tasks never needs of the server: schedules, late runs, work queues, vacuuming, telemetry.
_QUIET = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "DO_NOT_TRACK": "1",
}


def bring_along(home: Path) -> None:
    """Tell Prefect by environment variables where it lives and which server to use; start one if there is none.

    To be called before anything imports Prefect. Called again it does nothing.
    """
    os.environ.update(prefect_variables(home))
    if not prefect_api_given():
        os.environ["PREFECT_API_URL"] = _start(home / LOG)


def has_stopped() -> bool:
    """Whether the server we started has ended although it is still needed."""
    return any(process.poll() is not None for process in _started)


def keep_logs_apart(home: Path) -> None:
    """Send what Prefect logs in this process to its file in the home; to be called once it is imported."""
    log = home / LOG
    log.parent.mkdir(parents=True, exist_ok=True)
    file = logging.FileHandler(log, encoding="utf-8", delay=True)
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for name in ("", "prefect", "prefect._internal", "uvicorn", "fastapi"):
        logger = logging.getLogger(name)
        if any(isinstance(handler, logging.StreamHandler) for handler in logger.handlers):
            logger.handlers = [handler for handler in logger.handlers if not isinstance(handler, logging.StreamHandler)]
            logger.addHandler(file)


def _start(log: Path) -> str:
    """Start the server and return its API address at once; it ends with this process."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.unlink()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        watched, held = os.pipe()
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603 - our own module, no word of it from outside
                [sys.executable, "-m", "flows.prefect_server", str(listener.fileno()), str(watched)],
                pass_fds=(listener.fileno(), watched),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **_QUIET},
                start_new_session=True,  # Ctrl-C is ours to handle; the server lives until the run's end is recorded
            )
        os.close(watched)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    _started.append(process)
    # Prefect delivers its last events when threads are shut down, which is before such hooks as this one.
    atexit.register(_stop, process, held)
    return address


def _stop(process: subprocess.Popen[bytes], held: int) -> None:
    process.terminate()
    os.close(held)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def serve(listener: int, watched: int) -> None:
    """Answer requests on the open socket `listener` until the pipe `watched` is closed. Runs in the child."""
    import gc
    import signal
    import threading

    def end_with_parent() -> None:
        while os.read(watched, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)  # ends it at once while it starts, in good order once it serves

    threading.Thread(target=end_with_parent, daemon=True).start()
    gc.disable()  # importing makes many objects and no garbage
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app()
    gc.freeze()
    gc.enable()
    uvicorn.run(app, fd=listener, log_level="error", access_log=False, lifespan="on")


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
