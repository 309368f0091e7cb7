#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Whether one case of a KUnit suite passed, or failed, as kunit.py exec --json says.

Exit code: 0 as wanted; 1 otherwise, also for a case that did not run, was skipped or crashed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

Group = dict[str, Any]


def find(groups: list[Group], name: str) -> Group:
    """The group of that name, or an empty one."""
    return next((group for group in groups if group["name"] == name), {"name": name, "sub_groups": [], "test_cases": []})


def states(result: Group, suite: str, case: str) -> list[str]:
    """What became of the case; one state a parameter, none if it did not run."""
    group = find(result["sub_groups"], suite)
    plain = [single["status"] for single in group["test_cases"] if single["name"] == case]
    return plain + [single["status"] for single in find(group["sub_groups"], case)["test_cases"]]


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("result", type=Path, help="what kunit.py wrote")
    parser.add_argument("case", help="SUITE.CASE")
    parser.add_argument("wanted", choices=["PASS", "FAIL"], help="FAIL: with one parameter at least")
    arguments = parser.parse_args()
    suite, _, case = arguments.case.partition(".")
    seen = states(json.loads(arguments.result.read_text(encoding="utf-8")), suite, case)

    good = set(seen) == {"PASS"} if arguments.wanted == "PASS" else "FAIL" in seen and set(seen) <= {"PASS", "FAIL"}
    if not good:
        print(f"{arguments.case}: wanted {arguments.wanted}, got {', '.join(sorted(set(seen))) or 'no result'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
