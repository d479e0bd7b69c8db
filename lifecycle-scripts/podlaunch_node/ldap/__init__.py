"""The directory as nodes see it: the client, the way to it, the bind account, and what its answers mean."""
