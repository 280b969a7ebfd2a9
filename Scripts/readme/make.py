"""Makes the README's picture anew: a case handler's desk at 1280 px, light, on the demo data. Run it in .venv, after a debug build."""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Tests/Browser"))
from browser import Browser
from installation import Installation

with tempfile.TemporaryDirectory() as folder, Installation(folder) as trivsel:
    browser = Browser()
    browser.url = trivsel.url
    browser.device(1280, "light", height=860)
    browser.driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
    browser.sign_in("hamid")
    browser.open("/deviations?view=mine")
    browser.press(".line + .line .row")
    pathlib.Path(__file__).with_name("desk.png").write_bytes(browser.picture())
    browser.quit()
