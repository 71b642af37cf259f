"""What is wrong with a configuration in; the one sentence that the user reads out."""


class ConfigurationError(Exception):
    """A configuration that cannot be used, in one sentence that says what to do."""
