import { useAssistant } from "../../client/hooks/use-assistant.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import "../../shared/text/en/room-info.ts";
import { text } from "../../shared/text/text.ts";
import type { AssistantChoice } from "./info-actions.ts";

/** What the assistant may do in a room. */
export interface AssistantSetting {
	readonly choice: AssistantChoice;
	readonly words: string;
	readonly canSet: boolean;
	/** Whose machine it runs on. */
	readonly host: string;
	readonly isEncrypted: boolean;
}

/** What the assistant may do in a room; undefined where there is none, and while that is not known. */
export function useAssistantSetting(roomId: string): AssistantSetting | undefined {
	const { policy, place } = useAssistant(roomId);
	const isEncrypted = useClientState(({ rooms }) => rooms.get(roomId)?.summary?.encryption !== undefined);
	if (policy === undefined) return undefined;
	const choice = policy.policy === "off" ? "off" : "personal";
	return { choice, words: text(`allowed.${choice}Now`), canSet: policy.canSet, host: place.server, isEncrypted };
}
