import io

import pytest
from django.core.management import CommandError, call_command

from pingyi.accounts import queries
from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from tests.accounts.conftest import PASSWORD

ARGUMENTS = ["create", "--username", "kxb", "--name", "创先办", "--role", "office"]


def run(monkeypatch, *arguments: str, typed: str = PASSWORD + "\n") -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    call_command("account", *arguments)


def test_the_first_account_comes_from_the_command_line(register, monkeypatch):
    run(monkeypatch, *ARGUMENTS, "--organization", "X", "--language", "en")
    user = User.objects.get(username="kxb")
    assert user.check_password(PASSWORD)
    assert queries.signature(user).role == "office@X"
    assert (user.name, user.language, user.created_by) == ("创先办", "en", None)


@pytest.mark.parametrize("typed", ["", "short\n"])
def test_a_weak_password_is_refused(register, monkeypatch, typed):
    with pytest.raises(Refusal):
        run(monkeypatch, *ARGUMENTS, "--organization", "X", typed=typed)
    assert not User.objects.exists()


def test_an_unknown_organization_is_refused(register, monkeypatch):
    with pytest.raises(Refusal, match="NOWHERE"):
        run(monkeypatch, *ARGUMENTS, "--organization", "NOWHERE")


def test_the_password_is_never_an_argument(register, monkeypatch):
    with pytest.raises(CommandError):
        run(monkeypatch, *ARGUMENTS, "--organization", "X", "--password", PASSWORD)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("again", "made"), [(PASSWORD, True), ("different", False)])
def test_at_a_terminal_the_password_is_typed_twice_unseen(register, monkeypatch, again, made):
    answers = iter([PASSWORD, again])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(
        "pingyi.accounts.management.commands.account.getpass", lambda _prompt: next(answers)
    )
    if made:
        call_command("account", *ARGUMENTS, "--organization", "X")
    else:
        with pytest.raises(Refusal):
            call_command("account", *ARGUMENTS, "--organization", "X")
    assert User.objects.filter(username="kxb").exists() == made
