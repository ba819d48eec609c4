import type { EventShelf } from "../../../../federation/ports/event-shelf.ts";
import type { PeerStreams } from "../../../../federation/ports/peer-streams.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { Log } from "../../../shared/log.ts";
import type { ReceivingDependencies } from "../receiving/receiving-dependencies.ts";
import type { ArrivingStore } from "./ports.ts";

/** What bringing the memberships of rooms stands on. */
export interface MembersDependencies extends ReceivingDependencies {
	readonly peers: PeerTransport;
	readonly streams: PeerStreams;
	/** Room for what does not fit into memory while it is checked. */
	openShelf(): EventShelf;
	readonly arriving: ArrivingStore;
	readonly clock: { now(): number };
	/** From 0 up to 1. */
	readonly random: () => number;
	readonly log: Log;
}
