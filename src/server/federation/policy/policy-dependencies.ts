import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { SignatureVerifier } from "../../../../federation/ports/signature-verifier.ts";

/** What asking policy servers stands on. */
export interface PolicyDependencies {
	readonly peers: PeerTransport;
	readonly verifier: SignatureVerifier;
	/** Servers with somebody in the room: only one of them can be its policy server. */
	readonly serversIn: (roomId: RoomId) => Promise<readonly ServerName[]>;
}
