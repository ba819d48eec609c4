import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import * as z from "zod";
import { isAppError } from "../../../shared/app-error.ts";
import { passkeyResponse } from "../../../shared/wire/passkey-response.ts";
import type { RelyingParty, Viewer } from "../../accounts/public.ts";
import type { SignInHost } from "../transport-host.ts";
import type { KnownDevices } from "./known-devices.ts";
import type { ProviderTrip } from "./provider-trip.ts";
import { sessionIdClaim } from "./session-cookie.ts";

export interface SignInCaller extends ProviderTrip {
	/** The caller's network address. */
	readonly address: string;
	/** The accounts that were signed in on this device before. */
	readonly knownDevices: KnownDevices;
	/** For which site passkeys are used here. */
	readonly relyingParty: RelyingParty | undefined;
	/** What the device is called where the page does not say. */
	readonly deviceName: string;
	/** Told who is signed in, so that the device is known from then on. */
	onSignedIn(userId: string): Promise<void>;
	/** Told how long to wait, for the answer's `Retry-After`. */
	onRetryAfter(retryAfterMs: number): void;
	/** Told the ticket by which somebody from the identity provider can make an account. */
	onUnknownIdentity(ticket: string): void;
	/** Told the ticket by which somebody who came back from it proves that they are there. */
	onConfirmed(ticket: string): void;
}

const deviceName = z.string().max(200).default("");
const passwordInput = z.object({
	username: z.string().min(1).max(320),
	password: z.string().min(1).max(512),
	deviceName,
});
const ticketInput = z.object({ ticket: z.string().min(1).max(64), deviceName });
const passkeyInput = z.object({
	response: z
		.string()
		.max(20_000)
		.transform((text) => JSON.parse(text))
		.pipe(passkeyResponse),
	deviceName,
});

/** The ways to sign in that need no other server: by password, by passkey, and once with what a sign-up has just given. */
export const credentialsProviders = (host: SignInHost, caller: SignInCaller): AuthOptions["providers"] => [
	credentials("credentials", { host, caller }, async (form) =>
		host.accounts.signIn({ ...read(passwordInput, form), address: caller.address, knownDevices: caller.knownDevices }),
	),
	credentials("passkey", { host, caller }, async (form) => {
		const { relyingParty, address } = caller;
		if (relyingParty === undefined) throw new Error("forbidden");
		return host.accounts.passkeys.signIn({ ...read(passkeyInput, form), relyingParty, address });
	}),
	credentials("ticket", { host, caller }, async (form) => host.accounts.signInWithTicket(read(ticketInput, form))),
];

class RefusedForm extends Error {}

const read = <Schema extends z.ZodType>(schema: Schema, form: unknown): z.output<Schema> => {
	try {
		return schema.parse(form);
	} catch {
		throw new RefusedForm("bad-input");
	}
};

interface Sides {
	readonly host: SignInHost;
	readonly caller: SignInCaller;
}

const credentials = (id: string, sides: Sides, signIn: (form: unknown) => Promise<Viewer>) =>
	CredentialsProvider({
		id,
		credentials: {},
		authorize: async (form) => {
			const viewer = await signIn(form).catch((error: unknown) => {
				throw new Error(codeOf(error, sides));
			});
			await sides.caller.onSignedIn(viewer.userId);
			return { id: viewer.userId, [sessionIdClaim]: viewer.sessionId };
		},
	});

/** What the refusal is called in the address that next-auth answers with. */
export const codeOf = (error: unknown, { host, caller }: Sides): string => {
	if (error instanceof RefusedForm) return "bad-input";
	if (!isAppError(error)) {
		host.log.error({ error: error instanceof Error ? error.name : "unknown" }, "sign-in broke");
		return "internal";
	}
	if (error.retryAfterMs !== undefined) caller.onRetryAfter(error.retryAfterMs);
	return error.code;
};
