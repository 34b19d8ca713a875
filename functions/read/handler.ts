import { handle } from "hono/aws-lambda";
import { awsReadingRoom } from "../runtime/aws.ts";

const room = awsReadingRoom(); // clients are built once per cold start

/** Answers a reader's request. */
export const handler = async (...request: Parameters<ReturnType<typeof handle>>) => handle(await room)(...request);
