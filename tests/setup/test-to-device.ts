import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { createToDeviceStore } from "../../src/server/adapters/prisma/keys/to-device-store.ts";
import type { Stream } from "../../src/server/stream/create-stream.ts";
import { createToDevice } from "../../src/server/to-device/public.ts";
import type { WireDeviceNews, WireStreamItem } from "../../src/shared/wire/sync.ts";
import { bare, createTestKeys, type SignedInDevice } from "./test-keys.ts";
import { testServerName } from "./test-rooms.ts";
import { openTestProcess } from "./test-stream.ts";

const eventually = { timeout: 10_000, interval: 10 };

/** The areas of keys and of messages to devices, with one process that follows the stream. */
export const createTestToDevice = async () => {
	const test = await createTestKeys();
	const { database, connectionString } = test;
	const process = await openTestProcess({ database, connectionString, [Symbol.asyncDispose]: async () => undefined });
	const toDevice = createToDevice({
		store: createToDeviceStore(database.pool),
		bus: test.bus,
		serverName: testServerName,
		clock: Date,
		newMessageId: () => randomBytes(18).toString("base64url"),
	});
	const { stream } = process;
	test.bus.subscribe(process.bus.publish);
	return {
		...test,
		...{ stream, toDevice, rooms: process.rooms },
		send: (
			from: SignedInDevice,
			to: readonly (readonly [UserId, string, object])[],
			{ type = "m.room.encrypted", transactionId = test.transactionId() } = {},
		) =>
			toDevice.send(from.viewer, {
				...{ type, transactionId },
				messages: to.map(([userId, deviceId, content]) => ({ userId, deviceId, content: bare(content) })),
			}),
		/** Everything that waits for a device, oldest first. */
		waiting: (device: SignedInDevice) =>
			test.rows<{ sender: string; type: string; content: string }>(
				`SELECT sender, type, content FROM to_device_messages WHERE user_id = $1 AND device_id = $2 ORDER BY stream_position`,
				[device.userId, device.deviceId],
			),
		/** Waits until the process has read all of the stream: what it reads later comes to followers in a step of its own. */
		caughtUp: async (device: SignedInDevice) => {
			const reached = async () => {
				const follower = followDevice(stream, device);
				await expect.poll(() => follower.items.length, eventually).toBeGreaterThan(0);
				follower.stop();
				return follower.items[0]?.position;
			};
			const head = () => test.rows<{ position: number }>("SELECT position FROM stream_head");
			await expect.poll(reached, eventually).toBe((await head())[0]?.position);
		},
		[Symbol.asyncDispose]: async () => {
			await process.close();
			await test[Symbol.asyncDispose]();
		},
	};
};

export interface DeviceFollower {
	readonly items: { readonly position: number; readonly item: WireStreamItem }[];
	/** What came for the device, in order. */
	news(): readonly WireDeviceNews[];
	/** The bodies of the messages to it. */
	bodies(): readonly unknown[];
	stop(): void;
}

/** Follows the stream as the client of a device does. */
export const followDevice = (
	stream: Stream,
	device: SignedInDevice,
	options: { readonly since?: number; readonly toDevicePosition?: number; readonly isDeaf?: boolean } = {},
): DeviceFollower => {
	const stopping = new AbortController();
	const items: { position: number; item: WireStreamItem }[] = [];
	const run = async (): Promise<void> => {
		const { userId, sessionId, deviceId } = device.viewer;
		const wanted = options.isDeaf === true ? {} : { deviceId, toDevicePosition: options.toDevicePosition };
		const subscription = { userId, sessionId, since: options.since, windowSize: 30, timelineLimit: 10, ...wanted };
		for await (const { position, item } of stream.subscribe({ ...subscription, signal: stopping.signal })) {
			if (item.kind !== "ephemeral") items.push({ position, item });
		}
	};
	void run();
	const news = () => items.flatMap(({ item }) => item.keys ?? []);
	return {
		items,
		news,
		bodies: () => news().flatMap(({ toDevice }) => toDevice.map(({ content }) => content["body"])),
		stop: () => stopping.abort(),
	};
};
