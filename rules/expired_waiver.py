"""PL903: a waiver whose last day is over."""

from collections.abc import Iterator

from policylint.finding.finding import Finding, Fix
from policylint.rule.context import Context
from policylint.rule.description import rule

HELP = "mend what it waived and remove it, or decide anew until when it holds"


@rule("PL903", closing=True)
def expired_waiver(context: Context) -> Iterator[Finding]:
    """Report each waiver that ended before the day of the check."""
    for use in context.waivers:
        if use.expired:
            waiver = use.waiver
            message = f"this waiver of `{waiver.rule}` ended on {waiver.until}"
            identity = (waiver.rule or "", waiver.reason)
            fix = Fix(waiver.span, "", "remove this expired waiver")
            yield context.plain(message, waiver.span, use.declaration, HELP, identity=identity, fix=fix)
