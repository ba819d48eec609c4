import type { Homeserver } from "../../interop/homeserver.ts";
import type { KithOptions } from "../../interop/kith/kith-homeserver.ts";

/** What a bench between servers is given. */
export interface FederationContext {
	/** What the Kiths of a bench serve and trust; with peers it is theirs. */
	readonly trust: Pick<KithOptions, "tls" | "caFile">;
	/** Two servers of somebody else that are measured beside ours; absent: ratios are left out. */
	readonly synapses: readonly [Homeserver, Homeserver] | undefined;
	say(line: string): void;
}
