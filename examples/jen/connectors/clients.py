"""Imports of what Clients know about the people who will talk to their Jen."""

import csv
from collections.abc import Iterator
from pathlib import Path

from .store import Person, Purchase, people, purchases


# policylint: flow orders from northshop to here "Orders, so that Jen can say where a parcel is" {
#   data     financial.purchase_history
#   purpose  personalization.service
#   subject  user.end_user aged 16+ in CA, user.end_user aged 16+ in US
#   via      file_upload
#   when     client_instruction
# }
def import_orders(export: Path) -> int:
    """Read Northshop's nightly export; says how many orders were new."""
    return purchases.add_all(Purchase(**row) for row in rows(export))


# Tutorly's pupils sign in with the number from this roster. Nobody asks how old they are.
# policylint: flow roster from tutorly to here "Names and numbers of Tutorly's pupils" {
#   data     identity.name, identity.identifier.unique
#   purpose  service.authentication
#   via      file_upload
#   when     client_instruction, authentication_requested
# }
def import_roster(export: Path) -> int:
    """Read Tutorly's roster; says how many pupils were new."""
    return people.add_all(Person(row["name"], row["number"]) for row in rows(export))


# policylint: flow context from here to api "What a person has bought, while they talk" {
#   data     financial.purchase_history
#   purpose  personalization.service
#   via      api
#   when     client_instruction
# }
def recent_purchases(number: str) -> list[Purchase]:
    """The last ten orders of one person."""
    return sorted(purchases.of(number), key=lambda order: order.day)[-10:]


def rows(export: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file with a heading."""
    with export.open(newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)
