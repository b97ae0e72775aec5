"""Invented names for the people of the demo town."""

from collections.abc import Iterator

FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
)
MIDDLES = ("Văn", "Thị", "Minh", "Thanh", "Quốc", "Ngọc", "Hữu", "Thu", "Đức", "Kim", "Xuân")
GIVENS = (
    "An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hạnh", "Hiếu", "Hoa", "Hùng", "Khánh", "Lan", "Linh", "Long", "Mai",
    "Nam", "Nga", "Oanh", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Thủy", "Trang", "Tuấn", "Việt", "Yến",
)  # fmt: skip


def invented_names() -> Iterator[str]:
    """Yield names, always the same ones in the same order; the first thousands are all different."""
    number = 0
    while True:
        family = FAMILIES[number % len(FAMILIES)]
        middle = MIDDLES[number % len(MIDDLES)]
        given = GIVENS[number % len(GIVENS)]
        yield f"{family} {middle} {given}"
        number += 1
