import { describe, expect, it } from "vitest";
import { createMissingKeys } from "./missing-keys.ts";
import type { KeyRef } from "./ports.ts";

const key = (sessionId: string): KeyRef => ({ roomId: "!room:kith.test", sessionId });

/** A clock that is put forward by hand, and a backup whose answers are given by hand. */
const open = () => {
	let time = 0;
	const timers: { readonly at: number; readonly work: () => void }[] = [];
	const asked: {
		readonly id: string;
		readonly answer: (found: "found" | "absent" | "unreachable") => Promise<void>;
	}[] = [];
	const missing = createMissingKeys({
		fetch: ({ sessionId }) =>
			new Promise((resolve, reject) => {
				const answer = async (found: "found" | "absent" | "unreachable") => {
					if (found === "unreachable") reject(new Error("unreachable"));
					else resolve(found);
					await Promise.resolve();
					await Promise.resolve();
				};
				asked.push({ id: sessionId, answer });
			}),
		now: () => time,
		later: (work, delayMs) => void timers.push({ at: time + delayMs, work }),
	});
	return {
		missing,
		asked: () => asked.map(({ id }) => id),
		answer: (index: number, found: "found" | "absent" | "unreachable") => asked[index]?.answer(found),
		pass: (ms: number) => {
			time += ms;
			for (const timer of timers.splice(0)) {
				if (timer.at <= time) timer.work();
				else timers.push(timer);
			}
		},
	};
};

describe("missing keys", () => {
	it("are asked for once, however many messages want them", async () => {
		const { missing, asked, answer } = open();
		for (let count = 0; count < 5; count++) missing.want(key("a"));
		expect(asked()).toEqual(["a"]);
		await answer(0, "found");
		missing.want(key("a"));
		expect(asked()).toEqual(["a", "a"]);
	});

	it("are asked for four at a time", async () => {
		const { missing, asked, answer } = open();
		for (const id of ["a", "b", "c", "d", "e", "f"]) missing.want(key(id));
		expect(asked()).toEqual(["a", "b", "c", "d"]);
		await answer(1, "found");
		expect(asked()).toEqual(["a", "b", "c", "d", "e"]);
	});

	it("are asked for again after ten seconds, then twenty, and at most an hour", async () => {
		const { missing, asked, answer, pass } = open();
		missing.want(key("a"));
		await answer(0, "absent");
		missing.want(key("a"));
		pass(9_999);
		expect(asked()).toHaveLength(1);
		pass(1);
		expect(asked()).toHaveLength(2);
		await answer(1, "unreachable");
		pass(19_999);
		expect(asked()).toHaveLength(2);
		pass(1);
		expect(asked()).toHaveLength(3);
		for (let attempt = 2; attempt < 20; attempt++) {
			await answer(attempt, "absent");
			pass(3_600_000);
			expect(asked()).toHaveLength(attempt + 2);
		}
	});

	it("are asked for at once when there is hope, and no more when they came otherwise", async () => {
		const { missing, asked, answer, pass } = open();
		missing.want(key("a"));
		missing.want(key("b"));
		await answer(0, "absent");
		await answer(1, "absent");
		missing.forget(key("b"));
		missing.hurry();
		expect(asked()).toEqual(["a", "b", "a"]);
		await answer(2, "found");
		pass(10_000_000);
		expect(asked()).toHaveLength(3);
	});
});
