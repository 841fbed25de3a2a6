"""What is read of rectifications."""
