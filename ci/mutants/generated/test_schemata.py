#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of the rules: what becomes a mutant, how it is written, and what is left alone."""

from __future__ import annotations

import re
import unittest

import schemata

FUNCTION = """\
static int f(struct a *a)
{
	int ret, num;
	void *ptr;
%s
}
"""
RET = "({ __auto_type __bench = (g(a)); if (__bench && bench_is(N)) __bench = 0; __bench; })"


def read(body: str, lines: set[int] | None = None, function: str = FUNCTION) -> tuple[list[str], str]:
    """Names of the mutants of a function with a body, and the body with them; by default all is changed."""
    text = "#include <a.h>\n" + function % body
    source = schemata.Source("d/a.c", text.encode(), lines or set(range(1, 100)), 1)
    source.read()
    head, _, rest = function.partition("%s")
    made = source.text().decode().removeprefix("#include <a.h>\n" + head)
    return [mutant.anchor for mutant in source.mutants], re.sub(r"bench_is\(\d+\)", "bench_is(N)", made.removesuffix(rest))


class TestSchemata(unittest.TestCase):
    """Body in, mutants out."""

    def check(self, body: str, names: list[str], made: str, function: str = FUNCTION) -> None:
        """These mutants of a body, and no other; an empty text is for the body as it was."""
        found, text = read(body, function=function)
        self.assertEqual(found, [f"{kind} a.c f: {about}" for kind, about in (name.split(" ", 1) for name in names)])
        self.assertEqual(text, made or body)

    def test_drop(self) -> None:
        self.check("\tg(a);", ["drop g(a)"], "\tdo { if (!bench_is(N)) g(a); } while (0);")
        self.check("\tif (a)\n\t\ta->ops->g(a);\n\telse\n\t\th();", ["negate a", "drop a->ops->g(a)", "drop h()"],
                   "\tif ((bench_is(N) != !!(a)))\n\t\tdo { if (!bench_is(N)) a->ops->g(a); } while (0);"
                   "\n\telse\n\t\tdo { if (!bench_is(N)) h(); } while (0);")  # fmt: skip
        self.check("\tdev_err(a->dev, x);\n\tWARN_ON(a);\n\tnum++;\n\tptr = g(a);", [], "")

    def test_ignore(self) -> None:
        self.check("\tret = g(a);", ["ignore ret = g(a)"], f"\tret = {RET};")
        self.check("\treturn g(a);", ["ignore return g(a);"], f"\treturn {RET};")
        self.check("\tlong i = g(a);", ["ignore i = g(a)"], f"\tlong i = {RET};")
        self.check("\treturn ret ?: num;", ["ignore ret"], "\treturn " + RET.replace("g(a)", "ret") + " ?: num;")
        self.check("\ta->ret = g(a);\n\tret += g(a);\n\treturn num;", [], "")

    def test_negate(self) -> None:
        self.check("\tif (a && ret)\n\t\treturn;", ["negate a && ret"], "\tif ((bench_is(N) != !!(a && ret)))\n\t\treturn;")
        both = "(bench_is(N) != !!((!!(g(a) < 0) && !bench_is(N))))"
        self.check("\tif (g(a) < 0)\n\t\treturn;", ["negate g(a) < 0", "ignore g(a) < 0"], f"\tif ({both})\n\t\treturn;")
        self.check("\tnum = a ? 1 : 2;", ["negate a"], "\tnum = (bench_is(N) != !!(a)) ? 1 : 2;")
        self.check("\twhile (a)\n\t\tnum++;", [], "")
        self.check("\treturn !num;", ["negate !num"], "\treturn (bench_is(N) != !!(!num));", FUNCTION.replace("int f", "bool f"))

    def test_macros(self) -> None:
        self.check("\tlist_for_each_entry(a, b, c)\n\t\tg(a);", ["drop g(a)"],
                   "\tlist_for_each_entry(a, b, c)\n\t\tdo { if (!bench_is(N)) g(a); } while (0);")  # fmt: skip
        self.check("#ifdef X\n\tif (a) {\n#else\n\tif (num) {\n#endif\n\t}", ["negate a"],
                   "#ifdef X\n\tif ((bench_is(N) != !!(a))) {\n#else\n\tif (num) {\n#endif\n\t}")  # fmt: skip

    def test_only_what_is_changed(self) -> None:
        body = "\tg(a);\n\th(a,\n\t  ret);"
        self.assertEqual(read(body, {6})[0], ["drop a.c f: g(a)"])
        self.assertEqual(read(body, {8})[0], ["drop a.c f: h(a, ret)"])
        self.assertEqual(read(body, {2})[0], [])

    def test_names(self) -> None:
        mutants = [
            schemata.Mutant(n, "drop", "d/a.c", n, "f", text, text == "b()") for n, text in enumerate(["a()", "b()", "a()"])
        ]
        self.assertEqual(
            [(row["number"], row["anchor"]) for row in schemata.listed(mutants)],
            [(1, "drop a.c f: b()"), (0, "drop a.c f: a()"), (2, "drop a.c f: a() (2)")],
        )


if __name__ == "__main__":
    unittest.main()
