import { expect, it } from "vitest";
import { createSlots } from "./slots.ts";

it("lets so many work at once, the others in their order, and goes on when one fails", async () => {
	const slots = createSlots(2);
	const ends: (() => void)[] = [];
	const begun: number[] = [];
	const work = (name: number) =>
		slots.within(async () => {
			begun.push(name);
			await new Promise<void>((resolve) => ends.push(resolve));
			if (name === 1) throw new Error("failed");
		});
	const all = [1, 2, 3, 4].map(work);
	await expect.poll(() => begun).toEqual([1, 2]);
	ends[0]?.();
	await expect(all[0]).rejects.toThrow("failed");
	await expect.poll(() => begun).toEqual([1, 2, 3]);
	for (const end of ends) end();
	await expect.poll(() => begun).toEqual([1, 2, 3, 4]);
	ends.at(-1)?.();
	await Promise.all(all.slice(1));
});
