"""People who learn, and the accounts that may act for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learners.encryption import EncryptedTextField, keyed_hash


class Learner(models.Model):
    """A person, not an account: many have none and register at the desk."""

    name = models.CharField(_("姓名"), max_length=60)
    # only where an age rule asks for it
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    phone = EncryptedTextField(_("联系电话"), blank=True, default="")
    phone_hash = models.CharField(max_length=64, blank=True, editable=False)
    residence = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("住在哪里"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("学员")
        verbose_name_plural = _("学员")
        indexes = [models.Index(fields=["phone_hash"], name="learner_phone")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.phone_hash = keyed_hash(self.phone)
        super().save(*args, **kwargs)


class Relation(models.TextChoices):
    """Who the learner is to the account that acts."""

    SELF = "self", _("本人")
    PARENT = "parent", _("父母")
    SPOUSE = "spouse", _("老伴或配偶")
    CHILD = "child", _("子女")
    OTHER = "other", _("其他家人")


class LearnerAccess(models.Model):
    """The account may register, see and withdraw for this learner."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="learner_access",
    )
    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="access"
    )
    relation = models.CharField(_("关系"), max_length=10, choices=Relation)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "learner"], name="one_access_per_account_and_learner"
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(relation="self"),
                name="an_account_is_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.learner_id} ({self.relation})"
