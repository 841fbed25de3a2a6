"""Forms of the register: they validate, they never write."""
