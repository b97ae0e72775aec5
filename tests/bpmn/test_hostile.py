"""More files of the kinds that the corpus of bad input has: XML attacks, encodings, ids, references, drawing, code in
every hiding place, timers, expressions, decision tables. Each is told by its code, and none raises."""

import codecs
from datetime import UTC, datetime

import pytest

from bpmn.check import check, report_as_json
from bpmn.findings import FileReport, Severity
from tests.bpmn.models import END, HEAD, START, file_of, gateway, task

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PLAIN = file_of(START, END, task("a", "1 working_day"), "s -> a", "a -> e")
BODY = PLAIN.decode()
SPIFF = 'xmlns:spiff="http://spiffworkflow.org/bpmn/schema/1.0/core"'
EXTENDED = "<bpmn:extensionElements>{}</bpmn:extensionElements>"
ATTACK = "__import__('os').system('touch /tmp/canary')"


def declared(encoding: str, text: str = BODY) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{text}'.encode()


def timer(text: str, kind: str = "timeDuration") -> bytes:
    inside = f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"
    event = f'<bpmn:intermediateCatchEvent id="c">{inside}</bpmn:intermediateCatchEvent>'
    return file_of(START, END, event, "s -> c", "c -> e")


def condition(text: str) -> bytes:
    return file_of(
        *(START, END, task("a", "1 working_day"), gateway("x", default="f_x_e")),
        *("s -> a", "a -> x", f"x -> a ? {text}", "x -> e"),
    )


def user_task(inside: str, attributes: str = "") -> bytes:
    return file_of(START, END, f'<bpmn:userTask id="a" {attributes}>{inside}</bpmn:userTask>', "s -> a", "a -> e")


def drawn(bounds: str) -> bytes:
    diagram = (
        '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:c="http://www.omg.org/spec/DD/20100524/DC"'
        f' id="D"><d:BPMNPlane id="DP" bpmnElement="P"><d:BPMNShape id="a_di" bpmnElement="a">{bounds}</d:BPMNShape>'
        "</d:BPMNPlane></d:BPMNDiagram>"
    )
    return file_of(START, END, task("a", "1 working_day"), "s -> a", "a -> e", rest=diagram)


