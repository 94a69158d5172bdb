"""What the worker does every minute, beside its tasks: sweeping and catching up.

An app adds its part with `@tick` in a module its `AppConfig.ready` imports.
"""

from collections.abc import Callable

import structlog
from django.db import close_old_connections

log = structlog.get_logger("ticks")

_TICKS: dict[str, Callable[[], object]] = {}


def tick(function: Callable[[], object]) -> Callable[[], object]:
    """Registers `function`; it must be short, repeatable and safe beside itself."""
    _TICKS[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def run_all() -> list[str]:
    """Runs every registered tick; one that fails is logged and stops no other.

    Returns the names of those that failed.
    """
    failed = []
    for name, function in list(_TICKS.items()):
        close_old_connections()
        try:
            function()
        except Exception:
            log.exception("tick failed", tick=name)
            failed.append(name)
    return failed
