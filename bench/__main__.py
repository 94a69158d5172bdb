"""`make bench [ONLY=calendar]`: runs each measure in a process of its own."""

import os
import subprocess
import sys

MEASURES = ("network", "calendar", "feeds", "search", "import", "registration")


def main() -> int:
    chosen = os.environ.get("ONLY", "").split() or MEASURES
    failed = 0
    for name in chosen:
        sys.stdout.write(f"\n== {name}\n")
        sys.stdout.flush()
        failed |= subprocess.run(
            [sys.executable, "-m", f"bench.bench_{name}"]
        ).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