REJECTED: dict[str, tuple[bytes, str]] = {
    "parameter entity": (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>' + PLAIN, "xml-dtd"),
    "quadratic blow-up": (b'<!DOCTYPE a [<!ENTITY x "' + b"A" * 50_000 + b'">]>' + PLAIN, "xml-dtd"),
    "external general entity": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + PLAIN, "xml-dtd"),
    "DOCTYPE behind a comment": (b"<!-- a -->\n<!DOCTYPE a>" + PLAIN, "xml-dtd"),
    "DOCTYPE in UTF-16": (codecs.BOM_UTF16_LE + f"<!DOCTYPE a>{BODY}".encode("utf-16-le"), "xml-dtd"),
    "two roots": (PLAIN + PLAIN, "xml-syntax"),
    "text behind the root": (PLAIN + b"tail", "xml-syntax"),
    "nothing but a comment": (b"<!-- nothing -->", "xml-syntax"),
    "nothing but a declaration": (b'<?xml version="1.0"?>', "xml-syntax"),
    "unknown encoding": (declared("x-klingon"), "xml-encoding"),
    "overlong UTF-8": (PLAIN.replace(b"Ki", b"\xc0\xaf"), "xml-encoding"),
    "half a surrogate pair": (PLAIN.replace(b"Ki", b"\xed\xa0\x80"), "xml-encoding"),
    "character beyond Unicode": (PLAIN.replace(b"Ki", b"&#x110000;"), "xml-char"),
    "character reference to a surrogate": (PLAIN.replace(b"Ki", b"&#xD800;"), "xml-char"),
    "undefined entity": (PLAIN.replace(b"Ki", b"&nbsp;"), "xml-syntax"),
    "prefix bound to nothing": (
        PLAIN.replace(b'xmlns:xsi="', b'xmlns:xsi2="').replace(b"<bpmn:end", b"<xsi:end"),
        "xml-syntax",
    ),
    "cut off within a tag": (PLAIN[: PLAIN.index(b"targetRef") + 4], "xml-syntax"),
    "five hundred attributes": (
        PLAIN.replace(b'id="s"', b'id="s" ' + b" ".join(b'q%d="1"' % number for number in range(500))),
        "limit-attributes",
    ),
    "three hundred nested elements": (user_task("<a>" * 300 + "</a>" * 300), "limit-depth"),
    "same id on a flow and a node": (file_of(START, END, task("f_s_e"), "s -> e"), "id-duplicate"),
    "same id in two processes": (
        file_of(START, END, "s -> e", rest='<bpmn:process id="Q"><bpmn:startEvent id="s"/></bpmn:process>'),
        "id-duplicate",
    ),
    "id of a process twice": (file_of(START, END, "s -> e", rest='<bpmn:process id="P"/>'), "id-duplicate"),
    "empty id": (file_of(START, END, '<bpmn:userTask id=""/>', "s -> e"), "id-syntax"),
    "id with a line break": (file_of(START, END, '<bpmn:userTask id="a&#10;b"/>', "s -> e"), "id-syntax"),
    "id with a null-like escape": (file_of(START, END, '<bpmn:userTask id="a%00"/>', "s -> e"), "id-syntax"),
    "flow from nowhere": (file_of(START, END, "nope -> e"), "ref-missing"),
    "flow into a lane": (
        file_of('<bpmn:laneSet id="ls"><bpmn:lane id="l"/></bpmn:laneSet>', START, END, "s -> l"),
        "ref-type",
    ),
    "default that is a node": (file_of(START, END, gateway("x", default="e"), "s -> x", "x -> e"), "ref-type"),
    "gzip called .bpmn": (b"\x1f\x8b\x08\x00" + b"\x00" * 100, "xml-syntax"),
    "PDF called .bpmn": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "xml-syntax"),
    "JSON called .bpmn": (b'{"process": []}', "xml-syntax"),
    "SVG with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "bpmn-root"),
}
"""Unusable: nothing is stored."""

