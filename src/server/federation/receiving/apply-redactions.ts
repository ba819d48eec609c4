import { type AuthState, authStateOf } from "../../../../federation/authorization/auth-state.ts";
import { hasRedactionEffect } from "../../../../federation/authorization/redaction-effect.ts";
import { redactEvent } from "../../../../federation/events/redact-event.ts";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { stateMapKey } from "../../../../federation/events/state-key.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import type { GraphEvent, PlacedState, RoomGraph, RowBatch } from "../../rooms/public.ts";
import { partOf, withEvents } from "./graph-stores.ts";
import type { GraphRoom } from "./resolve-placed.ts";
import type { StateBefore } from "./state-before.ts";

const deciding = [stateMapKey("m.room.create", ""), stateMapKey("m.room.power_levels", "")];

/** What a redaction took away. */
export interface Redacted {
	readonly target: GraphEvent;
	readonly event: RoomEvent;
}

/** Takes the content of an accepted redaction's target away, where the redaction has that effect. */
export const applyRedaction = async (
	graph: RoomGraph,
	rows: RowBatch,
	redaction: {
		readonly room: GraphRoom;
		readonly nid: number;
		readonly event: RoomEvent;
		readonly before: StateBefore;
	},
): Promise<Redacted | undefined> => {
	const { room, nid, event, before } = redaction;
	if (event.type !== "m.room.redaction" || event.redacts === undefined) return undefined;
	const target = (await graph.find([event.redacts])).get(event.redacts);
	if (target === undefined || target.roomNid !== room.nid || target.isRedacted) return undefined;
	const state = await decidingState(graph, before);
	if (!hasRedactionEffect(event, target.event, { state, version: room.version })) return undefined;
	const redacted = redactEvent(target.event, room.version);
	rows.redactions.push({ targetNid: target.nid, redactedByNid: nid, json: encodeCanonicalJson(redacted.json) });
	return { target, event: redacted };
};

/** An event that was redacted before it came: it is stored without its content. Undefined: nobody redacted it. */
export const redactedOnArrival = async (
	graph: RoomGraph,
	rows: RowBatch,
	arriving: { readonly room: GraphRoom; readonly nid: number; readonly event: RoomEvent },
): Promise<RoomEvent | undefined> => {
	const { room, nid, event } = arriving;
	for (const redaction of await graph.redactionsOf(event.eventId)) {
		if (redaction.roomNid !== room.nid || redaction.stateGroupId === undefined) continue;
		const state = authStateOf(
			(await withEvents(graph, await graph.stateOf(redaction.stateGroupId, deciding))).values(),
		);
		if (!hasRedactionEffect(redaction.event, event, { state, version: room.version })) continue;
		const redacted = redactEvent(event, room.version);
		rows.redactions.push({
			targetNid: nid,
			redactedByNid: redaction.nid,
			json: encodeCanonicalJson(redacted.json),
		});
		return redacted;
	}
	return undefined;
};

const decidingState = async (graph: RoomGraph, before: StateBefore): Promise<AuthState> => {
	const isStored = before.base !== undefined && before.changed.size === 0;
	const part: PlacedState = isStored
		? await graph.stateOf(before.base.groupId, deciding)
		: partOf(await before.full(), deciding);
	return authStateOf((await withEvents(graph, part)).values());
};
