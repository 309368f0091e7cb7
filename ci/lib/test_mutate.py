#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Unit tests of mutate.py."""

from __future__ import annotations

import subprocess
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import mutate
from mutate import MutantError, Notice

FILE = """\
int f(int a);

static int g(void)
{
	return 0;
}

int
f(int a)
{
	g();
	return 0;
}

static const struct ops ops = {
	.f = f,
};

/* last */
int x;
/* the end */
int x;
"""
HEAD = "What is wrong,\ntold in two lines.\n\nRequirement: P1\nNoticed-by: kunit suite.case\n"


def mutant(old: str, new: str, inside: str = "") -> str:
    """A mutant of one edit."""
    return f"{HEAD}File: a.c\n{f'In: {inside}' if inside else ''}\n<<<<<<<\n{old}=======\n{new}>>>>>>>\n"


def result(text: str) -> str:
    """What a mutant makes of FILE."""
    return mutate.results(mutate.parse(text), lambda _: FILE)["a.c"]


def repository(folder: Path, files: dict[str, str]) -> Callable[..., str]:
    """A repository whose branch series has these files, which can be executed; what git prints there."""

    def git(*words: str) -> str:
        return subprocess.run(("git", "-C", str(folder), *words), capture_output=True, text=True, check=True).stdout

    git("init", "-q", "-b", "series")
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
        (folder / path).chmod(0o755)
    git("add", ".")
    git("-c", "user.name=a", "-c", "user.email=a@localhost", "commit", "-q", "-m", "first")
    return git


