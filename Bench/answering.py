"""How many people can answer at once: `make bench` runs it on a release build, after `ita-bench asking` has made the registry.

First the pages of a respondent are asked for as fast as they come, in turns with as many bytes that need no work at all
(`ita-bench bare`), so that the figure is a ratio of one run. Then comes a rush: ten times as many people as may be inside at
once, each on connections of their own, go all the way from the first page to the last, and again, for a minute. Whoever is
told that there is no room comes back. Standard library only; what is measured includes this program's own work, which shares
the processors.
"""

import argparse
import asyncio
import random
import re
import resource
import sqlite3
import time
import urllib.parse

from portal import Server, Site, go_first

# How many forms of one page may be inside at once (Guards/Crowd.swift), and ten times as many.
INSIDE = 512
PEOPLE = 10 * INSIDE
# Half of what may be connected may come from one network.
NETWORKS = 3


class Person(asyncio.Protocol):
    """One connection: asks, and hands over the whole answer."""

    def __init__(self):
        self.arrived = bytearray()
        self.waiting = None
        self.needed = None
        self.transport = None

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.arrived += data
        if self.needed is None:
            end = self.arrived.find(b"\r\n\r\n")
            if end < 0:
                return
            length = re.search(rb"content-length: (\d+)", self.arrived[:end], re.I)
            self.needed = end + 4 + int(length.group(1))
        if len(self.arrived) >= self.needed:
            text = bytes(self.arrived[:self.needed])
            del self.arrived[:self.needed]
            self.needed = None
            self.waiting.set_result(text)

    def connection_lost(self, error):
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(ConnectionResetError())

    async def ask(self, request):
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.waiting

    @staticmethod
    async def connect(port, network=0):
        loop = asyncio.get_running_loop()
        _, person = await loop.create_connection(
            Person, "127.0.0.1", port, local_addr=(f"127.0.{network}.1", 0))
        return person


def status(answer):
    return int(answer[9:12])


def get(port, path):
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


def post(port, path, fields):
    body = urllib.parse.urlencode(fields)
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode()


def hidden(page):
    found = re.findall(rb'<input type="hidden" name="([a-z0-9]+)" value="([^"]*)">', page)
    return {name.decode(): value.decode() for name, value in found}


def questions(page):
    return set(re.findall(r'name="(q\d+)"', page.decode()))


class Sheet:
    """The form of one person: what the last page carried, and what it asks."""

    def __init__(self, port, path, number, code):
        self.port, self.path, self.number, self.code = port, path, number, code
        self.sent = None
        self.fields = {}
        self.asked = set()

    def first(self):
        return get(self.port, self.path)

    def press(self, button):
        fields = dict(self.fields, to=button)
        if button == "begin":
            fields["slip"] = self.code
        fields.update({name: "2" for name in self.asked})
        return post(self.port, self.path, fields)

    def turn(self, page):
        self.fields, self.asked = hidden(page), questions(page)

    def filled(self):
        """All answers at once, as the last page carries them."""
        self.asked = set()
        self.fields["answers"] = "-".join("2" for _ in self.fields["answers"].split("-"))


