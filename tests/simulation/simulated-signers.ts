import { createHash } from "node:crypto";
import { keyId, serverName } from "@federation/testing/identifiers.ts";
import type { SimulatedSigner } from "@federation/testing/simulated-history.ts";
import { createNodeSigner } from "@/server/adapters/crypto-node/node-signer.ts";

/** The signers of simulated servers, as production makes them; the same names have the same keys in every run. */
export const simulatedSigners = (names: readonly string[]): readonly SimulatedSigner[] =>
	names.map((name) => {
		const seed = new Uint8Array(createHash("sha256").update(name).digest());
		return createNodeSigner(seed, serverName(`${name}.example`), keyId("ed25519:1"));
	});
