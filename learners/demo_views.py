"""The phone of the demo: texts that a real site would send."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from learners import phones
from learners.models import SmsMessage
from learners.sms import KEPT

MOST_SHOWN = 30


@never_cache
def demo_inbox(request):
    """The last hour's messages, newest first. 404 where `DEMO` is off."""
    if not settings.DEMO:
        raise Http404
    newest = SmsMessage.objects.filter(created_at__gte=timezone.now() - KEPT)
    messages = [
        {
            "phone": phones.spaced(message.phone),
            "text": message.text,
            "sent_at": message.created_at,
        }
        for message in newest.order_by("-pk")[:MOST_SHOWN]
    ]
    return render(request, "learners/demo_inbox.html", {"texts": messages})
