import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { VERSION } from "../../config.ts";
import { OPERATIONS, type Operation } from "./operations.ts";
import { PARAMETERS, ProblemSchema } from "./schemas.ts";

export const API = "/api/v1";

/** The media type of a problem (RFC 9457). */
export const PROBLEM_TYPE = "application/problem+json";

/**
 * The API as an OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12.
 * @param address - of the reading room; null while unknown
 */
export function openApiDocument(name: string, address: string | null): object {
  const operations = OPERATIONS.map((operation) => [operation.path, { get: described(operation) }]);
  return {
    openapi: "3.1.0",
    info: {
      title: `${name} API`,
      version: VERSION,
      description:
        "Read-only. Lists are in pages: give `next` back as `after`. Answers carry an ETag. Fields are added, never renamed or removed: leave out those you do not know.",
    },
    servers: [{ url: `${address ?? ""}${API}` }],
    // Either: none where the room is public.
    security: [{}, { readersKey: [] }, { session: [] }],
    paths: Object.fromEntries(operations),
    components: {
      securitySchemes: {
        readersKey: { type: "http", scheme: "bearer", description: "What follows `key=` in the reader's link" },
        session: { type: "apiKey", in: "cookie", name: "variorum-reader", description: "What the reader's link sets" },
      },
      schemas: { Problem: jsonSchema(ProblemSchema) },
    },
  };
}

function described({ path, id, summary, isPaged, isSearch, answer }: Operation) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name as keyof typeof PARAMETERS, "path"));
  const asking = isSearch ? [{ ...parameter("q", "query"), required: true }] : [];
  const inQuery = isPaged ? [...asking, parameter("after", "query"), parameter("limit", "query")] : [];
  const problem = { content: { [PROBLEM_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } } } };
  return {
    operationId: id,
    summary,
    parameters: [...inPath, ...inQuery],
    responses: {
      200: { description: summary, content: { "application/json": { schema: jsonSchema(answer) } } },
      default: { description: "Why there is no answer", ...problem },
    },
  };
}

const parameter = (name: keyof typeof PARAMETERS, place: "path" | "query") => ({
  name,
  in: place,
  required: place === "path",
  schema: jsonSchema(PARAMETERS[name]),
});

/** What comes in is described, not what it is turned into. */
function jsonSchema(schema: GenericSchema): object {
  const { $schema: _, ...rest } = toJsonSchema(schema, { typeMode: "input", errorMode: "ignore" });
  return rest;
}
