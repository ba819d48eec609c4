import { parseEvent } from "../../../../federation/events/parse-event.ts";
import { checkReceivedEvent } from "../../../../federation/handshakes/check-received-event.ts";
import type { ReceivedEvent } from "../../../../federation/handshakes/received-event.ts";
import type { EventId, RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { EventStatus } from "../../../../federation/ports/event-store.ts";
import type { AppendTransaction, GraphEvent, PlacedState, RoomGraph, RowBatch } from "../../rooms/public.ts";
import { createEventStore } from "./graph-stores.ts";
import { receivedBatch } from "./received-batch.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";
import { type RememberedPorts, rememberPorts } from "./remembered-ports.ts";
import type { GraphRoom } from "./resolve-placed.ts";
import { givenState, stateBefore, statesFor } from "./state-before.ts";
import { storeReceived } from "./store-received.ts";

export interface ReceiveInput {
	readonly roomId: RoomId;
	readonly pdu: JsonObject;
	/**
	 * The ids of the state before the event, as another server gave it, where its previous events are not all known. They
	 * must have been stored, as outliers.
	 */
	readonly stateBefore?: readonly EventId[] | undefined;
	/** It comes before what is stored, and is put there: it is not checked against the present and does not change it. */
	readonly isHistory?: boolean | undefined;
}

/** What became of a received event. */
export type Received =
	| {
			readonly kind: "stored";
			readonly eventId: EventId;
			readonly status: EventStatus;
			/** Its content hash was wrong, and its redacted copy is what was stored. */
			readonly isRedacted: boolean;
			readonly position: number;
	  }
	/** It was stored before, and is what it was. */
	| { readonly kind: "known"; readonly eventId: EventId; readonly status: EventStatus }
	/** To be received again when these are stored, or (for previous events) with the state before it. */
	| {
			readonly kind: "incomplete";
			readonly eventId: EventId;
			readonly missingAuthEvents: readonly EventId[];
			readonly missingPrevEvents: readonly EventId[];
	  }
	/** To be forgotten; when transient, a later try may end otherwise. */
	| { readonly kind: "dropped"; readonly rule: string; readonly detail: string; readonly isTransient: boolean }
	| { readonly kind: "unknownRoom" };

/**
 * Checks an event of another server and stores it with what follows from it, in one transaction. Receiving it again
 * changes nothing. What needs the network is asked before the lock is taken; what the room has become meanwhile decides.
 */
export const receiveEvent = async (dependencies: ReceivingDependencies, input: ReceiveInput): Promise<Received> => {
	const { graph, lane } = dependencies;
	const room = await graph.room(input.roomId);
	if (room === undefined) return { kind: "unknownRoom" };
	const ports = rememberPorts(dependencies);
	const first = await judge(graph, room, { input, ports });
	if (!("judged" in first)) return first;
	return lane.submitAlone((transaction, rows) =>
		storeUnderLock(dependencies, { transaction, rows, room, input, ports }),
	);
};

interface Judging {
	readonly input: ReceiveInput;
	readonly ports: RememberedPorts;
}

interface Judged {
	readonly judged: Extract<ReceivedEvent, { kind: EventStatus }>;
	readonly given: PlacedState | undefined;
	readonly known: GraphEvent | undefined;
}

const judge = async (graph: RoomGraph, room: GraphRoom, { input, ports }: Judging): Promise<Received | Judged> => {
	const { pdu, roomId, isHistory = false } = input;
	const parsed = parseEvent(pdu, room.version);
	if (parsed.kind === "refused")
		return { kind: "dropped", rule: parsed.rule, detail: parsed.detail, isTransient: false };
	const { eventId } = parsed.event;
	const known = (await graph.find([eventId])).get(eventId);
	if (known?.position !== undefined) return { kind: "known", eventId, status: known.status };
	const given = input.stateBefore === undefined ? undefined : await givenState(graph, room, input.stateBefore);
	if (input.stateBefore !== undefined && given === undefined) {
		return incomplete(eventId, { missingAuthEvents: await missingOf(graph, input.stateBefore), missingPrevEvents: [] });
	}
	const hasPresent = !isHistory && (await graph.extremities(room.nid)).length > 0;
	const states = statesFor(graph, { given, hasPresent });
	const checked = await checkReceivedEvent(
		pdu,
		{ roomId, version: room.version },
		{ ...ports, events: createEventStore(graph), states },
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

const incomplete = (
	eventId: EventId,
	missing: { readonly missingAuthEvents: readonly EventId[]; readonly missingPrevEvents: readonly EventId[] },
): Received => ({ kind: "incomplete", eventId, ...missing });

const missingOf = async (graph: RoomGraph, eventIds: readonly EventId[]): Promise<readonly EventId[]> => {
	const found = await graph.find(eventIds);
	return eventIds.filter((eventId) => !found.has(eventId));
};

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

const storeUnderLock = async (
	{ serverName }: ReceivingDependencies,
	work: Judging & {
		readonly transaction: AppendTransaction;
		readonly rows: RowBatch;
		readonly room: GraphRoom;
	},
): Promise<Received> => {
	const { transaction, rows, room, input } = work;
	const { graph } = transaction;
	const outcome = await judge(graph, room, work);
	if (!("judged" in outcome)) return outcome;
	const { judged, given, known } = outcome;
	const [head] = await transaction.loadHeads([input.roomId]);
	if (head === undefined) return { kind: "unknownRoom" };
	const { event } = judged;
	const before = await stateBefore(graph, room, { event, given });
	const arrival = { room, row: head.row, judged, before, known, isHistory: input.isHistory ?? false, serverName };
	const position = await storeReceived(graph, receivedBatch(rows), arrival);
	return { kind: "stored", eventId: event.eventId, status: judged.kind, isRedacted: judged.isRedacted, position };
};
