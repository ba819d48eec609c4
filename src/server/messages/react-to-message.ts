import type { EventId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import {
	addWritten,
	type MessagesDependencies,
	requireTarget,
	type Sent,
	submitWrite,
	type WriteInput,
} from "./message-dependencies.ts";

export interface ReactInput extends WriteInput {
	readonly targetEventId: EventId;
	readonly key: string;
}

/**
 * Reacts to a message; the same reaction again is answered with the one that stands. Taken back by deleting it.
 * Throws `forbidden` for what cannot be reacted to, `not-found`. Matrix v1.19 Client-Server API, "Event annotations".
 */
export const reactToMessage = async (dependencies: MessagesDependencies, input: ReactInput): Promise<Sent> => {
	const { targetEventId, key } = input;
	if (key.includes("\u0000")) throw new AppError("bad-input", { detail: "key" });
	const needs = { targets: [targetEventId], reaction: { targetEventId, sender: input.userId, key } };
	return submitWrite(dependencies, { ...input, ...needs }, (context, draft) => {
		const { event, relation } = requireTarget(context, draft, targetEventId);
		if (event.stateKey !== undefined || event.type === "m.reaction" || relation?.kind === "edit") {
			throw new AppError("forbidden");
		}
		const standing = context.reaction();
		if (standing !== undefined) {
			const { eventId, originServerTs } = standing;
			return { eventId, originServerTs, position: String(standing.position) };
		}
		return addWritten(draft, input, {
			type: "m.reaction",
			content: { "m.relates_to": { rel_type: "m.annotation", event_id: targetEventId, key } },
		});
	});
};
