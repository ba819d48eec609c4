import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { Profile } from "./ports.ts";
import { isRemote, type RoomsDependencies } from "./rooms-dependencies.ts";

/**
 * Somebody of another server by their whole id, as they want to be shown: asked for there. Throws `user-unknown`, also
 * for people of this server, who are found by name, and the codes of a server that cannot be asked.
 */
export const findPersonElsewhere = async (
	dependencies: RoomsDependencies,
	{ targetId }: { readonly userId: UserId; readonly targetId: UserId },
): Promise<Profile> => {
	if (!isRemote(dependencies, targetId)) throw new AppError("user-unknown");
	return dependencies.remote.profileOf(targetId);
};
