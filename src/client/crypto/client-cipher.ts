import { untilFetched } from "../../shared/until-fetched.ts";
import { clientEngine } from "./client-engine.ts";
import { engineState } from "./engine-state.ts";
import type { MessageCipher } from "./message-cipher.ts";
import { recipientsOf } from "./room-recipients.ts";

/** The cipher of this page. What does the work is fetched with the first thing that is sealed. */
export const clientCipher: MessageCipher = {
	isReady: () => engineState.get().kind === "ready",
	prepare: async (room) => (await engineCipher()).prepare(room),
	encrypt: async (outgoing) => (await engineCipher()).encrypt(outgoing),
	decrypt: async (batch) =>
		batch.some(({ event }) => event.type === "m.room.encrypted" || event.encryptedEdit !== undefined)
			? (await engineCipher()).decrypt(batch)
			: batch.map(({ event }) => event),
};

let cipher: Promise<MessageCipher> | undefined;

function engineCipher(): Promise<MessageCipher> {
	cipher ??= untilFetched(() => import("./engine-cipher.ts")).then(({ createEngineCipher }) =>
		createEngineCipher({ engine: clientEngine, state: () => engineState.get().kind, recipients: recipientsOf }),
	);
	return cipher;
}
