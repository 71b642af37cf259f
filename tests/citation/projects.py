"""Small projects on disk for the tests of citations."""

from pathlib import Path

from policylint.citation.pins import pin_of

FLOW = """party acme { in CA }
service web { of acme }
flow f from visitor to web {
  data contact.email
  purpose service.support
  subject visitor aged 16+
  keep 1 month
}
"""
TEXT = """Acme privacy notice

We never sell your data. We keep it for 12 months.
- Nobody under 16 is asked for anything.
Learn more

Cookies
Learn more
"""
POLICY = """policy acme "Acme" {{
  binds acme
  text  "acme.txt"
  clause 1 "No sale" {{
    cites {sold}
    forbid sale of personal
  }}
  clause 2 "A year" {{
    cites {kept}
    forbid retention of personal beyond 12 months
  }}
  clause 3 "Cookies" {{
    cites {cookies}
    unchecked because "a heading"
  }}
}}
"""
SOLD, KEPT, COOKIES = pin_of("We never sell your data."), pin_of("We keep it for 12 months."), pin_of("Cookies")


def policy(sold: str = SOLD, kept: str = KEPT, cookies: str = COOKIES) -> str:
    return POLICY.format(sold=sold, kept=kept, cookies=cookies)


def project(folder: Path, text: str | bytes | None = TEXT, written: str | None = None) -> Path:
    """A project with a flow, a policy and (unless None) its text; returns the policy file."""
    folder.joinpath("acme.flow").write_text(FLOW, encoding="utf-8")
    file = folder / "acme.policy"
    file.write_bytes((policy() if written is None else written).encode())
    if isinstance(text, str):
        text = text.encode()
    if text is not None:
        folder.joinpath("acme.txt").write_bytes(text)
    return file
