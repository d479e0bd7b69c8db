"""Which part of the package may import which: an arrow that is not here is wrong, and none leads back."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import podlaunch_node

ROOT = Path(podlaunch_node.__file__).parent
SURROUNDINGS = {"faults", "node", "run"}
SETTINGS = {"settings", "settings_document"}
MAY_IMPORT = {
    "system": SURROUNDINGS,
    "ldap": {"system", *SETTINGS, *SURROUNDINGS},
    "steps": {"ldap", "system", *SETTINGS, "identity", "plan", *SURROUNDINGS},
    "diagnose": {"steps", "ldap", "system", *SETTINGS, "identity", *SURROUNDINGS},
}
STEPS_MAY_IMPORT: dict[str, set[str]] = {
    "node": set(),
    "metadata": set(),
    "directory": set(),
    "login": set(),
    "slurm": {"login", "directory"},
    "homes": {"slurm", "login", "node"},
    "session": {"homes", "slurm", "login", "directory"},
}


def imports(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, wherever in it: `settings`, `steps.login.sshd`."""
    for one in ast.walk(ast.parse(path.read_text())):
        if isinstance(one, ast.Import):
            assert all("podlaunch_node" not in name.name for name in one.names), f"{path}: write `from … import`"
        if isinstance(one, ast.ImportFrom):
            assert one.level == 0, f"{path}: write the full name"
            for name in one.names if f"{one.module}.".startswith("podlaunch_node.") else []:
                full = [*str(one.module).split(".")[1:], name.name]
                yield ".".join(full if ROOT.joinpath(*full).with_suffix(".py").exists() else full[:-1])


MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts): set(imports(path)) for path in ROOT.rglob("*.py")}


def test_each_folder_imports_what_it_may() -> None:
    assert {folder for folder in ROOT.iterdir() if any(folder.glob("*.py"))} == {ROOT / one for one in MAY_IMPORT}
    for folder, may in MAY_IMPORT.items():
        arrows = [(module, to) for module, found in MODULES.items() if module.startswith(f"{folder}.") for to in found]
        wrong = [f"{module} imports {to}" for module, to in arrows if to.split(".")[0] not in {folder, *may}]
        assert wrong == []


def test_each_folder_of_steps_imports_what_it_may() -> None:
    assert {folder.name for folder in (ROOT / "steps").iterdir() if any(folder.glob("*.py"))} == set(STEPS_MAY_IMPORT)
    for folder, may in STEPS_MAY_IMPORT.items():
        of_steps = [
            (module, to)
            for module, found in MODULES.items()
            if module.startswith(f"steps.{folder}.")
            for to in found
            if to.startswith("steps.")
        ]
        wrong = [f"{module} imports {to}" for module, to in of_steps if to.split(".")[1] not in {folder, *may}]
        assert wrong == []


def test_no_module_and_no_folder_leads_back_to_itself() -> None:
    rooms: dict[str, set[str]] = {}
    for module, found in MODULES.items():
        room = module.split(".")[0]
        rooms.setdefault(room, set()).update({to.split(".")[0] for to in found} - {room})
    for graph in (MODULES, rooms):
        TopologicalSorter(graph).prepare()
