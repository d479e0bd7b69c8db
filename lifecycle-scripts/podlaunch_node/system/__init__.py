"""The machine: files, services, the log, the lock, AWS's command. Knows nothing of a directory."""
