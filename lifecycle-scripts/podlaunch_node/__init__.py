"""Makes a HyperPod node a member of the directory, and keeps it one."""
