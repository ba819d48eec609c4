import { RunFailed } from "../../../shared/assistant/run-failed.ts";
import type { NearAddress } from "../../../shared/near-address.ts";
import { listModels, versionOf } from "../../../shared/ollama/check-models.ts";
import type { OwnCheck, OwnProblem } from "../own-message.ts";
import type { OwnHost } from "./own-host.ts";

interface Place {
	readonly reach: NearAddress["reach"];
	readonly isSecurePage: boolean;
	readonly only?: readonly string[];
}

/** Looks whether an Ollama can be used from here, with which models, and if not, why. */
export const checkHost = async (host: OwnHost, place: Place): Promise<OwnCheck> => {
	try {
		const version = versionOf(await host.version());
		const models = await listModels(host, place.only);
		if (!models.some(({ canChat }) => canChat)) return { kind: "problem", problem: "no-models" };
		return { kind: "found", version, models };
	} catch (error) {
		const isSilent = error instanceof RunFailed && (error.reason === "unreachable" || error.reason === "timed-out");
		return { kind: "problem", problem: isSilent ? await silenceOf(host, place) : "not-ollama" };
	}
};

/** A browser does not say why an address could not be read: what can be told apart is. */
const silenceOf = async (host: OwnHost, { reach, isSecurePage }: Place): Promise<OwnProblem> => {
	if (await host.isThere()) return "origin";
	const isClear = host.origin.startsWith("http:");
	return isSecurePage && isClear && reach === "network" ? "mixed" : "unreachable";
};
