"""Sign-in: names and passwords, lock-out, second factor (handbook §16.1)."""

from config import env

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
# allauth asks for it to know that accounts have passwords; nobody signs up.
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "accounts.selectors.shown_name"
ACCOUNT_FORMS = {
    "login": "accounts.signin.LoginForm",
    "change_password": "accounts.signin.ChangePasswordForm",
}
# accounts.lockout closes one account's door; these slow down who tries many accounts from one address.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "40/15m/ip"}
# How many proxies of ours stand before the application: only then a forwarded address is believed.
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXIES", 0)
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.signin.CodeForm",
    "reauthenticate": "accounts.signin.CodeAgainForm",
    "activate_totp": "accounts.signin.EnrolForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "守望"
USERSESSIONS_TRACK_ACTIVITY = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.ThreeKindsValidator"},
    {"NAME": "accounts.passwords.NotUsedBeforeValidator"},
]
