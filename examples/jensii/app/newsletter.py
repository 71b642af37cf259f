"""The newsletter: hand an issue to the sender, honour those who leave, sweep once a month."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import date, timedelta


class Sender:
    """What the delivery service can do."""

    def __init__(self, post: Callable[[str, Mapping[str, str]], None]) -> None:
        """Keep the function that posts to the service."""
        self._post = post

    def send(self, email: str, text: str) -> None:
        """Hand one letter over."""
        self._post("/send", {"to": email, "text": text})

    def suppress(self, email: str) -> None:
        """Never send to this address again."""
        self._post("/suppressed", {"email": email})


def issue(db: sqlite3.Connection, sender: Sender, text: str) -> int:
    """Send one issue to everybody who is on the list."""
    # policylint: flow issue from here to mailing "One issue" {
    #   data     identity.name, contact.email
    #   purpose  marketing.direct.email
    #   via      email
    #   when     opted_in
    # }
    rows = db.execute("select name, email from readers where left_on is null").fetchall()
    for name, email in rows:
        sender.send(email, f"Dear {name},\n\n{text}")
    return len(rows)


def leave(db: sqlite3.Connection, sender: Sender, email: str) -> None:
    """Take somebody off the list, and remember not to write again."""
    # policylint: flow suppress from here to mailing "Suppression list" {
    #   data     contact.email
    #   purpose  legal.preferences
    #   keep     forever
    # }
    db.execute("update readers set left_on = ? where email = ?", (date.today(), email))
    sender.suppress(email)


def sweep(db: sqlite3.Connection, today: date) -> int:
    """Delete the readers who left more than a month ago; runs on the first of the month."""
    limit = today - timedelta(days=31)
    return db.execute("delete from readers where left_on < ?", (limit,)).rowcount
