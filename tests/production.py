"""The settings of a public server, read the way a server reads them."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# the least that must be set
ENVIRONMENT = {
    "SECRET_KEY": "s" * 60,
    "FIELD_ENCRYPTION_KEYS": "one",
    "FIELD_HASH_KEY": "two",
    "ALLOWED_HOSTS": "shexue.example",
    "BASE_URL": "https://shexue.example",
    "UID_DOMAIN": "shexue.test",
    "DEFAULT_FROM_EMAIL": "shexue@shexue.example",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
_PRINT = """
import json, sys
from config.settings import production
print(json.dumps({name: getattr(production, name) for name in sys.argv[1:]}))
"""


def _run(code: str, names: tuple, changes: dict) -> subprocess.CompletedProcess:
    machine = {
        name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ
    }
    environment = {**machine, **ENVIRONMENT, **changes, "PYTHONPATH": "site"}
    return subprocess.run(
        [sys.executable, "-c", code, *names],
        env={name: value for name, value in environment.items() if value is not None},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def settings(*names: str, **changes: str | None) -> dict:
    """Those settings under `ENVIRONMENT` with `changes`; None takes one away."""
    ran = _run(_PRINT, names, changes)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def refusal(**changes: str | None) -> str:
    """The sentence it refuses to start with; "" when it starts."""
    ran = _run(_PRINT, (), changes)
    return ran.stderr.strip().splitlines()[-1] if ran.returncode else ""
