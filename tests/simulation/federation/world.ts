import type { EventId, RoomId, ServerName, UserId } from "@federation/identifiers/identifier-types.ts";
import type { SimulatedKith } from "./simulated-kith.ts";
import type { SimulatedNetwork } from "./simulated-network.ts";
import type { SimulatedTime } from "./simulated-time.ts";

/** A room of the simulation. */
export interface SharedRoom {
	readonly roomId: RoomId;
	/** Never acted on in it, and never leaves it. */
	readonly creatorId: UserId;
	readonly kind: "main" | "wild" | "direct";
}

/** What a server said that it has. */
export interface Acknowledged {
	readonly server: ServerName;
	readonly roomId: RoomId;
	readonly eventId: EventId;
	readonly body: string;
}

/** The state of a running simulation. */
export interface World {
	readonly seed: number;
	readonly kiths: ReadonlyMap<ServerName, SimulatedKith>;
	readonly network: SimulatedNetwork;
	readonly time: SimulatedTime;
	/** In the order in which they were made. */
	readonly rooms: SharedRoom[];
	/** Messages, in the order in which they were acknowledged. */
	readonly acknowledged: Acknowledged[];
	/** What must not have happened. */
	readonly faults: string[];
	readonly counts: { acts: number; refused: number };
}

export const kithOf = (world: World, server: ServerName): SimulatedKith => {
	const kith = world.kiths.get(server);
	if (kith === undefined) throw new Error(`there is no server ${server}`);
	return kith;
};
