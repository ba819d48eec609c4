import { type OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { OutgoingLoop } from "./outgoing-loop.ts";

/** Whose devices the machine follows: who sent something has to be among them before it is opened. */
export const createSenderBook = (
	machine: Pick<OlmMachine, "trackedUsers" | "updateTrackedUsers">,
	loop: Pick<OutgoingLoop, "run">,
) => {
	let known: Promise<Set<string>> | undefined;
	const readKnown = async (): Promise<Set<string>> =>
		new Set([...(await machine.trackedUsers())].map((userId) => userId.toString()));
	return {
		/** Asks for the devices of those who are new. Nobody waits for a server that does not answer: the next key tries again. */
		know: async (userIds: readonly string[]): Promise<void> => {
			known ??= readKnown();
			const followed = await known;
			const strangers = [...new Set(userIds)].filter((userId) => !followed.has(userId));
			if (strangers.length === 0) return;
			for (const userId of strangers) followed.add(userId);
			await machine.updateTrackedUsers(strangers.map((userId) => new UserId(userId)));
			await loop.run();
		},
	};
};
