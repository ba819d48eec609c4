import type { RelyingParty, Viewer } from "../accounts/public.ts";
import type { Areas } from "./transport-host.ts";

/** What calls come over, as far as a subscription must know. */
export interface CallConnection {
	/** Resolves once what was sent has left this process: a slow reader is not given more than it takes. */
	whenWritable(): Promise<void>;
	/** Counts a subscription until the answer is called. Throws AppError `too-many-requests`. */
	beginSubscription(): () => void;
}

/** What every procedure gets: the use cases and who calls. */
export interface CallContext {
	readonly areas: Areas;
	/** The id under which the log knows the request, or the socket. */
	readonly requestId: string;
	/** The caller's network address, as the limits count it. */
	readonly address: string;
	readonly connection: CallConnection;
	/** For which site passkeys are made and used here; undefined when no page of ours asks. */
	readonly relyingParty: RelyingParty | undefined;
	/** What lets somebody who came from the identity provider make an account. */
	readonly identityTicket: string | undefined;
	/** What proves that somebody who came back from it is there. */
	readonly confirmationTicket: string | undefined;
	/** Who is signed in, by the session's row; asked only by procedures that need it. */
	findViewer(): Promise<Viewer | undefined>;
	/** Where nobody is: true when the caller's session was ended by somebody, and did not just grow old. */
	isRevoked(): Promise<boolean>;
}
