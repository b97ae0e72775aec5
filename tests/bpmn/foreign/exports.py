"""What the files of tests/files/foreign_words say, field by field: by file and element."""

from bpmn.fiveclear import TimeUnit

D, H, W = TimeUnit.CALENDAR_DAY, TimeUnit.WORKING_HOUR, TimeUnit.WORKING_DAY
SIGN = "Phòng Văn hóa và Thông tin"

STEPS: dict[str, dict[str, dict[str, object]]] = {
    "camunda7.bpmn": {
        "Activity_nhan": {
            "who": ("Công chức", "Bộ phận Một cửa", None),
            "time": ("4 giờ", 4, H),
            "forms": ("forms/tiep-nhan.html",),
            "output": "Giấy tiếp nhận",
        },
        "Activity_tham": {
            "who": ("chuyen-vien", None, None),
            "with": ("to-truong",),
            "time": ("3 ngày", 3, D),
            "forms": ("tham-dinh",),
            "description": "Xem hồ sơ có đủ và đúng không.",
        },
        "Activity_ky": {},
        "Activity_tra": {"who": ("lan.nguyen", None, None)},
        "Activity_bao": {},
    },
    "camunda8.bpmn": {
        "Activity_1": {
            "who": ("Công chức tư pháp - hộ tịch", None, "Trần Thị Bình"),
            "time": ("2 giờ", 2, H),
            "forms": ("to-khai-ho-tich",),
            "output": "Tờ khai đã kiểm tra",
        },
        "Activity_2": {"forms": ("userTaskForm_2",)},
        "Activity_3": {"type": "external"},
    },
    "flowable.bpmn": {
        "viet": {"time": ("1 ngày", 1, D), "forms": ("don-nghi-phep",)},
        "duyet": {"who": ("Trưởng phòng", None, "kermit"), "with": ("Phó Trưởng phòng",)},
    },
    "activiti.bpmn": {
        "lap": {"who": ("Kế toán", None, None), "time": ("1 ngày 4 giờ", 12, H), "forms": ("du-toan.form",)},
    },
    "jbpm.bpmn2": {
        "_T1": {
            "who": ("Thanh tra viên", None, "Nguyễn Văn An"),
            "time": ("10 ngày", 10, D),
            "forms": ("XacMinh",),
            "note": "Gặp người khiếu nại",
        },
    },
    "signavio.bpmn": {
        "sid-t1": {
            "who": ("Văn thư", None, None),
            "time": ("½ ngày làm việc", 0.5, W),
            "forms": ("Mẫu 01",),
            "output": "Sổ công văn đến",
        },
        "sid-t2": {
            "who": ("Chuyên viên văn hóa", SIGN, None),
            "time": ("5 ngày", 5, D),
            "responsibility": "Trưởng phòng chịu trách nhiệm",
            "note": "Hồ sơ có yếu tố nước ngoài phải xin ý kiến Sở",
        },
    },
    "bizagi.bpmn": {
        "Id_t1": {
            "who": ("Kiểm lâm viên", None, None),
            "time": ("2 ngày làm việc", 2, W),
            "output": "Biên bản kiểm tra",
            "description": "Ghi biên bản tại chỗ.",
        },
    },
    "adonis.bpmn": {
        "_t1": {
            "who": ("Công chức địa chính", None, None),
            "output": "Phiếu đối chiếu",
            "note": "Đối chiếu bản gốc",
        },
    },
    "spiffarena.bpmn": {
        "Activity_1": {
            "who": ("Công chức văn hóa - xã hội", None, None),
            "forms": ("ra-soat-schema.json",),
            "note": "Đến từng hộ, ghi theo mẫu.",
        },
        "Activity_2": {"who": ("Công chức văn hóa - xã hội", None, None)},
    },
}

KEPT: dict[str, set[tuple[str, str, str]]] = {
    "camunda7.bpmn": {
        ("cap_phep", "camunda:candidateStarterGroups", "no-step"),
        ("StartEvent_1", "camunda:initiator", "no-step"),
        ("Activity_nhan", "camunda:taskListener", "program"),
        ("Activity_tham", "camunda:priority", "no-field"),
        ("Activity_tham", "camunda:followUpDate", "no-field"),
        ("Activity_ky", "camunda:assignee", "expression"),
        ("Activity_ky", "camunda:dueDate", "expression"),
        ("Activity_tra", "camunda:candidateUsers", "persons"),
        ("Activity_tra", "camunda:dueDate", "date"),
        ("Activity_bao", "camunda:delegateExpression", "program"),
    },
    "camunda8.bpmn": {
        ("Activity_1", "zeebe:taskSchedule followUpDate", "no-field"),
        ("Activity_1", "zeebe:priorityDefinition priority", "no-field"),
        ("Activity_2", "zeebe:assignmentDefinition assignee", "expression"),
        ("Activity_2", "zeebe:assignmentDefinition candidateGroups", "expression"),
        ("Activity_2", "zeebe:taskSchedule dueDate", "expression"),
        ("Activity_2", "zeebe:ioMapping", "program"),
    },
    "flowable.bpmn": {
        ("viet", "flowable:assignee", "expression"),
        ("viet", "flowable:businessCalendarName", "no-field"),
        ("duyet", "flowable:taskListener", "program"),
        ("duyet", "flowable:dueDate", "recurrence"),
    },
    "activiti.bpmn": {("lap", "activiti:category", "no-field"), ("lap", "activiti:formProperty", "no-field")},
    "jbpm.bpmn2": {("_T1", "drools:onEntry-script", "program"), ("_T1", "Priority", "no-field")},
    "signavio.bpmn": set(),
    "bizagi.bpmn": set(),
    "adonis.bpmn": {("_t1", "adonis:attribute «A_PROCESSING_TIME»", "unclear")},
    "spiffarena.bpmn": {
        ("Activity_1", "spiffworkflow:preScript", "program"),
        ("Activity_2", "spiffworkflow:instructionsForEndUser", "expression"),
    },
}

OPEN_DAYS = {
    "camunda7.bpmn": {"Activity_tham"},
    "flowable.bpmn": {"viet"},
    "activiti.bpmn": {"lap"},
    "jbpm.bpmn2": {"_T1"},
    "signavio.bpmn": {"sid-t2"},
}
