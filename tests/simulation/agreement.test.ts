import type { StateMap } from "@federation/events/state-key.ts";
import type { JsonObject } from "@federation/json/json-value.ts";
import { resolveState } from "@federation/state-resolution/resolve-state.ts";
import { historyDisagreements } from "@federation/testing/convergence.ts";
import { seededRandom } from "@federation/testing/seeded-random.ts";
import type { SimulatedHistory } from "@federation/testing/simulated-history.ts";
import type { SimulatedServer } from "@federation/testing/simulated-server.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulate } from "./converge.ts";
import { simulatedSigners } from "./simulated-signers.ts";

const versions = fc.constantFrom("11" as const, "12" as const);
const [signer] = simulatedSigners(["five"]);

const heard = async (history: SimulatedHistory, pdus: readonly JsonObject[]): Promise<SimulatedServer> => {
	if (signer === undefined) throw new Error("no signer");
	const server = history.newcomer(signer);
	for (const pdu of pdus) await server.receive(pdu);
	return server;
};

/** Some states that the room went through. */
const statesOf = ({ room }: SimulatedServer, seed: number): readonly StateMap[] => {
	const random = seededRandom(seed);
	return Array.from({ length: 2 + random.int(3) }, () => room.stateAfter(random.pick(room.events).eventId));
};

const asObject = (state: StateMap) => Object.fromEntries([...state].sort());

describe("resolution", { timeout: 120_000 }, () => {
	it("RES-AGREEMENT: hearing events one by one, in shuffled batches or backwards gives the same states", async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(), versions, async (seed, id) => {
				const history = await simulate(seed, id);
				const random = seededRandom(seed);
				const oneByOne = await heard(history, history.pdus);
				const half = Math.floor(history.pdus.length / 2);
				const batches = [history.pdus.slice(0, half), history.pdus.slice(half)];
				const batched = await heard(
					history,
					batches.flatMap((batch) => random.shuffled(batch)),
				);
				const backwards = await heard(history, [...history.pdus].reverse());
				for (const server of [oneByOne, batched, backwards]) {
					for (const other of history.servers) expect(historyDisagreements(server, other)).toEqual([]);
				}
			}),
			{ numRuns: 15 },
		);
	});

	it("RES-ORDER: the order and repetition of the states is irrelevant, and one state resolves to itself", async () => {
		let conflicts = 0;
		await fc.assert(
			fc.asyncProperty(fc.nat(), versions, async (seed, id) => {
				const { servers } = await simulate(seed, id);
				const server = servers[1] as SimulatedServer;
				const random = seededRandom(seed);
				for (let i = 0; i < 20; i++) {
					const states = statesOf(server, random.int(1_000_000));
					const resolved = asObject(resolveState(states, server.room, server.room.version));
					const again = [...random.shuffled(states), random.pick(states)];
					expect(asObject(resolveState(again, server.room, server.room.version))).toEqual(resolved);
					const [one] = states as [StateMap];
					expect(asObject(resolveState([one, one], server.room, server.room.version))).toEqual(asObject(one));
					if (JSON.stringify(resolved) !== JSON.stringify(asObject(one))) conflicts += 1;
				}
			}),
			{ numRuns: 15 },
		);
		expect(conflicts).toBeGreaterThan(20);
	});
});
