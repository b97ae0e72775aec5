"""The small signs inside events, tasks and gateways, as paths around 0, 0; sizes in pixels."""

from bpmn.draw.canvas import Canvas, Pen
from bpmn.layout.scene import Point

ENVELOPE = "M-8 -5.5H8V5.5H-8Z M-8 -5.5L0 1L8 -5.5"
CLOCK = (
    "M-9 0A9 9 0 1 0 9 0A9 9 0 1 0 -9 0 M0 -6V0L4 2.5 "
    "M0 -9V-7.2 M0 9V7.2 M-9 0H-7.2 M9 0H7.2 "
    "M6.4 -6.4L5.1 -5.1 M-6.4 -6.4L-5.1 -5.1 M6.4 6.4L5.1 5.1 M-6.4 6.4L-5.1 5.1"
)
SIGNS = {
    "messageEventDefinition": ENVELOPE,
    "timerEventDefinition": CLOCK,
    "signalEventDefinition": "M0 -8L8 6H-8Z",
    "errorEventDefinition": "M-7 7L-3 -6L2 2L7 -7L3 6L-2 -2Z",
    "escalationEventDefinition": "M0 -8L6 8L0 2L-6 8Z",
    "linkEventDefinition": "M-8 -3H1V-7L8 0L1 7V3H-8Z",
    "conditionalEventDefinition": "M-6 -8H6V8H-6Z M-4 -5H4 M-4 -1.7H4 M-4 1.7H4 M-4 5H4",
    "compensateEventDefinition": "M0 -6L-8 0L0 6Z M8 -6L0 0L8 6Z",
    "cancelEventDefinition": "M-7 -4L-4 -7L0 -3L4 -7L7 -4L3 0L7 4L4 7L0 3L-4 7L-7 4L-3 0Z",
}
MANY = "M0 -8L7.6 -2.5L4.7 6.5H-4.7L-7.6 -2.5Z"
PLUS = "M-8 0H8 M0 -8V8"
CROSS = "M-6.5 -6.5L6.5 6.5 M6.5 -6.5L-6.5 6.5"
STAR = "M-9 0H9 M0 -9V9 M-6.4 -6.4L6.4 6.4 M6.4 -6.4L-6.4 6.4"
TASKS = {
    "userTask": "M-7 8V4Q-7 0 -3 -0.5H3Q7 0 7 4V8Z M-3.4 -4.2A3.4 3.4 0 1 0 3.4 -4.2A3.4 3.4 0 1 0 -3.4 -4.2",
    "manualTask": (
        "M-8 7V-1L-3 -7Q-1 -8 -1 -6L-3 -2H7Q8.5 -0.8 7 0.5H2H8Q9 2 7.5 3H2H7Q8 4.2 6.5 5.2H2H5.5Q6.5 6.4 5 7Z"
    ),
    "serviceTask": (
        "M-2 -8H2L2.6 -5.6L4.6 -4.6L7 -5.6L8.6 -2.4L6.6 -1V1L8.6 2.4L7 5.6L4.6 4.6L2.6 5.6L2 8H-2"
        "L-2.6 5.6L-4.6 4.6L-7 5.6L-8.6 2.4L-6.6 1V-1L-8.6 -2.4L-7 -5.6L-4.6 -4.6L-2.6 -5.6Z "
        "M-2.8 0A2.8 2.8 0 1 0 2.8 0A2.8 2.8 0 1 0 -2.8 0"
    ),
    "scriptTask": "M-4 -8H7Q2 -3 5 0T3 8H-8Q-3 3 -6 0T-4 -8Z M-3.5 -4H2 M-3.5 0H3 M-3.5 4H2",
    "businessRuleTask": "M-8 -6H8V6H-8Z M-8 -2.5H8 M-8 2H8 M-3 -2.5V6",
    "receiveTask": ENVELOPE,
    "sendTask": ENVELOPE,
}
LOOPS = {
    "parallel": "M-4 -5V5 M0 -5V5 M4 -5V5",
    "sequential": "M-5 -4H5 M-5 0H5 M-5 4H5",
    "standard": "M-2 5A5 5 0 1 1 2.4 4.8 M-2.2 1.8V5.2H-5.6",
    "adhoc": "M-7 1Q-3.5 -4 0 0T7 -1",
    "closed": "M-6 -6H6V6H-6Z M-4 0H4 M0 -4V4",
}
BADGES = {
    "current": "M-3 -5L5.5 0L-3 5Z",
    "done": "M-5 0L-1.5 4L5 -4",
    "late": "M0 -6V1.5 M0 4.2V5.8",
    "added": "M-5 0H5 M0 -5V5",
    "removed": "M-5 0H5",
    "changed": "M-4.5 4.5L-3.5 1.5L3 -5L5 -3L-1.5 3.5Z",
    "moved": "M0 -5.5V5.5 M-3.5 -2L0 -5.5L3.5 -2 M-3.5 2L0 5.5L3.5 2",
}


def icon(canvas: Canvas, description: str, pen: Pen, *, at: Point, scale: float = 1.0) -> None:
    """Draw a sign with thin lines, unless the pen says otherwise."""
    canvas.path(description, {"stroke-width": "1.3", "stroke-linejoin": "round"} | dict(pen), at=at, scale=scale)
