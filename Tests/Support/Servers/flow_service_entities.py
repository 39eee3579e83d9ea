"""The entities of a Flow Service for tests: made, listed, filtered, changed and removed as the API says."""

import base64
import copy
import time
import uuid

DATA_LAKE = "23598e46-f560-407b-88d5-ea6207e49db0"


class Refusal(Exception):
    """An answer of failure: status and body."""

    def __init__(self, status, body):
        super().__init__(status)
        self.status, self.body = status, body


def refusal(status, message, code=None):
    body = {"errorMessage": message, "errorDetails": message}
    if code:
        body["errorMessage"] = f"{code} {message}"
    return Refusal(status, body)


def values(entity, path):
    """All values at a path; lists are looked through."""
    found = [entity]
    for step in path.replace("[]", "").split("."):
        found = [item[step] for item in found if isinstance(item, dict) and step in item]
        found = [one for item in found for one in (item if isinstance(item, list) else [item])]
    return found


def text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


class Entities:
    """All entities, by collection and id, in the order in which they were made."""

    def __init__(self, organization):
        self.organization = organization
        self.collections = {
            name: {} for name in
            ("connectionSpecs", "flowSpecs", "connections", "sourceConnections", "targetConnections", "flows", "runs")}
        self.datasets = []
        self.sequence = 0

    def reference(self, entity):
        return {"id": entity["id"], "etag": entity["etag"]}

    def touch(self, entity):
        self.sequence += 1
        entity["updatedAt"] = int(time.time() * 1000) + self.sequence
        entity["etag"] = entity["version"] = f'"{self.sequence:08x}-0000-0200-0000-000000000000"'

    def add(self, collection, entity):
        entity = copy.deepcopy(entity)
        entity.setdefault("id", str(uuid.uuid4()))
        entity.setdefault("createdAt", int(time.time() * 1000) + self.sequence + 1)
        entity.update(
            createdBy="someone@AdobeID", updatedBy="someone@AdobeID", createdClient="client", updatedClient="client",
            sandboxId="7dfd", sandboxName="prod", imsOrgId=self.organization)
        version = entity.get("version")
        self.touch(entity)
        # That of a spec is the one of what it describes.
        entity["version"] = version or entity["version"]
        self.collections[collection][entity["id"]] = entity
        return entity

    def get(self, collection, id):
        if id not in self.collections[collection]:
            raise refusal(404, f"{collection} not found with id = [{id}]")
        return self.collections[collection][id]

    # Making

    def create(self, collection, body):
        spec = body.get("connectionSpec") or body.get("flowSpec") or {}
        if not spec.get("version"):
            raise Refusal(422, {"message": "'version' is required for spec info"})
        if "state" in body:
            raise refusal(400, "State cannot be given.", "1410-400")
        if not body.get("name"):
            raise refusal(400, "A name is needed.")
        entity = dict(body, state="enabled")
        if collection == "targetConnections":
            base = self.get("connections", body["baseConnectionId"])
            entity["inheritedAttributes"] = {
                "baseConnection": {"id": base["id"], "connectionSpec": base["connectionSpec"]}}
        if collection == "flows":
            entity["inheritedAttributes"] = {
                "properties": {"isDestinationFlow": True},
                "sourceConnections": [self.inherited("sourceConnections", id) for id in body["sourceConnectionIds"]],
                "targetConnections": [self.inherited("targetConnections", id) for id in body["targetConnectionIds"]]}
        return self.reference(self.add(collection, entity))

    def inherited(self, collection, id):
        entity = self.get(collection, id)
        return {"id": id, "connectionSpec": entity["connectionSpec"]}

    # Looking

    def shown(self, entity):
        entity = copy.deepcopy(entity)
        for key in entity.get("auth", {}).get("params", {}):
            if any(word in key.lower() for word in ("secret", "password", "sshkey", "role", "connectionstring")):
                entity["auth"]["params"][key] = "****"
        return entity

    def list(self, collection, query):
        items = list(reversed(self.collections[collection].values()))
        for condition in query.get("property", []):
            path, _, wanted = condition.partition("==")
            if not wanted:
                raise refusal(400, f"[{condition}] is no filter.", "1440-400")
            items = [item for item in items if {text(value) for value in values(item, path)} & set(wanted.split(","))]
        if query.get("count") == ["true"]:
            if "limit" in query:
                raise refusal(400, "limit and count.", "1401-400")
            return {"count": len(items)}
        limit = int(query.get("limit", ["20"])[0])
        if not 1 <= limit <= 100:
            raise refusal(400, "limit is 1 to 100.")
        start = 0
        if "continuationToken" in query:
            try:
                start = int(base64.b64decode(query["continuationToken"][0], validate=True)[2:])
            except ValueError:
                raise refusal(400, "continuationToken is none.") from None
        answer = {"items": [self.shown(item) for item in items[start:start + limit]], "_links": {}}
        if start + limit < len(items):
            # With characters that must be encoded in a query.
            token = base64.b64encode(b"\xfb\xff" + str(start + limit).encode()).decode()
            answer["_links"]["next"] = {
                "href": f"/{collection}?continuationToken="
                + token.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")}
        return answer

    def configs(self, query):
        if query.get("outputType") != ["activationDatasets"] or query.get("outputField") != ["datasets"]:
            raise refusal(400, "outputType and outputField are needed.")
        start, limit = int(query.get("start", ["0"])[0]), int(query.get("limit", ["20"])[0])
        if start < 0 or not 1 <= limit <= 100:
            raise refusal(400, "start or limit is wrong.")
        items = self.datasets[start:start + limit]
        return {"items": items, "pageInfo": {
            "start": start, "end": start + max(0, len(items) - 1), "total": len(self.datasets),
            "hasNext": start + len(items) < len(self.datasets)}}

    # Changing

    def patch(self, collection, id, operations, etag):
        entity = self.get(collection, id)
        if not etag:
            raise refusal(400, "If-Match is needed.", "1403-400")
        if etag != entity["etag"]:
            raise refusal(412, f"Supplied version=[{etag}] does not match the current version.", "1404-412")
        if collection == "flows" and entity["state"] not in ("enabled", "disabled"):
            raise refusal(400, "Not in this state.", "1416-400")
        changed = copy.deepcopy(entity)
        for operation in operations:
            kind = operation["op"].lower()
            if kind not in ("add", "replace", "remove"):
                raise refusal(400, "Unsupported.", "1434-400")
            steps = [step.replace("~1", "/").replace("~0", "~") for step in operation["path"].split("/")[1:]]
            holder = changed
            for step in steps[:-1]:
                holder = holder[step]
            if kind == "remove":
                if steps[-1] not in holder:
                    raise refusal(400, "Nothing is there.")
                del holder[steps[-1]]
            else:
                holder[steps[-1]] = operation["value"]
        self.touch(changed)
        self.collections[collection][id] = changed
        return self.reference(changed)

    def act(self, id, op):
        flow = self.get("flows", id)
        state = {"enable": "enabled", "disable": "disabled"}[op.lower()]
        if flow["state"] == state:
            raise refusal(400, "Not in this state.", "1421-400" if op == "enable" else "1422-400")
        flow["state"] = state
        self.touch(flow)
        return self.reference(flow)

    def remove(self, collection, id):
        entity = self.get(collection, id)
        users = {
            "connections": ("targetConnections", "baseConnectionId"),
            "sourceConnections": ("flows", "sourceConnectionIds"), "targetConnections": ("flows", "targetConnectionIds"),
        }.get(collection)
        if users and any(id in values(user, users[1]) for user in self.collections[users[0]].values()):
            raise refusal(400, "It is in use.", "1418-400")
        if collection == "flows" and entity["state"] not in ("enabled", "disabled"):
            raise refusal(400, "Not in this state.", "1416-400")
        del self.collections[collection][id]

    # Running

    def run(self, flow, dataset, **metrics):
        figures = {"durationSummary": {"startedAtUTC": int(time.time() * 1000)}}
        if dataset:
            figures["recordSummary"] = {"sourceSummaries": [
                {"id": flow["sourceConnectionIds"][0], "entitySummaries": [{"id": f"dataset:{dataset}"}]}]}
        figures.update(metrics)
        return self.add("runs", {"flowId": flow["id"], "flowSpec": flow["flowSpec"], "metrics": figures})

    def ad_hoc(self, body, base):
        answer = []
        for destination in body["activationInfo"]["destinations"]:
            flow = self.get("flows", destination["flowId"])
            runs = [(dataset["id"], self.run(flow, dataset["id"])) for dataset in destination["datasets"]]
            answer.append({"datasets": [
                {"id": dataset, "statusURL": f"{base}/data/foundation/flowservice/runs/{run['id']}",
                 "flowId": flow["id"]} for dataset, run in runs]})
        return {"destinations": answer}
