import type pg from "pg";
import { expect, it, vi } from "vitest";
import { silentLog } from "../../../../../tests/setup/silent-log.ts";
import { createPostgresLeadership } from "./postgres-leadership.ts";

it("a process that asks again and again whether it may lead leaves nothing behind each time", async () => {
	let asked = 0;
	const client = {
		on: () => undefined,
		off: () => undefined,
		release: () => undefined,
		query: async () => {
			asked += 1;
			return { rows: [{ leads: false }] };
		},
	};
	const pool = { connect: async () => client } as unknown as pg.Pool;
	const left = new Map<unknown, number>();
	const count = (signal: unknown, by: number): void => void left.set(signal, (left.get(signal) ?? 0) + by);
	const { addEventListener, removeEventListener } = EventTarget.prototype;
	const adding = vi.spyOn(EventTarget.prototype, "addEventListener").mockImplementation(function (
		this: EventTarget,
		...args
	) {
		if (this instanceof AbortSignal) count(this, 1);
		return addEventListener.apply(this, args);
	});
	const removing = vi.spyOn(EventTarget.prototype, "removeEventListener").mockImplementation(function (
		this: EventTarget,
		...args
	) {
		if (this instanceof AbortSignal) count(this, -1);
		return removeEventListener.apply(this, args);
	});
	try {
		const bid = createPostgresLeadership({ pool, log: silentLog, retryMs: 1 }).lead(async () => undefined);
		await vi.waitFor(() => expect(asked).toBeGreaterThan(20));
		expect(Math.max(...left.values())).toBeLessThanOrEqual(1);
		await bid.stop();
	} finally {
		adding.mockRestore();
		removing.mockRestore();
	}
});
