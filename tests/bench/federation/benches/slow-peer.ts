import { setTimeout as delay } from "node:timers/promises";
import type { Person } from "../../../interop/homeserver.ts";
import type { KithHomeserver } from "../../../interop/kith/kith-homeserver.ts";
import { startTestKiths } from "../../../interop/test-kith.ts";
import { runCount } from "../../bench-context.ts";
import { atMost, type Figure, withoutTarget } from "../../figure.ts";
import { messageBody, nextTransactionId } from "../../message.ts";
import { median, percentile } from "../../statistics.ts";
import type { FederationContext } from "../federation-context.ts";
import { makeRoom } from "../shared-room.ts";
import { addMembers, type SimulatedDestinations, startDestinations } from "../simulated-destinations.ts";

const healthyCount = 18;
const messageCount = 40;
const pauseMs = 50;
const longestWaitMs = 10_000;
const slowMs = 5_000;
const largestRatio = 1.5;

/** Sends the messages of one run; milliseconds from each until it has arrived, for each message and healthy destination. */
type Run = () => Promise<readonly number[]>;

/**
 * Eighteen servers that answer at once, alone and with two more in the room: one that takes connections and never says a
 * word, and one that takes five seconds for every answer.
 */
export const benchSlowPeer = async ({ trust, say }: FederationContext): Promise<readonly Figure[]> => {
	await using kiths = await startTestKiths(2, { roomVersion: "12", peers: trust });
	const [one, other] = kiths.all;
	if (one === undefined || other === undefined) throw new Error("two servers were asked for");
	await using calm = await startDestinations(healthyCount, trust);
	await using beside = await startDestinations(healthyCount, trust);
	await using slow = await startDestinations(1, { ...trust, answerMs: slowMs });
	await using dead = await startDestinations(1, { ...trust, isDead: true });
	const alone = await prepare(one, calm, []);
	const accompanied = await prepare(other, beside, [...slow.names, ...dead.names]);
	const times = { alone: [] as number[], accompanied: [] as number[] };
	for (let run = 0; run <= runCount; run += 1) {
		const [quiet, loud] = [percentile(await alone(), 0.95), percentile(await accompanied(), 0.95)];
		// The first run warms up.
		if (run === 0) continue;
		times.alone.push(quiet);
		times.accompanied.push(loud);
		say(`slow-peer: p95 ${loud.toFixed(1)} ms, alone ${quiet.toFixed(1)} ms`);
	}
	const [before, after] = [median(times.alone), median(times.accompanied)];
	return [
		withoutTarget({ id: "slow-peer.alone.p95", value: before, unit: "ms" }),
		withoutTarget({ id: "slow-peer.others.p95", value: after, unit: "ms" }),
		atMost(largestRatio, { id: "slow-peer.others.ratio", value: after / before, unit: "×", note: "of being alone" }),
	];
};

const prepare = async (
	kith: KithHomeserver,
	healthy: SimulatedDestinations,
	others: readonly string[],
): Promise<Run> => {
	const owner: Person = await kith.register("owner");
	const roomId = await makeRoom(owner);
	await addMembers(kith.dataFolder, roomId, [...healthy.names, ...others]);
	await kith.stop();
	await kith.restart();
	return async () => {
		const samples: number[] = [];
		for (let sent = 0; sent < messageCount; sent += 1) {
			const body = `${messageBody} ${nextTransactionId()}.`;
			const startMs = performance.now();
			let left = healthy.names.length;
			const arrived = new Promise<void>((resolve) => {
				healthy.onTransaction = (transaction) => {
					if (!transaction.includes(body)) return;
					samples.push(performance.now() - startMs);
					left -= 1;
					if (left === 0) resolve();
				};
			});
			await owner.send(roomId, body);
			await Promise.race([arrived, delay(longestWaitMs)]);
			await delay(pauseMs);
		}
		if (samples.length < messageCount * healthy.names.length) throw new Error("messages did not arrive in time");
		return samples;
	};
};
