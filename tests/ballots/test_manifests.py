"""A manifest is its bytes: read again it is the same, and one that cannot be counted is none."""

import pytest

from pingyi.ballots.rules.canonical import NotCanonical, canonical, read
from pingyi.ballots.rules.manifests import manifest_of
from tests.ballots.boxes import Box, grid


def test_a_manifest_says_what_it_was_made_of():
    box = Box(grid(3, 2), slips=7, settings={"k": 6, "issuer": b"\x30\x01", "opinion": 600})

    manifest = manifest_of(box.manifest.text)

    assert manifest.form == box.form
    assert (manifest.roll, manifest.k, manifest.slip_count, manifest.opinion) == (7, 6, 7, 600)
    assert (manifest.blank, manifest.straight_line) == ("abstain", "flag")
    assert manifest.issuer == b"\x30\x01"
    assert len(manifest.hash) == 64
    assert manifest.hash.startswith(manifest.short_hash)
    assert not manifest.is_rehearsal


def test_a_box_without_slips_has_no_root_of_them():
    said = read(Box().manifest.text)
    said["slips"] = None

    manifest = manifest_of(canonical(said))

    assert (manifest.slip_root, manifest.slip_count) == (None, 0)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: said.update(v=2),
        lambda said: said.update(k=4),
        lambda said: said.update(k="10"),
        lambda said: said.pop("roll"),
        lambda said: said.update(straight_line="maybe"),
        lambda said: said.update(receipts="short"),
        lambda said: said.update(issuer="no hex"),
        lambda said: said["form"].update(subjects=[]),
        lambda said: said["form"].update(items=[]),
        lambda said: said["form"]["subjects"].append(said["form"]["subjects"][0]),
        lambda said: said["form"]["subjects"][0].update(code="支部"),
    ],
)
def test_a_manifest_of_which_nothing_can_be_counted_is_refused(spoil):
    said = read(Box().manifest.text)
    spoil(said)

    with pytest.raises(NotCanonical):
        manifest_of(canonical(said))


def test_what_is_no_object_is_no_manifest():
    with pytest.raises(NotCanonical):
        manifest_of(b"[]")
