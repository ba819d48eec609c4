import { DecryptionErrorCode } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { WireDeviceNews } from "../../../src/shared/wire/sync.ts";
import type { SoakDatabase } from "../../simulation/federation/soak-databases.ts";
import type { CryptoServer } from "../crypto-client.ts";
import { type Forgeable, type Forgeries, withForgeries } from "../hostile-server.ts";
import { openCryptoWorld } from "./crypto-world.ts";
import type { EncryptedEvent, EngineDevice } from "./world-device.ts";

/** Ann and Bob in an encrypted group; Ann's server lies as it is told to, from the moment on that there are forgeries. */
export const openLiedToPair = async (disk: SoakDatabase) => {
	const world = await openCryptoWorld([disk]);
	const lies: { current: Forgeries } = { current: {} };
	const between = (server: CryptoServer): CryptoServer =>
		withForgeries(server, {
			query: (answer) => lies.current.query?.(answer),
			claim: (answer) => lies.current.claim?.(answer),
			send: (message) => (lies.current.send === undefined ? message : lies.current.send(message)),
		});
	const anns = await world.engine(await world.addPerson("ann"), "ANNS", { between });
	const bobs = await world.engine(await world.addPerson("bob"), "BOBS");
	await anns.bootstrap();
	await bobs.bootstrap();
	const roomId = await world.createRoom(anns, [bobs]);
	return { world, lies, anns, bobs, roomId, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
};

/** Lies so from now on. Answers the devices of a person that get something encrypted meanwhile. */
export const watchSending = (lies: { current: Forgeries }, userId: string, forgeries: Forgeries): readonly string[] => {
	const sent: string[] = [];
	lies.current = {
		...forgeries,
		send: (message) => {
			const { messages } = message.body as Forgeable;
			if (message.event_type === "m.room.encrypted") sent.push(...Object.keys(messages[userId] ?? {}));
			return message;
		},
	};
	return sent;
};

/** Why the engine does not read it; undefined: it reads it. */
export const refusal = async (device: EngineDevice, event: EncryptedEvent): Promise<string | undefined> =>
	device.open(event).then(
		() => undefined,
		(error: { code?: DecryptionErrorCode }) => DecryptionErrorCode[error.code ?? -1] ?? String(error),
	);

/** The one encrypted event of a room. */
export const onlyEvent = async (device: EngineDevice, roomId: string): Promise<EncryptedEvent> => {
	const [event, ...more] = await device.eventsOf(roomId);
	if (event === undefined || more.length > 0) throw new Error("one event was expected");
	return event;
};

/** What waits for a device, which does not get it the ordinary way. */
export const waitingFor = async (device: EngineDevice): Promise<WireDeviceNews> => {
	const [first] = await device.look();
	if (first === undefined) throw new Error("nothing waits");
	return first;
};

/** Nothing is new. */
export const noNews: WireDeviceNews = {
	...{ toDevice: [], changed: [], left: [], unusedFallbackKeys: ["signed_curve25519"] },
	oneTimeKeyCounts: { signed_curve25519: 50 },
};
