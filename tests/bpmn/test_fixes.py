"""One-click fixes: after the fix the finding is gone, nothing new is found, and only what it names has changed."""

import pytest
from lxml import etree

from bpmn.check import check
from bpmn.document import Document, read_document
from bpmn.findings import Clear, Finding, Severity
from bpmn.fixes import FIXES, NoFix, fixed, offered
from tests.bpmn.models import END, START, file_of, gateway, task
from tests.bpmn.test_rules import AT, PAIRS, TOWN

CHANGED = {
    "no-default": {"x", "fc"},
    "default-conditional": {"fd"},
    "no-condition": {"x", "fd"},
    "expression-syntax": {"fc"},
    "implicit-split": {"t1", "t1_split_1", "flow_t1_1", "f_t1_t2", "f_t1_t3"},
    "conditional-flow": {"fc"},
    "no-outgoing": {"flow_b_1"},
    "script-forbidden": {"t1"},
    "not-executable": {"P"},
    "id-reserved": {"Start", "Start_1", "f1"},
    "name-not-verb": {"t1"},
    "responsibility-missing": {"t1"},
    "supporter-responsibility-missing": {"t1"},
    "handover-missing": {"t1"},
    "lane-performer-differs": {"l1", "l2"},
    "total-mismatch": {"P"},
    "limit-exceeded": {"t1", "t2"},
    "di-bounds": set(),
}
"""What each fix may change in the file that its rule refuses."""
FORMS = {
    "name-not-verb": {'name="Hồ sơ trình ký"': 'name="Chuyên viên thẩm định hồ sơ"'},
    "expression-syntax": {"số tiền &gt;&gt; 10": "${n &gt; 10}"},
    "no-condition": {
        ' default="fd"': "",
        'targetRef="t2"/>': 'targetRef="t2"><bpmn:conditionExpression>n == 1</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>",
    },
}


def findings(data: bytes) -> list[Finding]:
    return list(check(data, "x.bpmn", directory=TOWN, at=AT).findings)


def document(data: bytes) -> Document:
    read = read_document(data).document
    assert read is not None
    return read


def words(root: etree._Element) -> dict[str, bytes]:
    """Each element of the model by its id, as it stands without the elements inside that have ids of their own."""
    found = {}
    for element in root.iter("{*}*"):
        name = element.get("id")
        if name and "DI" not in etree.QName(element).namespace and "BPMN/20100524/DI" not in str(element.tag):
            bare = etree.fromstring(etree.tostring(element))
            for child in bare.xpath("./descendant::*[@id]"):
                child.getparent().remove(child)
            etree.strip_attributes(bare, "{http://www.w3.org/2000/xmlns/}x")
            bare.tail = None
            found[name] = b"".join(etree.tostring(bare, method="c14n2").split())
    return found


def refused(code: str) -> bytes:
    """The file that the rule refuses, with the fault in the form that a machine can mend."""
    text = (PAIRS / f"{code}.refused.bpmn").read_text("utf-8")
    for was, now in FORMS.get(code, {}).items():
        assert was in text
        text = text.replace(was, now, 1)
    return text.encode()


def mended(data: bytes, code: str) -> tuple[Finding, Document, Document]:
    finding = next(each for each in findings(data) if each.code == code and offered(each))
    before = document(data)
    return finding, before, fixed(before, finding)


@pytest.mark.parametrize("code", sorted(CHANGED))
def test_the_finding_is_gone_and_nothing_else_is_new(code: str) -> None:
    data = refused(code)

    finding, _, after = mended(data, code)

    left = findings(after.serialised())
    assert (code, finding.element) not in {(each.code, each.element) for each in left}
    grave = [each for each in findings(data) if each.severity is Severity.ERROR]
    assert sum(each.severity is Severity.ERROR for each in left) <= len(grave) + (code == "script-forbidden") * 4


