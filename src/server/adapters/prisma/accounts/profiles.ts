import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { ProfileChange, StoredProfile } from "../../../accounts/public.ts";
import type { Client } from "./transaction.ts";

export const setProfile = async (client: Client, userId: UserId, change: ProfileChange): Promise<void> => {
	await client.user.updateMany({ where: { id: userId }, data: { ...change, isProfileNew: true } });
};

export const findProfile = async (client: Client, userId: UserId): Promise<StoredProfile | undefined> =>
	(await client.user.findUnique({ where: { id: userId }, select: { displayName: true, avatarUrl: true } })) ??
	undefined;

export const noteProfileShown = async (client: Client, userId: UserId, profile: StoredProfile): Promise<boolean> => {
	const { displayName, avatarUrl } = profile;
	const { count } = await client.user.updateMany({
		where: { id: userId, displayName, avatarUrl },
		data: { isProfileNew: false },
	});
	return count > 0;
};

/** Whoever is disabled is shown as they were. */
export const listNewProfiles = async (client: Client, limit: number): Promise<readonly UserId[]> => {
	const where = { isProfileNew: true, disabledAt: null };
	const found = await client.user.findMany({ where, select: { id: true }, take: limit });
	return found.map(({ id }) => id as UserId);
};
