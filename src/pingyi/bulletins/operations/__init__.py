"""What other rooms do with bulletins."""
