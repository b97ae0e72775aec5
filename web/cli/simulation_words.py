"""The words of `namro simulate`, in both languages."""

from collections.abc import Mapping

SIMULATION: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "simulating": "… đã xong {done}/{cases} hồ sơ",
        "scenario": "Giả định không hợp lệ: {given}",
        "sim-title": "Mô phỏng: {title}",
        "sim-supposed": "{cases} hồ sơ, {arrivals} ({pattern}), từ {start}; hạt giống {seed}",
        "sim-even": "đến đều",
        "sim-poisson": "đến ngẫu nhiên",
        "sim-hour": "{count}/giờ làm việc",
        "sim-day": "{count}/ngày làm việc",
        "sim-week": "{count}/tuần",
        "sim-month": "{count}/tháng",
        "sim-year": "{count}/năm",
        "sim-none": "Chưa có hồ sơ nào xong trong thời gian theo dõi.",
        "sim-lead": "Thời gian giải quyết",
        "sim-spread": "trung bình {mean} · một nửa ≤ {p50} · 90 % ≤ {p90} · 95 % ≤ {p95} · lâu nhất {longest} {unit}",
        "sim-calendar": "Theo lịch",
        "sim-late": "Quá hạn giải quyết",
        "sim-late-share": "{share} hồ sơ",
        "sim-no-limit": "quy trình không ghi thời hạn giải quyết",
        "sim-cases": "Hồ sơ",
        "sim-counts": "{done} xong, {open} đang làm; cùng lúc bình quân {mean}, nhiều nhất {most}; xong {rate}/ngày",
        "sim-ends": "Kết thúc",
        "sim-step": "Bước",
        "sim-performer": "Người thực hiện",
        "sim-visits": "Lượt/hồ sơ",
        "sim-waits": "Chờ",
        "sim-works": "Làm",
        "sim-p90": "90 % ≤",
        "sim-late-column": "Trễ",
        "sim-heat": "Phần thời gian",
        "sim-position": "Vị trí",
        "sim-officers": "Người",
        "sim-load": "Tải",
        "sim-queue": "Xếp hàng",
        "sim-queue-longest": "Dài nhất",
        "sim-enough": "Nên có",
        "sim-as-many": "đủ",
        "sim-bottleneck": "Chỗ nghẽn",
        "sim-overload": (
            "{position} quá tải: việc đến bằng {offered} sức làm, hàng đợi chỉ dài thêm. Hồ sơ mất {share} thời gian"
            " chờ ở đây, nhiều nhất tại bước {step}. Cần ít nhất {enough} người (đang tính {officers})."
        ),
        "sim-queue-why": (
            "Hồ sơ mất {share} thời gian chờ {position} (đang tính {officers} người, bận {load} thời gian), nhiều nhất"
            " tại bước {step}. Với {enough} người, tải không quá 85 %."
        ),
        "sim-chance-why": (
            "Hồ sơ mất {share} thời gian chờ {position} (đang tính {officers} người, bận {load} thời gian), nhiều nhất"
            " tại bước {step}. Số người đủ; hồ sơ chờ vì việc đến dồn từng lúc."
        ),
        "sim-step-why": "Không vị trí nào để hồ sơ chờ lâu; bước {step} chiếm nhiều thời gian nhất: {share}.",
        "sim-provisional": "Có năm chưa có lịch nghỉ chính thức: kết quả tạm tính.",
        "sim-assumed": "Thời gian làm thật của mỗi bước là giả định ({work} hạn của bước); sửa bằng --work, --step.",
        "sim-whole": "Mỗi bước dùng hết hạn của mình.",
        "sim-working-days": "ngày làm việc",
        "sim-working-hours": "giờ làm việc",
        "sim-calendar-days": "ngày",
        "sim-day-is": "Trong bảng, 1 ngày là 8 giờ làm việc; thời gian chờ, làm là trung bình mỗi lượt.",
        "sim-days": "{count} ngày",
        "sim-hours": "{count} giờ",
        "sim-minutes": "{count} phút",
    },
    "en": {
        "simulating": "… {done}/{cases} cases done",
        "scenario": "These assumptions do not fit: {given}",
        "sim-title": "Simulation: {title}",
        "sim-supposed": "{cases} cases, {arrivals} ({pattern}), from {start}; seed {seed}",
        "sim-even": "evenly",
        "sim-poisson": "by chance",
        "sim-hour": "{count} a working hour",
        "sim-day": "{count} a working day",
        "sim-week": "{count} a week",
        "sim-month": "{count} a month",
        "sim-year": "{count} a year",
        "sim-none": "No case was done while it was watched.",
        "sim-lead": "Lead time",
        "sim-spread": "mean {mean} · half ≤ {p50} · 90% ≤ {p90} · 95% ≤ {p95} · longest {longest} {unit}",
        "sim-calendar": "By the calendar",
        "sim-late": "Past the limit",
        "sim-late-share": "{share} of cases",
        "sim-no-limit": "the procedure states no limit",
        "sim-cases": "Cases",
        "sim-counts": "{done} done, {open} open; {mean} at a time, {most} at most; {rate} done a day",
        "sim-ends": "Ends",
        "sim-step": "Step",
        "sim-performer": "Performer",
        "sim-visits": "Visits/case",
        "sim-waits": "Waits",
        "sim-works": "Work",
        "sim-p90": "90% ≤",
        "sim-late-column": "Late",
        "sim-heat": "Part of the time",
        "sim-position": "Position",
        "sim-officers": "Officers",
        "sim-load": "Load",
        "sim-queue": "Queue",
        "sim-queue-longest": "Longest",
        "sim-enough": "Enough",
        "sim-as-many": "enough",
        "sim-bottleneck": "Bottleneck",
        "sim-overload": (
            "{position} gets more work than it can do ({offered} of its time): the queue only grows. Cases lose {share}"
            " of their time here, most at step {step}. At least {enough} officers are needed (now {officers})."
        ),
        "sim-queue-why": (
            "Cases lose {share} of their time waiting for {position} (now {officers}, busy {load} of the time), most at"
            " step {step}. With {enough} the load is at most 85%."
        ),
        "sim-chance-why": (
            "Cases lose {share} of their time waiting for {position} (now {officers}, busy {load} of the time), most at"
            " step {step}. There are enough officers; cases wait because work comes in waves."
        ),
        "sim-step-why": "Nobody makes cases wait for long; step {step} takes most of the time: {share}.",
        "sim-provisional": "Years without an official calendar were reached: the result is provisional.",
        "sim-assumed": "How long work really takes is supposed ({work} of a step's limit): see --work, --step.",
        "sim-whole": "Each step takes all of its limit.",
        "sim-working-days": "working days",
        "sim-working-hours": "working hours",
        "sim-calendar-days": "days",
        "sim-day-is": "In the tables a day is 8 working hours; waits and work are means of a visit.",
        "sim-days": "{count} days",
        "sim-hours": "{count} h",
        "sim-minutes": "{count} min",
    },
}
