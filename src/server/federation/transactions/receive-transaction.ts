import { isServerAllowed } from "../../../../federation/authorization/server-acl.ts";
import { checkSize, eventIdOf, parseEvent } from "../../../../federation/events/parse-event.ts";
import { invalidParam, limitExceeded, type Refusal } from "../../../../federation/handshakes/refusal.ts";
import type { EventId, RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseRoomId } from "../../../../federation/identifiers/room-id.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import { getString, jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject, JsonValue } from "../../../../federation/json/json-value.ts";
import { parseJson } from "../../../../federation/json/parse-json.ts";
import { defaultRoomVersionId, roomVersions } from "../../../../federation/room-versions/room-versions.ts";
import { type Edu, parseTransaction } from "../../../../federation/transport/transaction.ts";
import type { Log } from "../../../shared/log.ts";
import type { IncomingPdu, IncomingRoom, TransactionStore } from "./ports.ts";
import type { TakeIn } from "./take-in.ts";

/** A transaction as the request brings it. */
export interface TransactionRequest {
	/** Whose request it is: checked. */
	readonly origin: ServerName;
	readonly txnId: string;
	readonly content: JsonObject;
}

export type TransactionAnswer = { readonly kind: "answered"; readonly content: JsonObject } | Refusal;

export interface ReceiveTransactionDependencies {
	readonly transactions: TransactionStore;
	/** Stores a transaction, and judges what can be judged at once. */
	readonly takeIn: TakeIn;
	readonly serverName: ServerName;
	readonly clock: { now(): number };
	readonly log: Log;
	/** Tells the process that checks PDUs that some wait. */
	readonly announce: () => void;
	/** Resolves when no join of these rooms is under way: what is written there meanwhile is for this server already. */
	readonly untilJoined?: (roomIds: readonly RoomId[] | "all") => Promise<unknown>;
	/** What is of devices: it is on the disk when this resolves, and the same again changes nothing. */
	readonly receiveDeviceEdus: (origin: ServerName, edus: readonly Edu[]) => Promise<void>;
	/** What is no event: it is taken in when the rest is on the disk, and its fate changes no answer. */
	readonly receiveEdus: (origin: ServerName, edus: readonly Edu[]) => Promise<void>;
}

/** So many PDUs of one server may wait; then it has to wait itself. */
export const maxWaitingPdus = 10_000;
const retryAfterMs = 10_000;
const maxTxnIdLength = 255;
/** A join may take longer; then the gap is filled when something more is written. */
const longestJoinMs = 20_000;

/**
 * Takes in what another server pushes: form, rooms, event ids and server ACLs are looked at, the rest is put down whole
 * before the answer, and checked afterwards. The same transaction again gets the answer it got, whatever is in it now.
 */
export const receiveTransaction = async (
	dependencies: ReceiveTransactionDependencies,
	{ origin, txnId, content }: TransactionRequest,
): Promise<TransactionAnswer> => {
	const { transactions, clock, log } = dependencies;
	if (txnId.length > maxTxnIdLength || /\p{Cc}|\p{Cs}/u.test(txnId)) return invalidParam("no transaction id");
	const parsed = parseTransaction(content);
	const { pdus, edus } = parsed.kind === "ok" ? parsed.transaction : nothing;
	const placed = pdus.map((pdu) => ({ pdu, roomId: parseRoomId(getString(pdu, "room_id") ?? "") }));
	const roomIds = [...new Set(placed.flatMap(({ roomId }) => roomId ?? []))];
	// Whoever joins is sent keys at once: they are for who shares a room with the sender.
	const joins = edus.some(({ type }) => type === "m.direct_to_device") ? "all" : roomIds;
	await within(longestJoinMs, dependencies.untilJoined?.(joins));
	const [earlier, waiting, rooms, waitingRooms] = await Promise.all([
		transactions.answerOf(origin, txnId),
		pdus.length === 0 ? 0 : transactions.waitingOf(origin, maxWaitingPdus),
		transactions.rooms(roomIds),
		roomIds.length === 0 ? new Set<RoomId>() : transactions.waitingRooms(roomIds),
	]);
	if (earlier !== undefined) return answered(earlier);
	if (parsed.kind === "refused") return parsed;
	if (waiting >= maxWaitingPdus) {
		log.warn({ peer: origin, rule: "TXN-03" }, "too many events of a server wait; it is asked to come back");
		return limitExceeded(retryAfterMs);
	}
	const sorted = sortPdus(dependencies, { origin, placed, rooms });
	const answer = encodeCanonicalJson(jsonObject([["pdus", jsonObject(sorted.answers)]]));
	const transaction = { origin, txnId, answer, pdus: sorted.kept, receivedAt: clock.now() };
	await dependencies.receiveDeviceEdus(origin, edus);
	const taken = await dependencies.takeIn(transaction, waitingRooms);
	// Sent twice at once: the first one's answer holds.
	if (taken.kind === "known") return answered((await transactions.answerOf(origin, txnId)) ?? answer);
	if (taken.isWorkLeft) dependencies.announce();
	dependencies
		.receiveEdus(origin, edus)
		.catch((err: unknown) => log.warn({ err, peer: origin }, "ephemeral data of a server were lost"));
	return answered(answer);
};

