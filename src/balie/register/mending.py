"""What is wrong with a text that is no YAML, and how to mend it: one sentence about the line where it shows.

The reader of YAML names what it waited for; people want to know what they typed. The line itself tells the two apart.
"""

import re

import yaml

from balie.kernel import Sentence, sentence

_WITH_A_COLON = re.compile(r"^\s*(?:- +)?[^\s\"'{\[][^\"'{\[]*?: .*: ?")


def what_is_wrong(stop: yaml.MarkedYAMLError, text: str) -> tuple[int, Sentence]:
    """The line (from 0) and the sentence, without the name of the file."""
    problem = stop.problem or stop.context or ""
    mark = stop.problem_mark or stop.context_mark
    row, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    line = lines[row] if row < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return row, sentence("a tab stands before the first word; indent with spaces")
    if "unexpected end of stream" in problem and stop.context_mark:
        return stop.context_mark.line, sentence("the quotation mark that opens here is never closed; close it")
    if "expected ',' or" in problem and stop.context_mark:
        return row, _open_bracket(stop.context_mark)
    return row, _of_a_line(problem, line, column)


def _open_bracket(opened: yaml.Mark) -> Sentence:
    return sentence(
        "the bracket that opens in line {line} is not closed, or a text in it needs quotation marks; mend that one",
        line=opened.line + 1,
    )


def _of_a_line(problem: str, line: str, column: int) -> Sentence:
    first = len(line) - len(line.lstrip())
    if "cannot start any token" in problem or "alphabetic or numeric" in problem:
        sign = line[column - 1 : column + 1].strip() if "alphabetic" in problem else line[column : column + 1]
        return sentence("a text cannot begin with {sign}; put it in quotation marks", sign=sign[:1])
    if "mapping values" in problem:
        return _TEXT_WITH_A_COLON if _WITH_A_COLON.match(line) else _INDENTED_OTHERWISE
    if "unknown escape" in problem or (problem == _WAITED_FOR_A_KEY and "\\" in line and column > first):
        return sentence("a backslash stands in quotation marks; write it twice, or use single quotation marks")
    if problem.startswith("did not find expected"):
        return _TEXT_AFTER_A_QUOTATION if column > first else _INDENTED_OTHERWISE
    if "could not find expected ':'" in problem:
        return sentence("the line above has no colon with a space after it; write `key: value`")
    return sentence(
        "this is no YAML ({problem}); look at the spaces at the beginning of the line and put texts with a "
        "colon or a comma in quotation marks",
        problem=problem,
    )


_WAITED_FOR_A_KEY = "did not find expected key"
_TEXT_WITH_A_COLON = sentence("a text with a colon and a space in it needs quotation marks; put it in them")
_TEXT_AFTER_A_QUOTATION = sentence(
    "something stands after the closing quotation mark; put the whole text in quotation marks"
)
_INDENTED_OTHERWISE = sentence(
    "this line, or the one above, does not begin where its neighbours do; indent all keys of one block alike"
)
