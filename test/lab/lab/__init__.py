"""A real directory and real nodes, each machine in namespaces of its own, on one Linux host."""