const answered = (answer: string): TransactionAnswer => {
	const parsed = parseJson(answer);
	if (parsed.kind !== "ok") throw new Error("a stored answer is no JSON");
	return { kind: "answered", content: parsed.value as JsonObject };
};

interface SortedPdus {
	readonly kept: readonly IncomingPdu[];
	readonly answers: readonly (readonly [string, JsonValue])[];
}

const within = async (longestMs: number, work: Promise<unknown> | undefined): Promise<void> => {
	if (work === undefined) return;
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, longestMs);
	});
	await Promise.race([work, limit]);
	clearTimeout(timer);
};

const nothing = { pdus: [], edus: [] };

const sortPdus = (
	{ serverName, log }: ReceiveTransactionDependencies,
	{
		origin,
		placed,
		rooms,
	}: {
		readonly origin: ServerName;
		readonly placed: readonly { readonly pdu: JsonObject; readonly roomId: RoomId | undefined }[];
		readonly rooms: ReadonlyMap<RoomId, IncomingRoom>;
	},
): SortedPdus => {
	const kept: IncomingPdu[] = [];
	const answers: (readonly [string, JsonValue])[] = [];
	for (const { pdu, roomId } of placed) {
		const sorted = sortPdu(pdu, { roomId, room: roomId && rooms.get(roomId), origin, serverName });
		if ("json" in sorted) {
			kept.push(sorted);
			answers.push([sorted.eventId, jsonObject()]);
			continue;
		}
		log.info({ peer: origin, rule: sorted.rule, event: sorted.eventId }, "an event was refused at the door");
		if (sorted.eventId !== undefined) answers.push([sorted.eventId, jsonObject([["error", sorted.error]])]);
	}
	return { kept, answers };
};

/** A PDU that is not kept. Without an id it has no form that could be named. */
interface RefusedPdu {
	readonly eventId: EventId | undefined;
	readonly rule: string;
	readonly error: string;
}

const sortPdu = (
	pdu: JsonObject,
	place: {
		readonly roomId: RoomId | undefined;
		readonly room: IncomingRoom | undefined;
		readonly origin: ServerName;
		readonly serverName: ServerName;
	},
): IncomingPdu | RefusedPdu => {
	const { roomId, room, origin, serverName } = place;
	if (roomId === undefined || room === undefined) {
		return { eventId: idOf(pdu), rule: "TXN-04", error: "This server is not in that room" };
	}
	const parsed = parseEvent(pdu, room.version);
	if (parsed.kind === "refused") return { eventId: undefined, rule: parsed.rule, error: parsed.detail };
	const { eventId, json, type, stateKey } = parsed.event;
	// What becomes of an invitation is said to whoever is not in the room yet.
	const isOwnMembership = type === "m.room.member" && stateKey?.endsWith(`:${serverName}`) === true;
	if (!room.isJoined && !isOwnMembership) return { eventId, rule: "TXN-04", error: "This server is not in that room" };
	if (!isServerAllowed(room.serverAcl, origin)) {
		return { eventId, rule: "TXN-05", error: "Your server is denied access to the room" };
	}
	return { roomId, eventId, json: encodeCanonicalJson(json) };
};

/** Of a room whose version nobody here knows: events of all versions but few are named the same way. */
const idOf = (pdu: JsonObject): EventId | undefined =>
	checkSize(pdu) === undefined ? eventIdOf(pdu, roomVersions[defaultRoomVersionId]) : undefined;
