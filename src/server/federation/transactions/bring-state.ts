import { ArrivedEvents } from "../../../../federation/handshakes/arrived-events.ts";
import {
	type Asking,
	askForAuthChain,
	askForEvent,
	askForStateIds,
	askForWholeState,
	type Given,
	type WantedState,
} from "../../../../federation/handshakes/ask-for-events.ts";
import type { EventId, RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { EventShelf } from "../../../../federation/ports/event-shelf.ts";
import type { PeerStreams } from "../../../../federation/ports/peer-streams.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { RoomGraph } from "../../rooms/public.ts";
import type { Receiving } from "../receiving/create-receiving.ts";

/** What bringing the events that others stand on needs. */
export interface BringingDependencies {
	readonly graph: Pick<RoomGraph, "room" | "stateOfEvents">;
	readonly receiving: Pick<Receiving, "storeArrived">;
	readonly peers: PeerTransport;
	readonly streams: PeerStreams;
	/** Room for what does not fit into memory while it is checked. */
	openShelf(): EventShelf;
}

/** Who is asked, about which room. */
export interface Bringing {
	readonly server: ServerName;
	readonly roomId: RoomId;
}

/** What another server did not answer. */
export type NotGiven = Exclude<Given<object>, { kind: "given" }>;

/** More missing events than this are cheaper to get whole. */
const maxSingly = 50;
const atOnce = 8;
/** Events are stored so many at a time, while the rest is still on its way: what is stored is not lost when the answer is. */
const batchSize = 500;
/** The state of a room that has just been joined, and one that is claimed for a place in a room: others pay for checking it. */
const wholeRoom = { maxEntries: 500_000, maxAnswerBytes: 256 * 1_048_576 };
const claimedState = { maxEntries: 100_000, maxAnswerBytes: 64 * 1_048_576 };

/**
 * The state before an event, as another server says: its events, stored as outliers, and their ids. What was refused is in
 * nobody's state and left out. `isUnknown`: next to nothing of it is here, so that it is asked for whole.
 */
export const bringStateBefore = async (
	dependencies: BringingDependencies,
	bringing: Bringing,
	{ eventId, isUnknown = false }: { readonly eventId: EventId; readonly isUnknown?: boolean },
): Promise<readonly EventId[] | NotGiven> => {
	const brought = isUnknown
		? await bringWhole(dependencies, bringing, { eventId, ...wholeRoom })
		: await bringMissing(dependencies, bringing, eventId);
	if ("kind" in brought) return brought;
	const lacking = new Set(await missingOf(dependencies, bringing, brought));
	return brought.filter((id) => !lacking.has(id));
};

/** The ancestors by which an event is allowed, stored as outliers. */
export const bringAuthEvents = async (
	dependencies: BringingDependencies,
	bringing: Bringing,
	{ eventId, missing }: { readonly eventId: EventId; readonly missing: readonly EventId[] },
): Promise<NotGiven | undefined> => {
	const given = await storeAsTheyCome(dependencies, bringing, async (take) => {
		const chain = await askForAuthChain({ ...bringing, streams: dependencies.streams }, eventId, take);
		if (chain.kind === "given") return chain;
		return askForEach({ ...bringing, peers: dependencies.peers }, missing.slice(0, maxSingly), take);
	});
	return given.kind === "given" ? undefined : given;
};

const bringMissing = async (
	dependencies: BringingDependencies,
	bringing: Bringing,
	eventId: EventId,
): Promise<readonly EventId[] | NotGiven> => {
	const ids = await askForStateIds({ ...bringing, streams: dependencies.streams }, eventId);
	if (ids.kind !== "given") return ids;
	const missing = await missingOf(dependencies, bringing, [...new Set([...ids.authChain, ...ids.state])]);
	if (missing.length > maxSingly) return bringWhole(dependencies, bringing, { eventId, ...claimedState });
	const asking = { ...bringing, peers: dependencies.peers };
	const given = await storeAsTheyCome(dependencies, bringing, (take) => askForEach(asking, missing, take));
	return given.kind === "given" ? ids.state : given;
};

const bringWhole = async (
	dependencies: BringingDependencies,
	bringing: Bringing,
	wanted: WantedState,
): Promise<readonly EventId[] | NotGiven> => {
	const state: EventId[] = [];
	const given = await storeAsTheyCome(dependencies, bringing, (take) =>
		askForWholeState({ ...bringing, streams: dependencies.streams }, wanted, async (list, pdu) => {
			const id = await take(pdu);
			if (id !== undefined && list === "pdus") state.push(id);
		}),
	);
	return given.kind === "given" ? state : given;
};

/** Takes one event in; undefined: it is none. */
type Take = (pdu: JsonObject) => Promise<EventId | undefined>;

/** Stores what `ask` is given. Where it is given nothing in the end, a part may be stored all the same. */
const storeAsTheyCome = async (
	{ graph, receiving, openShelf }: BringingDependencies,
	{ roomId }: Bringing,
	ask: (take: Take) => Promise<Given<object>>,
): Promise<Given<object>> => {
	const version = (await graph.room(roomId))?.version;
	if (version === undefined) throw new Error(`${roomId} is gone`);
	/** What stands on something that comes later in the answer. */
	const late = new ArrivedEvents(version, openShelf());
	let batch = new ArrivedEvents(version, openShelf());
	const storeBatch = async (): Promise<void> => {
		const judged = await receiving.storeArrived({ roomId, arrived: batch });
		for (const { eventId, missing } of judged?.leftOut ?? []) {
			const event = missing.length === 0 ? undefined : await batch.event(eventId);
			if (event !== undefined) await late.take(event.json);
		}
		await batch.close();
		batch = new ArrivedEvents(version, openShelf());
	};
	try {
		const answer = await ask(async (pdu) => {
			const event = await batch.take(pdu);
			if (batch.size >= batchSize) await storeBatch();
			return event?.eventId;
		});
		if (answer.kind !== "given") return answer;
		await storeBatch();
		if (late.size > 0) await receiving.storeArrived({ roomId, arrived: late });
		return answer;
	} finally {
		await batch.close();
		await late.close();
	}
};

/** Single events, a few at once; what the server does not have is left out. */
const askForEach = async (
	asking: Pick<Asking, "peers" | "server">,
	ids: readonly EventId[],
	take: Take,
): Promise<Given<object>> => {
	for (let at = 0; at < ids.length; at += atOnce) {
		const answers = await Promise.all(ids.slice(at, at + atOnce).map((id) => askForEvent(asking, id)));
		for (const answer of answers) {
			if (answer.kind === "unreachable") return answer;
			if (answer.kind === "given") for (const pdu of answer.pdus) await take(pdu);
		}
	}
	return { kind: "given" };
};

const missingOf = async (
	{ graph }: Pick<BringingDependencies, "graph">,
	{ roomId }: Bringing,
	ids: readonly EventId[],
): Promise<readonly EventId[]> => {
	const room = await graph.room(roomId);
	if (room === undefined) throw new Error(`${roomId} is gone`);
	return (await graph.stateOfEvents(room.nid, ids)).lacking;
};
