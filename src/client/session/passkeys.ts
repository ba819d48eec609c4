import type { inferRouterInputs } from "@trpc/server";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { deviceName } from "../../shared/device-name.ts";
import { httpClient } from "../trpc/http-client.ts";
import { type SignInResult, signInThrough } from "./sign-in.ts";

type Inputs = inferRouterInputs<AppRouter>["passkeys"];
export type NewPasskey = Inputs["add"];
export type PasskeyAnswer = NewPasskey["response"];
export type PasskeyQuestion = Awaited<ReturnType<typeof httpClient.beginPasskeySignIn>>;

/** What people call "never mind": they closed the browser's own dialog, or it waited too long. */
export class PasskeyCancelled extends Error {}

/** Passkeys need a secure context and a host with a name: browsers keep none for a bare address of the network. */
export function canUsePasskeys(): boolean {
	return isSecureContext && "PublicKeyCredential" in window && !/^[\d.]+$|^\[/.test(location.hostname);
}

/** Has the browser make a passkey. Throws PasskeyCancelled. */
export async function createPasskey(question: PasskeyQuestion): Promise<NewPasskey> {
	const { startRegistration } = await import("@simplewebauthn/browser");
	type Options = Parameters<typeof startRegistration>[0]["optionsJSON"];
	const response = await orCancelled(startRegistration({ optionsJSON: question as unknown as Options }));
	return { response: response as unknown as PasskeyAnswer, name: deviceName(navigator.userAgent) };
}

/** Has the browser use a passkey; by autofill it offers them where a username is typed. Throws PasskeyCancelled. */
export async function askForPasskey(question: PasskeyQuestion, how: "dialog" | "autofill"): Promise<PasskeyAnswer> {
	const { startAuthentication } = await import("@simplewebauthn/browser");
	type Options = Parameters<typeof startAuthentication>[0]["optionsJSON"];
	const response = await orCancelled(
		startAuthentication({ optionsJSON: question as unknown as Options, useBrowserAutofill: how === "autofill" }),
	);
	return response as unknown as PasskeyAnswer;
}

/** Signs in without a name being typed. Throws PasskeyCancelled, or why the server could not be asked. */
export async function signInWithPasskey(how: "dialog" | "autofill"): Promise<SignInResult> {
	const response = await askForPasskey(await httpClient.beginPasskeySignIn(), how);
	return signInThrough("passkey", { response: JSON.stringify(response) });
}

/** True where the browser can offer passkeys in the field for the username. */
export async function canAutofillPasskeys(): Promise<boolean> {
	if (!canUsePasskeys()) return false;
	const { browserSupportsWebAuthnAutofill } = await import("@simplewebauthn/browser");
	return browserSupportsWebAuthnAutofill();
}

/** Ends what `askForPasskey` waits for. */
export async function stopAskingForPasskey(): Promise<void> {
	const { WebAuthnAbortService } = await import("@simplewebauthn/browser");
	WebAuthnAbortService.cancelCeremony();
}

async function orCancelled<T>(ceremony: Promise<T>): Promise<T> {
	try {
		return await ceremony;
	} catch (cause) {
		throw new PasskeyCancelled("the browser gave no passkey", { cause });
	}
}
