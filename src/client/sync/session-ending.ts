import type { CallFailure } from "../trpc/errors.ts";

/** How a session ended: somebody ended it, or it grew old. */
export type Ending = "signedOut" | "expired";

/** What a refusal says about the session; `undefined`: nothing. */
export function endingIn(code: CallFailure["code"]): Ending | undefined {
	switch (code) {
		case "session-revoked":
		case "account-disabled":
			return "signedOut";
		case "not-signed-in":
			return "expired";
		default:
			return undefined;
	}
}
