import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { PolicyServer } from "../../../../federation/ports/policy-server.ts";
import type { ServerKeys } from "../../../../federation/ports/server-keys.ts";
import type { SignatureVerifier } from "../../../../federation/ports/signature-verifier.ts";
import type { AppendLane, RoomGraph } from "../../rooms/public.ts";

/** What receiving stands on. */
export interface ReceivingDependencies {
	readonly lane: AppendLane;
	/** The stored graphs, outside the lane's transactions. */
	readonly graph: RoomGraph;
	readonly keys: ServerKeys;
	readonly verifier: SignatureVerifier;
	/** Left out where policy servers are not asked. */
	readonly policyServer?: PolicyServer;
	readonly serverName: ServerName;
}
