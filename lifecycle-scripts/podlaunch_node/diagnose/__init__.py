"""What says how a node is: the links of `diagnose`, the status, and what people read about their passwords."""
