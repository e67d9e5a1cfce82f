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
# Moments are given by hand.
REHEARSAL = {**os.environ, "ITA_REHEARSAL": "1"}


def example(phase="collecting"):
    """The folder of the example in a phase, made anew where the program is newer; several workers may ask at once."""
    WORK.mkdir(exist_ok=True)
    with open(WORK / f"lock-{phase}", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder, made = WORK / f"example-{phase}", WORK / f"example-{phase}.made"
        if not made.exists() or made.stat().st_mtime < ITA.stat().st_mtime:
            shutil.rmtree(folder, ignore_errors=True)
            told = subprocess.run(
                [ITA, "demo", "--no-serve", "--size", "district", "--phase", phase, "--data", folder / "data", "-o", folder / "reports"],
                cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            assert told.returncode == 0, told.stdout
            made.touch()
    return folder


class Site:
    """The site on a copy of the example, at a port of its own; its clock begins where the example stands, or at `now`."""

    def __init__(self, name, options=(), prepare=None, now=None, phase="collecting"):
        """prepare: done to the copy before it is served; phase: that in which the year stands."""
        self.phase = phase
        self.folder = WORK / "copies" / f"{name}-{os.getpid()}"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.fill()
        if prepare:
            prepare(self)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.options = options
        self.log = open(self.folder / "log.txt", "w+")
        self.serve(now)

    def serve(self, now=None):
        self.process = subprocess.Popen(
            [ITA, "serve", "--data", self.folder, "--port", str(self.port), *self.options, *(["--now", now] if now else [])],
            cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=self.log, env=REHEARSAL)
        said = []
        for line in self.process.stdout:
            said.append(line)
            if self.last_said in line:
                break
        assert any(self.origin in line for line in said), "".join(said) + self.told()
        self.begun(said[-1])

    def moves_on(self, now, meanwhile=None):
        """Serves the same registry at the same address from a later moment on.

        meanwhile: done by commands while nothing is served.
        """
        self.end()
        if meanwhile:
            meanwhile(self)
        self.serve(now)

    last_said = "has not signed in yet"

    def fill(self):
        """Makes the folder of the registry."""
        shutil.copytree(example(self.phase) / "data", self.folder)

    def begun(self, line):
        found = re.search(r"(\S+) has not signed in yet; the letter says (\S+)\.\n", line)
        self.newcomer, self.letter = found.groups()

    def ita(self, person, now, *arguments, may_be_refused=False):
        """What somebody does in the year under way by a command, before it is served."""
        told = subprocess.run(
            [ITA, *arguments, "--cycle", "2568", "--data", self.folder, "--as", person, "--now", now], cwd=ROOT,
            text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=REHEARSAL)
        assert told.returncode == 0 or may_be_refused, told.stdout
        return told.stdout

    def names(self):
        """What people typed, which is Thai on every page: names, posts, reasons, where evidence is to be found."""
        with sqlite3.connect(f"file:{self.folder}/registry.sqlite?mode=ro", uri=True) as registry:
            typed = ("SELECT name, post FROM person", "SELECT reason, '' FROM finding",
                     "SELECT reason, '' FROM sealed_scorecard", "SELECT pointer, quote FROM evidence",
                     "SELECT place, '' FROM submission_element")
            return {text for query in typed for row in registry.execute(query) for text in row if text}

    def told(self):
        self.log.flush()
        return (self.folder / "log.txt").read_text()

    def end(self):
        """As an operator does; what is under way is finished."""
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=20)
        assert self.process.returncode == 0 and "Stopped." in rest, f"{rest}\n{self.told()}"

    def stop(self):
        self.end()
        self.log.close()
        shutil.rmtree(self.folder)


class EmptySite(Site):
    """The site on a registry that was made a moment ago and holds nobody but its administrator."""

    last_said = "Serving"

    def __init__(self, name, now):
        self.made = now
        super().__init__(name, now=now)

    def fill(self):
        told = subprocess.run(
            [ITA, "init", "--data", self.folder, "--administrator", "admin", "--name", "สมหญิง ใจดี",
             "--now", self.made],
            cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=REHEARSAL)
        assert told.returncode == 0, told.stdout
        self.newcomer = "admin"
        self.letter = re.search(r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}", told.stdout).group()

    def begun(self, line):
        """The code was printed when the registry was made."""
