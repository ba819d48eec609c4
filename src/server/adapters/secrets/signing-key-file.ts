import { randomBytes } from "node:crypto";
import type { KeyId } from "@federation/identifiers/identifier-types.ts";
import { parseKeyId } from "@federation/identifiers/key-id.ts";

/** The Ed25519 key that signs this server's events. */
export interface SigningKey {
	readonly keyId: KeyId;
	/** 32 secret bytes. */
	readonly seed: Uint8Array;
}

/** A key that signed before. Its secret half is gone; what it signed is still to be checked. */
export interface RetiredSigningKey {
	readonly keyId: KeyId;
	/** 32 bytes. */
	readonly publicKey: Uint8Array;
	/** The last moment at which it signed, in milliseconds. */
	readonly expiredTs: number;
}

export interface SigningKeys {
	readonly current: SigningKey;
	/** The oldest first. */
	readonly retired: readonly RetiredSigningKey[];
}

export const makeSigningKey = (): SigningKey => ({
	keyId: `ed25519:a_${randomBytes(4).toString("hex")}` as KeyId,
	seed: new Uint8Array(randomBytes(32)),
});

/**
 * One line of algorithm, version and seed, as other homeservers write it, so that a key can move between them; then one
 * for each retired key. All in one file, which changes at once or not at all.
 */
export const formatSigningKeys = ({ current, retired }: SigningKeys): string => {
	const lines = retired.map(
		({ keyId, publicKey, expiredTs }) => `retired ${words(keyId)} ${encode(publicKey)} ${expiredTs}\n`,
	);
	return `${words(current.keyId)} ${encode(current.seed)}\n${lines.join("")}`;
};

/** Undefined: the file is damaged. */
export const parseSigningKeys = (text: string): SigningKeys | undefined => {
	const [first = "", ...others] = text.trimEnd().split(/\r?\n/);
	const [, version = "", seed = ""] = /^ed25519 (\w+) ([A-Za-z0-9+/]{43})=?\s*$/.exec(first) ?? [];
	const keyId = parseKeyId(`ed25519:${version}`);
	const retired = others.map(parseRetired);
	return keyId === undefined || seed === "" || !retired.every((key) => key !== undefined)
		? undefined
		: { current: { keyId, seed: decode(seed) }, retired };
};

const parseRetired = (line: string): RetiredSigningKey | undefined => {
	const [, version = "", publicKey = "", expiredTs = ""] =
		/^retired ed25519 (\w+) ([A-Za-z0-9+/]{43})=? (\d{1,15})\s*$/.exec(line) ?? [];
	const keyId = parseKeyId(`ed25519:${version}`);
	return keyId === undefined || publicKey === ""
		? undefined
		: { keyId, publicKey: decode(publicKey), expiredTs: Number(expiredTs) };
};

const words = (keyId: KeyId): string => keyId.replace(":", " ");
const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64").replace(/=+$/, "");
const decode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));
