import type { Homeserver, Person } from "../../../interop/homeserver.ts";
import { startTestKiths } from "../../../interop/test-kith.ts";
import { addPeople } from "../../../server-process/add-people.ts";
import { createHttpCaller } from "../../../server-process/http-caller.ts";
import { runCount } from "../../bench-context.ts";
import { atLeast, atMost, type Figure, withoutTarget } from "../../figure.ts";
import { inParallel, median, range } from "../../statistics.ts";
import type { FederationContext } from "../federation-context.ts";
import { makeRoom } from "../shared-room.ts";

const memberCount = 2000;
const lanes = 8;
const usableMs = 500;
const leastRatio = 5;

interface Joined {
	/** Until the join was answered: the room can be read and written. */
	readonly usable: number;
	/** Until every member is known. */
	readonly complete: number;
}

/** Somebody of another server joins a room of two thousand people. */
export const benchLargeJoin = async ({ trust, synapses, say }: FederationContext): Promise<readonly Figure[]> => {
	const runs: { readonly ours: Joined; readonly theirs: Joined | undefined }[] = [];
	for (let run = 0; run < runCount; run += 1) {
		await using kiths = await startTestKiths(2, { roomVersion: "12", peers: trust });
		const [host, guest] = kiths.all;
		if (host === undefined || guest === undefined) throw new Error("two servers were asked for");
		const owner = await host.register("owner");
		const roomId = await makeRoom(owner);
		const people = await addPeople(
			host.dataFolder,
			range(memberCount - 1).map((index) => `member${index}`),
			{ isSecure: true },
		);
		await inParallel(people, lanes, async ({ cookie }) => {
			const caller = createHttpCaller(`https://${host.name}`, cookie, host.ca);
			await caller.mutate("rooms.join", { room: roomId });
			caller.close();
		});
		const ours = await join(await guest.register("guest"), roomId, host);
		const synapse = synapses?.[0];
		const theirs = synapse === undefined ? undefined : await join(await synapse.register("guest"), roomId, host);
		say(
			`join.large: ${ours.usable.toFixed(0)} and ${ours.complete.toFixed(0)} ms; Synapse ${theirs?.complete.toFixed(0) ?? "-"} ms`,
		);
		runs.push({ ours, theirs });
	}
	const complete = median(runs.map(({ ours }) => ours.complete));
	const figures = [
		atMost(usableMs, { id: "join.large.usable", value: median(runs.map(({ ours }) => ours.usable)), unit: "ms" }),
		withoutTarget({ id: "join.large.complete", value: complete, unit: "ms" }),
	];
	const peer = runs.flatMap(({ theirs }) => (theirs === undefined ? [] : [theirs.complete]));
	if (peer.length === 0) return figures;
	const ratio = median(peer) / complete;
	return [
		...figures,
		withoutTarget({ id: "join.large.peer", value: median(peer), unit: "ms", note: "Synapse" }),
		atLeast(leastRatio, { id: "join.large.ratio", value: ratio, unit: "×", note: "Synapse takes longer" }),
	];
};

const join = async (guest: Person, roomId: string, via: Homeserver): Promise<Joined> => {
	const startMs = performance.now();
	await guest.join(roomId, [via.name]);
	const usable = performance.now() - startMs;
	while ((await guest.members(roomId)).size < memberCount) {
		// Asks again at once: what is measured is until the answer is whole.
	}
	return { usable, complete: performance.now() - startMs };
};
