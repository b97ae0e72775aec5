"""Sizes of the drawing, in pixels, as the common BPMN editors use them."""

TASK_HEIGHT = 80.0
TASK_WIDTHS = (100.0, 120.0, 140.0, 160.0)
TASK_PADDING = 8.0
TASK_LINES = 3  # of a name, before a wider box is taken
TASK_ICON = 23.0  # the strip with the icon, kept free above a name that stands in the middle
EVENT = 36.0
GATEWAY = 50.0
FONT = 12.0
LINE = 14.4  # of FONT
LABEL_FONT = 11.0
LABEL_LINE = 13.2  # of LABEL_FONT
NAME_WIDTH = 100.0  # of the label of an event or gateway
FLOW_WIDTH = 90.0  # of the label of a flow
LABEL_GAP = 5.0
HEADER = 30.0  # the strip with the name of a pool or lane
MARGIN = 40.0
COLUMN_GAP = 22.0  # kept free on both sides of the channels between two columns
ROW_GAP = 12.0  # kept free on both sides of the channels between two rows
TRACK = 12.0  # between parallel edges
POOL_GAP = 34.0
BLACK_BOX = 60.0
BOUNDARY_ROOM = 14.0  # in the task, above its boundary events
BOUNDARY_PITCH = 46.0
LABELLED_PITCH = 76.0
WRAP_AT = 25  # columns
DEEPEST = 20  # sub-processes in each other
