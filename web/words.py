"""What templates may say: filters and globals. No logic of the domain."""

from collections.abc import Mapping

from flask import Flask, request

from bpmn.errors import BpmnError
from bpmn.fiveclear import CONTINUE, Duration, TimeUnit
from engine.errors import Refused
from web.demo import households, may_switch
from web.happenings import aside, happening, told
from web.languages import _, _l, language
from web.looks import ALL
from web.moments import calendar_days, clock, day, local_input, machine, moment, working
from web.navigation import navigation
from web.present.help import checklist, tips
from web.present.trials import kept_trials
from web.present.ways import Way
from web.sentences import sentence


def give_words(app: Flask) -> None:
    """Give templates their filters and globals."""
    for words in (moment, clock, day, machine, local_input, working, calendar_days):
        app.add_template_filter(words)
    for sayings in (refusal, limit, leads_to, happening, aside, capitalise):
        app.add_template_filter(sayings)
    app.add_template_test(told)
    for name in (language, here, navigation, may_switch, households, kept_trials, checklist, tips):
        app.add_template_global(name)
    app.jinja_env.globals.update(ALL, CONTINUE=CONTINUE)


def here() -> str:
    """The address of this page, to come back to."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def capitalise(text: object) -> str:
    """The text with its first letter large, the rest as written."""
    said = str(text)
    return said[:1].upper() + said[1:]


UNITS: Mapping[TimeUnit, object] = {
    TimeUnit.WORKING_MINUTE: _l("%(n)s phút làm việc"),
    TimeUnit.WORKING_HOUR: _l("%(n)s giờ làm việc"),
    TimeUnit.HALF_DAY: _l("%(n)s buổi"),
    TimeUnit.WORKING_DAY: _l("%(n)s ngày làm việc"),
    TimeUnit.CALENDAR_DAY: _l("%(n)s ngày"),
    TimeUnit.BY_DATE: _l("trước ngày %(date)s"),
    TimeUnit.SAME_DAY: _l("trong ngày"),
    TimeUnit.IMMEDIATE: _l("ngay"),
    TimeUnit.OFFICE_HOURS: _l("giờ hành chính"),
    TimeUnit.NOT_COUNTED: _l("không tính thời gian"),
    TimeUnit.SHARED: _l("tính chung với bước khác"),
}


def limit(duration: Duration) -> str:
    """A step's time in words, where the table left none."""
    return str(UNITS[duration.unit]) % {"n": number(float(duration.value)), "date": duration.date or ""}


def leads_to(way: Way) -> str:
    """Where a way leads: the step by its number, anything else by its name."""
    node = way.node
    if node.step is not None and node.step.step_no:
        return _("→ bước %(no)s", no=node.step.step_no)
    return f"→ {node.name}" if node.name else _("→ kết thúc")


def number(value: float) -> str:
    """A number as Vietnamese writes it: 0,5."""
    return f"{value:g}".replace(".", ",")


def refusal(error: Refused | BpmnError) -> str:
    """What a refusal says."""
    return sentence(error.code, 422, error.facts)
