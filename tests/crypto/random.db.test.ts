import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { createSoakDatabase, type SoakDatabase } from "../simulation/federation/soak-databases.ts";
import { liveAtRandom } from "./random/random-life.ts";

let disks: readonly SoakDatabase[] = [];

beforeAll(async () => {
	const template = inject("templateConnectionString");
	disks = await Promise.all([createSoakDatabase(template), createSoakDatabase(template)]);
});
afterAll(async () => {
	await Promise.all(disks.map((disk) => disk.drop()));
});

// The rest is `npm run soak:e2ee`.
it.each([{ seed: 1 }, { seed: 2 }])(
	"whatever happens, devices read what they are entitled to and nothing else: seed $seed",
	{ timeout: 240_000 },
	async ({ seed }) => {
		const { faults, counts } = await liveAtRandom(disks, { seed, actions: 300 });
		expect(faults).toEqual([]);
		expect(counts.said).toBeGreaterThan(20);
		expect(counts.readings).toBeGreaterThan(counts.said);
	},
);
