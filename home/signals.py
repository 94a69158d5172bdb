"""Told to whoever keeps something derived from the network."""

from django.dispatch import Signal

# After the commit of an import that changed places. Bulk writes send no signal per
# page, so listeners read the network anew.
network_imported = Signal()
