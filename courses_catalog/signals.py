"""Told to whoever keeps something derived from the catalogue."""

from django.dispatch import Signal

# In the transaction of each batch of an import: bulk writes send no signal a record.
# `sender` is the model, `records` what was created or changed.
records_imported = Signal()
