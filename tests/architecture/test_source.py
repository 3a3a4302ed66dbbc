"""Rules on the source that no linter here knows."""

import ast
from collections.abc import Iterator
from typing import Protocol


class Module(Protocol):
    """What the fixture `modules` hands over."""

    name: str
    text: str
    tree: ast.Module


Modules = list[Module]

# Fetching, listening, resolving: none of it exists in a program that never uses the network.
NETWORK = {
    "asyncio.open_connection", "ftplib", "http.client", "http.server", "imaplib", "smtplib", "socket", "socketserver",
    "ssl", "telnetlib", "urllib.request", "webbrowser", "xmlrpc", "requests", "httpx", "urllib3", "aiohttp",
    "PySide6.QtNetwork", "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets",
}  # fmt: skip
TRANSLATORS = {"tr"}
# Words the product never says of evidence, in anything it shows or prints.
LOADED = ("proves", "proven", "guilty", "undeniably")
VAGUE = {"utils", "util", "helpers", "helper", "manager", "misc", "common", "stuff"}


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_network_module_is_imported(modules: Modules) -> None:
    hits = [
        f"{module.name}: {name}"
        for module in modules
        for name in _imports(module.tree)
        if any(name == banned or name.startswith(banned + ".") for banned in NETWORK)
    ]
    assert hits == []


def test_every_module_says_what_it_is_for(modules: Modules) -> None:
    assert [module.name for module in modules if module.text.strip() and not ast.get_docstring(module.tree)] == []


def test_module_names_say_something(modules: Modules) -> None:
    assert [m.name for m in modules if VAGUE & set(m.name.removesuffix(".py").replace("/", "_").split("_"))] == []


def test_translated_text_is_a_plain_string(modules: Modules) -> None:
    """A key made at run time (f-string, concatenation, format) is never found by the translators' tools."""
    hits = []
    for module in modules:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in TRANSLATORS and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                hits.append(f"{module.name}:{node.lineno}")
            if called in TRANSLATORS and isinstance(node.args[0], ast.Call):
                inner = node.args[0].func
                if isinstance(inner, ast.Attribute) and inner.attr == "format":
                    hits.append(f"{module.name}:{node.lineno}")
    assert hits == []


def test_no_event_loop_is_pumped_by_hand(modules: Modules) -> None:
    assert [m.name for m in modules if ".processEvents(" in m.text] == []


def test_no_loaded_words(modules: Modules) -> None:
    """Text of the program takes no side. The wording guard must name such words to catch them."""
    hits = []
    for module in modules:
        if module.name == "evidence_desk/domain/guard.py":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = node.value.lower().split()
                hits += [f"{module.name}:{node.lineno}: {word}" for word in LOADED if word in words]
    assert hits == []
