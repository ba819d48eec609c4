import { pageOutput } from "../../src/shared/wire/message-calls.ts";
import type { ApiCaller } from "../server-process/api-caller.ts";
import { bodyOf, type Writer } from "./writer.ts";

interface StoredMessage {
	readonly body: string;
	readonly eventId: string;
}

/** Reads a room from its beginning and holds what stands there against what was acknowledged. */
export interface RoomReader {
	/** Reads on to the room's end. */
	readOn(caller: ApiCaller): Promise<void>;
	/**
	 * What is wrong with a writer's messages: each acknowledged one must be there once, in order, under the id that was
	 * acknowledged, and nothing else but the one that is under way.
	 */
	faultsOf(writer: Pick<Writer, "name">, acknowledged: readonly string[]): readonly string[];
	readonly messageCount: number;
}

export function createRoomReader(roomId: string): RoomReader {
	const stored = new Map<string, StoredMessage[]>();
	let cursor: string | undefined;
	let messageCount = 0;
	const keep = (body: unknown, eventId: string): void => {
		if (typeof body !== "string") return;
		messageCount += 1;
		const name = body.slice(0, body.lastIndexOf("."));
		stored.set(name, [...(stored.get(name)?.splice(0) ?? []), { body, eventId }]);
	};
	return {
		readOn: async (caller) => {
			for (;;) {
				const input = { roomId, direction: "forwards", limit: 200, ...(cursor === undefined ? {} : { cursor }) };
				const { items, nextCursor } = pageOutput.parse(await caller.query("messages.page", input));
				for (const { type, content, eventId } of items) if (type === "m.room.message") keep(content["body"], eventId);
				cursor = items.at(-1)?.position ?? cursor;
				if (nextCursor === undefined || items.length === 0) return;
			}
		},
		faultsOf: ({ name }, acknowledged) => {
			const messages = stored.get(name) ?? [];
			const faults = acknowledged.flatMap((eventId, number) =>
				messages[number]?.eventId === eventId ? [] : [`${bodyOf(name, number)} is not there in its place`],
			);
			messages.forEach(({ body }, number) => {
				if (body !== bodyOf(name, number)) faults.push(`${body} stands in place ${number}`);
			});
			return faults;
		},
		get messageCount() {
			return messageCount;
		},
	};
}
