"""The customer portal: opening an account and signing in."""

import hashlib
import secrets
import sqlite3

SESSION = "portal_session"


def register(db: sqlite3.Connection, form: dict[str, str]) -> None:
    """Open an account."""
    # policylint: flow onboarding from customer to here "Account form" {
    #   data     identity.name, contact.email, contact.address, account.username,
    #            account.credentials.password, financial.billing
    #   purpose  service.account
    #   subject  customer aged 18+ in CA
    #   via      web_form.registration
    # }
    salt = secrets.token_hex(16)
    digest = hashlib.scrypt(form["password"].encode(), salt=salt.encode(), n=2**14, r=8, p=1)
    db.execute(
        "insert into accounts (name, email, address, username, billing, salt, digest)"
        " values (:name, :email, :address, :username, :billing, :salt, :digest)",
        {**form, "salt": salt, "digest": digest.hex()},
    )


def sign_in(db: sqlite3.Connection, username: str) -> tuple[str, str]:
    """Start a session; the header that comes back keeps it going."""
    # It only lives until log-off, so it was thought not to count.
    # policylint: flow session from customer to here "Staying signed in" {
    #   data     account.username
    #   purpose  service.session
    #   subject  customer aged 18+ in CA
    #   via      cookie.session
    # }
    token = secrets.token_urlsafe(32)
    db.execute("insert into sessions (username, token) values (?, ?)", (username, token))
    return ("Set-Cookie", f"{SESSION}={token}; HttpOnly; Secure; SameSite=Strict")
