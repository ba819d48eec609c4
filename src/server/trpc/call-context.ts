import type { Viewer } from "../accounts/public.ts";
import type { Areas } from "./transport-host.ts";

/** What every procedure gets: the use cases and who calls. */
export interface CallContext {
	readonly areas: Areas;
	/** The id under which the log knows the request, or the socket. */
	readonly requestId: string;
	/** The caller's network address, as the limits count it. */
	readonly address: string;
	/** Who is signed in, by the session's row; asked only by procedures that need it. */
	findViewer(): Promise<Viewer | undefined>;
}
