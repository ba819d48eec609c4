/** How this device stands with the identity of its person. */
import { type OwnUserIdentity, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { Recovery } from "./ports.ts";

/** The person's identity as the server last told it; undefined: there is none. */
export async function ownIdentity({ machine }: Pick<Recovery, "machine">): Promise<OwnUserIdentity | undefined> {
	return (await machine.getIdentity(machine.userId)) as OwnUserIdentity | undefined;
}

/** Asks the server for it anew. */
export async function refreshOwnIdentity({ machine, send }: Pick<Recovery, "machine" | "send">): Promise<void> {
	await send(machine.queryKeysForUsers([new UserId(machine.userId.toString())]));
}

/** Whether the identity vouches for this device, and this device for the identity. */
export async function isVerifiedHere(recovery: Pick<Recovery, "machine">): Promise<boolean> {
	const identity = await ownIdentity(recovery);
	if (identity === undefined || !identity.isVerified()) return false;
	return identity.trustsOurOwnDevice();
}
