"""What sets a node up, a concern a module: most have check, apply and verify (plan.Step)."""
