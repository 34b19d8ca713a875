import type { Log } from "../../shared/pipeline/services.ts";

/** Structured lines, as short as they can be: they are paid for by the byte. */
export function jsonLog(write: (line: string) => void): Log {
  const line = (level: "info" | "warn", message: string, facts: object = {}) =>
    write(JSON.stringify({ level, message, ...facts }));
  return {
    info: (message, facts) => line("info", message, facts),
    warn: (message, facts) => line("warn", message, facts),
  };
}
