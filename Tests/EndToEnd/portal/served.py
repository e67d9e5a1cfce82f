"""A filled example of the registry, copied for whoever wants to change it, and the site served on the copy."""

import fcntl
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
WORK = ROOT / ".build-site"
ITA = pathlib.Path(os.environ.get("ITA", ROOT / ".build" / "debug" / "ita"))
PASSWORD = "demo-ita-2568"


def example():
    """The folder of the example, made anew where the program is newer; several workers may ask at once."""
    WORK.mkdir(exist_ok=True)
    with open(WORK / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder, made = WORK / "example", WORK / "example.made"
        if not made.exists() or made.stat().st_mtime < ITA.stat().st_mtime:
            shutil.rmtree(folder, ignore_errors=True)
            told = subprocess.run(
                [ITA, "demo", "--no-serve", "--size", "district", "--data", folder / "data", "-o", folder / "reports"],
                cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            assert told.returncode == 0, told.stdout
            made.touch()
    return folder


class Site:
    """The site on a copy of the example, at a port of its own; its clock begins where the example stands, or at `--now`.

    `prepare` is given the copy before it is served.
    """

    def __init__(self, name, options=(), prepare=None):
        self.folder = WORK / "copies" / f"{name}-{os.getpid()}"
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(example() / "data", self.folder)
        if prepare:
            prepare(self.folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{port}"
        self.log = open(self.folder / "log.txt", "w+")
        self.process = subprocess.Popen(
            [ITA, "serve", "--data", self.folder, "--port", str(port), *options],
            cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=self.log, env=dict(os.environ, ITA_REHEARSAL="1"))
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "has not signed in yet" in line:
                break
        assert any(self.origin in line for line in said), "".join(said) + self.told()
        found = re.search(r"(\S+) has not signed in yet; the letter says (\S+)\.\n", said[-1])
        self.newcomer, self.letter = found.groups()

    def names(self):
        """Names and posts of people, which are Thai on every page."""
        with sqlite3.connect(f"file:{self.folder}/registry.sqlite?mode=ro", uri=True) as registry:
            return {text for row in registry.execute("SELECT name, post FROM person") for text in row if text}

    def told(self):
        self.log.flush()
        return (self.folder / "log.txt").read_text()

    def stop(self):
        """As an operator does; what is under way is finished."""
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=20)
        assert self.process.returncode == 0 and "Stopped." in rest, f"{rest}\n{self.told()}"
        self.log.close()
        shutil.rmtree(self.folder)
