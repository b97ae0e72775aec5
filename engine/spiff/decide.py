"""Business rule tasks: a decision table gives values to variables."""

import json
from typing import Any

from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask

from bpmn.dmn import Decision
from bpmn.errors import DecisionError, ExpressionError
from engine.spiff.element import Element, names_at
from engine.spiff.errors import StepFailed
from engine.spiff.token import Token


class Decide(Element, SimpleBpmnTask):
    """A business rule task: passed at once.

    Each output becomes a variable of the instance by its name, or the only one the variable that the task names.
    `prefix` stands before the ids of the elements that cells ask about.
    """

    recorded = True
    decision: Decision
    prefix = ""

    def _run_hook(self, my_task: Token) -> bool:
        my_task.workflow.top_workflow.variables.update(self.decide(my_task))
        return super()._run_hook(my_task)

    def decide(self, token: Token) -> dict[str, Any]:
        outcomes = token.workflow.top_workflow.outcomes
        try:
            found = self.decision.decide(names_at(token), lambda key: outcomes.get(self.prefix + key, ""))
        except (DecisionError, ExpressionError) as error:
            raise StepFailed(error.code, **{**error.facts, "element": self.bpmn_id}) from error
        if self.node.result is not None:
            found = {self.node.result: next(iter(found.values()))}
        copied: dict[str, Any] = json.loads(json.dumps(found))
        return copied
