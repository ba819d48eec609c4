import { setTimeout as delay } from "node:timers/promises";
import type { Homeserver, Person } from "../../../interop/homeserver.ts";
import { startTestKiths } from "../../../interop/test-kith.ts";
import { runCount } from "../../bench-context.ts";
import { atMost, type Figure, withoutTarget } from "../../figure.ts";
import { messageBody, nextTransactionId } from "../../message.ts";
import { median } from "../../statistics.ts";
import type { FederationContext } from "../federation-context.ts";
import { joinFromAfar, makeRoom } from "../shared-room.ts";

const messageCount = 40;
const pauseMs = 50;
const largestRatio = 0.15;

/** Sends one message, and resolves with the milliseconds until the other server's client has it. */
type SendOne = () => Promise<number>;

/** One message at a time between two idle servers: until a client of the other one has it. */
export const benchRemoteSend = async ({ trust, synapses, say }: FederationContext): Promise<readonly Figure[]> => {
	await using kiths = await startTestKiths(2, { roomVersion: "12", peers: trust });
	const [one, other] = kiths.all;
	if (one === undefined || other === undefined) throw new Error("two servers were asked for");
	const ours = await prepare(one, other);
	const theirs = synapses === undefined ? undefined : await prepare(...synapses);
	const times = { ours: [] as number[], theirs: [] as number[] };
	for (let run = 0; run <= runCount; run += 1) {
		const [own, peer] = [await measure(ours.send), theirs === undefined ? undefined : await measure(theirs.send)];
		// The first run warms up.
		if (run === 0) continue;
		times.ours.push(own);
		if (peer !== undefined) times.theirs.push(peer);
		say(`remote.send: ${own.toFixed(1)} ms${peer === undefined ? "" : `, Synapse ${peer.toFixed(1)} ms`}`);
	}
	ours.stop();
	theirs?.stop();
	const figure = withoutTarget({ id: "remote.send.p50", value: median(times.ours), unit: "ms" });
	if (theirs === undefined) return [figure];
	const peer = median(times.theirs);
	return [
		figure,
		withoutTarget({ id: "remote.send.peer-p50", value: peer, unit: "ms", note: "Synapse" }),
		atMost(largestRatio, { id: "remote.send.ratio", value: median(times.ours) / peer, unit: "×", note: "of Synapse" }),
	];
};

const measure = async (send: SendOne): Promise<number> => {
	const samples: number[] = [];
	for (let sent = 0; sent < messageCount; sent += 1) {
		samples.push(await send());
		await delay(pauseMs);
	}
	return median(samples);
};

const prepare = async (
	one: Homeserver,
	other: Homeserver,
): Promise<{ readonly send: SendOne; readonly stop: () => void }> => {
	const [sender, receiver]: readonly [Person, Person] = [
		await one.register("sender"),
		await other.register("receiver"),
	];
	const roomId = await makeRoom(sender);
	await joinFromAfar(sender, receiver, { id: roomId, via: one });
	let onText: (text: string) => void = () => undefined;
	const stop = await receiver.listen((text) => onText(text));
	const send = async (): Promise<number> => {
		const body = `${messageBody} ${nextTransactionId()}.`;
		const startMs = performance.now();
		const received = new Promise<number>((resolve) => {
			onText = (text) => {
				if (text.includes(body)) resolve(performance.now() - startMs);
			};
		});
		await sender.send(roomId, body);
		return received;
	};
	return { send, stop };
};
