"""Signing in by a code, the same way for people with and without an account.

Built on allauth's login by code, which sends nothing to unknown people. Here they get
a code like everybody else, and the account is made when the code comes back: no second
form, nothing to tell who is registered, and no rows full of other people's numbers.
"""

import math
import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit

from learners import accounts
from learners.adapter import send_code

# What somebody waits before she may ask for the code again. Beside it stands the
# limit per phone in ACCOUNT_RATE_LIMITS, which other browsers share.
RESEND_SECONDS = 60

# The phone or e-mail last typed, for the form to show it again.
TYPED_SESSION_KEY = "sign_in_typed"


class SignInProcess(LoginCodeVerificationProcess):
    """One code to one phone or e-mail; who that is comes out at the end."""

    @classmethod
    def begin(cls, request, *, email: str = "", phone: str = "") -> "SignInProcess":
        """Sends the code. The caller has counted it against the rate limits."""
        login = Login(user=None, email=email or None, phone=phone or None)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(
            cls.initial_state(user=None, email=email, phone=phone),
            initiated_by_user=True,
        )
        request.session[TYPED_SESSION_KEY] = email or phone
        process = cls(stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def pending(cls, request) -> "SignInProcess | None":
        """The process this session is in the middle of, unless its code ran out."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        return cls.resume(stage) if stage and stage.state else None

    @classmethod
    def resume(cls, stage) -> "SignInProcess | None":
        return cls(stage).abort_if_invalid()

    @property
    def contact(self) -> str:
        return self.state.get("email") or self.state["phone"]

    @property
    def seconds_to_wait(self) -> int:
        """Until the code may be asked for again; 0: now."""
        passed = time.time() - self.state["sent_at"]
        return max(0, math.ceil(RESEND_SECONDS - passed))

    def send(self, skip_enumeration_mails: bool = False) -> None:
        send_code(
            self.generate_code(),
            email=self.state.get("email"),
            phone=self.state.get("phone"),
        )
        self.state["sent_at"] = time.time()

    def generate_code(self) -> str:
        # asking again sends the same code, so that it does not matter which of two
        # late messages is read; the number of guesses stays limited
        if not self.state.get("code"):
            self.state["code"] = get_adapter().generate_login_code()
        return self.state["code"]

    def resend(self) -> None:
        """Sends the code again and lets it live as long as a new one.

        Raises RateLimited when this phone or address had too many already.
        """
        ratelimit.consume(
            self.request,
            action="request_login_code",
            key=self.contact,
            raise_exception=True,
        )
        self.send()
        self.state["at"] = time.time()
        self.record_resend()
        self.persist()

    def finish(self, redirect_url: str | None):
        email, phone = self.state.get("email"), self.state.get("phone")
        user = accounts.with_email(email) if email else accounts.with_phone(phone)
        # without the phone or e-mail: these records stay in the session for weeks
        record_authentication(self.request, user, method="code")
        self.request.session.pop(TYPED_SESSION_KEY, None)
        login = Login(user=user, redirect_url=redirect_url, email=email)
        return perform_login(self.request, login)
