import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { StartRunInput } from "../../../../shared/wire/assistant.ts";
import type { Assistant } from "../../create-assistant.ts";
import { runToEnd } from "./answer-question.ts";

const askerId = "@ada:kith.example" as UserId;
const roomId = "!room:kith.example" as RoomId;

describe("a run for whoever asked", () => {
	it("is cancelled with the signal, and leaves nothing behind on it once it ended", async () => {
		const cancelled: string[] = [];
		let end: () => void = () => undefined;
		const assistant = {
			start: async () => ({ runId: "run" }),
			cancel: (_: UserId, runId: string) => {
				cancelled.push(runId);
				end();
			},
			follow: async function* () {
				await new Promise<void>((resolve) => {
					end = resolve;
				});
				yield { position: 0, event: { kind: "done" } };
			},
		} as unknown as Assistant;
		const ending = new AbortController();
		const { signal } = ending;
		const run = async (): Promise<void> => {
			const running = runToEnd(assistant, { askerId, roomId, signal }, {} as StartRunInput);
			await new Promise((resolve) => setImmediate(resolve));
			expect(getEventListeners(signal, "abort")).toHaveLength(1);
			end();
			expect(await running).toEqual({ kind: "done", lines: [] });
		};
		for (let times = 0; times < 3; times += 1) await run();
		expect([getEventListeners(signal, "abort"), cancelled]).toEqual([[], []]);
		const running = runToEnd(assistant, { askerId, roomId, signal }, {} as StartRunInput);
		await new Promise((resolve) => setImmediate(resolve));
		ending.abort();
		await running;
		expect(cancelled).toEqual(["run"]);
	});
});
