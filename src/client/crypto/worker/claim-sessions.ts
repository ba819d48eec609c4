import { type OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { groupBy } from "../../../shared/group-by.ts";
import { type OutgoingLoop, serverOf } from "./outgoing-loop.ts";
import { createTurns } from "./turns.ts";

export interface Claims {
	/**
	 * Makes sessions with these people's devices where there are none; with nobody's: anew where one does not work. `complete`:
	 * none was missing, and nobody had to be left out.
	 */
	claim(userIds: readonly string[]): Promise<"complete" | "asked">;
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
				let isComplete = asked.length === userIds.length;
				if (userIds.length > 0 && asked.length === 0) return "asked";
				for (const people of byServer(asked).flatMap(inParts)) {
					const request = await machine.getMissingSessions(people.map((userId) => new UserId(userId)));
					if (!request) continue;
					isComplete = false;
					await loop.send(request);
				}
				return isComplete ? "complete" : "asked";
			}),
	};
};

/** For so many at once: a server refuses a question about everybody of a large room. */
const mostAtOnce = 250;

const inParts = (userIds: readonly string[]): readonly (readonly string[])[] => {
	const count = Math.max(1, Math.ceil(userIds.length / mostAtOnce));
	return Array.from({ length: count }, (_, at) => userIds.slice(at * mostAtOnce, (at + 1) * mostAtOnce));
};

const byServer = (userIds: readonly string[]): readonly (readonly string[])[] =>
	userIds.length === 0 ? [[]] : [...groupBy(userIds, serverOf).values()];
