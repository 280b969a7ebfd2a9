"""Chromium as a person uses it: at a width, in light or dark, finding things by what they are called in the form."""

import base64
import os
import pathlib
import re
import shutil

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

WIDTHS = (1280, 390, 320)
SHOTS = os.environ.get("TRIVSEL_TEST_SHOTS")


class Browser:
    def __init__(self):
        self.url = ""
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser")
        for argument in (
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=nb",
            # Nothing but this machine can be reached: a page that asks for more fails.
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        ):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self.driver.set_script_timeout(60)
        self.device()

    def quit(self):
        self.driver.quit()

    def device(self, width=1280, theme="light", height=900):
        """A window's size by emulation: headless Chromium's own is never under 500 px wide."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        features = [{"name": "prefers-color-scheme", "value": theme}, {"name": "prefers-reduced-motion", "value": "reduce"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def scripts(self, on):
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    # Where

    def open(self, path):
        self.driver.get(self.url + path)

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.url)

    @property
    def text(self):
        return self.find("main").text

    def find(self, css, within=None):
        return (within or self.driver).find_element(By.CSS_SELECTOR, css)

    def all(self, css, within=None):
        return (within or self.driver).find_elements(By.CSS_SELECTOR, css)

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    # Who

    def forget(self):
        """As a new visitor: no cookies, nothing kept in the browser."""
        self.open("/accessibility")
        self.js("localStorage.clear(); sessionStorage.clear()")
        self.driver.delete_all_cookies()

    def sign_in(self, person, language="nb"):
        self.forget()
        self.open("/sign-in")
        self.press(f"button[name=person][value={person}]")
        self.speak(language)

    def speak(self, language):
        if self.find("html").get_attribute("lang") != language:
            menu = next(m for m in self.all("header details") if self.all("button[name=language]", m))
            self.find("summary", menu).click()
            self.press(f"button[name=language][value={language}]")
        assert self.find("html").get_attribute("lang") == language

    # What is done

    def press(self, css, within=None):
        """Clicks what loads another page, and waits until it is there."""
        self.leave(self.find(css, within).click)

    def leave(self, act):
        old = self.find("html")
        act()
        WebDriverWait(self.driver, 20, poll_frequency=0.02).until(lambda _: is_gone(old))
        WebDriverWait(self.driver, 20, poll_frequency=0.02).until(lambda d: d.execute_script("return document.readyState") == "complete")

    def fill(self, within=None, **values):
        """Types or chooses, by the fields' names; `__` stands for the dot in a name."""
        for name, value in values.items():
            name = name.replace("__", ".")
            fields = self.all(f'[name="{name}"]', within)
            assert fields, f"there is no field {name}"
            for one in value if isinstance(value, list) else [value]:
                self.fill_one(fields, one)

    def fill_one(self, fields, value):
        field, kind = fields[0], fields[0].get_attribute("type")
        if kind in ("radio", "checkbox"):
            choice = next(f for f in fields if f.get_attribute("value") == value)
            if not choice.is_selected():
                choice.click()
        elif field.tag_name == "select" and field.is_displayed():
            Select(field).select_by_value(value)
        elif field.tag_name == "select":
            self.suggest(field, value)
        elif kind == "file":
            field.send_keys(value)
        elif kind == "date":
            # Typing goes by the browser's own language; the value does not.
            self.js("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", field, value)
        else:
            field.clear()
            field.send_keys(value)

    def suggest(self, select, value):
        """Types the name of a value into the field that searches the list, and takes the suggestion with the keyboard."""
        name = self.js("return [...arguments[0].options].find(o => o.value === arguments[1]).text", select, value)
        box = self.find("[role=combobox]", select.find_element(By.XPATH, ".."))
        box.send_keys(Keys.CONTROL, "a")
        box.send_keys(name, Keys.ENTER)
        assert select.get_attribute("value") == value

    def act(self, path, **values):
        """Opens the form of an act of the case that is shown, fills it in and sends it."""
        form = self.find(f'form[action*="/{path}?"]')
        self.unfold(form)
        self.fill(form, **values)
        self.press("button.button", form)

    def unfold(self, element):
        """Opens the folds it stands in, the outermost first."""
        for fold in element.find_elements(By.XPATH, "./ancestor::details[not(@open)]"):
            self.find("summary", fold).click()

    def focused(self):
        return self.driver.switch_to.active_element

    # What it looks like

    def shot(self, name):
        """A picture of the whole page, when the variable TRIVSEL_TEST_SHOTS names a folder for them."""
        if SHOTS:
            folder = pathlib.Path(SHOTS)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / (re.sub(r"[^\w.-]+", "-", name).strip("-") + ".png")).write_bytes(self.picture(whole=True))

    def picture(self, whole=False):
        options = {"captureBeyondViewport": whole}
        if whole:
            size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
            options["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        return base64.b64decode(self.driver.execute_cdp_cmd("Page.captureScreenshot", options)["data"])


def is_gone(element):
    try:
        element.is_enabled()
        return False
    except WebDriverException:
        return True
