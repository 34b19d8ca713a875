import * as v from "valibot";
import type { Posted } from "./post.ts";

/** What a service says in JSON when it did what was asked; null for any other answer. */
export function jsonIn<Value>(answer: Posted, schema: v.GenericSchema<unknown, Value>): Value | null {
  if (answer.kind !== "answered" || answer.status < 200 || answer.status >= 300) return null;
  try {
    const parsed = v.safeParse(schema, JSON.parse(answer.body));
    return parsed.success ? parsed.output : null;
  } catch {
    return null; // cut short, or no JSON: whatever it is, it names nothing
  }
}
