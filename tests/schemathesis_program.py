"""schemathesis in an environment of its own, kept for the next run.

Its requirements and those of the site need not agree with each other.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import services

WANTED = Path(__file__).parent / "requirements-schemathesis.txt"


def schemathesis() -> Path:
    """The program; skips the test (or fails it) where it cannot be installed."""
    folder = _folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # several test processes ask at once
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            _install(folder)
    return folder / "bin" / "schemathesis"


def _folder() -> Path:
    """Named after what is in it: other requirements are another environment."""
    caches = os.environ.get("XDG_CACHE_HOME") or Path(tempfile.gettempdir())
    digest = hashlib.sha256(WANTED.read_bytes() + sys.version.encode()).hexdigest()
    return Path(caches) / f"shexue-schemathesis-{os.getuid()}-{digest[:12]}"


def _install(folder: Path) -> None:
    _run(sys.executable, "-m", "venv", "--clear", folder)
    _run(
        folder / "bin" / "python", "-m", "pip", "install", "--quiet",
        "--disable-pip-version-check", "--require-hashes", "-r", WANTED,
    )  # fmt: skip
    (folder / "complete").touch()


def _run(*command) -> None:
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True
    )
    if done.returncode:
        services.unavailable(f"no schemathesis: {done.stderr.strip()[-300:]}")
