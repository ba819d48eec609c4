import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import type { DevicesDependencies } from "./devices-dependencies.ts";
import type { DueList } from "./ports.ts";
import { createListWork } from "./work-on-lists.ts";

const due = Array.from({ length: 40 }, (_, at): DueList => {
	const userId = `@person${at}:far.example` as UserId;
	return { userId, misses: 1, attempts: 0 };
});

describe("the work on lists of devices", () => {
	it("leaves nothing behind on its signal, however many lists it asked for", async () => {
		const left = [...due];
		const failed: string[] = [];
		const remoteDevices = {
			settledUpTo: async () => 0,
			noteSettled: async () => undefined,
			due: async () => left.splice(0),
			failed: async (userId: string) => {
				failed.push(userId);
			},
		} as unknown as DevicesDependencies["remoteDevices"];
		const dependencies = {
			...{ remoteDevices, log: silentLog, random: () => 0, clock: { now: () => 0 } },
			peers: { request: async () => ({ kind: "unreachable", reason: "timeout", detail: "nobody there" }) },
			bus: { publish: () => undefined },
			streamPosition: async () => 0,
		} as unknown as DevicesDependencies;
		const ending = new AbortController();
		const working = createListWork(dependencies).run(ending.signal);
		await vi.waitFor(() => expect(failed).toHaveLength(due.length));
		// One stands for all requests, one for the sleep until there is more to do.
		expect(getEventListeners(ending.signal, "abort").length).toBeLessThanOrEqual(2);
		ending.abort();
		await working;
	});
});
