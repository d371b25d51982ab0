// Writes the OpenAPI 3.0 twin of an OpenAPI 3.1 document to standard output:
//
//     node convert.cjs <document>
const crypto = require("crypto");
const fs = require("fs");
const yaml = require("js-yaml");
const { Converter } = require("@apiture/openapi-down-convert");

const text = fs.readFileSync(process.argv[2]);
const nullable = new Set();

// The converter does not know `anyOf` of a schema and null. OpenAPI 3.0 has no such null either: the schema itself becomes
// nullable.
function withoutNull(part) {
  if (part === null || typeof part !== "object") return part;
  if (Array.isArray(part)) return part.map(withoutNull);
  if (part.anyOf?.length === 2 && part.anyOf[1].type === "null") {
    nullable.add(part.anyOf[0].$ref.split("/").pop());
    return part.anyOf[0];
  }
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, withoutNull(value)]));
}

// JSON_SCHEMA reads dates as text.
const twin = new Converter(withoutNull(yaml.load(text, { schema: yaml.JSON_SCHEMA }))).convert();
for (const name of nullable) twin.components.schemas[name].nullable = true;
delete twin.info.summary; // OpenAPI 3.1 only

console.log("# Written by `make openapi-twin` from openapi.yaml with the SHA-256 sum");
console.log(`# ${crypto.createHash("sha256").update(text).digest("hex")}.`);
process.stdout.write(yaml.dump(twin, { lineWidth: 120, noRefs: true, schema: yaml.JSON_SCHEMA }));
