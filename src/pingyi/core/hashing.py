"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with the least that OWASP's Password Storage Cheat Sheet asks for: 19 MiB, twice.

    Django's own strength takes half a second of a core: fifty who sign in at once, as at the
    beginning of a meeting, would wait for each other (docs/benchmarks.md).
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
