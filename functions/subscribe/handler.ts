import type { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { awsSubscribing } from "../runtime/aws-subscribing.ts";

let pages: Promise<Hono> | undefined;

/** Once per cold start; again when it failed, since a parameter that is missing for a moment must not stay missing. */
async function opened(): Promise<Hono> {
  pages ??= awsSubscribing().catch((error: unknown) => {
    pages = undefined;
    throw error;
  });
  return pages;
}

/** Answers a subscriber's request, which may hold a form. */
export const handler = async (...request: Parameters<ReturnType<typeof handle>>) => handle(await opened())(...request);
