#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of guarded.py: what it makes is compiled, and run with each mutant alive."""

from __future__ import annotations

import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import guarded
import mutate
from test_mutate import repository

FILE = """\
#include <stdio.h>
#define VISIBLE_IF_KUNIT static

/* no function: g(int a)
{
}
*/
VISIBLE_IF_KUNIT int g(const int *values, int (*map)(int a, int b), int last[2])
{
	static int base = 1;

	return map(values[0], base) + last[1];
}

static int add(int a, int b)
{
	return a + b;
}

static unsigned long
twice(unsigned long
      value)
{
	if (value > 100)
		return value;
	return twice(value + 100) + 1;
}

void print(void)
{
	int last[2] = { 0, 10 };

	printf("%d %lu\\n", g(last, add, last), twice(1));
}
"""
MAIN = "\nint main(int count, char **words)\n{\n\talive = count - 1;\n\tprint();\n\treturn 0;\n}\n"
GUARD = "static int alive;\n#define bench_is(number) (alive == (number))\n"


def mutant(*edits: tuple[str, str], name: str = "m", file: str = "a.c") -> mutate.Mutant:
    """A mutant of lines and what replaces them."""
    return mutate.Mutant(name, "", [], [], [mutate.Edit(file, "", old, new) for old, new in edits])


NOTHING_ADDED = mutant(("\treturn a + b;\n", "\treturn a;\n"))
NO_BASE = mutant(("\tstatic int base = 1;\n", "\tstatic int base = 0;\n"))
BOTH = mutant(("\treturn a + b;\n", "\treturn a - b;\n"), ("\t\treturn value;\n", "\t\treturn 7;\n"))
NO_END = mutant(("\treturn twice(value + 100) + 1;\n", "\treturn twice(value + 10);\n"))


def outputs(mutants: list[mutate.Mutant]) -> list[str]:
    """What FILE prints with none alive, and with each."""
    changed = [guarded.bodies(one, "a.c", FILE) for one in mutants]
    text = guarded.guarded(FILE, [(number, new or {}) for number, new in enumerate(changed, 1)])
    with tempfile.TemporaryDirectory() as folder:
        program = f"{folder}/a"
        command = ("gcc", "-std=gnu11", "-Wall", "-Werror", "-x", "c", "-o", program, "-")
        subprocess.run(command, input=GUARD + text + MAIN, text=True, check=True)
        words = [[program] + ["x"] * number for number in range(len(mutants) + 1)]
        return [subprocess.run(one, capture_output=True, text=True, check=True).stdout for one in words]


class TestGuarded(unittest.TestCase):
    """Which mutants can be in one kernel, and what it does."""

    def test_each_alone(self) -> None:
        found = outputs([NOTHING_ADDED, NO_BASE, BOTH, NO_END])
        self.assertEqual(found, ["11 102\n", "10 102\n", "10 102\n", "9 8\n", "11 101\n"])

    def test_others_need_a_kernel(self) -> None:
        for old in ("#define VISIBLE_IF_KUNIT static\n", "static int add(int a, int b)\n", "static int add(int a, int b)\n{\n"):
            self.assertIsNone(guarded.bodies(mutant(("\treturn a + b;\n", ""), (old, "\n")), "a.c", FILE), old)

    def test_no_function(self) -> None:
        self.assertEqual([one.name for one in guarded.functions(FILE)], ["g", "add", "twice", "print"])
        for head in ("static const int a[] =", "#define f(a)", "struct a", "\tf(a)", "void f(int a, ...)"):
            text = head + "\n{\n}\n"
            self.assertEqual(guarded.functions(text), [], text)

    def test_commit(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            git = repository(folder, {"a.c": FILE, "b.h": "x\n", guarded.MAKEFILE: "obj-y += a.o\n"})
            header = mutant(("x\n", "y\n"), file="b.h")
            mixed = mutate.Mutant("mixed", "", [], [], [*NO_BASE.edits, *header.edits])
            with mock.patch.object(mutate, "LINUX", folder):
                made, names = guarded.together("series", [header, NO_BASE, mixed, BOTH])
            self.assertEqual(names, ["m", "m"])
            self.assertIn("#define MUTANTS 2\n", git("show", f"{made}:{guarded.OBJECT}"))
            self.assertEqual(git("show", f"{made}:{guarded.MAKEFILE}"), "obj-y += a.o\nobj-y += bench_mutant.o\n")
            text = git("show", f"{made}:a.c")
            self.assertTrue(text.startswith("#include <linux/bench_mutant.h>\n#include <stdio.h>\n"))
            self.assertEqual(git("diff", "--name-only", "series", made, "--", "b.h"), "")


if __name__ == "__main__":
    unittest.main()
