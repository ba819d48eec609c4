import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { Received } from "../receiving/received.ts";
import { fillGap } from "../transactions/fill-gap.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";

/** Receives an event of a room that is here, and asks the server that has signed it for what it lacks. */
export const receiveWithGap = async (
	dependencies: MembershipDependencies,
	event: RoomEvent,
	server: ServerName,
): Promise<Received> => {
	const ground = { ...dependencies, peers: dependencies.transport };
	const filling = await fillGap(ground, { roomId: event.roomId, origin: server, pdu: event.json });
	return filling.kind === "received"
		? filling.received
		: { kind: "dropped", rule: "RCV-MISSING", detail: filling.detail, isTransient: filling.isTransient };
};
