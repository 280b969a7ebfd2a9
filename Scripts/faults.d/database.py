"""What stands in a database, read from outside the program, and copies of a whole database."""

import sqlite3
import subprocess


class SQLite:
    engine = "sqlite"

    def __init__(self, path):
        self.path, self.url = path, f"sqlite:{path}"

    def rows(self, sql):
        connection = sqlite3.connect(self.path, timeout=30)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def execute(self, sql):
        connection = sqlite3.connect(self.path, timeout=30)
        connection.executescript(sql)
        connection.close()

    unstamped = "SELECT 0"
    hex = "'x' || hex(%s)"


class PostgreSQL:
    engine = "postgres"

    def __init__(self, server, name):
        self.server, self.name = server, name
        address, mark, options = server.partition("?")
        self.url = address.rsplit("/", 1)[0] + f"/{name}{mark}{options}"

    def psql(self, url, *commands):
        arguments = [word for command in commands for word in ("-c", command)]
        return subprocess.run(
            ["psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", *arguments, url], capture_output=True, text=True, check=True).stdout

    def create(self, template="template1"):
        self.psql(self.server, f'CREATE DATABASE "{self.name}" TEMPLATE "{template}"')

    def rows(self, sql):
        def value(text):
            return int(text) if text.lstrip("-").isdigit() else text or None
        return [tuple(map(value, line.split("\t"))) for line in self.psql(self.url, sql).splitlines()]

    def execute(self, sql):
        self.psql(self.url, sql)

    unstamped = "SELECT count(*) FROM event_log WHERE position IS NULL"
    # Never a number, whatever its digits.
    hex = "'x' || encode(%s, 'hex')"
