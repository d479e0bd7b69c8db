"""What PAM does when a session begins, and what ends one."""
