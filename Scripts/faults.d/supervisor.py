"""Starts processes and starts anew whichever dies, as systemd would, at once."""

import signal
import subprocess
import threading
import time

from trivsel import BINARY, TOP


class Supervisor:
    def __init__(self, folder, settings, on_death=lambda name: None):
        self.folder, self.settings, self.on_death = folder, settings, on_death
        self.threads, self.running = [], {}
        self.stopping = threading.Event()
        self.deaths = []  # (moment, name, id, exit code), of those that were not stopped

    def keep(self, name, *command, **settings):
        """Has `trivsel COMMAND…`, or a program with its arguments, run from now on."""
        command = command if command[0].startswith("/") else (BINARY, *command)
        thread = threading.Thread(target=self._keep, args=(name, command, self.settings | settings))
        self.threads.append((name, thread))
        thread.start()

    def _keep(self, name, command, settings):
        with open(self.folder / f"{name}.log", "ab") as log:
            while not self.stopping.is_set():
                process = subprocess.Popen(
                    command, cwd=TOP, env=settings, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
                self.running[name] = process
                code = process.wait()
                if not self.stopping.is_set():
                    self.deaths.append((time.monotonic(), name, process.pid, code))
                    self.on_death(name)
                    if code != -signal.SIGKILL:
                        time.sleep(0.2)  # it does not run at all, perhaps

    def crashes(self, killed):
        """Ends that nobody planted."""
        return [f"{name} ended with {code}" for _, name, process, code in self.deaths if process not in killed]

    def stop(self):
        """Stops what was started last first; says who did not stop in order."""
        self.stopping.set()
        trouble = []
        for name, thread in reversed(self.threads):
            process = self.running.get(name)
            if process and process.poll() is None:
                process.terminate()
            thread.join(timeout=30)
            if thread.is_alive():
                process.kill()
                trouble.append(f"{name} did not stop")
        return trouble
