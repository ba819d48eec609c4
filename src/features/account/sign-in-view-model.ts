import { useEffect, useState, useSyncExternalStore } from "react";
import { useReturn } from "../../client/hooks/use-return.ts";
import { hasSession } from "../../client/session/has-session.ts";
import {
	canAutofillPasskeys,
	canUsePasskeys,
	PasskeyCancelled,
	signInWithPasskey,
	stopAskingForPasskey,
} from "../../client/session/passkeys.ts";
import { goToIdentityProvider, type SignInResult, signIn } from "../../client/session/sign-in.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { signUpAddress, wantedAddress } from "../../shared/return-address.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import { isAppErrorCode } from "../../shared/wire/error.ts";
import { type Policy, usePolicy } from "./policy-view-model.ts";
import type { SignInProps } from "./sign-in-view.tsx";

/** Shorter than a challenge counts. */
const autofillRenewedAfterMs = 9 * 60_000;

export function useSignIn(): SignInProps {
	const policy = usePolicy();
	const known = policy.kind === "known" ? policy.policy : undefined;
	const [username, setUsername] = useState("");
	const [password, setPassword] = useState("");
	const attempt = useAttempt();
	const broughtError = useSyncExternalStore(neverChanges, errorInAddress, () => undefined);
	useEffect(leaveWhenSignedIn, []);
	useEffect(() => offerByAutofill(attempt.settle), [attempt.settle]);
	return {
		serverName: known?.serverName,
		signUpHref: signUpAddress(useReturn()),
		canSignUp: known !== undefined && isOpen(known),
		canUsePasskeys: useSyncExternalStore(neverChanges, canUsePasskeys, () => false),
		providerName: known?.identityProviderName,
		username,
		password,
		busyWith: attempt.busyWith,
		error: attempt.error ?? (attempt.isTried ? undefined : broughtText(broughtError, known)),
		onUsername: setUsername,
		onPassword: setPassword,
		onSubmit: () => void attempt.run("password", () => signIn(username.trim(), password)),
		onPasskey: () => void attempt.run("passkey", () => signInWithPasskey("dialog")),
		onProvider: () => void attempt.run("provider", goToProvider),
	};
}

function useAttempt() {
	const [busyWith, setBusyWith] = useState<SignInProps["busyWith"]>();
	const [error, setError] = useState<string | undefined>();
	const [isTried, setTried] = useState(false);
	const settle = (result: SignInResult) => {
		if (result.kind === "signedIn") return leave();
		setError(failureText(result.code));
		setBusyWith(undefined);
	};
	const run = async (way: "password" | "passkey" | "provider", work: () => Promise<SignInResult | undefined>) => {
		if (busyWith !== undefined) return;
		setTried(true);
		setBusyWith(way);
		setError(undefined);
		try {
			const result = await work();
			if (result !== undefined) settle(result);
		} catch (failure) {
			if (!(failure instanceof PasskeyCancelled)) setError(failureText(failureOf(failure).code));
			setBusyWith(undefined);
		}
	};
	return { busyWith, error, isTried, settle, run };
}

/** Passkeys are offered in the field for the username, for as long as the page is open. */
function offerByAutofill(settle: (result: SignInResult) => void): () => void {
	let isOver = false;
	const offer = async (): Promise<void> => {
		const result = await signInWithPasskey("autofill").catch(() => undefined);
		if (!isOver && result !== undefined) settle(result);
	};
	const begin = async (): Promise<void> => {
		if ((await canAutofillPasskeys()) && !isOver) await offer();
	};
	void begin();
	const renewing = setInterval(() => void begin(), autofillRenewedAfterMs);
	return () => {
		isOver = true;
		clearInterval(renewing);
		if (canUsePasskeys()) void stopAskingForPasskey();
	};
}

/** The page is left: there is nothing to settle. */
async function goToProvider(): Promise<undefined> {
	await goToIdentityProvider(wantedAddress(location.search, location.origin), {});
}

function isOpen(policy: Policy): boolean {
	return policy.registration !== "closed" && !policy.needsOwner;
}

/** A whole page load, so that nothing of an earlier session is left in memory. */
function leave(): void {
	location.assign(wantedAddress(location.search, location.origin));
}

function leaveWhenSignedIn(): void {
	hasSession().then(
		(isSignedIn) => isSignedIn && leave(),
		() => undefined,
	);
}

/** Why the way to the identity provider and back ended here. */
function errorInAddress(): string | undefined {
	return new URLSearchParams(location.search).get("error") ?? undefined;
}

function broughtText(error: string | undefined, policy: Policy | undefined): string | undefined {
	if (error === undefined) return undefined;
	if (isAppErrorCode(error)) return failureText(error);
	const name = policy?.identityProviderName;
	return name === undefined ? undefined : text("signIn.providerFailed", { name });
}

function neverChanges(): () => void {
	return () => undefined;
}