REFUSED: dict[str, tuple[bytes, str]] = {
    "script in a sub-process": (
        file_of(
            START,
            END,
            '<bpmn:subProcess id="p"><bpmn:scriptTask id="a"><bpmn:script>x</bpmn:script></bpmn:scriptTask>'
            "</bpmn:subProcess>",
            "s -> p",
            "p -> e",
        ),
        "script-forbidden",
    ),
    "script before a sub-process": (
        file_of(
            START,
            END,
            f'<bpmn:subProcess id="a" {SPIFF}>'
            + EXTENDED.format(f"<spiff:preScript>{ATTACK}</spiff:preScript>")
            + "</bpmn:subProcess>",
            "s -> a",
            "a -> e",
        ),
        "script-forbidden",
    ),
    "service operator": (
        user_task(EXTENDED.format(f'<spiff:serviceTaskOperator {SPIFF} id="http/get"/>')),
        "script-forbidden",
    ),
    "payload of a message": (
        user_task(EXTENDED.format(f"<spiff:messagePayload {SPIFF}>{ATTACK}</spiff:messagePayload>")),
        "script-forbidden",
    ),
    "script of the whole process": (
        file_of(EXTENDED.format(f"<spiff:preScript {SPIFF}>{ATTACK}</spiff:preScript>"), START, END, "s -> e"),
        "script-forbidden",
    ),
    "script on a flow": (
        file_of(
            *(START, END),
            '<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e">'
            + EXTENDED.format(f"<spiff:postScript {SPIFF}>{ATTACK}</spiff:postScript>")
            + "</bpmn:sequenceFlow>",
        ),
        "script-forbidden",
    ),
    "script outside of any process": (
        file_of(
            *(START, END, "s -> e"),
            rest='<bpmn:message id="m">'
            + EXTENDED.format(f"<spiff:messagePayload {SPIFF}>{ATTACK}</spiff:messagePayload>")
            + "</bpmn:message>",
        ),
        "script-forbidden",
    ),
    "boundary event on a gateway": (
        file_of(
            *(START, END, gateway("x"), "s -> x", "x -> e", "b -> e"),
            '<bpmn:boundaryEvent id="b" attachedToRef="x"><bpmn:timerEventDefinition><bpmn:timeDuration>P1D'
            "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>",
        ),
        "boundary-host",
    ),
    "code in a count": (
        user_task(
            f"<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>{ATTACK}</bpmn:loopCardinality>"
            "</bpmn:multiInstanceLoopCharacteristics>"
        ),
        "script-forbidden",
    ),
    "code in a date": (timer(ATTACK, "timeDate"), "script-forbidden"),
    "comprehension": (condition("[x for x in ().__class__.__bases__]"), "script-forbidden"),
    "f-string": (condition('f"{n.__class__}" == "a"'), "script-forbidden"),
    "star of a call": (condition("max(*n) > 1"), "expression-syntax"),
    "getattr by name": (condition('getattr(n, "x") > 1'), "script-forbidden"),
    "byte string": (condition('b"a" == n'), "expression-syntax"),
    "shift": (condition("1 << 9999999999 > n"), "expression-limit"),
    "thousand brackets": (condition("(" * 1000 + "1" + ")" * 1000), "expression-limit"),
    "very long": (condition("n == 1 or " * 100 + "n == 2"), "expression-limit"),
    "huge number": (condition("n > " + "9" * 400), "expression-limit"),
    "assignment": (condition("n = 1"), "expression-syntax"),
    "empty condition": (
        file_of(
            *(START, END, gateway("x", default="f_x_e"), task("a"), "s -> x", "x -> e", "a -> e"),
            '<bpmn:sequenceFlow id="f" sourceRef="x" targetRef="a"><bpmn:conditionExpression/></bpmn:sequenceFlow>',
        ),
        "no-condition",
    ),
    "timer of another script": (timer("PT٥M"), "timer-syntax"),
    "timer of an hour that is none": (timer("2027-01-01T25:00:00Z", "timeDate"), "timer-syntax"),
    "cycle without an end or a pause": (timer("R/PT0S", "timeCycle"), "timer-range"),
    "cycle of a million": (timer("R1000000/PT1H", "timeCycle"), "timer-range"),
    "duration of a thousand years": (timer("P1000Y"), "timer-range"),
    "timer of nothing but a sign": (timer("P-"), "timer-syntax"),
    "timer with a blank": (timer("PT 5 M"), "timer-syntax"),
    "two processes that call each other": (
        file_of(
            START,
            END,
            '<bpmn:callActivity id="c" calledElement="Q"/>',
            "s -> c",
            "c -> e",
            rest='<bpmn:process id="Q" isExecutable="true"><bpmn:startEvent id="s2"/><bpmn:callActivity id="c2"'
            ' calledElement="P"/><bpmn:endEvent id="e2"/><bpmn:sequenceFlow id="g1" sourceRef="s2" targetRef="c2"/>'
            '<bpmn:sequenceFlow id="g2" sourceRef="c2" targetRef="e2"/></bpmn:process>',
        ),
        "call-cycle",
    ),
}
"""The draft may be kept, but not submitted."""

