"""A PostgreSQL server of its own, to be stopped, killed, damaged, or copied to a standby."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from machine import free_ports, until

BIN = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))


class Server:
    """Not started; `stop` and `remove` it in the end. Pages have checksums."""

    def __init__(self, folder=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="trivsel-postgres-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.data = self.folder / "data"
        (self.port,) = free_ports(1)
        self.address = f"127.0.0.1:{self.port}"
        self.url = f"postgres://postgres@{self.address}/postgres"

    def make(self):
        self.do("initdb", "--pgdata", self.data, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale",
                "C.UTF-8", "--data-checksums")
        return self

    def follow(self, primary):
        """Starts as the standby of `primary`, whose commits wait for it from now on."""
        self.do("pg_basebackup", "--pgdata", self.data, "--dbname", primary.url, "--write-recovery-conf", "--checkpoint", "fast")
        self.start()
        primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.sql("SELECT pg_reload_conf()")
        until(lambda: primary.sql("SELECT sync_state FROM pg_stat_replication") == "sync", "the standby is synchronous")

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c max_connections=300"
        self.control("--wait", "--options", options, "start")
        return self

    def stop(self, mode="fast"):
        self.control("--wait", "--mode", mode, "stop")

    def promote(self):
        self.control("--wait", "promote")

    def control(self, *arguments):
        self.do("pg_ctl", "--pgdata", self.data, "--log", self.folder / "log", "--silent", *arguments)

    def processes(self):
        """The server's own id first, then those of the processes it started."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        others = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True).stdout.split()
        return [first, *map(int, others)]

    def signal(self, number):
        """To all its processes; SIGKILL is what a machine that loses its power does to them."""
        for process in self.processes():
            try:
                os.kill(process, number)
            except ProcessLookupError:
                pass

    def sql(self, text):
        return subprocess.run(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", text, self.url], capture_output=True, text=True, check=True).stdout.strip()

    def remove(self):
        if (self.data / "postmaster.pid").exists():
            self.signal(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def do(program, *arguments):
        """The server refuses to run as root."""
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        path = BIN / program if (BIN / program).exists() else program
        subprocess.run([*user, path, *map(str, arguments)], cwd="/", check=True, capture_output=True, timeout=120)
