import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { ServerKeys } from "../../../../federation/ports/server-keys.ts";
import type { SignatureVerifier } from "../../../../federation/ports/signature-verifier.ts";
import type { Signer } from "../../../../federation/ports/signer.ts";
import type { Log } from "../../../shared/log.ts";
import type { AppendLane, RoomDirectory, RoomGraph } from "../../rooms/public.ts";
import type { Receiving } from "../receiving/create-receiving.ts";
import type { InvitationPolicy, MembershipStore } from "./ports.ts";

/** What membership across servers stands on. */
export interface MembershipDependencies {
	readonly serverName: ServerName;
	readonly transport: PeerTransport;
	readonly signer: Signer;
	readonly keys: ServerKeys;
	readonly verifier: SignatureVerifier;
	readonly lane: AppendLane;
	readonly graph: RoomGraph;
	readonly directory: RoomDirectory;
	readonly receiving: Receiving;
	readonly memberships: MembershipStore;
	/** Whose invitations people get, now. */
	readonly invitationPolicy: () => InvitationPolicy;
	readonly clock: { now(): number };
	/** Resolves after so many milliseconds. */
	pause(ms: number): Promise<void>;
	readonly log: Log;
}
