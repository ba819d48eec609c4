import { roomName } from "../../shared/text/names.ts";
import { meaningOf } from "../meaning/read-meaning.ts";
import { isAllowedAt, placeNow } from "../own-ollama/ai-place.ts";
import { policyIn } from "../own-ollama/room-policies.ts";
import { listedRooms } from "../rooms/listed-rooms.ts";
import { clientStore } from "../store/client-store.ts";
import { findAcross } from "./find-across.ts";
import { inOrder } from "./find-messages.ts";
import { heldMessages } from "./gather-messages.ts";
import type { PickedMessage } from "./pick-messages.ts";
import { rankAcross } from "./rank-across.ts";

/** A chat in which something was found, and all that would be given of it. */
export interface ChatFound {
	readonly roomId: string;
	readonly name: string;
	/** The best first: what does not fit is left out from the end. */
	readonly best: readonly PickedMessage[];
	/** The same in the order in which they were written. */
	readonly messages: readonly PickedMessage[];
}

/** What came of looking through all chats. */
export interface LookedThrough {
	readonly found: readonly ChatFound[];
	/** Names of those where the assistant is off: they were not looked through. */
	readonly off: readonly string[];
	/** So many messages of so many chats were looked through. */
	readonly messageCount: number;
	readonly chatCount: number;
}

/** The newest chats are looked through, each for so many messages: it takes a call for every fifty that are not here yet. */
const mostLooked = 40;
const wanted = { messages: 200, mostPages: 3 };

export interface LookingMeans {
	readonly signal: AbortSignal;
	/** Told before each chat. */
	onChat(chat: { readonly name: string; readonly number: number; readonly total: number }): void;
}

/** Looks for what may answer a question in all chats that may be given to the assistant. Nothing is sent by it. */
export async function lookThroughChats(question: string, { signal, onChat }: LookingMeans): Promise<LookedThrough> {
	await untilListed(signal);
	const rooms = listedRooms(clientStore.get().rooms.values()).filter(
		({ summary }) =>
			summary.membership === "join" && summary.kind !== "space" && summary.replacementRoomId === undefined,
	);
	const looked = rooms.slice(0, mostLooked).map(({ roomId, summary }) => ({ roomId, name: roomName(summary) }));
	const allowed = await Promise.all(looked.map(async (room) => ({ ...room, isOn: await isOnIn(room.roomId) })));
	const on = allowed.filter(({ isOn }) => isOn);
	const chats: { readonly roomId: string; readonly messages: readonly PickedMessage[] }[] = [];
	for (const [index, { roomId, name }] of on.entries()) {
		signal.throwIfAborted();
		onChat({ name, number: index + 1, total: on.length });
		const { messages } = await heldMessages(roomId, wanted);
		chats.push({ roomId, messages });
	}
	signal.throwIfAborted();
	const meaning = await meaningOf(question);
	const names = new Map(on.map(({ roomId, name }) => [roomId, name]));
	return {
		found: (await findAcross(question, chats, (words, all) => rankAcross(words, all, meaning))).map(
			({ roomId, messages }) => ({
				...{ roomId, name: names.get(roomId) ?? "", best: messages, messages: inOrder(messages) },
			}),
		),
		off: allowed.filter(({ isOn }) => !isOn).map(({ name }) => name),
		messageCount: chats.reduce((sum, { messages }) => sum + messages.length, 0),
		chatCount: chats.length,
	};
}

/** Settles once the chat list is here: before, there would seem to be no chats. Rejects with the signal. */
function untilListed(signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const end = (): void => {
			stop();
			signal.removeEventListener("abort", give);
		};
		const give = (): void => {
			end();
			reject(signal.reason);
		};
		const look = (): void => {
			if (!clientStore.get().isListReady) return;
			end();
			resolve();
		};
		const stop = clientStore.subscribe(look);
		signal.addEventListener("abort", give);
		look();
	});
}

async function isOnIn(roomId: string): Promise<boolean> {
	return isAllowedAt(placeNow(), await policyIn(roomId));
}
