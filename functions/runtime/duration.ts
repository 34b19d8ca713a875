const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of `90`, `30s`, `15m`, `6h`, `1d`; null when it is no duration above 0. */
export function durationSeconds(text: string): number | null {
  const match = /^(\d+)\s*([smhd]?)$/.exec(text.trim());
  const seconds = match && Number(match[1]) * (SECONDS[match[2] || "s"] ?? 1);
  return seconds && seconds > 0 ? seconds : null;
}
