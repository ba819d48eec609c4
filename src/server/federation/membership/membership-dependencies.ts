import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { EventShelf } from "../../../../federation/ports/event-shelf.ts";
import type { PeerStreams } from "../../../../federation/ports/peer-streams.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { ServerKeys } from "../../../../federation/ports/server-keys.ts";
import type { SignatureVerifier } from "../../../../federation/ports/signature-verifier.ts";
import type { Signer } from "../../../../federation/ports/signer.ts";
import type { Log } from "../../../shared/log.ts";
import type { AppendLane, RoomDirectory, RoomGraph } from "../../rooms/public.ts";
import type { AnsweringStore } from "../answering/ports.ts";
import type { Receiving } from "../receiving/create-receiving.ts";
import type { TransactionStore } from "../transactions/ports.ts";
import type { InvitationPolicy, JoiningNews, MembershipStore } from "./ports.ts";

/** What membership across servers stands on. */
export interface MembershipDependencies {
	readonly serverName: ServerName;
	readonly transport: PeerTransport;
	readonly streams: PeerStreams;
	/** Room for what does not fit into memory while it is checked. */
	openShelf(): EventShelf;
	readonly signer: Signer;
	readonly keys: ServerKeys;
	readonly verifier: SignatureVerifier;
	readonly lane: AppendLane;
	readonly graph: RoomGraph;
	readonly directory: RoomDirectory;
	/** The rooms as others are given them. */
	readonly texts: Pick<AnsweringStore, "authChainOf" | "textsOf" | "summariesOf" | "childrenOf">;
	readonly receiving: Receiving;
	readonly memberships: MembershipStore;
	readonly transactions: Pick<TransactionStore, "gapBounds">;
	/** Whose invitations people get, now. */
	readonly invitationPolicy: () => InvitationPolicy;
	readonly clock: { now(): number };
	/** Resolves after so many milliseconds. */
	pause(ms: number): Promise<void>;
	/** Tells whoever joins how far it has come. */
	tellJoining(news: JoiningNews): void;
	/** A room was joined whose members are still to come. */
	announceArriving(): void;
	readonly log: Log;
}
