"""A teacher of one node asked for by another."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses_catalog.loans.states import ACTIVE, LoanAct, LoanStatus
from courses_catalog.models.event import Event


class LoanQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(status=LoanStatus.ASKED)

    def in_force(self, on: dt.date):
        """Accepted, and not over on that day."""
        lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        return self.filter(lasting, status=LoanStatus.ACCEPTED)

    def asked_by(self, nodes):
        """By one of `nodes` or a place below."""
        return self.filter(_below("borrower", nodes))

    def asked_of(self, nodes):
        """For a teacher of one of `nodes` or of a place below."""
        return self.filter(_below("teacher__owner_node", nodes))

    def with_places(self):
        return self.select_related("borrower", "teacher__owner_node", "teacher__locale")


def _below(name: str, nodes) -> Q:
    below = Q(pk__in=[])
    for node in nodes:
        below |= Q(**{f"{name}__path__startswith": node.path})
    return below


class TeacherLoan(models.Model):
    """Only `loans.lending` changes `status`; each change appends a `LoanEvent`.

    `teacher` is an original, never a translation.
    """

    teacher = models.ForeignKey(
        "courses_catalog.Teacher",
        on_delete=models.CASCADE,
        related_name="loans",
        verbose_name=_("教师"),
    )
    borrower = models.ForeignKey(
        "home.NetworkNodePage",
        on_delete=models.CASCADE,
        related_name="borrowed_teachers",
        verbose_name=_("借到哪个网点"),
    )
    status = models.CharField(
        _("状态"), max_length=10, choices=LoanStatus, default=LoanStatus.ASKED
    )
    purpose = models.CharField(_("请老师上什么课"), max_length=200)
    starts_on = models.DateField(_("从哪天起"))
    ends_on = models.DateField(_("到哪天为止"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("借用教师")
        verbose_name_plural = _("借用教师")
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "borrower"],
                condition=Q(status__in=ACTIVE),
                name="one_active_loan",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="loan_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def is_over(self, on: dt.date) -> bool:
        return self.ends_on is not None and self.ends_on < on


class LoanEvent(Event):
    loan = models.ForeignKey(
        TeacherLoan, on_delete=models.CASCADE, related_name="events"
    )
    act = models.CharField(_("做了什么"), max_length=10, choices=LoanAct)
