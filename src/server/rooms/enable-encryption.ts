import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import { encryptionContent, encryptionEventType } from "./room-encryption.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

/**
 * Has the room's messages encrypted from now on, for good; a room that is encrypted stays as it is. Throws `bad-input` for
 * a space, in which nobody writes, `room-upgraded`, `forbidden`.
 */
export const enableEncryption = async (
	{ lane }: RoomsDependencies,
	input: { readonly userId: UserId; readonly roomId: RoomId },
): Promise<void> => {
	await lane.submit({
		rooms: [input.roomId],
		users: [input.userId],
		plan: (context) => {
			const draft = context.room(input.roomId);
			if (draft.state("m.room.member", input.userId)?.content["membership"] !== "join") {
				throw new AppError("not-a-member");
			}
			if (draft.row.kind === "space") throw new AppError("bad-input", { detail: "nobody writes in a space" });
			if (draft.row.replacementRoomId !== undefined) throw new AppError("room-upgraded");
			if (draft.row.encryption !== undefined) return;
			draft.add({ type: encryptionEventType, stateKey: "", sender: input.userId, content: encryptionContent() });
		},
	});
};
