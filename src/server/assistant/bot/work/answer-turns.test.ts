import { expect, it } from "vitest";
import type { RoomId } from "../../../../../federation/identifiers/identifier-types.ts";
import { createAnswerTurns } from "./answer-turns.ts";

const garden = "!garden:kith.example" as RoomId;
const harbour = "!harbour:kith.example" as RoomId;

it("does a room's answers one after the other, other rooms' beside them, and passes over what is too much", async () => {
	let now = 0;
	const turns = createAnswerTurns({ now: () => now });
	const done: string[] = [];
	const release: (() => void)[] = [];
	const work = (name: string) => () =>
		new Promise<void>((resolve) => release.push(() => void resolve(void done.push(name))));
	const entered = ["1", "2", "3", "4", "5", "too many"].map((name) => turns.enter(garden, work(name)));
	void turns.enter(harbour, work("elsewhere"));
	await entered[5];
	for (let round = 0; round < 6; round += 1) {
		for (const next of release.splice(0)) next();
		await new Promise((resolve) => setImmediate(resolve));
	}
	await turns.whenIdle();
	expect(done).toEqual(["1", "elsewhere", "2", "3", "4", "5"]);
	for (let count = 0; count < 30; count += 1) await turns.enter(garden, async () => void done.push("more"));
	expect(done.filter((name) => name === "more")).toHaveLength(15);
	now = 600_000;
	await turns.enter(garden, async () => void done.push("later"));
	expect(done.at(-1)).toBe("later");
	await expect(turns.enter(garden, async () => Promise.reject(new Error("broke")))).rejects.toThrow("broke");
	await turns.enter(garden, async () => void done.push("goes on"));
	expect(done.at(-1)).toBe("goes on");
});
