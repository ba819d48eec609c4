import type { ServerName } from "../../../federation/identifiers/identifier-types.ts";
import type { SignatureVerifier } from "../../../federation/ports/signature-verifier.ts";
import type { Log } from "../../shared/log.ts";
import type { Accounts } from "../accounts/public.ts";
import type { Bus } from "../stream/public.ts";
import type { KeyStore, RemoteKeys } from "./ports.ts";

/** What the keys of devices and people stand on. */
export interface KeysDependencies {
	readonly store: KeyStore;
	readonly remote: RemoteKeys;
	readonly verifier: SignatureVerifier;
	readonly serverName: ServerName;
	/** Asks whether it is still the account's own person. */
	readonly confirmPerson: Accounts["confirmPerson"];
	readonly bus: Pick<Bus, "publish">;
	readonly clock: { now(): number };
	readonly log: Log;
}
