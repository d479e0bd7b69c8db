"""Fn::RefAll and Fn::ValueOfAll in Rules speak of the parameters of a type, not of all that the account has."""

from contextvars import ContextVar

from ministack.services.cloudformation import engine

given: ContextVar[dict[str, list[str]]] = ContextVar("given")
"""The values of a template's parameters by their type."""


def register() -> None:
    """Puts both around the engine's own functions."""
    evaluate, records_of = engine._evaluate_rules, engine._rule_account_records

    def evaluate_rules(template: dict, params: dict, conditions: dict) -> None:
        by_type: dict[str, list[str]] = {}
        for parameter in params.values():
            by_type.setdefault(parameter["Type"], []).append(str(parameter["Value"]))
        given.set(by_type)
        evaluate(template, params, conditions)

    def account_records(parameter_type: str):
        records, attributes = records_of(parameter_type)
        return {name: records.get(name, {}) for name in given.get().get(parameter_type, [])}, attributes

    engine._evaluate_rules, engine._rule_account_records = evaluate_rules, account_records
