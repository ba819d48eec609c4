import { type OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { OutgoingLoop } from "./outgoing-loop.ts";
import { createTurns } from "./turns.ts";

export interface Claims {
	/** Makes sessions with these people's devices where there are none; with nobody's: anew where one does not work. */
	claim(userIds: readonly string[]): Promise<void>;
}

/** Two claims under way would take two keys of a device where one is enough. */
export const createClaims = (
	machine: Pick<OlmMachine, "getMissingSessions">,
	loop: Pick<OutgoingLoop, "send">,
): Claims => {
	const turns = createTurns();
	return {
		claim: (userIds) =>
			turns.inTurn("", async () => {
				const request = await machine.getMissingSessions(userIds.map((userId) => new UserId(userId)));
				if (request) await loop.send(request);
			}),
	};
};
