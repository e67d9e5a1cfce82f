"""What the tests share: a browser, a site for each file of tests, and people who come to it."""

import pathlib

import pytest
from playwright.sync_api import sync_playwright

from served import Site, example
from visitor import Visitor

CHROMIUM = "/usr/bin/chromium-headless-shell"


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(request):
    site = Site(pathlib.Path(request.node.fspath).stem)
    yield site
    site.stop()


@pytest.fixture
def visitor(browser, site):
    """Makes visitors; when they leave, none may have met a third party, a script's fault or a breach of the policy."""
    here = []

    def come(**options):
        here.append(Visitor(browser, site, **options))
        return here[-1]

    yield come
    for each in here:
        each.close()


@pytest.fixture(params=["th", "en"])
def language(request):
    return request.param
