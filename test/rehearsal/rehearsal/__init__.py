"""The whole launch on one machine, from publishing to deleting: emulated AWS in front, the lab behind it."""
