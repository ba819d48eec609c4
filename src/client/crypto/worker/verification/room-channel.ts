/**
 * Verification with another person goes through a chat with them, encrypted as everything there. The machine's messages are
 * sealed and sent here, one after the other, beside the loop of requests: sealing needs that loop itself.
 */
import { type OlmMachine, RequestType, RoomId, type RoomMessageRequest } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoInput } from "../../crypto-message.ts";
import type { VerificationPlace } from "../../verification-call.ts";
import type { KeyServer } from "../key-server.ts";
import { createTurns } from "../turns.ts";

interface ChannelParts {
	readonly machine: Pick<OlmMachine, "markRequestAsSent" | "receiveVerificationEvent">;
	readonly server: Pick<KeyServer, "sendEncrypted">;
	readonly encrypt: (message: CryptoInput<"encrypt">) => Promise<Record<string, unknown>>;
	readonly later: (callback: () => void, delayMs: number) => () => void;
}

export interface RoomChannel {
	/** Who is in a chat, as a page knows it. */
	open(place: VerificationPlace): void;
	/** Seals and sends; the answer is the event's id. */
	send(message: Outgoing): Promise<string>;
	/** A message that the machine made; one that nobody opened a chat for stays unsent. */
	take(request: RoomMessageRequest): Promise<void>;
}

interface Outgoing {
	readonly roomId: string;
	readonly type: string;
	readonly content: Record<string, unknown>;
	readonly transactionId: string;
}

const retryMs = 2_000;
const mostTries = 30;

export const createRoomChannel = ({ machine, server, encrypt, later }: ChannelParts): RoomChannel => {
	const places = new Map<string, VerificationPlace>();
	const underWay = new Set<string>();
	const turns = createTurns();
	const send = async ({ roomId, type, content, transactionId }: Outgoing): Promise<string> => {
		const place = places.get(roomId);
		if (place === undefined) throw new Error("nobody opened this chat");
		const sealed = await encrypt({ ...place, type, content });
		return (await server.sendEncrypted({ roomId, transactionId, content: sealed })).eventId;
	};
	const attempt = async (request: RoomMessageRequest, tries: number): Promise<void> => {
		const { id, event_type: type, body, txn_id: transactionId } = request;
		const roomId = request.room_id;
		try {
			const eventId = await send({ roomId, type, content: JSON.parse(body), transactionId });
			await machine.markRequestAsSent(id, RequestType.RoomMessage, JSON.stringify({ event_id: eventId }));
		} catch (error) {
			if (error instanceof WebAssembly.RuntimeError) throw error;
			if (tries >= mostTries) return;
			await new Promise<void>((resolve) => void later(resolve, retryMs));
			await attempt(request, tries + 1);
		}
	};
	return {
		send,
		open: (place) => void places.set(place.roomId, place),
		take: async (request) => {
			if (underWay.has(request.id) || !places.has(request.room_id)) return;
			underWay.add(request.id);
			await turns.inTurn(request.room_id, () => attempt(request, 0));
		},
	};
};

const requestType = "m.key.verification.request";

/** Whether an opened event is a part of a verification. */
export const isVerificationEvent = (type: string, content: Readonly<Record<string, unknown>>): boolean =>
	type.startsWith("m.key.verification.") || (type === "m.room.message" && content["msgtype"] === requestType);

/** Events that are older say nothing any more, and those of history must not begin anything. */
const freshMs = 10 * 60_000;

export interface OpenedMessage {
	readonly roomId: string;
	readonly eventId: string;
	readonly sender: string;
	readonly originServerTs: number;
	readonly type: string;
	readonly content: Readonly<Record<string, unknown>>;
}

/** Hands opened events to the machine, each once: every window opens them, and a server may hand them out again. */
export const createEventIntake = (machine: ChannelParts["machine"], now: () => number) => {
	const seen = new Set<string>();
	return async (message: OpenedMessage): Promise<boolean> => {
		const { eventId, roomId, sender, originServerTs, type, content } = message;
		if (!isVerificationEvent(type, content) || seen.has(eventId)) return false;
		if (Math.abs(now() - originServerTs) > freshMs) return false;
		seen.add(eventId);
		const event = { event_id: eventId, sender, origin_server_ts: originServerTs, type, content };
		try {
			await machine.receiveVerificationEvent(JSON.stringify(event), new RoomId(roomId));
		} catch (error) {
			// What is no verification after all is a message that shows nothing.
			if (error instanceof WebAssembly.RuntimeError) throw error;
			return false;
		}
		return true;
	};
};
