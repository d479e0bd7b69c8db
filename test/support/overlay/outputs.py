"""A change set that changes outputs alone.

The engine compares resources only, and lets it fail for having no changes. AWS makes it: it has no changes to show, can
be executed, and the stack then has the new outputs (aws/aws-cdk, pull request 2029).
"""

from ministack.services.cloudformation import _change_sets, _stacks
from ministack.services.cloudformation.handlers import _ACTION_HANDLERS


def register() -> None:
    """Puts it around the engine's own handler."""
    _ACTION_HANDLERS["CreateChangeSet"] = with_outputs(_ACTION_HANDLERS["CreateChangeSet"])


def with_outputs(handler):
    """Makes a change set ready whose template has other outputs than the stack's."""

    def create(params):
        before = set(_change_sets)
        answer = handler(params)
        for change_set in [one for name, one in _change_sets.items() if name not in before]:
            stack = _stacks.get(change_set["StackName"], {})
            outputs = [template.get("Outputs") for template in (change_set["_template"], stack.get("_template", {}))]
            if "didn't contain changes" in change_set["StatusReason"] and outputs[0] != outputs[1]:
                change_set.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="")
        return answer

    return create
