"""Fixtures that tests of the preview share with those of publishing."""

from tests.publish.conftest import workshop

__all__ = ["workshop"]
