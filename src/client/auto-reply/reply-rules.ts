import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { bodyOf, isPicture, isVerificationRequest } from "../store/event-content.ts";
import type { AutoReplyState } from "./auto-reply-state.ts";

/** One answer to a sender in a room within so long. */
export const pauseMs = 4 * 3_600_000;
/** What came longer ago is of a time in which this page was not there. */
const freshMs = 120_000;
/** Who wrote something automatic within so long is taken for a bot, or for somebody who is away as well. */
const botMs = 24 * 3_600_000;

/** What the rules look at beside the message. */
export interface ReplyContext {
	readonly now: number;
	readonly ownUserId: string;
	readonly roomId: string;
	readonly state: AutoReplyState;
	readonly summary: Pick<WireRoomSummary, "kind" | "membership" | "replacementRoomId"> | undefined;
	/** The last events of the room. */
	readonly events: readonly WireEvent[];
	/** Something stands in the room's field. */
	readonly isWriting: boolean;
}

/** Why a message is not answered. */
export type Refusal =
	| "off"
	| "own"
	| "no-words"
	| "automatic"
	| "bot"
	| "before"
	| "late"
	| "not-direct"
	| "writing"
	| "answered";

/** Why no answer goes to a message by itself; undefined: one may. */
export function refusalOf(event: WireEvent, context: ReplyContext): Refusal | undefined {
	const { now, ownUserId, state, summary, events, isWriting } = context;
	if (!state.isOn) return "off";
	if (event.sender === ownUserId) return "own";
	if (isAutomatic(event)) return "automatic";
	if (!hasWords(event)) return "no-words";
	if (event.originServerTs < state.since) return "before";
	if (now - event.originServerTs > freshMs) return "late";
	if (summary?.kind !== "direct" || summary.membership !== "join" || summary.replacementRoomId !== undefined) {
		return "not-direct";
	}
	if (events.some((one) => one.sender === event.sender && isAutomatic(one) && now - one.originServerTs < botMs)) {
		return "bot";
	}
	if (isWriting) return "writing";
	return wasAnswered(event, context) ? "answered" : undefined;
}

/** By this device, or by another one of the person: that is seen in the room. */
function wasAnswered({ sender }: WireEvent, { now, ownUserId, roomId, state, events }: ReplyContext): boolean {
	const isRecent = (at: number): boolean => now - at < pauseMs;
	return (
		state.sent.some((one) => one.roomId === roomId && one.senderId === sender && isRecent(one.at)) ||
		events.some((one) => one.sender === ownUserId && isAutomatic(one) && isRecent(one.originServerTs))
	);
}

/** Written by no person: Matrix has a kind of message for it, which nothing may answer by itself. v1.19, "m.notice". */
function isAutomatic({ type, content }: WireEvent): boolean {
	return type === "m.room.message" && content["msgtype"] === "m.notice";
}

function hasWords(event: WireEvent): boolean {
	if (event.type !== "m.room.message" || isVerificationRequest(event) || isPicture(event)) return false;
	const relation = event.content["m.relates_to"];
	const isEdit = typeof relation === "object" && relation !== null && "rel_type" in relation;
	return !isEdit && event.content["msgtype"] === "m.text" && (bodyOf(event) ?? "").trim() !== "";
}

/** True for what a person writes by themselves: it ends answering for them. */
export function isOwnWriting(
	event: WireEvent,
	{ ownUserId, state }: Pick<ReplyContext, "ownUserId" | "state">,
): boolean {
	return (
		event.sender === ownUserId &&
		event.type === "m.room.message" &&
		!isAutomatic(event) &&
		event.originServerTs >= state.since
	);
}
