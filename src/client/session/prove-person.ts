import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { api } from "../trpc/trpc.ts";
import { askForPasskey, PasskeyCancelled } from "./passkeys.ts";
import { goToIdentityProvider } from "./sign-in.ts";

export type WaysIn = inferRouterOutputs<AppRouter>["passkeys"]["waysIn"];
export type PersonProof = inferRouterInputs<AppRouter>["accounts"]["deactivate"]["proof"];

/** The page leaves for the identity provider: what was to be done is done when its person has come back. */
class LeavingForProvider extends Error {}

/** How the person can show that it is still they who sit here. */
export function proofKindOf(ways: WaysIn): PersonProof["kind"] {
	if (ways.hasPassword) return "password";
	return ways.passkeys.length > 0 ? "passkey" : "provider";
}

export interface ProofAnswer {
	readonly ways: WaysIn;
	/** As it was typed. */
	readonly password: string;
	/** Where a person whom the identity provider has to ask comes back to. */
	readonly returnTo: string;
}

/**
 * The proof; for a passkey the browser asks, and a provider that has not just confirmed it is gone to. Throws what
 * `isProofPutOff` knows.
 */
export async function provePerson({ ways, password, returnTo }: ProofAnswer): Promise<PersonProof> {
	const kind = proofKindOf(ways);
	switch (kind) {
		case "password":
			return { kind, password };
		case "passkey":
			return { kind, response: await askForPasskey(await api.passkeys.beginConfirm.mutate(), "dialog") };
		case "provider":
			if (ways.isConfirmed) return { kind };
			await goToIdentityProvider(returnTo, { confirms: "yes" });
			throw new LeavingForProvider();
	}
}

/** Whether nothing failed: the person thought better of it, or is at their provider first. */
export function isProofPutOff(error: unknown): boolean {
	return error instanceof PasskeyCancelled || error instanceof LeavingForProvider;
}
