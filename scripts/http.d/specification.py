"""spec/openapi.yaml: is it sound, and do its own examples fit it? And a copy with live examples."""

import copy
import json
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

PATH = Path(__file__).resolve().parents[2] / "spec" / "openapi.yaml"
NAME = "urn:kontor:openapi"
STATUSES_EVERYWHERE = {"429", "431", "500", "503"}
METHODS = {"get", "post", "put", "delete", "patch", "head", "options", "trace"}


class Specification:
    """The document, with references resolved by JSON pointer."""

    def __init__(self, path=PATH):
        self.document = yaml.safe_load(path.read_text())
        contents = self.absolute(self.document)
        resource = Resource.from_contents(contents, default_specification=DRAFT202012)
        self.registry = Registry().with_resource(NAME, resource)

    @staticmethod
    def absolute(value):
        """The same with references that name the document."""
        return json.loads(json.dumps(value).replace('"$ref": "#/', f'"$ref": "{NAME}#/'))

    def resolve(self, value):
        while isinstance(value, dict) and set(value) == {"$ref"}:
            found = self.document
            for name in value["$ref"].removeprefix("#/").split("/"):
                found = found[name.replace("~1", "/").replace("~0", "~")]
            value = found
        return value

    @property
    def operations(self):
        """(path, method, operation) of every path."""
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                if method in METHODS:
                    yield path, method, operation

    def fits(self, schema, value):
        """Nothing, or why a value does not fit a schema."""
        validator = Draft202012Validator(self.absolute(schema), registry=self.registry)
        error = next(iter(validator.iter_errors(value)), None)
        return f"{error.json_path}: {error.message[:200]}" if error else None

    def schema_faults(self, name, value):
        return self.fits({"$ref": f"#/components/schemas/{name}"}, value)

    def contents(self):
        """(place, media type, content) of every body, in requests and answers."""
        for path, method, operation in self.operations:
            place = f"{method.upper()} {path}"
            for media, content in operation.get("requestBody", {}).get("content", {}).items():
                yield place, media, content
            for status, response in operation["responses"].items():
                for media, content in self.resolve(response).get("content", {}).items():
                    yield f"{place} {status}", media, content

    def faults(self):
        """What is wrong with the document itself."""
        faults = [str(error) for error in OpenAPIV31SpecValidator(self.document).iter_errors()]
        for place, media, content in self.contents():
            for name, example in content.get("examples", {}).items():
                value = self.resolve(example)["value"]
                fault = self.fits(content["schema"], value)
                if fault:
                    faults.append(f"{place} {media}, example {name}: {fault}")
                if media == "application/x-ndjson" and "200" in place:
                    faults += self.line_faults(place, value)
        for name, parameter in self.document["components"]["parameters"].items():
            if "example" in parameter:
                fault = self.fits(parameter["schema"], parameter["example"])
                if fault:
                    faults.append(f"parameter {name}: {fault}")
        for path, method, operation in self.operations:
            missing = STATUSES_EVERYWHERE - set(operation["responses"])
            if missing:
                faults.append(f"{method.upper()} {path}: without {sorted(missing)}")
        names = [operation["operationId"] for _, _, operation in self.operations]
        faults += [f"{name} twice" for name in set(names) if names.count(name) > 1]
        return faults

    def line_faults(self, place, text):
        """Lines of a stream of answers."""
        faults = []
        for number, line in enumerate(text.splitlines(), 1):
            fault = self.schema_faults("LineAnswer", json.loads(line))
            if fault:
                faults.append(f"{place}, line {number}: {fault}")
        return faults

    def live(self, url, examples):
        """A copy whose examples are true of a running server.

        `examples` has a value for each component parameter, and bodies by operation and media type.
        """
        document = copy.deepcopy(self.document)
        document["servers"] = [{"url": url}]
        for name, value in examples["parameters"].items():
            parameter = document["components"]["parameters"][name]
            parameter.pop("example", None)
            if isinstance(value, dict):
                parameter["examples"] = {key: {"value": one} for key, one in value.items()}
            else:
                parameter["example"] = value
        for path, item in document["paths"].items():
            for method in METHODS & set(item):
                operation = item[method]
                for media, value in examples["bodies"].get(operation["operationId"], {}).items():
                    content = operation["requestBody"]["content"][media]
                    content["examples"] = {"live": {"value": value}}
        return document
