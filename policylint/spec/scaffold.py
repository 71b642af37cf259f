"""A name and a code in; the module and the page of a new rule out, which its author fills in where they say TODO."""

from policylint.spec.run import TODO

_MODULE = '''"""{code}: {todo} what is wrong, in one line."""

from collections.abc import Iterator, Sequence

from policylint.rule.api import Context, Finding, Rule, hookimpl, rule

API = 1
HELP = "declare `basis` on the flow"


@rule("{code}")
def {name}(context: Context) -> Iterator[Finding]:
    """Report each flow with personal data and no legal basis."""
    # {todo} say what is wrong. A rule about what policies say of an action that a plug-in brings is told so,
    # `@rule("{code}", governs=obligations("my_action"))`, and goes through `context.breaches`.
    for flow in context.flows:
        if not flow.bases:
            message = f"the flow `{{flow.name}}` has no legal basis"
            yield context.plain(message, flow.span, flow.declaration, HELP)


@hookimpl
def policylint_rules() -> Sequence[Rule]:
    """The rules of this plug-in."""
    return ({name},)
'''

_FLOWS = """\
party fern "Fern Books" {{ in DE }}
service shop "Book shop" {{ of fern }}

flow orders from customer to shop "Orders" {{{expectation}
  data     contact.email
  purpose  service.order{basis}
}}"""

_PAGE = """\
# {code} {title}

{todo} what is wrong, in one sentence.

## What it finds

{todo} when exactly. **Certain** when …, **possible** when …

## Why it matters

{todo} who is hurt, and which law or promise says so.

## Example

```policylint example.flow
{guilty}
```

```text
```

## What to write instead

{todo} what to do.

```policylint example.flow
{clean}
```

## When not to use it

{todo} when it says too much, and what to use in its place.
"""


def module(name: str, code: str) -> str:
    """The source of a rule, a plug-in by itself."""
    return _MODULE.format(name=name, code=code, todo=TODO)


def page(name: str, code: str) -> str:
    """The rule's page, with an example that works and no report yet."""
    guilty = _FLOWS.format(expectation=f"    # expect: {code}", basis="")
    clean = _FLOWS.format(expectation="", basis="\n  basis    contract")
    return _PAGE.format(code=code, title=name.replace("_", "-"), todo=TODO, guilty=guilty, clean=clean)
