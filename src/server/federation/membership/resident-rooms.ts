import { maxPrevEvents } from "../../../../federation/events/event-limits.ts";
import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { Admission, ResidentRooms } from "../../../../federation/ports/resident-rooms.ts";
import type { Received } from "../receiving/received.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import { readSurroundings } from "./read-surroundings.ts";

type Sources = Pick<MembershipDependencies, "directory" | "graph" | "memberships" | "receiving" | "texts">;

/** This server's rooms as the handshakes see them; what is handed in came from `origin`. */
export const createResidentRooms = (sources: Sources, origin: ServerName): ResidentRooms => {
	const { directory, memberships } = sources;
	return {
		room: async (roomId, userIds) => {
			const [anybody] = await memberships.membersHere(roomId, 1);
			const snapshot = anybody === undefined ? undefined : await directory.snapshot(roomId, userIds);
			// Who does not know all members can speak for the room as little as who has none of it.
			if (snapshot === undefined || snapshot.areMembersArriving) return undefined;
			const { version, state, ends } = snapshot;
			return { roomId, version, state, ends: ends.slice(0, maxPrevEvents) };
		},
		membersHere: (roomId, limit) => memberships.membersHere(roomId, limit),
		admit: (roomId, pdu) => admit(sources, { roomId, pdu, origin }),
		surroundings: (event, options) => readSurroundings(sources, event, options),
		serversIn: (roomId) => memberships.serversIn(roomId),
	};
};

const ruleOf = (received: Extract<Received, { readonly status: string }>): string =>
	("rule" in received ? received.rule : undefined) ?? received.status;

const admit = async (
	{ receiving }: Sources,
	given: { readonly roomId: RoomId; readonly pdu: JsonObject; readonly origin: ServerName },
): Promise<Admission> => {
	const { roomId, pdu, origin } = given;
	const received = await receiving.receive({ roomId, pdu, handedBy: origin });
	switch (received.kind) {
		case "stored":
		case "known":
			return received.status === "accepted"
				? { kind: "accepted" }
				: { kind: "refused", rule: ruleOf(received), detail: `${received.eventId} is ${received.status}` };
		case "incomplete":
			return { kind: "unknowable", detail: `${received.eventId} names events that are not here` };
		case "unknownRoom":
		case "overtaken":
			return { kind: "unknowable", detail: "the room is not here" };
		case "dropped":
			return received.isTransient
				? { kind: "unknowable", detail: received.detail }
				: { kind: "refused", rule: received.rule, detail: received.detail };
	}
};
