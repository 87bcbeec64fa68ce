"""Fixtures that tests of commands share with those of publishing: a small publication, and a process that builds it."""

from tests.publish.conftest import workshop

__all__ = ["workshop"]
