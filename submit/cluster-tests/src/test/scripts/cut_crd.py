"""Cuts the schema of SparkApplication out of the Kubeflow Spark operator's CRD, without its descriptions.

usage: cut_crd.py config/crd/bases/sparkoperator.k8s.io_sparkapplications.yaml > sparkapplication-v1beta2.schema.json
(needs PyYAML; the CRD is in the Go module github.com/kubeflow/spark-operator/v2)
"""
import json
import sys

import yaml


def without_descriptions(schema, names_are_keys=False):
    if isinstance(schema, dict):
        return {
            key: without_descriptions(value, key == "properties" and not names_are_keys)
            for key, value in schema.items()
            if names_are_keys or key != "description"
        }
    if isinstance(schema, list):
        return [without_descriptions(item) for item in schema]
    return schema


with open(sys.argv[1], encoding="utf-8") as crd:
    definition = yaml.safe_load(crd)
version = next(v for v in definition["spec"]["versions"] if v["name"] == "v1beta2")
json.dump(without_descriptions(version["schema"]["openAPIV3Schema"]), sys.stdout, sort_keys=True, separators=(",", ":"))
print()
