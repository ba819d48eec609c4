import { expectHistory } from "../crypto/room-history.ts";
import { api } from "../trpc/trpc.ts";

/** Joins by an invitation, and takes from whoever sent it the keys of what was said before. */
export async function acceptInvite(roomId: string, inviterId: string | undefined): Promise<void> {
	const join = (): Promise<unknown> => api.rooms.acceptInvite.mutate({ roomId });
	if (inviterId === undefined) await join();
	else await expectHistory(roomId, inviterId, join);
}
