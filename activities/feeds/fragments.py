"""Renders each session's VEVENT once and stores it; feeds only join."""

from collections.abc import Iterable

from activities.models import Session


def refresh(sessions: Iterable[Session]) -> None:
    """Renders the VEVENT of every session anew and stores it."""
