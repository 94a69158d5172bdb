"""What people whose data is erased leave behind here; see `learners.erasure`."""

from django.utils import timezone
from django.utils.translation import gettext as _

from activities import registration
from activities.models import FeedToken, Registration
from activities.rules import is_over
from activities.states import ACTIVE, Channel


def give_back_places(sender, learners, acted_by, **kwargs) -> None:
    """Withdraws them from every run not over yet, and closes their calendars.

    What is over stays as it was, for the count; names of relatives go.
    """
    theirs = Registration.objects.filter(learner__in=learners)
    now = timezone.now()
    for one in theirs.filter(status__in=ACTIVE).select_related("run").order_by("run"):
        if not is_over(one.run, at=now):
            registration.withdraw(
                one, acted_by=acted_by, channel=Channel.ONLINE, reason=_("账号注销")
            )
    theirs.exclude(consented_by="").update(consented_by="")
    keys = FeedToken.objects.filter(learner__in=learners)
    keys.filter(revoked_at=None).update(revoked_at=now)
    keys.update(learner=None, seed="")
