import { type OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { groupBy } from "../../../shared/group-by.ts";
import { type OutgoingLoop, serverOf } from "./outgoing-loop.ts";
import { createTurns } from "./turns.ts";

export interface Claims {
	/** Makes sessions with these people's devices where there are none; with nobody's: anew where one does not work. */
	claim(userIds: readonly string[]): Promise<void>;
}

/** Two claims under way would take two keys of a device where one is enough. */
export const createClaims = (
	machine: Pick<OlmMachine, "getMissingSessions">,
	loop: Pick<OutgoingLoop, "send" | "isSilent">,
): Claims => {
	const turns = createTurns();
	return {
		claim: (userIds) =>
			turns.inTurn("", async () => {
				// Server by server: the answer of one that is away is not counted, and must not take others with it.
				// Nor is one asked that did not say a moment ago what devices there are: the machine would wait five seconds for it,
				// and for each of its people, before every message.
				const asked = userIds.filter((userId) => !loop.isSilent(serverOf(userId)));
				if (userIds.length > 0 && asked.length === 0) return;
				for (const people of byServer(asked)) {
					const request = await machine.getMissingSessions(people.map((userId) => new UserId(userId)));
					if (request) await loop.send(request);
				}
			}),
	};
};

const byServer = (userIds: readonly string[]): readonly (readonly string[])[] =>
	userIds.length === 0 ? [[]] : [...groupBy(userIds, serverOf).values()];
