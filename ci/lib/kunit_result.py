#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Judges what kunit.py --json wrote.

    kunit_result.py JSON                        each suite with its counts; no case failed, some passed
    kunit_result.py JSON --cases FILE           ... and each suite of FILE has that many at least
    kunit_result.py JSON --skipped              all were skipped
    kunit_result.py JSON SUITE.CASE PASS|FAIL   that case passed, or failed with one parameter at least

Exit code: 0 as wanted; 1 otherwise, also for a case that did not run, was skipped or crashed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Group = dict[str, Any]


def states(group: Group) -> Iterator[str]:
    """What became of each case of a suite, and of each parameter of a case."""
    yield from (case["status"] for case in group["test_cases"])
    for inner in group["sub_groups"]:
        yield from states(inner)


def case_states(suites: dict[str, Group], suite: str, case: str) -> set[str]:
    """What became of one case; nothing if it did not run."""
    group = suites.get(suite, {"test_cases": [], "sub_groups": []})
    single = {one["status"] for one in group["test_cases"] if one["name"] == case}
    return single.union(*(states(inner) for inner in group["sub_groups"] if inner["name"] == case))


def judge_case(suites: dict[str, Group], name: str, wanted: str) -> int:
    """One case."""
    seen = case_states(suites, *name.split(".", 1))
    if seen == {"PASS"} if wanted == "PASS" else "FAIL" in seen and seen <= {"PASS", "FAIL"}:
        return 0
    print(f"{name}: wanted {wanted}, got {', '.join(sorted(seen)) or 'no result'}")
    return 1


def judge_all(suites: dict[str, Group], least: dict[str, int], *, skipped: bool) -> int:
    """All suites."""
    bad = total = 0
    for name in sorted(suites | least):
        seen = list(states(suites[name])) if name in suites else []
        counts = {state: seen.count(state) for state in ("PASS", "SKIP", "FAIL", "ERROR")}
        print(f"{name}: " + ", ".join(f"{count} {state.lower()}" for state, count in counts.items()))
        total += counts["SKIP" if skipped else "PASS"]
        if skipped and counts["PASS"]:
            bad += 1
        if counts["FAIL"] or counts["ERROR"]:
            bad += 1
        elif counts["PASS"] < least.get(name, 0):
            bad += 1
            print(f"{name}: {least[name]} were to pass: a case is lost, or skipped")
    return 1 if bad or not total else 0


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("result", type=Path, help="what kunit.py wrote")
    parser.add_argument("case", nargs="?", help="SUITE.CASE")
    parser.add_argument("wanted", nargs="?", choices=["PASS", "FAIL"], default="PASS")
    parser.add_argument("--cases", type=Path, help="lines of suite and number")
    parser.add_argument("--skipped", action="store_true", help="every case was skipped")
    args = parser.parse_args()
    try:
        suites = {group["name"]: group for group in json.loads(args.result.read_text(encoding="utf-8"))["sub_groups"]}
        lines = args.cases.read_text(encoding="utf-8").splitlines() if args.cases else []
    except (OSError, ValueError, KeyError) as error:
        print(f"kunit_result.py: {args.result}: {error}", file=sys.stderr)
        return 3
    if args.case:
        return judge_case(suites, args.case, args.wanted)
    least = dict(line.split() for line in lines if line and line[0] != "#")
    return judge_all(suites, {name: int(count) for name, count in least.items()}, skipped=args.skipped)


if __name__ == "__main__":
    sys.exit(main())
