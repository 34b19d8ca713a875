const SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const SERIF = "Georgia,'Times New Roman',serif";
const WRAP = "overflow-wrap:anywhere;word-break:break-word";

interface Look {
  /** What does not change in the dark. No double quotes: it stands in an attribute. */
  readonly shape: string;
  /** Colours by light and by dark; each pair of text and ground has a contrast of 7 at least. */
  readonly light?: string;
  readonly dark?: string;
}

/** How each part of a mail looks, by the class that it has. */
const LOOKS = {
  page: {
    shape: "margin:0;padding:0",
    light: "background-color:#ffffff;color:#1f2328",
    dark: "background-color:#16181c;color:#e9e6e1",
  },
  body: { shape: `text-align:start;font:16px/1.5 ${SANS};${WRAP}`, light: "color:#1f2328", dark: "color:#e9e6e1" },
  title: {
    shape: `margin:0 0 16px;font:bold 22px/1.3 ${SERIF};${WRAP}`,
    light: "color:#1f2328",
    dark: "color:#f4f2ee",
  },
  heading: {
    shape: `margin:28px 0 12px;padding-top:20px;border-top:1px solid;font:bold 19px/1.3 ${SERIF};${WRAP}`,
    light: "color:#1f2328;border-color:#d0d4d9",
    dark: "color:#f4f2ee;border-color:#3c4148",
  },
  lead: { shape: `margin:0 0 12px;font:16px/1.5 ${SANS}`, light: "color:#1f2328", dark: "color:#e9e6e1" },
  passage: {
    shape: `margin:0 0 14px;font:17px/1.6 ${SERIF};${WRAP}`,
    light: "color:#1f2328",
    dark: "color:#e9e6e1",
  },
  del: {
    shape: "text-decoration:line-through;padding:1px 2px",
    light: "background-color:#ffe0dd;color:#7a0c0c",
    dark: "background-color:#4a1513;color:#ffd3cf",
  },
  ins: {
    shape: "text-decoration:underline;font-weight:bold;padding:1px 2px",
    light: "background-color:#d6f5dc;color:#0a4a1d",
    dark: "background-color:#123d1f;color:#c9f7d4",
  },
  em: { shape: "font-style:italic", light: "color:#4d545c", dark: "color:#b9bec5" },
  aside: { shape: `margin:0 0 14px;font:italic 15px/1.5 ${SANS}`, light: "color:#4d545c", dark: "color:#b9bec5" },
  facts: { shape: `margin:16px 0 12px;font:14px/1.6 ${SANS}`, light: "color:#4d545c", dark: "color:#b9bec5" },
  picture: {
    shape: "display:block;width:100%;max-width:600px;height:auto;border:1px solid",
    light: "border-color:#d0d4d9",
    dark: "border-color:#3c4148",
  },
  links: { shape: `margin:0 0 12px;font:bold 15px/1.6 ${SANS}` },
  foot: {
    shape: `margin:28px 0 0;padding-top:16px;border-top:1px solid;font:14px/1.8 ${SANS}`,
    light: "color:#4d545c;border-color:#d0d4d9",
    dark: "color:#b9bec5;border-color:#3c4148",
  },
  link: { shape: "text-decoration:underline", light: "color:#0b4aa2", dark: "color:#a9ccff" },
  button: {
    shape: `display:inline-block;margin:4px 0 12px;padding:12px 20px;border-radius:6px;font:bold 16px/1.3 ${SANS};text-decoration:none`,
    light: "background-color:#0b4aa2;color:#ffffff",
    dark: "background-color:#a9ccff;color:#0b1f3d",
  },
} as const satisfies Record<string, Look>;

export type StyleName = keyof typeof LOOKS;

/** A part's light look, for its style attribute. */
export function styleOf(name: StyleName): string {
  const { shape, light }: Look = LOOKS[name];
  return light === undefined ? shape : `${shape};${light}`;
}

const darkRules = (prefix: string): string =>
  Object.entries<Look>(LOOKS)
    .flatMap(([name, { dark }]) => (dark === undefined ? [] : [`${prefix}.${name}{${important(dark)}}`]))
    .join("\n");

const important = (style: string): string => style.replace(/;|$/g, (end) => ` !important${end}`);

/** Dark colours: for programs that heed a style sheet, and for Outlook on the web, which names its dark mode so. */
export const DARK_STYLES = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
${darkRules("")}
}
${darkRules("[data-ogsc] ")}`;
