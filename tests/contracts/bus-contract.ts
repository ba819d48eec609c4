import { expect, it } from "vitest";
import type { Bus, Poke } from "../../src/server/stream/public.ts";

/** Two ends of one bus: for one process the same object twice. */
export interface BusPair extends AsyncDisposable {
	readonly first: Bus;
	readonly second: Bus;
}

const gather = (
	bus: Bus,
): { readonly pokes: Poke[]; until(enough: (pokes: readonly Poke[]) => boolean): Promise<void> } => {
	const pokes: Poke[] = [];
	let look: (() => void) | undefined;
	bus.subscribe((poke) => {
		pokes.push(poke);
		look?.();
	});
	return {
		pokes,
		until: (enough) =>
			new Promise((resolve) => {
				look = () => {
					if (enough(pokes)) resolve();
				};
				look();
			}),
	};
};

const highest = (pokes: readonly Poke[]): number =>
	Math.max(0, ...pokes.map((poke) => (poke.kind === "stream" ? poke.position : 0)));

/** What every driver of the bus must do. */
export const describeBus = (open: () => Promise<BusPair>): void => {
	it("brings a poke to both ends, the publishing one included", async () => {
		await using pair = await open();
		const ends = [gather(pair.first), gather(pair.second)];
		pair.first.publish({ kind: "stream", position: 7 });
		await Promise.all(ends.map((end) => end.until((pokes) => highest(pokes) === 7)));
	});

	it("loses no highest position among a thousand, though it may put pokes together", async () => {
		await using pair = await open();
		const end = gather(pair.second);
		for (let position = 1; position <= 1000; position += 1) pair.first.publish({ kind: "stream", position });
		await end.until((pokes) => highest(pokes) === 1000);
		expect(end.pokes.length).toBeLessThanOrEqual(1000);
	});

	it("names everybody who acknowledged, however many", async () => {
		await using pair = await open();
		const end = gather(pair.second);
		const userIds = Array.from({ length: 300 }, (_, index) => `@${"x".repeat(200)}${index}:kith.example`);
		pair.first.publish({ kind: "acknowledged", userIds });
		const named = (pokes: readonly Poke[]): ReadonlySet<string> =>
			new Set(pokes.flatMap((poke) => (poke.kind === "acknowledged" ? poke.userIds : [])));
		await end.until((pokes) => named(pokes).size === 300);
		expect([...named(end.pokes)].sort()).toEqual([...userIds].sort());
	});

	it("is quiet after its listener has left", async () => {
		await using pair = await open();
		const heard: Poke[] = [];
		const leave = pair.first.subscribe((poke) => heard.push(poke));
		leave();
		const other = gather(pair.first);
		pair.first.publish({ kind: "stream", position: 1 });
		await other.until((pokes) => pokes.length > 0);
		expect(heard).toEqual([]);
	});
};
