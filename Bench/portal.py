"""How quickly the site answers at the size of the country: `make bench` runs it against a release build.

Every signed-in page of an office is asked for at a steady rate, and beside it the same number of bytes that need no work
at all (the stylesheet), in one run. Standard library only; what is measured includes this program's own work.
"""

import argparse
import asyncio
import http.client
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse


class Site:
    """The server as a process of its own, and somebody signed in to it."""

    def __init__(self, ita, data, port, person, password, now):
        self.port = port
        began = time.monotonic()
        environment = dict(os.environ, ITA_REHEARSAL="1")
        self.process = subprocess.Popen(
            [ita, "serve", "--data", data, "--port", str(port), "--now", now],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                self.request("GET", "/sign-in")
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() - began > 60:
                    raise SystemExit("the site did not start")
                time.sleep(0.002)
        self.started = time.monotonic() - began
        self.idle = self.resident()
        self.cookie = self.sign_in(person, password)

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

    def resident(self):
        """Memory in MB that is the process's own, and the most there has been."""
        with open(f"/proc/{self.process.pid}/status") as status:
            fields = dict(line.split(":", 1) for line in status)
        return int(fields["VmRSS"].split()[0]) / 1024

    def peak(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            fields = dict(line.split(":", 1) for line in status)
        return int(fields["VmHWM"].split()[0]) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def cookies(response):
    jar = {}
    for value in response.headers.get_all("Set-Cookie") or []:
        name, _, rest = value.partition("=")
        jar[name] = rest.split(";")[0]
    return jar


def join(jar):
    return "; ".join(f"{name}={value}" for name, value in jar.items())


async def ask(streams, port, path, cookie):
    """One request on a kept connection; how many bytes came back."""
    if not streams:
        streams.append(await asyncio.open_connection("127.0.0.1", port))
    reader, writer = streams.pop()
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{path}: {head.split(chr(13).encode())[0].decode()}")
        length = int(re.search(rb"content-length: (\d+)", head, re.I).group(1))
        await reader.readexactly(length)
    finally:
        streams.append((reader, writer))
    return length


async def measure(port, path, cookie, rate, seconds):
    """Milliseconds of each answer at a steady rate, counted from when it was due."""
    streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(32)]
    times, began, pending = [], time.monotonic(), []
    lengths = []

    async def one(due):
        lengths.append(await ask(streams, port, path, cookie))
        times.append((time.monotonic() - due) * 1000)

    for number in range(rate * seconds):
        due = began + number / rate
        await asyncio.sleep(max(0, due - time.monotonic()))
        pending.append(asyncio.create_task(one(due)))
    await asyncio.gather(*pending)
    for _, writer in streams:
        writer.close()
    times.sort()
    return times, lengths[0]


def percentile(times, part):
    return times[min(len(times) - 1, int(len(times) * part))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ita", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--port", type=int, default=18080)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--person", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--office", required=True)
    parser.add_argument("--cycle", default="2568")
    parser.add_argument("--now", required=True)
    options = parser.parse_args()
    site = Site(options.ita, options.data, options.port, options.person, options.password, options.now)
    try:
        base = f"/{options.cycle}/offices/{options.office}"
        _, page = site.request("GET", "/sign-in")
        style = re.search(rb'href="(/assets/[^"]*site\.css)"', page).group(1).decode()
        paths = [style, base, f"{base}/disclosures", f"{base}/disclosures/O8", f"{base}/self-check", f"{base}/review",
                 f"{base}/sign-off", f"{base}/questionnaires", "/account"]
        print(f"start to first byte {site.started * 1000:.0f} ms (300), idle {site.idle:.0f} MB (60)")
        slowest = 0
        for path in paths:
            times, length = asyncio.run(
                measure(options.port, path, site.cookie, options.rate, options.seconds))
            name = "bare GET" if path == style else path.removeprefix(base) or "/"
            p99 = percentile(times, 0.99)
            slowest = max(slowest, p99)
            print(f"{name:24} {length:8} bytes  p50 {percentile(times, 0.5):6.1f} ms  p99 {p99:6.1f} ms")
        print(f"slowest p99 {slowest:.1f} ms (50), peak {site.peak():.0f} MB (200)")
    finally:
        site.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
