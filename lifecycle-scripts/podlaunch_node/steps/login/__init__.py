"""Who may log in, and how: the gate, sshd, sudo."""
