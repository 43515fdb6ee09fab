#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A preview whose records are edited: what it shows, and when.

ahead.py ZHELI FOLDER CASE

Serves a copy of the small registry of the golden cases from FOLDER and plays
one case. Says what is wrong and ends with 1; ends with 0 if nothing is.
"""
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request

RECORD = "content/achievements/demo-lab/chip.md"
PAGE = "achievements/demo-lab/chip/"
BASE = os.path.join(os.path.dirname(__file__), "../golden/base")
PATIENCE = 60
SCRIPT = re.compile(rb'<script src="/-/reload.js\?seen=(\d+)"></script>\n')


class Wrong(Exception):
    pass


def claim(holds, text):
    if not holds:
        raise Wrong(text)


class Preview:
    def __init__(self, zheli, folder, with_git):
        self.registry = os.path.join(folder, "registry")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(BASE, self.registry)
        with open(os.path.join(self.registry, "content/site.yaml"), "a",
                  encoding="utf-8") as file:
            file.write("second_language: en\n")
        if with_git:
            self.git("init", "-q")
            self.git("add", ".")
            self.git("-c", "user.name=a", "-c", "user.email=a@b.example",
                     "commit", "-qm", "x")
        self.log = os.path.join(folder, "log")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [zheli, "serve", "-q", "-C", self.registry, "-p", "0",
                 "--as-of", "2026-06-30", "--lang", "en"],
                stdout=subprocess.PIPE, stderr=log)
        said = self.process.stdout.readline().decode()
        self.address = re.search(r"http://[^ ]*/", said).group(0)
        self.until(lambda: self.built() >= 1, "the first build")
        # Its pages are open once it answers the first question.
        self.get(PAGE)

    def git(self, *words):
        subprocess.run(["git", "-C", self.registry, *words], check=True)

    def said(self, what):
        with open(self.log, encoding="utf-8") as log:
            return len(re.findall("^" + what, log.read(), re.M))

    def built(self):
        return self.said("internal site: ")

    def begun(self):
        return self.said("changed, building again")

    def until(self, holds, what):
        end = time.monotonic() + PATIENCE
        while not holds():
            claim(time.monotonic() < end, f"waited in vain for {what}")
            claim(self.process.poll() is None, "the server has ended")
            time.sleep(0.005)

    def get(self, page):
        """Status, bytes as built, and the generation that they are of."""
        try:
            with urllib.request.urlopen(self.address + page) as answer:
                status, body = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        found = SCRIPT.search(body)
        return status, SCRIPT.sub(b"", body), \
            int(found.group(1)) if found else 0

    def is_stale(self, page, seen):
        with urllib.request.urlopen(
                f"{self.address}-/events?seen={seen}&page=/{page}") as answer:
            return answer.status == 200

    def on_disk(self, page):
        path = os.path.join(self.registry, ".zheli/preview/public", page,
                            "index.html")
        if not os.path.exists(path):
            return b""
        with open(path, "rb") as file:
            return file.read()

    def text(self):
        with open(os.path.join(self.registry, RECORD),
                  encoding="utf-8") as file:
            return file.read()

    def write(self, text, path=RECORD):
        """As editors do it: beside it, and renamed."""
        path = os.path.join(self.registry, path)
        with open(path + "~", "w", encoding="utf-8") as file:
            file.write(text)
        os.rename(path + "~", path)

    def rest(self, builds):
        self.until(lambda: self.built() >= builds, f"build {builds}")

    def shows(self, page, word):
        return word.encode() in self.get(page)[1]


def edit_and_see(preview, page, change, word):
    """Whether the page was there before the file; it is the same after."""
    builds = preview.built()
    # What makes pages ahead is opened anew after each build.
    time.sleep(0.3 * preview.built())
    preview.get(page)
    preview.write(change(preview.text()))
    preview.until(lambda: preview.shows(page, word), f"{word} in {page}")
    _, ahead, seen = preview.get(page)
    before = word.encode() not in preview.on_disk(page)
    preview.rest(builds + 1)
    # The server tells of the build a little later than the build itself.
    preview.until(lambda: preview.get(page)[2] > seen or not before,
                  "the generation of the build")
    _, after, _ = preview.get(page)
    claim(after == preview.on_disk(page), f"{page} is not what was built")
    if before:
        claim(ahead == after, f"{page} ahead is not what was built")
    return before


def ahead(preview):
    for page in (PAGE, "en/" + PAGE, "units/demo-lab/"):
        # Where the machine is busy a build may be over before one looks.
        tries = 0
        while not edit_and_see(
                preview, page, lambda text: re.sub(
                    "^title: .*", f"title: {page}{tries}", text,
                    flags=re.M), f"{page}{tries}"):
            tries += 1
            claim(tries < 8, f"{page} never comes before its build")


def body(preview):
    tries = 0
    while not edit_and_see(preview, PAGE,
                           lambda text: text + f"\n第 {tries} 句。\n",
                           f"第 {tries} 句"):
        tries += 1
        claim(tries < 8, "the page never comes before its build")


def once(preview):
    """A page that was shown ahead is not loaded again after its build."""
    for tries in range(8):
        builds = preview.built()
        word = f"第 {tries} 句"
        _, _, first = preview.get(PAGE)
        preview.write(preview.text() + f"\n{word}。\n")
        preview.until(lambda: preview.shows(PAGE, word), word)
        _, _, seen = preview.get(PAGE)
        was_ahead = word.encode() not in preview.on_disk(PAGE)
        claim(preview.is_stale(PAGE, first), "an open page is not told")
        preview.rest(builds + 1)
        preview.until(lambda: preview.get(PAGE)[2] > seen or not was_ahead,
                      "the generation of the build")
        if not was_ahead:
            continue
        claim(preview.is_stale("guide/", seen), "a build is not told")
        claim(not preview.is_stale(PAGE, seen), "told twice of one edit")
        return
    raise Wrong("the page never comes before its build")


def twice(preview):
    text = preview.text()
    builds = preview.built()
    preview.write(text + "\n甲句。\n")
    time.sleep(0.02)
    preview.write(text + "\n乙句。\n")
    preview.until(lambda: preview.shows(PAGE, "乙句"), "the second edit")
    while preview.built() == builds or \
            "乙句".encode() not in preview.on_disk(PAGE):
        claim(preview.shows(PAGE, "乙句"), "it goes back")
        time.sleep(0.01)
    claim(preview.shows(PAGE, "乙句") and not preview.shows(PAGE, "甲句"),
          "not the second edit")


def during(preview):
    text = preview.text()
    builds, begun = preview.built(), preview.begun()
    preview.write(text + "\n甲句。\n")
    preview.until(lambda: preview.begun() > begun, "a build")
    preview.write(text + "\n乙句。\n")
    preview.until(lambda: preview.shows(PAGE, "乙句"), "the second edit")
    preview.until(lambda: "乙句".encode() in preview.on_disk(PAGE), "its file")
    preview.rest(builds + 1)
    preview.until(lambda: preview.get(PAGE)[1] == preview.on_disk(PAGE),
                  "what was built")


def invalid(preview):
    text = preview.text()
    builds = preview.built()
    preview.write(re.sub("^title: .*\n", "", text, flags=re.M) + "\n甲句。\n")
    while preview.built() == builds:
        claim(not preview.shows(PAGE, "甲句"), "a faulty record is shown")
        time.sleep(0.01)
    claim(preview.said(RECORD + ":.*error") > 0, "no error is told")
    preview.until(lambda: preview.get(PAGE)[0] == 404, "its end")
    preview.write(text + "\n乙句。\n")
    preview.until(lambda: preview.shows(PAGE, "乙句"), "the repaired record")
    preview.until(lambda: preview.get(PAGE)[1] == preview.on_disk(PAGE),
                  "what was built")


def coming(preview):
    """New records, deleted ones, and other files, wait for their build."""
    claim(preview.get("new/")[0] == 404, "it is there already")
    builds = preview.built()
    preview.write("---\ntitle: 新页\nsummary: 新页。\n---\n\n新句。\n",
                  "content/pages/new.md")
    preview.until(lambda: preview.shows("new/", "新句"), "a new record")
    preview.rest(builds + 1)
    builds = preview.built()
    preview.write(preview.text() + "\n甲句。\n")
    preview.until(lambda: preview.shows(PAGE, "甲句"), "an edit after it")
    preview.rest(builds + 1)
    with open(os.path.join(preview.registry, "content/site.yaml"),
              "a", encoding="utf-8") as file:
        file.write("tagline_en: Another tagline\n")
    preview.write(preview.text() + "\n乙句。\n")
    preview.until(lambda: preview.shows(PAGE, "乙句"), "an edit with settings")
    preview.until(lambda: "乙句".encode() in preview.on_disk(PAGE) and
                  preview.get(PAGE)[1] == preview.on_disk(PAGE),
                  "what was built")
    os.remove(os.path.join(preview.registry, RECORD))
    preview.until(lambda: not preview.shows(PAGE, "乙句"), "its end")


def main():
    zheli, folder, name = sys.argv[1:]
    cases = {"ahead": ahead, "body": body, "once": once, "twice": twice,
             "during": during, "invalid": invalid, "coming": coming}
    preview = Preview(zheli, folder, name != "coming")
    try:
        cases[name](preview)
    except Wrong as wrong:
        print(f"{name}: {wrong}")
        return 1
    finally:
        preview.process.terminate()
        preview.process.wait()
    return 0


sys.exit(main())
