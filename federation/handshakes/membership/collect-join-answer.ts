/**
 * Takes in what a server answers to `send_join`, entry by entry as it arrives. Form alone is looked at here: what is no
 * event of the version is nobody's, what is of another room or sets a piece of state twice makes the answer worthless.
 * Matrix v1.19 Server-Server API, `PUT /v2/send_join`; SPEC.md, "Membership".
 */

import type { RoomEvent } from "../../events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../../events/state-key.ts";
import type { EventId, ServerName } from "../../identifiers/identifier-types.ts";
import { parseServerName } from "../../identifiers/server-name.ts";
import { isJsonObject } from "../../json/json-object.ts";
import type { JsonValue } from "../../json/json-value.ts";
import type { ArrivedEvents } from "../arrived-events.ts";
import { type HandshakeFailure, misbehaved } from "./asking.ts";

/** The members of the answer that are taken entry by entry. */
export const joinLists = ["state", "auth_chain", "servers_in_room"] as const;

/** More servers are not remembered: whoever names more gains nothing by it. */
const maxServersInRoom = 1000;

/** An answer as far as it has come. */
export interface CollectedJoin {
	readonly arrived: ArrivedEvents;
	/** What the state before the join is said to be. */
	readonly state: Map<StateMapKey, EventId>;
	readonly servers: Set<ServerName>;
	/** What is wrong with it, for good. */
	failure: HandshakeFailure | undefined;
	/** Events that were of no use, by the rule that they break: too much of it is no accident. */
	events: number;
}

/** Nothing has come yet. */
export const emptyJoin = (arrived: ArrivedEvents): CollectedJoin => ({
	arrived,
	state: new Map(),
	servers: new Set(),
	failure: undefined,
	events: 0,
});

/** Takes one entry of one of the lists. */
export const takeJoinEntry = async (
	collected: CollectedJoin,
	own: RoomEvent,
	{ list, entry }: { readonly list: string; readonly entry: JsonValue },
): Promise<void> => {
	if (collected.failure !== undefined) return;
	if (list === "servers_in_room") {
		takeServer(collected.servers, entry);
		return;
	}
	if (!isJsonObject(entry)) {
		collected.failure = misbehaved("MEM-ANSWER", "a list of events holds something else");
		return;
	}
	collected.events += 1;
	const event = await collected.arrived.take(entry);
	if (event !== undefined && event.eventId !== own.eventId && list === "state") {
		collected.failure = takeState(collected.state, own, event);
	}
};

const takeServer = (servers: Set<ServerName>, entry: JsonValue): void => {
	const server = typeof entry === "string" && servers.size < maxServersInRoom ? parseServerName(entry) : undefined;
	if (server !== undefined) servers.add(server);
};

const takeState = (
	state: Map<StateMapKey, EventId>,
	own: RoomEvent,
	{ eventId, type, stateKey, roomId }: RoomEvent,
): HandshakeFailure | undefined => {
	if (roomId !== own.roomId) return misbehaved("RCV-ROOM", `${eventId} is of another room`);
	if (stateKey === undefined) return misbehaved("MEM-STATE", `${eventId} sets no state`);
	const key = stateMapKey(type, stateKey);
	const other = state.get(key);
	if (other !== undefined && other !== eventId) return misbehaved("MEM-STATE", `two events set ${type}`);
	state.set(key, eventId);
	return undefined;
};
