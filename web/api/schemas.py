"""What the API takes and gives. Unknown fields of a request are refused."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bpmn.folding import kept
from web.numbers import LARGEST

Value = str | int | float | bool | list[str | int | float] | None
"""What a variable of a case may hold."""


def as_kept(value: object) -> object:
    """A body's value with all its texts as they are kept."""
    if isinstance(value, dict):
        return {as_kept(key): as_kept(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_kept(item) for item in value]
    return kept(value) if isinstance(value, str) else value


def written(value: object) -> object:
    """A moment or day as ISO 8601: a bare number would pass for seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError("ISO 8601")  # what pydantic takes for an unfit value
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(written)]
Day = Annotated[date, BeforeValidator(written)]


class Given(BaseModel):
    """A body: nothing but its fields, its texts as they are kept."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def keep_texts(cls, value: object) -> object:
        return as_kept(value)


class Shown(BaseModel):
    """An answer, made from a dataclass or a row."""

    model_config = ConfigDict(from_attributes=True)


class Paged(Given):
    page: int = Field(1, ge=1, le=1_000_000)


class NewProcedureBody(Given):
    code: str
    title: str
    unit: str
    kind: Literal["tthc", "internal"] = "internal"


class CatalogueQuery(Paged):
    unit: str = ""
    stage: str = ""
    q: str = Field("", max_length=200)


class ProcedureShown(Shown):
    code: str
    title: str
    unit: str
    kind: str


class VersionShown(Shown):
    code: str
    number: int
    title: str
    unit: str
    stage: str
    sha256: str
    late: bool
    submitted_at: datetime | None
    in_force_at: datetime | None
    decision: str | None


class CatalogueShown(Shown):
    versions: list[VersionShown]
    page: int
    pages: int
    count: int


class DraftShown(Shown):
    code: str
    number: int
    revision: int
    sha256: str
    ok: bool
    findings: list[dict[str, Any]]
    time: dict[str, Any] | None
    doubts: list[dict[str, Any]] = Field(default=[], description="What the reading of the file that came doubted")


class FixBody(Given):
    code: str = Field(max_length=60)
    element: str | None = Field(None, max_length=255)


class WaiverBody(Given):
    code: str = Field(max_length=60)
    element: str = Field("", max_length=255)
    reason: str = Field(max_length=4000)


class WaiverShown(Shown):
    code: str
    element: str
    officer_id: int
    reason: str
    sha256: str
    given_at: datetime


class AppraisalBody(Given):
    verdict: Literal["accept", "return"]
    reason: str = Field("", max_length=4000)


class ChosenVersion(Given):
    code: str
    number: int = Field(ge=1, le=1_000_000)


class RecognitionBody(Given):
    plan: str
    versions: list[ChosenVersion] = Field(min_length=1, max_length=500)
    number: str
    signed_on: Day
    early_reason: str | None = Field(None, max_length=4000)


class RecognisedItem(Shown):
    code: str
    number: int
    recognised: bool
    error: str | None
    detail: str | None


class RecognitionShown(Shown):
    number: str
    signed_on: date
    items: list[RecognisedItem]


class NewInstanceBody(Given):
    procedure: str
    title: str = Field(max_length=300)
    variables: dict[str, Value] = Field(default_factory=dict)
    received_at: Moment | None = None


class ReasonBody(Given):
    reason: str = Field(max_length=4000)


class InstanceShown(Shown):
    id: int
    code: str
    title: str
    stage: str
    procedure: str
    version: int
    received_at: datetime
    started_at: datetime
    due_at: datetime | None
    due_provisional: bool
    clock: str
    paused_at: datetime | None
    paused_minutes: int
    extended_at: datetime | None
    ended_at: datetime | None
    ended_in: str | None


class HistoryShown(Shown):
    number: int
    kind: str
    by: str
    element: str | None
    task_id: int | None
    facts: dict[str, Any]
    private: dict[str, Any]
    occurred_at: datetime
    recorded_at: datetime


class HistoryList(Shown):
    events: list[HistoryShown]


class TaskShown(Shown):
    id: int
    instance_id: int
    element: str
    step_no: str
    name: str
    kind: str
    act: str | None
    unit: str
    position: str
    state: str
    assignee_id: int | None
    opened_at: datetime
    claimed_at: datetime | None
    completed_at: datetime | None
    completed_by: int | None
    due_at: datetime | None
    planned_at: datetime | None
    budget_minutes: int | None
    paused_at: datetime | None
    paused_minutes: int
    provisional: bool
    reminded_at: datetime | None
    escalated_at: datetime | None
    leadership_at: datetime | None
    outcome: str | None


class TaskQuery(Paged):
    view: Literal["mine", "team", "due", "done"] = "mine"
    sort: Literal["due", "opened", "name"] = "due"


class TaskList(Shown):
    tasks: list[TaskShown]
    page: int
    pages: int
    counts: dict[str, int]


class CompletionBody(Given):
    outcome: str | None = Field(None, max_length=300)
    variables: dict[str, Value] = Field(default_factory=dict)
    note: str | None = Field(None, max_length=4000)


class ReturnBody(Given):
    """To a step that was passed, by its element; without one, by an outcome that the model draws."""

    reason: str = Field(min_length=1, max_length=4000)
    to: str | None = Field(None, max_length=300)
    outcome: str | None = Field(None, max_length=300)


class MoveBody(Given):
    to: str = Field(max_length=300)
    reason: str = Field("", max_length=4000)
    dry_run: bool = False


class MoveShown(Shown):
    """What a move closes and opens, as elements; `done` is false for a dry run."""

    done: bool
    closes: list[str]
    opens: list[str]


class RedoBody(ReasonBody):
    element: str = Field(max_length=300)


class ReassignBody(ReasonBody):
    to: int = Field(ge=1, le=LARGEST)


class ObligationShown(Shown):
    number: str
    text: str
    who: str
    due_on: date | None
    yearly: bool


class PlanShown(Shown):
    code: str
    year: int
    title: str
    issued_on: date
    drafting_from: date
    drafting_until: date
    recognition_from: date
    recognition_until: date
    obligations: list[ObligationShown]
