import { plainCipher } from "./message-cipher.ts";

/** The cipher of this page. */
export const clientCipher = plainCipher;
