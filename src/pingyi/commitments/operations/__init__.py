"""What other rooms do with commitments."""

from pingyi.commitments.operations.propose import Promise, propose_many
from pingyi.commitments.operations.steps import check, examine, keep, publish, send_back

__all__ = ["Promise", "check", "examine", "keep", "propose_many", "publish", "send_back"]
