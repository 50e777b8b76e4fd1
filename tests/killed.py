"""A command, killed at every line of our code that it passes once it has something to write."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import json, os, sys
from pathlib import Path
from sphinx_mmu.cli import main

path, old, modules, begins, command = json.loads(sys.argv[1])
files = {sys.modules[f"sphinx_mmu.{name}"].__file__ for name in modules}
seen = []

def run(step):
    begun = False
    def trace(frame, event, arg):
        nonlocal begun, step
        if frame.f_code.co_filename not in files:
            return None
        begun = begun or frame.f_code.co_name == begins
        step -= begun
        if step == 0:
            os._exit(9)
        return trace
    sys.settrace(trace)
    main(command)

for step in range(1, 1000):
    Path(path).write_text(old, "utf-8")
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        run(step)
        os._exit(1)  # never: main exits
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen.append(Path(path).read_text("utf-8"))
    if code != 9:
        break
print(json.dumps([code, seen]))
"""


def killed_at_each_line(
    path: Path, old: str, command: list[str], modules: list[str], begins: str
) -> list[str]:
    """What is in the file ``path``, which had the text ``old``, after each kill; at last after no
    kill.

    ``begins`` is the function from whose first line on the command is killed, ``modules`` are those
    of our package whose lines count.
    """
    arguments = json.dumps([str(path), old, modules, begins, command])
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    code, seen = json.loads(done.stdout)
    assert code == 0, done.stderr
    found: list[str] = seen
    return found
