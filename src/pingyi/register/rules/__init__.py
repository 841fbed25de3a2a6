"""Pure parts of the deeds on the register."""
