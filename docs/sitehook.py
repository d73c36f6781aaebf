"""What the site needs beside the pages themselves: `mkdocs.yml` names this file as a hook.

Pages of the repository that lie outside `docs/` become pages of the site, and their links are turned to where things
lie there. A link to a file that is no page becomes the name of that file: the site is read without the repository.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

#: Pages of the repository that are not in docs/, and their names on the site.
OUTSIDE = {
    "README.md": "index.md",
    "README.zh.md": "zh.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
}

_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"^(```\w+) title=([^\s\"]+)$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[([^\]\n]*)\]\(([^)\s]+)\)")


def turned(text: str, place: str) -> str:
    """A page's text with its links as they are on the site, and its blocks' titles as the site's Markdown writes them.

    `place` is the page's path in the repository.

    >>> turned("[a](docs/a.md#b) [c](LICENSE) [d](README.zh.md) [e](https://e.org)", "README.md")
    '[a](a.md#b) c [d](zh.md) [e](https://e.org)'
    >>> turned("[a](../README.md)", "docs/x.md")
    '[a](index.md)'
    """
    parts = _FENCE.split(text)
    parts[::2] = (_LINK.sub(lambda link: _link(link, place), part) for part in parts[::2])
    return _TITLE.sub(r'\1 title="\2"', "".join(parts))


def _link(link: re.Match[str], place: str) -> str:
    mark, words, target = link.groups()
    name, hash_, anchor = target.partition("#")
    if "://" in target or not name:
        return link[0]
    path = posixpath.normpath(posixpath.join(posixpath.dirname(place), name))
    if path in OUTSIDE:
        return f"{mark}[{words}]({OUTSIDE[path]}{hash_}{anchor})"
    if path.startswith("docs/"):
        return f"{mark}[{words}]({path.removeprefix('docs/')}{hash_}{anchor})"
    return words


def on_files(files: Any, config: Any) -> Any:
    """Add the pages from outside, and the files of the theme."""
    from mkdocs.structure.files import File

    for name, page in OUTSIDE.items():
        files.append(File.generated(config, page, content=(ROOT / name).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn the page's links."""
    outside = {page: name for name, page in OUTSIDE.items()}
    return turned(markdown, outside.get(page.file.src_uri, f"docs/{page.file.src_uri}"))


def on_post_build(config: Any) -> None:
    """Write the search index once more as a script, which a page from a disk can load."""
    folder = Path(config.site_dir) / "search"
    index = (folder / "search_index.json").read_text(encoding="utf-8")
    (folder / "search_index.js").write_text(f"var __index = {index}", encoding="utf-8")
    for unread in _unread(Path(config.site_dir)):
        unread.unlink()


def _unread(site: Path) -> Iterator[Path]:
    """Files that no page asks for, the ones that differ from build to build among them."""
    yield from site.rglob("*.map")
    yield from site.glob("sitemap.xml*")
