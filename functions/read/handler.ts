import type { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { awsReadingRoom } from "../runtime/aws.ts";

let room: Promise<Hono> | undefined;

/** Once per cold start; again when it failed, since a parameter that is missing for a moment must not stay missing. */
async function opened(): Promise<Hono> {
  room ??= awsReadingRoom().catch((error: unknown) => {
    room = undefined;
    throw error;
  });
  return room;
}

/** Answers a reader's request. */
export const handler = async (...request: Parameters<ReturnType<typeof handle>>) => handle(await opened())(...request);
