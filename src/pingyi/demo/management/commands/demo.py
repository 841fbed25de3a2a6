"""`pingyi demo`: build the invented county in the configured database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils.translation import gettext as _

from pingyi.core.clock import read_now
from pingyi.demo.build import PASSWORD, SIGN_INS, build
from pingyi.ledger.queries import is_demo


class Command(BaseCommand):
    """Stable interface: see docs/reference/cli.md."""

    help = "Build a fictitious county to try everything with, in an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--keep` makes the command safe to repeat."""
        parser.add_argument(
            "--keep", action="store_true", help="leave a demo that is already there as it is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses a database that is not empty (exit 1). One without any table is set up first."""
        if not connection.introspection.table_names():
            self.stdout.write(_("Tables of the database"))
            call_command("migrate", interactive=False, verbosity=0)
        if not (options["keep"] and is_demo()):
            build(now=read_now(), said=self.stdout.write)
        self.stdout.write(_("Fictitious county; sign in with the password %s as:") % PASSWORD)
        for sign_in in SIGN_INS:
            self.stdout.write(f"  {sign_in.username:<10} {sign_in.role.label}")
