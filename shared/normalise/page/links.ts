/** Where a reference leads, as an absolute http(s) address; null for places in the page, scripts, mail and nonsense. */
export function absolute(reference: string, base: string): string | null {
  const trimmed = reference.trim();
  if (trimmed === "" || trimmed.startsWith("#")) return null;
  if (/^(?:javascript|mailto|tel|data):/i.test(trimmed)) return null;
  const href = URL.parse(trimmed, base)?.href;
  return href !== undefined && /^https?:/.test(href) ? href : null;
}
