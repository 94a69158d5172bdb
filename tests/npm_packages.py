"""The packages of tests/npm, installed once beside their lock file."""

import fcntl
import shutil
import subprocess
from pathlib import Path

from tests import services

FOLDER = Path(__file__).parent / "npm"
INSTALLED = FOLDER / "node_modules" / ".package-lock.json"
WANTED = FOLDER / "package-lock.json"


def node_modules() -> Path:
    """Where the packages stand; skips (or fails) where npm cannot be had."""
    npm = shutil.which("npm")
    if npm is None:
        services.unavailable("npm not found (apt: npm)")
    # several test processes ask at once
    with (FOLDER / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_current():
            _install(npm)
    return FOLDER / "node_modules"


def _is_current() -> bool:
    return INSTALLED.exists() and INSTALLED.stat().st_mtime >= WANTED.stat().st_mtime


def _install(npm: str) -> None:
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True)
    if done.returncode:
        services.unavailable(f"npm ci failed: {done.stderr.strip()[-300:]}")
    INSTALLED.touch()
