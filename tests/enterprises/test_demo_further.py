"""What the demo city says of the works fits the trade."""

import json
from pathlib import Path

import enterprises.demo
from enterprises.demo.further import PROCESSES

WORDS = Path(enterprises.demo.__file__).parent.parent / "data" / "demo_words.json"


def test_whoever_makes_something_from_raw_materials_says_how():
    trades = [
        each for kind in json.loads(WORDS.read_text(encoding="utf-8"))["trades"].values() for each in kind
    ]
    names = {word for _sub, word, *_rest in trades}
    makers = {word for _sub, word, _code, _products, materials, *_rest in trades if materials}

    assert set(PROCESSES) <= names
    assert makers - set(PROCESSES) == {"加油站"}
