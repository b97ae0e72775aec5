from bpmn.findings import Clear, Finding, Severity
from web.present.findings import Row, finding_lines

ROWS = {f"step_{number}": Row(f"step_{number}", str(number)) for number in range(1, 9)}


def finding(element: str | None, severity: Severity = Severity.ERROR, code: str = "responsibility-missing") -> Finding:
    return Finding(code, severity, Clear.RESPONSIBILITY, element=element, line=12, facts={"name": "Ký"})


def lines(*found: Finding):
    return finding_lines(found, ROWS, language="vi")


def test_the_worst_stands_first_and_leads_to_its_row() -> None:
    warned, wrong = lines(finding("step_2", Severity.WARNING), finding("step_1"))[::-1]

    assert (wrong.severity, wrong.row, wrong.step, wrong.place) == (Severity.ERROR, "buoc-step_1", "1", "")
    assert warned.severity is Severity.WARNING


def test_a_finding_with_a_row_does_not_repeat_its_place() -> None:
    (line,) = lines(finding("step_1"))

    assert "step_1" not in line.message
    assert "dòng" not in line.message


def test_a_finding_without_a_row_says_where_it_lies() -> None:
    (line,) = lines(finding("flow_9"))

    assert (line.row, "flow_9" in line.place, "12" in line.place) == ("", True, True)


def test_many_of_one_kind_are_told_once() -> None:
    (told,) = lines(*(finding(f"step_{number}") for number in range(1, 5)))

    assert [other.step for other in told.others] == ["2", "3", "4"]


def test_few_of_one_kind_are_told_each() -> None:
    assert len(lines(finding("step_1"), finding("step_2"))) == 2
