import { useEffect, useState, useSyncExternalStore } from "react";
import { useReturn } from "../../client/hooks/use-return.ts";
import { canUsePasskeys } from "../../client/session/passkeys.ts";
import { httpClient } from "../../client/trpc/http-client.ts";
import { signInAddress } from "../../shared/return-address.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { FieldHint } from "./account-field-view.tsx";
import { type Policy, usePolicy } from "./policy-view-model.ts";
import { useRegistration } from "./registration-view-model.ts";
import type { SignUpFields, SignUpProps } from "./sign-up-view.tsx";
import { useUsernameHint } from "./username-hint-view-model.ts";

const noFields: SignUpFields = { name: "", username: "", password: "", token: "" };

/**
 * Making an account. The one-time link carries its code behind the `#`, which no browser sends to a server or names in a
 * Referer: `/sign-up#token=…`. Who comes from the identity provider is at `/sign-up?with=provider`.
 */
export function useSignUp(): SignUpProps {
	const policy = usePolicy();
	const linkToken = useSyncExternalStore(subscribeToHash, tokenInHash, () => undefined);
	const provider = useProviderIdentity();
	const hasPasskeys = useSyncExternalStore(neverChanges, canUsePasskeys, () => false);
	const [typed, setFields] = useState<Partial<SignUpFields>>({});
	const [chosen, setChosen] = useState<"passkey" | "password" | undefined>();
	const fields = { ...noFields, name: provider.suggestedName ?? "", ...typed };
	const token = linkToken ?? fields.token.trim();
	const usernameHint = useUsernameHint(fields.username, token);
	const { submit, goToProvider, forgetError, ...progress } = useRegistration();
	const signInHref = signInAddress(useReturn());
	if (policy.kind === "loading" || provider.kind === "loading")
		return { kind: "loading", serverName: undefined, signInHref };
	if (policy.kind === "failed")
		return { kind: "failed", serverName: undefined, signInHref, error: failureText(policy.code) };
	const { serverName, passwordMinLength, needsOwner, identityProviderName = "" } = policy.policy;
	if (provider.kind === "expired")
		return { kind: "expired", serverName, signInHref, providerName: identityProviderName };
	const hasToken = linkToken !== undefined || provider.hasToken;
	const blocked = hasToken ? undefined : blockedBy(policy.policy);
	if (blocked !== undefined) return { kind: blocked, serverName, signInHref };
	const way = provider.kind === "known" ? "provider" : (chosen ?? (hasPasskeys ? "passkey" : "password"));
	return {
		kind: "form",
		serverName,
		signInHref,
		way,
		hasPasskeys,
		providerName: identityProviderName,
		isOwner: needsOwner,
		needsToken: policy.policy.registration === "token" && !hasToken,
		fields,
		usernameHint,
		passwordHint: passwordHint(fields.password, passwordMinLength),
		passwordMinLength,
		...progress,
		onWay: setChosen,
		onField: (name, value) => {
			forgetError();
			setFields((all) => ({ ...all, [name]: name === "username" ? tidyUsername(value) : value }));
		},
		onProvider: () => void goToProvider(token),
		onSubmit: () => {
			const { username, name, password } = fields;
			if (usernameHint.hintKind === "bad") return;
			void submit({ way, localpart: username, displayName: name.trim(), password, token });
		},
	};
}

function blockedBy(policy: Policy): "needsLink" | "closed" | undefined {
	if (policy.needsOwner) return "needsLink";
	return policy.registration === "closed" ? "closed" : undefined;
}

/** Whether the person comes from the identity provider, what it calls them, and whether a link's token came along. */
interface ProviderIdentity {
	readonly kind: "none" | "loading" | "expired" | "known";
	readonly suggestedName?: string | undefined;
	readonly hasToken: boolean;
}

function useProviderIdentity(): ProviderIdentity {
	const isFromProvider = useSyncExternalStore(neverChanges, cameFromProvider, () => false);
	const [identity, setIdentity] = useState<ProviderIdentity>({ kind: "loading", hasToken: false });
	useEffect(() => {
		if (!isFromProvider) return;
		const stop = new AbortController();
		httpClient.pendingIdentity(stop.signal).then(
			(pending) => setIdentity({ kind: "known", ...pending }),
			() => {
				if (!stop.signal.aborted) setIdentity({ kind: "expired", hasToken: false });
			},
		);
		return () => stop.abort();
	}, [isFromProvider]);
	return isFromProvider ? identity : { kind: "none", hasToken: false };
}

function cameFromProvider(): boolean {
	return new URLSearchParams(location.search).get("with") === "provider";
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

function neverChanges(): () => void {
	return () => undefined;
}
