"""Who may do what, and where: a role on a node holds for its whole subtree."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.network import full_name


class Role(models.TextChoices):
    EDITOR = "editor", _("编辑（发布活动，看名单）")
    DESK = "desk", _("报名台（看名单，替人报名）")


class NodeRole(models.Model):
    """`user` acts in `role` on `node` and everything below it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="node_roles",
        verbose_name=_("用户"),
    )
    node = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.CASCADE,
        related_name="roles",
        verbose_name=_("网点"),
    )
    role = models.CharField(_("角色"), max_length=10, choices=Role, default=Role.EDITOR)

    class Meta:
        verbose_name = _("网点角色")
        verbose_name_plural = _("网点角色")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "node", "role"],
                name="one_role_once_per_node",
                violation_error_message=_("这位用户在这个网点已经有这个角色。"),
            )
        ]

    def __str__(self) -> str:
        # known already where `with_places` has been
        place = getattr(self.node, "full_name", "") or full_name(self.node)
        return f"{self.user} · {place} · {self.get_role_display()}"
