import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { Log } from "../../../shared/log.ts";
import type { Bus } from "../../stream/public.ts";
import type { PresenceCircles } from "../presence/ports.ts";
import type { ServerGate } from "../rules/create-server-rules.ts";
import type { OutboxStore } from "./ports.ts";

/** What sending to other servers stands on. */
export interface DeliveryDependencies {
	readonly outbox: OutboxStore;
	readonly peers: PeerTransport;
	readonly bus: Bus;
	/** The stream's position now. */
	readonly streamPosition: () => Promise<number>;
	readonly serverName: ServerName;
	/** Says what is to be sent to at all. */
	readonly gate: ServerGate;
	readonly circles: PresenceCircles;
	/** Whether the owner lets other servers know who is there. */
	readonly isPresenceShared: () => boolean;
	/** How often others are told of it at most. */
	readonly presenceRestMs?: number;
	readonly clock: { now(): number };
	/** From 0 up to 1. */
	readonly random: () => number;
	/** Begins the ids of this process's transactions: no other process, and no earlier one, has it. */
	readonly processId: string;
	readonly log: Log;
}
