"""Registers the types, then runs ministack."""

from ministack import app

from . import cluster, directory, file_system, iam, names, network, rules, targets

for part in (network, targets, names, iam, directory, file_system, cluster, rules):
    part.register()
app.main()