@mock.patch.object(mutate, "requirements", lambda: {"P1": "one", "P2": "two"})
class TestMutate(unittest.TestCase):
    """Each thing that a mutant can say, and each thing that can be wrong with it."""

    def wrong(self, text: str, pattern: str) -> None:
        """The mutant is refused, in one line."""
        with self.assertRaisesRegex(MutantError, pattern) as caught:
            result(text)
        self.assertNotIn("\n", str(caught.exception))

    def test_head(self) -> None:
        read = mutate.parse(mutant("\tg();\n", "").replace("P1\n", "P1 P2\nNoticed-by: bench life:el2 a.* test,plan\n"), "name")
        self.assertEqual(read.requirements, ["P1", "P2"])
        self.assertEqual([edit.file for edit in read.edits], ["a.c"])
        self.assertEqual(read.notices[0], Notice("bench", ("life:el2", "a.*", "test,plan")))
        self.assertEqual(read.notices[0].pair, ("life", "el2"))
        line = "name\tP1 P2\t{}\tWhat is wrong, told in two lines."
        wanted = [line.format("bench life:el2 a.* test,plan"), line.format("kunit suite.case")]
        self.assertEqual(mutate.lines(read), wanted)

    def test_edit(self) -> None:
        self.assertEqual(result(mutant("\tg();\n", "\th();\n\ti();\n")), FILE.replace("\tg();\n", "\th();\n\ti();\n"))
        self.assertEqual(result(mutant("\tg();\n", "")), FILE.replace("\tg();\n", ""))

    def test_two_edits(self) -> None:
        more = "<<<<<<<\n\t.f = f,\n=======\n\t.f = 0,\n>>>>>>>\n"
        self.assertEqual(result(mutant("\tg();\n", "") + more), FILE.replace("\tg();\n", "").replace("= f,", "= 0,"))

    def test_edits_do_not_see_each_other(self) -> None:
        swap = mutant("\t.f = f,\n", "") + "<<<<<<<\n\tg();\n=======\n\t.f = f,\n>>>>>>>\n"
        self.assertEqual(result(swap), FILE.replace("\t.f = f,\n", "").replace("\tg();\n", "\t.f = f,\n"))
        self.wrong(mutant("\tg();\n", "") + "<<<<<<<\n{\n\tg();\n=======\n>>>>>>>\n", r"^a\.c: two edits overlap: \{$")

    def test_two_files(self) -> None:
        text = mutant("\tg();\n", "") + "File: b.c\n<<<<<<<\nb\n=======\nc\n>>>>>>>\n"
        files = mutate.results(mutate.parse(text), {"a.c": FILE, "b.c": "b\n"}.__getitem__)
        self.assertEqual(files["b.c"], "c\n")

    def test_inside(self) -> None:
        zero, one = "\treturn 0;\n", "\treturn 1;\n"
        before, between, after = FILE.split(zero)
        self.assertEqual(result(mutant(zero, one, "g")), before + one + between + zero + after)
        self.assertEqual(result(mutant(zero, one, "f")), before + zero + between + one + after)
        self.assertEqual(result(mutant("\t.f = f,\n", "", "ops")), FILE.replace("\t.f = f,\n", ""))
        self.assertEqual(result(mutant("int x;\n", "", "/* the end */")), FILE.removesuffix("int x;\n"))

    def test_not_inside(self) -> None:
        self.wrong(mutant("\tg();\n", "", "g"), r"^a\.c, g: the text is not found: g\(\);$")
        self.wrong(mutant("\tg();\n", "", "h"), "In: h is not found")
        self.wrong(mutant("\tg();\n", "", "int x;"), "In: int x; is found 2 times")

    def test_text(self) -> None:
        self.wrong(mutant("\th();\n", ""), r"the text is not found: h\(\);")
        self.wrong(mutant("g();\n", ""), "not found")
        self.wrong(mutant("\treturn 0;\n", ""), r"^a\.c: the text is found 2 times: return 0;$")

    def test_edits_that_are_none(self) -> None:
        self.wrong(mutant("\tg();\n", "\tg();\n"), "changes nothing")
        self.wrong(mutant("", "\tg();\n"), "must name lines")
        self.wrong(HEAD, "no edit")
        self.wrong(HEAD + "<<<<<<<\na\n=======\n>>>>>>>\n", "without File:")

    def test_marks(self) -> None:
        whole = mutant("\tg();\n", "")
        self.wrong(whole.replace("=======\n", ""), "======= is missing")
        self.wrong(whole.replace(">>>>>>>\n", ""), ">>>>>>> is missing")
        self.wrong(whole.replace("<<<<<<<\n", ""), r"neither a key nor an edit: g\(\);")

    def test_keys(self) -> None:
        whole = mutant("\tg();\n", "")
        self.wrong(whole.replace("Requirement:", "Row:"), "line 4: unknown key Row")
        self.wrong(whole.replace("P1", "P9"), "requirement P9 is not in docs/")
        self.wrong(whole.replace("P1", ""), "says nothing")
        self.wrong(whole.replace("What is wrong,\ntold in two lines.\n", ""), "does not begin with what is wrong")
        for notice, why in {
            "row P1": "row is none of bench,", "kunit": "takes 1", "kunit a.b c.d": "takes 1", "bench life:el2 a.*": "takes 3",
            "bench life:el2 a.* test plan": "takes 3", "bench life a.* test": "life is not SUITE:MACHINE",
        }.items():  # fmt: skip
            self.wrong(whole.replace("kunit suite.case", notice), why)
        fuzz = mutate.parse(whole.replace("kunit suite.case", "fuzz fuzz_walk null pointer|SEGV"))
        self.assertEqual(fuzz.notices[0].words, ("fuzz_walk", "null pointer|SEGV"))

    def test_folder(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "a.c").write_text(FILE, encoding="utf-8")
            both = mutate.parse(mutant("\tg();\n", "") + "File: b.c\n<<<<<<<\nb\n=======\nc\n>>>>>>>\n")
            with self.assertRaisesRegex(MutantError, r"b\.c: No such file"):
                mutate.apply(both, folder)
            self.assertEqual((folder / "a.c").read_text(encoding="utf-8"), FILE)
            mutate.apply(mutate.parse(mutant("\tg();\n", "")), folder)
            self.assertEqual((folder / "a.c").read_text(encoding="utf-8"), FILE.replace("\tg();\n", ""))

    def test_commit(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            git = repository(folder, {"a.c": FILE})
            edit = mutate.parse(mutant("\tg();\n", ""), "no-g")
            with mock.patch.object(mutate, "LINUX", folder):
                made = mutate.commit(edit, "series")
                self.assertEqual(made, mutate.commit(edit, "series"))
                with self.assertRaisesRegex(MutantError, "git rev-parse: "):
                    mutate.commit(edit, "none")
                with self.assertRaisesRegex(MutantError, "git show: .*b.c"):
                    mutate.commit(mutate.parse(mutant("\tg();\n", "").replace("a.c", "b.c")), "series")
            self.assertEqual(git("show", f"{made}:a.c"), FILE.replace("\tg();\n", ""))
            self.assertEqual(git("diff", "--summary", "series", made), "")
            self.assertEqual(git("log", "-1", "--format=%s %P", made), f"mutant: no-g {git('rev-parse', 'series')}")
            self.assertEqual(git("status", "--porcelain") + git("branch", "--format=%(refname:short)"), "series\n")


if __name__ == "__main__":
    unittest.main()
