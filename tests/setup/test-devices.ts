import { randomBytes } from "node:crypto";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { createToDeviceStore } from "../../src/server/adapters/prisma/keys/to-device-store.ts";
import { createToDevice } from "../../src/server/to-device/public.ts";
import { bare, keysOn, plain, type SignedInDevice, signIn } from "./test-keys.ts";
import type { TestNetwork, TestServer } from "./test-server.ts";
import { createTestNetwork, createTestServer } from "./test-server.ts";

/** The areas of keys and messages to devices of one server of a network. */
export const devicesOf = (server: TestServer) => {
	const { database, bus, name } = server;
	const keys = keysOn(database, { bus, serverName: name, remote: server.remoteKeys });
	const toDevice = createToDevice({
		...{ store: createToDeviceStore(database.pool), bus, serverName: name, clock: Date },
		newMessageId: () => randomBytes(18).toString("base64url"),
	});
	return {
		keys,
		device: async (userId: UserId, deviceId: string): Promise<SignedInDevice> => {
			const device = await signIn(database, userId, deviceId);
			await keys.upload(device.viewer, { deviceKeys: device.keys() });
			return device;
		},
		send: (from: SignedInDevice, to: readonly (readonly [UserId, string, object])[], type = "m.room.encrypted") =>
			toDevice.send(from.viewer, {
				...{ type, transactionId: server.transactionId() },
				messages: to.map(([userId, deviceId, content]) => ({ userId, deviceId, content: bare(content) })),
			}),
		/** The names of a person's devices, and servers that gave no answer. */
		names: async (askerId: UserId, userId: UserId) => {
			const answer = await keys.query(askerId, new Map([[userId, []]]));
			const devices = plain(answer.deviceKeys)[userId];
			return { names: devices === undefined ? undefined : Object.keys(devices as object), failures: answer.failures };
		},
		bodies: async (device: SignedInDevice) =>
			(
				await server.rows<{ content: string }>(
					"SELECT content FROM to_device_messages WHERE user_id = $1 AND device_id = $2 ORDER BY stream_position",
					[device.userId, device.deviceId],
				)
			).map(({ content }) => JSON.parse(content).body as unknown),
	};
};

/** Two servers with a room that ann of the first and bob of the second are in. */
export const openDevicePair = async (network: TestNetwork = createTestNetwork()) => {
	const one = await createTestServer("one.example", { network });
	const two = await createTestServer("two.example", { network });
	const ann = await one.addPerson("ann");
	const bob = await two.addPerson("bob");
	const roomId = await one.rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [] });
	await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
	await two.join(bob, roomId, { resident: one });
	return {
		...{ network, one, two, ann, bob, roomId, ones: devicesOf(one), twos: devicesOf(two) },
		[Symbol.asyncDispose]: async () => {
			await one[Symbol.asyncDispose]();
			await two[Symbol.asyncDispose]();
		},
	};
};
