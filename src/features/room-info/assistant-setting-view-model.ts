import { useAssistant } from "../../client/hooks/use-assistant.ts";
import { useBot } from "../../client/hooks/use-bot.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import "../../shared/text/en/room-info.ts";
import { text } from "../../shared/text/text.ts";
import type { AssistantChoice, MemberChoices } from "./info-actions.ts";

/** What the assistant may do in a room. */
export interface AssistantSetting {
	readonly choice: AssistantChoice;
	readonly words: string;
	readonly canSet: boolean;
	/** Whose machine it runs on. */
	readonly host: string;
	readonly isEncrypted: boolean;
	/** It can be a member of chats. */
	readonly hasBot: boolean;
	/** What it does by itself as one. */
	readonly asMember: MemberChoices;
}

/** What the assistant may do in a room; undefined where there is none, and while that is not known. */
export function useAssistantSetting(roomId: string): AssistantSetting | undefined {
	const { policy, place } = useAssistant(roomId);
	const { botUserId } = useBot(roomId);
	const isEncrypted = useClientState(({ rooms }) => rooms.get(roomId)?.summary?.encryption !== undefined);
	if (policy === undefined) return undefined;
	// A server without such a member does what is meant for people.
	const asMember = { digest: policy.digest, isGreeting: policy.isGreeting };
	const hasBot = botUserId !== undefined;
	const choice = policy.policy === "bot" && !hasBot ? "personal" : policy.policy;
	return {
		choice,
		words: text(`allowed.${choice}Now`),
		canSet: policy.canSet,
		host: place.server,
		isEncrypted,
		hasBot,
		asMember,
	};
}
