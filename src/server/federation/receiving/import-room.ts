import { parseEvent } from "../../../../federation/events/parse-event.ts";
import type { EventId, RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";
import type { WireRoomKind } from "../../../shared/wire/room.ts";
import { newRoomRow } from "../../rooms/public.ts";
import { receiveEvent } from "./receive-event.ts";
import type { Received } from "./received.ts";
import { receivedBatch } from "./received-batch.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";
import { type StoredOutliers, storeOutliers } from "./store-outliers.ts";

/** What the answer to a join brings: Matrix v1.19 Server-Server API, "Joining Rooms", `send_join`. */
export interface ImportInput {
	readonly roomId: RoomId;
	readonly version: RoomVersion;
	readonly kind: WireRoomKind;
	/** The join, signed by whom it must be; the first event of the room that has a place in the stream. */
	readonly event: JsonObject;
	/** The state before it. */
	readonly state: readonly JsonObject[];
	/** The ancestors by `auth_events` of that state. */
	readonly authChain: readonly JsonObject[];
}

export interface Imported {
	readonly received: Received;
	readonly outliers: StoredOutliers;
}

/**
 * Takes in a room that other servers have: its state and their auth chains as outliers, and the join as the first event
 * of the stream. Nobody sees the room before the join is stored; an import that was cut short is taken up by the next.
 * `unknownRoom`: the answer holds no create event.
 */
export const importRoom = async (dependencies: ReceivingDependencies, input: ImportInput): Promise<Imported> => {
	await openRoom(dependencies, input);
	const pdus = [...input.authChain, ...input.state];
	const outliers = await storeOutliers(dependencies, { roomId: input.roomId, pdus });
	if (outliers === undefined) return { received: { kind: "unknownRoom" }, outliers: { refused: [], missing: [] } };
	const stateBefore = await storedStateOf(dependencies, input);
	const { roomId, event: pdu } = input;
	const received = await receiveEvent(dependencies, { roomId, pdu, stateBefore, isEntry: true });
	return { received, outliers };
};

/** What of the state could be stored: what was refused is in nobody's state. */
const storedStateOf = async ({ graph }: ReceivingDependencies, input: ImportInput): Promise<readonly EventId[]> => {
	const ids = input.state.flatMap((pdu) => {
		const parsed = parseEvent(pdu, input.version);
		return parsed.kind === "refused" ? [] : [parsed.event.eventId];
	});
	return [...(await graph.find(ids)).keys()];
};

/** Makes the room's row, or has what an invitation left of the room read anew. */
const openRoom = async (
	{ lane }: ReceivingDependencies,
	{ roomId, version, kind, event, state, authChain }: ImportInput,
): Promise<void> => {
	const parsed = [event, ...state, ...authChain].map((pdu) => parseEvent(pdu, version));
	const create = parsed.find((each) => each.kind === "ok" && each.event.type === "m.room.create");
	if (create?.kind !== "ok") return;
	await lane.submitAlone(async (transaction, rows) => {
		const [head] = await transaction.loadHeads([roomId]);
		if (head !== undefined) {
			receivedBatch(rows).received.unfounded.push(head.row.nid);
			if (head.row.stateGroupId !== undefined) return;
			rows.rooms.set(head.row.nid, { ...head.row, version: version.id, creatorId: create.event.sender });
			return;
		}
		const [nid] = await transaction.reserveRoomNids(1);
		if (nid === undefined) throw new Error("no number was reserved");
		rows.rooms.set(
			nid,
			newRoomRow({
				nid,
				roomId,
				version: version.id,
				kind,
				creatorId: create.event.sender,
				createTransactionId: undefined,
			}),
		);
	});
};
