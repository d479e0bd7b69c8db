"""Registers the types, then runs ministack."""

from ministack import app

from . import cluster, directory, file_system, iam, names, network, rules, secrets, targets

for part in (network, targets, names, secrets, iam, directory, file_system, cluster, rules):
    part.register()
app.main()
