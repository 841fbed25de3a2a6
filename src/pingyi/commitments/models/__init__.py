from pingyi.commitments.models.commitment import Commitment, Step

__all__ = ["Commitment", "Step"]
