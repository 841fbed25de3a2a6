"""What is read of bulletins."""
