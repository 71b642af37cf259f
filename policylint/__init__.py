"""policylint: checks what services do with personal data against what a privacy policy promised."""

__version__ = "0.1.0"
