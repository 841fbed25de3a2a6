"""What holds in the register, in plain Python: no Django, no database, no clock."""
