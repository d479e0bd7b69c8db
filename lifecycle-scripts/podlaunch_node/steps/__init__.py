"""What sets a node up, a folder a subject, a concern a module: most have check, apply and verify (plan.Step)."""
