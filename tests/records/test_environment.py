import sys
from importlib.metadata import version

from qml.records import describe_environment, describe_packages, requirements


def test_variables_are_kept_by_an_allow_list():
    environ = {
        "OMP_NUM_THREADS": "2",
        "JAX_ENABLE_X64": "1",
        "HOME": "/home/x",
        "IONQ_API_KEY": "abcdefgh",
        "QML_TRAIN__EPOCHS": "5",
        "XLA_FLAGS": "--dump=abcdefgh",
    }
    assert describe_environment(environ)["variables"] == {
        "JAX_ENABLE_X64": "1",
        "OMP_NUM_THREADS": "2",
        "XLA_FLAGS": "--dump=(removed)",
    }


def test_the_machine_is_described():
    found = describe_environment({})
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    assert found["threads"] >= 1
    assert found["memory_bytes"] > 10**8
    assert found["cpu"]


def test_accelerators_are_those_of_jax_once_it_is_imported():
    import jax

    found = describe_environment({})["accelerators"]
    assert [device["platform"] for device in found] == [d.platform for d in jax.devices()]


def test_every_package_has_the_version_that_is_imported():
    packages = describe_packages()
    for name in ("numpy", "scikit-learn", "qml-workbench"):
        assert packages[name] == version(name)
    assert list(packages) == sorted(packages)
    assert f"numpy=={version('numpy')}\n" in requirements(packages)
