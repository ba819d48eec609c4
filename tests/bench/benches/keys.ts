import { setTimeout as delay } from "node:timers/promises";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { testDevice } from "../../../federation/testing/device-factory.ts";
import type { ApiCaller } from "../../server-process/api-caller.ts";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import type { BenchContext } from "../bench-context.ts";
import { startBenchServer } from "../bench-server.ts";
import { type Figure, withoutTarget } from "../figure.ts";
import { messageBody, nextTransactionId } from "../message.ts";
import { median } from "../statistics.ts";
import { subscribeAll } from "../subscribe-all.ts";

const deviceCount = 1000;
const times = 15;

/**
 * What is told for crypto engines, in a room of 1,000 whose devices are all connected, until the last of them has it: a
 * message (which holds nothing for engines), a change of somebody's device, and the key of a room for each of them.
 */
export async function benchKeys({ say }: BenchContext): Promise<readonly Figure[]> {
	await using server = await startBenchServer();
	say(`keys: a room of ${deviceCount} and as many devices with an engine`);
	const people = await server.people(deviceCount);
	const roomId = await server.makeRoom(people);
	const [first] = people;
	if (first === undefined) throw new Error("nobody is there");
	const sockets = await server.openSockets(people);
	const listeners = { onFrame: (_frame: string): void => undefined };
	await subscribeAll(sockets, (frame) => listeners.onFrame(frame), { keys: {} });
	const caller = createHttpCaller(server.process.origin, first.cookie);
	/** How long it takes until each of them has a frame with this in it. */
	const until = async (marker: string, count: number, act: () => Promise<unknown>): Promise<number> => {
		let missing = count;
		const startMs = performance.now();
		const everybody = new Promise<number>((resolve) => {
			listeners.onFrame = (frame) => {
				if (!frame.includes(marker)) return;
				missing -= 1;
				if (missing === 0) resolve(performance.now() - startMs);
			};
		});
		await act();
		return everybody;
	};
	const figures: Figure[] = [];
	const measure = async (id: string, one: (index: number) => Promise<number>): Promise<void> => {
		const taken: number[] = [];
		for (let index = 0; index < times; index += 1) {
			taken.push(await one(index));
			await delay(300);
		}
		say(`keys: ${id} p50 ${median(taken).toFixed(0)} ms`);
		figures.push(withoutTarget({ id: `keys.${id}.p50`, value: median(taken), unit: "ms" }));
	};
	await measure("message", () => {
		const body = `${messageBody} ${nextTransactionId()}`;
		return until(body, deviceCount, () =>
			caller.mutate("messages.send", { roomId, transactionId: nextTransactionId(), body }),
		);
	});
	const device = testDevice(first.userId as UserId, await deviceOf(caller));
	await measure("change", (index) =>
		until(`"changed":["${first.userId}"]`, deviceCount, () =>
			caller.mutate("keys.upload", { device_keys: device.keys({ turn: index }) }),
		),
	);
	await measure("room-key", () => {
		const marker = nextTransactionId();
		const messages = Object.fromEntries(people.map(({ userId }) => [userId, { "*": { marker } }]));
		return until(marker, deviceCount, () =>
			caller.mutate("toDevice.send", { event_type: "m.room.encrypted", txn_id: marker, messages }),
		);
	});
	for (const socket of sockets) socket.close();
	return figures;
}

async function deviceOf(caller: ApiCaller): Promise<string> {
	const { items } = (await caller.query("accounts.devices")) as { items: readonly { readonly deviceId: string }[] };
	const [device] = items;
	if (device === undefined) throw new Error("no device is signed in");
	return device.deviceId;
}
