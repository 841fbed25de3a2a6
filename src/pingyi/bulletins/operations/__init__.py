"""What other rooms do with bulletins."""

from pingyi.bulletins.operations.steps import approve, publish, withdraw
from pingyi.bulletins.operations.writing import Said, begun_from, write

__all__ = ["Said", "approve", "begun_from", "publish", "withdraw", "write"]
