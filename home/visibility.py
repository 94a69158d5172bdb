"""What may be public where: no activity below a hidden place, and no place hidden
above public activities. Asked where pages are saved, so that no way leads past."""

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.network import refuse_while_active
from home.refusals import PlaceHidden


def why_not_public_at(parent: Page) -> str:
    """A sentence when nothing may be published below `parent`: it, or a place above
    it, is not public. Else "". One query."""
    nodes = apps.get_model("home", "NetworkNodePage").objects
    hidden = nodes.ancestor_of(parent, inclusive=True).filter(live=False)
    place = hidden.order_by("-depth").first()
    if place is None:
        return ""
    return _("「%(place)s」还没有公开，它下面的活动不能公开。请先公布这个网点。") % {
        "place": place.title
    }


def why_not_moved_to(page: Page, parent: Page) -> str:
    """A sentence when `page` would take public activities below a place that is
    not public. Else "". At most two queries."""
    nodes = apps.get_model("home", "NetworkNodePage")
    taken = Page.objects.descendant_of(page, inclusive=True).live().not_type(nodes)
    return why_not_public_at(parent) if taken.exists() else ""


def refuse_below_hidden(page: Page) -> None:
    """Raises `PlaceHidden` with the sentence of `why_not_public_at`."""
    if sentence := why_not_public_at(page):
        raise PlaceHidden(sentence, page)


def keep_places_in_use(sender, instance, raw=False, update_fields=None, **kwargs):
    """Before a page is saved: refuses to hide a place above public activities.

    Wagtail's own actions and its clock hide a page by saving it, some of them as the
    plain `Page` that knows nothing of our types.
    """
    if raw or instance.live or not instance.pk:
        return
    if update_fields is not None and "live" not in update_fields:
        return
    if Page.objects.filter(pk=instance.pk, live=True).exists():
        refuse_while_active([instance])
