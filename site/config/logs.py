"""Structured logs: one JSON line an event, never a name, phone, query or token."""

import logging.config
import re

import structlog

# The address of a private feed opens a person's calendar.
_PRIVATE_FEED = re.compile(r"(/feeds/mine/)[^\s\"'?<>]+")

SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def without_keys(_logger, _method, event: dict) -> dict:
    """Leaves the keys of private feeds out of every text, tracebacks too."""
    return {
        name: _PRIVATE_FEED.sub(r"\1…", value) if isinstance(value, str) else value
        for name, value in event.items()
    }


def configure(settings: dict) -> None:
    """Django's LOGGING_CONFIG hook: sends every logger to one JSON stream."""
    structlog.configure(
        processors=[
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            without_keys,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "formatter": "json"}
            },
            "root": {"handlers": ["stderr"], "level": settings["level"]},
            "loggers": {
                # their lines carry full addresses, and ours say what happened
                "django.server": {"level": "WARNING", "propagate": True},
                "django.request": {"level": "ERROR", "propagate": True},
                "wagtail": {"level": "WARNING", "propagate": True},
                "django_tasks": {"level": "WARNING", "propagate": True},
                "elastic_transport": {"level": "ERROR", "propagate": True},
            },
        }
    )
