import { deleteCryptoDatabases } from "../crypto/crypto-databases.ts";
import { clientStore } from "../store/client-store.ts";
import { restSession } from "../sync/session.ts";
import { api } from "../trpc/trpc.ts";
import { dropSessionCookie } from "./sign-in.ts";

/**
 * Ends a session whose device has lost its keys, so that the person comes back as a new one. What they wrote here stays. Throws
 * when the server could not be told.
 */
export async function leaveLostDevice(): Promise<void> {
	const userId = clientStore.get().me?.userId;
	// Before the server says that the session was ended: who hears that from it forgets everything.
	await restSession();
	await api.accounts.signOut.mutate();
	if (userId !== undefined) await deleteCryptoDatabases(userId);
	await dropSessionCookie();
}
