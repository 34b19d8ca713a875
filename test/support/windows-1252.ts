const DECODED = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
const BYTES = new Map(Array.from(DECODED, (character, byte) => [character, byte]));

/** Text in the encoding that the platform can only decode. @throws RangeError for a character that it lacks */
export const encodeWindows1252 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => {
    const byte = BYTES.get(character);
    if (byte === undefined) throw new RangeError(`windows-1252 has no ${character}`);
    return byte;
  });
