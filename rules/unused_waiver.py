"""PL904: a waiver that waives nothing."""

from collections.abc import Iterator

from policylint.finding.finding import Finding, Fix, Severity
from policylint.rule.context import Context
from policylint.rule.description import rule

UNUSED = "remove it"
REFUSED = "mend what it was to accept, and remove it: this rule was declared not waivable"


@rule("PL904", severity=Severity.WARNING, closing=True)
def unused_waiver(context: Context) -> Iterator[Finding]:
    """Report each waiver that holds but meets no finding that it can accept.

    One that is not understood is not called unused, nor is one of a rule that was left out.
    """
    for use in context.waivers:
        if use.understood and use.ran and not (use.used or use.expired):
            waiver = use.waiver
            on = f" on {waiver.policy}:{waiver.section}" if waiver.policy else ""
            message = f"this waiver of `{waiver.rule}`{on} waives nothing" + (": it cannot be waived" * use.refused)
            help = REFUSED if use.refused else UNUSED
            identity = (waiver.rule or "", waiver.reason)
            fix = Fix(waiver.span, "", "remove this unused waiver", rule=waiver.rule)
            yield context.plain(message, waiver.span, use.declaration, help, identity=identity, fix=fix)
