/**
 * The device that a person leaves asleep on their server: it gets the keys of messages while no other device of theirs is
 * there, and a device that has the person's secrets wakes it and takes the keys out. What it sleeps under is one of those
 * secrets. Source: MSC3814, "Dehydrated devices".
 */
import {
	DehydratedDeviceKey,
	type DehydratedDevices,
	DeviceId,
	type OlmMachine,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import { decodeBase64 } from "../../../../../federation/json/base64.ts";
import { partMessages } from "../part-messages.ts";
import type { Recovery, SleepingDevice } from "./ports.ts";

type Machine = Pick<Recovery, "machine">;

/** Has the machine keep what the sleeping device is sealed under, if that is what the secret is. */
export async function keepSleepKey({ machine }: Machine, secret: string): Promise<boolean> {
	const key = sleepKeyIn(secret);
	if (key === undefined) return false;
	await within(machine, (devices) => devices.saveDehydratedDeviceKey(key));
	return true;
}

/** Makes such a key where this device has none. */
export async function ensureSleepKey({ machine }: Machine): Promise<void> {
	await within(machine, async (devices) => {
		using known = await devices.getDehydratedDeviceKey();
		if (known === undefined) await devices.saveDehydratedDeviceKey(DehydratedDeviceKey.createRandomKey());
	});
}

/** In base64; undefined: this device has none. */
export async function readSleepKey({ machine }: Machine): Promise<string | undefined> {
	return within(machine, async (devices) => {
		using known = await devices.getDehydratedDeviceKey();
		return known?.toBase64();
	});
}

export async function forgetSleepKey({ machine }: Machine): Promise<void> {
	await within(machine, (devices) => devices.deleteDehydratedDeviceKey());
}

/**
 * Takes over every key that the sleeping device got, oldest first. False: it sleeps under another key. What was taken
 * stays when the rest fails, and may come again.
 */
export async function wakeDevice(
	{ machine, server }: Pick<Recovery, "machine" | "server">,
	{ device_id, device_data }: SleepingDevice,
	/** Whoever sent something is known before a key of theirs is taken in. */
	know: (userIds: readonly string[]) => Promise<void>,
): Promise<boolean> {
	return within(machine, async (devices) => {
		using key = await devices.getDehydratedDeviceKey();
		if (key === undefined) return false;
		const woken = await devices
			.rehydrate(key, new DeviceId(device_id), JSON.stringify(device_data))
			.catch(() => undefined);
		if (woken === undefined) return false;
		try {
			for (let next: string | undefined; ; ) {
				const page = await server.sleepingDeviceEvents({
					device_id,
					...(next === undefined ? {} : { next_batch: next }),
				});
				if (page.events.length === 0) return true;
				await know(page.events.map(({ sender }) => sender));
				for (const part of partMessages(page.events)) {
					for (const info of await woken.receiveEvents(JSON.stringify(part))) info.free();
				}
				next = page.next_batch;
			}
		} finally {
			woken.free();
		}
	});
}

/** Leaves a fresh one, in place of the one before. The machine must have the key and the person's self-signing key. */
export async function leaveDevice({ machine, server }: Pick<Recovery, "machine" | "server">): Promise<void> {
	await within(machine, async (devices) => {
		const key = await devices.getDehydratedDeviceKey();
		if (key === undefined) return;
		using device = await devices.create();
		using request = await device.keysForUpload(displayName, key);
		await server.putSleepingDevice(JSON.parse(request.body));
	});
}

const displayName = "Asleep";

/** 32 bytes. */
function sleepKeyIn(secret: string): DehydratedDeviceKey | undefined {
	const bytes = decodeBase64(secret);
	if (bytes?.length !== 32) return undefined;
	try {
		return DehydratedDeviceKey.createKeyFromArray(bytes);
	} finally {
		bytes.fill(0);
	}
}

async function within<T>(machine: OlmMachine, work: (devices: DehydratedDevices) => Promise<T>): Promise<T> {
	using devices = machine.dehydratedDevices();
	return await work(devices);
}
