import type { Log } from "../../shared/log.ts";
import type { Accounts } from "../accounts/public.ts";

/** The use cases that procedures call. */
export interface Areas {
	readonly accounts: Accounts;
}

export interface WebSettings {
	/** Encrypts the session cookies; at least 32 random bytes, as text. */
	readonly authSecret: string;
	/** `https://chat.example.org`: how people reach this server, where it is configured. */
	readonly publicOrigin: string | undefined;
}

/** What a transport is mounted on: the container has this shape. */
export interface TransportHost extends Areas {
	/** Never given an input, a cookie or an address with a token in it. */
	readonly log: Log;
	readonly web: WebSettings;
}
