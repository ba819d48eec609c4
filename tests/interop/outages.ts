import { expect } from "vitest";
import { eventually } from "./eventually.ts";
import type { Person } from "./homeserver.ts";

/** Writes so many messages one after the other, and answers their ids. */
export const writeMany = async (writer: Person, roomId: string, count: number): Promise<readonly string[]> => {
	const written: string[] = [];
	for (let number = 1; number <= count; number += 1) written.push(await writer.send(roomId, `Number ${number}`));
	return written;
};

/** Waits until the reader has exactly these numbered messages, each once and in order. */
export const hasAll = (reader: Person, roomId: string, written: readonly string[]): Promise<void> =>
	eventually(async () => {
		const seen = (await reader.history(roomId)).filter(({ body }) => body?.startsWith("Number "));
		expect(seen.map(({ eventId }) => eventId)).toEqual(written);
	}, 90);
