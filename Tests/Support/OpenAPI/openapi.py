"""Holds the client's requests and the server's answers against Adobe's published descriptions of its APIs.

usage: openapi.py FOLDER [--only FILE]

FOLDER has destinations.yaml, flow-service.yaml, sandbox.yaml and ad-hoc-activation.yaml of the repository
AdobeDocs/experience-platform-apis (static/swagger-specs), or some of them. The tests of the client against the server,
and those of the server, are run with every request and answer recorded; the sample bodies and answers beside the tests
of the API's types are added. With --only what is in FILE is taken instead, and no test is run.

Prints a table of the operations, then every disagreement with its reason. Ends with 1 where one has none, and with 2
where there is nothing to check.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

PACKAGE = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(PACKAGE / "Tests/Support/Servers"))

from check import Check  # noqa: E402
from documents import Document  # noqa: E402
from exchanges import recorded, samples  # noqa: E402
from known import KNOWN  # noqa: E402
from recorder import Recorder  # noqa: E402

NAMES = ["destinations", "flow-service", "sandbox", "ad-hoc-activation"]
# Tests in which everything goes over the API, without those that send what is no HTTP.
SUITES = "FlowServiceClientTests.ConformanceTests|FlowServiceServerTests"


def record(file):
    """Runs the tests with their requests led past a recorder."""
    recorder = Recorder(file)
    ran = subprocess.run(
        ["swift", "test", "--skip-build", "--filter", SUITES], cwd=PACKAGE,
        env=os.environ | {"SLUICE_TEST_RECORDER": recorder.url}, stdout=sys.stderr)
    recorder.shutdown()
    if ran.returncode != 0:
        sys.exit(2)


def main(folder, only=None):
    files = [pathlib.Path(folder) / f"{name}.yaml" for name in NAMES]
    documents = [Document(file.stem, file.read_text()) for file in files if file.exists()]
    if not documents:
        print(f"{folder} has none of {', '.join(file.name for file in files)}.", file=sys.stderr)
        return 2
    check = Check(documents, KNOWN)
    if only:
        for exchange in recorded(only):
            check.add(exchange)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            file = pathlib.Path(temporary) / "exchanges.jsonl"
            file.touch()
            record(file)
            for exchange in [*samples(), *recorded(file)]:
                check.add(exchange)
    if not check.requests and not check.answers:
        print("Nothing was recorded.", file=sys.stderr)
        return 2
    return 0 if check.report() else 1


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) == 1:
        sys.exit(main(arguments[0]))
    if len(arguments) == 3 and arguments[1] == "--only":
        sys.exit(main(arguments[0], arguments[2]))
    sys.exit(__doc__)
