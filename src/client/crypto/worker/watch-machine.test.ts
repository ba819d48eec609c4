import { describe, expect, it } from "vitest";
import { Hung, watchMachine } from "./watch-machine.ts";

/** A machine each of whose calls ends as the test says, and a clock that the test turns. */
const open = () => {
	const due: (() => void)[] = [];
	const ends: unknown[] = [];
	const settle = new Map<string, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
	const call = (name: string) => (): Promise<unknown> =>
		new Promise((resolve, reject) => settle.set(name, { resolve, reject }));
	let closings = 0;
	const { machine, close } = watchMachine(
		{
			...{ encryptRoomEvent: call("encrypt"), decryptRoomEvent: call("decrypt"), importRoomKeys: call("import") },
			name: "its name",
			isOpen: true,
			close: () => {
				closings += 1;
			},
			own(this: unknown) {
				return this;
			},
		},
		{
			later: (callback) => {
				due.push(callback);
				return () => undefined;
			},
			onEnd: (error) => ends.push(error),
		},
	);
	const passMinutes = (minutes: number): void => {
		for (let steps = minutes * 12; steps > 0; steps -= 1) for (const callback of due.splice(0)) callback();
	};
	return { machine, close, closings: () => closings, ends, settle, passMinutes, due };
};

describe("a machine that is watched", () => {
	it("answers and refuses as it does, and nothing ends", async () => {
		const { machine, ends, settle, passMinutes, due } = open();
		const [one, other] = [machine.encryptRoomEvent(), machine.decryptRoomEvent()];
		settle.get("encrypt")?.resolve("sealed");
		settle.get("decrypt")?.reject(new Error("no key"));
		expect(await one).toBe("sealed");
		await expect(other).rejects.toThrow("no key");
		passMinutes(60);
		expect(ends).toEqual([]);
		expect(due).toEqual([]);
		machine.isOpen = false;
		expect([machine.isOpen, machine.name]).toEqual([false, "its name"]);
		// Classes of other languages know themselves by what they were made as.
		expect(machine.own()).not.toBe(machine);
	});

	it("is ended when a call never settles, and whoever waits for it is told", async () => {
		const { machine, ends, passMinutes } = open();
		const hanging = machine.encryptRoomEvent();
		passMinutes(1);
		expect(ends).toEqual([]);
		passMinutes(0.1);
		expect(ends).toEqual([expect.any(Hung)]);
		await expect(hanging).rejects.toBeInstanceOf(Hung);
	});

	it("may take long over what is long, and hold up the rest with it", async () => {
		const { machine, ends, settle, passMinutes } = open();
		const long = machine.importRoomKeys();
		const held = machine.decryptRoomEvent();
		passMinutes(20);
		expect(ends).toEqual([]);
		settle.get("import")?.resolve("imported");
		settle.get("decrypt")?.resolve("words");
		expect(await Promise.all([long, held])).toEqual(["imported", "words"]);
		void machine.importRoomKeys().catch(() => undefined);
		passMinutes(31);
		expect(ends).toHaveLength(1);
	});

	it("is closed when nothing is under way any more, and not under a call", async () => {
		const { machine, close, closings, settle, passMinutes } = open();
		const one = machine.encryptRoomEvent();
		close();
		passMinutes(0.5);
		expect(closings()).toBe(0);
		settle.get("encrypt")?.resolve("sealed");
		await one;
		passMinutes(0.1);
		expect(closings()).toBe(1);
		expect(() => machine.own()).toThrow("closed");
		close();
		passMinutes(0.1);
		expect(closings()).toBe(1);
	});

	it("is ended by a trap and by a store that fails, whoever asked", async () => {
		const { machine, ends, settle } = open();
		const trap = new WebAssembly.RuntimeError("unreachable");
		const trapped = machine.encryptRoomEvent().catch(() => "told");
		settle.get("encrypt")?.reject(trap);
		expect(await trapped).toBe("told");
		const full = new Error("DomException QuotaExceededError (22): the disk is full");
		const failed = machine.decryptRoomEvent().catch(() => "told");
		settle.get("decrypt")?.reject(full);
		expect(await failed).toBe("told");
		expect(ends).toEqual([trap, full]);
	});
});
