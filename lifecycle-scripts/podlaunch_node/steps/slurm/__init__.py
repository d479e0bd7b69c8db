"""Slurm: which nodes take jobs, whose jobs run, who has an account."""
