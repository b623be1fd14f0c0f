#!/usr/bin/python3
# SPDX-License-Identifier: MIT
#
# page_test.py PROGRAM HISTORIES TRACE SCRATCH-DIR PROGRAM-WITH-BUG drives the pages of recorded
# histories and of a trace, without its bug and with it, in headless Chromium as a reader would, and
# listens for errors. Pictures stay in SCRATCH-DIR.
import json
import pathlib
import re
import subprocess
import sys
import unittest

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

PROGRAM, HISTORIES, TRACE = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
SCRATCH, WITH_BUG = pathlib.Path(sys.argv[4]), sys.argv[5]
MOST_BYTES = 1_000_000


def page_of_history(name, family, identity):
    path = SCRATCH / f"{name}.html"
    subprocess.run([PROGRAM, "check-history", str(HISTORIES / f"{family}.jsonl.zst"), "--dialect", "ese",
                    "--quiet", "--summary", "--id", identity, "--html", str(path)],
                   stdout=subprocess.DEVNULL, check=False)
    return path


def long_history():
    setup = [{"call": "JetCreateInstance2", "args": {"as": "i1", "name": "i1"}, "err": 0},
             {"call": "JetInit3", "err": 0}, {"call": "JetBeginSession", "err": 0},
             {"call": "JetBeginExternalBackupInstance", "args": {"grbit": "0"}, "err": 0}]
    calls = [{"thread": n % 4, "call": "JetStopBackupInstance", "inv": 10 * n, "ret": 10 * n + 25, "err": 0}
             for n in range(6000)]
    calls[3000]["err"] = -520
    return {"id": "long", "setup": setup, "history": calls}


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        SCRATCH.mkdir(parents=True, exist_ok=True)
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1440,1150"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        cls.browser = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def tearDown(self):
        severe = [entry for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"]
        self.assertEqual(severe, [], "the console has errors")
        loaded = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        asked = {event["params"]["request"]["url"].split(":")[0] for event in loaded
                 if event["method"] == "Network.requestWillBeSent"}
        self.assertLessEqual(asked, {"file", "data", "about"}, "the page asks the network")

    def open(self, path, theme="light"):
        self.assertLess(path.stat().st_size, MOST_BYTES)
        self.browser.get(path.as_uri() + "?theme=" + theme)
        self.browser.save_screenshot(str(SCRATCH / f"{path.stem}-{theme}.png"))

    def one(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def press(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def blamed(self, path, call, code, clause):
        self.open(path)
        self.assertEqual(self.one("#verdict").text, "not-explained")
        self.assertEqual(len(self.browser.find_elements(By.CSS_SELECTOR, ".call.bad")), 1)
        blame = self.one("#blame").text
        for word in (call, code, clause):
            self.assertIn(word, blame)

    def test_a_double_end_is_blamed(self):
        path = page_of_history("double-end", "end_end", "end_end/a/124")
        self.blamed(path, "JetEndExternalBackupInstance", "JET_errNoBackup", "END-3")
        self.assertIn("was in progress until now", self.one("#states tr.differs").text)

    def test_a_page_delivered_twice_is_blamed(self):
        path = page_of_history("page-twice", "read_read", "read_read/a/211")
        self.blamed(path, "JetReadFileInstance", "0 pages", "READ-15")
        self.assertIn("258 of 257 pages", self.one("#states tr.differs").text)

    def test_a_handle_that_lives_on_is_blamed(self):
        path = page_of_history("handle-lives-on", "mix3", "mix3/a/57")
        self.blamed(path, "JetCloseFileInstance", "JET_errInvalidParameter", "CLOSE-2")
        self.assertIn("was open until now", self.one("#states tr.differs").text)

    def test_it_is_stepped_by_keys_and_buttons(self):
        self.open(page_of_history("double-end", "end_end", "end_end/a/124"))
        self.assertEqual(self.one("#at").text, "step 3 of 3")
        self.press(Keys.HOME)
        self.assertEqual(self.one("#at").text, "step 0 of 3")
        self.assertEqual(self.browser.find_elements(By.CSS_SELECTOR, ".call.done"), [])
        self.press(Keys.ARROW_RIGHT)
        self.assertEqual(self.one("#at").text, "step 1 of 3")
        self.assertIn("END-10", self.one("#step").text)
        self.assertEqual(self.one(".node.here").text, "ready")
        self.one("#forward").click()
        self.one("#back").click()
        self.assertEqual(self.one("#at").text, "step 1 of 3")
        self.press("c")
        self.assertEqual(self.one("#at").text, "step 3 of 3")
        self.press("?")
        self.assertTrue(self.one("#help").is_displayed())
        self.press(Keys.ESCAPE)

    def test_a_clause_tells_its_text_on_hover(self):
        self.open(page_of_history("double-end", "end_end", "end_end/a/124"))
        ActionChains(self.browser).move_to_element(self.one("#blame .clause")).perform()
        self.assertIn("of several ends of one backup one succeeds", self.one("#tip").text)

    def test_light_and_dark_differ(self):
        path = page_of_history("double-end", "end_end", "end_end/a/124")
        grounds = set()
        for theme in ("light", "dark"):
            self.open(path, theme)
            grounds.add(self.browser.execute_script("return getComputedStyle(document.body).backgroundColor"))
        self.press("t")
        grounds.add(self.browser.execute_script("return getComputedStyle(document.body).backgroundColor"))
        self.assertEqual(len(grounds), 2)

    def test_a_trace_has_a_page_too(self):
        path = SCRATCH / "trace.html"
        subprocess.run([PROGRAM, "show", TRACE, "--html", str(path)], check=True)
        self.open(path)
        self.assertEqual(self.one("#verdict").text, "no violation")
        self.assertTrue(self.browser.find_elements(By.CSS_SELECTOR, ".notes"))
        self.press("n")
        self.assertEqual(self.one(".notes").get_attribute("style"), "display: none;")

    def test_a_failing_trace_is_explained(self):
        path = SCRATCH / "failing.html"
        subprocess.run([WITH_BUG, "show", TRACE, "--html", str(path)], check=True)
        for theme in ("light", "dark"):
            self.open(path, theme)
        self.assertTrue(self.one("#explanation").is_displayed())
        self.assertIn("JetEndExternalBackupInstance", self.one("#matters").text)
        self.assertIn("mode=multi", self.one("#other").text)
        self.assertIn("The switch to T1", self.one("#change").text)
        self.assertTrue(self.browser.find_elements(By.CSS_SELECTOR, "#beside tr.differs"))

    def test_what_fails_without_a_call_to_blame_is_no_good_page(self):
        path = SCRATCH / "failing.html"
        subprocess.run([WITH_BUG, "show", TRACE, "--html", str(path)], check=True)
        text = re.sub(r'"culprit":\d+', '"culprit":null', path.read_text())
        (SCRATCH / "no-culprit.html").write_text(text)
        self.open(SCRATCH / "no-culprit.html")
        self.assertEqual(self.one("#blame").get_attribute("class"), "")
        self.assertEqual(self.one("#verdict").get_attribute("class"), "bad")
        (SCRATCH / "undecided.html").write_text(re.sub(r'"verdict":"[^"]*"', '"verdict":"unknown"', text))
        self.open(SCRATCH / "undecided.html")
        self.assertEqual(self.one("#blame").get_attribute("class"), "open")
        self.assertEqual(self.one("#verdict").get_attribute("class"), "")

    def test_locks_and_file_operations_unfold(self):
        path = SCRATCH / "events.html"
        subprocess.run([PROGRAM, "show", TRACE, "--html", str(path)], check=True)
        self.open(path)
        points = lambda: self.browser.find_elements(By.CSS_SELECTOR, ".point")
        self.assertEqual(points(), [])
        self.assertFalse(self.one("#point-legend").is_displayed())
        width = self.one("#lanes svg").size["width"]
        self.press("e")
        self.assertGreater(len(points()), 10)
        self.assertTrue(self.one("#point-legend").is_displayed())
        self.assertGreater(self.one("#lanes svg").size["width"], width)
        self.browser.save_screenshot(str(SCRATCH / "events-unfolded.png"))
        self.one("#points").click()
        self.assertEqual(points(), [])

    def test_of_a_long_history_it_shows_an_excerpt_and_says_so(self):
        source = SCRATCH / "long.jsonl"
        source.write_text(json.dumps(long_history()))
        path = SCRATCH / "long.html"
        subprocess.run([PROGRAM, "check-history", str(source), "--dialect", "ese", "--quiet", "--html", str(path)],
                       stdout=subprocess.DEVNULL, check=False)
        self.open(path)
        self.assertIn("of 6000", self.one("#blame").text)
        self.assertEqual(len(self.browser.find_elements(By.CSS_SELECTOR, ".call.bad")), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
