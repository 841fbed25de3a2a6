"""The arithmetic of a sealed box. Pure Python, `cryptography` alone: also what recounts a board."""
