"""Homes of people, on a shared file system or on each node."""
