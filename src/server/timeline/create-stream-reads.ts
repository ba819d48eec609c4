import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { isCountableMessage } from "../../shared/countable-message.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { StreamReads, StreamRecord, WindowOptions } from "../stream/public.ts";
import { loadEdits } from "./aggregate.ts";
import { readDoorkeepers } from "./doorkeepers.ts";
import { foldEdit } from "./fold-edit.ts";
import type { TimelineRecord, TimelineStore } from "./ports.ts";
import { readChanges } from "./read-changes.ts";
import { readWindow } from "./read-window.ts";
import { type Aggregates, toWireEvent } from "./to-wire-event.ts";

/** A client that missed more rooms than this begins anew, with a window of `windowSize` rooms. */
const roomLimit = 500;
const windowSize = 15;

/** What the stream asks of this area. */
export const createStreamReads = (store: TimelineStore): StreamReads => {
	const window = async (viewerId: UserId, options: WindowOptions) => ({
		kind: "start" as const,
		...(await readWindow(store, viewerId, { ...options, limit: options.windowSize })),
	});
	return {
		recordsBetween: async (from, to) => (await store.readStream(from, to)).map((record) => toStreamRecord(record)),
		lastMessages: async (nids) => {
			const records = await store.readEventsByNid(nids);
			const edits = await loadEdits(store, records);
			return records.map((record) =>
				toStreamRecord(record, { edit: foldEdit(record, edits.get(record.eventId) ?? []) }),
			);
		},
		doorkeepers: (roomNids) => readDoorkeepers(store, roomNids),
		window,
		changes: async (viewerId, { from, to, timelineLimit }) => {
			const changes = await readChanges(store, viewerId, { from, to, timelineLimit, roomLimit });
			return changes.kind === "too-many" ? window(viewerId, { windowSize, timelineLimit, upTo: to }) : changes;
		},
	};
};

const toStreamRecord = (record: TimelineRecord, aggregates: Aggregates = {}): StreamRecord => {
	// All who see the same are given the same object: a thousand readers of a message cost one.
	let shared: WireEvent | undefined;
	return {
		position: record.position,
		roomNid: record.roomNid,
		roomId: record.roomId,
		type: record.type,
		sender: record.sender,
		stateKey: record.stateKey,
		messageOrdinal: record.messageOrdinal,
		isRevision: record.relation?.kind === "edit" || record.relation?.kind === "redaction",
		isMessage: isCountableMessage(record.type, record.relation?.kind),
		mentions: mentionsOf(record),
		toWire: (viewerId) => {
			if (viewerId === record.sender) return toWireEvent(record, viewerId, aggregates);
			shared ??= toWireEvent(record, viewerId, aggregates);
			return shared;
		},
	};
};

/** As the mentions were stored: at most 100 people, never the sender. */
const mentionsOf = ({ type, content, sender }: TimelineRecord): readonly string[] => {
	if (type === "m.room.encrypted") return [];
	const declared = content["m.mentions"];
	if (typeof declared !== "object" || declared === null) return [];
	const { user_ids: userIds, room } = declared as { readonly user_ids?: unknown; readonly room?: unknown };
	const people = Array.isArray(userIds) ? userIds.slice(0, 100).filter((userId) => typeof userId === "string") : [];
	const mentioned = new Set<string>(room === true ? [...people, "*"] : people);
	mentioned.delete(sender);
	return [...mentioned];
};
