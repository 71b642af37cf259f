"""Forms on customers' sites: check what comes in, mail it to the customer, keep nothing."""

import smtplib
from email.message import EmailMessage
from typing import Protocol


class Model(Protocol):
    """The part of the language model that is used here."""

    def learn(self, examples: list[str]) -> None:
        """Tune the model on examples."""


def receive(entry: dict[str, str], owner: str, relay: smtplib.SMTP) -> EmailMessage:
    """Take one entry and pass it on to the customer whose form it is."""
    # policylint: flow entry from user.end_user to here "Somebody fills in a customer's form" {
    #   data     entrusted
    #   purpose  service
    #   subject  user.end_user in CA
    #   via      web_form
    #   when     client_instruction
    #   keep     0 days
    # }
    # policylint: flow forward from here to clubhouse "The entry is mailed to the customer" {
    #   data     entrusted
    #   purpose  service
    #   via      email_forwarding
    #   when     client_instruction
    # }
    mail = EmailMessage()
    mail["To"], mail["Subject"] = owner, "New entry"
    mail.set_content("\n".join(f"{name}: {value}" for name, value in entry.items()))
    relay.send_message(mail)
    return mail


def suggest_replies(mails: list[EmailMessage], model: Model) -> None:
    """Tune the reply suggestions on what forms usually bring in."""
    # policylint: flow tuning from here to lumen "Entries tune the reply suggestions" {
    #   data     entrusted
    #   purpose  improvement.ai_training
    #   via      ml_pipeline
    #   keep     until account_closed
    # }
    model.learn([mail.get_content() for mail in mails])
