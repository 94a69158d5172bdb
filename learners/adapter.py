"""What allauth asks us: phones on the encrypted field, codes, sentences."""

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import context
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.site_names import site_name
from learners import sms
from learners.encryption import keyed_hash
from learners.fields import MobileField
from learners.models import User


def send_code(code: str, *, email: str | None, phone: str | None) -> None:
    """Sends a sign-in code to the one or the other, in the reader's language."""
    if email:
        adapter = get_adapter()
        adapter.send_mail(
            "account/email/login_code",
            email,
            {"code": code, "minutes": code_minutes(), "request": context.request},
        )
    else:
        sms.send(phone, code_text(code))


def code_minutes() -> int:
    return settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60


def code_text(code: str) -> str:
    """The text message; providers want the signature first."""
    return gettext(
        "【%(site)s】验证码 %(code)s，%(minutes)s 分钟内有效。"
        "工作人员不会向您要验证码。"
    ) % {"site": settings.SITE_NAME, "code": code, "minutes": code_minutes()}


class AccountAdapter(DefaultAccountAdapter):
    """Phones live encrypted on the user and are found by their keyed hash."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("这个账号已经停用。有疑问请打电话或到教学点问。"),
        "duplicate_email": _("这个邮箱已经在您的账号里了。"),
        "email_password_mismatch": _("邮箱或密码不对。请再试一次，或用验证码登录。"),
        "email_taken": _("这个邮箱已经有人用了。是您的话，请用它登录。"),
        "enter_current_password": _("现在的密码不对，请再写一次。"),
        "incorrect_code": _("验证码不对。请看最新一条消息里的 6 位数字。"),
        "incorrect_password": _("密码不对，请再写一次。"),
        "phone_password_mismatch": _("手机号或密码不对。请再试一次，或用验证码登录。"),
        "phone_taken": _("这个手机号已经有账号了。是您的话，请用它登录。"),
        "rate_limited": _("发得太勤了。请等一分钟，再按“再发一次”。"),
        "same_as_current": _("这就是现在用的，不用换。"),
        "too_many_login_attempts": _(
            "试的次数太多了。请等五分钟再试，或用验证码登录。"
        ),
        "username_password_mismatch": _(
            "用户名或密码不对。请再试一次，或用验证码登录。"
        ),
    }

    # --- who may come in --------------------------------------------------------

    def is_open_for_signup(self, request) -> bool:
        # the sign-in makes the account; there is no form of its own for it
        return False

    def get_logout_redirect_url(self, request) -> str:
        return reverse("signed_out")

    def get_login_stages(self) -> list[str]:
        # a sign-in by code has proved the phone or e-mail; one by password
        # must not be held up by an address that was never proved
        stages = super().get_login_stages()
        return [stage for stage in stages if "VerificationStage" not in stage]

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        # the package counts e-mails and user names only: all phones would be one
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return key + credentials.get("phone", "")

    def format_email_subject(self, subject: str) -> str:
        signed = gettext("【%(site)s】%(subject)s")
        return signed % {"site": site_name(), "subject": subject}

    # --- phones -----------------------------------------------------------------

    def phone_form_field(self, **kwargs) -> MobileField:
        return MobileField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.is_phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone = phone
        user.is_phone_verified = verified
        user.save(update_fields=["phone", "phone_hash", "is_phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone_hash=keyed_hash(phone)).first()

    def send_verification_code_sms(self, user, phone: str, code: str, **kwargs):
        sms.send(phone, code_text(code))

    def send_unknown_account_sms(self, phone: str, **kwargs):
        """Never happens: whoever has no account gets a code all the same."""

    def send_account_already_exists_sms(self, phone: str):
        """Changing to somebody's number: its owner is told, the asker is not."""
        sms.send(
            phone,
            gettext("【%(site)s】有人想把这个手机号加到另一个账号，没有成功。")
            % {"site": settings.SITE_NAME},
        )
