"""The same village as in stories."""

from tests.stories.conftest import founded

__all__ = ["founded"]