WARNED: dict[str, tuple[bytes, str]] = {
    "infinite coordinate": (drawn('<c:Bounds x="INF" y="0" width="1" height="1"/>'), "di-bounds"),
    "coordinate of letters": (drawn('<c:Bounds x="a" y="0" width="1" height="1"/>'), "di-bounds"),
    "no width": (drawn('<c:Bounds x="0" y="0" height="1"/>'), "di-bounds"),
    "negative height": (drawn('<c:Bounds x="0" y="0" width="1" height="-1"/>'), "di-bounds"),
    "listener of another tool": (
        user_task(EXTENDED.format('<k:taskListener xmlns:k="http://camunda.org/schema/1.0/bpmn" event="create"/>')),
        "extension-ignored",
    ),
    "instruction within the process": (
        PLAIN.replace(b"<bpmn:startEvent", b"<?php phpinfo() ?><bpmn:startEvent"),
        "xml-pi",
    ),
    "zero-width name": (user_task("", 'name="Ki&#x200B;ểm tra"'), "text-invisible"),
    "isolating direction marks": (user_task("", 'name="a&#x2067;b"'), "text-bidi"),
    "import of a schema": (
        PLAIN.replace(
            b"<bpmn:process", b'<bpmn:import importType="x" location="file:///etc/passwd" namespace="x"/><bpmn:process'
        ),
        "bpmn-import",
    ),
}
"""Told, without barring anything of itself."""

DECISION = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x"><decision id="D">'
    '<decisionTable id="T"><input id="i"><inputExpression id="ie"><text>{}</text></inputExpression></input>'
    '<output id="o"/><rule id="r"><inputEntry id="in"><text>{}</text></inputEntry><outputEntry id="out"><text>{}</text>'
    "</outputEntry></rule></decisionTable></decision></definitions>"
)
DECISIONS = {
    "code in an input": (DECISION.format(ATTACK, "1", "2"), "script-forbidden"),
    "code in a condition": (DECISION.format("n", ATTACK, "2"), "script-forbidden"),
    "code in a result": (DECISION.format("n", "1", ATTACK), "script-forbidden"),
    "DOCTYPE": ("<!DOCTYPE a>" + DECISION.format("n", "1", "2"), "xml-dtd"),
    "cut off": (DECISION[:200], "xml-syntax"),
}


def codes(report: FileReport, severity: Severity | None = None) -> set[str]:
    return {found.code for found in report.findings if severity in (None, found.severity)}


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_unusable_is_rejected(name: str) -> None:
    data, code = REJECTED[name]

    report = check(data, "x.bpmn", at=AT)

    assert report.rejected
    assert code in codes(report)
    assert all(found.line or found.element for found in report.findings if found.code == code)


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_not_run_is_refused(name: str) -> None:
    data, code = REFUSED[name]

    report = check(data, "x.bpmn", at=AT)

    assert not report.rejected
    assert code in codes(report, Severity.ERROR)


@pytest.mark.parametrize("name", WARNED)
def test_what_is_odd_is_told(name: str) -> None:
    data, code = WARNED[name]

    report = check(data, "x.bpmn", at=AT)

    assert not report.rejected
    assert code in codes(report) - codes(report, Severity.ERROR)


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_table_hides_no_code(name: str) -> None:
    text, code = DECISIONS[name]

    report = check(text.encode(), "x.dmn", at=AT)

    assert code in codes(report, Severity.ERROR)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_an_encoding_that_is_declared_and_true_is_read_or_refused(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{BODY}'
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")

    report = check(mark + text.encode(encoding), "x.bpmn", at=AT)

    assert codes(report) <= codes(check(PLAIN, "x.bpmn", at=AT)) | {"xml-encoding"}
    assert not report.rejected or "xml-encoding" in codes(report)


@pytest.mark.parametrize(
    "name", ["x", "x.", ".bpmn", "x.bpmn.exe", "x.BPMN", "a" * 5000 + ".bpmn", "../../x.bpmn", "\0.bpmn"]
)
def test_any_name_of_a_file_gives_a_report(name: str) -> None:
    report_as_json(check(PLAIN, name, at=AT), "vi")


def test_the_head_of_these_files_is_as_files_have_it() -> None:
    assert BODY.startswith(HEAD)