@pytest.mark.parametrize("code", sorted(CHANGED))
def test_only_what_the_fix_is_about_changes(code: str) -> None:
    _, before, after = mended(refused(code), code)

    was, now = words(before.root), words(after.root)

    assert {name for name in {*was, *now} if was.get(name) != now.get(name)} <= CHANGED[code]


@pytest.mark.parametrize("code", sorted(CHANGED))
def test_the_given_document_stays_as_it_is(code: str) -> None:
    data = refused(code)
    finding = next(each for each in findings(data) if each.code == code and offered(each))
    given = document(data)
    before = given.canonical()

    fixed(given, finding)

    assert given.canonical() == before


@pytest.mark.parametrize("text", ["Kiểm\u202etra", "Kiểm tra\u200b hồ sơ", "Kiểm&#13;tra"])
def test_characters_that_nobody_sees_go(text: str) -> None:
    data = file_of(START, END, f'<bpmn:userTask id="a" name="{text}"/>', "s -> a", "a -> e")
    finding = next(each for each in findings(data) if each.code.startswith("text-"))

    after = fixed(document(data), finding)

    assert finding.code not in {each.code for each in findings(after.serialised())}


def test_every_fix_is_tried() -> None:
    assert set(FIXES) == {*CHANGED, "text-bidi", "text-control", "text-invisible"}


def test_several_conditions_behind_a_step_move_to_a_gateway() -> None:
    data = file_of(
        *(START, END, task("a"), task("b"), task("c"), "s -> a", "a -> b ? n > 1", "a -> c"),
        *("b -> e", "c -> e"),
    )
    finding = next(each for each in findings(data) if each.code == "conditional-flow")

    process = fixed(document(data), finding).processes["P"]

    assert process.nodes["a_split_1"].tag == "exclusiveGateway"
    assert process.nodes["a_split_1"].default == "f_a_c"
    assert {process.flows[name].target for name in process.nodes["a_split_1"].outgoing} == {"b", "c"}


def test_a_way_without_an_end_gets_one_in_its_lane() -> None:
    lane = '<bpmn:lane id="l" name="A"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
    lanes = f'<bpmn:laneSet id="ls">{lane}</bpmn:laneSet>'
    data = file_of(lanes, START, task("a"), "s -> a")
    finding = next(each for each in findings(data) if each.code == "no-outgoing")

    process = fixed(document(data), finding).processes["P"]

    assert process.nodes["end_1"].lane == "l"
    assert not process.nodes["end_1"].outgoing


def test_the_default_is_the_way_that_goes_on() -> None:
    data = file_of(
        *(START, END, task("a"), gateway("x"), "s -> a", "a -> x", "x -> a ? n > 1", "x -> e ? n <= 1"),
    )
    finding = next(each for each in findings(data) if each.code == "no-default")

    assert fixed(document(data), finding).processes["P"].nodes["x"].default == "f_x_e"


def test_what_is_drawn_stays_and_what_is_new_is_drawn() -> None:
    data = (PAIRS / "di-bounds.refused.bpmn").read_bytes()

    _, before, after = mended(data, "di-bounds")

    drawn = [{each.get("bpmnElement") for each in root.iter("{*}BPMNShape")} for root in (before.root, after.root)]
    assert drawn[0] <= drawn[1]


@pytest.mark.parametrize("code", ["deadlock", "ref-missing", "performer-unknown"])
def test_what_only_a_person_can_decide_has_no_fix(code: str) -> None:
    data = file_of(START, END, task("a"), "s -> a", "a -> e")

    with pytest.raises(NoFix):
        fixed(document(data), Finding(code, Severity.ERROR, Clear.PROCESS, "a"))


def test_a_fix_that_is_no_longer_true_is_refused() -> None:
    data = (PAIRS / "not-executable.refused.bpmn").read_bytes()
    finding, _, after = mended(data, "not-executable")

    with pytest.raises(NoFix):
        fixed(after, finding)
