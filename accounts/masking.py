"""Personal data as others may see it (PIPL 51, handbook §16.2)."""


def mask_name(name: str) -> str:
    """周明远 → 周**; one character stays."""
    return name[:1] + "*" * (len(name) - 1)


def mask_phone(phone: str) -> str:
    """13812341234 → 138****1234; a short number keeps its last two digits."""
    if len(phone) < 8:
        return "*" * max(len(phone) - 2, 0) + phone[-2:]
    return f"{phone[:3]}****{phone[-4:]}"


def mask_id_no(number: str) -> str:
    """Identity number: the first three and the last four characters stay."""
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
