/**
 * What every driver of the Signer and SignatureVerifier ports must do, hostile inputs included: two drivers that decide
 * differently about a signature would split a room. Expectations are fixed, so that each driver is held to the same.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToNumberLE, concatBytes, hexToBytes, numberToBytesLE } from "@noble/curves/utils.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { describe, expect, it } from "vitest";
import vectors from "../../tests/fixtures/ed25519.json" with { type: "json" };
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { Signer } from "../ports/signer.ts";

/** Makes a signer of the driver for a seed. */
export type MakeSigner = (seed: Uint8Array) => Signer & { readonly publicKey: Uint8Array };

/** Runs the suite over a driver's signer. */
export const describeSigner = (driver: string, makeSigner: MakeSigner): void => {
	describe(`${driver} as Signer`, () => {
		it.each(vectors.signatures)("SIG-05 signs as RFC 8032 does: $name", ({ seed, publicKey, message, signature }) => {
			const signer = makeSigner(hexToBytes(seed));
			expect(signer.publicKey).toEqual(hexToBytes(publicKey));
			expect(signer.sign(hexToBytes(message))).toEqual(hexToBytes(signature));
		});
	});
};

/** Runs the suite over a driver's verifier. */
export const describeVerifier = (driver: string, verifier: SignatureVerifier): void => {
	describe(`${driver} as SignatureVerifier`, () => {
		it.each(vectors.signatures)("SIG-05 accepts RFC 8032's $name and nothing beside it", (vector) => {
			const publicKey = hexToBytes(vector.publicKey);
			const message = hexToBytes(vector.message);
			const signature = hexToBytes(vector.signature);
			expect(verifier.verify(publicKey, message, signature)).toBe(true);
			expect(verifier.verify(publicKey, concatBytes(message, Uint8Array.of(0)), signature)).toBe(false);
			for (const at of [0, 31, 32, 63]) {
				expect(verifier.verify(publicKey, message, withBitFlipped(signature, at))).toBe(false);
			}
			expect(verifier.verify(withBitFlipped(publicKey, 5), message, signature)).toBe(false);
		});

		it.each(hostileSignatures())("SIG-05 $name: accepts is $accepts", ({ publicKey, signature, accepts }) => {
			expect(verifier.verify(publicKey, hostileMessage, signature)).toBe(accepts);
		});
	});
};

/** A key and signature over `hostileMessage` made to tell lenient verifiers from strict ones. */
export interface HostileSignature {
	readonly name: string;
	readonly publicKey: Uint8Array;
	readonly signature: Uint8Array;
	readonly accepts: boolean;
}

/** What the hostile signatures are over. */
const hostileMessage = Uint8Array.of(1, 2, 3);

const { Point } = ed25519;
const order = Point.Fn.ORDER;
const secret = 0x1234_5678_9abc_def0n;
const honestKey = Point.BASE.multiply(secret);
const order8 = Point.fromBytes(hexToBytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
const order2 = order8.multiplyUnsafe(4n);

/** All of them, the honest one for comparison. */
export const hostileSignatures = (): readonly HostileSignature[] => {
	const honest = forge(honestKey, Point.ZERO, 7n);
	const s = bytesToNumberLE(honest.subarray(32));
	const mixedKey = honestKey.add(order2);
	const key = honestKey.toBytes();
	return [
		{ name: "an honest signature", publicKey: key, signature: honest, accepts: true },
		{ name: "S not reduced", publicKey: key, signature: withS(honest, s + order), accepts: false },
		{ name: "R with a part of order 8", publicKey: key, signature: forge(honestKey, order8, 7n), accepts: false },
		{ name: "R of small order", publicKey: key, signature: forge(honestKey, Point.ZERO, 0n), accepts: false },
		{
			name: "a key with a part of order 2 where it cancels out",
			publicKey: mixedKey.toBytes(),
			signature: forgeWithParity(mixedKey, 0n),
			accepts: true,
		},
		{
			name: "a key with a part of order 2 where it does not",
			publicKey: mixedKey.toBytes(),
			signature: forgeWithParity(mixedKey, 1n),
			accepts: false,
		},
		...[1n, 2n, 3n, 4n, 5n, 6n, 7n].map((multiple) => smallOrderKey(order8.multiplyUnsafe(multiple).toBytes())),
		smallOrderKey(Point.ZERO.toBytes()),
		// The same points with y + p, and a sign bit on x = 0: encodings that RFC 8032 forbids.
		...["ed", "ee"].map((low) => smallOrderKey(hexToBytes(`${low}${"ff".repeat(30)}7f`))),
		smallOrderKey(hexToBytes(`01${"00".repeat(30)}80`)),
		...vectors.invalidLengths.map(({ name, publicKeyBytes, signatureBytes }) => ({
			name,
			publicKey: resized(key, publicKeyBytes),
			signature: resized(honest, signatureBytes),
			accepts: false,
		})),
		{ name: "a key that is no point", publicKey: hexToBytes(vectors.notAPoint), signature: honest, accepts: false },
	];
};

/** Over a key of small order anyone can sign: where the challenge is a multiple of 8 the key drops out of the equation. */
const smallOrderKey = (publicKey: Uint8Array): HostileSignature => {
	const name = `a key of small order, ${publicKey[0]}…${publicKey[31]}`;
	for (let nonce = 1n; ; nonce++) {
		const r = Point.BASE.multiplyUnsafe(nonce).toBytes();
		if (challenge(r, publicKey) % 8n === 0n) {
			return { name, publicKey, signature: withS(concatBytes(r, r), nonce), accepts: false };
		}
	}
};

/** Signs with R = [nonce]B + torsion, S such that the equation holds up to torsion. */
const forge = (key: typeof honestKey, torsion: typeof honestKey, nonce: bigint): Uint8Array => {
	const r = Point.BASE.multiplyUnsafe(nonce).add(torsion).toBytes();
	return withS(concatBytes(r, new Uint8Array(32)), (nonce + challenge(r, key.toBytes()) * secret) % order);
};

/** A forged signature whose challenge is even or odd. */
const forgeWithParity = (key: typeof honestKey, parity: bigint): Uint8Array => {
	for (let nonce = 1n; ; nonce++) {
		const signature = forge(key, Point.ZERO, nonce);
		if (challenge(signature.subarray(0, 32), key.toBytes()) % 2n === parity) {
			return signature;
		}
	}
};

const challenge = (r: Uint8Array, publicKey: Uint8Array): bigint =>
	bytesToNumberLE(sha512(concatBytes(r, publicKey, hostileMessage))) % order;

const withS = (signature: Uint8Array, s: bigint): Uint8Array =>
	concatBytes(signature.subarray(0, 32), numberToBytesLE(s, 32));

const withBitFlipped = (bytes: Uint8Array, at: number): Uint8Array =>
	bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

const resized = (bytes: Uint8Array, length: number): Uint8Array =>
	Uint8Array.from({ length }, (_, index) => bytes[index] ?? 0);
