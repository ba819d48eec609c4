import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { eventSignatureKeys, verifyEventSignatures } from "../../../../federation/events/verify-event-signatures.ts";
import type { WantedKey } from "../../../../federation/ports/server-keys.ts";
import type { SignatureVerifier } from "../../../../federation/ports/signature-verifier.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";
import type { RememberedPorts } from "./remembered-ports.ts";

/** An event and the version of its room. */
export interface Signed {
	readonly event: RoomEvent;
	readonly version: RoomVersion;
}

/** So many signatures are checked before the process does other work. */
const sliceSize = 20;

/**
 * Asks for all keys of a run at once and checks its signatures, before a lock is held. The ports that it returns answer
 * from memory: under the lock nothing is asked of other servers, and no signature is checked twice.
 */
export const checkSignaturesAhead = async (
	{ keys, verifier }: Pick<ReceivingDependencies, "keys" | "verifier">,
	events: readonly Signed[],
): Promise<RememberedPorts> => {
	const found = await keys.find(events.flatMap(wantedKeys));
	const remembering = rememberSignatures(verifier);
	for (const [at, { event, version }] of events.entries()) {
		verifyEventSignatures(event, { version, keys: found.keys, verifier: remembering });
		if (at % sliceSize === sliceSize - 1) await new Promise((resolve) => setImmediate(resolve));
	}
	return { keys: { find: async () => found }, verifier: remembering };
};

const wantedKeys = ({ event, version }: Signed): readonly WantedKey[] =>
	eventSignatureKeys(event, version).map((key) => ({ ...key, validAtTs: event.originServerTs }));

interface CheckedSignature {
	readonly publicKey: Uint8Array;
	readonly message: Uint8Array;
	readonly isRight: boolean;
}

/** An answer holds for the same key over the same message only. */
const rememberSignatures = (verifier: SignatureVerifier): SignatureVerifier => {
	const checked = new Map<string, CheckedSignature>();
	return {
		verify: (publicKey, message, signature) => {
			const name = Buffer.from(signature).toString("latin1");
			const known = checked.get(name);
			if (known !== undefined && isSame(known.publicKey, publicKey) && isSame(known.message, message))
				return known.isRight;
			const isRight = verifier.verify(publicKey, message, signature);
			checked.set(name, { publicKey, message, isRight });
			return isRight;
		},
	};
};

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
