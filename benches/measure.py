"""Processes, their memory, and the times of requests. Standard library only."""

import http.client
import json
import os
import re
import socket
import subprocess
import time
from pathlib import Path

# What the browsers of today send.
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd", "Accept": "text/html", "User-Agent": "constat-benches"}


def command(args, **more):
    """Runs a command to its end; returns seconds and the most memory it had, in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)
    told = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, args))} failed:\n{told}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A server in a process of its own, from when it answers `ready` on."""

    def __init__(self, args, port, ready, log):
        self.port, self.log = port, Path(log)
        environment = {**os.environ, "CONSTAT_LOG": "info", "CONSTAT_LOG_FORMAT": "json"}
        began = time.perf_counter()
        with open(log, "wb") as output:
            self.process = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=output, env=environment)
        while not self.answers(ready):
            if self.process.poll() is not None:
                raise SystemExit(f"{' '.join(map(str, args))} ended:\n{self.log.read_text()}")
            if time.perf_counter() - began > 600:
                self.stop()
                raise SystemExit(f"{args[0]} did not answer {ready} in ten minutes")
            time.sleep(0.002)
        self.started_in = time.perf_counter() - began

    def answers(self, path):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except OSError:
            return False

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def memory(self):
        """Resident memory by kind, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.findall(r"^(VmRSS|RssAnon|RssFile|VmHWM):\s+(\d+) kB$", status, re.M)
        return {name: int(kb) / 1024 for name, kb in found}

    def times(self):
        """What the server itself logged: microseconds until its answer began, by address."""
        times = {}
        for line in self.log.read_text().splitlines():
            entry = json.loads(line) if line.startswith("{") else {}
            if "latency_us" in entry:
                times.setdefault(entry["path"], []).append(entry["latency_us"] / 1000)
        return times

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def fetch(server, path, headers=BROWSER):
    """Status, headers and body as they came over the wire."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.getheaders(), body


def walk(server, paths, seconds):
    """Asks for each address once, over one connection. Milliseconds until the last byte, by address."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    until = time.perf_counter() + seconds
    times = {}
    for path in paths:
        began = time.perf_counter()
        connection.request("GET", path, headers=BROWSER)
        answer = connection.getresponse()
        answer.read()
        ended = time.perf_counter()
        if answer.status != 200:
            raise SystemExit(f"{path} was answered with {answer.status}")
        times[path] = (ended - began) * 1000
        if ended > until:
            break
    connection.close()
    return times


def quantiles(times):
    """Median, 95th and 99th percentile and the longest."""
    ordered = sorted(times)
    at = lambda share: ordered[min(int(len(ordered) * share), len(ordered) - 1)]  # noqa: E731
    return at(0.5), at(0.95), at(0.99), ordered[-1]


def rate(url, seconds, connections, paths=None):
    """Requests per second that `wrk` gets through on a closed loop of so many connections."""
    args = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "300s"]
    args += [part for name, value in BROWSER.items() for part in ("-H", f"{name}: {value}")]
    if paths:
        args += ["-s", str(Path(__file__).with_name("paths.lua"))]
    done = subprocess.run([*args, url, *([str(paths)] if paths else [])], capture_output=True, text=True, check=True)
    count, took = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m)", done.stdout).group(1, 2)
    unit = re.search(r"requests in [\d.]+(ms|s|m)", done.stdout).group(1)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", done.stdout)
    if bad or count == "0":
        raise SystemExit(f"{url}: {bad.group(0) if bad else 'no answer'}\n{done.stdout}")
    return int(count) / (float(took) * {"ms": 0.001, "s": 1, "m": 60}[unit]), int(count)
