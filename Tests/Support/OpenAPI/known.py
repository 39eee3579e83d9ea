"""Disagreements that are the description's, though none of its own examples shows them, or that are meant.

Three descriptions speak of Flow Service, and of each other's resources: what one leaves out or forbids, another has.
"""

from check import Known

FLOW_SERVICE = "/data/foundation/flowservice"

KNOWN = [
    # Requests
    Known("Of accounts and destinations it describes those of S3 access keys and SFTP alone",
          rf"^POST {FLOW_SERVICE}/(connections|targetConnections)$",
          r"'auth' is a required|^auth/(params|specName): |^connectionSpec/id: |'(bucketName|remotePath)' is a required",
          "request", "destinations"),
    Known("It describes sources of data, which copy from a format (data)",
          rf"^POST {FLOW_SERVICE}/(source|target)Connections$", r"'data' is a required", "request", "flow-service"),
    Known("It describes sources of data, which write intervals as texts",
          rf"^(POST|GET) {FLOW_SERVICE}/flows", r"interval: .*type 'string'", "", "flow-service"),
    Known("A dataflow that exports once, and its schedule, fit several of its kinds at the same time",
          rf"^(POST|PATCH) {FLOW_SERVICE}/flows", r"is valid under each of", "request", "destinations"),
    Known("A change is a list of operations, as everywhere else",
          rf"^PATCH {FLOW_SERVICE}/connections/", r"is not of type 'object'", "request"),
    Known("Names and ids are no objects, what is removed has no value, and operations are in lower case in all examples",
          rf"^PATCH {FLOW_SERVICE}/(flows|targetConnections)/",
          r"value: .*type 'object'|op: .*'ADD', 'REPLACE', 'REMOVE'|'value' is a required", "request"),
    Known("Enabling and disabling take one word, in lower case, in all guides",
          rf"^POST {FLOW_SERVICE}/flows/{{}}/action$", r"the query subop is required|\?op: ", "request", "flow-service"),
    Known("The list of datasets takes the queries of Catalog Service, as its words say",
          rf"^GET {FLOW_SERVICE}/connectionSpecs/{{}}/configs$", r"the query (orderBy|limit|start|outputType|outputField) is not",
          "request"),
    Known("It describes audiences; datasets are exported by the same call with another body",
          r"^POST /data/core/activation/disflowprovider/adhocrun$", r"activationInfo/destinations", "request",
          "ad-hoc-activation"),
    # Answers
    Known("Refusals have the statuses of Flow Service's table of errors, of which the descriptions list few",
          rf"^[A-Z]+ {FLOW_SERVICE}/", r"the status (400|401|403|404|405|412|413|415|422|503) is not published", "answer"),
    Known("What is removed is answered with 202 by the description of destinations, and with 204 by that of sources",
          rf"^DELETE {FLOW_SERVICE}/", r"the status 202 is not published", "answer", "flow-service"),
    Known("An empty list is a list of any of its kinds of dataflows",
          rf"^GET {FLOW_SERVICE}/flows$", r"is valid under each of", "answer", "destinations"),
    Known("Further details are of any kind in the other description",
          rf"^GET {FLOW_SERVICE}/runs$", r"/extensions/\w+: .*type 'object'", "answer", "destinations"),
    Known("States between enabled and disabled are real; so are old flows that lack most fields",
          rf"^GET {FLOW_SERVICE}/flows$", r"state: |items: .*is a required", "answer", "destinations", "samples"),
]
