"""What other rooms do with commitments."""
