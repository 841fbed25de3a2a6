"""`pingyi restore` says what it did, and what is left to do."""

from pathlib import Path

import pytest
from django.core.management import call_command

from pingyi.core.refusals import Refusal
from pingyi.keeping.management.commands import restore as command
from pingyi.keeping.operations.restore import Restored
from pingyi.keeping.queries.copies import opened
from pingyi.keeping.rules.manifest import manifest_of, text_of
from tests.at_once import refused


def test_it_says_what_is_left_to_do(
    backup: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(backup) as copy:
        manifest = copy.manifest
    assert manifest_of(text_of(manifest).encode()) == manifest
    monkeypatch.setattr(command, "restore", lambda path: Restored(manifest, True, path))
    other = Refusal("another key", code="other_identity_key")
    monkeypatch.setattr(command, "why_not_this_identity_key", lambda: other)
    call_command("restore", str(backup))
    said = capsys.readouterr().out
    assert f"{manifest.rows}" in said
    assert f"{manifest.ledger_size}:{manifest.ledger_root}" in said
    assert "PINGYI_PACK_DIR" in said
    assert "pingyi keys import" in said
    monkeypatch.setattr(command, "restore", lambda **_given: Restored(manifest, False, None))
    with refused("ledger_broken"):
        call_command("restore", str(backup))
