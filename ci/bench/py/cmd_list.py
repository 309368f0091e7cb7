# SPDX-License-Identifier: GPL-2.0-only
"""Lists the suites of suites.cfg: machines, kernel, and limit in seconds."""

from __future__ import annotations

import argparse
import sys

import suites


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""
    del parser


def main(_: argparse.Namespace) -> int:
    """One line a suite."""
    try:
        known = suites.load().values()
    except suites.Refused as error:
        print(f"bench list: {error}", file=sys.stderr)
        return error.code
    width = max(len(suite.name) for suite in known)
    for suite in known:
        print(f"{suite.name:{width}}  {suite.kernel:8}  {suite.limit:4g} s  {' '.join(suite.machines)}")
    return 0
