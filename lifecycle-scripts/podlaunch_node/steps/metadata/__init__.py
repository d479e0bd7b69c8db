"""Who may ask the instance metadata service for the node's role."""
