"""A full disk: writers are told so at once, what was acknowledged stays, reads go on; with space again so do writes, by themselves."""

import json
import shutil
import subprocess
import time

from machine import until


def check(base):
    site = base.copy("disk-full")
    size = sum(file.stat().st_size for file in site.data.rglob("*") if file.is_file()) + (2 << 20)
    kept = site.folder / "kept"
    site.data.rename(kept)
    site.data.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", site.data], check=True)
    try:
        shutil.copytree(kept, site.data, dirs_exist_ok=True)
        with site.serving():
            return fill(site, size)
    finally:
        subprocess.run(["umount", site.data], check=True)


def fill(site, size):
    acknowledged, refused, times, reads = [], [], [], 0
    while len(refused) < 20 and len(acknowledged) < 20_000:
        began = time.monotonic()
        status, body, _ = site.report()
        if status == 201:
            acknowledged.append(json.loads(body)["id"])
        else:
            refused.append(status)
            times.append(time.monotonic() - began)
            reads += site.get(f"/api/v1/deviations/{acknowledged[-1]}", "kari")[0] == 200
    subprocess.run(["mount", "-o", f"remount,size={size * 8}", site.data], check=True)
    began = time.monotonic()
    until(lambda: site.report()[0] == 201, "reports are taken again", 60)
    back = time.monotonic() - began
    there = {row[0] for row in site.database.rows("SELECT uid FROM deviations_case")}
    ((integrity,),) = site.database.rows("PRAGMA integrity_check")
    lost = [case for case in acknowledged if case not in there]
    problems = [f"{len(lost)} acknowledged reports are lost"] * bool(lost)
    problems += [f"integrity: {integrity}"] * (integrity != "ok")
    problems += ["the disk was never full"] * (not refused)
    problems += [f"answered with {sorted(set(refused))}"] * bool(set(refused) - {503, 507})
    problems += [f"a refusal took {max(times):.1f} s"] * (max(times, default=0) > 1)
    problems += [f"{len(refused) - reads} reads failed"] * (reads < len(refused))
    problems += [f"back only after {back:.0f} s"] * (back > 10)
    return problems, (
        f"{len(acknowledged)} acknowledged, then {len(refused)} refused ({', '.join(map(str, sorted(set(refused))))}, at most "
        f"{max(times, default=0) * 1000:.0f} ms), {reads} reads beside them; back {back:.1f} s after there was space; {len(lost)} lost")
