"""Recounts a board and says of each step what was checked; with `cryptography` alone, no Django.

Runs inside the program (`pingyi verify`) and alone, as the one file `pingyi verify --program`
writes.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pingyi.ballots.rules import checking, counting
from pingyi.ballots.rules.boards import Board, board_of, in_order, root_over, sealed_bytes
from pingyi.ballots.rules.canonical import NotCanonical, Plain
from pingyi.ballots.rules.cores import tracker
from pingyi.ballots.rules.slips import slip_list, slip_root

# What each step says, in Chinese and in English.
SAID = {
    "manifest": (
        "票箱说明的指纹：{0}。请与公示、选票上印的前 12 位核对",
        "Fingerprint of the manifest: {0}. Compare it with the 12 signs on poster and slip",
    ),
    "manifest_is_other": (
        "票箱说明的指纹是 {0}，不是 {1}",
        "The fingerprint of the manifest is {0}, not {1}",
    ),
    "slips": (
        "票条 {0} 张，与票箱说明中的承诺一致",
        "{0} slips, as the manifest promised before any was handed out",
    ),
    "slips_are_other": (
        "票条清单与票箱说明中的承诺不一致",
        "The list of slips is not the one that the manifest promised",
    ),
    "ballots": (
        "{0} 张票：格式、资格、签名逐张核对无误",
        "{0} ballots: form, right to vote and signature of each are in order",
    ),
    checking.OTHER_BOX: ("票 {0} 属于别的票箱", "Ballot {0} is of another box"),
    checking.OTHER_FORM: ("票 {0} 有票样之外的答案", "Ballot {0} has answers the form lacks"),
    checking.NO_RIGHT: ("票 {0} 没有投票资格", "Ballot {0} had no right to vote"),
    checking.WRONG_SIGNATURE: ("票 {0} 的签名不对", "The signature of ballot {0} is wrong"),
    "once": ("没有人投过两次", "Nobody voted twice"),
    "twice": ("同一凭证投了两次：票 {0}", "One key voted twice: ballot {0}"),
    "roll": ("{0} 张票，应投 {1} 人", "{0} ballots of {1} who may vote"),
    "more_than_roll": ("{0} 张票多于应投的 {1} 人", "{0} ballots are more than {1} who may vote"),
    "root": ("全部票的总指纹：{0}", "Fingerprint of all ballots: {0}"),
    "root_is_other": (
        "总指纹不对：公布的是 {0}，重算得 {1}",
        "The fingerprint of all ballots is {1}, not {0} as published",
    ),
    "sealed": ("票箱的封存签名无误", "The box signed this board"),
    "not_sealed": ("票箱的封存签名不对", "The signature of the box is wrong"),
    "tally": ("重新计票，结果与公布的一致", "Counted again: the result is the published one"),
    "tally_is_other": (
        "重新计票，结果与公布的不一致",
        "Counted again: the result is not the published one",
    ),
    "too_few": (
        "票数少于 {0}，按规定不公布结果",
        "Fewer than {0} ballots: no result may be published",
    ),
    "published_too_few": (
        "票数少于 {0}，却公布了结果",
        "Fewer than {0} ballots, and yet a result is published",
    ),
    "rehearsal": ("这是演练票箱，结果不作数", "This box is a rehearsal; its result counts nothing"),
    "found": ("查到您的票：{0}", "Your ballot is on the board: {0}"),
    "not_found": ("公布的票里没有 {0}", "There is no ballot {0} on the board"),
    "no_board": ("读不了这个文件：{0}", "This file cannot be read: {0}"),
}
DONE, WRONG, WRONG_USE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was checked: its code in SAID, whether it holds, what is said with it."""

    code: str
    holds: bool
    values: tuple[object, ...] = ()

    def said(self) -> tuple[str, str]:
        """In Chinese and in English."""
        chinese, english = SAID[self.code]
        return chinese.format(*self.values), english.format(*self.values)


def verify(board: Board, *, manifest: str = "", trackers: Sequence[str] = ()) -> list[Step]:
    """Every step of a recount, those that fail too.

    `manifest` is the fingerprint that was announced, or its beginning.
    """
    steps = [_manifest(board, manifest), _slips(board)]
    steps += _ballots(board)
    steps += [_once(board), _roll(board), _root(board), _seal(board), _tally(board)]
    if board.manifest.is_rehearsal:
        steps.append(Step("rehearsal", holds=True))
    known = {tracker(ballot.core.leaf) for ballot in board.ballots}
    for sought in trackers:
        found = sought.strip().upper() in known
        steps.append(Step("found" if found else "not_found", holds=found, values=(sought,)))
    return steps


