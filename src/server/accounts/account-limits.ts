import { type AttemptLimiter, type AttemptLimits, createAttemptLimiter } from "./attempt-limiter.ts";
import type { Clock } from "./ports.ts";

const minuteMs = 60_000;

export interface AccountLimits {
	/** Failed sign-ins from one address, whatever the account. */
	readonly signInByAddress: AttemptLimits;
	/** Failed sign-ins of one account from one address. */
	readonly signInByPair: AttemptLimits;
	/**
	 * Failed sign-ins of one account from anywhere: what guessing from many addresses runs into. The wait stays short,
	 * or a stranger could lock its person out.
	 */
	readonly signInByAccount: AttemptLimits;
	/** Failed sign-ins of one account on a device where it was signed in before: the other three do not count there. */
	readonly signInByDevice: AttemptLimits;
	/** Passkeys shown by, and challenges handed out to one address: they cannot be guessed, but they cost work. */
	readonly passkeyByAddress: AttemptLimits;
	/** Ways to the identity provider and back from one address: each makes this server ask the provider. */
	readonly identityByAddress: AttemptLimits;
	/** Registrations from one address, failed or not. */
	readonly registerByAddress: AttemptLimits;
	/** Questions whether a name is free, from one address: a form asks while a person types. */
	readonly usernameByAddress: AttemptLimits;
	/**
	 * Proofs asked of somebody who is signed in, by session: whoever finds a device open may not guess the password there,
	 * and keeps nobody waiting who signs that device out from another.
	 */
	readonly confirmBySession: AttemptLimits;
	/** Changes of the name: each writes an event into every room of the person. */
	readonly profileByAccount: AttemptLimits;
	/** Tokens that tell another service who somebody is: each is a row for an hour. */
	readonly openIdByAccount: AttemptLimits;
}

export const defaultAccountLimits: AccountLimits = {
	signInByAddress: {
		freeAttempts: 30,
		firstDelayMs: 1000,
		maximumDelayMs: 15 * minuteMs,
		forgetAfterMs: 60 * minuteMs,
		maximumKeys: 20_000,
	},
	signInByPair: {
		freeAttempts: 5,
		firstDelayMs: 1000,
		maximumDelayMs: 15 * minuteMs,
		forgetAfterMs: 60 * minuteMs,
		maximumKeys: 50_000,
	},
	signInByAccount: {
		freeAttempts: 100,
		firstDelayMs: 500,
		maximumDelayMs: 10_000,
		forgetAfterMs: 60 * minuteMs,
		maximumKeys: 20_000,
	},
	signInByDevice: {
		freeAttempts: 10,
		firstDelayMs: 1000,
		maximumDelayMs: 15 * minuteMs,
		forgetAfterMs: 60 * minuteMs,
		maximumKeys: 20_000,
	},
	passkeyByAddress: {
		freeAttempts: 240,
		firstDelayMs: 500,
		maximumDelayMs: minuteMs,
		forgetAfterMs: 5 * minuteMs,
		maximumKeys: 20_000,
	},
	identityByAddress: {
		freeAttempts: 60,
		firstDelayMs: 1000,
		maximumDelayMs: minuteMs,
		forgetAfterMs: 10 * minuteMs,
		maximumKeys: 20_000,
	},
	registerByAddress: {
		freeAttempts: 30,
		firstDelayMs: 2000,
		maximumDelayMs: 15 * minuteMs,
		forgetAfterMs: 30 * minuteMs,
		maximumKeys: 20_000,
	},
	usernameByAddress: {
		freeAttempts: 120,
		firstDelayMs: 500,
		maximumDelayMs: minuteMs,
		forgetAfterMs: 5 * minuteMs,
		maximumKeys: 20_000,
	},
	confirmBySession: {
		freeAttempts: 5,
		firstDelayMs: 1000,
		maximumDelayMs: 15 * minuteMs,
		forgetAfterMs: 60 * minuteMs,
		maximumKeys: 20_000,
	},
	profileByAccount: {
		freeAttempts: 10,
		firstDelayMs: 5000,
		maximumDelayMs: 10 * minuteMs,
		forgetAfterMs: 60 * minuteMs,
		maximumKeys: 20_000,
	},
	openIdByAccount: {
		freeAttempts: 30,
		firstDelayMs: 1000,
		maximumDelayMs: 10 * minuteMs,
		forgetAfterMs: 60 * minuteMs,
		maximumKeys: 20_000,
	},
};

export type AccountLimiters = { readonly [Name in keyof AccountLimits]: AttemptLimiter };

export const createAccountLimiters = (limits: AccountLimits, clock: Clock): AccountLimiters => ({
	signInByAddress: createAttemptLimiter(limits.signInByAddress, clock),
	signInByPair: createAttemptLimiter(limits.signInByPair, clock),
	signInByAccount: createAttemptLimiter(limits.signInByAccount, clock),
	signInByDevice: createAttemptLimiter(limits.signInByDevice, clock),
	passkeyByAddress: createAttemptLimiter(limits.passkeyByAddress, clock),
	identityByAddress: createAttemptLimiter(limits.identityByAddress, clock),
	registerByAddress: createAttemptLimiter(limits.registerByAddress, clock),
	usernameByAddress: createAttemptLimiter(limits.usernameByAddress, clock),
	confirmBySession: createAttemptLimiter(limits.confirmBySession, clock),
	profileByAccount: createAttemptLimiter(limits.profileByAccount, clock),
	openIdByAccount: createAttemptLimiter(limits.openIdByAccount, clock),
});
