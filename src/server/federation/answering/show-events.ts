import { redactEvent } from "../../../../federation/events/redact-event.ts";
import type { EventId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { GraphEvent } from "../../rooms/public.ts";
import type { AnsweringDependencies } from "./answering-dependencies.ts";
import type { AskedRoom, ServerSight } from "./ports.ts";

/** A server that was let ask about a room. */
export interface Asker {
	readonly origin: ServerName;
	readonly room: AskedRoom;
}

/**
 * Events of the room as this server may be shown them, in the order of the ids: without content where nobody of it could
 * see them when they were sent; rejected events, and those of other rooms, not at all.
 */
export const showEvents = async (
	{ graph, store }: Pick<AnsweringDependencies, "graph" | "store">,
	{ origin, room }: Asker,
	eventIds: readonly EventId[],
): Promise<readonly { readonly event: GraphEvent["event"]; readonly json: JsonObject }[]> => {
	const found = await graph.find(eventIds);
	const events = eventIds.flatMap((eventId) => {
		const each = found.get(eventId);
		return each === undefined || each.roomNid !== room.nid || each.status === "rejected" ? [] : [each];
	});
	const groupIds = room.mayHide ? [...new Set(events.flatMap(({ stateGroupId }) => stateGroupId ?? []))] : [];
	const sights = groupIds.length === 0 ? undefined : await store.sightsOf(room, origin, groupIds);
	return events.map((each) => {
		const { event, stateGroupId } = each;
		const sight = stateGroupId === undefined ? undefined : sights?.get(stateGroupId);
		const isShown = sight === undefined || isOwnMembership(each, origin) || canSee(sight);
		return { event, json: isShown ? event.json : redactEvent(event, room.version).json };
	});
};

/** Matrix v1.19 Client-Server API, "Room History Visibility": what is not understood counts as `shared`. */
const canSee = ({ visibility, memberships }: ServerSight): boolean => {
	if (memberships.has("join")) return true;
	if (visibility === "joined") return false;
	return visibility !== "invited" || memberships.has("invite");
};

/** Whoever leaves, or is removed, is told so by what the state before it let them see. */
const isOwnMembership = ({ event }: GraphEvent, origin: ServerName): boolean =>
	event.type === "m.room.member" && event.stateKey !== undefined && serverOfKey(event.stateKey) === origin;

const serverOfKey = (stateKey: string): string => userIdServer(stateKey as UserId);
