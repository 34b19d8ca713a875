/** A line of text, struck, and the line that took its place. */
export const ICON_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1d1b18"/><path d="M7 11h18" stroke="#e58b7b" stroke-width="3" stroke-linecap="round"/><path d="M7 20.500h12" stroke="#8ec9a0" stroke-width="3" stroke-linecap="round"/><path d="M7 25.500h12" stroke="#8ec9a0" stroke-width="1.500" stroke-linecap="round"/></svg>
`;
