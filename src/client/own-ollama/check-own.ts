import type { AssistantState } from "../../shared/wire/assistant.ts";
import { askOwn } from "./own-link.ts";
import type { OwnCheck } from "./own-message.ts";
import type { OwnSettings } from "./own-settings.ts";

/** Asks an Ollama how it is and which models it has, from this browser. `only`: no others are looked at. */
export function checkOwn(origin: string, only?: readonly string[]): Promise<OwnCheck> {
	return new Promise((resolve) => {
		const isSecurePage = location.protocol === "https:";
		askOwn(origin, { kind: "check", isSecurePage, ...(only !== undefined && { only }) }, (answer) =>
			resolve(answer.kind === "checked" ? answer.check : { kind: "problem", problem: "unreachable" }),
		);
	});
}

/** How the person's own Ollama is, in the words that hold for a server's. */
export async function stateOfOwn({ origin, chatModel }: OwnSettings): Promise<AssistantState> {
	const check = await checkOwn(origin, [chatModel]);
	if (check.kind === "found") return "ready";
	return check.problem === "no-models" ? "no-model" : "unreachable";
}
