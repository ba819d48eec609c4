import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import { hashSecretToken, newSecretToken } from "../../accounts/public.ts";
import type { InviteLinksEnvironment } from "./invite-links-environment.ts";
import { rightsOf } from "./room-rights.ts";

export interface CreateInviteLinkInput {
	readonly userId: UserId;
	/** Whether the person owns this server: only then may a link bring people who have no account yet. */
	readonly isServerOwner: boolean;
	readonly roomId: RoomId;
	readonly usesAllowed?: number | undefined;
	readonly expiresInMs?: number | undefined;
	readonly bringsNewPeople: boolean;
}

/** Links of one room that are alive at a time. */
const linksPerRoom = 50;

/**
 * Makes a link that invites in its maker's name. The secret is answered once; the database has its hash. A link that lets
 * strangers make an account has an end and a number of uses. Throws `forbidden`, `not-found`, `bad-input`, `too-many-links`.
 */
export const createInviteLink = async (
	{ directory, store, clock, randomBytes, limiter }: InviteLinksEnvironment,
	input: CreateInviteLinkInput,
): Promise<{ id: string; token: string }> => {
	const { userId, roomId, usesAllowed, expiresInMs, bringsNewPeople } = input;
	limiter.begin(userId);
	const rights = await rightsOf(directory, userId, roomId);
	if (!rights.invite || (bringsNewPeople && !input.isServerOwner)) throw new AppError("forbidden");
	if (bringsNewPeople && (usesAllowed === undefined || expiresInMs === undefined)) throw new AppError("bad-input");
	const token = newSecretToken(randomBytes);
	const id = Buffer.from(randomBytes(9)).toString("base64url");
	const expiresAt = expiresInMs === undefined ? undefined : clock.now() + expiresInMs;
	const link = { id, tokenHash: hashSecretToken(token), roomId, creatorId: userId };
	const outcome = await store.add({ ...link, usesAllowed, expiresAt, bringsNewPeople }, linksPerRoom);
	if (outcome !== "added") throw new AppError(outcome === "full" ? "too-many-links" : "forbidden");
	return { id, token };
};
