import { expect, it } from "vitest";
import { testSigner } from "../../../../federation/testing/noble-signer.ts";
import { documentOf, down, makeKeyWorld } from "../../../../tests/setup/key-world.ts";

const hourMs = 3_600_000;
const startTs = 1_700_000_000_000;

it("of hundreds of servers, as a large room has them, are all asked for, and few at once", async () => {
	const world = makeKeyWorld(startTs);
	const signers = Array.from({ length: 400 }, (_, index) => testSigner(`s${index}.example`));
	let underWay = 0;
	let most = 0;
	for (const signer of signers) {
		world.answers.set(signer.serverName, async () => {
			underWay += 1;
			most = Math.max(most, underWay);
			await Promise.resolve();
			underWay -= 1;
			return { kind: "answered", content: documentOf(signer, world.now() + hourMs) };
		});
	}
	const found = await world
		.makeKeys()
		.find(signers.map(({ serverName: server, keyId }) => ({ server, keyId, validAtTs: world.now() })));
	expect(signers.filter(({ serverName: server, keyId }) => found.keys(server, keyId) === undefined)).toEqual([]);
	expect(found.unreachable.size).toBe(0);
	expect(most).toBeLessThanOrEqual(16);
});

it("that more strangers want than are asked for at once are not had now, and no stranger waits without end", async () => {
	const world = makeKeyWorld(startTs);
	const strangers = Array.from({ length: 600 }, (_, index) => testSigner(`s${index}.example`));
	const ends: (() => void)[] = [];
	const keys = world.makeKeys();
	for (const { serverName: server } of strangers) {
		world.answers.set(server, () => new Promise((resolve) => ends.push(() => resolve(down))));
	}
	const finding = strangers.map((signer) => world.findOne(keys, signer));
	await expect.poll(() => ends.length).toBe(32);
	let ended = 0;
	while (ended < 288) {
		await expect.poll(() => ends.length).toBeGreaterThan(0);
		for (const end of ends.splice(0)) {
			end();
			ended += 1;
		}
	}
	const outcomes = await Promise.all(finding);
	expect(outcomes.every(({ isUnreachable }) => isUnreachable)).toBe(true);
	expect(world.requests).toHaveLength(288);
});
