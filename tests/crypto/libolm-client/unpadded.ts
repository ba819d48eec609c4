export const encodeUnpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64").replaceAll("=", "");
export const decodeUnpadded = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));
