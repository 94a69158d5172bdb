"""What Wagtail's page permissions leave open: an editor's own seat stays put."""

from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester


class SubtreePermissionTester(PagePermissionTester):
    """An editor writes her own node's page, and neither deletes, moves nor hides it.

    Whoever holds a node above may do so. No page can be made private: a public cache
    answers for all of them.
    """

    @property
    def is_own_seat(self) -> bool:
        """The only thing that lets the user change this page is a role right on it."""
        if not self.user.is_active or self.user.is_superuser:
            return False
        held = [
            perm
            for perm in self.permission_policy.get_cached_permissions_for_user(
                self.user
            )
            if perm.permission.codename == "change_page"
            and self.page.path.startswith(perm.page.path)
        ]
        return bool(held) and all(
            getattr(perm, "is_from_role", False) and perm.page_id == self.page.pk
            for perm in held
        )

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and not self.is_own_seat

    def can_unpublish(self):
        return super().can_unpublish() and not self.is_own_seat

    def can_set_view_restrictions(self):
        return False


def _permissions_for_user(self, user):
    return SubtreePermissionTester(user, self)


def install() -> None:
    """Makes every page answer with this tester.

    Overriding the method on our own page types would not do: Wagtail's move and bulk
    views ask the plain `Page` instance.
    """
    Page.permissions_for_user = _permissions_for_user
