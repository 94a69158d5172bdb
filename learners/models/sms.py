from django.db import models

from learners.encryption import EncryptedTextField


class SmsMessage(models.Model):
    """A text message handed to the provider, or kept here for the demo's inbox."""

    phone = EncryptedTextField()
    text = EncryptedTextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)
