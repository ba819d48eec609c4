import type { EventId, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { presenceContent } from "../../../../federation/transport/presence-edu.ts";
import type { Edu } from "../../../../federation/transport/transaction.ts";
import type { PresenceNewsForServers } from "../presence/outgoing-presence.ts";

/** What is told to other servers and kept nowhere. */
export type Ephemeral =
	| { readonly kind: "typing"; readonly roomId: string; readonly userId: string; readonly isTyping: boolean }
	| {
			readonly kind: "receipt";
			readonly roomId: RoomId;
			readonly userId: UserId;
			readonly eventId: EventId;
			readonly ts: number;
	  }
	| PresenceNewsForServers;

/** What waits for one destination: the newest word of each person, of what is of a room in each room, as long as it is worth telling. */
export interface EphemeralQueue {
	readonly size: number;
	add(news: Ephemeral, now: number): void;
	/** Takes at most so many EDUs; what is too old is let go. */
	take(limit: number, now: number): readonly Edu[];
}

const maxWaiting = 1_000;
const maxAgeMs = { typing: 30_000, receipt: 3_600_000, presence: 300_000 } as const;

export const createEphemeralQueue = (): EphemeralQueue => {
	const waiting = new Map<string, { readonly news: Ephemeral; readonly at: number }>();
	return {
		get size() {
			return waiting.size;
		},
		add: (news, now) => {
			const key = `${news.kind} ${news.kind === "presence" ? "" : news.roomId} ${news.userId}`;
			waiting.delete(key);
			waiting.set(key, { news, at: now });
			const [oldest] = waiting.keys();
			if (waiting.size > maxWaiting && oldest !== undefined) waiting.delete(oldest);
		},
		take: (limit, now) => {
			const edus: Edu[] = [];
			const receipts: Extract<Ephemeral, { kind: "receipt" }>[] = [];
			const presence: PresenceNewsForServers[] = [];
			for (const [key, { news, at }] of waiting) {
				const isNew = now - at <= maxAgeMs[news.kind];
				if (isNew && news.kind === "typing" && edus.length >= limit - 2) continue;
				waiting.delete(key);
				if (!isNew) continue;
				if (news.kind === "typing") edus.push({ type: "m.typing", content: typingContent(news) });
				else if (news.kind === "receipt") receipts.push(news);
				else presence.push(news);
			}
			if (receipts.length > 0) edus.push({ type: "m.receipt", content: receiptContent(receipts) });
			if (presence.length > 0) edus.push({ type: "m.presence", content: presenceContent(presence.map(wordAt(now))) });
			return edus;
		},
	};
};

const wordAt =
	(now: number) =>
	({ userId, isOnline, seenAt }: PresenceNewsForServers) => ({
		userId,
		isOnline,
		activeAgoMs: seenAt === undefined ? undefined : Math.max(isOnline ? 0 : 1, now - seenAt),
	});

const typingContent = ({ roomId, userId, isTyping }: Extract<Ephemeral, { kind: "typing" }>): JsonObject =>
	jsonObject([
		["room_id", roomId],
		["user_id", userId],
		["typing", isTyping],
	]);

/** All receipts in one EDU: rooms, in them people, each with the event that they have read. */
const receiptContent = (receipts: readonly Extract<Ephemeral, { kind: "receipt" }>[]): JsonObject => {
	const rooms = new Map<string, (readonly [string, JsonObject])[]>();
	for (const { roomId, userId, eventId, ts } of receipts) {
		const read = jsonObject([
			["event_ids", [eventId]],
			["data", jsonObject([["ts", ts]])],
		]);
		rooms.set(roomId, [...(rooms.get(roomId) ?? []), [userId, read]]);
	}
	return jsonObject([...rooms].map(([roomId, reads]) => [roomId, jsonObject([["m.read", jsonObject(reads)]])]));
};
