"""`python -m policylint`."""

from policylint.cli.entry import main

main()
