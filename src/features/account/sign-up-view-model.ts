import { useEffect, useState, useSyncExternalStore } from "react";
import { useDebounced } from "../../client/hooks/use-debounced.ts";
import { useReturn } from "../../client/hooks/use-return.ts";
import { signInAddress, wantedAddress } from "../../client/session/return-address.ts";
import { signInWithTicket } from "../../client/session/sign-in.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { httpClient } from "../../client/trpc/http-client.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import { type Policy, usePolicy } from "./policy-view-model.ts";
import type { FieldHint, SignUpFields, SignUpProps } from "./sign-up-view.tsx";

const noFields: SignUpFields = { name: "", username: "", password: "", token: "" };

/**
 * Making an account. The one-time link carries its code behind the `#`, which no browser sends to a server or names in a
 * Referer: `/sign-up#token=…`.
 */
export function useSignUp(): SignUpProps {
	const policy = usePolicy();
	const linkToken = useSyncExternalStore(subscribeToHash, tokenInHash, () => undefined);
	const [fields, setFields] = useState(noFields);
	const usernameHint = useUsernameHint(fields.username, linkToken ?? fields.token.trim());
	const registration = useRegistration();
	const signInHref = signInAddress(useReturn());
	if (policy.kind === "loading") return { kind: "loading", serverName: undefined, signInHref };
	if (policy.kind === "failed")
		return { kind: "failed", serverName: undefined, signInHref, error: failureText(policy.code) };
	const { serverName, passwordMinLength, needsOwner } = policy.policy;
	const blocked = blockedBy(policy.policy, linkToken);
	if (blocked !== undefined) return { kind: blocked, serverName, signInHref };
	const token = linkToken ?? fields.token.trim();
	return {
		kind: "form",
		serverName,
		signInHref,
		isOwner: needsOwner,
		needsToken: policy.policy.registration === "token" && linkToken === undefined,
		fields,
		usernameHint,
		passwordHint: passwordHint(fields.password, passwordMinLength),
		passwordMinLength,
		...registration,
		onField: (name, value) =>
			setFields((all) => ({ ...all, [name]: name === "username" ? tidyUsername(value) : value })),
		onSubmit: () => {
			if (usernameHint.hintKind !== "bad") void registration.submit({ ...fields, token });
		},
	};
}

function blockedBy(policy: Policy, linkToken: string | undefined): "needsLink" | "closed" | undefined {
	if (linkToken !== undefined) return undefined;
	if (policy.needsOwner) return "needsLink";
	return policy.registration === "closed" ? "closed" : undefined;
}

function useRegistration() {
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<string | undefined>();
	const submit = async ({ name, username, password, token }: SignUpFields) => {
		if (isBusy) return;
		setBusy(true);
		setError(undefined);
		const code = await registerAndSignIn({
			localpart: username,
			displayName: name.trim(),
			password,
			...(token !== "" && { registrationToken: token }),
		});
		// A whole page load, so that nothing of an earlier session is left in memory.
		if (code === undefined) return location.assign(wantedAddress(location.search, location.origin));
		setError(failureText(code));
		setBusy(false);
	};
	return { isBusy, error, submit };
}

type Registration = Parameters<typeof httpClient.register>[0];

async function registerAndSignIn(registration: Registration) {
	let ticket: string;
	try {
		ticket = (await httpClient.register(registration)).signInTicket;
	} catch (error) {
		return failureOf(error).code;
	}
	const result = await signInWithTicket(ticket);
	return result.kind === "signedIn" ? undefined : result.code;
}

function useUsernameHint(username: string, token: string): FieldHint {
	const wanted = useDebounced(username, 250);
	const shown = useDebounced(token, 250);
	const [answer, setAnswer] = useState<{ readonly for: string; readonly hint: FieldHint } | undefined>();
	useEffect(() => {
		if (wanted === "") return;
		const stop = new AbortController();
		const question = { localpart: wanted, ...(shown.length >= 8 && { registrationToken: shown }) };
		httpClient.isUsernameFree(question, stop.signal).then(
			(answered) => setAnswer({ for: wanted, hint: hintOf(answered) }),
			// Without an answer there is nothing to say: the registration itself decides.
			() => undefined,
		);
		return () => stop.abort();
	}, [wanted, shown]);
	if (username === "" || answer?.for !== username) return { hint: undefined, hintKind: "plain" };
	return answer.hint;
}

function hintOf({ isFree, reason }: Awaited<ReturnType<typeof httpClient.isUsernameFree>>): FieldHint {
	if (isFree) return { hint: text("signUp.free"), hintKind: "ok" };
	// Without a code nobody is told who is here; the field for the code says what is wrong with it.
	if (reason === "registration-token-invalid") return { hint: undefined, hintKind: "plain" };
	return { hint: failureText(reason ?? "username-taken"), hintKind: "bad" };
}

function passwordHint(password: string, count: number): FieldHint {
	if (password.length >= count) return { hint: text("signUp.passwordOk"), hintKind: "ok" };
	return { hint: text("signUp.passwordHint", { count }), hintKind: "plain" };
}

/** Usernames are lower case; a pasted `@name:server` is taken for its name. */
function tidyUsername(typed: string): string {
	return (typed.replace(/^@/, "").split(":")[0] ?? "").toLowerCase();
}

function tokenInHash(): string | undefined {
	return new URLSearchParams(location.hash.slice(1)).get("token") ?? undefined;
}

function subscribeToHash(listener: () => void): () => void {
	addEventListener("hashchange", listener);
	return () => removeEventListener("hashchange", listener);
}
