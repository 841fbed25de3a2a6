"""A recount finds whatever was done to a board, and says so in both languages."""

import io
from contextlib import redirect_stdout
from dataclasses import replace

import pytest

from pingyi.ballots.rules import verifying
from pingyi.ballots.rules.boards import Ballot, board_of, board_text
from pingyi.ballots.rules.canonical import NotCanonical, canonical, read
from pingyi.ballots.rules.cores import core_of, tracker
from pingyi.ballots.rules.manifests import manifest_of
from pingyi.ballots.rules.slips import key_of
from tests.ballots.boxes import Box, filled_in, grid, signed


@pytest.fixture
def box():
    return Box(grid(1, 2), slips=12)


@pytest.fixture
def ballots(box):
    options = ["good"] * 6 + ["fair"] * 4
    return [box.ballot(slip, filled_in(box, option)) for slip, option in enumerate(options)]


def failing(board, **sought):
    return [step.code for step in verifying.verify(board, **sought) if not step.holds]


def test_an_honest_board_holds_in_every_step(box, ballots):
    board = board_of(board_text(box.board(ballots)))
    mine = tracker(ballots[3].core.leaf)

    steps = verifying.verify(board, manifest=box.manifest.short_hash, trackers=[mine.lower()])

    assert [step.code for step in steps] == [
        "manifest", "slips", "ballots", "once", "roll", "root", "sealed", "tally", "found",
    ]  # fmt: skip
    assert all(step.holds for step in steps)
    assert board.tally["lines"][0] == {
        "subject": "s1", "item": "i1", "abstained": 0, "void": 0,
        "votes": {"good": 6, "fair": 4, "poor": 0},
    }  # fmt: skip


def test_a_ballot_taken_out_is_missed(box, ballots):
    honest = box.board(ballots)

    assert failing(replace(honest, ballots=honest.ballots[1:])) == [
        "root_is_other", "not_sealed", "published_too_few",
    ]  # fmt: skip


def test_a_ballot_that_is_not_found_is_said(box, ballots):
    mine = box.ballot(11, filled_in(box))

    assert failing(box.board(ballots), trackers=[tracker(mine.core.leaf)]) == ["not_found"]


def test_another_manifest_than_was_announced_is_found(box, ballots):
    assert failing(box.board(ballots), manifest="0" * 12) == ["manifest_is_other"]


def test_slips_that_were_added_are_found(box, ballots):
    board = box.board(ballots, slips=(*box.slip_hashes, b"\xff" * 32))

    assert failing(board) == ["slips_are_other"]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda box: Box(box.form, slips=12).ballot(0, {}), "no_right"),
        (lambda box: Box(box.form, slips=12, id="box-2").ballot(0, {}), "other_box"),
        (lambda box: box.ballot(10, {"s1": {"i1": "best"}}), "other_form"),
        (lambda box: box.ballot(10, {"s9": {"i1": "good"}}), "other_form"),
        (lambda box: box.ballot(10, {"s1": {"i9": "good"}}), "other_form"),
        (lambda box: replace(box.ballot(10, {}), signature=bytes(64)), "wrong_signature"),
        (lambda box: replace(box.ballot(10, {}), signature=b""), "wrong_signature"),
        (
            lambda box: signed(key_of(box.codes[10], "box-1"), box="box-1", answers={}, token="x"),
            "no_right",
        ),
    ],
)
def test_a_ballot_that_should_not_lie_there_is_named(box, ballots, made, code):
    wrong = made(box)
    board = box.board([*ballots, wrong], tally={"valid": 0})

    steps = [step for step in verifying.verify(board) if step.code == code]

    assert [step.values for step in steps] == [(tracker(wrong.core.leaf),)]
    assert not steps[0].holds


def test_whoever_voted_twice_is_found(box, ballots):
    assert "twice" in failing(box.board([*ballots, box.ballot(0, {})]))


def test_more_ballots_than_people_are_found(ballots, box):
    small = Box(box.form, slips=12, settings={"roll": 9})
    small.codes = box.codes

    given = [small.ballot(slip, filled_in(small)) for slip in range(10)]

    assert failing(small.board(given)) == ["more_than_roll"]


def test_a_wrong_tally_is_found_even_where_the_box_signed_it(box, ballots):
    said = read(canonical(box.board(ballots).tally))
    said["lines"][0]["votes"]["good"] += 1

    assert failing(box.board(ballots, tally=said)) == ["tally_is_other"]


def test_the_results_of_few_ballots_are_not_published(box, ballots):
    board = box.board(ballots[:9])

    assert board.tally is None
    assert "too_few" in [step.code for step in verifying.verify(board)]
    assert failing(board) == []
    assert failing(box.board(ballots[:9], tally={"valid": 9})) == ["published_too_few"]
    assert failing(box.board(ballots, tally=None)) == ["tally_is_other"]


def test_a_rehearsal_says_that_it_is_one(ballots):
    box = Box(settings={"is_rehearsal": True})

    assert "rehearsal" in [step.code for step in verifying.verify(box.board([]))]


def test_every_sentence_takes_its_figures_in_both_languages():
    for code in verifying.SAID:
        for sentence in verifying.Step(code, True, ("A", "B")).said():
            assert "{" not in sentence


@pytest.mark.parametrize("spoil", [lambda said: said.pop("root"), lambda said: said.update(v=2)])
def test_what_is_no_board_is_refused(box, ballots, spoil):
    said = read(board_text(box.board(ballots)))
    spoil(said)

    with pytest.raises(NotCanonical):
        board_of(canonical(said))


def test_the_command_line_says_each_step_and_ends_with_its_answer(tmp_path, box, ballots):
    path = tmp_path / "board.json"
    path.write_bytes(board_text(box.board(ballots)))
    (tmp_path / "none.json").write_text("{}")

    def run(*arguments):
        with redirect_stdout(io.StringIO()) as said:
            return verifying.main([str(argument) for argument in arguments]), said.getvalue()

    assert run(path)[0] == 0
    assert "[ok] 重新计票，结果与公布的一致" in run(path)[1]
    assert run(path, "--receipt", "none")[0] == 1
    code, said = run(tmp_path / "none.json")
    assert code == 1
    assert "[!!] 读不了这个文件" in said
    assert run(tmp_path / "missing.json")[0] == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: said.update(v=9),
        lambda said: said.update(more=1),
        lambda said: said.update(box=1),
        lambda said: said.update(token=None),
        lambda said: said.update(nonce="A"),
        lambda said: said.update(vk="A"),
        lambda said: said.update(answers=[]),
        lambda said: said.update(answers={"s1": {}}),
        lambda said: said.update(answers={"s1": "good"}),
        lambda said: said.update(answers={"s1": {"i1": 1}}),
        lambda said: said.update(token="x" * 9_000),
    ],
)
def test_what_is_no_ballot_is_refused(box, spoil):
    said = read(box.ballot(0, filled_in(box)).core.text)
    spoil(said)

    with pytest.raises(NotCanonical):
        core_of(canonical(said))


def test_a_ballot_that_is_no_object_is_refused():
    with pytest.raises(NotCanonical):
        core_of(b"[]")


def test_a_ballot_is_the_same_after_it_was_written(box):
    ballot = box.ballot(0, filled_in(box))

    assert Ballot(core_of(ballot.core.text), ballot.signature) == ballot


def test_a_box_without_slips_has_none_on_its_board(box, ballots):
    said = read(box.manifest.text)
    said["slips"] = None
    board = replace(box.board(ballots), manifest=manifest_of(canonical(said)))

    assert "slips_are_other" in failing(board)
    assert "slips_are_other" not in failing(replace(board, slips=()))
