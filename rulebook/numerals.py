"""Chinese numerals of chapters and articles, both ways."""

DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
TEN_THOUSAND = "万"
SYNONYMS = str.maketrans({"〇": "零", "○": "零", "两": "二", "廿": "二十", "卅": "三十"})
LIMIT = 10_000 * 10_000


def to_int(text: str) -> int:
    """Read ``一百三十四`` (or plain digits) as a number; anything else is a ValueError."""
    text = text.strip().translate(SYNONYMS)
    if not text:
        raise ValueError("an empty numeral")
    if text.isdecimal():
        return int(text)
    high, mark, low = text.rpartition(TEN_THOUSAND)
    if mark and not high:
        raise ValueError(f"{text!r} is not a Chinese numeral")
    return (_below_ten_thousand(high) * 10_000 if mark else 0) + (_below_ten_thousand(low) if low else 0)


def to_chinese(number: int) -> str:
    """Write a number as laws do: 10 is 十, 78 is 七十八, 105 is 一百零五."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"{number} is out of range")
    if number < 10:
        return DIGITS[number]
    if number >= 10_000:
        return _join(to_chinese(number // 10_000) + TEN_THOUSAND, number % 10_000, 1000)
    size, unit = next((size, unit) for unit, size in reversed(UNITS.items()) if number >= size)
    head = "" if unit == "十" and number < 20 else DIGITS[number // size]
    return _join(head + unit, number % size, size // 10)


def _join(head: str, rest: int, next_size: int) -> str:
    if not rest:
        return head
    gap = "零" if rest < next_size else ""
    # 十 alone stands only at the front: 一百一十, never 一百十.
    tail = "一" + to_chinese(rest) if 10 <= rest < 20 else to_chinese(rest)
    return head + gap + tail


def _below_ten_thousand(text: str) -> int:
    total, digit = 0, None
    for sign in text:
        if sign in UNITS:
            total += (1 if digit is None else digit) * UNITS[sign]
            digit = None
        elif sign in DIGITS and not digit:
            digit = DIGITS.index(sign)
        else:
            raise ValueError(f"{text!r} is not a Chinese numeral")
    return total + (digit or 0)


def article_label(number: int, branch: int = 0) -> str:
    """The Chinese label of an article: 第七十八条, 第一百三十四条之一."""
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(branch)}" if branch else "")
