import { parseEvent } from "../../../../federation/events/parse-event.ts";
import { checkReceivedEvent } from "../../../../federation/handshakes/check-received-event.ts";
import type { ReceivedEvent } from "../../../../federation/handshakes/received-event.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import type { EventStatus } from "../../../../federation/ports/event-store.ts";
import type { GraphEvent, PlacedState, RoomGraph } from "../../rooms/public.ts";
import { createEventStore } from "./graph-stores.ts";
import type { Received, ReceiveInput } from "./received.ts";
import type { RememberedPorts } from "./remembered-ports.ts";
import type { GraphRoom } from "./resolve-placed.ts";
import { statesFor } from "./state-before.ts";

/** What is judged, and by what. */
export interface Judging {
	readonly input: ReceiveInput;
	readonly ports: RememberedPorts;
}

/** An event that is to be stored. */
export interface Judged {
	readonly judged: Extract<ReceivedEvent, { kind: EventStatus }>;
	readonly given: PlacedState | undefined;
	readonly known: GraphEvent | undefined;
}

/** Runs the checks over the graph; what need not be stored is answered. */
export const judge = async (
	graph: RoomGraph,
	room: GraphRoom,
	{ input, ports }: Judging,
): Promise<Received | Judged> => {
	const { pdu, roomId, isHistory = false, entry } = input;
	const parsed = parseEvent(pdu, room.version);
	if (parsed.kind === "refused")
		return { kind: "dropped", rule: parsed.rule, detail: parsed.detail, isTransient: false };
	const { eventId } = parsed.event;
	const known = (await graph.find([eventId])).get(eventId);
	if (known?.position !== undefined) return { kind: "known", eventId, status: known.status };
	const told = input.stateBefore && (await graph.stateOfEvents(room.nid, input.stateBefore));
	if (told !== undefined && told.lacking.length > 0)
		return incomplete(eventId, { missingAuthEvents: told.lacking, missingPrevEvents: [] });
	const given = told?.state;
	const hasPresent = !isHistory && entry === undefined && (await graph.hasEnds(room.nid));
	const states = statesFor(graph, { given, hasPresent });
	const areMembersArriving = room.areMembersArriving || entry?.arriving !== undefined;
	const checked = await checkReceivedEvent(
		pdu,
		{ roomId, version: room.version, areMembersArriving },
		{ ...portsFor(ports, asksPolicyServer(room, input)), events: createEventStore(graph), states },
	);
	if (checked.kind === "dropped") return checked;
	const lacksState = given === undefined && (await states.stateBefore(parsed.event, [])) === undefined;
	if (checked.kind === "incomplete" || lacksState) {
		const missingAuthEvents = checked.kind === "incomplete" ? checked.missingAuthEvents : [];
		const missingPrevEvents = lacksState ? await statelessOf(graph, room, parsed.event.prevEvents) : [];
		return incomplete(eventId, { missingAuthEvents, missingPrevEvents });
	}
	return { judged: checked, given, known };
};

/** What was said before this server came, or before what it has, is for nobody to be kept from any more. */
const asksPolicyServer = (room: GraphRoom, { isHistory = false, entry }: ReceiveInput): boolean =>
	room.namesPolicyServer && !isHistory && entry === undefined;

const portsFor = ({ policyServer, ...others }: RememberedPorts, isAsking: boolean): RememberedPorts =>
	isAsking && policyServer !== undefined ? { ...others, policyServer } : others;

const incomplete = (
	eventId: EventId,
	missing: { readonly missingAuthEvents: readonly EventId[]; readonly missingPrevEvents: readonly EventId[] },
): Received => ({ kind: "incomplete", eventId, ...missing });

const statelessOf = async (
	graph: RoomGraph,
	room: GraphRoom,
	eventIds: readonly EventId[],
): Promise<readonly EventId[]> => {
	const found = await graph.find(eventIds);
	return eventIds.filter((eventId) => {
		const stored = found.get(eventId);
		return stored?.stateGroupId === undefined || stored.roomNid !== room.nid;
	});
};

/** The answer for an event that was judged and stored. */
export const storedAs = (judged: Judged["judged"], position: number): Received => ({
	kind: "stored",
	eventId: judged.event.eventId,
	status: judged.kind,
	...(judged.kind === "accepted" ? {} : { rule: judged.rule }),
	isRedacted: judged.isRedacted,
	position,
});
