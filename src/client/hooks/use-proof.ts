import { useState, useSyncExternalStore } from "react";
import { failureText } from "../../shared/text/failure-text.ts";
import "../../shared/text/en/proof.ts";
import { text } from "../../shared/text/text.ts";
import { isAppErrorCode } from "../../shared/wire/error.ts";
import { isProofPutOff, type PersonProof, proofKindOf, provePerson } from "../session/prove-person.ts";
import { failureOf } from "../trpc/errors.ts";
import { trpc } from "../trpc/trpc.ts";

/** What somebody is asked before something that a stolen session must not do. */
export interface Proof {
	/** undefined: not known yet. */
	readonly kind: PersonProof["kind"] | undefined;
	readonly password: string;
	/** What the identity provider is called. */
	readonly providerName: string;
	/** Whether it has just said that the person is there. */
	readonly isConfirmed: boolean;
	/** Why whoever came back from it proved nothing. */
	readonly broughtError: string | undefined;
	readonly onPassword: (password: string) => void;
	/** Throws what `failure` has the words for. */
	readonly prove: () => Promise<PersonProof>;
	/** In words why what was proven for was refused; undefined where nothing failed. */
	readonly failure: (error: Error | null) => string | undefined;
}

/** `returnTo`: where a person whom the identity provider has to ask comes back to; absent, where they are. */
export function useProof(returnTo?: () => string): Proof {
	const found = trpc.passkeys.waysIn.useQuery();
	const ways = found.data;
	const kind = ways && proofKindOf(ways);
	const policy = trpc.accounts.registrationPolicy.useQuery(undefined, { enabled: kind === "provider" });
	const [password, onPassword] = useState("");
	const brought = useSyncExternalStore(neverChanges, errorInAddress, () => undefined);
	const providerName = policy.data?.identityProviderName ?? text("proof.provider");
	return {
		...{ kind, password, providerName, onPassword },
		isConfirmed: ways?.isConfirmed ?? false,
		broughtError:
			ways?.isConfirmed === false && brought ? text("proof.providerFailed", { name: providerName }) : undefined,
		prove: async () => {
			// What the provider said counts for minutes: it is asked of the server each time whether it still does.
			const isOld = ways === undefined || kind === "provider";
			const known = isOld ? (await found.refetch({ throwOnError: true })).data : ways;
			if (known === undefined) throw new Error("nothing is known of the ways in");
			return provePerson({ ways: known, password, returnTo: returnTo?.() ?? location.pathname });
		},
		failure: (error) => {
			if (error === null || isProofPutOff(error)) return undefined;
			const code = codeIn(error);
			if (code !== "wrong-credentials") return failureText(code);
			return kind === "provider" ? text("proof.providerAgain", { name: providerName }) : text("proof.wrongPassword");
		},
	};
}

/** The engine's refusals carry the code themselves. */
function codeIn(error: Error) {
	const code: unknown = "code" in error ? error.code : undefined;
	return isAppErrorCode(code) ? code : failureOf(error).code;
}

const neverChanges = () => () => undefined;

function errorInAddress(): boolean | undefined {
	return new URLSearchParams(location.search).has("error") || undefined;
}
