"""One small project with a finding of every kind: certain, possible, waived, with a path, in a comment of a script."""

from datetime import date
from pathlib import Path

from policylint.check import Checked, check_texts
from policylint.config.settings import Settings
from policylint.report.manner import Guide
from policylint.rule.registry import load
from policylint.source.files import Reading
from policylint.source.text import SourceText

REGISTRY = load(())
DAY = date(2026, 11, 22)

POLICY = """\
policy acme "Acme privacy notice" {
  dated 2026-01-15
  binds acme

  clause 2 "No data is sold" { forbid sale of personal }
  clause 3 "Children's data is not used for advertising" {
    forbid use of personal from anyone aged under 16 for marketing.advertising
  }
  clause 4 "Data stays in Canada" { forbid transfer of personal outside CA }
}
"""

SHOP = """\
party acme "Acme Shop" { in CA }
party adnet "Ad network" { is third_party, advertising  in CA }
party courier "Courier" { is processor }
party printer "Printing works" { is processor  in US }
service web "Web shop" { of acme  at "web/**" }
service records "Customer records" { of acme }

flow order from customer to web "Order form" {
  data     contact.email, contact.address
  purpose  service.order
  subject  customer aged 13 to 15 in CA
}

flow file from web to records {
  data     contact.email, contact.address
  purpose  service.order
}

flow audience from records to adnet "Lookalike audiences" {
  data     contact.email
  purpose  marketing.advertising
  consideration  money
}

flow parcel from records to courier {
  data     contact.address
  purpose  service.order
}

flow labels from records to printer {
  data     contact.address
  purpose  service.order
  waive forbidden-transfer on acme:4 until 2027-03-31 because "the contract ends in March"
}
"""

PIXEL = """\
\t/* 広告 */ // policylint: flow pixel from here to adnet {
\t//   data     devise.cookie_id
\t//   purpose  service.order
\t//   consideration  none
\t// }
"""

FILES = {"acme.policy": POLICY, "shop.flow": SHOP, "web/pixel.js": PIXEL.replace("\n", "\r\n")}


def checked(files: dict[str, str]) -> Checked:
    """A check of files that lie nowhere."""
    texts = tuple(SourceText(path, text, path) for path, text in sorted(files.items()))
    return check_texts(Reading(texts, ()), Settings(Path()), REGISTRY, DAY)


GUIDES = tuple(
    Guide(
        REGISTRY.rules[code],
        f"# {code} {REGISTRY.rules[code].name}\n\nIn one\nsentence.\n\n## What it finds\n\nEach *flow*.\n\n## More\n",
    )
    for code in ("PL101", "PL201", "PL302")
)
"""Pages that do not change when somebody improves a rule's page."""
