import { ArrivedEvents } from "../../../../federation/handshakes/arrived-events.ts";
import {
	type Asking,
	askForEvent,
	askForStateIds,
	askForWholeState,
	type Given,
} from "../../../../federation/handshakes/ask-for-events.ts";
import type { EventId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { storeArrived } from "../receiving/store-outliers.ts";
import type { MembersDependencies } from "./members-dependencies.ts";
import type { ArrivingRoom } from "./ports.ts";

/** What another server did not answer. */
export type NotGiven = Exclude<Given<object>, { kind: "given" }>;

/** Events are stored so many at a time, while the rest is still on its way: what is stored is not lost when the answer is. */
const batchSize = 500;
/** More missing events than this are cheaper to get whole. */
const maxSingly = 50;

/**
 * The state before the event by which a room was joined, as one server says: its events, stored, and their ids. A first
 * try takes all of it; later ones ask what there is, and take all of it only where much is missing.
 */
export const bringState = async (
	dependencies: MembersDependencies,
	room: ArrivingRoom,
	server: ServerName,
): Promise<readonly EventId[] | NotGiven> => {
	const asking = { peers: dependencies.peers, server, roomId: room.roomId };
	if (room.attempts === 0) return bringWhole(dependencies, asking, room.joinId);
	const ids = await askForStateIds(asking, room.joinId);
	if (ids.kind !== "given") return ids;
	const stored = await dependencies.graph.find([...ids.authChain, ...ids.state]);
	const missing = [...new Set([...ids.authChain, ...ids.state])].filter((id) => !stored.has(id));
	if (missing.length > maxSingly) return bringWhole(dependencies, asking, room.joinId);
	const failure = await bringSingly(dependencies, asking, missing);
	return failure ?? ids.state;
};

const bringWhole = async (
	dependencies: MembersDependencies,
	asking: Asking,
	joinId: EventId,
): Promise<readonly EventId[] | NotGiven> => {
	const { graph, openShelf, streams } = dependencies;
	const version = (await graph.room(asking.roomId))?.version;
	if (version === undefined) throw new Error(`${asking.roomId} is gone`);
	const store = { roomId: asking.roomId };
	/** What stands on something that comes later in the answer. */
	const late = new ArrivedEvents(version, openShelf());
	let batch = new ArrivedEvents(version, openShelf());
	const storeBatch = async (): Promise<void> => {
		const judged = await storeArrived(dependencies, { ...store, arrived: batch });
		for (const { eventId, missing } of judged?.leftOut ?? []) {
			const event = missing.length === 0 ? undefined : await batch.event(eventId);
			if (event !== undefined) await late.take(event.json);
		}
		await batch.close();
		batch = new ArrivedEvents(version, openShelf());
	};
	const state: EventId[] = [];
	try {
		const answer = await askForWholeState({ ...asking, streams }, joinId, async (list, pdu) => {
			const event = await batch.take(pdu);
			if (event !== undefined && list === "pdus") state.push(event.eventId);
			if (batch.size >= batchSize) await storeBatch();
		});
		if (answer.kind !== "given") return answer;
		await storeBatch();
		await storeArrived(dependencies, { ...store, arrived: late });
		return state;
	} finally {
		await batch.close();
		await late.close();
	}
};

const bringSingly = async (
	dependencies: MembersDependencies,
	asking: Asking,
	missing: readonly EventId[],
): Promise<NotGiven | undefined> => {
	const { graph, openShelf } = dependencies;
	const version = (await graph.room(asking.roomId))?.version;
	if (version === undefined) throw new Error(`${asking.roomId} is gone`);
	const arrived = new ArrivedEvents(version, openShelf());
	try {
		for (const eventId of missing) {
			const answer = await askForEvent(asking, eventId);
			if (answer.kind === "unreachable") return answer;
			if (answer.kind === "given") for (const pdu of answer.pdus) await arrived.take(pdu);
		}
		await storeArrived(dependencies, { roomId: asking.roomId, arrived });
		return undefined;
	} finally {
		await arrived.close();
	}
};
