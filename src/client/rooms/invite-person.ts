import { encryptionOf } from "../crypto/room-encryption.ts";
import { shareHistory } from "../crypto/room-history.ts";
import { api } from "../trpc/trpc.ts";

/** Invites somebody into a room, to what newcomers may read of it too. */
export async function invitePerson(who: { readonly roomId: string; readonly userId: string }): Promise<void> {
	await api.rooms.invite.mutate(who);
	if (encryptionOf(who.roomId) !== undefined) await shareHistory(who.roomId, [who.userId]);
}
