"""The library's script engine, sealed.

Conditions, counts and timers are parsed by `bpmn.expression` and `bpmn.isotime` when a definition is compiled and never
reach the library.  Its own engine would hand any text that does reach it to Python; this one refuses.
"""

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine

from engine.spiff.errors import StepFailed


class SealedEnvironment(BasePythonScriptEngineEnvironment):
    """Evaluates nothing, executes nothing, calls nothing."""

    def evaluate(self, expression: str, context: object, external_context: object = None) -> object:
        raise StepFailed("script-forbidden")

    def execute(self, script: str, context: object, external_context: object = None) -> object:
        raise StepFailed("script-forbidden")

    def call_service(self, context: object, **kwargs: object) -> object:
        raise StepFailed("script-forbidden")


class SealedScriptEngine(PythonScriptEngine):
    """The library's engine with every way into Python closed."""

    def __init__(self) -> None:
        super().__init__(SealedEnvironment())

    def evaluate(self, task: object, expression: str, external_context: object = None) -> object:
        return self.environment.evaluate(expression, None, external_context)

    def execute(self, task: object, script: str, external_context: object = None) -> object:
        return self.environment.execute(script, None, external_context)

    def call_service(self, task: object, **kwargs: object) -> object:
        return self.environment.call_service(None, **kwargs)
