"""How states look on a page: a colour, an icon and always a word, so that no colour speaks alone."""

from collections.abc import Mapping
from typing import NamedTuple

from bpmn.findings import Clear, Severity
from engine.model.instance import InstanceStage
from procedures.model.version import Stage
from web.deadlines import Urgency
from web.languages import _l


class Look(NamedTuple):
    """`tag` is the tag's colour, `icon` a name of parts/icons.html, `word` what it says."""

    tag: str
    icon: str
    word: object


URGENCIES: Mapping[Urgency, Look] = {
    Urgency.ON_TIME: Look("on-time", "clock", _l("trong hạn")),
    Urgency.SOON: Look("soon", "alert", _l("sắp đến hạn")),
    Urgency.LATE: Look("late", "late", _l("quá hạn")),
    Urgency.PAUSED: Look("paused", "pause", _l("tạm dừng")),
    Urgency.OPEN_END: Look("open-end", "clock", _l("không tính hạn")),
}
SEVERITIES: Mapping[Severity, Look] = {
    Severity.ERROR: Look("late", "late", _l("Phải sửa")),
    Severity.WARNING: Look("soon", "alert", _l("Nên xem")),
    Severity.INFO: Look("open", "info", _l("Ghi chú")),
}
CLEARS: Mapping[Clear, object] = {
    Clear.TASK: _l("Rõ việc"),
    Clear.PROCESS: _l("Rõ quy trình"),
    Clear.PERFORMER: _l("Rõ người"),
    Clear.TIME: _l("Rõ thời gian"),
    Clear.RESPONSIBILITY: _l("Rõ trách nhiệm"),
    Clear.FILE: _l("Tệp"),
}
STAGES: Mapping[Stage, Look] = {
    Stage.DRAFT: Look("paused", "pen", _l("dự thảo")),
    Stage.SUBMITTED: Look("soon", "clock", _l("chờ thẩm định")),
    Stage.APPRAISED: Look("open", "scale", _l("chờ công nhận")),
    Stage.IN_FORCE: Look("official", "seal", _l("có hiệu lực")),
    Stage.SUPERSEDED: Look("paused", "back", _l("đã thay thế")),
    Stage.WITHDRAWN: Look("paused", "stop", _l("đã rút")),
}
CASES: Mapping[InstanceStage, Look] = {
    InstanceStage.ACTIVE: Look("open", "play", _l("đang giải quyết")),
    InstanceStage.COMPLETED: Look("good", "check", _l("đã xong")),
    InstanceStage.CANCELLED: Look("paused", "stop", _l("đã dừng")),
}
ALL = {"urgencies": URGENCIES, "severities": SEVERITIES, "clear_words": CLEARS, "stages": STAGES, "case_stages": CASES}
