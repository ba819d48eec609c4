import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { MessagesDependencies } from "./message-dependencies.ts";

export interface MarkReadInput {
	readonly userId: UserId;
	readonly roomId: RoomId;
	readonly eventId: EventId;
	/** Public receipts are shown to the other members, where the person lets them be. */
	readonly kind: "public" | "private";
}

/** Moves the person's read position forward; an older event changes nothing. Throws `not-a-member`, `not-found`. */
export const markRead = async (dependencies: MessagesDependencies, input: MarkReadInput): Promise<void> => {
	const isPublic = input.kind === "public" && (await dependencies.privacyOf(input.userId)).readReceipts;
	await dependencies.lane.submit({
		rooms: [input.roomId],
		users: [input.userId],
		targets: [input.eventId],
		plan: (context) => {
			const draft = context.room(input.roomId);
			if (draft.state("m.room.member", input.userId)?.content["membership"] !== "join") {
				throw new AppError("not-a-member");
			}
			const target = context.target(input.eventId);
			if (target?.roomNid !== draft.row.nid || target.position === undefined) throw new AppError("not-found");
			draft.rows.receipts.set(`${draft.row.nid}\n${input.userId}\n${isPublic}`, {
				roomNid: draft.row.nid,
				userId: input.userId,
				isPublic,
				position: target.position,
				messageOrdinal: target.messageOrdinal,
				ts: context.now,
				streamPosition: context.nextNid(),
			});
		},
	});
};
