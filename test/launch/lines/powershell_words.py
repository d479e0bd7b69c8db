"""Reads a line of PowerShell from standard input by the grammar of tree-sitter: the words of each statement, as JSON.

A text in single quotes is said as PowerShell hands it on. Fails where the line is not all PowerShell.
"""

import json
import sys
from collections.abc import Iterator

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

PLAIN = {
    "command_name",
    "generic_token",
    "command_parameter",
    "expandable_string_literal",
    "variable",
    "type_literal",
    "member_name",
}


def words(node: Node) -> Iterator[str]:
    text = (node.text or b"").decode()
    if node.type == "verbatim_string_characters":
        yield text[1:-1].replace("''", "'")
    elif node.type in PLAIN:
        yield text
    else:
        for child in node.children:
            yield from words(child)


root = Parser(Language(tree_sitter_powershell.language())).parse(sys.stdin.buffer.read()).root_node
if root.has_error:
    sys.exit("This is not PowerShell.")
(statements,) = root.children
print(json.dumps([list(words(each)) for each in statements.children if each.type == "pipeline"]))
