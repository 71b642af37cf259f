"""A policy laid beside its text in; one page for people who do not program out: text left, what is enforced right."""

from policylint.citation.coverage import Coverage, Promise
from policylint.report.coverage_table import percent

_VERBS = {
    "collection": "collecting data",
    "use": "using data",
    "sharing": "sharing data",
    "sale": "selling data",
    "transfer": "moving data to another place",
    "retention": "keeping data",
    "operation": "how systems are run",
}
_LISTS = {
    "data": "kinds of data",
    "purpose": "purposes",
    "recipient": "recipients",
    "means": "ways of collecting",
    "place": "places",
    "basis": "legal grounds",
    "source": "sources",
}
STATES = {"cited": "checked", "unchecked": "read, not checked", "uncovered": "not covered"}


def render(coverage: Coverage) -> str:
    """Render one page that needs nothing else: no script, no font, no picture, nothing from a network.

    Raises `ModuleNotFoundError` where jinja2 is not installed, with words that say how to.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # an extra: most installations write no pages
    except ImportError as error:
        message = "the HTML page needs jinja2: install it with `pip install 'policylint[report]'`"
        raise ModuleNotFoundError(message) from error
    environment = Environment(
        loader=PackageLoader("policylint.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("coverage.html.jinja")
    return page.render(
        coverage=coverage, totals=coverage.totals, percent=percent(coverage), states=STATES, in_words=in_words
    )


def in_words(promise: Promise) -> str:
    """What a promise is about, for people who do not know the language."""
    subject = _VERBS.get(promise.subject, promise.subject)
    if promise.verb == "disclose":
        return f"Lists the {_LISTS.get(promise.subject, promise.subject)}: what is not listed is found"
    return f"Puts a limit on {subject}" if promise.verb == "forbid" else f"Sets a condition for {subject}"
