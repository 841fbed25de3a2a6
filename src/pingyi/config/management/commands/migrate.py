"""Django's command, for all databases: ballots lie in one of their own."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from pingyi.core.aliases import SEALED, alias_of


class Command(migrate.Command):
    """Without --database every one is brought up to date; with it that one."""

    def add_arguments(self, parser: CommandParser) -> None:
        """As Django's."""
        super().add_arguments(parser)
        parser.set_defaults(database=None)

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        """The checks are those of the databases that are meant."""
        return {**super().get_check_kwargs(options), "databases": _meant(options)}

    def handle(self, *args: Any, **options: Any) -> None:
        """As Django's, once for each database; that of the ballots has the tables of one room."""
        for alias in _meant(options):
            given = {**options, "database": alias}
            if alias == SEALED and not options["app_label"]:
                given |= {"app_label": SEALED, "run_syncdb": False}
            super().handle(*args, **given)


def _meant(options: dict[str, Any]) -> list[str]:
    """The databases that are meant: the one that is named, that of the room, or all."""
    if options["database"]:
        return [options["database"]]
    if options["app_label"]:
        return [alias_of(options["app_label"])]
    return list(connections)
