import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { getString } from "../../../../federation/json/json-object.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { Profile } from "../../rooms/public.ts";
import { handshakeError } from "./handshake-error.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";

const longestName = 255;
const mediaAddress = /^mxc:\/\/[^/\s]{1,255}\/[^/\s]{1,255}$/;

/** How a person of another server wants to be shown. Throws `user-unknown` and what `handshakeError` says. */
export const readRemoteProfile = async (
	{ transport }: Pick<MembershipDependencies, "transport">,
	userId: UserId,
): Promise<Profile> => {
	const uri = `/_matrix/federation/v1/query/profile?user_id=${encodeURIComponent(userId)}`;
	const answer = await transport.request(userIdServer(userId), { method: "GET", uri, timeoutMs: 15_000 });
	// Some servers tell nobody of their people's profiles: they may be invited all the same.
	if (answer.kind === "refused" && answer.status === 403) return { displayName: userId, avatarUrl: undefined };
	if (answer.kind === "refused" && answer.status === 404)
		throw new AppError("user-unknown", { detail: answer.errcode });
	if (answer.kind !== "answered") throw handshakeError(answer);
	const displayName = getString(answer.content, "displayname")?.slice(0, longestName).trim();
	const avatarUrl = getString(answer.content, "avatar_url");
	return {
		displayName: displayName === undefined || displayName === "" ? userId : displayName,
		avatarUrl: avatarUrl !== undefined && mediaAddress.test(avatarUrl) ? avatarUrl : undefined,
	};
};
