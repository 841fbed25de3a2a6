"""The one entry point: `pingyi COMMAND …`, Django management underneath.

Exit codes: 0 done, 1 refused with a message, 2 wrong use.
"""

import os
import select
import sys

import django
from django.apps import apps
from django.core.management import ManagementUtility, get_commands, load_command_class
from django.db import DatabaseError
from django.utils import translation

from pingyi.config import serving
from pingyi.config.environment import WrongSetting
from pingyi.core.refusals import Refusal
from pingyi.core.space import is_for_want_of_space
from pingyi.core.space import refusal as no_space

DONE, REFUSED, WRONG_USE = 0, 1, 2
INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C has ended (128 + SIGINT)."""
NOBODY_LISTENS = 141
"""What a shell says of a program whose reader went away (128 + SIGPIPE), as with `| head`."""
ALWAYS_KNOWN = {"help", "version", "--help", "-h", "--version"}
KEEPS_NOTHING = {"paper", "verify", *ALWAYS_KNOWN}
"""Commands that leave no trace in the folder they are called from."""
BRINGS_KEYS = ["keys", "import"]
"""Begins where there are no keys yet, which the settings of a server ask for."""


def is_ours(application: object) -> bool:
    """True for commands of our own rooms: get_commands gives the app's name or its config."""
    return str(getattr(application, "name", application)).startswith("pingyi.")


class Utility(ManagementUtility):
    """Django's command line, with our commands first and wrong use told apart from refusals."""

    def main_help_text(self, commands_only: bool = False) -> str:
        """What `pingyi --help` prints."""
        found = get_commands()
        if commands_only:
            return "\n".join(sorted(found))
        ours = sorted(name for name, application in found.items() if is_ours(application))
        lines = ["Usage: pingyi COMMAND [options]; pingyi COMMAND --help tells more.", ""]
        lines += [f"  {name:<12} {self.purpose(name)}" for name in ours]
        others = sorted(set(found) - set(ours))
        lines += ["", "Django's own commands:", *wrapped(others)]
        lines += ["", "Exit codes: 0 done, 1 refused with a message, 2 wrong use."]
        return "\n".join(lines)

    def purpose(self, name: str) -> str:
        """The help of a command in one line."""
        application = get_commands()[name]
        command = load_command_class(getattr(application, "name", application), name)
        return " ".join(command.help.split())


def wrapped(names: list[str], *, width: int = 78) -> list[str]:
    """Names as indented lines of at most `width` characters."""
    lines = ["  "]
    for name in names:
        if len(lines[-1]) + len(name) > width:
            lines.append("  ")
        lines[-1] += f"{name} "
    return [line.rstrip() for line in lines]


def speaks_english(env: dict[str, str]) -> bool:
    """True where the terminal is set to English; everything else gets the program's language."""
    wanted = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return wanted.startswith("en")


def run(arguments: list[str]) -> int:
    """Run one command line and give its exit code; refusals become one line on stderr."""
    name = arguments[1] if len(arguments) > 1 else "help"
    settings = "standalone" if name in KEEPS_NOTHING else "development"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"pingyi.config.settings.{settings}")
    if arguments[1:3] == BRINGS_KEYS:
        os.environ["DJANGO_SETTINGS_MODULE"] = "pingyi.config.settings.standalone"
    utility = Utility(arguments)
    try:
        known = known_commands()
        if speaks_english(dict(os.environ)):
            translation.activate("en")
        if name not in ALWAYS_KNOWN and name not in known:
            print(f"pingyi: there is no command {name!r}; see pingyi --help.", file=sys.stderr)
            return WRONG_USE
        utility.execute()
    except (Refusal, WrongSetting) as refusal:
        return said(refusal)
    except DatabaseError as error:
        if is_for_want_of_space(error):
            return said(no_space())
        unready = why_not_on_this_database(name)
        if unready is None:
            raise
        # Which migrations wait is of no use here: there is one thing to do.
        return said(Refusal(unready.sentence, code=unready.code))
    return DONE


def said(refusal: Exception) -> int:
    """One line on stderr, single causes below it; gives the exit code."""
    print(f"pingyi: {refusal}", file=sys.stderr)
    for detail in getattr(refusal, "details", ()):
        print(f"  {detail}", file=sys.stderr)
    return REFUSED


def why_not_on_this_database(name: str) -> Refusal | None:
    """What is wrong with the database itself; None where the fault is the program's, to be seen."""
    unready = serving.why_database_is_not_ready()
    if unready is not None and unready.code == "migrations_pending":
        # A migration that fails leaves the database behind as well: that is no answer to it.
        is_theirs = name == "migrate" or not is_ours(get_commands()[name])
        return None if is_theirs else unready
    return unready


def known_commands() -> set[str]:
    """Every command there is; needs the settings, so a wrong one is refused here."""
    if not apps.ready:
        django.setup()
    return set(get_commands())


def nobody_listens() -> bool:
    """Whether the reader of the output went away; any other broken pipe is the program's fault."""
    poll = select.poll()
    for stream in (sys.stdout, sys.stderr):
        poll.register(stream.fileno(), 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def main() -> None:
    """Entry point of the `pingyi` script."""
    try:
        code = run(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:
        if not nobody_listens():
            raise
        # What is still to be printed has no reader: Python must not try it again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = NOBODY_LISTENS
    except KeyboardInterrupt:
        # What was begun is not half-written; there is nothing to say about it.
        code = INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    main()
