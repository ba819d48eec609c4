import { createHash } from "node:crypto";
import type { RandomBytes } from "./ports.ts";

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** 192 bits: whoever holds it is signed in, so it is never logged. */
export const newSessionId = (randomBytes: RandomBytes): string => base64Url(randomBytes(24));

/** Ten capital letters, as Matrix clients show device ids; unique per person, not secret. */
export const newDeviceId = (randomBytes: RandomBytes): string =>
	Array.from(randomBytes(10), (byte) => String.fromCharCode(65 + (byte % 26))).join("");

/** 256 bits under which authenticators file an account: it tells nothing about the person. */
export const newUserHandle = (randomBytes: RandomBytes): string => base64Url(randomBytes(32));

/** 192 bits that let somebody register, join or finish a sign-in; shown once, stored as a hash. */
export const newSecretToken = (randomBytes: RandomBytes): string => base64Url(randomBytes(24));

/** 100 bits in letters that cannot be taken for others, in groups that can be read out: a password that an operator hands over. */
export const newPassword = (randomBytes: RandomBytes): string => {
	const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
	const letters = Array.from(randomBytes(20), (byte) => alphabet[byte % 32] ?? "").join("");
	return letters.match(/.{5}/g)?.join("-") ?? letters;
};

/** Tokens have full entropy, so a fast hash keeps them safe at rest. */
export const hashSecretToken = (token: string): string => createHash("sha256").update(token).digest("hex");
