/** The part of the table of calls that is about the past of a room: handing its keys to who comes in, and taking them. */
import * as z from "zod";

const id = z.string().min(1).max(255);
const nothing = z.object({});

export const historyCalls = {
	/**
	 * The person of this device invited these people. They are given the keys of what the room let newcomers read when it was
	 * written, as soon as they have a device that they vouch for, which may be much later.
	 */
	shareHistory: { input: z.object({ roomId: id, userIds: z.array(id).max(1_000) }), output: nothing },
	/** The person of this device accepts an invitation: keys of the past are taken from whoever made it, and nobody else. */
	expectHistory: { input: z.object({ roomId: id, inviterId: id }), output: nothing },
} as const;
