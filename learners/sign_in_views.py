"""The entrance: ask for phone or e-mail, ask for the code; staff may use passwords."""

from allauth.account.mixins import NextRedirectMixin
from allauth.account.stages import LoginByCodeStage
from allauth.account.utils import (
    get_login_redirect_url,
    passthrough_next_redirect_url,
)
from allauth.account.views import ConfirmLoginCodeView, LoginView
from allauth.core.exceptions import RateLimited
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from learners import phones
from learners.adapter import code_minutes
from learners.private_pages import private
from learners.sign_in import TYPED_SESSION_KEY, SignInProcess
from learners.sign_in_forms import CodeForm, PasswordSignInForm, SignInForm


def _with_next(request, url_name: str) -> str:
    """The address of `url_name`, carrying on where the person wanted to go."""
    return passthrough_next_redirect_url(
        request, reverse(url_name), NextRedirectMixin.redirect_field_name
    )


@require_safe
@private
def signed_out(request):
    """Says at once that signing out worked; older messages go unread."""
    list(messages.get_messages(request))
    return render(request, "account/signed_out.html")


class SignInView(LoginView):
    """手机号或邮箱 → code. Shows again what was typed last in this session."""

    def get_form_class(self):
        return SignInForm

    def get_initial(self) -> dict:
        return {"login": self.request.session.get(TYPED_SESSION_KEY, "")}

    def get_context_data(self, **kwargs) -> dict:
        password_url = _with_next(self.request, "account_password_login")
        return super().get_context_data(password_url=password_url, **kwargs)

    def _redirect_to_pending_stage(self, request, stage):
        # with a code on its way people come back here to correct the number
        if stage.key == LoginByCodeStage.key:
            return None
        return super()._redirect_to_pending_stage(request, stage)


class PasswordSignInView(SignInView):
    template_name = "account/password_login.html"

    def get_form_class(self):
        return PasswordSignInForm

    def get_context_data(self, **kwargs) -> dict:
        code_url = _with_next(self.request, "account_login")
        return super().get_context_data(code_url=code_url, **kwargs)


class ConfirmSignInView(ConfirmLoginCodeView):
    """Asks for the code; too late or too often leads back with the number kept."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return HttpResponseRedirect(get_login_redirect_url(request))
        self._process = SignInProcess.pending(request)
        if not self._process:
            return self._start_again(_("验证码过期了。请再发一条，马上就好。"))
        # past the package's own look-up, which knows only its own process
        response = FormView.dispatch(self, request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def get_form_class(self):
        return super().get_form_class() if self._action == "resend" else CodeForm

    def form_invalid(self, form):
        if not getattr(form, "is_guess", False):
            return self.render_to_response(self.get_context_data(form=form))
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        return self._start_again(_("验证码错了好几次，已经作废。请再发一条新的。"))

    def _start_again(self, sentence: str):
        messages.warning(self.request, sentence)
        return HttpResponseRedirect(_with_next(self.request, "account_login"))

    def _resend_form_valid(self, form):
        seconds = self._process.seconds_to_wait
        if seconds:
            sentence = _("再等 %(seconds)s 秒，就能再发一次。") % {"seconds": seconds}
            messages.warning(self.request, sentence)
        else:
            self._resend()
        return HttpResponseRedirect(
            _with_next(self.request, "account_confirm_login_code")
        )

    def _resend(self) -> None:
        try:
            self._process.resend()
        except RateLimited:
            messages.warning(self.request, _("发得太勤了。请等几分钟再发。"))
        else:
            messages.success(self.request, _("又发了一次，验证码跟刚才一样。"))

    def get_context_data(self, **kwargs) -> dict:
        process = self._process
        return super().get_context_data(
            recipient=phones.spaced(process.contact),
            by_email="email" in process.state,
            seconds_to_wait=process.seconds_to_wait,
            minutes=code_minutes(),
            change_url=_with_next(self.request, "account_login"),
            **kwargs,
        )
