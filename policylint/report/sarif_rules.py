"""A rule and its page in; its description as SARIF has it out."""

import re
from typing import Any

from policylint.report.manner import Guide
from policylint.rule.page import first_paragraph

_FINDS = re.compile(r"^## What it finds$(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def described(guide: Guide) -> dict[str, Any]:
    """A `reportingDescriptor`, with the whole page as help."""
    rule, page = guide
    finds = _FINDS.search(page)
    short = first_paragraph(page) or rule.name
    full = first_paragraph(finds["text"]) if finds else short
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": short},
        "fullDescription": {"text": full},
        "help": {"text": f"{full}\n\n`policylint explain {rule.name}` says more.", "markdown": page.strip()},
        "defaultConfiguration": {"level": rule.severity.value, "enabled": not rule.opt_in},
        "properties": {"tags": ["privacy"], "problem.severity": rule.severity.value},
    }
