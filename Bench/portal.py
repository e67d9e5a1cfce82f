"""How quickly the site answers, at the size of the country and of the nation: `make bench` runs it on a release build.

Pages and forms are asked for at a steady rate, and in the same run as many answers of the same size that need no work at
all (`ita-bench bare`), so that a figure can be read whatever else the machine was doing. A time counts from when a request
was due, not from when it was sent. Standard library only; what is measured includes this program's own work.
"""

import argparse
import asyncio
import http.client
import os
import re
import resource
import signal
import subprocess
import sys
import time
import urllib.parse


class Server:
    """A server as a process of its own."""

    def __init__(self, command, port, path, **environment):
        self.port = port
        began = time.monotonic()
        self.process = subprocess.Popen(
            command, env=dict(os.environ, **environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                self.request("GET", path)
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() - began > 60:
                    raise SystemExit(f"{command[0]} did not start")
                time.sleep(0.002)
        self.started = (time.monotonic() - began) * 1000

    def request(self, method, path, body=None, cookie=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": cookie} if cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response, text

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


class Site(Server):
    """The site on a registry, at a moment of its own."""

    def __init__(self, ita, data, port, now):
        command = [ita, "serve", "--data", data, "--port", str(port), "--now", now]
        super().__init__(command, port, "/sign-in", ITA_REHEARSAL="1")
        self.idle = self.memory("VmRSS")

    def sign_in(self, person, password):
        response, text = self.request("GET", "/sign-in")
        jar = cookies(response)
        token = re.search(rb'name="token" value="([^"]*)"', text).group(1).decode()
        fields = [("token", token), ("name", person), ("password", password)]
        response, text = self.request("POST", "/sign-in", urllib.parse.urlencode(fields), join(jar))
        if response.status != 303:
            raise SystemExit(f"{person} could not sign in: {response.status}")
        jar.update(cookies(response))
        return join(jar)

    def memory(self, name):
        """In MB: VmRSS now, VmHWM the most there has been."""
        with open(f"/proc/{self.process.pid}/status") as status:
            fields = dict(line.split(":", 1) for line in status)
        return int(fields[name].split()[0]) / 1024

    def seconds(self):
        """Of a processor, so far."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cookies(response):
    jar = {}
    for value in response.headers.get_all("Set-Cookie") or []:
        name, _, rest = value.partition("=")
        jar[name] = rest.split(";")[0]
    return jar


def join(jar):
    return "; ".join(f"{name}={value}" for name, value in jar.items())


class Request:
    """One request as bytes, and what its answer has to begin with."""

    def __init__(self, port, path, cookie="", body=None, status=200):
        method = "GET" if body is None else "POST"
        head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        if cookie:
            head.append(f"Cookie: {cookie}")
        if body is not None:
            head += [
                "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
                f"Origin: http://127.0.0.1:{port}"]
        self.path = path
        self.bytes = ("\r\n".join(head) + "\r\n\r\n" + (body or "")).encode()
        self.wanted = f"HTTP/1.1 {status}".encode()


async def answer(streams, port, request):
    """One request on a kept connection, and the body of its answer."""
    reader, writer = streams.pop() if streams else await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.bytes)
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", head, re.I).group(1))
    body = await reader.readexactly(length)
    streams.append((reader, writer))
    if head.startswith(b"HTTP/1.1 503"):
        # Told to come back: more are inside than the machine can answer.
        return None
    if not head.startswith(request.wanted):
        raise RuntimeError(f"{request.path}: {head.splitlines()[0].decode()}")
    return body


class Times:
    """Milliseconds, sorted, the size of an answer, and how many were turned away."""

    def __init__(self, times, sizes):
        self.all = sorted(times)
        self.size = max(sizes, default=1)
        self.turned_away = len(times) - len(sizes)

    @property
    def amiss(self):
        return f", {self.turned_away} TURNED AWAY" if self.turned_away else ""

    def part(self, part):
        return self.all[min(len(self.all) - 1, int(len(self.all) * part))]

    @property
    def p50(self):
        return self.part(0.5)

    @property
    def p99(self):
        return self.part(0.99)


async def steadily(port, requests, rate):
    """All of them, so many a second, each counted from when it was due."""
    streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(32)]
    times, sizes, pending = [], [], []

    async def one(due, request):
        body = await answer(streams, port, request)
        if body is not None:
            sizes.append(len(body))
        times.append((time.monotonic() - due) * 1000)

    began = time.monotonic() + 0.05
    for number, request in enumerate(requests):
        due = began + number / rate
        await asyncio.sleep(max(0, due - time.monotonic()))
        pending.append(asyncio.create_task(one(due, request)))
    await asyncio.gather(*pending)
    for _, writer in streams:
        writer.close()
    return Times(times, sizes)


class Bench:
    def __init__(self, options):
        self.options = options
        self.rows = []
        self.bare = Server([options.bench, "bare", "--port", str(options.port + 1)], options.port + 1, "/1")

    def row(self, what, target, measured, base=None, more=""):
        """One line of the table.

        base: what bare answers of the same size took, at the same rate and in the same run."""
        met = "" if measured <= target[0] else "  MISSED"
        ratio = f"{measured / base:6.1f}" if base else " " * 6
        print(f"{what:44} {target[0]:6} {target[1]:3} {measured:8.1f} {ratio}  {more}{met}", flush=True)

    def timed(self, requests, rate):
        port, requests = self.options.port, list(requests)
        return asyncio.run(steadily(port, requests, rate))

    def plain(self, size, count, rate):
        """As many answers of a size that need no work."""
        port = self.options.port + 1
        return asyncio.run(steadily(port, [Request(port, f"/{size}")] * count, rate))

    # What is measured.

    def country(self):
        """Every page of an office, asked for by the directors of several."""
        options = self.options
        site = Site(options.ita, options.country, options.port, options.country_now)
        try:
            self.row("start to first byte", (300, "ms"), site.started)
            self.row("memory when idle", (60, "MB"), site.idle)
            people = {
                office: site.sign_in(f"{office.lower()}.director", options.password)
                for office in options.offices.split(",")}
            count = options.rate * options.seconds
            for part in ["", "/disclosures", "/disclosures/O8", "/self-check", "/review", "/sign-off",
                         "/questionnaires", None]:
                def request(number):
                    office = list(people)[number % len(people)]
                    path = "/account" if part is None else f"/{options.cycle}/offices/{office}{part}"
                    return Request(options.port, path, people[office])
                # Once each, so that nothing is read for the first time.
                self.timed(map(request, range(len(people))), 20)
                spent = site.seconds()
                times = self.timed(map(request, range(count)), options.rate)
                spent = (site.seconds() - spent) / count * 1000
                bare = self.plain(times.size, count, options.rate)
                name = "/account" if part is None else f"office {part or '/'}"
                self.row(
                    f"{name}, {options.rate}/s, p99", (50, "ms"), times.p99, bare.p99,
                    f"p50 {times.p50:.1f}, {times.size} bytes, {spent:.1f} ms of a processor each{times.amiss}")
            self.slow(site, people)
            self.row("memory at most", (200, "MB"), site.memory("VmHWM"))
        finally:
            site.stop()

    def slow(self, site, people):
        """A page with and without thousands that hold a connection and ask for nothing, or hardly."""
        options = self.options
        office = next(iter(people))
        request = Request(options.port, f"/{options.cycle}/offices/{office}", people[office])
        count = options.rate * options.seconds
        before = self.timed([request] * count, options.rate)

        async def crowded():
            idlers = [await asyncio.open_connection("127.0.0.1", options.port) for _ in range(options.idle)]
            for number, (_, writer) in enumerate(idlers):
                # Every other one begins a request, and goes on with it a letter at a time.
                if number % 2:
                    writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")

            async def trickle():
                while True:
                    for number, (_, writer) in enumerate(idlers):
                        if number % 2 and not writer.is_closing():
                            writer.write(b"x")
                        if number % 100 == 0:
                            await asyncio.sleep(0.05)

            going = asyncio.create_task(trickle())
            times = await steadily(options.port, [request] * count, options.rate)
            going.cancel()
            left = sum(not reader.at_eof() for reader, _ in idlers)
            for _, writer in idlers:
                writer.close()
            return times, left

        after, left = asyncio.run(crowded())
        self.row(
            f"office /, beside {options.idle} idle, p99", (50, "ms"), after.p99, before.p99,
            f"without {before.p99:.1f}; {left} held to the end{after.amiss}")

    def marks(self):
        """Findings saved by assessors who are all at it."""
        options = self.options
        site = Site(options.ita, options.marking, options.port, options.marking_now)
        try:
            count = options.marks * options.seconds
            pages, streams = [], []
            for number in range(count):
                # Every office is one assessor's; item by item.
                office, item = number % options.marking_offices, number // options.marking_offices + 1
                cookie = f"session=bench-{office % options.assessors}"
                pages.append((f"/2567/marking/A{office}/O{item}", cookie))

            async def forms():
                found = []
                for path, cookie in pages:
                    text = await answer(streams, options.port, Request(options.port, path, cookie))
                    hidden = dict(re.findall(rb'<input type="hidden" name="([a-z]+)" value="([^"]*)"', text))
                    fields = {name.decode(): value.decode() for name, value in hidden.items()}
                    fields = {name: fields[name] for name in ("token", "form", "sighting")}
                    fields.update(verdict="not_met", reason_code="absent", reason="ไม่พบข้อมูล", do="finish")
                    found.append(Request(options.port, path, cookie, urllib.parse.urlencode(fields), 303))
                for _, writer in streams:
                    writer.close()
                return found

            requests = asyncio.run(forms())
            spent = site.seconds()
            times = self.timed(requests, options.marks)
            spent = (site.seconds() - spent) / count * 1000
            bare = self.plain(max(1, times.size), count, options.marks)
            self.row(
                f"a mark saved, {options.marks}/s, p99", (30, "ms"), times.p99, bare.p99,
                f"p50 {times.p50:.1f}, {spent:.1f} ms of a processor each{times.amiss}")
        finally:
            site.stop()

    def nation(self):
        """The committee's pages over a nation, one after another."""
        options = self.options
        site = Site(options.ita, options.nation, options.port, options.nation_now)
        cookie = "session=bench"
        try:
            base = "/2567/results"
            pages = [
                ("results", base), ("results, page 40 by name", base + "?page=40&sort=name"),
                ("results, searched", base + "?search=41&region=%E0%B8%A0%E0%B8%B2%E0%B8%84%201"),
                ("heat map", base + "/indicators"), ("heat map, sorted", base + "/indicators?sort=1.up&page=9"),
                ("distribution", base + "/distribution"),
            ]
            site.request("GET", base, cookie=cookie)
            for name, path in pages:
                request = Request(options.port, path, cookie)
                self.timed([request] * 2, 2)
                times = self.timed([request] * 40, 4)
                bare = self.plain(times.size, 40, 4)
                self.row(
                    f"{name}, 8,317 offices, worst", (50, "ms"), times.all[-1], bare.all[-1],
                    f"p50 {times.p50:.1f}, {times.size} bytes")
            self.row("memory at most, a nation", (200, "MB"), site.memory("VmHWM"))
        finally:
            site.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ita", default=".build/release/ita")
    parser.add_argument("--bench", default=".build/release/ita-bench")
    parser.add_argument("--port", type=int, default=18080)
    parser.add_argument("--country", help="a registry made by ita demo --size country")
    parser.add_argument("--country-now", default="2025-04-18T10:42")
    parser.add_argument("--cycle", default="2568")
    parser.add_argument("--offices", default="10P1,10S2,11P1,11P2,11S1,12P1,12P2,12S1")
    parser.add_argument("--password", default="demo-ita-2568")
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--idle", type=int, default=2000)
    parser.add_argument("--marking", help="a registry made by ita-bench marking")
    parser.add_argument("--marking-now", default="2024-02-14T09:00")
    parser.add_argument("--marking-offices", type=int, default=245)
    parser.add_argument("--assessors", type=int, default=50)
    parser.add_argument("--marks", type=int, default=100)
    parser.add_argument("--nation", help="a registry left by ita-bench results")
    parser.add_argument("--nation-now", default="2024-07-10T09:00")
    options = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    bench = Bench(options)
    print(f"{'':44} {'target':>10} {'measured':>8} {'× bare':>6}")
    try:
        if options.country:
            bench.country()
        if options.marking:
            bench.marks()
        if options.nation:
            bench.nation()
    finally:
        bench.bare.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
