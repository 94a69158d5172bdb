"""我的账号: how to reach me, what is held on me, and the way out."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learners import erasure, households, personal_data, phones, staff
from learners.private_pages import private


@private
@login_required
@require_safe
def account(request):
    user = request.user
    context = {
        "phone": phones.spaced(user.phone),
        "email": EmailAddress.objects.get_primary_email(user),
        "people": households.learners_of(user).count(),
        "is_staff": staff.is_staff(user),
        "can_erase": erasure.can_erase(user),
    }
    return render(request, "learners/account.html", context)


@private
@login_required
@require_safe
def data(request):
    """Everything held on the person, as a file."""
    response = JsonResponse(
        personal_data.collect(request.user),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@private
@login_required
def erase(request):
    """Says what erasing means; erases when the box is ticked."""
    if not erasure.can_erase(request.user):
        messages.error(request, _("工作人员的账号由管理员注销，请联系他们。"))
        return redirect("my_account")
    if request.method == "POST" and "sure" in request.POST:
        erasure.erase(request.user)
        logout(request)
        return render(request, "learners/erased.html")
    context = {
        "people": households.learners_of(request.user),
        "is_unticked": request.method == "POST",
    }
    return render(request, "learners/erase.html", context)
