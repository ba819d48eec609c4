import type { StartRunInput } from "../../shared/wire/assistant.ts";
import { isAllowedAt, placeOf } from "../own-ollama/ai-place.ts";
import type { ChatRunInput } from "../own-ollama/own-message.ts";
import { knownOwnOllama, type OwnOllama, type OwnSettings, ownOllama } from "../own-ollama/own-settings.ts";
import { policyIn } from "../own-ollama/room-policies.ts";
import { failureOf } from "../trpc/errors.ts";
import type { RunMeans } from "./run-means.ts";
import type { RunProblem } from "./run-state.ts";
import { serverMeans } from "./server-means.ts";

/** The ways that there are; the tests' are others. */
interface Ways {
	readonly server: RunMeans;
	own(settings: OwnSettings): Promise<RunMeans<ChatRunInput>>;
	policyIn(roomId: string): Promise<Parameters<typeof isAllowedAt>[1]>;
}

const usualWays: Ways = {
	server: serverMeans,
	own: async (settings) => (await import("../own-ollama/own-means.ts")).ownMeans(settings),
	policyIn,
};

/**
 * The means that the person chose. It is decided once, as the run is asked for: what somebody said yes to for one place goes
 * to no other. What is about Kith itself is answered by the server, which has its documents.
 */
export function chosenMeans(ways: Ways = usualWays): RunMeans {
	const { server } = ways;
	let chosen: Omit<RunMeans, "start"> = server;
	const startAt = async (own: OwnOllama, input: StartRunInput): Promise<string> => {
		if (input.kind === "support" || input.kind === "command" || own.kind === "none") return server.start(input);
		const refusal = await refusalOf(own, input.roomId, ways);
		if (own.kind !== "set" || refusal !== undefined) {
			chosen = refusedMeans(refusal ?? { kind: "own", reason: "unreachable" });
			return "refused";
		}
		const means = await ways.own(own.settings);
		chosen = means;
		return means.start(input);
	};
	return {
		start: async (input) => {
			const own = ownOllama.get();
			return startAt(own.kind === "unread" ? await knownOwnOllama() : own, input);
		},
		follow: (...run) => chosen.follow(...run),
		cancel: (runId) => chosen.cancel(runId),
		later: (callback) => chosen.later(callback),
	};
}

/** The server refuses by itself what a room's people do not want: here the page does. */
async function refusalOf(own: OwnOllama, roomId: string, { policyIn: ask }: Ways): Promise<RunProblem | undefined> {
	try {
		const policy = await ask(roomId);
		return isAllowedAt(placeOf(own, ""), policy) ? undefined : { kind: "call", code: "assistant-off" };
	} catch (error) {
		return { kind: "call", code: failureOf(error).code };
	}
}

/** Nothing is given to anybody. Settings that do not open are not to be taken for having chosen the server, either. */
const refusedMeans = (why: RunProblem): Omit<RunMeans, "start"> => ({
	follow: (_, __, { onFailed }) => {
		onFailed(why);
		return () => undefined;
	},
	cancel: async () => undefined,
	later: () => undefined,
});
