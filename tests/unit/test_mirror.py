"""tests/unit/ mirrors engine/: whoever looks for a module's tests finds them by its name."""

from pathlib import Path


def expected_test(module: Path) -> Path:
    """Where the tests of engine/<module> stand, relative to tests/unit/."""
    return module.parent / f"test_{module.name}"


def missing_mirrors(engine: Path, unit: Path) -> list[str]:
    """The modules of `engine` without their test module, as `module: expected place`."""
    modules = sorted(path.relative_to(engine) for path in engine.rglob("*.py"))
    return [
        f"engine/{module}: tests/unit/{expected_test(module)}"
        for module in modules
        if module.name != "__init__.py" and not (unit / expected_test(module)).is_file()
    ]


def test_every_module_has_its_tests(repo: Path) -> None:
    missing = missing_mirrors(repo / "engine", repo / "tests" / "unit")
    assert missing == [], "modules without tests of their own:\n" + "\n".join(missing)


def test_missing_mirror_is_named(tmp_path: Path) -> None:
    for name in ("engine/units.py", "engine/rules/read.py", "engine/rules/__init__.py", "unit/test_units.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    missing = missing_mirrors(tmp_path / "engine", tmp_path / "unit")
    assert missing == ["engine/rules/read.py: tests/unit/rules/test_read.py"]
