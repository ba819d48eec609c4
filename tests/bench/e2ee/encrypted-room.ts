import { setTimeout as delay } from "node:timers/promises";
import type { Person } from "../../server-process/add-people.ts";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import type { BenchServer } from "../bench-server.ts";

/** A room with these people in it, in which everything is encrypted from now on. */
export async function makeEncryptedRoom(server: BenchServer, people: readonly Person[]): Promise<string> {
	const roomId = await server.makeRoom(people);
	const [owner] = people;
	const caller = createHttpCaller(server.process.origin, owner?.cookie ?? "");
	await caller.mutate("rooms.enableEncryption", { roomId });
	caller.close();
	return roomId;
}

type Answer = { readonly device_keys: Record<string, Record<string, { signatures: Record<string, object> }>> };

/** Waits until the one device of each of them has keys that their person vouches for. */
export async function awaitEngines(server: BenchServer, people: readonly Person[]): Promise<void> {
	const caller = createHttpCaller(server.process.origin, people[0]?.cookie ?? "");
	const device_keys = Object.fromEntries(people.map(({ userId }) => [userId, []]));
	for (;;) {
		const answer = (await caller.mutate("keys.query", { device_keys })) as Answer;
		const isReady = people.every(({ userId }) => {
			const devices = Object.values(answer.device_keys[userId] ?? {});
			return devices.length > 0 && devices.every(({ signatures }) => Object.keys(signatures[userId] ?? {}).length > 1);
		});
		if (isReady) break;
		await delay(lookEveryMs);
	}
	caller.close();
}

const lookEveryMs = 50;
