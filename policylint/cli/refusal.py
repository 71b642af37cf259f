"""Why something cannot be done in; one sentence on standard error and an exit status out."""

import click


class CannotCheck(click.ClickException):
    """Bad usage or configuration: one sentence, exit status 2."""

    exit_code = 2
