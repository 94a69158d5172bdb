"""What of an activity is put into another language, and what follows the original."""

from wagtail_localize.fields import SynchronizedField, TranslatableField

_WORDS = (
    "title",
    "slug",
    "summary",
    "body",
    "teachers",
    "venue",
    "address",
    "directions",
    "fee_note",
)
# Texts by their column, facts by their meaning: sessions and registration always
# are the original's, so nobody can write others into a translation.
_FACTS = (
    "schedule_changes",
    "cancelled_reason",
    "course",
    "starts_at",
    "duration_minutes",
    "repeat",
    "weekdays",
    "interval",
    "repeat_until",
    "repeat_count",
    "skip_public_holidays",
    "registration_mode",
    "capacity",
    "waiting_capacity",
    "min_to_run",
    "opens_at",
    "closes_at",
    "withdraw_until",
    "min_age",
    "max_age",
    "consent_from_age",
    "desk_only_from_age",
    "residence",
    "max_active",
    "hours",
    "certificate_min_attendance",
    "kind",
    "theme",
    "audiences",
    "delivery",
    "join_link",
    "fee_kind",
    "fee_amount",
)
TRANSLATED_FIELDS = [
    *(TranslatableField(name) for name in _WORDS),
    *(SynchronizedField(name, overridable=False) for name in _FACTS),
]
