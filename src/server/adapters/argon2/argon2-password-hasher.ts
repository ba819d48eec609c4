import { hash, verify } from "@node-rs/argon2";
import type { PasswordHasher } from "../../accounts/public.ts";
import { createGate } from "./gate.ts";

/** argon2id (the package's default algorithm) at the cost OWASP recommends first: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The thread pool has four threads: more hashes at once would only hold memory, and file and DNS work would starve. */
const concurrentHashes = 3;
const waitingHashes = 200;

/** Hashes passwords with argon2id. A sign-in storm waits in a bounded queue instead of filling memory. */
export const createArgon2PasswordHasher = (): PasswordHasher => {
	const gate = createGate(concurrentHashes, waitingHashes);
	// The hash of a password nobody has: an unknown account costs what a known one does.
	let unknownHash: Promise<string> | undefined;
	const hashOfNobody = (): Promise<string> => {
		unknownHash ??= hash(crypto.randomUUID(), cost);
		return unknownHash;
	};
	return {
		hash: (password) => gate(() => hash(password, cost)),
		verify: (password, stored) =>
			gate(async () => {
				const reference = await hashOfNobody();
				const isRight = await verify(stored ?? reference, password);
				return stored !== undefined && isRight;
			}),
	};
};
