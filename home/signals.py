"""Told to whoever keeps something derived from the network."""

from django.dispatch import Signal

# After the commit of an import that changed places. Bulk writes send no signal per
# page, so listeners read the network anew. `renamed`: primary keys of nodes that now
# have another name.
network_imported = Signal()
