"""After putting a new key first in FIELD_ENCRYPTION_KEYS: writes every field anew."""

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from learners.encryption import EncryptedTextField, keys_changed
from learners.mfa_adapter import MFAAdapter

BATCH = 500


class Command(BaseCommand):
    help = "Encrypts all encrypted fields with the first key; the old ones may go then."

    def handle(self, *args, **options):
        for model in apps.get_models():
            fields = [
                field.attname
                for field in model._meta.concrete_fields
                if isinstance(field, EncryptedTextField)
            ]
            if fields:
                self._write_anew(model, fields)
        self._write_secrets_anew()
        keys_changed.send(sender=Command)

    def _write_anew(self, model, fields: list[str]) -> None:
        # one short transaction a row: a phone changed meanwhile is not overwritten
        pks = model._base_manager.values_list("pk", flat=True)
        for pk in pks.order_by("pk").iterator(chunk_size=BATCH):
            with transaction.atomic():
                rows = model._base_manager.select_for_update()
                if row := rows.filter(pk=pk).only("pk", *fields).first():
                    model._base_manager.filter(pk=pk).update(
                        **{field: getattr(row, field) for field in fields}
                    )

    def _write_secrets_anew(self) -> None:
        adapter = MFAAdapter()
        for authenticator in Authenticator.objects.all():
            for name in {"secret", "seed"} & set(authenticator.data):
                secret = adapter.decrypt(authenticator.data[name])
                authenticator.data[name] = adapter.encrypt(secret)
            authenticator.save(update_fields=["data"])
