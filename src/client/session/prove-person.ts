import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { api } from "../trpc/trpc.ts";
import { askForPasskey } from "./passkeys.ts";

export type WaysIn = inferRouterOutputs<AppRouter>["passkeys"]["waysIn"];
type PersonProof = inferRouterInputs<AppRouter>["accounts"]["deactivate"]["proof"];

/** How the person can show that it is still they who sit here. */
export function proofKindOf(ways: WaysIn): PersonProof["kind"] {
	if (ways.hasPassword) return "password";
	return ways.passkeys.length > 0 ? "passkey" : "none";
}

/** The proof; for a passkey the browser asks. Throws PasskeyCancelled. */
export async function provePerson(ways: WaysIn, password: string): Promise<PersonProof> {
	const kind = proofKindOf(ways);
	switch (kind) {
		case "password":
			return { kind, password };
		case "passkey":
			return { kind, response: await askForPasskey(await api.passkeys.beginConfirm.mutate(), "dialog") };
		case "none":
			return { kind };
	}
}
