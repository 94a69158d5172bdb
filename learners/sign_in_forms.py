"""The forms of the entrance: one box for phone or e-mail, one for the code."""

import string
import unicodedata

from allauth.account.forms import (
    AddEmailForm,
    BaseConfirmCodeForm,
    ConfirmEmailVerificationCodeForm,
    LoginForm,
    VerifyPhoneForm,
)
from allauth.account.forms import ChangePasswordForm as BaseChangePasswordForm
from allauth.account.forms import SetPasswordForm as BaseSetPasswordForm
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.mixins import NextRedirectMixin
from allauth.core import ratelimit
from allauth.core.internal.httpkit import headed_redirect_response
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from learners import phones, sms
from learners.sign_in import SignInProcess

REDIRECT_FIELD = NextRedirectMixin.redirect_field_name


class SignInForm(LoginForm):
    """手机号或邮箱: whoever it belongs to, the code goes there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        can_text = sms.is_available()
        self.fields["login"] = forms.CharField(
            label=_("手机号或邮箱") if can_text else _("邮箱"),
            max_length=254,
            help_text="" if can_text else _("本站目前不能发短信，验证码发到邮箱。"),
            widget=forms.TextInput(attrs={"autocomplete": "username"}),
            error_messages={"required": _("请填手机号或邮箱，验证码会发到那里。")},
        )

    def clean_login(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["login"]).strip()
        if "@" in typed:
            return self._clean_email(typed)
        phone = phones.clean_mobile(typed)
        if not sms.is_available():
            raise ValidationError(_("本站目前不能发短信，请填邮箱。"))
        return phone

    def _clean_email(self, typed: str) -> str:
        email = typed.lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise ValidationError(
                _("邮箱好像没写完整，例如 wang@example.cn。请再看一遍。")
            ) from error
        return email

    def clean(self) -> dict:
        contact = self.cleaned_data.get("login")
        if contact and not self._is_on_its_way(contact):
            self._count(contact)
        return self.cleaned_data

    def _is_on_its_way(self, contact: str) -> bool:
        pending = SignInProcess.pending(self.request)
        return bool(pending and pending.contact == contact and pending.seconds_to_wait)

    def _count(self, contact: str) -> None:
        if not ratelimit.consume(
            self.request, action="request_login_code", key=contact
        ):
            self.add_error(
                "login",
                _("刚给这里发过验证码，或者发得太勤了。请等一分钟再按“发验证码”。"),
            )

    def login(self, request, redirect_url=None):
        """Sends the code and leads to the page that asks for it."""
        contact = self.cleaned_data["login"]
        if not self._is_on_its_way(contact):
            key = "email" if "@" in contact else "phone"
            SignInProcess.begin(request, **{key: contact})
        query = {REDIRECT_FIELD: redirect_url} if redirect_url else None
        return headed_redirect_response("account_confirm_login_code", query=query)


class PasswordSignInForm(LoginForm):
    """User name, phone or e-mail with a password: for staff."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("用户名、手机号或邮箱")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = _("密码")
        self.fields["password"].help_text = ""

    def _setup_password_field(self) -> None:
        """Kept, where the package drops it on sites whose residents have none."""

    def clean_login(self) -> str:
        login = super().clean_login()
        phone = phones.normalise(login)
        return phone if phones.is_mobile(phone) else login

    def _login_with_password(self, request, redirect_url, credentials):
        # the package would stretch the session here to that of residents
        self._login.redirect_url = redirect_url
        return perform_password_login(request, credentials, self._login)


class SixDigits:
    """The box for a code. `is_guess` tells a wrong code from a slip of the finger."""

    is_guess = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("验证码")
        field.error_messages["required"] = _("请填收到的 6 位数字。")
        field.widget.attrs.update(
            {
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "input--short",
            }
        )

    def clean_code(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        digits = "".join(letter for letter in typed if letter in string.digits)
        if len(digits) != 6:
            raise ValidationError(_("验证码是 6 位数字，请照消息里的填。"))
        self.is_guess = True
        self.cleaned_data["code"] = digits
        return super().clean_code()


class CodeForm(SixDigits, BaseConfirmCodeForm):
    """The code of a sign-in."""


class PhoneCodeForm(SixDigits, VerifyPhoneForm):
    """The code sent to a new phone of an account."""


class EmailCodeForm(SixDigits, ConfirmEmailVerificationCodeForm):
    """The code sent to a new e-mail of an account."""


PASSWORD_HINT = _("至少 8 个字符，不要太常见，也不要跟用户名像。")


class ChangePasswordForm(BaseChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = PASSWORD_HINT


class SetPasswordForm(BaseSetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HINT


class NewEmailForm(AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("新的邮箱")
        self.fields["email"].error_messages["required"] = _("请填新的邮箱。")
