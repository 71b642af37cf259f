"""The `policylint` command: finds the module of a subcommand and runs it."""

import gc
import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING

import click

from policylint import __version__

if TYPE_CHECKING:
    from policylint.cache.run import Begun

_COMMANDS = (
    *("baseline", "check", "clean", "config", "coverage", "diff", "explain", "fmt"),
    *("import", "init", "new", "pin", "rules", "test-rules", "trace", "waivers"),
)
_TRACEBACK = "POLICYLINT_TRACEBACK"
"""The variable that makes failures show where they happened."""


class _Lazy(click.Group):
    """Imports a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = cmd_name.replace("-", "_") + "_" * iskeyword(cmd_name)
        command: click.Command = import_module(f"policylint.cli.{module}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a configuration or a plug-in that cannot be used is bad usage, whichever command met it."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if os.environ.get(_TRACEBACK) and (_is_refusal(error) or isinstance(error, click.ClickException)):
                import traceback  # whoever writes a plug-in wants to know where it fails

                traceback.print_exc()
            if _is_refusal(error):
                from policylint.cli.refusal import CannotCheck

                raise CannotCheck(str(error)) from error
            raise


def _is_refusal(error: Exception) -> bool:
    from policylint.config.error import ConfigurationError
    from policylint.rule.registry import PluginError

    return isinstance(error, ConfigurationError | PluginError)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policylint")
def policylint() -> None:
    """Check what services do with personal data against what a privacy policy promised.

    No network, no telemetry, ever. Not legal advice.
    """


def main(begun: "Begun | None" = None) -> None:
    """Run the command line; a fault of policylint's own is exit status 4, never a traceback on its own.

    `begun` is given where the run is to be kept for later ones.
    """
    try:
        policylint(prog_name="policylint", obj=begun)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:  # the last resort: whatever it is, it is not "passed"
        click.echo(f"policylint: internal error: {type(error).__name__}: {error}", err=True)
        click.echo(f"Please report it with the input; `{_TRACEBACK}=1` shows where it happened.", err=True)
        if os.environ.get(_TRACEBACK):
            raise
        sys.exit(4)
    finally:
        gc.freeze()  # nor does Python look for garbage when it shuts down
