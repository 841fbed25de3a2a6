"""What other rooms do with the statistical tables."""

from pingyi.returns.operations.sealing import seal
from pingyi.returns.operations.sending import accept, send_back, submit

__all__ = ["accept", "seal", "send_back", "submit"]