def _manifest(board: Board, expected: str) -> Step:
    found = board.manifest.hash
    if found.startswith(expected.lower()):
        return Step("manifest", holds=True, values=(found,))
    return Step("manifest_is_other", holds=False, values=(found, expected))


def _slips(board: Board) -> Step:
    root, count = board.manifest.slip_root, board.manifest.slip_count
    slips = list(board.slips)
    is_promised = slips == slip_list(slips) and len(slips) == count
    if root is not None:
        is_promised = is_promised and slip_root(slips) == root
    return Step("slips" if is_promised else "slips_are_other", holds=is_promised, values=(count,))


def _ballots(board: Board) -> list[Step]:
    wrong = []
    for ballot in board.ballots:
        why = checking.why_not_in_box(ballot.core, ballot.signature, board.manifest, board.slips)
        if why is not None:
            wrong.append(Step(why, holds=False, values=(tracker(ballot.core.leaf),)))
    return wrong or [Step("ballots", holds=True, values=(len(board.ballots),))]


def _once(board: Board) -> Step:
    keys = Counter(ballot.core.vk for ballot in board.ballots)
    for ballot in board.ballots:
        if keys[ballot.core.vk] > 1:
            return Step("twice", holds=False, values=(tracker(ballot.core.leaf),))
    return Step("once", holds=True)


def _roll(board: Board) -> Step:
    cast, roll = len(board.ballots), board.manifest.roll
    fits = cast <= roll
    return Step("roll" if fits else "more_than_roll", holds=fits, values=(cast, roll))


def _root(board: Board) -> Step:
    root = root_over(in_order(board.ballots))
    if root == board.root:
        return Step("root", holds=True, values=(root.hex(),))
    return Step("root_is_other", holds=False, values=(board.root.hex(), root.hex()))


def _seal(board: Board) -> Step:
    said = sealed_bytes(board.manifest, len(board.ballots), board.root, board.tally)
    try:
        key = Ed25519PublicKey.from_public_bytes(board.manifest.receipts)
        key.verify(board.signature, said)
    except (InvalidSignature, ValueError):
        return Step("not_sealed", holds=False)
    return Step("sealed", holds=True)


def _tally(board: Board) -> Step:
    k = board.manifest.k
    is_enough = len(board.ballots) >= k
    if board.tally is None:
        return Step("too_few" if not is_enough else "tally_is_other", not is_enough, (k,))
    if not is_enough:
        return Step("published_too_few", holds=False, values=(k,))
    counted = _counted(board)
    return Step("tally" if counted == board.tally else "tally_is_other", counted == board.tally)


def _counted(board: Board) -> Plain:
    """The tally counted again, as JSON says it; None where a ballot cannot be counted at all."""
    if not all(checking.is_of_form(ballot.core, board.manifest) for ballot in board.ballots):
        return None
    answers = (ballot.core.answers for ballot in board.ballots)
    return counting.said(counting.tally(answers, board.manifest))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: 0 where everything holds, 1 where something does not, 2 for wrong use."""
    parser = argparse.ArgumentParser(
        description="Recounts the board of a ballot box. 重新核验票箱。"
    )
    parser.add_argument("board", type=Path, help="the board that was published 公布的票箱文件")
    parser.add_argument("--manifest", default="", help="fingerprint on poster or slip 公示的指纹")
    parser.add_argument("--receipt", action="append", default=[], help="your tracker 您的回执编号")
    options = parser.parse_args(arguments)
    return report(options.board, manifest=options.manifest, trackers=options.receipt)


def report(path: Path, *, manifest: str = "", trackers: Sequence[str] = ()) -> int:
    """Verify the board in a file and print each step in both languages; gives the exit code."""
    try:
        board = board_of(path.read_bytes())
    except (OSError, NotCanonical) as error:
        steps = [Step("no_board", holds=False, values=(error,))]
    else:
        steps = verify(board, manifest=manifest, trackers=trackers)
    for step in steps:
        chinese, english = step.said()
        sys.stdout.write(f"{'[ok]' if step.holds else '[!!]'} {chinese}\n     {english}\n")
    return DONE if all(step.holds for step in steps) else WRONG
