import { type BenchContext, runCount } from "../bench-context.ts";
import { startBenchServer } from "../bench-server.ts";
import { atMost, type Figure } from "../figure.ts";
import { nextTransactionId } from "../message.ts";
import { median, range, timed } from "../statistics.ts";

const roundCount = 30;
const slowestCreateMs = 30;
const slowestJoinMs = 15;

/** On an idle server, one at a time: making a group with two guests, and joining a public room of this server. */
export async function benchRoom({ say }: BenchContext): Promise<readonly Figure[]> {
	await using server = await startBenchServer();
	const people = await server.people(roundCount + 3);
	const sockets = await server.openSockets(people);
	const [owner] = sockets;
	const inviteeIds = people.slice(1, 3).map(({ userId }) => userId);
	const runs: { create: number; join: number }[] = [];
	for (let run = 0; run <= runCount; run += 1) {
		const creates: number[] = [];
		const joins: number[] = [];
		const publicRoom = await server.makeRoom(people.slice(0, 1));
		for (const round of range(roundCount)) {
			const input = { transactionId: nextTransactionId(), kind: "group", name: `Group ${round}`, inviteeIds };
			creates.push(await timed(async () => owner?.mutate("rooms.create", input)));
			joins.push(await timed(async () => sockets[round + 3]?.mutate("rooms.join", { room: publicRoom })));
		}
		const times = { create: median(creates), join: median(joins) };
		// The first run warms up.
		if (run > 0) runs.push(times);
		say(`room: created in ${times.create.toFixed(1)} ms, joined in ${times.join.toFixed(1)} ms`);
	}
	for (const socket of sockets) socket.close();
	return [
		atMost(slowestCreateMs, { id: "room.create", value: median(runs.map(({ create }) => create)), unit: "ms" }),
		atMost(slowestJoinMs, { id: "room.join", value: median(runs.map(({ join }) => join)), unit: "ms" }),
	];
}
