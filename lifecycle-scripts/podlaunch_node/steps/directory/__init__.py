"""The way to the directory, and SSSD, which asks it."""
