"""A database whose identity numbers were hashed with another key is not worked with."""

from pathlib import Path
from typing import Any

import pytest

from pingyi.config import cli
from pingyi.core.refusals import Refusal
from pingyi.organizations import queries
from pingyi.organizations.models import IdentityKey
from tests.cast import Register, identity_number
from tests.config.test_serve import environment, run


def test_the_key_is_noted_as_the_tables_are_made(db: None, settings: Any) -> None:
    [noted] = IdentityKey.objects.all()
    assert queries.why_not_this_identity_key() is None
    assert settings.IDENTITY_KEY not in noted.check_value
    settings.IDENTITY_KEY = "another one"
    assert queries.why_not_this_identity_key() is not None


def test_nobody_is_looked_for_with_another_key(register: Register, settings: Any) -> None:
    assert queries.by_identity(identity_number(1)) is not None
    settings.IDENTITY_KEY = "another one"
    with pytest.raises(Refusal) as refused:
        queries.by_identity(identity_number(1))
    assert refused.value.code == "other_identity_key"


def test_a_database_without_a_note_is_worked_with(db: None) -> None:
    IdentityKey.objects.all().delete()
    assert queries.why_not_this_identity_key() is None


def test_the_server_does_not_start_with_another_key(tmp_path: Path) -> None:
    env = environment(tmp_path)
    assert run(env, "migrate", "--verbosity", "0").returncode == cli.DONE
    (tmp_path / "identity-key").write_text("another one")
    found = run(env, "serve", "--port", "0")
    assert found.returncode == cli.REFUSED
    assert "PINGYI_IDENTITY_KEY" in found.stderr
