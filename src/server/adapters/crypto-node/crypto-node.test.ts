import { nobleVerifier } from "@federation/signing/noble-verifier.ts";
import { keyId, serverName } from "@federation/testing/identifiers.ts";
import { describeSigner, describeVerifier, hostileSignatures } from "@federation/testing/signature-contract.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createNodeSigner } from "./node-signer.ts";
import { createNodeVerifier } from "./node-verifier.ts";

const makeSigner = (seed: Uint8Array) => createNodeSigner(seed, serverName("one.example"), keyId("ed25519:1"));

describeSigner("node:crypto", makeSigner);
describeVerifier("node:crypto", createNodeVerifier());

it("SIG-05 node:crypto and noble decide alike on altered keys, messages and signatures", () => {
	const verifier = createNodeVerifier();
	const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
	const points = hostileSignatures().map(({ publicKey }) => publicKey);
	const otherKey = fc.option(fc.constantFrom(...points), { nil: undefined, freq: 4 });
	const alteration = fc.record({
		at: fc.nat({ max: 95 }),
		mask: fc.constantFrom(0, 0, 1, 0x80, 0xff),
		other: otherKey,
	});
	let accepted = 0;
	fc.assert(
		fc.property(bytes(32), fc.uint8Array(), alteration, (seed, message, { at, mask, other }) => {
			const signer = makeSigner(seed);
			const both = new Uint8Array([...(other ?? signer.publicKey), ...signer.sign(message)]);
			both[at] = (both[at] ?? 0) ^ mask;
			const verdict = verifier.verify(both.subarray(0, 32), message, both.subarray(32));
			accepted += verdict ? 1 : 0;
			expect(nobleVerifier.verify(both.subarray(0, 32), message, both.subarray(32))).toBe(verdict);
		}),
		{ numRuns: 150 },
	);
	expect(accepted).toBeGreaterThan(0);
});

it("refuses a seed of the wrong length", () => {
	expect(() => makeSigner(new Uint8Array(31))).toThrow(RangeError);
});
