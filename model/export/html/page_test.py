#!/usr/bin/python3
# SPDX-License-Identifier: MIT
#
# page_test.py PROGRAM SCRATCH-DIR drives the exported page in headless Chromium as a reader would:
# searches, switches dialects, uses the keys, and listens for errors. Pictures stay in SCRATCH-DIR.
import json
import pathlib
import re
import subprocess
import sys
import unittest

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

PROGRAM, SCRATCH = sys.argv[1], pathlib.Path(sys.argv[2])
MOST_BYTES = 1_500_000


def export(name, *arguments):
    path = SCRATCH / name
    subprocess.run([PROGRAM, "spec", "--format", "html", "--output", str(path), *arguments], check=True)
    return path


def open_browser():
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1440,1000"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        SCRATCH.mkdir(parents=True, exist_ok=True)
        cls.path = export("spec.html")
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def setUp(self):
        self.open("?dialect=both&theme=light")

    def tearDown(self):
        severe = [entry for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"]
        self.assertEqual(severe, [], "the console has errors")

    def open(self, rest=""):
        # A page that differs in its fragment only would not be loaded again.
        self.browser.get("about:blank")
        self.browser.get(self.path.as_uri() + rest)

    def one(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def seen(self, selector):
        """What is laid out, asked in one go: a question for each element takes too long."""
        return self.browser.execute_script(
            "return [...document.querySelectorAll(arguments[0])]"
            ".filter((element) => element.getClientRects().length).slice(0, 5)", selector)

    def press(self, *keys):
        webdriver.ActionChains(self.browser).send_keys(*keys).perform()

    def script(self, text):
        return self.browser.execute_script("return " + text)

    def shot(self, name):
        self.browser.save_screenshot(str(SCRATCH / (name + ".png")))

    def results(self):
        return [element.text for element in self.all("#results li .name")]

    def search(self, text):
        self.press("/")
        self.press(text)
        return self.results()

    def test_an_error_in_the_console_would_be_seen(self):
        broken = SCRATCH / "broken.html"
        broken.write_text("<!doctype html><script>throw new Error('planted')</script>")
        self.browser.get(broken.as_uri())
        errors = [entry for entry in self.browser.get_log("browser") if "planted" in entry["message"]]
        self.assertEqual(len(errors), 1)

    def test_is_small_and_needs_no_network(self):
        self.assertLess(self.path.stat().st_size, MOST_BYTES)
        asked = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        urls = [message["params"]["request"]["url"] for message in asked
                if message["method"] == "Network.requestWillBeSent"]
        strangers = [url for url in urls if not url.startswith(("file:", "data:", "about:"))]
        self.assertTrue(urls, "no request was seen at all")
        self.assertEqual(strangers, [])

    def test_every_link_leads_somewhere_and_every_id_is_there_once(self):
        text = self.path.read_text()
        ids = re.findall(r' id="([^"]*)"', text)
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(set(re.findall(r'href="#([^"]*)"', text)) - set(ids), set())
        index = json.loads(self.one("#index").get_attribute("textContent"))
        self.assertGreater(len(index), 200)
        self.assertEqual({entry[3] for entry in index} - set(ids), set())

    def test_the_headings_skip_no_level_and_what_can_be_used_has_a_name(self):
        levels = [int(element.tag_name[1]) for element in self.all("h1, main h2, main h3, main h4")]
        self.assertEqual(levels[0], 1)
        self.assertEqual(levels.count(1), 1)
        for before, after in zip(levels, levels[1:]):
            self.assertLessEqual(after, before + 1)
        for element in self.all(".bar button, input, table, svg, nav"):
            self.assertTrue(element.accessible_name, element.get_attribute("outerHTML")[:200])

    def test_a_search_finds_calls_codes_clauses_and_discrepancies(self):
        for text, first in (("readfile", "JetReadFileInstance"), ("-801", "JET_errBackupAbortByServer -801"),
                            ("abortbyserver", "JET_errBackupAbortByServer -801"), ("read-2", "READ-2"),
                            ("d-01", "D-01"), ("stop requested", "a stop was requested")):
            self.assertEqual(self.search(text)[:1], [first], text)
            if text == "readfile":
                self.shot("search")
            self.press(Keys.ESCAPE)
            self.assertEqual(self.results() and self.seen("#results"), [], text)
        self.assertEqual(self.search("no such thing"), [])
        self.assertIn("Nothing", self.one("#results").text)

    def test_enter_goes_to_the_chosen_result(self):
        self.search("logs")
        self.press(Keys.ARROW_DOWN)
        wanted = self.one("#results li[aria-selected='true']").get_attribute("data-anchor")
        self.press(Keys.ENTER)
        self.assertEqual(self.script("decodeURIComponent(location.hash)"), "#" + wanted)
        self.assertEqual(self.seen("#results"), [])
        top = self.script("document.getElementById(decodeURIComponent(location.hash.slice(1)))"
                          ".getBoundingClientRect().top")
        self.assertTrue(40 <= top < 1000, top)

    def test_each_dialect_shows_what_is_its_own(self):
        for choice, shown, hidden in (("strict", "strict", "ese"), ("ese", "ese", "strict")):
            self.one(f"input[value='{choice}'] + span").click()
            self.assertEqual(self.seen(f"main [data-d='{hidden}']"), [])
            self.assertTrue(self.seen(f"main [data-d='{shown}']"))
        self.one("body").click()
        self.press("d")
        self.assertEqual(self.script("document.documentElement.dataset.dialect"), "both")
        self.assertTrue(self.seen("main [data-d='strict']") and self.seen("main [data-d='ese']"))
        self.open("?dialect=ese")
        self.assertEqual(self.seen("main [data-d='strict']"), [])

    def test_j_and_k_go_from_entry_to_entry(self):
        self.press("j")
        first = self.script("document.activeElement.id")
        self.press("j")
        second = self.script("document.activeElement.id")
        self.press("k")
        entries = [element.get_attribute("id") for element in self.all(".entry")[:2]]
        self.assertEqual([first, second], entries)
        self.assertEqual(self.script("document.activeElement.id"), first)

    def test_escape_closes_the_help(self):
        self.press("?")
        self.assertTrue(self.one("#help").is_displayed())
        self.press(Keys.ESCAPE)
        self.assertFalse(self.one("#help").is_displayed())

    def test_light_and_dark_can_be_read(self):
        grounds = set()
        for theme in ("light", "dark"):
            self.open(f"?theme={theme}")
            for place in ("about", "diagrams", "JetReadFileInstance", "READ-1", "D-01", "codes"):
                self.script(f"document.getElementById('{place}').scrollIntoView()")
                self.shot(f"{theme}-{place}")
            grounds.add(self.script("getComputedStyle(document.body).backgroundColor"))
        self.assertEqual(len(grounds), 2)

    def test_it_fits_a_narrow_window_and_a_sheet_of_paper(self):
        self.addCleanup(self.browser.set_window_size, 1440, 1000)
        self.browser.set_window_size(560, 900)
        self.shot("narrow")
        self.assertLessEqual(self.script("document.documentElement.scrollWidth"),
                             self.script("innerWidth"))
        # The driver gives a sheet ten seconds, which a busy machine exceeds.
        sheet = SCRATCH / "spec.pdf"
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu",
                        f"--user-data-dir={SCRATCH / 'profile'}", f"--print-to-pdf={sheet}",
                        self.path.as_uri()], check=True, timeout=200, capture_output=True)
        self.assertTrue(sheet.read_bytes().startswith(b"%PDF"))
        self.assertGreater(sheet.stat().st_size, 10_000)

    def test_one_dialect_alone_has_no_trace_of_the_other(self):
        text = export("strict.html", "--dialect", "strict").read_text()
        self.assertNotIn('<tr data-d="ese"', text)
        self.assertNotIn('name="dialect" value=', text)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
