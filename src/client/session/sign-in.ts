import { deviceName } from "../../shared/device-name.ts";
import { isAppErrorCode } from "../../shared/wire/error.ts";
import type { CallFailure } from "../trpc/errors.ts";

export type SignInResult =
	| { readonly kind: "signedIn" }
	| { readonly kind: "refused"; readonly code: CallFailure["code"] };

/**
 * Signs in through next-auth's own endpoints: a token against forged requests first, then the credentials. Its answer is
 * an address; a refusal is the parameter `error` in it, one of our codes where the server chose the reason.
 */
export function signIn(username: string, password: string): Promise<SignInResult> {
	return signInThrough("credentials", { username, password });
}

/** Signs a new account in with what its registration has just answered. */
export function signInWithTicket(ticket: string): Promise<SignInResult> {
	return signInThrough("ticket", { ticket });
}

export async function signInThrough(
	provider: "credentials" | "passkey" | "ticket",
	fields: Readonly<Record<string, string>>,
): Promise<SignInResult> {
	try {
		const response = await fetch(`/api/auth/callback/${provider}`, {
			method: "POST",
			headers: { "content-type": "application/x-www-form-urlencoded" },
			body: new URLSearchParams({
				csrfToken: await csrfToken(),
				...fields,
				deviceName: deviceName(navigator.userAgent),
				callbackUrl: `${location.origin}/chat`,
				json: "true",
			}),
		});
		if (response.status >= 500) return { kind: "refused", code: "unavailable" };
		if (response.status === 429) return { kind: "refused", code: "too-many-requests" };
		const error = errorIn(await response.json());
		if (error === undefined && response.ok) return { kind: "signedIn" };
		return { kind: "refused", code: isAppErrorCode(error) ? error : "wrong-credentials" };
	} catch {
		return { kind: "refused", code: "offline" };
	}
}

interface ProviderLuggage {
	/** For whoever has no account yet. */
	readonly registrationToken?: string;
	/** They are signed in, and are to be asked anew so as to show that they are there. */
	readonly confirms?: "yes";
}

/**
 * Leaves for the identity provider, which asks the person to sign in and sends them back to the wanted address. Throws
 * when nobody answers.
 */
export async function goToIdentityProvider(wanted: string, along: ProviderLuggage): Promise<void> {
	const response = await fetch("/api/auth/signin/oidc", {
		method: "POST",
		headers: { "content-type": "application/x-www-form-urlencoded" },
		body: new URLSearchParams({
			csrfToken: await csrfToken(),
			callbackUrl: location.origin + wanted,
			json: "true",
			...along,
		}),
	});
	const answer: unknown = await response.json();
	const url = typeof answer === "object" && answer !== null && "url" in answer ? answer.url : undefined;
	if (typeof url !== "string") throw new Error("the server gave no address");
	location.assign(url);
}

/** Drops next-auth's cookie. The session row has been revoked before, so a failure here leaves nothing usable. */
export async function dropSessionCookie(): Promise<void> {
	await fetch("/api/auth/signout", {
		method: "POST",
		headers: { "content-type": "application/x-www-form-urlencoded" },
		body: new URLSearchParams({ csrfToken: await csrfToken(), json: "true" }),
	});
}

async function csrfToken(): Promise<string> {
	const answer: unknown = await (await fetch("/api/auth/csrf")).json();
	const token = typeof answer === "object" && answer !== null && "csrfToken" in answer ? answer.csrfToken : undefined;
	if (typeof token !== "string") throw new Error("the server gave no token against forged requests");
	return token;
}

function errorIn(answer: unknown): string | undefined {
	const url = typeof answer === "object" && answer !== null && "url" in answer ? answer.url : undefined;
	if (typeof url !== "string") return "";
	return new URL(url, location.origin).searchParams.get("error") ?? undefined;
}
