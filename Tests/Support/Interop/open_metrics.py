"""Reads metrics with Prometheus' own parser of OpenMetrics, and prints them as JSON: by family, with every sample."""
import json
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    families = list(text_string_to_metric_families(file.read()))
print(json.dumps({
    family.name: {
        "type": family.type, "unit": family.unit, "help": family.documentation,
        "samples": [{"name": s.name, "labels": s.labels, "value": s.value} for s in family.samples],
    }
    for family in families
}))
