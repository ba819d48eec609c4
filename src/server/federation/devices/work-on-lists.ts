import { readDeviceList } from "../../../../federation/device-keys/remote-devices.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import { backoffMs } from "../../../../federation/transport/backoff.ts";
import { createWaker } from "../../../shared/waker.ts";
import { abortablePeers } from "../abortable-peers.ts";
import { createSlots } from "../delivery/slots.ts";
import type { DevicesDependencies } from "./devices-dependencies.ts";
import type { DueList } from "./ports.ts";
import { askTimeoutMs, maxAnswerBytes } from "./query-remote-keys.ts";

/** Brings lists of devices of which something was missed; one process of a database does it at a time. */
export interface ListWork {
	/** Works until the signal. */
	run(signal: AbortSignal): Promise<void>;
	wake(): void;
}

const listsAtOnce = 10;
const listsPerStep = 100;
const longestSleepMs = 30_000;
const restMs = 500;
const retryShape = { firstMs: 2_000, longestMs: 3_600_000 };
/** About half a day. */
const mostAttempts = 20;
/** From then on: who wants to know meanwhile is told what was last known, and must hear once that is something else. */
const rareTryMs = 86_400_000;

export const createListWork = (dependencies: DevicesDependencies): ListWork => {
	const { remoteDevices, clock, bus, log } = dependencies;
	const waker = createWaker();
	const step = async (asking: DevicesDependencies, signal: AbortSignal): Promise<void> => {
		const slots = createSlots(listsAtOnce);
		const due = await remoteDevices.due(clock.now(), listsPerStep);
		await Promise.all(due.map((list) => slots.within(() => bringList(asking, list, signal))));
		if (due.length === 0 || signal.aborted) return;
		bus.publish({ kind: "stream", position: await dependencies.streamPosition() });
		if (due.length === listsPerStep) waker.wake();
	};
	return {
		wake: waker.wake,
		run: async (signal) => {
			const settleSharing = createSharingWork(dependencies);
			// Once for all lists: whoever waits for the signal does so until it comes.
			const asking = { ...dependencies, peers: abortablePeers(dependencies.peers, signal) };
			const work = async (): Promise<void> => {
				await settleSharing();
				await step(asking, signal);
			};
			while (!signal.aborted) {
				await work().catch((err: unknown) => log.warn({ err }, "lists of devices could not be brought"));
				// Whatever is said anywhere wakes it.
				await new Promise((resolve) => setTimeout(resolve, restMs));
				await waker.sleep(longestSleepMs, signal);
			}
		},
	};
};

/** So much of the stream may be looked through again after a restart. */
const notedEvery = 1_000;

/** Follows who comes into rooms and leaves them, from where it ended, whatever was restarted. */
const createSharingWork = ({
	remoteDevices,
	bus,
	streamPosition,
}: Pick<DevicesDependencies, "remoteDevices" | "bus" | "streamPosition">): (() => Promise<void>) => {
	let settled: number | undefined;
	let noted = Number.NEGATIVE_INFINITY;
	return async () => {
		const to = await streamPosition();
		settled ??= await remoteDevices.settledUpTo();
		const from = settled ?? to;
		let toldCount = 0;
		if (to > from) {
			await remoteDevices.forgetParted({ from, to });
			toldCount = await remoteDevices.tellNewServers({ from, to });
		}
		if (toldCount > 0 || to - noted >= notedEvery) {
			await remoteDevices.noteSettled(to);
			noted = to;
		}
		settled = to;
		if (toldCount > 0) bus.publish({ kind: "federation" });
	};
};

const bringList = async (dependencies: DevicesDependencies, list: DueList, signal: AbortSignal): Promise<void> => {
	const { remoteDevices, peers, verifier, clock, random, log } = dependencies;
	const { userId, misses, attempts } = list;
	if (signal.aborted) return;
	const answer = await peers.request(userIdServer(userId), {
		...{ method: "GET", uri: `/_matrix/federation/v1/user/devices/${encodeURIComponent(userId)}` },
		...{ maxAnswerBytes, timeoutMs: askTimeoutMs },
	});
	if (signal.aborted) return;
	const read = answer.kind === "answered" ? readDeviceList(answer.content, { userId, verifier }) : undefined;
	if (read !== undefined) {
		await remoteDevices.putList(userId, {
			...{ streamId: read.streamId, misses },
			devices: read.devices.map(({ deviceId, json }) => ({ deviceId, json: encodeCanonicalJson(json) })),
			crossSigning: read.crossSigning.map(({ usage, json }) => ({ usage, json: encodeCanonicalJson(json) })),
		});
		return;
	}
	if (attempts + 1 < mostAttempts) {
		await remoteDevices.failed(userId, clock.now() + backoffMs(attempts + 1, retryShape, random()));
		return;
	}
	log.warn({ peer: userIdServer(userId) }, "a list of devices could not be had for long");
	if ((await remoteDevices.sharing([userId])).has(userId)) await remoteDevices.failed(userId, clock.now() + rareTryMs);
	else await remoteDevices.forget(userId);
};
