import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { writeScript } from "./script.ts";
import { simulateFederation } from "./simulate-federation.ts";
import { createSoakDatabase, type SoakDatabase } from "./soak-databases.ts";

let disks: readonly SoakDatabase[] = [];

beforeAll(async () => {
	const template = inject("templateConnectionString");
	disks = await Promise.all(Array.from({ length: 4 }, () => createSoakDatabase(template)));
});

afterAll(async () => {
	await Promise.all(disks.map((disk) => disk.drop()));
});

// The rest is `npm run soak:federation`.
it.each([
	{ seed: 1, rounds: 3 },
	{ seed: 3, rounds: 3 },
])(
	"four servers agree after a time of bad weather and ends of processes: seed $seed",
	{ timeout: 120_000 },
	async ({ seed, rounds }) => {
		await Promise.all(disks.map((disk) => disk.empty()));
		const { faults, counts } = await simulateFederation(writeScript(seed, { rounds }), disks);
		expect(faults).toEqual([]);
		expect(counts.events).toBeGreaterThan(20);
	},
);
