"""What the access log calls nominations somebody read: by place, nobody is named."""

from django.utils.translation import gettext_lazy as _

from courses_catalog.models import Nomination
from home.network import with_places
from learners.access_log import speaks

# how `review` begins its subjects; a number follows
PREFIXES = {
    "nomination:": _("%(place)s的一份能者为师申请"),
    "phones:nomination:": _("%(place)s的一份能者为师申请，带完整的电话"),
    "proof:nomination:": _("%(place)s的一份能者为师申请的证明材料"),
}


@speaks
def nominations(subjects: set[str]) -> dict[str, str]:
    """Two queries for all of them."""
    wanted = {
        subject: (words, subject.removeprefix(prefix))
        for prefix, words in PREFIXES.items()
        for subject in subjects
        if subject.startswith(prefix)
    }
    numbers = {n for _words, n in wanted.values() if n.isascii() and n.isdecimal()}
    found = Nomination.objects.select_related("node").in_bulk([int(n) for n in numbers])
    with_places(one.node for one in found.values())
    return {
        subject: words % {"place": found[int(number)].node.full_name}
        for subject, (words, number) in wanted.items()
        if number in numbers and int(number) in found
    }
