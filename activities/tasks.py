"""What follows a change too large to be waited for."""

from django_tasks import task

from activities import publishing
from home.models import NetworkNodePage


@task()
def follow_renamed_nodes(node_ids: list[int]) -> None:
    """Calendar text and feeds at and below these nodes get their new names.

    Repeatable: what is rendered already is not written again. A node above comes
    first and takes along those below it; each node is one transaction.
    """
    for node in NetworkNodePage.objects.filter(pk__in=node_ids).order_by("path"):
        publishing.rename(node)