class Bench:
    def __init__(self, options):
        self.options = options
        self.bare = Server([options.bench, "bare", "--port", str(options.port + 1)], options.port + 1, "/1")
        self.site = Site(options.ita, options.data, options.port, options.now)
        with open(f"{options.data}/codes", encoding="ascii") as codes:
            self.codes = codes.read().split()
        self.taken = 0

    def stop(self):
        self.site.stop()
        self.bare.stop()

    def sheet(self):
        self.taken += 1
        return Sheet(self.options.port, self.options.path, self.taken, self.codes[self.taken - 1])

    # The pages.

    async def pages(self):
        port = self.options.port
        person, sheet = await Person.connect(port), self.sheet()
        sheet.turn(await person.ask(sheet.first()))
        first = await person.ask(sheet.press("begin"))
        sheet.turn(first)
        await self.page("the first page", sheet.first())
        await self.page("a page of questions", sheet.press("next"), 0.4)

    async def page(self, name, request, target=None):
        """In turns, the middle of five each: whatever else the machine does meets both."""
        person = await Person.connect(self.options.port)
        size = len((await person.ask(request)).split(b"\r\n\r\n", 1)[1])
        plain = get(self.options.port + 1, f"/{size}")
        own, bare = [], []
        for _ in range(5):
            own.append(await self.speed(self.options.port, request))
            bare.append(await self.speed(self.options.port + 1, plain))
        own, bare = sorted(own)[2], sorted(bare)[2]
        ratio = own / bare
        met = "" if target is None or ratio >= target else "  MISSED"
        wanted = f" (target ≥ {target})" if target else ""
        print(f"{name:24}{own:6.0f} a second, {size} bytes: {ratio:.2f} × bare answers{wanted}{met}", flush=True)

    async def speed(self, port, request, seconds=1.5, people=16):
        count, end = 0, time.monotonic() + seconds
        began = time.monotonic()

        async def again(person):
            nonlocal count
            while time.monotonic() < end:
                if status(await person.ask(request)) != 200:
                    raise SystemExit("a page was refused")
                count += 1
            person.transport.close()

        people = [await Person.connect(port) for _ in range(people)]
        await asyncio.gather(*map(again, people))
        return count / (time.monotonic() - began)

    # The rush.

    async def rush(self):
        """Everybody at once, for a minute; whatever happens to a connection, a form is sent until it is known to be kept."""
        options = self.options
        counts = {"kept": 0, "sent back": 0, "cut off": 0}
        faults, memory, times = set(), [], []
        end = time.monotonic() + options.seconds
        lots = random.Random(1)

        async def insist(person, sheet, request):
            """Until there is room: the person, whose connection may be another by then, and the page; None after the end."""
            while True:
                try:
                    person = person or await Person.connect(options.port, 1 + sheet.number % NETWORKS)
                    page = await person.ask(request)
                except OSError:
                    counts["cut off"] += 1
                    person = None
                    # What was sent may be kept: it is sent again until that is known.
                    if time.monotonic() > end and request is not sheet.sent:
                        return None, None
                    await asyncio.sleep(lots.uniform(0.5, 1.5))
                    continue
                if status(page) != 503:
                    return person, page
                counts["sent back"] += 1
                head, text = page.split(b"\r\n\r\n", 1)
                if b"retry-after:" not in head.lower() or b'data-retry="' not in text:
                    faults.add("sent back without a way to come again")
                if request.startswith(b"POST") and sheet.fields["nonce"] != hidden(text).get("nonce"):
                    faults.add("sent back, and what was chosen is lost")
                if time.monotonic() > end:
                    return person, None
                await asyncio.sleep(lots.uniform(0.5, 1.5))

        async def go():
            while time.monotonic() < end and self.taken < len(self.codes):
                sheet, person = self.sheet(), None
                for button in ("open", "begin", "next", "send"):
                    request = sheet.first() if button == "open" else sheet.press(button)
                    if button == "send":
                        sheet.sent = request
                    began = time.monotonic()
                    person, page = await insist(person, sheet, request)
                    if page is None:
                        break
                    if status(page) != (303 if button == "send" else 200):
                        faults.add(f"{button} met {status(page)}")
                        break
                    if button == "send":
                        counts["kept"] += 1
                        times.append((time.monotonic() - began) * 1000)
                        break
                    sheet.turn(page)
                    if button == "next":
                        sheet.filled()
                if person:
                    person.transport.close()

        async def watch():
            while time.monotonic() < end:
                memory.append(self.site.memory("VmRSS"))
                await asyncio.sleep(1)

        await asyncio.gather(watch(), *(go() for _ in range(PEOPLE)))
        rows, third = self.rows(), len(memory) // 3
        middle, last = max(memory[third:2 * third]), max(memory[2 * third:])
        times.sort()
        kept = counts["kept"]
        print(f"a rush of {options.seconds} s         {PEOPLE} people, of whom {INSIDE} may be inside with a form at once")
        print(f"                        {kept} answers accepted, {rows} are kept; {counts['sent back']} times sent back, "
              f"{counts['cut off']} times cut off")
        if times:
            print(f"                        sent until kept: {times[len(times) // 2]:.0f} ms, 99 of 100 within "
                  f"{times[len(times) * 99 // 100]:.0f} ms")
        print(f"                        memory at most {middle:.0f} MB in the second third, {last:.0f} MB in the last")
        if kept != rows or not kept or not counts["sent back"]:
            faults.add("an answer was lost or doubled, or nothing is proved")
        if last > 1.1 * middle:
            faults.add("memory grows")
        if faults:
            raise SystemExit("; ".join(sorted(faults)))

    def rows(self):
        with sqlite3.connect(f"file:{self.options.data}/registry.sqlite?mode=ro", uri=True) as file:
            return file.execute("SELECT count(*) FROM response").fetchone()[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ita", default=".build/release/ita")
    parser.add_argument("--bench", default=".build/release/ita-bench")
    parser.add_argument("--data", default=".build-asking", help="a registry made by ita-bench asking")
    parser.add_argument("--path", default="/answer/2567/A0/IIT")
    parser.add_argument("--now", default="2024-01-10T09:00")
    parser.add_argument("--port", type=int, default=18090)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    go_first()
    bench = Bench(options)
    try:
        asyncio.run(bench.pages())
        asyncio.run(bench.rush())
    finally:
        bench.stop()


if __name__ == "__main__":
    main()
