from django.apps import AppConfig
from django.core import checks


class CoreConfig(AppConfig):
    name = "pingyi.core"
    label = "core"

    def ready(self) -> None:
        """Doors are checked with everything else, before a command or the server begins."""
        from pingyi.core.doors import check_doors
        from pingyi.core.vendors import check_vendor

        checks.register(check_doors)
        checks.register(check_vendor)
