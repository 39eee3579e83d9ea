"""The work of an export, done with the Python client of Experience Platform against a server of this program.

usage: aepp_sequence.py FILE, where FILE holds what `sluice serve --json` has printed.
Prints a line of JSON with what it saw.
"""

import json
import sys
import time

import aepp
from aepp import configs, exportDatasetToDataLandingZone, flowservice

with open(sys.argv[1]) as file:
    server = json.load(file)

configs.configure(
    org_id=server["organization"], client_id=server["client"], secret=server["clientSecret"],
    scopes="openid,AdobeID,session", sandbox=server["sandboxes"][0])
aepp.config.endpoints["global"] = server["url"]
aepp.config.config_object["oauthTokenEndpointV2"] = server["url"] + "/ims/token/v3"
flows = flowservice.FlowService(config=aepp.config.config_object, header=aepp.config.header)

ZONE = "10440537-2a7b-4583-ac39-ed38d4b848e8"


def wait_for_runs(flow, count):
    """The runs of a flow, once so many are over; at most five minutes."""
    for _ in range(600):
        runs = flows.getRuns(limit=1, prop=f"flowId=={flow}")
        if sum(run["metrics"]["statusSummary"]["status"] == "success" for run in runs) >= count:
            return runs
        time.sleep(0.5)
    raise SystemExit(f"there are no {count} runs of {flow}: {runs}")


seen = {}
seen["specs"] = sorted(spec["name"] for spec in flows.getConnectionSpecs())
seen["spec"] = flows.getConnectionSpec(ZONE)["items"][0]["name"]
seen["flowSpec"] = flows.getFlowSpec("cd2fc47e-e838-4f38-a581-8fff2f99b63a")["attributes"]["_workflow"]
datasets = flows.getExportableDatasetsDLZ()
seen["datasets"] = sorted(dataset["name"] for dataset in datasets)
ids = [dataset["id"] for dataset in datasets if dataset["name"] != "Other"]

source = flows.createSourceConnectionDataLake("Source", "json", ids)
account = flows.createConnection(
    {"name": "Zone", "auth": None, "connectionSpec": {"id": ZONE, "version": "1.0"}})
target = flows.createTargetConnectionDatasetToDataLandingZone("Target", account["id"], "from-aepp")
start = int(time.time()) - 3_600
flow = flows.createFlowDataLakeToDataLandingZone(
    "By aepp", source["id"], target["id"], str(start), str(start + 30 * 86_400),
    export_mode="FIRST_FULL_THEN_INCREMENTAL", schedule_timeUnit="hour", schedule_interval=3)
seen["etags"] = all(made["etag"].startswith('"') for made in (source, account, target, flow))

runs = wait_for_runs(flow["id"], len(ids))
seen["records"] = sorted(run["metrics"]["recordSummary"]["outputRecordCount"] for run in runs)
seen["run"] = flows.getRun(runs[0]["id"])[0]["id"] == runs[0]["id"]
seen["flow"] = flows.getFlow(flow["id"])["name"]
seen["lists"] = [
    len(flows.getConnections(limit=1)), len(flows.getSourceConnections(limit=1)),
    len(flows.getTargetConnections(limit=1)), len(flows.getFlows(limit=1, onlyDestinations=True))]

extra = flows.createSourceConnectionDataLake("More", "json", [dataset["id"] for dataset in datasets])
etag = flows.getFlow(flow["id"])["etag"]
changed = flows.updateFlow(flow["id"], etag, [
    {"op": "Replace", "path": "/name", "value": "Renamed"},
    {"op": "Replace", "path": "/sourceConnectionIds", "value": [extra["id"]]}])
seen["changed"] = changed["etag"] != etag and flows.getFlow(flow["id"])["name"] == "Renamed"
stale = flows.updateFlow(flow["id"], etag, [{"op": "Replace", "path": "/name", "value": "Lost"}])
seen["stale"] = "does not match the current version" in stale["errorMessage"]

flows.postFlowAction(flow["id"], "disable")
seen["disabled"] = flows.getFlow(flow["id"])["state"]
flows.postFlowAction(flow["id"], "enable")
seen["enabled"] = flows.getFlow(flow["id"])["state"]

other = next(dataset["id"] for dataset in datasets if dataset["name"] == "Other")
request = {"activationInfo": {"destinations": [{"flowId": flow["id"], "datasets": [{"id": other}]}]}}
begun = flows.connector.postData(
    server["url"] + "/data/core/activation/disflowprovider/adhocrun", data=request,
    headers={**flows.header, "Accept": "application/vnd.adobe.adhoc.dataset.activation+json; version=1"})
url = begun["destinations"][0]["datasets"][0]["statusURL"]
wait_for_runs(flow["id"], len(ids) + 1)
seen["adhoc"] = flows.connector.getData(url)["items"][0]["metrics"]["statusSummary"]["status"]

flows.postFlowAction(flow["id"], "disable")
seen["deleted"] = [
    flows.deleteFlow(flow["id"]), flows.deleteSourceConnection(source["id"]),
    flows.deleteSourceConnection(extra["id"]), flows.deleteTargetConnection(target["id"]),
    flows.deleteConnection(account["id"])]
seen["gone"] = flows.connector.getData(
    flows.endpoint + "/flows/" + flow["id"], format="raw").status_code
print(json.dumps(seen, sort_keys=True))
