"""`pingyi account create`: the first account of a new installation, or one by script."""

import sys
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Role
from pingyi.accounts.operations.accounts import create_account
from pingyi.accounts.queries.accounts import organizations_managed_by
from pingyi.core.clock import day_of, read_now
from pingyi.core.refusals import Refusal


class Command(BaseCommand):
    """Make an account with a role; the password is typed or piped in, never an argument."""

    help = (
        "Manage accounts. The password comes from the prompt or, piped, from standard input. "
        "Exit codes: 0 done, 1 refused with a message, 2 wrong use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="create")
        create = actions.add_parser("create", help="make an account with its first role")
        create.add_argument("--username", required=True, help="sign-in name, without spaces")
        create.add_argument("--name", required=True, help="name of the person")
        create.add_argument("--role", required=True, choices=Role.values)
        create.add_argument(
            "--organization", required=True, metavar="CODE", help="where the role holds, and below"
        )
        create.add_argument(
            "--language", default="", choices=[code for code, _name in settings.LANGUAGES]
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = read_now()
        code = options["organization"]
        places = organizations_managed_by(None, day_of(now))
        organization = places.filter(code=code).first()
        if organization is None:
            raise Refusal(
                _("No organization has the code %(code)s.") % {"code": code},
                code="unknown_organization",
            )
        user = create_account(
            username=options["username"],
            name=options["name"],
            password=self._password(),
            role=Role(options["role"]),
            organization=organization,
            language=options["language"],
            by=None,
            now=now,
        )
        self.stdout.write(_("The account %(username)s is made.") % {"username": user.username})

    def _password(self) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\r\n")
        password = getpass(_("Password: "))
        if getpass(_("Password again: ")) != password:
            raise Refusal(_("The two passwords are not the same."), code="passwords_differ")
        return password
