const DAY_SECONDS = 86_400;

/**
 * The server's wish in the Retry-After header: seconds, or an HTTP date reckoned from the answer's own Date (the clocks of
 * server and monitor may differ). At most a day; null when there is no wish or it cannot be understood.
 */
export function retryAfterSeconds(headers: Readonly<Record<string, string>>): number | null {
  const wish = headers["retry-after"]?.trim();
  if (!wish) return null;
  if (/^\d{1,15}$/.test(wish)) return Math.min(Number(wish), DAY_SECONDS);
  const [until, answered] = [Date.parse(wish), Date.parse(headers.date ?? "")];
  if (!/GMT$/i.test(wish) || Number.isNaN(until) || Number.isNaN(answered)) return null;
  return Math.min(Math.max(0, Math.ceil((until - answered) / 1000)), DAY_SECONDS);
}
