"""统一社会信用代码 (GB 32100-2015): eighteen signs, the last a check sign. The arithmetic is python-stdnum's."""

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength


def read_uscc(text: str) -> str:
    """The code in its standard form. Raises ValueError in words that say what is wrong."""
    code = "".join(text.split()).upper()
    try:
        return str(uscc.validate(code))
    except InvalidLength:
        raise ValueError(f"统一社会信用代码应为 18 位，现在是 {len(code)} 位。") from None
    except InvalidChecksum:
        raise ValueError(f"校验不通过：最后一位应为 {uscc.calc_check_digit(code[:-1])}，或者前面有写错的。") from None
    except (InvalidFormat, InvalidComponent):
        raise ValueError("只能是数字和大写字母（不含 I、O、S、V、Z），第 3 至 8 位是行政区划代码。") from None
