"""`pingyi serve`: the web server and the background worker on this machine."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from pingyi.config import serving
from pingyi.core.refusals import Refusal, refuse
from pingyi.web.permissions import start_code
from pingyi.web.queries import is_empty


def port_number(text: str) -> int:
    """A TCP port; 0 lets the system choose a free one."""
    if not text.isdecimal() or int(text) > 65_535:
        raise ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def worker_count(text: str) -> int:
    """A number of web processes."""
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentTypeError("give a whole number of at least 1")
    return int(text)


class Command(BaseCommand):
    help = "Serve the pages and do the background work, until stopped with Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1)")
        parser.add_argument(
            "--port", default=8000, type=port_number, help="port to listen at (8000)"
        )
        parser.add_argument("--workers", default=2, type=worker_count, help="web processes (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        host = options["host"]
        refuse(serving.why_not_serve(host))
        with serving.listening_socket(host, options["port"]) as listener:
            shown = f"[{host}]" if ":" in host else host
            port = listener.getsockname()[1]
            self.stdout.write(
                _("Serving at http://{host}:{port}/ (stop with Ctrl-C).").format(
                    host=shown, port=port
                )
            )
            if is_empty():
                self.stdout.write(
                    _(
                        "Start code, asked for when the first start is made elsewhere: {code}"
                    ).format(code=start_code())
                )
            self.stdout.flush()
            web = serving.web_command(listener, workers=options["workers"])
            healthy = serving.supervise(
                [
                    serving.Child(web, handed_down=(listener.fileno(),)),
                    serving.Child(serving.background_command()),
                ]
            )
        if not healthy:
            sentence = _("A process would not stay up; what it said is above.")
            raise Refusal(sentence, code="process_does_not_stay_up")
        self.stdout.write(_("Stopped."))
