import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

from tests.dashboards.conftest import Pages

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
# A phone inside a page, as Chromium's own windows are never narrower than 500 pixels:
# opens what is folded and writes the width it needs where `--dump-dom` shows it.
PHONE = """<!doctype html><title></title>
<iframe style="border:0;width:390px;height:844px" srcdoc="{page}"></iframe>
<script>
addEventListener("load", () => {{
  const inner = document.querySelector("iframe").contentDocument;
  inner.querySelectorAll("details").forEach(part => part.open = true);
  const root = inner.documentElement;
  document.title = [root.clientWidth, root.scrollWidth].join(" ");
}});
</script>"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.mark.parametrize("whose", ["trust", "person"])
def test_a_page_fits_a_phone(pages: Pages, tmp_path: Path, whose: str) -> None:
    html = pages.trust() if whose == "trust" else pages.person(1)
    page = tmp_path / "page.html"
    page.write_text(PHONE.format(page=escape(POLICY.sub("", html))))
    width, needed = dumped_title(page, tmp_path / "profile").split()
    assert int(needed) <= int(width) <= 390


def dumped_title(page: Path, profile: Path) -> str:
    """The title that the page gave itself once it was loaded."""
    dumped = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = re.search(r"<title>(.*?)</title>", dumped.stdout)
    assert found is not None
    return found[1]
