import type { AccountLimiters } from "./account-limits.ts";
import type { AttemptLimiter } from "./attempt-limiter.ts";

export interface SignInAttempt {
	readonly localpart: string;
	/** The caller's network address. */
	readonly address: string;
	/** What stands for this account in the cookie of a device where it was signed in before. */
	readonly deviceKey: string | undefined;
}

export interface Admission {
	/** The attempt was a good one. */
	succeeded(): void;
}

/**
 * Counts an attempt where it belongs, before any work is done for it. A device that knows the account has a count of
 * its own, so nobody elsewhere can make its person wait, and whoever sits at it cannot guess on. Any other device is
 * counted by address, by account and address, and by account; the account's own count grows only by attempts which the
 * other two let through. Throws AppError `too-many-requests`.
 */
export const admitSignIn = (limiters: AccountLimiters, attempt: SignInAttempt): Admission => {
	// A name may be as long as a form lets it be; nothing tells an account that exists from one that does not.
	const account = attempt.localpart.slice(0, 80);
	if (attempt.deviceKey !== undefined) {
		const key = `${account} ${attempt.deviceKey}`;
		limiters.signInByDevice.begin(key);
		return { succeeded: () => limiters.signInByDevice.clear(key) };
	}
	const pair = `${account} ${attempt.address}`;
	beginAll([
		[limiters.signInByPair, pair],
		[limiters.signInByAddress, attempt.address],
		[limiters.signInByAccount, account],
	]);
	return {
		succeeded: () => {
			limiters.signInByPair.clear(pair);
			limiters.signInByAddress.refund(attempt.address);
			// Its person's sign-in gives those who guess from elsewhere no fresh start.
			limiters.signInByAccount.refund(account);
		},
	};
};

/** What one of them refuses costs nothing with the others. */
const beginAll = (counts: readonly (readonly [AttemptLimiter, string])[]): void => {
	const begun: (readonly [AttemptLimiter, string])[] = [];
	try {
		for (const count of counts) {
			count[0].begin(count[1]);
			begun.push(count);
		}
	} catch (error) {
		for (const [limiter, key] of begun) limiter.refund(key);
		throw error;
	}
};
