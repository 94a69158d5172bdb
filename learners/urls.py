from allauth.account import views as allauth_views
from django.urls import include, path
from django.views.generic import RedirectView

from learners import account_views, demo_views, household_views, sign_in_views

# Those pages of the package that this site uses. There is no sign-up (signing in
# makes the account) and no password reset (a code lets staff in, to set a new one).
ACCOUNTS = [
    path("login/", sign_in_views.SignInView.as_view(), name="account_login"),
    path(
        "login/password/",
        sign_in_views.PasswordSignInView.as_view(),
        name="account_password_login",
    ),
    path(
        "login/code/confirm/",
        sign_in_views.ConfirmSignInView.as_view(),
        name="account_confirm_login_code",
    ),
    path(
        "signup/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="account_signup",
    ),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("email/", allauth_views.email, name="account_email"),
    path(
        "confirm-email/",
        allauth_views.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("phone/verify/", allauth_views.verify_phone, name="account_verify_phone"),
    path("phone/change/", allauth_views.change_phone, name="account_change_phone"),
    path(
        "password/change/",
        allauth_views.password_change,
        name="account_change_password",
    ),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path(
        "reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"
    ),
    path("2fa/", include("allauth.mfa.urls")),
]

urlpatterns = [
    path("accounts/", include(ACCOUNTS)),
    path("accounts/signed-out/", sign_in_views.signed_out, name="signed_out"),
    path("demo/inbox/", demo_views.demo_inbox, name="demo_inbox"),
    path("my/account/", account_views.account, name="my_account"),
    path("my/account/data/", account_views.data, name="my_data"),
    path("my/account/erase/", account_views.erase, name="erase_account"),
    path("my/family/", household_views.family, name="my_family"),
    path("my/family/add/", household_views.add, name="add_family_member"),
    path("my/family/<key:pk>/", household_views.edit, name="edit_family_member"),
    path(
        "my/family/<key:pk>/remove/",
        household_views.remove,
        name="remove_family_member",
    ),
]
