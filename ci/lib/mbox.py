# SPDX-License-Identifier: GPL-2.0-only
"""Turns git format-patch files into one signed-off mail thread.

Each patch goes to whom the kernel's own get_maintainer.pl names for it, the
cover letter to all of them: maintainers in To, reviewers and lists in Cc. The
person who signs off is also the sender: checkpatch wants the sign-off of
the From line. Message-Ids depend on the content alone, so the same series and
person give the same mailbox.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr
from pathlib import Path

FROM_LINE = "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001"
SIGNOFF = re.compile(r"(?P<name>[^<>\n]*[^<>\s]) <(?P<mail>[^<>@\s]+@(?P<host>[^<>@\s]+))>")
SUBJECT = re.compile(r"\[PATCH (?P<number>\d+)/(?P<total>\d+)\]")
TRAILER = re.compile(r"[A-Z][A-Za-z-]+-by: |Fixes: |Closes: |Link: |Cc: |Reported-by: ")
KEPT = ("date:", "subject:")
# "Name <mail> (role:section of MAINTAINERS)"
RECIPIENT = re.compile(r"(?P<address>.*?[^\s()<>]+@[^\s()<>]+>?) \((?P<role>[^:)]*)")


class MboxError(Exception):
    """The input cannot be sent; one line says why."""


@dataclass
class Recipients:
    """Addresses as they stand in a header, in get_maintainer's order."""

    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)

    def add(self, other: Recipients) -> None:
        """One that is in To already is not repeated in Cc."""
        self.to += [address for address in other.to if address not in self.to]
        self.cc = [address for address in [*self.cc, *other.cc] if address not in self.to]
        self.cc = list(dict.fromkeys(self.cc))

    def headers(self) -> list[str]:
        """To and Cc, one address a line."""
        return [f"{name}: " + ",\n ".join(group) for name, group in (("To", self.to), ("Cc", self.cc)) if group]


def recipients(path: Path, tree: Path) -> Recipients:
    """Ask get_maintainer.pl, and no history: that would differ from tree to tree."""
    command = ["perl", "scripts/get_maintainer.pl", "--nogit", "--nogit-fallback", "--nofixes", "--rolestats"]
    command.append(str(path.resolve()))
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    found = Recipients()
    for line in run.stdout.splitlines():
        match = RECIPIENT.match(line)
        if not match:
            raise OSError(f"get_maintainer.pl on {path.name} said: {line}")
        group = found.cc if "list" in match["role"] or match["role"] == "reviewer" else found.to
        group.append(formataddr(parseaddr(match["address"])))
    if run.returncode or not found.to or not found.cc:
        raise OSError(f"get_maintainer.pl names nobody for {path.name}: {run.stderr.strip()}")
    return found


def split_mail(text: str, name: str) -> tuple[list[str], str]:
    """Headers, unfolded at line ends only, and body."""
    head, sep, body = text.partition("\n\n")
    lines = head.split("\n")
    if not sep or not lines[0].startswith("From "):
        raise MboxError(f"{name} is not a mail as git format-patch writes it")
    headers: list[str] = []
    for line in lines[1:]:
        if line[:1] in (" ", "\t") and headers:
            headers[-1] += "\n" + line
        else:
            headers.append(line)
    return headers, body


def sign(message: str, signoff: str, name: str) -> str:
    """Append the sign-off to a commit message or a cover letter's text."""
    line = f"Signed-off-by: {signoff}"
    if "Signed-off-by:" in message:
        raise MboxError(f"{name} carries a Signed-off-by already; only SIGNOFF adds one")
    text = message.rstrip("\n")
    last = text.rsplit("\n\n", 1)[-1].split("\n") if text else [""]
    joins = bool(text) and all(TRAILER.match(trailer) or trailer[:1] == " " for trailer in last)
    return f"{text}{chr(10) if joins else chr(10) * 2 if text else ''}{line}\n"


def split_body(body: str, cover: bool) -> tuple[str, str]:
    """The message that is signed, and what follows it."""
    if cover:
        # Short log and diffstat, or a signature, follow the cover's own text
        match = re.search(r"^(?:-- $|---$|.+ \(\d+\):$)", body, re.MULTILINE)
        return (body[: match.start()], "\n" + body[match.start() :]) if match else (body, "")
    match = re.search(r"^---$", body, re.MULTILINE)
    if not match:
        raise MboxError("no '---' line after the message")
    return body[: match.start()], body[match.start() :]


def convert(
    path: Path, index: int, total: int, person: re.Match[str], *, people: Recipients, cover_id: str
) -> tuple[str, str]:
    """One patch file as one mail of the thread; also its Message-Id."""
    text = path.read_bytes().decode("utf-8")
    headers, body = split_mail(text, path.name)
    kept = [header for header in headers if header.lower().startswith(KEPT)]
    subject = next((h for h in kept if h.lower().startswith("subject:")), "")
    mark = SUBJECT.search(subject)
    if not mark or int(mark["number"]) != index or int(mark["total"]) != total:
        raise MboxError(f"{path.name}: the subject must say [PATCH {index:0{len(str(total))}}/{total}]")
    try:
        message, rest = split_body(body, index == 0)
    except MboxError as error:
        raise MboxError(f"{path.name}: {error}") from None
    body = sign(message, person[0], path.name) + rest
    if index == 0 and "***" in text:
        raise MboxError(f"{path.name} still has '***' place holders")
    digest = hashlib.sha256((person[0] + text).encode()).hexdigest()[:16]
    message_id = f"<{digest}-{index}@{person['host']}>"
    out = [FROM_LINE, f"From: {formataddr((person['name'], person['mail']))}", *people.headers(), *kept]
    out.append(f"Message-Id: {message_id}")
    if cover_id:
        out += [f"In-Reply-To: {cover_id}", f"References: {cover_id}"]
    out += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"]
    return "\n".join(out) + "\n\n" + body.rstrip("\n") + "\n\n", message_id


def main() -> int:
    """See the module's text."""
    parser = argparse.ArgumentParser(prog="ci/mbox")
    parser.add_argument("--signoff", required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--tree", type=Path, required=True)
    parser.add_argument("patches", type=Path, nargs="+")
    args = parser.parse_args()
    person = SIGNOFF.fullmatch(args.signoff.strip())
    if not person:
        print(f'ci/mbox: SIGNOFF must be "Name <mail>", not "{args.signoff}"', file=sys.stderr)
        return 2
    tmp = args.output.with_name(args.output.name + ".tmp")
    cover_id = ""
    everybody = Recipients()
    try:
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            people = list(pool.map(recipients, args.patches[1:], [args.tree] * len(args.patches)))
        for each in people:
            everybody.add(each)
        with tmp.open("w", encoding="utf-8", newline="\n") as out:
            for index, path in enumerate(args.patches):
                group = people[index - 1] if index else everybody
                mail, message_id = convert(path, index, len(args.patches) - 1, person, people=group, cover_id=cover_id)
                cover_id = cover_id or message_id
                out.write(mail)
        os.replace(tmp, args.output)
    except MboxError as error:
        print(f"ci/mbox: {error}", file=sys.stderr)
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"ci/mbox: {error}", file=sys.stderr)
        return 3
    finally:
        tmp.unlink(missing_ok=True)
    print(f"ci/mbox: {args.output}: {len(args.patches)} mails from {person[0]}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
