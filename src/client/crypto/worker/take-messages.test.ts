import { describe, expect, it } from "vitest";
import { createVolatileMemory, type EngineMemory } from "./engine-memory.ts";
import { createIntake, type DeviceMessage } from "./take-messages.ts";

const message = (position: number, words: string): DeviceMessage => ({
	...{ position: String(position), sender: "@a:x", type: "m.room.encrypted" },
	content: { sender_key: words, words },
});

/** Engines one after the other over what is kept; each ends over the messages that are poison. */
const open = (poison: ReadonlySet<string>, memory: EngineMemory = createVolatileMemory()) => {
	const taken: string[] = [];
	const hand = (text: string): void => {
		const words = (JSON.parse(text) as { content: { words: string } }[]).map(({ content }) => content.words);
		if (words.some((one) => poison.has(one))) throw new WebAssembly.RuntimeError("unreachable");
		if (words.includes("refused")) throw new Error("not that");
		taken.push(...words);
	};
	const receive = async (messages: readonly DeviceMessage[]): Promise<void> => {
		const intake = createIntake({
			machine: {
				receiveSyncChangesMsc4186: async (text) => {
					hand(text);
					return [];
				},
			},
			memory,
		});
		const processed = await memory.toDevicePosition();
		const fresh = messages.filter(({ position }) => processed === undefined || BigInt(position) > BigInt(processed));
		await intake.handIn(fresh, async (part) => hand(JSON.stringify(part)));
		const last = messages.at(-1);
		if (last !== undefined) await memory.setToDevicePosition(last.position);
	};
	/** Until an engine gets through: how many did not. */
	const endings = async (messages: readonly DeviceMessage[]): Promise<number> => {
		for (let ended = 0; ; ended += 1) {
			try {
				await receive(messages);
				return ended;
			} catch (error) {
				if (!(error instanceof WebAssembly.RuntimeError) || ended > 20) throw error;
			}
		}
	};
	return { memory, taken, receive, endings };
};

const words = ["a", "b", "c", "d", "e"];
const batch = words.map((one, index) => message(index + 1, one));

describe("messages to the device that engines end over", () => {
	it("are let go and counted after three, and the others are taken in", async () => {
		const { memory, taken, endings } = open(new Set(["c"]));
		expect(await endings(batch)).toBe(3);
		expect(new Set(taken)).toEqual(new Set(["a", "b", "d", "e"]));
		expect(await memory.losses()).toEqual({ dropped: 0, setAside: 1 });
		expect(await memory.toDevicePosition()).toBe("5");
		expect(await memory.intake()).toBeUndefined();
	});

	it("may be alone, the first, the last, or several of one batch", async () => {
		expect(await open(new Set(["c"])).endings([message(3, "c")])).toBe(3);
		expect(await open(new Set(["a"])).endings(batch)).toBe(3);
		expect(await open(new Set(["e"])).endings(batch)).toBe(3);
		const several = open(new Set(["a", "d", "e"]));
		expect(await several.endings(batch)).toBe(7);
		expect(await several.memory.losses()).toEqual({ dropped: 0, setAside: 3 });
		expect(new Set(several.taken)).toEqual(new Set(["b", "c"]));
	});

	it("are not blamed for what a window's closing cut short", async () => {
		const { memory, taken, receive } = open(new Set());
		await memory.setIntake({ upTo: "5", alone: { position: "2", tries: 1 } });
		await receive(batch);
		expect(taken).toEqual(words);
		expect(await memory.losses()).toEqual({ dropped: 0, setAside: 0 });
	});

	it("are none where the machine refuses and goes on: nothing is let go", async () => {
		const { memory, receive } = open(new Set());
		for (let time = 0; time < 4; time += 1) await expect(receive([message(1, "refused")])).rejects.toThrow("not that");
		expect(await memory.losses()).toEqual({ dropped: 0, setAside: 0 });
		expect(await memory.toDevicePosition()).toBeUndefined();
		expect(await memory.intake()).toBeUndefined();
	});
});
