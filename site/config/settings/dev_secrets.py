"""Secrets everybody knows: good for a first run, refused in production."""

SECRET_KEY = "insecure-development-key"  # noqa: S105 - public on purpose
FIELD_ENCRYPTION_KEY = "ZGV2ZWxvcG1lbnQta2V5LW5vdC1mb3ItcHJvZHVjdGk="
FIELD_HASH_KEY = "insecure-development-hash-key"
ALL = {SECRET_KEY, FIELD_ENCRYPTION_KEY, FIELD_HASH_KEY}
