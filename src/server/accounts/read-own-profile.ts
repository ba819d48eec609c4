import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import type { Viewer } from "./viewer.ts";

export interface OwnProfile {
	readonly userId: UserId;
	readonly displayName: string;
	readonly avatarUrl?: string;
	readonly isOwner: boolean;
	readonly deviceId: string;
	readonly serverName: string;
}

/** What a client shows of its own person. Throws AppError `not-signed-in` when the session has ended meanwhile. */
export const readOwnProfile = async (
	{ store, serverName }: AccountsEnvironment,
	viewer: Viewer,
): Promise<OwnProfile> => {
	const session = await store.findSession(viewer.sessionId);
	if (session === undefined || session.isEnded) {
		throw new AppError("not-signed-in");
	}
	const { userId, displayName, avatarUrl, isOwner, deviceId } = session;
	return { userId, displayName, ...(avatarUrl !== undefined && { avatarUrl }), isOwner, deviceId, serverName };
};
