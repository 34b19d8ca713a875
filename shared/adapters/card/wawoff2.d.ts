/** The package ships no types. */
declare module "wawoff2/decompress.js" {
  /** A WOFF2 file as a plain TrueType or OpenType font. */
  export default function decompress(woff2: Uint8Array): Promise<Uint8Array>;
}
