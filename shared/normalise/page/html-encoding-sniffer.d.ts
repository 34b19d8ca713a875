/** The package brings no types of its own. */
declare module "html-encoding-sniffer" {
  interface Options {
    readonly transportLayerEncodingLabel?: string;
    readonly defaultEncoding?: string;
    readonly maxPrescanBytes?: number;
  }
  /** A WHATWG encoding name, or `defaultEncoding` as it was given. */
  export default function sniffEncoding(bytes: Uint8Array, options?: Options): string;
}
