import { DeviceId, DeviceLists, type OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import fc from "fast-check";
import { createEngine, type Engine } from "./engine-client.ts";
import { createLibolmClient, type LibolmClient } from "./libolm-client/libolm-client.ts";
import type { OlmContent } from "./libolm-client/olm-channels.ts";
import { decodeUnpadded, encodeUnpadded } from "./libolm-client/unpadded.ts";
import { createMemoryServer } from "./memory-server.ts";

export const ann = "@ann:kith.test";
export const bob = "@bob:kith.test";
export const roomId = "!room:kith.test";

/** Ann on the engine and Bob on libolm, who know each other's devices; each person's identity vouches for the device. */
export const openTwoImplementations = async () => {
	const server = createMemoryServer();
	const engine = await createEngine({ userId: ann, deviceId: "ENGINE" }, server.serverOf(ann, "ENGINE"));
	const libolm = createLibolmClient({ userId: bob, deviceId: "LIBOLM" }, server.serverOf(bob, "LIBOLM"));
	await engine.bootstrap();
	await libolm.bootstrap();
	await engine.track([bob]);
	await libolm.track([ann]);
	return {
		...{ server, engine, libolm },
		/** Gives both what waits for them. */
		sync: async (): Promise<void> => {
			await engine.receive(server.newsFor(ann, "ENGINE"));
			await libolm.receive(server.newsFor(bob, "LIBOLM"));
		},
	};
};

/** A message to Bob's device, encrypted by the engine. */
export const encryptByEngine = async ({ machine, send }: Engine, words: string): Promise<OlmContent> => {
	const claim = await machine.getMissingSessions([new UserId(bob)]);
	if (claim) await send(claim);
	const device = await machine.getDevice(new UserId(bob), new DeviceId("LIBOLM"));
	if (device === undefined) throw new Error("the device is not known");
	return JSON.parse(await device.encryptToDeviceEvent("test.words", { words }));
};

/** What the engine reads in a message from Bob's device; undefined: nothing. */
export const readByEngine = async (machine: OlmMachine, content: OlmContent): Promise<unknown> => {
	const events = JSON.stringify([{ sender: bob, type: "m.room.encrypted", content }]);
	const enough = new Map([["signed_curve25519", 50]]);
	const read = await machine.receiveSyncChanges(events, new DeviceLists(), enough, new Set(["signed_curve25519"]));
	const event = JSON.parse(read[0]?.rawEvent ?? "{}");
	return event.type === "test.words" ? event.content.words : undefined;
};

/** A message to Ann's device, encrypted by libolm. */
export const encryptByLibolm = async (libolm: LibolmClient, words: string): Promise<OlmContent> => {
	const [device] = libolm.devices.trustedOf([ann]);
	if (device === undefined) throw new Error("the device is not known");
	if (!libolm.channels.has(device)) await libolm.beginWith([device]);
	return libolm.channels.encrypt(device, "test.words", { words });
};

/** What libolm reads in a message from Ann's device; undefined: nothing. */
export const readByLibolm = (libolm: LibolmClient, content: OlmContent): unknown => {
	try {
		return libolm.channels.decrypt(ann, content).content["words"];
	} catch {
		return undefined;
	}
};

/** Words of every kind, as JSON and UTF-8 carry them. */
export const anyWords = fc.string({ unit: "grapheme", maxLength: 200 });

/** A place of some bytes, and another value for the byte there. */
export const anyAlteration = fc.record({ place: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) });

/** The same bytes but one, in unpadded base64. */
export const altered = (text: string, { place, bits }: { readonly place: number; readonly bits: number }): string => {
	const bytes = decodeUnpadded(text);
	const at = place % bytes.length;
	bytes[at] = (bytes[at] ?? 0) ^ bits;
	return encodeUnpadded(bytes);
};

/** The only ciphertext of a message to a device, altered. */
export const alteredOlm = (content: OlmContent, alteration: Parameters<typeof altered>[1]): OlmContent => ({
	...content,
	ciphertext: Object.fromEntries(
		Object.entries(content.ciphertext).map(([key, { type, body }]) => [key, { type, body: altered(body, alteration) }]),
	),
});

/** Of which kind the message is: 0 begins a session. */
export const kindOf = (content: OlmContent): number | undefined => Object.values(content.ciphertext)[0]?.type;
