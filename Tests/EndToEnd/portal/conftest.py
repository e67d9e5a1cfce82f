"""What the tests share: a browser, a site for each file of tests, and people who come to it."""

import pathlib

import pytest
from playwright.sync_api import sync_playwright

import pages
from served import Site
from visitor import Visitor

CHROMIUM = "/usr/bin/chromium-headless-shell"


def is_whole(config):
    """Whether everything runs, in the process that has the others run it."""
    here = pathlib.Path(__file__).parent
    asked = [pathlib.Path(each).resolve() for each in config.args]
    return not hasattr(config, "workerinput") and asked == [here] and not config.option.keyword


def pytest_sessionstart(session):
    if is_whole(session.config):
        pages.forget()


def pytest_sessionfinish(session, exitstatus):
    """Once all have passed: every page has been looked over for barriers by one of them."""
    if exitstatus == 0 and is_whole(session.config) and (left := pages.unseen()):
        print("\npages that no test looks over:", *left, sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


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
