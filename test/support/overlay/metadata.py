"""References in a resource's Metadata are dependencies, as on AWS; the engine looks at its properties only."""

from ministack.services.cloudformation import engine, stacks


def register() -> None:
    """Puts them around the engine's own function."""
    extract = engine._extract_deps

    def extract_deps(resource_def: dict, all_resource_names: set) -> set:
        named = {name for name, _ in engine._intrinsic_references(resource_def.get("Metadata", {}))}
        return extract(resource_def, all_resource_names) | (named & set(all_resource_names))

    engine._extract_deps = extract_deps
    stacks._extract_deps = extract_deps
