import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { Profile } from "./ports.ts";

/** A person's name and picture as a member event carries them. */
export type ShownProfile = { readonly displayname: string; readonly avatar_url?: string };

/** Matrix v1.19 Client-Server API, `m.room.member`. */
export const shownProfile = (profiles: ReadonlyMap<UserId, Profile>, userId: UserId): ShownProfile => {
	const { displayName = "", avatarUrl } = profiles.get(userId) ?? {};
	return { displayname: displayName, ...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }) };
};
