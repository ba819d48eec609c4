import { endSession } from "../sync/session.ts";
import { api } from "../trpc/trpc.ts";
import { dropSessionCookie } from "./sign-in.ts";

/** Revokes the session on the server, then forgets it here. Throws when the server could not be told. */
export async function signOut(): Promise<void> {
	await api.accounts.signOut.mutate();
	await endSession();
	await dropSessionCookie();
}
