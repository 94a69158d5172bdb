"""What waits for a curator, as lines of the admin's start page."""

from django.urls import reverse
from django.utils.translation import ngettext

from courses_catalog.harvesting.views import members_of
from courses_catalog.models import HarvestedRecord


def waiting_lines(user) -> list[dict]:
    """`text` and `url`; what the source changed or deleted comes first."""
    records = HarvestedRecord.objects.filter(member__in=members_of(user))
    queue, found = reverse("harvest_queue"), []
    if count := records.filter(is_changed=True).count():
        text = ngettext(
            "联盟采集：%(count)s 条来源有变化或者删除了",
            "联盟采集：%(count)s 条来源有变化或者删除了",
            count,
        )
        url = f"{queue}?state=changed"
        found.append({"text": text % {"count": count}, "url": url})
    if count := records.waiting().count():
        text = ngettext(
            "联盟采集：%(count)s 条等您看", "联盟采集：%(count)s 条等您看", count
        )
        found.append({"text": text % {"count": count}, "url": queue})
    return found
