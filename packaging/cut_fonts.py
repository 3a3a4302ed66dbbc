"""Cuts the typefaces into the environment that runs this. Set-up calls it with the environment's own Python."""

import os
import sys

from evidence_desk import fonts, resources


def main() -> int:
    """Make the faces unless they are there; return 0, or 1 with one line on what is in the way."""
    folder = resources.environment_font_folder()
    if fonts.is_complete(folder):
        return 0
    try:
        fonts.make(folder, processes=min(4, os.cpu_count() or 1))
    except OSError as error:
        print(f"The typefaces could not be prepared in {folder}: {error.strerror or error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
