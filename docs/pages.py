"""A mkdocs hook: guide, language and rule pages come from where they live, so that nothing is said twice."""

import json
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is written elsewhere in the repository."""
    rules = sorted((ROOT / "rules").glob("*.md"))
    pages = {f"rules/{path.stem.replace('_', '-')}.md": path.read_text(encoding="utf-8") for path in rules}
    pages["rules/index.md"] = _list(rules)
    pages["index.md"] = _linked((ROOT / "README.md").read_text(encoding="utf-8"))
    pages["language.md"] = _language()
    for name, text in pages.items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the keys of the configuration where a page asks for them."""
    return markdown.replace("{{ keys }}", _keys()) if "{{ keys }}" in markdown else markdown


def _keys() -> str:
    """The keys of the configuration, with what its schema says of each."""
    schema = json.loads((ROOT / "policylint" / "config" / "schema.json").read_text(encoding="utf-8"))
    rows = [f"| `{key}` | {about['description']} |" for key, about in schema["properties"].items()]
    return "\n".join(["| key | what it says |", "|---|---|", *rows])


def _list(rules: list[Path]) -> str:
    """The rules by code, each with the sentence under its title."""
    rows = []
    for path in rules:
        title, sentence, *_ = path.read_text(encoding="utf-8").split("\n\n")
        code, name = title.removeprefix("# ").split(" ", 1)
        rows.append(f"| {code} | [{name}]({path.stem.replace('_', '-')}.md) | {' '.join(sentence.split())} |")
    return "\n".join(["# Rules", "", "| code | name | what it finds |", "|---|---|---|", *sorted(rows), ""])


def _language() -> str:
    """How the language is read, and the commented grammar below it."""
    readme = (ROOT / "grammar" / "README.md").read_text(encoding="utf-8")
    grammar = (ROOT / "grammar" / "policylint.lark").read_text(encoding="utf-8")
    return f"{_linked(readme)}\n## The grammar\n\n```\n{grammar}```\n"


def _linked(text: str) -> str:
    """Links between files of the repository as links between pages; what is no page is named and not linked."""
    targets = {
        "grammar/README.md": "language.md",
        "grammar/policylint.lark": "language.md#the-grammar",
        "rules": "rules/index.md",
        "docs/design": "design/README.md",
        "../README.md": "index.md",
    }

    def link(match: re.Match[str]) -> str:
        label, target = match.groups()
        if target.startswith(("http", "#")):
            return match.group()
        page = targets.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else None)
        return f"[{label}]({page})" if page else f"`{label}`"

    return re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", link, text)
