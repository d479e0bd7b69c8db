"""Prints what cfn-lint says beside the registry's schemas, as JSON, without running it.

The argument is the folder of an unpacked wheel. Printed are the lists of schema/_getatts.py, and every rule that is a
JSON Schema for some place of a resource: id, description, address, places, the schema's file, and whether it
changes the values before it looks at them.
"""

import ast
import json
import sys
from pathlib import Path


def get_atts(source: str) -> dict[str, object]:
    """The module's lists of types of which GetAtt gives more than the read-only properties."""
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in {"_all_property_types", "_exceptions"}:
                found[name] = ast.literal_eval(node.value)
    return found


def rules(path: Path) -> list[dict[str, object]]:
    """The rules of a file that are a schema of their own."""
    classes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ClassDef)]
    return [rule for node in classes for call in ast.walk(node) if (rule := rule_of(node, call))]


def rule_of(node: ast.ClassDef, call: ast.AST) -> dict[str, object] | None:
    """A rule whose class hands keywords and a schema's file to its parent."""
    if not isinstance(call, ast.Call):
        return None
    given = {word.arg: word.value for word in call.keywords}
    details = given.get("schema_details")
    places = given.get("keywords")
    if not isinstance(details, ast.Call) or not isinstance(places, ast.List):
        return None
    module, file = [word.value for word in details.keywords] or details.args
    about = {
        target.id: ast.literal_eval(line.value)
        for line in node.body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name) and target.id in {"id", "shortdesc", "source_url"}
    }
    return {
        "code": about["id"],
        "title": about["shortdesc"],
        "url": about.get("source_url", ""),
        "places": ast.literal_eval(places),
        "changes": ".lower()" in ast.unparse(node),
        "file": f"{ast.unparse(module).rsplit('.', maxsplit=1)[-1]}/{ast.literal_eval(file)}",
    }


def main(folder: Path) -> None:
    """Prints everything."""
    lists = get_atts((folder / "cfnlint/schema/_getatts.py").read_text())
    found = [rule for path in sorted((folder / "cfnlint/rules").rglob("*.py")) for rule in rules(path)]
    said = {"allAttributes": lists["_all_property_types"], "moreAttributes": lists["_exceptions"], "rules": found}
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
