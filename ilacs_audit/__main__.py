"""`python -m ilacs_audit` is the command."""

from ilacs_audit.cli import main

main(prog_name="ilacs-audit")
